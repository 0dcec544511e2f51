"""The engine and the reference say the same of any small cycle; and what must hold whatever they say.

WEBCYCLE_EXAMPLES=2000 asks for so many cycles instead of the default, which fits into a run of all tests.
"""

from __future__ import annotations

import ast
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.metrics.agreement import differences, told
from tests.metrics.cycles import DAYS, Made, cycles
from tests.metrics.made import agreed, cycle, measured, programme, seen, session, signup, stay
from tests.metrics.reference import Reference
from webcycle import metrics, records
from webcycle.identity import People
from webcycle.metrics import CYCLE_FIGURES, SESSION_FIGURES, CycleResults
from webcycle.records import PlatformTotal, Registration, ViewCount, Visit
from webcycle.store import Files

EXAMPLES = int(os.environ.get("WEBCYCLE_EXAMPLES", "40"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
few = settings(max_examples=max(EXAMPLES // 8, 1), deadline=None, suppress_health_check=SLOW)
days = st.none() | st.sampled_from(DAYS) | st.sampled_from(DAYS).map(lambda day: day + timedelta(days=1))
hours = st.builds(datetime.combine, st.sampled_from(DAYS), st.times())


@given(cycles(), days | hours)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
def test_the_engine_and_the_reference_agree_on_every_figure(made: Made, on: date | None) -> None:
    found = agreed(made, on)
    ids = [one.id for one in made.programme.sessions]
    assert {*found.figures} == {(None, name) for name in CYCLE_FIGURES} | {
        (one, name) for one in ids for name in SESSION_FIGURES
    }


@given(cycles(most_rows=40))
@few
def test_what_holds_of_any_cycle(made: Made) -> None:
    results = measured(made)
    rows_are_accounted_for(made, results)
    for one in results.sessions:
        fates = one.attendance_rows.fates
        there = fates.get("counted", 0) + fates.get("under-threshold", 0)
        for name in ("attended", "peak", "half-way", "stayed"):
            figure = one.figure(name)
            assert figure.value is None or figure.provenance == "stated" or figure.value <= there
        assert all(point.present <= there for point in one.curve)
        steps = sorted(
            (step.seconds, -step.attended)
            for step in one.thresholds
            if step.seconds is not None and step.attended is not None
        )
        assert [-number for _, number in steps] == sorted((-number for _, number in steps), reverse=True)
    newcomers = [one.figure("newcomers").value or 0 for one in results.sessions]
    people = results.figure("people")
    assert sum(newcomers) == (people.persons or 0) == sum(results.distribution.values())
    assert sum(results.types.values()) == sum(results.territories.values()) == (people.persons or 0)


def rows_are_accounted_for(made: Made, results: CycleResults) -> None:
    for account, rows in (
        (results.attendance_rows, made.records.visits),
        (results.registration_rows, made.records.registrations),
    ):
        assert account.read == sum(account.fates.values()) == len(rows)
    ids = {one.id for one in made.programme.sessions}
    known = [row for row in made.records.visits if row.session in ids]
    assert sum(one.attendance_rows.read for one in results.sessions) == len(known)


@given(cycles(), st.randoms(use_true_random=False))
@few
def test_neither_the_order_of_the_files_nor_that_of_the_rows_changes_anything(
    made: Made, chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        files = made.write(Path(folder))
        before = told(opened(made, files))
        for path, kind in kinds(files):
            path.write_text(shuffled(path, kind, chance), "utf-8", newline="")
        turned = Files(
            *(tuple(reversed(paths)) for paths in (files.registrations, files.visits, files.views, files.totals))
        )
        assert list(differences(told(opened(made, turned)), before)) == []


def opened(made: Made, files: Files) -> CycleResults:
    with metrics.open_cycle(made.programme, made.people, files) as engine:
        return engine.results()


Kind = type[Registration] | type[Visit] | type[ViewCount] | type[PlatformTotal]


def kinds(files: Files) -> Iterator[tuple[Path, Kind]]:
    yield from ((path, Registration) for path in files.registrations)
    yield from ((path, Visit) for path in files.visits)
    yield from ((path, ViewCount) for path in files.views)
    yield from ((path, PlatformTotal) for path in files.totals)


def shuffled(path: Path, kind: Kind, chance: random.Random) -> str:
    """The file with its rows in another order than the store's."""
    header = records.dump(kind, ())  # type: ignore[type-var]
    text = path.read_bytes().decode("utf-8")
    found = records.load(kind, text, path.name)  # type: ignore[type-var]
    rows = [records.dump(kind, [row]).removeprefix(header) for row in found]  # type: ignore[type-var]
    chance.shuffle(rows)
    return header + "".join(rows)


def is_plain(visit: Visit) -> bool:
    """Whether it is an interval and nothing else: a length without moments adds up, and so does that of a summary."""
    return visit.joined is not None and visit.left is not None and visit.seconds is None


def but_for_rows(found: Reference) -> Reference:
    """Without the accounts, and what hangs on which address has the most rows."""
    return replace(found, attendance_rows={}, registration_rows={}, types={}, territories={})


def with_visits(made: Made, visits: Iterable[Visit]) -> Made:
    return replace(made, records=replace(made.records, visits=tuple(visits)))


@given(cycles(), st.data())
@few
def test_a_visit_told_twice_is_one(made: Made, data: st.DataObject) -> None:
    plain = [visit for visit in made.records.visits if is_plain(visit)]
    assume(plain)
    twice = with_visits(made, (*made.records.visits, data.draw(st.sampled_from(plain))))
    assert list(differences(but_for_rows(told(measured(twice))), but_for_rows(told(measured(made))))) == []


@given(cycles(), st.data())
@few
def test_a_visit_in_two_halves_is_one(made: Made, data: st.DataObject) -> None:
    plain = [visit for visit in made.records.visits if is_plain(visit)]
    assume(plain)
    whole = data.draw(st.sampled_from(plain))
    assert whole.joined is not None
    assert whole.left is not None
    middle = whole.joined + (whole.left - whole.joined) / 2
    others = list(made.records.visits)
    others.remove(whole)
    halves = with_visits(made, (*others, replace(whole, left=middle), replace(whole, joined=middle)))
    assert list(differences(but_for_rows(told(measured(halves))), but_for_rows(told(measured(made))))) == []


@given(cycles(), st.data())
@few
def test_somebody_who_stays_no_time_changes_no_count_of_those_who_attended(made: Made, data: st.DataObject) -> None:
    observed = sorted({visit.session for visit in made.records.visits})
    assume(observed and made.programme.attendance.minutes > 0)
    passing = stay("passing", "10:00", "10:00", session=data.draw(st.sampled_from(observed)))
    more = replace(made, people=without_groups(made.people))
    before, after = told(measured(more)), told(measured(with_visits(more, (*more.records.visits, passing))))
    kept = {"attended", "registered-attended", "newcomers", "stayed", "mean-minutes", "participations", "people"}
    for key, figure in after.figures.items():
        assert key[1] not in kept or figure == before.figures[key]
    assert after.distribution == before.distribution
    assert after.types == before.types


def without_groups(people: People) -> People:
    """The decisions without those that could make a stranger one of the staff."""
    return People.model_validate({"alias": [one.model_dump(by_alias=True) for one in people.aliases]})


SCRIPT = """
import pickle, sys
from pathlib import Path
from tests.metrics.agreement import told
from tests.metrics.cycles import written
from tests.metrics.test_agreement import opened
found = [told(opened(made, written(Path(folder)))) for folder, made in pickle.load(sys.stdin.buffer)]
pickle.dump(found, sys.stdout.buffer)
"""


def test_the_zone_and_the_language_of_the_machine_change_nothing(tmp_path: Path) -> None:
    drawn: list[tuple[str, Made]] = []

    @given(cycles(most_rows=40))
    @settings(few, max_examples=6, derandomize=True, database=None)
    def draw(made: Made) -> None:
        drawn.append((str(tmp_path / str(len(drawn))), made))

    draw()
    here = [told(opened(made, made.write(Path(folder)))) for folder, made in drawn]
    env = {**os.environ, "TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    root = Path(__file__).parents[2]
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=pickle.dumps(drawn), env=env, cwd=root, capture_output=True, check=False
    )
    assert there.stderr == b""
    assert list(map(in_order, pickle.loads(there.stdout))) == list(map(in_order, here))
    assert any(figure.value for figure in here[-1].figures.values())


def in_order(found: Reference) -> list[object]:
    """All of it, with the order in which it is told: the same files give the same bytes."""
    rows = [list(one.fates.items()) for one in (*found.attendance_rows.values(), *found.registration_rows.values())]
    return [rows, *(list(getattr(found, field.name).items()) for field in fields(Reference))]


def test_no_part_of_the_results_is_left_out_of_the_comparison() -> None:
    """Every part of the results is compared: what is taken out of them is found missing."""
    two = [stay("ada", "10:00", "10:30", session=name) for name in ("one", "two")]
    planned = programme(session(axis="a"), session("two", axis="b"))
    made = cycle(planned, two, [signup("ada")], [seen(7, "2021-06-02")])
    total = PlatformTotal("one", platform="zoom", name="unique-viewers", value=3)
    whole = told(measured(replace(made, records=replace(made.records, totals=(total,)))))
    for field in fields(Reference):
        assert list(differences(replace(whole, **{field.name: {}}), whole)), field.name


def test_the_reference_shares_no_code_with_what_it_is_compared_with() -> None:
    """It knows the programme, the decisions and the records as values, and nothing that works on them."""
    values = {"Programme", "Session", "Stated", "People", "PlatformTotal", "Registration", "ViewCount", "Visit"}
    found: set[str] = set()
    for path in Path(__file__).parent.glob("reference*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("webcycle"):
                found |= {one.name for one in node.names}
            assert not isinstance(node, ast.Import) or all("webcycle" not in one.name for one in node.names)
    assert found == values
