"""What cannot be listed is named, not taken for empty; what lies beyond a link out of the folder is not written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_erasing import everything, small

TABLE = "E-mail,Name\nada@example.org,Ada Lovelace\nbea@example.org,Bea Fisher\n"


def deny(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Let the folder be listed by nobody, as it is to a user without the right to: root may list all."""
    real = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self == place:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)


@pytest.mark.parametrize("command", [("whois",), ("forget", "--yes"), ("forget", "--dry-run"), ("purge", "--yes")])
@pytest.mark.parametrize("place", ["locked", "out/public/old", "sessions/maroc", "sessions", "out/private"])
def test_nobody_is_told_that_every_file_was_searched_where_one_may_lie_in_a_shut_folder(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], place: str
) -> None:
    small(guide)
    (guide / place).mkdir(parents=True, exist_ok=True)
    (guide / place / "list.txt").write_text("Ada Lovelace, ada@example.org\n", "utf-8")
    before = everything(guide)
    address = () if command[0] == "purge" else ("ada@example.org",)
    deny(monkeypatch, guide / place)
    done = run(*command, *address)
    monkeypatch.undo()
    assert done.exit_code == 3
    assert f"{guide / place} cannot be read" in done.stderr
    assert {**everything(guide), ".webcycle.lock": b""} == {**before, ".webcycle.lock": b""}


@pytest.mark.parametrize("place", ["out/public/old", "sessions/maroc", "sessions"])
def test_check_does_not_pass_over_a_folder_that_it_cannot_list(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    small(guide)
    (guide / place).mkdir(parents=True, exist_ok=True)
    (guide / place / "list.txt").write_text("Ada Lovelace, ada@example.org\n", "utf-8")
    assert run("check").exit_code != 3
    deny(monkeypatch, guide / place)
    done = run("check")
    assert done.exit_code == 3
    assert f"{guide / place} cannot be read" in done.stderr


@pytest.mark.parametrize(
    "command",
    [("attendance",), ("report", "--format", "md"), ("status",), ("people",), ("participants",), ("privacy", "notice")],
)
def test_a_session_that_cannot_be_listed_is_not_one_without_records(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    small(guide)
    assert run(*command).exit_code in (0, 1)
    deny(monkeypatch, guide / "sessions" / "maroc")
    done = run(*command)
    assert done.exit_code == 3
    assert f"{guide / 'sessions' / 'maroc'} cannot be read" in done.stderr


def test_a_folder_of_exports_that_cannot_be_listed_is_named(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = guide.parent / "exports"
    (exports / "more").mkdir(parents=True)
    (exports / "more" / "views.txt").write_text("of nobody", "utf-8")
    deny(monkeypatch, exports / "more")
    done = run("import", "--yes", exports)
    assert done.exit_code == 3
    assert f"{exports / 'more'} cannot be read" in done.stderr


# ---- beyond a link


@pytest.fixture
def table(guide: Path) -> tuple[str | Path, ...]:
    """The arguments that import a table of two people."""
    (guide.parent / "table.csv").write_text(TABLE, "utf-8")
    (guide.parent / "map.toml").write_text('email = "E-mail"\nname = "Name"\n', "utf-8")
    return ("import", "--yes", "--session", "maroc", "--columns", guide.parent / "map.toml", guide.parent / "table.csv")


@pytest.fixture
def linked(run: Run, guide: Path, table: tuple[str | Path, ...]) -> Path:
    """A cycle whose records are those of another one, by a link: the other one."""
    assert run(*table).exit_code == 0
    other = guide.parent / "other"
    shutil.copytree(guide, other)
    shutil.rmtree(guide / "sessions")
    (guide / "sessions").symlink_to(Path("..", "other", "sessions"))
    return other


def test_no_import_is_taken_back_out_of_another_cycle(run: Run, guide: Path, linked: Path) -> None:
    before = everything(linked)
    done = run("import", "--undo", "table.csv", "--yes")
    assert done.exit_code == 1
    assert "sessions/maroc/registrations.csv lies beyond a link" in done.stderr
    assert everything(linked) == before
    (guide / "sessions").unlink()
    (guide / "sessions").symlink_to(shutil.copytree(linked / "sessions", guide / "kept"))
    assert run("import", "--undo", "table.csv", "--yes").exit_code == 0
    assert "ada@example.org" not in (guide / "kept" / "maroc" / "registrations.csv").read_text("utf-8")


@pytest.mark.parametrize("name", ["sessions", "sessions/maroc", "imports.toml"])
def test_nothing_is_imported_through_a_link_out_of_the_folder(
    run: Run, guide: Path, table: tuple[str | Path, ...], name: str
) -> None:
    elsewhere = guide.parent / "elsewhere"
    elsewhere.mkdir()
    (guide / "sessions").mkdir()
    if name == "sessions":
        (guide / name).rmdir()
    (elsewhere / "imports.toml").write_bytes(b"")
    (guide / name).symlink_to(elsewhere / "imports.toml" if name == "imports.toml" else elsewhere)
    done = run(*table)
    assert done.exit_code == 1
    assert "lies beyond a link" in done.stderr
    assert everything(elsewhere) == {"imports.toml": b""}


@pytest.mark.parametrize(
    "command",
    [
        ("participants", "--format", "csv"),
        ("whois", "ada@example.org", "--format", "md"),
        ("status", "--ics"),
    ],
)
@pytest.mark.parametrize("name", ["out", "out/private"])
def test_no_list_of_people_is_written_through_a_link_out_of_the_folder(
    run: Run, guide: Path, table: tuple[str | Path, ...], command: tuple[str, ...], name: str
) -> None:
    assert run(*table).exit_code == 0
    elsewhere = guide.parent / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(guide / "out", ignore_errors=True)
    (guide / name).parent.mkdir(exist_ok=True)
    (guide / name).symlink_to(elsewhere)
    done = run(*command)
    assert done.exit_code == 1
    assert "lies beyond a link" in done.stderr
    assert not [*elsewhere.rglob("*")]


def test_no_decision_is_written_through_a_link_out_of_the_folder(
    run: Run, guide: Path, table: tuple[str | Path, ...]
) -> None:
    assert run(*table).exit_code == 0
    elsewhere = guide.parent / "people.toml"
    elsewhere.write_text("# of others\n", "utf-8")
    (guide / "people.toml").symlink_to(elsewhere)
    done = run("people", "--yes", "--accept-domain", "example.org=Example Town")
    assert done.exit_code == 1
    assert "people.toml lies beyond a link" in done.stderr
    assert elsewhere.read_text("utf-8") == "# of others\n"


def test_a_cycle_that_is_itself_behind_a_link_is_written(
    run: Run, guide: Path, table: tuple[str | Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (guide.parent / "link").symlink_to(guide)
    monkeypatch.chdir(guide.parent / "link")
    for command in (table, ("participants", "--format", "csv"), ("import", "--undo", "table.csv", "--yes")):
        assert run(*command).exit_code == 0
    monkeypatch.chdir(guide.parent)
    assert run("--cycle", guide.parent / "link", *table).exit_code == 0
    assert "ada@example.org" in (guide / "sessions" / "maroc" / "registrations.csv").read_text("utf-8")
