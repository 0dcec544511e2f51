"""A question reads the relations and views and does nothing else: every way out is tried, unlocked and locked."""

from __future__ import annotations

import os
import resource
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests import measured
from webcycle import metrics, source, store
from webcycle.folder import Folder
from webcycle.identity import People
from webcycle.metrics import Engine, asking
from webcycle.metrics.asking import QueryError
from webcycle.metrics.engine import VIEWS


def opened(folder: Folder) -> Engine:
    programme = source.load(folder.programme.read_bytes(), "cycle.toml").programme
    assert programme is not None
    return metrics.open_cycle(programme, People(), store.paths(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return measured.write(tmp_path / "spring")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = measured.write(tmp_path_factory.mktemp("cycle") / "spring")
    with opened(folder) as found:
        asking.lock(found.connection, measured.files(folder))
        yield found


@pytest.fixture
def engine(shared: Engine) -> Iterator[Engine]:
    """A locked one, as it was before any question."""
    yield shared
    with suppress(duckdb.TransactionException):
        shared.connection.execute("rollback")


@pytest.fixture
def unlocked(folder: Folder) -> Iterator[Engine]:
    with opened(folder) as found:
        yield found


def answer(engine: Engine, text: str) -> list[tuple[Any, ...]]:
    return list(asking.ask(engine.connection, asking.question(engine.connection, text)).rows)


def refusal(engine: Engine, text: str) -> QueryError:
    with pytest.raises(QueryError) as found:
        answer(engine, text)
    return found.value


# ---- what can be asked


def test_every_relation_and_view_can_be_asked(engine: Engine) -> None:
    found = asking.relations(engine.connection)
    assert [one.name for one in found] == [*asking.RELATIONS, *VIEWS]
    for one in found:
        asked = asking.question(engine.connection, f"select * from {one.name}")
        given = asking.ask(engine.connection, asked)
        list(given.rows)
        assert given.columns == tuple(name for name, _kind in one.columns)
        engine.connection.execute("rollback")


def test_the_records_can_be_read_after_the_lock(engine: Engine) -> None:
    assert answer(engine, "select count(*) from visits") == [(len(measured.VISITS),)]


@pytest.mark.parametrize("name", ["we[i]rd", "st*r", "quo'te", "what?", "été 日本", "$1 {x}"])
def test_the_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = measured.write(tmp_path / name)
    with opened(folder) as engine:
        asking.lock(engine.connection, measured.files(folder))
        assert answer(engine, "select count(*) from registrations") == [(len(measured.REGISTRATIONS),)]


@pytest.mark.parametrize(
    "text",
    [
        "select 1;",
        "(select 1)",
        "values (1)",
        "from settings select 1",
        "with a as materialized (select 1) select * from a",
        "with recursive a as (select 1 as n union all select n + 1 from a where n < 3) select n from a where n = 1",
        "with recursive a(n) using key (n) as (select 1 union select n from a) select n from a",
        "select 1 union select 1",
        "select count(*) from range(9) where range = 1",
        "select unnest([1])",
        "select n from generate_series(1, 1) as g(n)",
        'with "my.own" as (select 1) select * from "my.own"',
        "select 1 from information_schema.tables limit 1",
    ],
)
def test_any_select_can_be_asked(engine: Engine, text: str) -> None:
    assert answer(engine, text) == [(1,)]


def test_the_structure_can_be_described(engine: Engine) -> None:
    assert ("session",) in [row[:1] for row in answer(engine, "describe sessions")]


def test_a_pivot_that_names_its_values_can_be_asked(engine: Engine) -> None:
    assert answer(engine, "pivot (select status from sessions) on status in ('tentative') using count(*)") == [(1,)]
    assert refusal(engine, "pivot sessions on axis using count(*)").key == "query.one-select"


def test_moments_are_in_utc_on_any_machine(engine: Engine) -> None:
    [(found,)] = answer(engine, "select cast(timestamptz '2021-03-01 10:00:00+01' as varchar)")
    assert found == "2021-03-01 09:00:00+00"


# ---- whose data they are


def test_the_relations_and_views_of_persons_are_known(engine: Engine) -> None:
    found = {one.name for one in asking.relations(engine.connection) if one.personal}
    assert found == set(
        "registrations visits people visit_rows registration_rows keys persons insiders registered stays spans pieces "
        "lengths presence attendees shown_pieces cycle_people axis_people person_bodies person_territories".split()
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select * from visits", True),
        ("select count(*) from main.VISITS", True),
        ('select * from "Visits"', True),
        ("select session from sessions where session in (select session from registrations)", True),
        ("with visits as (select * from visits) select * from visits", True),
        ("select * from cycle_people", True),
        ("select * from session_attendance", False),
        ("select people from cycle_counts", False),
        ("select 'visits'", False),
        ("select 1", False),
    ],
)
def test_a_question_about_persons_is_known(engine: Engine, text: str, expected: bool) -> None:
    asked = asking.question(engine.connection, text)
    assert asking.personal(asked, asking.relations(engine.connection)) is expected


# ---- the ways out

SECRET = "outside"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder next to the cycle, with a file in each format."""
    place = tmp_path / "outside"
    place.mkdir()
    (place / "a.csv").write_text(f"word\n{SECRET}\n")
    (place / "a.txt").write_text(SECRET)
    (place / "a.json").write_text(f'{{"word": "{SECRET}"}}')
    with duckdb.connect() as connection:
        connection.execute(f"copy (select '{SECRET}' as word) to '{place}/a.parquet'")
        connection.execute(f"attach '{place}/a.db' as a")
        connection.execute(f"create table a.t as select '{SECRET}' as word")
    return place


READING = [
    "select * from read_csv('{place}/a.csv')",
    "select * from read_csv_auto('{place}/a.csv')",
    "select * from '{place}/a.csv'",
    'select * from "{place}/a.csv"',
    "from read_text('{place}/a.txt')",
    "from read_blob('{place}/a.txt')",
    "from read_json('{place}/a.json')",
    "from '{place}/a.json'",
    "from read_parquet('{place}/a.parquet')",
    "from '{place}/a.parquet'",
    "from parquet_schema('{place}/a.parquet')",
    "from sniff_csv('{place}/a.csv')",
    "from glob('{place}/*')",
    "from query('from read_text(''{place}/a.txt'')')",
    "from query_table('{place}/a.csv')",
    "select (select content from read_text('{place}/a.txt'))",
    "with a as (from read_text('{place}/a.txt')) from a",
    "select 1 where exists (from read_text('{place}/a.txt'))",
    "from settings order by (select content from read_text('{place}/a.txt'))",
    "from settings, lateral (from read_text('{place}/a.txt'))",
    "from json_execute_serialized_sql(json_serialize_sql('from read_text(''{place}/a.txt'')'))",
    "pivot (from read_text('{place}/a.txt')) on filename in ('x') using count(*)",
    "describe from read_csv('{place}/a.csv')",
    "summarize from read_csv('{place}/a.csv')",
]


@pytest.mark.parametrize("text", READING)
def test_no_file_outside_can_be_read(unlocked: Engine, outside: Path, folder: Folder, text: str) -> None:
    text = text.format(place=outside)
    unlocked.connection.execute(text).fetchall()  # it could be done
    asking.lock(unlocked.connection, measured.files(folder))
    assert refusal(unlocked, text).key in ("query.function", "query.file")
    with pytest.raises(duckdb.PermissionException):
        unlocked.connection.execute(text).fetchall()


WRITING = [
    "copy sessions to '{place}/out.csv'",
    "copy (select 1) to '{place}/out.csv'",
    "with a as (copy sessions to '{place}/out.csv') select * from a",
    "attach '{place}/a.db' as b",
    "attach '{place}/new.db' as b",
    "export database '{place}/all'",
]


@pytest.mark.parametrize("text", WRITING)
def test_no_file_outside_can_be_written(unlocked: Engine, outside: Path, folder: Folder, text: str) -> None:
    text = text.format(place=outside)
    before = sorted(outside.rglob("*"))
    asking.lock(unlocked.connection, measured.files(folder))
    assert refusal(unlocked, text).key in ("query.one-select", "query.not-reading")
    with pytest.raises(duckdb.PermissionException):
        unlocked.connection.execute(text)
    assert sorted(outside.rglob("*")) == before
    with opened(folder) as other:
        other.connection.execute(text)  # it could be done


def test_the_records_themselves_cannot_be_written_over(unlocked: Engine, folder: Folder) -> None:
    """DuckDB takes a COPY in a WITH for a part of a SELECT, and what may be read may also be written over."""
    file = folder.sessions / "one" / "attendance.csv"
    before = file.read_bytes()
    text = f"with a as (copy (select 1 as b) to '{file}' (use_tmp_file false)) select * from a"
    asking.lock(unlocked.connection, measured.files(folder))
    assert refusal(unlocked, text).values == {"found": "COPY"}
    assert file.read_bytes() == before
    unlocked.connection.execute("begin transaction read only")
    unlocked.connection.execute(text)
    assert file.read_bytes() == b"b\n1\n"  # neither the lock nor the transaction prevents it


@pytest.mark.parametrize(
    "text",
    [
        "with a as (insert into settings values (1, true) returning *) select * from a",
        "with a as (update settings set clip = true returning *) select * from a",
        "with a as (delete from settings returning *) select * from a",
    ],
)
def test_nothing_is_changed_inside_a_select(unlocked: Engine, text: str) -> None:
    asking.lock(unlocked.connection, ())
    assert refusal(unlocked, text).key == "query.not-reading"
    unlocked.connection.execute("begin transaction read only")
    with pytest.raises(duckdb.TransactionException):
        unlocked.connection.execute(text)
    unlocked.connection.execute("rollback")
    unlocked.connection.execute(text)  # it could be done


@pytest.mark.parametrize(
    "text",
    [
        "create table a (b integer)",
        "create temp table a as select 1",
        "create macro a() as 1",
        "insert into settings values (1, true)",
        "update settings set clip = true",
        "delete from settings",
        "drop view windows",
        "alter table settings add column a integer",
        "call pragma_version()",
        "pragma version",
        "set threads = 1",
        "reset threads",
        "set variable a = 1",
        "explain select 1",
        "explain analyze insert into settings values (1, true)",
        "prepare a as select 1",
        "execute a",
        "begin",
        "commit",
        "checkpoint",
        "vacuum",
        "install httpfs",
        "load httpfs",
        "load '/tmp/a.duckdb_extension'",
        "detach memory",
        "use memory",
        "select 1; select 2",
        "select 1; drop view windows",
        "",
        "  -- nothing",
        ";",
    ],
)
def test_only_one_select_is_taken(engine: Engine, text: str) -> None:
    assert refusal(engine, text).key == "query.one-select"


@pytest.mark.parametrize(
    "text",
    [
        "set enable_external_access = true",
        "set allowed_paths = ['/']",
        "set lock_configuration = false",
        "set autoload_known_extensions = true",
        "set python_enable_replacements = true",
        "reset enable_external_access",
        "pragma enable_external_access = true",
    ],
)
def test_no_setting_can_be_changed_back(engine: Engine, text: str) -> None:
    with pytest.raises(duckdb.Error):
        engine.connection.execute(text)


def test_no_extension_can_be_loaded(engine: Engine) -> None:
    for text in ("install httpfs", "load httpfs", "load '/tmp/a.duckdb_extension'"):
        with pytest.raises(duckdb.PermissionException):
            engine.connection.execute(text)
    text = "select * from 'https://example.org/a.csv'"
    assert refusal(engine, text).key == "query.file"
    with pytest.raises(duckdb.PermissionException):
        engine.connection.execute(text)


def test_the_network_is_not_reached(engine: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a.csv"
        assert refusal(engine, f"from read_text('{url}')").key == "query.function"
        with pytest.raises(duckdb.PermissionException):
            engine.connection.execute(f"from read_text('{url}')")
        with pytest.raises(TimeoutError):
            server.accept()


def test_no_variable_of_python_can_be_read(engine: Engine, folder: Folder) -> None:
    with duckdb.connect() as connection:
        secret = connection.sql("select 'secret' as word")
        assert connection.execute("from secret").fetchall() == [("secret",)]
        with pytest.raises(duckdb.CatalogException):
            engine.connection.execute("from secret")
        assert refusal(engine, "from secret").key == "query.sql-at"
        secret.close()


def test_the_environment_is_not_read(engine: Engine) -> None:
    assert "getenv does not exist" in refusal(engine, "select getenv('HOME')").values["reason"]


@pytest.mark.parametrize(
    "name",
    [
        "duckdb_secrets()",
        "duckdb_settings()",
        "pragma_storage_info('settings')",
        "seq_scan(1)",
        "enable_logging()",
        "checkpoint()",
        "repeat_row(1)",
    ],
)
def test_other_functions_are_not_read_from(engine: Engine, name: str) -> None:
    found = refusal(engine, f"from {name}")
    assert found.key == "query.function"
    assert found.values == {"found": name.partition("(")[0], "known": "generate_series, range, unnest"}


# ---- what goes wrong


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("selct 1", 1, 1, "selct"),
        ("select\n  nothing\nfrom settings", 2, 3, "nothing"),
        ("select 'été', nothing from settings", 1, 15, "nothing"),
        ("select * from sesions", 1, 15, 'Did you mean "sessions"'),
        ("select 'a", 1, 8, "unterminated"),
        ("select cast('x' as integer)", 1, 8, "Could not convert"),
        ("select sum(axis) from sessions", 1, 8, "No function matches"),
    ],
)
def test_an_error_has_its_place(engine: Engine, text: str, line: int, column: int, reason: str) -> None:
    found = refusal(engine, text)
    assert found.key == "query.sql-at"
    assert (found.values["line"], found.values["column"]) == (str(line), str(column))
    assert reason in found.values["reason"]
    assert "\n" not in found.values["reason"]


def test_an_error_while_rows_are_read_is_one_too(engine: Engine) -> None:
    text = "select cast(case when range < 5000 then '1' else 'x' end as integer) from range(10000)"
    given = asking.ask(engine.connection, asking.question(engine.connection, text))
    with pytest.raises(QueryError, match=r"query\.sql"):
        list(given.rows)


def test_an_error_without_a_place_is_told_as_it_is(engine: Engine) -> None:
    assert refusal(engine, "select " + "+".join("1" * 3000)).key == "query.sql"
    assert asking._error("Some Error: first\nsecond", "select 1").values == {"reason": "Some Error: first"}


def test_what_is_nested_too_deeply_is_refused(engine: Engine) -> None:
    assert refusal(engine, "select " + "+".join("1" * 900)).key == "query.too-deep"


def test_an_endless_answer_comes_piece_by_piece(engine: Engine) -> None:
    asked = asking.question(engine.connection, "select * from range(1000000000000)")
    rows = asking.ask(engine.connection, asked).rows
    assert [row[0] for row in islice(rows, 2500)] == list(range(2500))


def test_a_runaway_question_stays_within_its_memory() -> None:
    text = "select count(*) from (select distinct a.range * b.range from range(100000) a, range(100000) b)"
    with duckdb.connect(config={"memory_limit": "100MB", "temp_directory": ""}) as connection:
        asking.lock(connection, ())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(QueryError, match="allocate"):
            asking.ask(connection, asking.question(connection, text))
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


def test_an_interrupt_stops_a_long_question(engine: Engine) -> None:
    """One that DuckDB does not look up from by itself."""
    text = "select count(*) from range(10000000000) a, range(100000) b"
    asked = asking.question(engine.connection, text)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        asking.ask(engine.connection, asked)
    timer.join()
    assert engine.connection.execute("rollback") is not None
    assert engine.connection.execute("select 1").fetchall() == [(1,)]


def test_a_part_of_a_part_changes_nothing(engine: Engine) -> None:
    text = "select * from settings where clip in (with a as (delete from settings returning clip) from a)"
    assert refusal(engine, text).key == "query.not-reading"


def test_the_first_sentence_of_a_comment() -> None:
    assert asking.first_sentence("-- One of\n-- two. Three.\nselect 1 -- four") == "One of two."
    assert asking.first_sentence("-- One\nselect 1") == "One."
