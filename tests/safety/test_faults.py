"""Every command that writes, killed, interrupted and refused by the disk at each call that changes a file.

After each the file is the old one or the new one; where a command said that it was done, all is new; run again, it
comes to the same end as without the fault.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.safety.cycles import ERASING, READING, WRITING, Tree, Writing, fresh, temporaries, tree
from tests.safety.faults import MADE_AGAIN, Point, injecting, kinds, points, tracing
from tests.safety.running import Crew, Ran, Record, Warm
from webcycle.cli.app import COMMANDS
from webcycle.folder import Folder, lock

UNCHANGED = "nothing was changed"


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    require_tool(shutil.which("strace"), "strace")


@dataclass(frozen=True, slots=True)
class Clean:
    """A command without a fault: before, after, its end, and where it changes files."""

    before: Tree
    after: Tree
    ran: Ran
    points: tuple[Point, ...]


def clean(crew: Crew, place: Path, writing: Writing, work: Path) -> Clean:
    """Traced twice: a call that fills a cache of the process comes once, and no fault could be put there later."""
    traced = []
    for name in ("clean", "again"):
        folder = fresh(place, writing, work / name)
        before = tree(folder)
        ran = crew.run(folder, *writing.arguments, strace=tracing(work / f"{name}.trace"))
        found = points((work / f"{name}.trace").read_text(), folder)
        traced.append(Clean(before, tree(folder), ran, found))
    return min(traced, key=lambda one: len(one.points))


def test_every_command_is_said_to_write_or_to_read() -> None:
    writing = {one.arguments[0] for one in (*WRITING, *ERASING)}
    assert writing | READING == set(COMMANDS)
    assert not writing & READING


@pytest.mark.parametrize("writing", WRITING, ids=lambda one: one.name)
def test_a_fault_leaves_the_old_or_the_new(
    crew: Crew, place: Path, tmp_path: Path, writing: Writing, record_property: Record
) -> None:
    told = clean(crew, place, writing, tmp_path)
    assert told.ran.code in (0, 1), told.ran.stderr
    assert told.after != told.before
    assert len({point.call for point in told.points}) > 5
    cases = [(point, kind) for point in told.points for kind in kinds(point)]
    # All at each point of a command that writes one file or two; in turn at those of the others, but killed at each.
    if writing.slow:
        cases = cases[::11]
    elif len(cases) > 100:
        cases = [one for number, one in enumerate(cases) if one[1] == "kill" or number % 6 == 0]

    missed: list[tuple[Point, str]] = []

    def wrong(warm: Warm, case: tuple[Point, str]) -> list[str]:
        point, kind = case
        work = tmp_path / f"{point.call}-{point.number}-{kind}"
        folder = fresh(place, writing, work)
        said = work / "said"
        ran = warm.run(folder, *writing.arguments, strace=injecting(point, kind, said))
        if not hit(said.read_text(), kind):
            missed.append(case)
        found = [f"{case}: {ran.code} {one}" for one in judged(told, ran, tree(folder), point, kind)]
        if kind == "kill":
            again = warm.run(folder, *writing.arguments)
            found += [f"{case}: again {again.code}: {one}" for one in after_a_kill(told, folder)]
        shutil.rmtree(work)
        return found

    results = crew.each(wrong, cases)
    # Now and then a command makes one call less, of a cache that is filled: then it has to end as without a fault.
    assert len(missed) <= 1 + len(cases) // 50, missed
    record_property("faults", len(cases) - len(missed))
    said = [one for found in results for one in found]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("erasing", ERASING, ids=lambda one: one.name)
def test_an_erasure_that_is_killed_is_finished_by_the_next(
    crew: Crew, place: Path, tmp_path: Path, erasing: Writing, record_property: Record
) -> None:
    person = b"ada@example.org"
    told = clean(crew, place, erasing, tmp_path)
    assert any(person in data for data in told.before.values())
    assert not any(person in data for data in told.after.values())
    cases = told.points[::12] if erasing.slow else told.points

    def wrong(warm: Warm, point: Point) -> list[str]:
        folder = fresh(place, erasing, tmp_path / f"{point.call}-{point.number}")
        killed = warm.run(folder, *erasing.arguments, strace=injecting(point, "kill", tmp_path / f"said-{point}"))
        again = warm.run(folder, *erasing.arguments)
        found = tree(folder)
        held = [name for name, data in found.items() if person in data]
        ended = (killed.code, again.code, held, {*found} ^ {*told.after})
        return [] if ended == (None, 0, [], set()) else [f"{point}: {ended} {again.stderr}"]

    said = [one for found in crew.each(wrong, cases) for one in found]
    record_property("faults", len(cases))
    assert not said, "\n".join(said)


def hit(trace: str, kind: str) -> bool:
    return {"kill": "killed by SIGKILL", "interrupt": "SIGINT"}.get(kind, "(INJECTED)") in trace


def judged(told: Clean, ran: Ran, found: Tree, point: Point, kind: str) -> list[str]:
    """What is wrong after a fault."""
    wrong = [f"{name} is neither" for name in torn(told, found)]
    # A status with something late ends with 1 as well.
    if ran.code == told.ran.code and "Interrupted" not in ran.stderr and found != told.after:
        wrong.append("said to be done and is not")
    if kind == "EINTR" and point.call in MADE_AGAIN and ran.code != told.ran.code:
        wrong.append(f"stopped by EINTR: {ran.stderr}")
    if kind != "kill" and temporaries(found):
        wrong.append(f"left {temporaries(found)}")
    if "Traceback" in ran.stderr or "not your doing" in ran.stderr:
        wrong.append(ran.stderr)
    if ran.code not in (None, told.ran.code, 1, 3):
        wrong.append(f"ended with {ran.code}")
    if UNCHANGED in ran.stderr and found != told.before:
        wrong.append("says that nothing was changed")
    if ran.code not in (None, told.ran.code) and not ran.stderr.strip():
        wrong.append("says nothing")
    return wrong


def torn(told: Clean, found: Tree) -> list[str]:
    """The files that are neither the old ones nor the new ones."""
    names = {*found, *told.before} - {*temporaries(found)}
    return [name for name in names if found.get(name) not in (told.before.get(name), told.after.get(name))]


def after_a_kill(told: Clean, folder: Path) -> list[str]:
    """What is wrong when the command was run again."""
    with lock(Folder(folder)):
        found = tree(folder)
    return [f"{name} differs" for name in {*found, *told.after} if found.get(name) != told.after.get(name)]
