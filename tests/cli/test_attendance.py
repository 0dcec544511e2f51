"""attendance, as a user meets it: in the terminal, as JSON, and as files that hold no person."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import DATA, Run
from webcycle.cli.sparkline import bar, sparkline
from webcycle.records import PlatformTotal, Registration, Visit, dump

EXPORTS = DATA / "guide-2020-2021-synthetic-exports"
TOKENS = (
    "Zyxqname",
    "zyxqaddress@zyxqdomain.example.org",
    "Zyxqorganisation",
    "Zyxqterritory",
    "zyxqperson",
    "Zyxqfield",
)
FORMATS = ("csv", "xlsx", "json", "html")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real cycle with the synthetic exports of its sessions."""
    folder = tmp_path_factory.mktemp("imported") / "guide-2020-2021"
    shutil.copytree(
        DATA / "guide-2020-2021", folder, ignore=shutil.ignore_patterns(".webcycle.lock", "out", "calendar.toml")
    )
    shutil.copy(EXPORTS / "people.toml", folder)
    done = webcycle(folder, "import", "--yes", str(EXPORTS))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def measured(imported: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That cycle as the current folder."""
    monkeypatch.chdir(imported)
    return imported


def webcycle(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("webcycle")), "--cycle", str(folder), *arguments]
    clean = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "PYTHONIOENCODING")}
    environment = {**clean, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000", **variables}
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", env=environment)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 10, 26, hour, minute, tzinfo=UTC)


# ---- in the terminal


def test_the_table_has_a_row_a_session_and_one_for_the_cycle(
    run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "180")
    result = run("--lang", "fr", "attendance")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    (maroc,) = (line for line in result.stdout.splitlines() if " maroc " in line and "%" in line)
    assert re.split(r"\s{2,}", maroc.strip())[:4] == ["2020-10-26", "maroc", "63", "46"]
    assert re.search(r"46 \(14h33\)", maroc)
    assert re.search("[▁▂▃▄▅▆▇█]{10,}", maroc)
    (last,) = (line for line in result.stdout.splitlines() if line.strip().startswith("Ensemble du cycle   "))
    assert re.split(r"\s{2,}", last.strip())[1:3] == ["595", "417"]
    people = next(line for line in result.stdout.splitlines() if "Personnes distinctes" in line)
    assert people.split()[-1] == "168"


def test_the_figures_are_those_of_the_truth_file(run: Run, measured: Path) -> None:
    truth = json.loads((EXPORTS / "truth.json").read_text("utf-8"))["totals"]
    figures = json.loads(run("attendance", "--json").stdout)["figures"]
    assert figures["people"]["value"] == truth["counted_people"]
    assert figures["participations"]["value"] == truth["counted_participations"]
    assert figures["views"]["value"] == truth["views"]


@pytest.mark.parametrize(
    ("width", "lang", "what"),
    [
        (40, "fr", ()),
        (40, "en", ("ameriques",)),
        (64, "fr", ("ameriques",)),
        (80, "fr", ()),
        (80, "en", ()),
        (140, "fr", ("jeunesse",)),
        (140, "fr", ()),
    ],
)
def test_no_line_is_longer_than_the_terminal_is_wide(
    run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch, width: int, lang: str, what: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("--lang", lang, "attendance", *what)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= width
    assert "jeunesse" in result.stdout or "32 (10" in result.stdout


def test_what_there_is_no_room_for_is_named(run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run("attendance")
    assert "Not shown, for want of room: Walk-ins, No-shows" in result.stderr
    rows = [line for line in result.stdout.splitlines() if re.match(r"\s*20\d\d-", line)]
    assert len(rows) == 10
    assert all("%" in row for row in rows)


def test_at_80_columns_there_is_a_curve_and_a_bar_for_each_session(
    run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("--lang", "fr", "attendance").stdout.splitlines()
    assert len([line for line in lines if re.match(r"\s*20\d\d-.*[▁▂▃▄▅▆▇█]{10,}", line)]) == 10
    bars = [line for line in lines if re.search("  █+░* +[0-9]+ / [0-9]+$", line)]
    assert len(bars) == 10
    assert "█ Présents  ░ Inscrits" in lines
    (longest,) = (line for line in bars if line.endswith("45 / 79"))
    assert len(longest) == 80


def test_where_there_is_no_room_for_bars_the_counts_are_enough(
    run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "36")
    assert "░" not in run("attendance").stdout


def test_one_session_is_told_in_detail(run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    out = run("attendance", "jeunesse").stdout
    assert "Wednesday 3 February 2021, 10:00 to 12:30 (hours planned)" in out
    assert "Start: 10:00; peak: 37 (10:47); end: 12:30" in out
    assert "5 participants are neither in the curve nor in the peak" in out
    assert "Attended: 43 (measured: 1 imported file)" in out
    assert "Distinct people present for at least 5 minutes, without staff and speakers." in out
    assert re.search(r"half of the session \(1 h 15\) +39", out)
    assert "Identified by name alone: 0%" in out
    assert "Hours in the zone Europe/Paris." in out


def test_the_platform_s_own_totals_stand_beside_ours(run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    out = run("attendance", "ameriques").stdout
    assert "Zoom: unique viewers: 36" in out
    assert "Attended in our count: 33. The platform counts each address or device once" in out
    assert "Peak attendance in our count: 32. A nought often means that the platform did not count this." in out


def test_colours_and_signs_fit_what_they_are_printed_to(imported: Path) -> None:
    piped = webcycle(imported, "attendance", "--lang", "fr")
    assert "\x1b" not in piped.stdout
    assert "█" in piped.stdout
    ascii_only = webcycle(imported, "attendance", "--lang", "fr", PYTHONIOENCODING="ascii", COLUMNS="170")
    assert ascii_only.returncode == 0
    assert ascii_only.stdout.isascii()
    assert "####" in ascii_only.stdout
    assert "\\u202f" not in ascii_only.stdout
    assert "\\xa0" not in ascii_only.stdout
    assert "\\u2588" not in ascii_only.stdout


def test_the_time_zone_of_the_machine_changes_nothing(imported: Path) -> None:
    one, other = (
        webcycle(imported, "attendance", "maroc", "--json", TZ=zone, PYTHONHASHSEED=seed).stdout
        for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2"))
    )
    assert one == other != ""


# ---- with little or nothing known


def test_with_nothing_imported_the_gaps_are_named_and_what_to_do(run: Run, guide: Path) -> None:
    result = run("attendance", "--lang", "fr")
    assert result.exit_code == 0
    assert "webcycle import FICHIER" in result.stderr
    assert "Présences inconnues : maroc, egalite" in result.stdout
    assert "%" not in result.stdout
    detail = run("attendance", "maroc")
    assert "webcycle import FILE" in detail.stderr
    assert "Attendance not known: maroc." in detail.stdout
    written = run("attendance", "--format", "csv")
    assert (written.exit_code, (guide / "out").exists()) == (0, False)
    data = json.loads(run("attendance", "--json").stdout)
    assert data["figures"]["people"]["value"] is None
    assert data["breakdowns"] is None


def test_a_head_count_stands_in_and_is_said_to(run: Run, programme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    stated = '\nstated = { registered = 210, participants = 150, source = "comptage de la salle" }\n'
    text = programme.read_text("utf-8").replace('id = "maroc"\n', f'id = "maroc"{stated}')
    programme.write_text(text, "utf-8")
    out = run("--lang", "fr", "attendance").stdout
    assert re.search(r"maroc +210 +150 +n\. d\.", out)
    assert re.search(r"maroc +█{43}░{17}  150 / 210\n +egalite +n\. d\. / n\. d\.\n", out)
    assert re.search(r"Personnes distinctes +au moins 150", out)
    detail = run("--lang", "fr", "attendance", "maroc").stdout
    assert "Participants présents : 150 (indiqué à la main : comptage de la salle)" in detail
    assert run("attendance", "--format", "html,xlsx").exit_code == 0


def test_a_session_whose_hours_nobody_knows(run: Run, programme: Path) -> None:
    text = programme.read_text("utf-8")
    text = re.sub(
        r"(id = \"maroc\"\n(?:.*\n)*?)start = .*\nend = .*\n", r"\1status = 'postponed'" + "\n", text, count=1
    )
    text = (
        re.sub(r"(id = \"maroc\"\n(?:.*\n)*?)start = .*\n", r"\1", text, count=1) if "postponed" not in text else text
    )
    programme.write_text(text, "utf-8")
    result = run("attendance", "maroc")
    assert result.exit_code == 0, result.stderr
    assert "hours not known" in result.stdout


# ---- errors


def test_errors(run: Run, measured: Path, tmp_path: Path) -> None:
    unknown = run("attendance", "nowhere")
    assert (unknown.exit_code, 'There is no session "nowhere"' in unknown.stderr) == (2, True)
    for formats in (",", "", "pdf"):
        assert run("attendance", "--format", formats).exit_code == 2
    private = run("attendance", "--format", "csv", "--out", "sessions")
    assert private.exit_code == 2
    assert not list((measured / "sessions").glob("attendance*"))


def test_a_damaged_file_of_records_is_named(run: Run, imported: Path, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(imported, folder)
    (folder / "sessions" / "maroc" / "attendance.csv").write_text("garbage\n", "utf-8")
    result = run("--cycle", folder, "attendance")
    assert result.exit_code == 1
    assert "sessions/maroc/attendance.csv" in result.stderr
    assert result.stdout == ""


# ---- files


def test_files_are_written_once_and_are_the_same_each_time(run: Run, measured: Path, tmp_path: Path) -> None:
    out = tmp_path / "here"
    first = run("attendance", "--format", ",".join(FORMATS), "--out", out)
    assert first.exit_code == 0, first.stderr
    names = [f"attendance.{ending}" for ending in FORMATS]
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    before = {name: (out / name).read_bytes() for name in names}
    again = run("attendance", "--format", ",".join(FORMATS), "--out", out)
    assert again.stderr.count("Unchanged") == 4
    assert {name: (out / name).read_bytes() for name in names} == before
    assert all((out / name).stat().st_mode & 0o777 == 0o644 for name in names)
    assert first.stdout == ""


def test_a_session_and_another_language_have_files_of_their_own(run: Run, measured: Path) -> None:
    assert run("attendance", "maroc", "--format", "csv", "--lang", "en").exit_code == 0
    found = measured / "out" / "public" / "attendance-maroc-en.csv"
    assert "Registered and attended" in found.read_text("utf-8")
    assert run("attendance", "maroc", "--format", "csv").exit_code == 0
    assert "Inscrits présents" in (measured / "out" / "public" / "attendance-maroc.csv").read_text("utf-8")


def test_what_is_written_hides_more_than_what_is_shown_inside(run: Run, measured: Path) -> None:
    inside = json.loads(run("attendance", "--json").stdout)
    run("attendance", "--format", "json")
    published = json.loads((measured / "out" / "public" / "attendance.json").read_text("utf-8"))
    assert (inside["smallest_group"], published["smallest_group"]) == (5, 11)

    def hidden(data: dict[str, list[dict[str, dict[str, dict[str, bool]]]]]) -> int:
        return sum(session["figures"]["newcomers"]["hidden"] for session in data["sessions"])

    assert 0 < hidden(inside) < hidden(published) < 10
    assert all(group["persons"] >= 11 for group in published["breakdowns"]["territories"]["groups"] if group["persons"])


def test_a_join_link_is_not_published(run: Run, measured: Path, tmp_path: Path) -> None:
    folder = tmp_path / "told"
    shutil.copytree(measured, folder, ignore=shutil.ignore_patterns("out"))
    programme = folder / "cycle.toml"
    link = "https://example.org/j/81234567890?pwd=Sesame123"
    text = programme.read_text("utf-8").replace(
        'id = "maroc"\n',
        f'id = "maroc"\njoin = {{ platform = "zoom", url = "{link}" }}\n'
        'stated = { views = 12, source = "https://example.org/j/81234567890" }\n',
    )
    programme.write_text(text, "utf-8")
    for ending in FORMATS:
        result = run("--cycle", folder, "attendance", "maroc", "--format", ending)
        assert result.exit_code == 1, result.stderr
        assert not (folder / "out").exists()


# ---- no person


@pytest.fixture
def planted(guide: Path) -> Path:
    """Two sessions full of people whose every datum is a token."""
    name, address, organisation, territory, person, field = TOKENS
    local, _, domain = address.partition("@")
    for session, day in (("maroc", 0), ("egalite", 23)):
        registrations, visits = [], []
        for number in range(30):
            email = f"{local}{number}@{domain}" if number % 3 else ""
            registrations.append(
                Registration(
                    session,
                    email=email,
                    name=f"{name}{number} {field}",
                    organisation=organisation,
                    territory=f"{territory}{number}",
                )
            )
            joined = at(13, number % 7) + timedelta(days=day)
            visits.append(
                Visit(
                    session,
                    f"{field}-meeting",
                    "zoom",
                    f"{person}{number}" if number % 2 else "",
                    email,
                    f"{name}{number} {field}",
                    organisation,
                    "participant",
                    joined,
                    joined + timedelta(minutes=50),
                )
            )
        folder = guide / "sessions" / session
        folder.mkdir(parents=True)
        (folder / "registrations.csv").write_text(dump(Registration, registrations), "utf-8")
        (folder / "attendance.csv").write_text(dump(Visit, visits), "utf-8")
    totals = [PlatformTotal("maroc", f"{field}-meeting", "zoom", field, 42)]
    (guide / "totals.csv").write_text(dump(PlatformTotal, totals), "utf-8")
    return guide


def everything(path: Path) -> bytes:
    """A file, and the files in it."""
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            data += b"".join(inside.read(name) + name.encode() for name in inside.namelist())
    return path.name.encode() + data


def tokens(data: bytes) -> list[str]:
    return [token for token in ("zyxq", *TOKENS) if token.casefold().encode() in data.lower()]


def test_no_name_address_or_organisation_is_in_any_output(run: Run, planted: Path) -> None:
    assert run("participants", "--format", "csv").exit_code == 0
    private = everything(planted / "out" / "private" / "participants.csv")
    assert {"zyxq", TOKENS[0], TOKENS[2]} <= set(tokens(private))
    for session in ((), ("maroc",)):
        written = run("attendance", *session, "--format", ",".join(FORMATS))
        assert written.exit_code == 0, written.stderr
        for result in (written, run("attendance", *session), run("attendance", *session, "--json")):
            assert tokens((result.stdout + result.stderr).encode()) == []
    found = sorted((planted / "out" / "public").iterdir())
    assert len(found) == 8
    assert [path.name for path in found if tokens(everything(path))] == []
    # They are the figures of those very people.
    assert '"value": 30' in (planted / "out" / "public" / "attendance-maroc.json").read_text("utf-8")


# ---- sparklines


def test_a_sparkline_rises_and_falls() -> None:
    assert sparkline([0, 1, 4, 8, 4, 0], 10) == " ▁▄█▄ "
    assert sparkline([0, 1, 4, 8, 4, 0], 10, "ascii") == " _:#: "
    assert sparkline([0, 1], 10, None) == " #"
    assert sparkline([0, 1], 10, "no-such-encoding") == " #"
    assert sparkline([], 10) == ""
    assert sparkline([1, 2], 0) == ""
    assert sparkline([0, 0], 5) == "  "


def test_a_short_peak_is_not_lost_where_there_is_little_room() -> None:
    assert sparkline([1] * 50 + [100] + [1] * 49, 10) == "▁▁▁▁▁█▁▁▁▁"


@given(st.lists(st.integers(0, 10**6), max_size=300), st.integers(1, 80), st.sampled_from(["utf-8", "ascii", "cp850"]))
def test_a_sparkline_fits_and_can_be_printed(values: list[int], width: int, encoding: str) -> None:
    line = sparkline(values, width, encoding)
    assert len(line) == min(len(values), width)
    line.encode(encoding)
    assert bool(line.strip()) == any(values)


@pytest.mark.parametrize("options", [("--out", "elsewhere"), ("--format", "csv", "--json")])
def test_an_option_that_would_do_nothing_is_refused(options: tuple[str, ...], run: Run) -> None:
    done = run("--cycle", str(DATA / "guide-2020-2021"), "attendance", *options)
    assert done.exit_code == 2
    assert "--format" in done.stderr


def test_a_bar_is_filled_as_far_as_the_part_is() -> None:
    assert bar(2, 4, 8, 8) == "██░░"
    assert bar(2, 4, 8, 8, "ascii") == "##.."
    assert bar(4, 4, 8, 8) == bar(4, 2, 8, 8) == "████"
    assert bar(1, 0, 1000, 8) == "█"
    assert bar(0, 0, 0, 8) == ""


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 60))
def test_a_bar_fits_and_shows_who_is_there(part: int, whole: int, more: int, width: int) -> None:
    found = bar(part, whole, max(part, whole) + more, width)
    assert len(found) <= width
    assert ("█" in found) == (part > 0 and width > 0)
