"""Every figure has its definition in words and in SQL, and the SQL is that of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import duckdb
import pytest
import sqlglot
from sqlglot import expressions

from tests import measured
from webcycle import metrics, source, store, texts
from webcycle.errors import Language
from webcycle.identity import People
from webcycle.metrics import CYCLE_FIGURES, SESSION_FIGURES, Engine, asking, catalogue
from webcycle.metrics.engine import VIEWS, sql
from webcycle.programme import FigureName

CASES = [
    *((name, True) for name in SESSION_FIGURES),
    *((name, False) for name in CYCLE_FIGURES),
    ("sessions-held", False),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = measured.write(tmp_path_factory.mktemp("cycle") / "spring")
    programme = source.load(folder.programme.read_bytes(), "cycle.toml").programme
    assert programme is not None
    with metrics.open_cycle(programme, People(), store.paths(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def columns(engine: Engine) -> dict[str, set[str]]:
    return {one.name: {name for name, _kind in one.columns} for one in asking.relations(engine.connection)}


def test_every_figure_is_in_the_catalogue_and_every_claim_has_one() -> None:
    assert set(catalogue.SESSION) == set(SESSION_FIGURES)
    assert set(catalogue.CYCLE) == set(CYCLE_FIGURES)
    assert set(catalogue.NAMES) == {*SESSION_FIGURES, *CYCLE_FIGURES, "sessions-held"}
    assert len(set(catalogue.NAMES)) == len(catalogue.NAMES)
    assert set(get_args(FigureName)) <= set(catalogue.NAMES)


def test_a_figure_is_one_of_a_session_or_of_the_cycle() -> None:
    assert catalogue.is_figure("peak", of_session=True)
    assert not catalogue.is_figure("peak", of_session=False)
    assert not catalogue.is_figure("people", of_session=True)
    assert catalogue.is_figure("people", of_session=False)
    assert all(catalogue.is_figure("views", of_session=one) for one in (True, False))
    assert not catalogue.is_figure("sessions-held", of_session=True)
    assert not catalogue.is_figure("nothing", of_session=False)
    with pytest.raises(KeyError):
        catalogue.origins("nothing", of_session=True)


@pytest.mark.parametrize(("name", "of_session"), CASES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_figure_has_its_definition(name: str, of_session: bool, lang: Language) -> None:
    said = texts.say(lang, catalogue.definition(name, of_session=of_session))
    assert said.endswith(".")
    assert len(said) > 30


def test_a_figure_of_both_has_two_definitions() -> None:
    assert catalogue.definition("views", of_session=True) == "metrics.definition.views"
    assert catalogue.definition("views", of_session=False) == "metrics.cycle-definition.views"
    assert catalogue.definition("people", of_session=False) == "metrics.definition.people"


@pytest.mark.parametrize(("name", "of_session"), CASES)
def test_every_column_that_is_named_is_there(columns: dict[str, set[str]], name: str, of_session: bool) -> None:
    origins = catalogue.origins(name, of_session=of_session)
    assert origins
    for origin in origins:
        assert origin.columns
        assert set(origin.columns) <= columns[origin.view]


@pytest.mark.parametrize("view", VIEWS)
def test_what_a_view_reads_is_what_its_sql_says(view: str) -> None:
    tree = sqlglot.parse_one(sql(view), read="duckdb")
    own = {one.alias for one in tree.find_all(expressions.CTE)}
    found = {one.name for one in tree.find_all(expressions.Table)} - own
    assert catalogue.reads(view) == found
    assert not own & {*VIEWS, *asking.RELATIONS}, "a part has the name of a view"
    assert found <= {*VIEWS, *asking.RELATIONS}


@pytest.mark.parametrize("view", VIEWS)
def test_a_chain_holds_each_view_after_those_that_it_reads(view: str) -> None:
    found = catalogue.chain([view])
    assert found[-1] == view
    assert len(set(found)) == len(found)
    for place, name in enumerate(found):
        assert catalogue.reads(name) - set(asking.RELATIONS) <= set(found[:place])


def test_the_order_of_the_engine_is_one_too() -> None:
    for place, name in enumerate(VIEWS):
        assert catalogue.reads(name) - set(asking.RELATIONS) <= set(VIEWS[:place])


def test_the_relations_behind_a_view() -> None:
    assert catalogue.relations(["replay_readings"]) == {"views"}
    assert catalogue.relations(["sessions"]) == {"sessions"}
    assert catalogue.relations(["session_attendance"]) == {"sessions", "settings", "visits", "registrations", "people"}
    assert catalogue.chain(["sessions"]) == ()


@pytest.mark.parametrize(
    ("name", "of_session"), [("people", False), ("returning", True), ("peak", True), ("views-30-days", True)]
)
def test_the_statements_make_the_views_over_the_relations_alone(engine: Engine, name: str, of_session: bool) -> None:
    """The rows of the last one are those of the engine's view."""
    with duckdb.connect() as other:
        for relation in asking.RELATIONS:
            found = engine.connection.execute(f"select * from {relation}")
            kinds = ", ".join(f'"{column[0]}" {column[1]}' for column in found.description)
            other.execute(f"create table {relation} ({kinds})")
            if rows := found.fetchall():
                other.executemany(f"insert into {relation} values ({', '.join('?' * len(rows[0]))})", rows)
        other.execute(catalogue.statements(name, of_session=of_session))
        for origin in catalogue.origins(name, of_session=of_session):
            asked = f"select * from {origin.view} order by all"
            assert other.execute(asked).fetchall() == engine.connection.execute(asked).fetchall()


def test_the_sessions_held_are_those_of_the_claims(engine: Engine) -> None:
    assert engine.connection.execute(catalogue.HELD_SQL).fetchall() == [(3,)]
    assert catalogue.statements("sessions-held", of_session=False).endswith("end;\n")


def test_a_session_of_this_evening_is_not_held_yet() -> None:
    asked = f"""
    with sessions as (
      select true as counted, hours::timestamp as planned_end, current_date + days as last_day
      from (values
        (cast(current_timestamp at time zone 'UTC' as timestamp) + interval 2 minutes, 0),
        (cast(current_timestamp at time zone 'UTC' as timestamp) - interval 2 minutes, 0),
        (null, 0),
        (null, -1)
      ) as made(hours, days)
    )
    {catalogue.HELD_SQL}"""
    with duckdb.connect() as connection:
        assert connection.execute(asked).fetchall() == [(2,)]


def test_what_a_text_or_a_comment_says_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = """-- from curve
select 'join peak' from stays s join (select 1 from keys) k on true where a = 'it''s from b'"""
    monkeypatch.setattr(catalogue, "sql", lambda view: text)
    catalogue.reads.cache_clear()
    assert catalogue.reads("made up") == {"stays", "keys"}
    catalogue.reads.cache_clear()
