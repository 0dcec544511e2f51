"""A disk with room for none, some or nearly all of what a command writes, and other places that cannot be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.safety import mounts
from tests.safety.cycles import WRITING, Tree, Writing, fresh, temporaries, tree
from tests.safety.running import Crew, Ran, Record, Warm

LEVELS = 30
_CHOSEN = ("init", "add-session", "export-ics", "import", "participants", "announce")
COMMANDS = tuple(next(one for one in WRITING if one.arguments[0] == name) for name in _CHOSEN)
IDS: Any = {"ids": lambda one: one.name}
QUICK = [one for one in WRITING if not one.slow]


def harmless(before: Tree, after: Tree, ran: Ran, found: Tree) -> Iterator[str]:
    """What is wrong after a command that may have found no room."""
    for name in {*before, *found}:
        if found.get(name) not in (before.get(name), after.get(name)):
            yield f"{name} is neither the old nor the new"
    if temporaries(found):
        yield f"left {temporaries(found)}"
    if ran.code == 0 and found != after:
        yield "said to be done and is not"
    if ran.code != 0 and (ran.code != 3 or len({*ran.stderr.split()} & {"full.", "read-only.", "large."}) != 1):
        yield f"{ran.code}: {ran.stderr}"
    if "Traceback" in ran.stderr or "not your doing" in ran.stderr:
        yield ran.stderr


def done(crew: Crew, place: Path, writing: Writing, work: Path) -> tuple[Tree, Tree]:
    """What was there before and after, where there is room enough."""
    folder = fresh(place, writing, work)
    before = tree(folder)
    assert crew.run(folder, *writing.arguments).code in (0, 1)
    return before, tree(folder)


@pytest.mark.parametrize("writing", COMMANDS, **IDS)
def test_a_full_disk_leaves_the_old_file(
    crew: Crew, place: Path, tmp_path: Path, writing: Writing, record_property: Record
) -> None:
    mounts.require_mounts(tmp_path)
    before, after = done(crew, place, writing, tmp_path / "clean")
    # Folders take a page of their own here and there, and the old file is there until the new one is whole.
    needed = sum(-(-len(after[name]) // mounts.PAGE) for name in after if before.get(name) != after[name])
    step = -(-(needed + 2) // (LEVELS - 2))

    def tried(warm: Warm, level: int) -> tuple[int | None, list[str]]:
        with mounts.tmpfs(tmp_path / f"level-{level}", pages=1024) as point:
            folder = fresh(place, writing, point / "work")
            free = os.statvfs(point).f_bavail - level * step
            with (point / "filler").open("wb") as filler:
                os.posix_fallocate(filler.fileno(), 0, free * mounts.PAGE)
            ran = warm.run(folder, *writing.arguments)
            wrong = [f"{level * step} pages: {one}" for one in harmless(before, after, ran, tree(folder))]
            return ran.code, wrong

    results = crew.each(tried, range(LEVELS))
    record_property("full disks", len(results))
    wrong = [one for _code, found in results for one in found]
    assert not wrong, "\n".join(wrong)
    codes = [code for code, _found in results]
    assert codes[0] == 3
    assert codes[-1] == 0


@pytest.mark.parametrize("writing", WRITING, **IDS)
def test_a_read_only_disk_is_said_to_be_one(crew: Crew, place: Path, tmp_path: Path, writing: Writing) -> None:
    mounts.require_mounts(tmp_path)
    folder = fresh(place, writing, tmp_path / "work")
    before = tree(folder)
    with mounts.read_only(folder):
        ran = crew.run(folder, *writing.arguments)
    assert (ran.code, tree(folder)) == (3, before), ran
    assert "the disk is read-only" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("writing", QUICK, **IDS)
def test_a_limit_on_the_size_of_files_leaves_the_old_one(
    crew: Crew, place: Path, tmp_path: Path, writing: Writing
) -> None:
    """Such a limit cuts a write short, as a quota does."""
    folder = fresh(place, writing, tmp_path / "work")
    before = tree(folder)
    ran = crew.run(folder, *writing.arguments, longest=100)
    assert (ran.code, tree(folder)) == (3, before), ran
    assert "File too large" in ran.stderr
    assert "Traceback" not in ran.stderr
