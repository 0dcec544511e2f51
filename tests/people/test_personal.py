"""What is wrong with how personal files are kept is found."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.imports.cycles import programme, session
from webcycle import personal
from webcycle.errors import Finding, OutsideError
from webcycle.folder import Folder, make_private, write
from webcycle.programme import Programme
from webcycle.records import RecordsError, Registration, Visit, dump

REGISTRATIONS = dump(Registration, []).encode()
DAY = datetime(2026, 3, 12, 10)
WEEK = timedelta(days=7)


@pytest.fixture
def cycle(tmp_path: Path) -> Folder:
    """A cycle with a personal file in each place, kept as it should be."""
    folder = Folder(tmp_path)
    make_private(folder.sessions, folder.private)
    for path in (folder.people, folder.private / "participants.html"):
        write(path, b"ada@example.org", private=True)
    row = Registration(session="maroc", email="ada@example.org")
    write(folder.sessions / "maroc" / "registrations.csv", dump(Registration, [row]).encode(), private=True)
    stays(folder, DAY)
    return folder


def stays(folder: Folder, *joined: datetime | None) -> None:
    """Stays that began at these hours in Paris, in winter."""
    rows = [
        Visit(session="maroc", name="Ada", joined=one and one.replace(tzinfo=timezone(timedelta(hours=1))))
        for one in joined
    ]
    write(folder.sessions / "maroc" / "attendance.csv", dump(Visit, rows).encode(), private=True)


def held_at(day: datetime = DAY, name: str = "maroc", **more: Any) -> Programme:
    return programme(session(name, name.title(), day, **more))


def found(folder: Folder, of: Programme | None = None) -> tuple[Finding, ...]:
    return personal.findings(folder, of or held_at(), lambda path: str(path.relative_to(folder.root)))


def said(findings: Iterator[Finding] | tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.values["path"]) for one in findings]


def test_a_cycle_without_personal_files_has_no_findings_and_asks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_arguments, **_more: pytest.fail("git was asked"))
    assert found(Folder(tmp_path)) == ()


def test_what_is_kept_well_has_no_findings(cycle: Folder) -> None:
    assert found(cycle) == ()


# ---- whose they are


def test_records_of_a_session_that_the_programme_does_not_have_are_found(cycle: Folder) -> None:
    (one,) = found(cycle, held_at(name="senegal"))
    assert (one.code, one.severity) == ("records-of-no-session", "warning")
    assert dict(one.values) == {"path": "sessions/maroc", "found": "maroc"}


def test_what_holds_no_record_any_more_is_of_no_session_and_not_told(cycle: Folder) -> None:
    other = cycle.sessions / "senegal"
    write(other / "registrations.csv", REGISTRATIONS, private=True)
    assert found(cycle) == ()
    write(other / "registrations.csv", REGISTRATIONS + b"senegal\n", private=True)
    assert said(found(cycle)) == [("records-of-no-session", "sessions/senegal")]


def test_of_a_programme_that_cannot_be_read_no_session_is_known(cycle: Folder) -> None:
    assert personal.findings(cycle, None, str) == ()


# ---- when they were there


def test_a_session_that_was_moved_away_from_all_its_stays_is_found(cycle: Folder) -> None:
    stays(cycle, DAY, DAY + timedelta(hours=1), None)
    (one,) = found(cycle, held_at(DAY + WEEK))
    assert (one.code, one.severity) == ("stays-on-another-day", "warning")
    assert dict(one.values) == {
        "found": "maroc",
        "path": "sessions/maroc/attendance.csv",
        "day": "2026-03-19",
        "stays": "2026-03-12",
    }
    stays(cycle, DAY, DAY + timedelta(days=1))
    assert found(cycle, held_at(DAY + WEEK))[0].values["stays"] == "2026-03-12 – 2026-03-13"


def test_one_stay_on_the_day_of_the_session_on_its_clocks_is_enough(cycle: Folder) -> None:
    stays(cycle, DAY - WEEK, DAY.replace(hour=0, minute=30))
    assert found(cycle) == ()
    stays(cycle, DAY - timedelta(hours=11))
    assert [one.code for one in found(cycle)] == ["stays-on-another-day"]


def test_a_session_that_did_not_take_place_or_has_no_date_is_on_no_other_day(cycle: Folder) -> None:
    for more in ({"status": "cancelled"}, {"status": "postponed"}):
        assert found(cycle, held_at(DAY + WEEK, **more)) == ()
    moved = held_at(DAY + WEEK, held={"start": DAY, "end": DAY + timedelta(hours=2)})
    assert found(cycle, moved) == ()
    assert found(cycle, programme({"id": "maroc", "title": "Maroc", "status": "postponed"})) == ()


def test_stays_without_hours_are_of_no_day(cycle: Folder) -> None:
    stays(cycle, None)
    assert found(cycle, held_at(DAY + WEEK)) == ()


def test_a_large_file_of_stays_is_not_gone_through(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webcycle.store._SMALL", 100)
    assert found(cycle, held_at(DAY + WEEK)) == ()


def test_a_damaged_file_of_stays_is_told(cycle: Folder) -> None:
    write(cycle.sessions / "maroc" / "attendance.csv", b"session\n", private=True)
    with pytest.raises(RecordsError):
        found(cycle)


# ---- who may read them


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
@pytest.mark.parametrize(
    ("name", "root"),
    [
        ("people.toml", "people.toml"),
        ("sessions/maroc/attendance.csv", "sessions"),
        ("out/private/participants.html", "out/private"),
    ],
)
def test_a_file_that_others_may_open_is_found(cycle: Folder, name: str, root: str, mode: int) -> None:
    (cycle.root / name).chmod(mode)
    (one,) = found(cycle)
    assert (one.code, one.severity) == ("personal-file-open", "warning")
    assert dict(one.values) == {"path": name, "command": f"chmod -R go= {root}"}


@pytest.mark.parametrize("name", ["sessions", "sessions/maroc", "out/private"])
def test_a_folder_that_others_may_open_is_found(cycle: Folder, name: str) -> None:
    (cycle.root / name).chmod(0o755)
    assert said(found(cycle)) == [("personal-file-open", name)]


def test_what_lies_beyond_a_link_is_not_in_the_folder(cycle: Folder) -> None:
    outside = cycle.root.parent / "outside"
    outside.mkdir()
    outside.chmod(0o755)
    (cycle.private / "archive").symlink_to(outside)
    assert said(found(cycle)) == []
    (cycle.private / "archive").unlink()
    (cycle.private / "archive").mkdir(mode=0o755)
    assert said(found(cycle)) == [("personal-file-open", "out/private/archive")]


def test_each_place_is_told_once_and_its_command_mends_all_of_it(cycle: Folder) -> None:
    for path in (cycle.sessions, *cycle.sessions.rglob("*"), cycle.people):
        path.chmod(0o777)
    findings = found(cycle)
    assert said(findings) == [("personal-file-open", "people.toml"), ("personal-file-open", "sessions")]
    for one in findings:
        subprocess.run(one.values["command"].split(), cwd=cycle.root, check=True)
    assert found(cycle) == ()


def test_a_command_can_be_run_as_it_stands(cycle: Folder) -> None:
    cycle.people.chmod(0o644)
    (one,) = personal.findings(cycle, held_at(), lambda path: f"the cycle/{path.name}")
    assert one.values["command"] == "chmod -R go= 'the cycle/people.toml'"


def test_a_link_that_leads_nowhere_is_passed_over(cycle: Folder) -> None:
    (cycle.sessions / "maroc" / "nothing").symlink_to("gone")
    assert found(cycle) == ()


# ---- git


def git(folder: Folder, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder.root, check=True, capture_output=True)


def test_files_that_git_would_take_are_found_with_the_rule_that_keeps_them_out(cycle: Folder) -> None:
    git(cycle, "init", "-q")
    findings = found(cycle)
    assert {(one.code, one.severity) for one in findings} == {("personal-file-tracked", "error")}
    assert [(one.values["path"], one.values["rule"]) for one in findings] == [
        ("people.toml", "/people.toml"),
        ("sessions/maroc/attendance.csv", "/sessions/"),
        ("out/private/participants.html", "/out/private/"),
    ]
    rules = "".join(f"{one.values['rule']}\n" for one in findings)
    (cycle.root / ".gitignore").write_text(rules, "utf-8")
    assert found(cycle) == ()


def test_a_file_that_git_tracks_already_is_found_though_a_rule_ignores_it(cycle: Folder) -> None:
    git(cycle, "init", "-q")
    (cycle.root / ".gitignore").write_text("/people.toml\n/sessions/\n/out/\n", "utf-8")
    assert found(cycle) == ()
    git(cycle, "add", "-f", "sessions")
    (one,) = found(cycle)
    assert one.values["command"] == "git rm -r --cached sessions"
    git(cycle, *one.values["command"].split()[1:])
    assert found(cycle) == ()


def test_a_git_that_cannot_be_asked_is_told(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    git(cycle, "init", "-q")
    monkeypatch.setenv("PATH", str(cycle.root / "nothing"))
    with pytest.raises(OutsideError) as caught:
        found(cycle)
    assert caught.value.key == "guard.no-git"
