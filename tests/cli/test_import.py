"""import, as a user meets it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import typer

from tests.cli.conftest import DATA, Run
from webcycle import store
from webcycle.cli import terminal
from webcycle.folder import Folder

EXPORTS = DATA / "guide-2020-2021-synthetic-exports"
SAMPLES = DATA.parent / "tests" / "intake" / "samples"
STAYS = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Favourite colour
Ada Diallo,ada@example.org,10/26/2020 14:02:00,10/26/2020 15:00:00,58,Yes,turquoise
Bo Lund,bo@example.org,10/26/2020 14:05:00,10/26/2020 15:30:00,85,Yes,red
"""
FORM = """\
Horodateur,Adresse e-mail,Nom,Prénom
20/10/2020 09:00:00,ada@example.org,Diallo,Ada
21/10/2020 10:00:00,bo@example.org,Lund,Bo
"""
AMBIGUOUS = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Ada Diallo,ada@example.org,02/03/2019 14:02:00,02/03/2019 15:00:00,58
Bo Lund,bo@example.org,03/02/2019 14:02:00,03/02/2019 15:00:00,58
"""


def export(folder: Path, text: str = STAYS, name: str = "participants.csv") -> Path:
    file = folder.parent / "downloads" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".webcycle.lock"
    }


def test_an_export_becomes_stays_of_its_session_and_everything_is_explained(run: Run, guide: Path) -> None:
    file = export(guide)
    result = run("import", "--yes", file)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    said = " ".join(result.stderr.split())
    for words in (
        "Zoom, meeting participants: attendance",
        "known by: Name (Original Name), User Email",
        "read as utf-8, cells between commas",
        "days: month, day, year, in the other order some days would not exist",
        "times: Europe/Paris, the cycle’s, as the file names none",
        "rows: 2 = 2 kept + 0 ignored",
        "columns not kept: Guest, Favourite colour",
        "to store: maroc (by its time): 2 stays",
        "Written: sessions/maroc/attendance.csv",
        "were not copied and still lie where they were",
    ):
        assert words in said, words
    held = store.load(Folder(guide))
    assert [(one.session, one.email) for one in held.visits] == [
        ("maroc", "ada@example.org"),
        ("maroc", "bo@example.org"),
    ]
    attendance = guide / "sessions" / "maroc" / "attendance.csv"
    assert attendance.stat().st_mode & 0o777 == 0o600
    assert attendance.parent.stat().st_mode & 0o777 == 0o700
    assert attendance.parents[1].stat().st_mode & 0o777 == 0o700
    assert b"turquoise" not in b"".join(contents(guide).values())
    assert file.exists()
    ledger = (guide / "imports.toml").read_text("utf-8")
    assert tomllib.loads(ledger)["import"][0]["stored"] == [{"session": "maroc"}]
    assert "ada" not in ledger.casefold()


def test_the_same_file_again_changes_no_byte_and_needs_no_consent(run: Run, guide: Path) -> None:
    file = export(guide)
    run("import", "--yes", file)
    before = contents(guide)
    result = run("import", file)
    assert result.exit_code == 0
    assert "already stored: maroc: nothing changes" in result.stderr
    assert "Nothing new: nothing was written." in result.stderr
    assert contents(guide) == before


@pytest.mark.parametrize("options", [("--yes",), ("--dry-run",), ("--json", "--yes")], ids=" ".join)
def test_a_folder_without_an_export_is_no_success(run: Run, guide: Path, options: tuple[str, ...]) -> None:
    downloads, other = guide.parent / "downloads", guide.parent / "other"
    other.mkdir()
    (other / "notes.txt").write_text("some prose, nothing else", "utf-8")
    before = contents(guide)
    result = run("import", *options, other)
    assert result.exit_code == 1
    said = " ".join(result.stderr.split())
    assert f"No export of a known format was found in {other}" in said
    assert "Nothing new" not in said
    if "--json" in options:
        assert json.loads(result.stdout)["without-export"] == [str(other)]
    assert contents(guide) == before
    downloads.mkdir()
    assert run("import", *options, downloads).exit_code == 1
    export(guide)
    result = run("import", *options, downloads)
    assert (result.exit_code, "No export" in result.stderr) == (0, False)
    (other / "same.csv").symlink_to(downloads / "participants.csv")
    result = run("import", *options, downloads, other)
    assert (result.exit_code, "No export" in result.stderr) == (0, False)


def test_of_several_folders_the_one_without_an_export_is_named_and_the_others_are_stored(run: Run, guide: Path) -> None:
    (guide.parent / "empty").mkdir()
    file = export(guide)
    result = run("import", "--yes", file.parent, guide.parent / "empty")
    assert result.exit_code == 1
    assert f"No export of a known format was found in {guide.parent / 'empty'}" in " ".join(result.stderr.split())
    assert store.load(Folder(guide)).visits
    assert run("import", file.parent).exit_code == 0


def test_a_dry_run_tells_all_and_writes_nothing_not_even_a_lock(run: Run, guide: Path) -> None:
    (guide / ".webcycle.lock").unlink(missing_ok=True)
    before = contents(guide)
    result = run("import", "--dry-run", export(guide))
    assert result.exit_code == 0
    assert "to store: maroc" in result.stderr
    assert "Dry run: nothing was written." in result.stderr
    assert contents(guide) == before
    assert not (guide / ".webcycle.lock").exists()


def test_without_yes_and_without_a_terminal_nothing_is_stored(run: Run, guide: Path) -> None:
    result = run("import", export(guide))
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert not (guide / "sessions").exists()
    assert not (guide / "imports.toml").exists()


def test_a_bad_file_does_not_stop_the_others(run: Run, guide: Path) -> None:
    bad = export(guide, "some prose, nothing else", "notes.txt")
    unclear = export(guide, AMBIGUOUS, "unclear.csv")
    result = run("import", "--yes", bad, unclear, export(guide))
    assert result.exit_code == 1
    assert "Refused: “" in result.stderr
    assert "--date-order dmy" in result.stderr
    assert len(store.load(Folder(guide)).visits) == 2


def test_strangers_in_a_folder_are_passed_over_but_not_those_that_are_named(run: Run, guide: Path) -> None:
    file = export(guide)
    (file.parent / "photo.png").write_bytes((SAMPLES / "strangers" / "image.png").read_bytes())
    (file.parent / ".hidden.csv").write_text(STAYS, "utf-8")
    (file.parent / "~$open.xlsx").write_text("x", "utf-8")
    result = run("import", "--yes", file.parent)
    assert result.exit_code == 0, result.stderr
    assert "Passed over, as no export of a known format: " in result.stderr
    assert "photo.png" in result.stderr
    assert "hidden" not in result.stderr
    assert "~$open" not in result.stderr
    assert run("import", "--yes", file.parent / "photo.png").exit_code == 1


def test_the_folder_of_the_cycle_itself_gives_no_file_of_ours(run: Run, guide: Path) -> None:
    shutil.copy(export(guide), guide / "downloaded.csv")
    run("import", "--yes", "downloaded.csv")
    (guide / "views.csv").write_text("session\n", "utf-8")
    (guide / "views.csv").unlink()
    result = run("import", "--dry-run", "--json", guide)
    found = json.loads(result.stdout)
    assert [one["file"] for one in found["files"]] == ["downloaded.csv"]
    assert found["refused"] == found["passed-over"] == []
    own = run("import", guide / "sessions" / "maroc" / "attendance.csv")
    assert own.exit_code == 2
    assert "is what webcycle stores" in own.stderr


def test_an_archive_is_read_and_a_folder_in_it_may_name_the_session(run: Run, guide: Path) -> None:
    archive = export(guide).with_name("all.zip")
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("stays.csv", STAYS)
        made.writestr("sante/inscriptions.csv", FORM)
    result = run("import", "--yes", archive)
    assert result.exit_code == 0, result.stderr
    held = store.load(Folder(guide))
    assert {one.session for one in held.visits} == {"maroc"}
    assert {one.session for one in held.registrations} == {"sante"}
    assert "sante (by the name of its folder): 2 registrations" in result.stderr


def test_registrations_that_name_no_session_are_asked_for_with_the_option_to_give(run: Run, guide: Path) -> None:
    form = export(guide, FORM, "inscriptions.csv")
    result = run("import", "--yes", form)
    assert result.exit_code == 1
    assert "error[import-no-session]" in result.stderr
    assert "--session ID" in result.stderr
    assert not (guide / "sessions").exists()
    again = run("import", "--yes", "--session", "maroc", form)
    assert again.exit_code == 0, again.stderr
    assert len(store.load(Folder(guide)).registrations) == 2


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Somebody at a terminal who answers, then agrees; gives what they were asked."""
    asked: list[str] = []
    left = [*answers, "y"]

    def prompt(text: str, **_more: object) -> str:
        asked.append(text)
        return left.pop(0)

    monkeypatch.setattr(terminal, "interactive", lambda: True)
    monkeypatch.setattr(typer, "prompt", prompt)
    return asked


def test_on_a_terminal_the_session_is_asked_for_until_it_exists(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, "nothing-like-it", " maroc ")
    result = run("import", export(guide, FORM, "inscriptions.csv"))
    assert result.exit_code == 0, result.stderr
    assert len(asked) == 3
    assert "which session are these rows of?" in result.stderr
    assert "expe-ct" in result.stderr
    assert "2020-10-26 14:00" in result.stderr
    assert {one.session for one in store.load(Folder(guide)).registrations} == {"maroc"}


def test_on_a_terminal_rows_may_be_left_out(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "")
    result = run("import", export(guide, FORM, "inscriptions.csv"), export(guide))
    assert result.exit_code == 1
    held = store.load(Folder(guide))
    assert not held.registrations
    assert held.visits


def test_of_two_sessions_at_one_time_only_those_two_are_offered(
    run: Run, guide: Path, programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = programme.read_text("utf-8")
    moved = text.replace("2020-11-18T10:00:00", "2020-10-26T14:00:00").replace("2020-11-18T12:30", "2020-10-26T16:30")
    programme.write_text(moved, "utf-8")
    file = export(guide)
    refused = run("import", "--yes", file)
    assert refused.exit_code == 1
    assert "error[import-several-sessions]" in refused.stderr
    assert "maroc, egalite" in refused.stderr
    answering(monkeypatch, "sante", "egalite")
    assert run("import", file).exit_code == 0
    assert {one.session for one in store.load(Folder(guide)).visits} == {"egalite"}


def test_a_session_at_another_time_is_warned_of(run: Run, guide: Path) -> None:
    result = run("import", "--yes", "--session", "sante", export(guide))
    assert result.exit_code == 0
    assert "warning[import-other-time]" in result.stderr
    assert {one.session for one in store.load(Folder(guide)).visits} == {"sante"}
    moved = run("import", "--yes", "--session", "maroc", export(guide))
    assert "to move: maroc (as --session says): 2 stays" in moved.stderr
    assert {one.session for one in store.load(Folder(guide)).visits} == {"maroc"}


def test_a_room_that_was_left_open_over_two_sessions_is_warned_of(run: Run, guide: Path, programme: Path) -> None:
    text = programme.read_text("utf-8")
    moved = text.replace("2020-11-18T10:00:00", "2020-10-26T16:30:00").replace("2020-11-18T12:30", "2020-10-26T18:00")
    programme.write_text(moved, "utf-8")
    file = export(guide, STAYS.replace("15:30:00", "17:45:00"))
    result = run("import", "--yes", "--session", "maroc", file)
    assert result.exit_code == 0
    said = " ".join(result.stderr.split())
    assert "warning[import-room-left-open]" in said
    assert "was open during maroc and during egalite" in said
    assert "room-left-open" not in run("import", "--yes", file).stderr


def test_a_later_download_and_the_same_bytes_twice_are_told(run: Run, guide: Path) -> None:
    early = export(guide, "\n".join(STAYS.splitlines()[:2]) + "\n", "early.csv")
    run("import", "--yes", early)
    late, twin = export(guide, name="late.csv"), export(guide, name="twin.csv")
    result = run("import", "--yes", late, twin)
    assert "replaces the earlier download: early.csv" in result.stderr
    assert "the same file as" in result.stderr
    assert len(store.load(Folder(guide)).visits) == 2
    older = run("import", early)
    assert older.exit_code == 0
    assert "a later download holds all of it already" in older.stderr
    other = export(guide, STAYS.replace("Ada Diallo,ada", "Cleo Martin,cleo"), "restarted.csv")
    beside = run("import", "--yes", other)
    assert "all are kept" in beside.stderr
    assert len(store.load(Folder(guide)).visits) == 4


def test_meetings_at_no_session_s_time_are_left_out_and_counted(run: Run, guide: Path) -> None:
    sample = (SAMPLES / "zoom" / "active-hosts-duplicate-headers-bom.csv").read_text("utf-8-sig")
    assert "09/10/2021" in sample
    lines = sample.splitlines()
    day = next(line for line in lines if "09/10/2021" in line)
    more = day.replace("09/10/2021 08:", "10/26/2020 14:").replace("09/10/2021 09:", "10/26/2020 15:")
    assert "10/26/2020 14:" in more
    result = run("import", "--yes", export(guide, f"{sample}\n{more.replace('09/10/2021', '10/26/2020')}\n"))
    assert result.exit_code == 0, result.stderr
    assert "of no session: not stored" in result.stderr
    assert {one.session for one in store.load(Folder(guide)).visits} == {"maroc"}


def test_a_table_that_nobody_knows_is_read_by_the_user_s_map(run: Run, guide: Path) -> None:
    table = export(guide, "Kto;Kiedy\nAda Diallo;26.10.2020 14:05\nBo Lund;26.10.2020 14:15\n", "odd.csv")
    columns = export(guide, 'name = "Kto"\njoined = "Kiedy"\n', "map.toml")
    assert run("import", "--yes", table).exit_code == 1
    result = run("import", "--yes", "--columns", columns, table)
    assert result.exit_code == 0, result.stderr
    assert [one.name for one in store.load(Folder(guide)).visits] == ["Ada Diallo", "Bo Lund"]
    for bad in ("name = [", "name = 3\n", "", "[name]\nx = 1\n"):
        columns.write_text(bad, "utf-8")
        refused = run("import", "--yes", "--columns", columns, table)
        assert refused.exit_code == 2
        assert "--columns" in refused.stderr


def test_the_zone_and_the_order_of_dates_can_be_said(run: Run, guide: Path) -> None:
    file = export(guide, AMBIGUOUS.replace("2019", "2020"))
    result = run("import", "--yes", "--session", "maroc", "--date-order", "dmy", "--timezone", "UTC", file)
    assert result.exit_code == 0, result.stderr
    assert "times: UTC, as --timezone says" in result.stderr
    assert "days: day, month, year, as the option says" in result.stderr
    assert {f"{one.joined:%Y-%m-%d %H:%M}" for one in store.load(Folder(guide)).visits} == {
        "2020-03-02 14:02",
        "2020-02-03 14:02",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--session", "nothing"), "--session: there is no “nothing”"),
        (("--platform", "nothing"), "--platform: there is no “nothing”"),
        (("--date-order", "ydm"), "dmy, mdy, ymd"),
        (("--timezone", "Paris"), "--timezone: “Paris”"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_read(
    run: Run, guide: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = run("import", "--yes", *arguments, export(guide))
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (guide / "sessions").exists()


def test_a_file_that_is_not_there_is_a_wrong_usage(run: Run, guide: Path) -> None:
    result = run("import", "--yes", export(guide), "missing.csv")
    assert result.exit_code == 2
    assert "missing.csv" in result.stderr
    assert not (guide / "sessions").exists()


def test_a_platform_s_readers_alone_are_asked(run: Run, guide: Path) -> None:
    assert run("import", "--dry-run", "--platform", "teams", export(guide)).exit_code == 1
    assert run("import", "--dry-run", "--platform", "zoom", export(guide)).exit_code == 0


def test_json_says_the_same(run: Run, guide: Path) -> None:
    bad = export(guide, "some prose, nothing else", "notes.txt")
    form = export(guide, FORM, "inscriptions.csv")
    result = run("import", "--json", "--yes", export(guide), form, bad)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    stays = next(one for one in found["files"] if one["reader"] == "zoom-meeting")
    assert (stays["rows"], stays["kept"], stays["ignored"]) == (2, 2, {})
    assert stays["dropped-columns"] == ["Guest", "Favourite colour"]
    assert stays["timezone"] == "Europe/Paris"
    assert stays["date-order"] == "mdy"
    (meeting,) = stays["meetings"]
    assert (meeting["session"], meeting["found-by"], meeting["status"], meeting["visits"]) == (
        "maroc",
        "time",
        "added",
        2,
    )
    assert meeting["start"] == "2020-10-26T13:02:00+00:00"
    other = next(one for one in found["files"] if one["reader"] != "zoom-meeting")
    assert other["meetings"][0]["status"] == "open"
    assert other["findings"][0]["code"] == "import-no-session"
    assert found["refused"][0]["error"] == "intake.unclaimed"


def test_rows_that_are_ignored_add_up(run: Run, guide: Path) -> None:
    result = run("import", "--dry-run", "--json", EXPORTS)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)["files"]
    assert len(found) >= 15
    assert any(one["ignored"] for one in found)
    for one in found:
        assert one["rows"] == one["kept"] + sum(one["ignored"].values())


def test_the_synthetic_exports_are_all_stored_and_each_order_gives_the_same(
    run: Run, guide: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(guide, other)
    files = sorted((EXPORTS / "exports").iterdir())
    assert run("import", "--yes", *files).exit_code == 0
    assert run("--cycle", other, "import", "--yes", *reversed(files)).exit_code == 0
    first, second = contents(guide), contents(other)
    assert first == second
    assert len([name for name in first if name.startswith("sessions/")]) == 20
    before = contents(guide)
    again = run("import", EXPORTS)
    assert again.exit_code == 0
    assert contents(guide) == before


def test_where_git_would_track_personal_files_nothing_is_written(run: Run, guide: Path) -> None:
    subprocess.run(["git", "init", "-q", guide], check=True)
    result = run("import", "--yes", export(guide))
    assert result.exit_code == 1
    assert ".gitignore" in result.stderr
    assert not (guide / "sessions").exists()
    (guide / ".gitignore").write_text("/sessions/\n", "utf-8")
    assert run("import", "--yes", export(guide)).exit_code == 0


def test_damaged_records_and_a_damaged_ledger_stop_everything(run: Run, guide: Path) -> None:
    run("import", "--yes", export(guide))
    attendance = guide / "sessions" / "maroc" / "attendance.csv"
    whole = attendance.read_bytes()
    attendance.write_bytes(whole.replace(b"maroc", b"sante"))
    result = run("import", "--yes", export(guide, FORM, "f.csv"), "--session", "maroc")
    assert result.exit_code == 1
    assert "sessions/maroc/attendance.csv" in result.stderr
    attendance.write_bytes(whole)
    (guide / "imports.toml").write_text("version = 2\n", "utf-8")
    damaged = run("import", "--yes", export(guide, FORM, "f.csv"), "--session", "maroc")
    assert damaged.exit_code == 1
    assert "imports.toml is damaged (version)" in damaged.stderr


def test_views_are_told_in_one_line_and_dated_by_the_file(run: Run, guide: Path) -> None:
    result = run("import", "--yes", EXPORTS / "exports" / "Table data.csv")
    assert result.exit_code == 0, result.stderr
    assert "no session (no recording of the programme is this video)" in result.stderr
    assert "maroc" in (guide / "views.csv").read_text("utf-8")
    assert {f"{one.on}" for one in store.load(Folder(guide)).views} == {"2023-11-14"}
    assert not (guide / "sessions").exists()


def test_what_a_reader_warns_of_is_shown(run: Run, guide: Path) -> None:
    table = export(guide, STAYS.replace("bo@example.org", "bo@example"))
    result = run("import", "--dry-run", table)
    assert "warning[intake-bad-email]" in result.stderr
    unproven = run("import", "--dry-run", "--session", "maroc", SAMPLES / "goto" / "stacked-times.csv")
    assert "experimental" in unproven.stderr


def test_the_files_of_a_cycle_in_a_folder_are_not_exports(run: Run, guide: Path, tmp_path: Path) -> None:
    shutil.copy(export(guide), guide / "participants.csv")
    run("import", "--yes", "participants.csv")
    (guide / "people.toml").write_text("# people\n", "utf-8")
    outside = tmp_path / "another"
    shutil.copytree(DATA / "covid-19-2020", outside)
    result = run("--cycle", outside, "import", "--dry-run", "--json", guide)
    assert [Path(one["file"]).name for one in json.loads(result.stdout)["files"]] == ["participants.csv"]
    assert json.loads(result.stdout)["passed-over"] == []


def test_a_large_file_shows_a_bar_on_a_terminal_and_none_elsewhere(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webcycle.cli import gathering

    monkeypatch.setattr(gathering, "_LONG", 10)
    file = export(guide)
    assert "━" not in run("import", "--dry-run", file).stderr
    done: list[int] = []

    class Bar:
        def __enter__(self) -> object:
            return done.append

        def __exit__(self, *_problem: object) -> None:
            done.append(0)

    monkeypatch.setattr(terminal, "progress", lambda *_given: Bar())
    run("import", "--dry-run", file)
    assert done == [file.stat().st_size, 0]


def test_the_bar_itself_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    for kind, dumb, drawn in ((Screen, "xterm", True), (Screen, "dumb", False), (io.StringIO, "xterm", False)):
        screen = kind()
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setenv("TERM", dumb)
        with terminal.progress("Reading [red]", 3) as advance:
            advance(3)
        assert ("Reading [red]" in screen.getvalue()) == drawn


def test_a_session_without_a_date_can_be_named(run: Run, guide: Path, programme: Path) -> None:
    later = '[[session]]\nid = "later"\ntitle = "Later"\nstatus = "postponed"\nreason = "x"\n'
    programme.write_text(f"{programme.read_text('utf-8')}\n{later}", "utf-8")
    result = run("import", "--yes", "--session", "later", export(guide, FORM, "f.csv"))
    assert result.exit_code == 0, result.stderr
    assert {one.session for one in store.load(Folder(guide)).registrations} == {"later"}


def test_a_file_of_a_header_alone_is_told(run: Run, guide: Path) -> None:
    result = run("import", "--yes", export(guide, STAYS.splitlines()[0] + "\n"))
    assert result.exit_code == 0, result.stderr
    assert "no row was kept" in result.stderr
    assert not (guide / "imports.toml").exists()


MEETING = """\
Meeting Summary
Total Number of Participants\t1
Meeting Title\tMeeting with Alix Martin
Meeting Start Time\t10/26/2020, 2:00:00 PM
Meeting End Time\t10/26/2020, 3:30:00 PM

Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ada Diallo\t10/26/2020, 2:01:00 PM\t10/26/2020, 3:00:00 PM\t59m\tada@example.org\tAttendee
"""


def test_the_topic_of_a_meeting_stands_in_no_file_that_is_shared(run: Run, guide: Path) -> None:
    """It may hold the name of a person: "Alix Martin's meeting"."""
    file = export(guide, MEETING)
    assert run("import", "--yes", file).exit_code == 0
    held = contents(guide)
    assert b"participants,1" in held["totals.csv"]
    assert [name for name, data in held.items() if b"Alix Martin" in data] == []
    again = run("import", file)
    assert "already stored: maroc" in again.stderr
    assert contents(guide) == held


MARCH = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Ada Diallo,ada@example.org,03/12/2020 14:02:00,03/12/2020 15:00:00,58
"""


def test_a_file_that_is_known_needs_no_new_answer_after_its_session_was_moved(
    run: Run, guide: Path, programme: Path
) -> None:
    written = programme.read_text("utf-8")
    programme.write_text(written.replace("2020-10-26T", "2020-03-12T"), "utf-8")
    file = export(guide, MARCH)
    assert run("import", "--yes", file).exit_code == 1
    assert run("import", "--yes", "--date-order", "mdy", file).exit_code == 0
    before = contents(guide)
    for day in ("2020-03-19", "2020-12-03"):
        programme.write_text(written.replace("2020-10-26T", f"{day}T"), "utf-8")
        again = run("import", file)
        assert again.exit_code == 0, again.stderr
        assert "days: month, day, year, as when the file was first imported" in again.stderr
        assert "already stored: maroc" in again.stderr
        assert {name: data for name, data in contents(guide).items() if name != "cycle.toml"} == {
            name: data for name, data in before.items() if name != "cycle.toml"
        }


def test_hours_without_a_day_that_are_known_need_no_session_again(run: Run, guide: Path) -> None:
    file = export(guide, (SAMPLES / "meet" / "hours-without-day.csv").read_text("utf-8"))
    assert run("import", "--yes", file).exit_code == 1
    assert run("import", "--yes", "--session", "maroc", file).exit_code == 0
    before = contents(guide)
    again = run("import", file)
    assert again.exit_code == 0, again.stderr
    assert "already stored: maroc" in again.stderr
    assert contents(guide) == before


NAMING = ("Ada Diallo.csv", "export_DIALLO-Ada.csv", "AdaDiallo.csv", "Bo Lund (2020).csv")


@pytest.mark.parametrize("name", NAMING)
def test_the_name_of_a_file_that_tells_of_somebody_is_written_nowhere(run: Run, guide: Path, name: str) -> None:
    """imports.toml is committed: nothing in it names a person."""
    run("import", "--yes", export(guide))
    assert 'file = "participants.csv"' in (guide / "imports.toml").read_text("utf-8")
    result = run("import", "--yes", "--session", "senegal", export(guide, STAYS.replace("Bo Lund,bo", "Cy,cy"), name))
    assert result.exit_code == 0, result.stderr
    ledger = (guide / "imports.toml").read_text("utf-8")
    assert ledger.count('file = "…"') == 1
    assert ledger.count('file = "participants.csv"') == 1
    assert not {"ada", "diallo", "lund"} & set(re.findall("[a-z]+", ledger.casefold()))
    source = next(one["source"] for one in tomllib.loads(ledger)["import"] if one["file"] == "…")
    said = " ".join(result.stderr.split())
    assert f"--undo takes it by its id: {source}." in said
    assert run("import", "--yes", "--undo", source).exit_code == 0


def test_nor_is_that_of_a_part_of_an_archive(run: Run, guide: Path) -> None:
    archive = export(guide).with_name("all.zip")
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("Ada Diallo.csv", STAYS)
        packed.writestr("others.csv", STAYS.replace("Bo Lund,bo", "Cy,cy"))
    assert run("import", "--yes", "--session", "maroc", archive).exit_code == 0
    found = tomllib.loads((guide / "imports.toml").read_text("utf-8"))["import"]
    assert {(one["file"], one["part"]) for one in found} == {("all.zip", "others.csv"), ("all.zip", "…")}
    assert "diallo" not in (guide / "imports.toml").read_text("utf-8").casefold()
