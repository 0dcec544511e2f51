"""import --undo, as a user meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_import import FORM, STAYS, answering, contents, export
from webcycle import store
from webcycle.folder import Folder

CORRECTED = STAYS.replace("Bo Lund,bo@", "Cy Roux,cy@")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in store.load(Folder(folder)).visits)


def rows(found: dict[str, bytes]) -> dict[str, bytes]:
    """The files that hold something: a file of records that holds nothing any more keeps its header."""
    return {name: data for name, data in found.items() if data.count(b"\n") > 1 and name != "imports.toml"}


def test_both_count_says_how_to_take_the_old_one_back_and_that_does_it(run: Run, guide: Path) -> None:
    run("import", "--yes", export(guide, CORRECTED))
    wanted = contents(guide)
    (guide / "imports.toml").unlink()
    (guide / "sessions" / "maroc" / "attendance.csv").unlink()
    run("import", "--yes", export(guide))
    said = " ".join(run("import", "--yes", export(guide, CORRECTED)).stderr.split())
    assert names(guide) == ["Ada Diallo", "Ada Diallo", "Bo Lund", "Cy Roux"]
    command = re.search(r"take that one back: webcycle (import --undo [0-9a-f]{16}) \(participants.csv\)", said)
    assert command
    result = run(*command[1].split(), "--yes")
    assert result.exit_code == 0, result.stderr
    assert "to take out: maroc: 2 stays" in result.stderr
    assert "Written: sessions/maroc/attendance.csv" in result.stderr
    assert "Taken back." in result.stderr
    assert contents(guide) == wanted
    assert names(guide) == ["Ada Diallo", "Cy Roux"]


def test_what_would_go_is_said_and_asked(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("import", "--yes", export(guide))
    before = contents(guide)
    (guide / ".webcycle.lock").unlink()
    dry = run("import", "--undo", "participants.csv", "--dry-run")
    assert dry.exit_code == 0
    assert "to take out: maroc: 2 stays" in dry.stderr
    assert "Dry run: nothing was written." in dry.stderr
    assert not (guide / ".webcycle.lock").exists()
    alone = run("import", "--undo", "participants.csv")
    assert alone.exit_code == 2
    assert "--yes" in alone.stderr
    assert contents(guide) == before
    asked = answering(monkeypatch)
    assert run("import", "--undo", "participants.csv").exit_code == 0
    assert len(asked) == 1
    assert "Take this out of" in asked[0]
    assert not names(guide)


def test_all_that_was_imported_can_be_taken_back(run: Run, guide: Path) -> None:
    before = rows(contents(guide))
    form = export(guide, FORM, "maroc/inscriptions.csv")
    assert run("import", "--yes", export(guide), form).exit_code == 0
    assert rows(contents(guide)) != before
    result = run("import", "--yes", "--undo", "participants.csv", "--undo", "inscriptions.csv", "--json")
    assert result.exit_code == 0, result.stderr
    found = {one["file"]: one["sessions"] for one in json.loads(result.stdout)["undone"]}
    assert found == {
        "participants.csv": [{"session": "maroc", "registrations": 0, "visits": 2, "views": 0, "totals": 0}],
        "inscriptions.csv": [{"session": "maroc", "registrations": 2, "visits": 0, "views": 0, "totals": 0}],
    }
    assert rows(contents(guide)) == before
    assert run("import", "--undo", "participants.csv", "--yes").exit_code == 2


def test_rows_and_entries_that_miss_each_other_are_taken_back_too(run: Run, guide: Path) -> None:
    """As an undoing leaves them that was interrupted, or a ledger that was lost."""
    run("import", "--yes", export(guide))
    held = guide / "sessions" / "maroc" / "attendance.csv"
    whole, ledger = held.read_bytes(), (guide / "imports.toml").read_bytes()
    held.write_bytes(whole.splitlines(keepends=True)[0])
    bare = run("import", "--undo", "participants.csv", "--yes")
    assert bare.exit_code == 0, bare.stderr
    assert "no row of it is stored" in bare.stderr
    assert (guide / "imports.toml").read_bytes() != ledger
    held.write_bytes(whole)
    source = next(iter(store.load(Folder(guide)).visits)).source
    lost = run("import", "--undo", source, "--yes", "--json")
    assert lost.exit_code == 0, lost.stderr
    assert json.loads(lost.stdout)["undone"][0]["file"] is None
    assert source in lost.stderr
    assert not names(guide)


def test_who_is_forgotten_stays_so(run: Run, guide: Path) -> None:
    file = export(guide)
    run("import", "--yes", file)
    assert run("forget", "ada@example.org", "--yes").exit_code in (0, 1)
    assert names(guide) == ["Bo Lund"]
    assert run("import", "--undo", "participants.csv", "--yes").exit_code == 0
    assert names(guide) == []
    again = run("import", "--yes", file)
    assert "erased at the request of the person: 1" in again.stderr
    assert names(guide) == ["Bo Lund"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--undo", "x", "file.csv"), "reads no file"),
        (("--undo", "x", "--timezone", "UTC"), "reads no file"),
        (("--undo", "nothing.csv"), "nothing was imported under the name or id “nothing.csv”"),
        ((), "Name the exports to read"),
    ],
)
def test_wrong_calls_are_refused(run: Run, guide: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("import", "--yes", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
