"""A person at a terminal who stops a command, goes away, or saves the file in an editor before they answer."""

from __future__ import annotations

import os
import pty
import random
import select
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.cycles import WRITING, Tree, Writing, fresh, temporaries, tree
from tests.safety.running import Crew, Ran, Record, Warm

RACES = 200
INTERRUPT = b"\x03"
ASKING = (
    *(
        Writing(tuple(part for part in one.arguments if part != "--yes"), one.on)
        for one in WRITING
        if "--yes" in one.arguments
    ),
    Writing(("init", "."), "nothing"),
)
POSTPONE = next(one for one in ASKING if one.arguments[0] == "postpone")
RECORDS = ("sessions/quays/registrations.csv", "sessions/quays/attendance.csv", "imports.toml")
REWRITING = [
    (one, file) for one in ASKING for file in {"import": RECORDS, "people": ("people.toml",)}.get(one.arguments[0], ())
]


class Terminal:
    """A terminal of our own, and the command that runs on it."""

    def __init__(self, warm: Warm, folder: Path, writing: Writing) -> None:
        self._warm = warm
        self._master, slave = pty.openpty()
        self._said = b""
        commands = [list(writing.arguments)]
        warm.start({"cwd": str(folder), "commands": commands, "terminal": os.ttyname(slave)})
        self._slave = slave

    def wait_for_question(self) -> None:
        """Until the last line ends as a question does."""
        until = time.monotonic() + 60
        while not (self._said.rstrip().endswith((b"[Y/n]", b"[y/N]", b":")) and self._is_quiet()):
            self._read(until)

    def _is_quiet(self) -> bool:
        """Whether nothing more is said, and the answer is waited for.

        A line that was read in part may end as a question does; and a signal that comes after Python's last look for
        one and before its call to read is seen only with the next key.
        """
        return not select.select([self._master], [], [], 0.2)[0]

    def _read(self, until: float) -> None:
        ready, _, _ = select.select([self._master], [], [], max(0.0, until - time.monotonic()))
        assert ready, self._said
        self._said += os.read(self._master, 1 << 16)

    def answer(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def end(self) -> tuple[Ran, str]:
        """What came of the command, and what it said since the start."""
        ran = self._warm.end()[0][0]
        while select.select([self._master], [], [], 0)[0]:
            self._said += os.read(self._master, 1 << 16)
        self.hang_up()
        return ran, self._said.decode()

    def hang_up(self) -> None:
        for one in (self._slave, self._master):
            if one >= 0:
                os.close(one)
        self._slave = self._master = -1


@pytest.mark.parametrize("writing", ASKING, ids=lambda one: one.name)
def test_a_question_that_is_interrupted_changes_nothing(
    crew: Crew, place: Path, tmp_path: Path, writing: Writing
) -> None:
    folder = fresh(place, writing, tmp_path / "work")
    before = tree(folder)

    def asked(warm: Warm, _item: None) -> tuple[Ran, str]:
        terminal = Terminal(warm, folder, writing)
        terminal.wait_for_question()
        terminal.answer(INTERRUPT)
        return terminal.end()

    ran, said = crew.each(asked, [None])[0]
    assert ran.code == 1
    assert "Interrupted: nothing was changed." in said
    assert "Traceback" not in said
    assert tree(folder) == before


SAVES = ("replace", "rewrite", "append", "twice")


def save(file: Path, manner: str, number: int) -> bytes:
    """The file as an editor leaves it: a new one, the same one emptied and filled, or one with more at its end."""
    mine = f"# saved {number}\n".encode()
    if manner == "append":
        with file.open("ab") as opened:
            opened.write(mine)
    elif manner == "rewrite":
        file.write_bytes(file.read_bytes() + mine)
    else:
        for _ in range(2 if manner == "twice" else 1):
            other = file.with_name(f"{file.name}~")
            other.write_bytes(file.read_bytes() + mine)
            other.replace(file)
    return mine


def races() -> Iterator[tuple[int, str, float]]:
    moments = random.Random(7)
    for number in range(RACES):
        # From before the start to long after the question is there.
        yield number, SAVES[number % len(SAVES)], moments.uniform(0, 0.15)


def test_what_an_editor_saved_is_never_overwritten(
    crew: Crew, place: Path, tmp_path: Path, record_property: Record
) -> None:
    """The answer comes after the save, whenever that is: before the file is read, while it is, or after."""

    def raced(warm: Warm, race: tuple[int, str, float]) -> tuple[str, str]:
        number, manner, moment = race
        folder = fresh(place, POSTPONE, tmp_path / f"race-{number}")
        terminal = Terminal(warm, folder, POSTPONE)
        time.sleep(moment)
        mine = save(folder / "cycle.toml", manner, number)
        saved = (folder / "cycle.toml").read_bytes()
        terminal.answer(b"y\n")
        ran, said = terminal.end()
        return judged(tree(folder), ran, saved, mine), said

    outcomes = crew.each(raced, list(races()))
    for kind in ("both", "rejected"):
        record_property(f"races: {kind}", sum(outcome == kind for outcome, _said in outcomes))
    record_property("races", len(outcomes))
    wrong = [one for one in outcomes if one[0] not in ("both", "rejected", "half")]
    assert not wrong, wrong
    assert {"both", "rejected"} <= {outcome for outcome, _said in outcomes}


@pytest.mark.parametrize(("writing", "file"), REWRITING, ids=lambda one: getattr(one, "name", one))
def test_what_an_editor_saves_at_the_question_is_never_overwritten(
    crew: Crew, place: Path, tmp_path: Path, writing: Writing, file: str
) -> None:
    """Of every file that the command would write, those that were not there too; nothing else is written then."""

    def raced(warm: Warm, manner: str) -> tuple[Tree, Tree, Ran]:
        folder = fresh(place, writing, tmp_path / manner)
        terminal = Terminal(warm, folder, writing)
        terminal.wait_for_question()
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).touch()
        save(folder / file, manner, 1)
        saved = tree(folder)
        terminal.answer(b"y\n")
        ran, _said = terminal.end()
        return saved, tree(folder), ran

    for saved, found, ran in crew.each(raced, SAVES):
        assert ran.code == 1
        assert {name: data for name, data in found.items() if name != f"{file}.rej"} == saved
        assert not temporaries(found)


@pytest.mark.parametrize("writing", dict.fromkeys(one for one, _file in REWRITING), ids=lambda one: one.name)
def test_without_a_save_the_same_answer_is_done(crew: Crew, place: Path, tmp_path: Path, writing: Writing) -> None:
    folder = fresh(place, writing, tmp_path / "work")
    before = tree(folder)

    def asked(warm: Warm, _item: None) -> Ran:
        terminal = Terminal(warm, folder, writing)
        terminal.wait_for_question()
        terminal.answer(b"y\n")
        return terminal.end()[0]

    assert crew.each(asked, [None])[0].code == 0
    written = {name for name, data in tree(folder).items() if data != before.get(name)}
    assert {file for one, file in REWRITING if one == writing} & written
    assert not [name for name in written if name.endswith(".rej")]


def judged(found: Tree, ran: Ran, saved: bytes, mine: bytes) -> str:
    """What became of the two changes: both stand, ours stands beside the editor's, or it read a half-saved file."""
    now, rejected = found["cycle.toml"], found.get("cycle.toml.rej")
    ours = b"2020-11-30T14:00:00"
    if temporaries(found):
        return "left a temporary file"
    if ran.code == 0 and ours in now and mine in now and rejected is None:
        return "both"
    if ran.code == 1 and now == saved and rejected is not None and ours in rejected:
        return "rejected"
    if ran.code in (1, 3) and now == saved and rejected is None:
        return "half"
    return f"{ran.code}: {now!r}"
