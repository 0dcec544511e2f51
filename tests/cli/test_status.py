"""status, as a team meets it on a Monday and as cron runs it."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from icalendar import Calendar

from tests.cli.conftest import Run
from webcycle.folder import make_private, write
from webcycle.records import Registration, Visit, dump

HEAD = """
[cycle]
id = "spring"
title = "Spring"
timezone = "Europe/Paris"

[organiser]
name = "The office"
email = "office@example.org"
"""
HELD = """
[[session]]
id = "held"
title = "[red]Held[/red]"
start = 2023-10-02T14:00:00
end = 2023-10-02T16:00:00
join = { platform = "zoom", url = "https://zoom.example.org/j/90210123456?pwd=Sesame1234" }
"""
TO_COME = """
[[session]]
id = "to-come"
title = "To come"
start = 2023-12-05T14:00:00
end = 2023-12-05T16:00:00
status = "tentative"
"""
GONE = """
[[session]]
id = "gone"
title = "Gone"
start = 2023-10-03T14:00:00
end = 2023-10-03T16:00:00
status = "cancelled"
reason = "strike"
join = { platform = "zoom", url = "https://zoom.example.org/j/90210123457" }
documents = [{ kind = "minutes" }]
"""
SHAPE: dict[str, Any] = {
    "type": "array",
    "minItems": 5,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "session", "due", "state", "source", "values", "text"],
        "properties": {
            "kind": {"type": "string"},
            "session": {"type": ["string", "null"]},
            "due": {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?$"},
            "state": {"enum": ["present", "due", "late", "not-applicable"]},
            "source": {"type": "string", "minLength": 1},
            "values": {"type": "object", "additionalProperties": {"type": "string"}},
            "text": {"type": "string", "minLength": 1},
        },
    },
}


@pytest.fixture
def spring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cycle with a session that was held, one to come and one that was cancelled; today is 14 November 2023."""
    folder = tmp_path / "spring"
    folder.mkdir()
    (folder / "cycle.toml").write_text(HEAD + HELD + TO_COME + GONE, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def attended(folder: Path, session: str) -> None:
    """Store that Ada was there."""
    joined, left = (datetime(2023, 10, 2, hour, tzinfo=UTC) for hour in (12, 13))
    visit = Visit(session=session, email="ada@example.org", joined=joined, left=left)
    make_private(folder / "sessions", folder / "sessions" / session)
    write(folder / "sessions" / session / "attendance.csv", dump(Visit, [visit]).encode(), private=True)


def test_what_is_late_and_what_comes_is_a_table_by_date(run: Run, spring: Path) -> None:
    result = run("status")
    assert result.exit_code == 1
    rows = [line.split() for line in result.stdout.splitlines() if "held" in line or "to-come" in line]
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("2023-10-16", "late", "held"),
        ("2023-11-21", "due", "to-come"),
    ]
    assert "gone" not in result.stdout
    assert result.stderr == "1 late; 1 to come within 30 days.\n"


def test_when_nothing_is_late_the_exit_code_is_0(run: Run, spring: Path) -> None:
    attended(spring, "held")
    result = run("status")
    assert result.exit_code == 0
    assert "to-come" in result.stdout
    nothing = run("status", "--within", "3")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert nothing.stderr == "Nothing is late, and nothing is due within 3 days.\n"


def test_within_says_how_far_ahead(run: Run, spring: Path) -> None:
    assert "Zoom" not in run("status").stdout
    assert "Zoom" in run("status", "--within", "150").stdout
    assert "to-come" not in run("status", "--within", "6").stdout
    assert "to-come" in run("status", "--within", "7").stdout
    assert run("status", "--within", "-1").exit_code == 2


def test_what_was_imported_and_deleted_since_is_not_asked_for_again(run: Run, spring: Path) -> None:
    entry = {
        "source": "0" * 16,
        "sha256": "0" * 64,
        "file": "x.csv",
        "reader": "zoom",
        "kind": "attendance",
        "encoding": "utf-8",
        "zone": "UTC",
        "zone-reason": "x",
        "rows": 1,
        "kept": 1,
    }
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in entry.items())
    stored = 'stored = [{ session = "held" }]\nimported = 2023-10-03T10:00:00Z\n'
    (spring / "imports.toml").write_text(f"version = 1\n[[import]]\n{lines}\n{stored}", "utf-8")
    result = run("status")
    assert result.exit_code == 0, result.output
    (spring / "imports.toml").write_text(f"version = 1\n[[import]]\n{lines}\n{stored}".replace("attendance", "views"))
    assert run("status").exit_code == 1


def test_json_is_every_duty_with_its_state_and_its_source(run: Run, spring: Path) -> None:
    found = json.loads(run("status", "--json").stdout)
    jsonschema.validate(found, SHAPE)
    export = next(one for one in found if one["kind"] == "export" and one["session"] == "held")
    assert (export["due"], export["state"], export["values"]) == ("2024-04-02", "due", {"platform": "zoom"})
    assert "Zoom" in export["source"]
    assert {one["state"] for one in found if one["session"] == "gone"} == {"not-applicable"}
    assert "90210" not in json.dumps(found)
    near = json.loads(run("status", "--json", "--within", "30").stdout)
    assert [(one["kind"], one["session"]) for one in near] == [("attendance", "held"), ("date", "to-come")]


def test_an_hour_has_its_offset_in_json_and_no_second_in_the_table(run: Run, spring: Path) -> None:
    room = HELD.replace('zoom"', 'bigbluebutton"').replace("2023-10-02", "2023-11-20")
    (spring / "cycle.toml").write_text(HEAD + room, "utf-8")
    found = json.loads(run("status", "--json", "--within", "7").stdout)
    assert "2023-11-20T16:02:00+01:00" in [one["due"] for one in found]
    assert "Mon 2023-11-20 16:02" in run("status").stdout


def test_the_language_is_that_of_the_words(run: Run, spring: Path) -> None:
    french = run("status", "--lang", "fr")
    assert "Importer la liste de présence" in french.stdout
    assert "en retard" in french.stdout
    assert french.stderr == "En retard\u00a0: 1\u202f; à faire d’ici à 30 jours\u00a0: 1.\n"


def test_a_narrow_terminal_gets_two_lines_a_duty(run: Run, spring: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    lines = run("status").stdout.splitlines()
    assert lines[0] == "Mon 2023-10-16  late  held"
    assert lines[1].startswith("  Import the attendance")


def test_a_postponed_session_without_a_date_is_shown_without_one(run: Run, spring: Path) -> None:
    text = '\n[[session]]\nid = "later"\ntitle = "Later"\nstatus = "postponed"\nreason = "x"\n'
    (spring / "cycle.toml").write_text(HEAD + text, "utf-8")
    result = run("status", "--ics")
    assert result.exit_code == 0
    assert "no date" in result.stdout
    assert json.loads(run("status", "--json").stdout)[-1]["due"] is None


def test_personal_data_past_their_time_are_late(run: Run, spring: Path) -> None:
    (spring / "cycle.toml").write_text(f'{HEAD}{HELD}[privacy]\npurge-after = "P1M"\n', "utf-8")
    attended(spring, "held")
    result = run("status")
    assert result.exit_code == 1
    assert "(cycle)" in result.stdout
    assert "ada@example.org" not in result.output


def test_a_claim_is_held_against_what_was_measured(run: Run, spring: Path) -> None:
    claim = '\n[[claim]]\nfigure = "participations"\nequals = 7\non = 2023-11-01\nsource = "the note"\n'
    (spring / "cycle.toml").write_text(HEAD + HELD + claim, "utf-8")
    attended(spring, "held")
    result = run("status")
    assert result.exit_code == 1
    assert "the note" in result.stdout
    (spring / "cycle.toml").write_text(HEAD + HELD + claim.replace("equals = 7", "equals = 1"), "utf-8")
    assert run("status").exit_code == 0


def test_without_claims_no_figure_is_worked_out(spring: Path) -> None:
    attended(spring, "held")
    code = (
        "import sys; from webcycle.cli.app import app\n"
        "try: app(['status'])\n"
        "except SystemExit as done: assert done.code == 0\n"
        "assert 'duckdb' not in sys.modules and 'icalendar' not in sys.modules"
    )
    environment = {"SOURCE_DATE_EPOCH": "1700000000", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True)


def test_errors_of_the_programme_come_first(run: Run, spring: Path) -> None:
    (spring / "cycle.toml").write_text(HEAD + HELD + HELD, "utf-8")
    result = run("status")
    assert result.exit_code == 1
    assert "error[duplicate-id]" in result.stderr
    assert result.stdout == ""


# ---- the private calendar


def test_ics_writes_a_private_calendar_of_all_that_is_to_be_done(run: Run, spring: Path) -> None:
    result = run("status", "--ics")
    path = spring / "out" / "private" / "duties.ics"
    assert "Written: out/private/duties.ics" in result.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    found = Calendar.from_ical(path.read_bytes())
    assert isinstance(found, Calendar)
    assert len(found.events) == 3  # the export of April too
    assert path.read_bytes().count(b"DTSTAMP:20231114T221320Z") == 3
    assert b"90210" not in path.read_bytes()


def test_the_same_duties_give_the_same_bytes_on_another_day(
    run: Run, spring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("status", "--ics")
    path = spring / "out" / "private" / "duties.ics"
    first = path.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2023, 11, 16, tzinfo=UTC).timestamp())))
    monkeypatch.setenv("TZ", "Pacific/Noumea")
    assert "Unchanged: out/private/duties.ics" in run("status", "--ics").stderr
    assert path.read_bytes() == first


def test_where_git_would_track_it_the_calendar_is_not_written(run: Run, spring: Path) -> None:
    subprocess.run(["git", "init", "-q", str(spring)], check=True)
    result = run("status", "--ics")
    assert result.exit_code == 1
    assert "git" in result.stderr
    assert not (spring / "out").exists()
    (spring / ".gitignore").write_text("/out/private/\n", "utf-8")
    assert "Written" in run("status", "--ics").stderr


def test_a_registration_alone_is_no_attendance(run: Run, spring: Path) -> None:
    make_private(spring / "sessions", spring / "sessions" / "held")
    rows = dump(Registration, [Registration(session="held", email="ada@example.org")]).encode()
    write(spring / "sessions" / "held" / "registrations.csv", rows, private=True)
    found = json.loads(run("status", "--json").stdout)
    states = {one["kind"]: one["state"] for one in found if one["session"] in ("held", None)}
    assert (states["attendance"], states["personal-data"]) == ("late", "due")
