"""Files of people are their owner's alone, whatever the umask, and refused where git would take them; no network."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import DATA, Run

EXPORTS = DATA / "guide-2020-2021-synthetic-exports"
SESSION = "maroc"
# Every command that writes what is of people, after the first import.
WRITING = (
    ("import", "--yes", EXPORTS),
    ("people", "--yes", "--accept-domain", "example.org=Example Town"),
    ("participants", SESSION, "--format", "csv,html"),
    ("export-ics", "--invite", SESSION),
    ("status", "--ics"),
)
PUBLIC = (
    ("check",),
    ("report", "--format", "md,json"),
    ("attendance", "--format", "csv,xlsx"),
    ("announce", "programme", "--format", "md"),
    ("privacy", "notice", "--format", "md"),
    ("query", "select count(*) from visits"),
)


@pytest.fixture
def open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """The clock of 1 October 2020, when the sessions were to come: nobody is invited to one that is over."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1601510400")


def private(folder: Path) -> Iterator[Path]:
    for place in (folder / "sessions", folder / "out" / "private", folder / "people.toml"):
        if place.exists():
            yield place
            yield from place.rglob("*")


@pytest.mark.usefixtures("open_to_all", "early")
def test_all_that_is_of_people_is_its_owners_alone(run: Run, guide: Path) -> None:
    for command in WRITING:
        before = {path.name for path in private(guide)}
        result = run(*command)
        assert result.exit_code in (0, 1), result.output
        assert {path.name for path in private(guide)} - before, f"{command} wrote nothing"
        for path in private(guide):
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    for writing in PUBLIC:
        assert run(*writing).exit_code in (0, 1)
    assert {path.stat().st_mode & 0o777 for path in (guide / "out" / "public").iterdir()} == {0o644}
    assert not [path for path in private(guide) if path.stat().st_mode & 0o077]


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_what_git_would_take_is_refused(run: Run, guide: Path, command: tuple[str, ...]) -> None:
    if command[0] != "import":
        assert run("import", "--yes", EXPORTS).exit_code in (0, 1)
    before = sorted(private(guide))
    ignored = (guide / ".gitignore").read_text("utf-8") if (guide / ".gitignore").exists() else ""
    subprocess.run(["git", "init", "-q"], cwd=guide, check=True)
    (guide / ".gitignore").write_text("", "utf-8")
    result = run(*command)
    assert result.exit_code == 1, result.output
    assert "git" in result.stderr
    assert sorted(private(guide)) == before
    (guide / ".gitignore").write_text(f"{ignored}\n/sessions/\n/out/\n/people.toml\n", "utf-8")
    assert run(*command).exit_code in (0, 1)
    assert len(sorted(private(guide))) > len(before)


def test_no_command_asks_for_a_network(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    with pytest.raises(AssertionError):
        socket.create_connection(("example.org", 80))
    for command in (*WRITING, *PUBLIC):
        result = run(*command)
        assert result.exit_code in (0, 1), result.output
        assert "a socket" not in result.output


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode != 0,
    reason="no network namespace can be made here",
)
def test_they_run_where_there_is_no_network(guide: Path) -> None:
    import shlex
    import sys

    script = "set -e; ! python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", 9), 1)' 2>/dev/null; "
    program = shlex.quote(str(Path(sys.executable).with_name("webcycle")))
    lines = [shlex.join([str(word) for word in command]) for command in (WRITING[2], *PUBLIC[1:4])]
    script += "; ".join(f"{program} {line}" for line in lines)
    done = subprocess.run(
        ["unshare", "-rn", "bash", "-c", script],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("early")
def test_loose_modes_are_mended_before_anything_of_people_is_written(run: Run, guide: Path) -> None:
    first = run("import", "--yes", EXPORTS)
    assert first.exit_code == 0, first.output
    (guide / "people.toml").write_text("# Ours.\n", "utf-8")
    commands = (("import", "--yes", EXPORTS), *WRITING[1:], ("whois", "ada@example.org", "--format", "json"))
    for command in commands:
        loose = list(private(guide))
        for path in loose:
            path.chmod(0o777 if path.is_dir() else 0o666)
        assert run(*command).exit_code in (0, 1), command
        assert [path for path in loose if path.exists() and path.stat().st_mode & 0o077] == [], command
