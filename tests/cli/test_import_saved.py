"""What somebody saves in an editor while import asks, or while it writes, is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_import import FORM, STAYS, contents, export
from webcycle import folder as folders
from webcycle.cli import terminal

VIEWS = """\
Content,Video title,Video publish time,Views
abcdefghijk,Le Maroc,"Oct 30, 2020",120
"""
MORE = STAYS.replace("Bo Lund,bo@", "Cy Roux,cy@")
TABLES = ("registrations.csv", "attendance.csv")
EVERY = (*(f"sessions/maroc/{file}" for file in TABLES), "imports.toml", "views.csv")

Save = Callable[[Path], None]


def append(file: Path) -> None:
    with file.open("ab") as opened:
        opened.write(b"# saved\n")


def replace(file: Path) -> None:
    other = file.with_name("other~")
    other.write_bytes(file.read_bytes() + b"# saved\n")
    other.replace(file)


@pytest.fixture
def stored(run: Run, guide: Path) -> Path:
    """A folder with registrations, stays and views of maroc."""
    for file in (export(guide), export(guide, FORM, "form.csv"), export(guide, VIEWS, "views.csv")):
        result = run("import", "--yes", "--session", "maroc", file)
        assert result.exit_code == 0, result.stderr
    assert set(EVERY) <= contents(guide).keys()
    return guide


def saving(monkeypatch: pytest.MonkeyPatch, file: Path, save: Save) -> None:
    """A terminal at which somebody saves this file before they agree."""

    def ask(*_given: Any, **_options: Any) -> str:
        save(file)
        return "y"

    monkeypatch.setattr(terminal, "interactive", lambda: True)
    monkeypatch.setattr(terminal, "ask", ask)


def refused(run: Run, folder: Path, file: str, *arguments: str | Path) -> None:
    """The command refuses, names the file, and the folder holds what was there and what was saved, no more."""
    before = contents(folder)
    result = run(*arguments)
    assert result.exit_code == 1, result.stderr
    assert f"{file} was changed by another program" in " ".join(result.stderr.split())
    after = contents(folder)
    assert {name for name in after if after[name] != before.get(name)} == {file}
    assert after.keys() == {*before, file}
    assert b"# saved" in after[file]


@pytest.mark.parametrize("save", [append, replace], ids=lambda one: one.__name__)
@pytest.mark.parametrize("file", EVERY[:3])
def test_what_is_saved_while_import_asks_stays(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch, file: str, save: Save
) -> None:
    saving(monkeypatch, stored / file, save)
    refused(run, stored, file, "import", "--session", "maroc", export(stored, MORE, "more.csv"))
    monkeypatch.undo()


@pytest.mark.parametrize("save", [append, replace], ids=lambda one: one.__name__)
@pytest.mark.parametrize("file", EVERY)
def test_what_is_saved_while_undo_asks_stays(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch, file: str, save: Save
) -> None:
    saving(monkeypatch, stored / file, save)
    taken = "views.csv" if file == "views.csv" else "form.csv"
    refused(run, stored, file, "import", "--undo", taken)


@pytest.mark.parametrize("file", [*EVERY[:3]])
def test_a_file_that_was_not_there_is_not_overwritten_either(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    def make(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"# saved\n")

    name, text = ("form.csv", FORM) if "registrations" in file else ("participants.csv", STAYS)
    saving(monkeypatch, guide / file, make)
    refused(run, guide, file, "import", "--session", "maroc", export(guide, text, name))


@pytest.mark.parametrize("file", EVERY[:3])
def test_what_is_saved_while_import_writes_stays_and_nothing_is_written_after_it(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    before = contents(stored)
    made = folders.make_private

    def saved(*places: Path) -> None:
        made(*places)
        append(stored / file)

    monkeypatch.setattr(folders, "make_private", saved)
    result = run("import", "--yes", "--session", "maroc", export(stored, MORE, "more.csv"))
    assert result.exit_code == 1
    after = contents(stored)
    assert after[file] == before[file] + b"# saved\n"
    written = [name for name in after if after[name] != before.get(name)]
    assert f"{file}.rej" in written
    assert "imports.toml" not in {*written} - {file}


def test_without_a_save_both_are_done(run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saving(monkeypatch, stored / "own.txt", Path.touch)
    assert run("import", "--session", "maroc", export(stored, MORE, "more.csv")).exit_code == 0
    assert b"Cy Roux" in contents(stored)["sessions/maroc/attendance.csv"]
    assert run("import", "--undo", "more.csv").exit_code == 0
    assert b"Cy Roux" not in contents(stored)["sessions/maroc/attendance.csv"]
