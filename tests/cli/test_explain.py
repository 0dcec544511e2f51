"""explain: how a figure was counted. Nothing of it names a person."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pytest

from tests import measured
from tests.cli.conftest import Run
from webcycle import texts
from webcycle.cli import measuring
from webcycle.cli.state import Work
from webcycle.errors import Language
from webcycle.metrics import CYCLE_FIGURES, SESSION_FIGURES, CycleResults, catalogue
from webcycle.metrics.engine import sql

PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})


@pytest.fixture
def spring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cycle with records, as the current folder."""
    folder = measured.write(tmp_path / "spring")
    monkeypatch.chdir(folder.root)
    return folder.root


def data(run: Run, *arguments: str) -> dict[str, Any]:
    result = run("explain", *arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def table(shown: str, title: str) -> list[list[str]]:
    """The cells of the table below a title, without its head."""
    lines = iter(shown.split(f"\n{title}\n")[1].splitlines())
    next(line for line in lines if "─" in line)
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in takewhile(str.strip, lines)]


@pytest.fixture
def measured_once(spring: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures of the cycle are counted once, however often they are explained."""
    counted = cache(lambda: measuring.results(at_hand.pop(), "en"))
    at_hand: list[Work] = []

    def again(work: Work, _lang: Language) -> CycleResults:
        at_hand.append(work)
        return counted()

    monkeypatch.setattr("webcycle.cli.explaining.results", again)


# ---- what is said


def test_the_value_its_definition_its_method_and_its_origin(run: Run, spring: Path) -> None:
    shown = run("explain", "attended", "one").stdout
    assert shown.startswith("Attended · one: 8\nDefinition: Distinct participants")
    assert "Counted: Distinct people present for at least 5 minutes" in shown
    assert "Origin: measured: 1 imported file" in shown
    assert "Rests upon: 8" in shown
    assert "Made of: session_attendance.attended" in shown


def test_it_speaks_french(run: Run, spring: Path) -> None:
    shown = run("explain", "people", "--lang", "fr").stdout
    assert shown.startswith("Personnes distinctes : au moins 30\nDéfinition : Personnes distinctes présentes")
    assert run("--lang", "fr", "explain", "people").stdout == shown


EVERY = [
    *((name, "one") for name in SESSION_FIGURES),
    *((name, None) for name in (*CYCLE_FIGURES, "sessions-held")),
    ("attended", "two"),
    ("attended", "three"),
    ("peak", "four"),
]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_figure_is_explained_in_both_forms(run: Run, measured_once: None, lang: str) -> None:
    for figure, session in EVERY:
        arguments = [figure, *filter(None, [session]), "--lang", lang]
        shown = run("explain", *arguments)
        assert shown.exit_code == 0, shown.output
        assert shown.stderr == ""
        found = data(run, *arguments)
        assert (found["figure"], found["session"]) == (figure, session)
        for text in (found["label"], found["definition"]):
            assert text.translate(PLAIN) in shown.stdout
        for view in found["sql"]:
            assert view["text"].splitlines()[0] in shown.stdout


def test_nothing_names_a_person(run: Run, measured_once: None) -> None:
    tokens = [*measured.NAMES, *measured.ADDRESSES, "secret.example.org", "absent@example.org"]
    rows = run("query", "select name, email from visits union all select name, email from registrations").stdout
    assert all(token in rows for token in tokens)  # they are there to be found
    for name in catalogue.NAMES:
        for session in (["one"], []):
            if catalogue.is_figure(name, of_session=bool(session)):
                for form in ([], ["--json"]):
                    output = run("explain", name, *session, *form).output
                    assert len(output) > 100
                    assert not [token for token in tokens if token.lower() in output.lower()]


def test_a_cycle_without_imports(run: Run, guide: Path) -> None:
    shown = run("explain", "participations")
    assert shown.exit_code == 0
    assert "Imported files" not in shown.stdout
    assert "Rows of attendance" not in shown.stdout
    assert hashlib.sha256((guide / "cycle.toml").read_bytes()).hexdigest() + "  cycle.toml" in shown.stdout


def test_why_there_is_none(run: Run, spring: Path) -> None:
    assert "No value: No attendance was imported." in run("explain", "peak", "two").stdout
    assert texts.say("en", "metrics.absence.not-held") in run("explain", "peak", "four").stdout


def test_when_the_peak_was(run: Run, spring: Path) -> None:
    assert "At: 2021-03-01 10:00" in run("explain", "peak", "one").stdout
    assert data(run, "peak", "one")["at"] == "2021-03-01T10:00:00+01:00"


def test_a_rate_has_its_exact_value(run: Run, spring: Path) -> None:
    found = data(run, "attendance-rate", "one")
    assert (found["value"], found["exact"]) == (0.75, "3/4")
    assert data(run, "attended", "one")["exact"] is None


# ---- what it was counted from


def test_the_files_are_there_with_their_hashes(run: Run, spring: Path) -> None:
    found = data(run, "attended", "one")
    assert [file["path"] for file in found["files"]] == [
        "cycle.toml",
        "sessions/one/attendance.csv",
        "sessions/one/registrations.csv",
    ]
    shown = run("explain", "attended", "one").stdout
    for file in found["files"]:
        assert file["sha256"] == hashlib.sha256((spring / file["path"]).read_bytes()).hexdigest()
        assert f"{file['sha256']}  {file['path']}\n" in shown
    (spring / "people.toml").write_text("")
    assert "people.toml" in [file["path"] for file in data(run, "attended", "one")["files"]]


def test_a_figure_of_a_session_names_the_files_that_matter(run: Run, spring: Path) -> None:
    other = spring / "sessions" / "two" / "attendance.csv"
    other.parent.mkdir()
    other.write_text((spring / "sessions/one/attendance.csv").read_text().replace("one,m", "two,m"))
    paths = {
        name: [file["path"] for file in data(run, *name.split())["files"]]
        for name in ("attended one", "newcomers one", "participations", "views one", "sessions-held")
    }
    assert "sessions/two/attendance.csv" not in paths["attended one"]
    assert "sessions/two/attendance.csv" in paths["newcomers one"]
    assert "sessions/two/attendance.csv" in paths["participations"]
    assert paths["views one"] == ["cycle.toml", "views.csv"]
    assert paths["sessions-held"] == ["cycle.toml"]


def test_the_imports_are_those_of_the_ledger(run: Run, spring: Path) -> None:
    [found] = data(run, "attended", "one")["imports"]
    assert found == {
        "source": measured.SOURCE,
        "file": "report.csv",
        "part": "Attendee Details",
        "sha256": measured.SOURCE * 4,
        "reader": "zoom-webinar",
        "kind": "both",
        "rows": 18,
        "kept": 16,
        "ignored": {"waiting-room": 2},
        "imported": "2021-03-02T08:00:00+00:00",
        "sessions": ["one"],
    }
    shown = run("explain", "attended", "one").stdout
    assert f"{measured.SOURCE * 4}  report.csv (Attendee Details)\n" in shown
    assert "    Zoom, webinar report; imported on 2021-03-02; for: one\n" in shown
    assert "    18 rows, 16 kept, 2 ignored (2: only in the waiting room)\n" in shown
    views = run("explain", "views", "one").stdout
    assert f"{measured.VIEWS_SOURCE * 4}  views.csv\n" in views
    assert "    1 rows, 1 kept, 0 ignored\n" in views


# ---- what became of the rows


def test_the_rows_add_up(run: Run, spring: Path) -> None:
    shown = run("explain", "attended", "one").stdout
    assert table(shown, "Rows of attendance") == [
        ["counted", "9"],
        ["of persons below the minimum time", "1"],
        ["of hosts", "1"],
        ["Sum", "11"],
        ["Rows stored", "11"],
    ]
    assert "Persons behind the counted rows: 8\n" in shown
    assert table(shown, "Rows of registrations") == [
        ["counted", "4"],
        ["cancelled", "1"],
        ["Sum", "5"],
        ["Rows stored", "5"],
    ]


@pytest.mark.parametrize(("figure", "session"), [("attended", ["one"]), ("participations", [])])
def test_the_rows_in_are_those_of_the_files_and_all_go_out(
    run: Run, spring: Path, figure: str, session: list[str]
) -> None:
    rows = data(run, figure, *session)["rows"]
    assert rows["attendance"]["read"] == rows["attendance"]["sum"] == len(measured.VISITS)
    assert rows["registrations"]["read"] == rows["registrations"]["sum"] == len(measured.REGISTRATIONS)
    assert rows["attendance"]["fates"] == {"counted": 9, "under-threshold": 1, "host": 1}


def test_rows_that_are_lost_are_an_internal_error_and_said_to_be(
    run: Run, spring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def lossy(*arguments: Any) -> CycleResults:
        found = measuring.results(*arguments)
        account = replace(found.attendance_rows, fates=MappingProxyType({"counted": 7}))
        return replace(found, attendance_rows=account)

    monkeypatch.setattr("webcycle.cli.explaining.results", lossy)
    for form in ([], ["--json"]):
        result = run("explain", "people", *form)
        assert result.exit_code == 3
        assert "Internal error: 11 rows were read and 7 are accounted for" in result.stderr
        assert "11" in result.stdout
    assert run("explain", "views").exit_code == 0


def test_views_have_their_readings(run: Run, spring: Path) -> None:
    shown = run("explain", "views", "one").stdout
    assert table(shown, "Readings") == [["one", "2021-03-10", "120"]]
    assert "Rows of attendance" not in shown
    assert "Settings" not in shown
    assert data(run, "views", "one")["readings"] == [{"session": "one", "on": "2021-03-10", "views": 120}]


# ---- what it was counted with


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("", ""), "Hours held: 2021-03-01 10:00 to 2021-03-01 11:00"),
        (
            ("held = { start = 2021-03-01T10:00:00, end = 2021-03-01T11:00:00 }", ""),
            "Hours held: not known; planned: 2021-03-01 10:00 to 2021-03-01 11:00",
        ),
        (
            (
                "start = 2021-03-01T10:00:00\nend = 2021-03-01T11:00:00\n"
                "held = { start = 2021-03-01T10:00:00, end = 2021-03-01T11:00:00 }",
                "start = 2021-03-01\nend = 2021-03-01\n",
            ),
            "Hours: neither held nor planned ones are known",
        ),
        (("[organiser]", "[attendance]\nclip = false\nminutes = 12\n[organiser]"), "clip: no"),
        (("[organiser]", "[attendance]\nminutes = 12\n[organiser]"), "[attendance] minutes: 12"),
    ],
)
def test_the_settings_are_told(run: Run, spring: Path, edit: tuple[str, str], words: str) -> None:
    assert edit[0] in measured.PROGRAMME
    (spring / "cycle.toml").write_text(measured.PROGRAMME.replace(*edit, 1) if edit[0] else measured.PROGRAMME)
    assert words in run("explain", "attended", "one").stdout


def test_the_settings_of_a_cycle_name_the_sessions_with_hours(run: Run, spring: Path) -> None:
    assert "Hours held are known of: one\n" in run("explain", "people").stdout
    found = data(run, "people")["settings"]
    assert (found["minimum_seconds"], found["clipped"]) == (300, True)
    assert [hours["session"] for hours in found["hours"] if hours["held"]] == ["one"]


# ---- bounds


def test_bounds_come_from_the_head_counts(run: Run, spring: Path) -> None:
    (spring / "cycle.toml").write_text(
        measured.PROGRAMME.replace('id = "three"', 'id = "three"\nstated = { participants = 12, source = "list" }')
    )
    shown = run("explain", "people").stdout
    assert shown.startswith("Distinct people: between 30 and 50\n")
    assert "At least 30: the greater of the measured persons (8) and of the largest number stated (30)." in shown
    assert "At most 50: the measured persons and the stated numbers, 8 + 30 + 12." in shown
    assert [row[:2] for row in table(shown, "The sessions")] == [["one", "8"], ["two", "30"], ["three", "12"]]
    found = data(run, "people")
    assert (found["value"], found["low"], found["high"]) == (None, 30, 50)
    assert [(one["session"], one["value"], one["provenance"]) for one in found["shares"]] == [
        ("one", 8, "measured"),
        ("two", 30, "stated"),
        ("three", 12, "stated"),
    ]


def test_no_upper_bound_names_the_sessions(run: Run, spring: Path) -> None:
    assert "No upper bound: nothing is known of three." in run("explain", "people").stdout
    shown = run("explain", "participations").stdout
    assert shown.startswith("Participations: at least 38\n")
    assert "At least 38: the sum of what is known." in shown
    assert "No upper bound: nothing is known of three." in shown


def test_the_bounds_of_the_thirtieth_day(run: Run, spring: Path) -> None:
    assert (
        "At least 120: the last reading is before the thirtieth day." in run("explain", "views-30-days", "one").stdout
    )
    views = spring / "views.csv"
    line = views.read_text().splitlines()[1]
    views.write_text(views.read_text() + line.replace("2021-03-10", "2021-05-01").replace("120", "300") + "\n")
    assert "Between 120 and 300: no reading is of the thirtieth day" in run("explain", "views-30-days", "one").stdout


# ---- SQL


def test_the_sql_is_that_of_the_views(run: Run, spring: Path) -> None:
    found = data(run, "peak", "one")["sql"]
    assert found[-1] == {"view": "peak", "text": sql("peak")}
    shown = run("explain", "peak", "one").stdout
    for line in sql("peak").splitlines():
        assert line in shown


def test_the_sql_alone_can_be_run(run: Run, spring: Path) -> None:
    result = run("explain", "peak", "one", "--sql")
    assert result.stderr == ""
    with duckdb.connect() as connection:
        kinds = [statement.type.name for statement in connection.extract_statements(result.stdout)]
    assert kinds
    assert set(kinds) == {"CREATE"}
    question = run("explain", "sessions-held", "--sql").stdout
    assert json.loads(run("query", "--format", "json", "--", question).stdout) == [{"sessions_held": 3}]


# ---- which figures


def test_the_sessions_held_are_those_that_are_over(run: Run, spring: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run("explain", "sessions-held").stdout
    assert shown.startswith("Sessions held: 3\n")
    assert table(shown, "The sessions") == [["one", "2021-03-01"], ["two", "2021-03-08"], ["three", "2021-03-15"]]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1615200000")  # 8 March 2021
    found = run("explain", "sessions-held", "--json")
    assert json.loads(found.stdout)["sessions"] == ["one", "two"]


def test_the_figures_are_listed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # no cycle is needed
    shown = run("explain")
    assert shown.exit_code == 0
    for name in catalogue.NAMES:
        assert f"\n {name} " in shown.stdout
    found = json.loads(run("explain", "--json").stdout)
    assert [one["figure"] for one in found] == list(catalogue.NAMES)
    assert {"figure": "peak", "of_session": True, "of_cycle": False}.items() <= found[-7].items()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("peple",), "Did you mean people?"),
        (("Participation",), "Did you mean participations?"),
        (("zzz",), "The figures are: sessions-held, registrations"),
        (("peak",), "webcycle explain peak SESSION"),
        (("people", "one"), "leave the session out"),
        (("sessions-held", "one"), "leave the session out"),
        (("attended", "nowhere"), 'no session "nowhere"'),
        (("--sql",), "--sql needs a figure"),
        (("attended", "one", "more"), ""),
    ],
)
def test_a_wrong_usage_exits_with_2(run: Run, spring: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("explain", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_a_name_of_a_figure_commands_no_terminal(run: Run, spring: Path) -> None:
    assert "\x1b" not in run("explain", "\x1b[31m[bold]").output


@pytest.mark.parametrize(("epoch", "held"), [("1603717140", 0), ("1603724400", 1)])
def test_the_sessions_held_are_those_that_are_over_at_that_hour(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, held: int
) -> None:
    """On 26 October 2020, at 13:59 and at 16:00 in Paris: the first session lasts from 14:00 to 16:00."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert json.loads(run("explain", "sessions-held", "--json").stdout)["value"] == held
    assert json.loads(run("explain", "attended", "maroc", "--json").stdout)["absent"] == (
        "no-attendance" if held else "not-held"
    )
    (guide / "cycle.toml").write_text(
        (guide / "cycle.toml").read_text("utf-8").replace('id = "maroc"\n', 'id = "maroc"\nhighlights = ["x"]\n'),
        "utf-8",
    )
    assert run("announce", "minutes", "maroc").exit_code == 1 - held
