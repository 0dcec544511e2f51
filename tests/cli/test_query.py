"""query: any question, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import measured
from tests.cli.conftest import Run
from webcycle.cli import querying

PERSONAL = "may hold personal data"


@pytest.fixture
def spring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cycle with records, as the current folder."""
    folder = measured.write(tmp_path / "spring")
    monkeypatch.chdir(folder.root)
    return folder.root


def test_a_table_is_printed_and_its_rows_are_counted(run: Run, spring: Path) -> None:
    result = run("query", "select session, axis from sessions where number < 3")
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines() if line.strip(" ─")] == [
        ["session", "axis"],
        ["one", "places"],
        ["two", "places"],
    ]
    assert result.stderr == "2 rows\n"


def test_the_words_are_in_the_users_language(run: Run, spring: Path) -> None:
    result = run("--lang", "fr", "query", "select count(*) from visits")
    assert "peut contenir des données personnelles" in result.stderr
    assert "1 ligne\n" in result.stderr


def test_a_question_about_persons_says_so_and_another_does_not(run: Run, spring: Path) -> None:
    assert PERSONAL in run("query", "select email from visits").stderr
    assert PERSONAL in run("query", "select * from cycle_people").stderr
    assert PERSONAL not in run("query", "select * from session_attendance").stderr


VALUES = """
select 1 as whole, 1.5 as part, true as yes, null as nothing, 'a "b", c' as text, date '2021-03-01' as day,
  timestamp '2021-03-01 10:00:00' as moment, timestamptz '2021-03-01 10:00:00+01' as zoned, time '10:00' as clock,
  interval 90 second as length, interval 1500 millisecond as short, [1, null] as list,
  {'a': date '2021-03-01'} as struct,
  'nan'::double as odd, 'ab'::blob as bytes, 12345678901234567890123::hugeint as large,
  'f47ac10b-58cc-4372-a567-0e02b2c3d479'::uuid as id
"""


def test_json_is_stable_and_has_iso_dates(run: Run, spring: Path) -> None:
    result = run("query", VALUES, "--format", "json")
    assert json.loads(result.stdout) == [
        {
            "whole": 1,
            "part": 1.5,
            "yes": True,
            "nothing": None,
            "text": 'a "b", c',
            "day": "2021-03-01",
            "moment": "2021-03-01T10:00:00Z",
            "zoned": "2021-03-01T09:00:00Z",
            "clock": "10:00:00",
            "length": "PT90S",
            "short": "PT1.5S",
            "list": [1, None],
            "struct": {"a": "2021-03-01"},
            "odd": None,
            "bytes": "6162",
            "large": 12345678901234567890123,
            "id": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        }
    ]


def test_csv_has_the_same_values(run: Run, spring: Path) -> None:
    names, cells = csv.reader(io.StringIO(run("query", VALUES, "--format", "csv").stdout))
    assert dict(zip(names, cells, strict=True)) == {
        "whole": "1",
        "part": "1.5",
        "yes": "true",
        "nothing": "",
        "text": 'a "b", c',
        "day": "2021-03-01",
        "moment": "2021-03-01T10:00:00Z",
        "zoned": "2021-03-01T09:00:00Z",
        "clock": "10:00:00",
        "length": "PT90S",
        "short": "PT1.5S",
        "list": "[1, null]",
        "struct": '{"a": "2021-03-01"}',
        "odd": "nan",
        "bytes": "6162",
        "large": "12345678901234567890123",
        "id": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    }


def test_csv_holds_no_formula_but_negative_numbers(run: Run, spring: Path) -> None:
    result = run("query", "--format", "csv", """select '=1+1' as "=a", '-x' as b, -1 as c, -1.5 as d""")
    assert result.stdout == "'=a,b,c,d\n'=1+1,'-x,-1,-1.5\n"


def test_json_of_no_rows_and_of_two_columns_of_a_name(run: Run, spring: Path) -> None:
    assert json.loads(run("query", "select 1 as a where false", "--format", "json").stdout) == []
    found = run("query", "select 1 as a, 2 as a, 3 as a_2", "--format", "json").stdout
    assert json.loads(found) == [{"a": 1, "a_2": 2, "a_2_2": 3}]


@pytest.mark.parametrize("form", ["table", "csv"])
def test_what_is_shown_commands_no_terminal_and_is_no_markup(run: Run, spring: Path, form: str) -> None:
    text = "select chr(27) || '[31m[bold]' || chr(10) || 'x' as \"[i]\x1b[1m\""
    result = run("query", text, "--format", form)
    assert "�[31m[bold] x" in result.stdout
    assert "[i]�[1m" in result.stdout
    assert "\x1b" not in result.output


def test_a_table_shows_1000_rows_and_the_others_all(run: Run, spring: Path) -> None:
    text = "select * from range(1001)"
    result = run("query", text)
    assert len([line for line in result.stdout.splitlines() if line.strip().isdigit()]) == 1000
    assert "There is more" in result.stderr
    for form in ("csv", "json"):
        result = run("query", text, "--format", form)
        assert "1001 rows" in result.stderr
        assert "There is more" not in result.stderr


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_limit_holds_for_every_form(run: Run, spring: Path, form: str) -> None:
    result = run("query", "select range + 700 from range(3)", "--format", form, "--limit", 2)
    assert "701" in result.stdout
    assert "702" not in result.stdout
    assert "There is more" in result.stderr
    assert "There is more" not in run("query", "select 1", "--limit", 1).stderr


def test_what_can_be_asked_is_listed(run: Run, spring: Path) -> None:
    shown = run("query", "--list")
    assert "visits (single persons)\n  Every stored stay" in shown.stdout
    assert (
        "session_registrations\n  How many persons registered for each session.\n  number, registered\n" in shown.stdout
    )
    found = json.loads(run("query", "--list", "--format", "json").stdout)
    assert found[0]["name"] == "sessions"
    assert found[0]["kind"] == "relation"
    assert {"name": "session", "type": "VARCHAR"} in found[0]["columns"]
    assert {"visits": True, "curve": False}.items() <= {one["name"]: one["personal"] for one in found}.items()
    rows = run("query", "--list", "--format", "csv").stdout.splitlines()
    assert rows[0] == "name,personal,column,type"
    assert "visits,true,email,VARCHAR" in rows


@pytest.mark.parametrize(
    "arguments",
    [
        ("query",),
        ("query", "select 1", "--list"),
        ("query", "select 1", "--format", "xml"),
        ("query", "select 1", "--limit", "0"),
        ("query", "select 1", "--limit", "-3"),
        ("query", "select 1", "select 2"),
    ],
)
def test_a_wrong_usage_exits_with_2(run: Run, spring: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("selct 1", "at line 1, column 1: syntax error"),
        ("select nothing from sessions", "at line 1, column 8"),
        ("drop view windows", "one SELECT statement; this is: DROP"),
        ("from read_text('/etc/passwd')", "read_text(…) cannot be read from"),
        ("from '/etc/passwd'", "“/etc/passwd” is no relation or view"),
        ("with a as (copy sessions to 'x.csv') from a", "COPY is not possible"),
        ("select cast('\x1b[31m' as integer)", "�[31m"),
    ],
)
def test_an_error_is_one_clear_line_and_exits_with_1(run: Run, spring: Path, text: str, words: str) -> None:
    result = run("query", text)
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert not (spring / "x.csv").exists()


def test_people_decided_upon_are_those_of_people_toml(run: Run, spring: Path) -> None:
    text = "select person from people where person <> '' order by 1"
    assert json.loads(run("query", text, "--format", "json").stdout) == []
    (spring / "people.toml").write_text(f'[staff]\nemails = ["{measured.ADDRESSES[0]}"]\n')
    assert json.loads(run("query", text, "--format", "json").stdout) == [{"person": measured.ADDRESSES[0]}]


def test_a_cycle_without_imports_can_be_asked_too(run: Run, guide: Path) -> None:
    result = run("query", "select count(*) as n from visits", "--format", "json")
    assert json.loads(result.stdout) == [{"n": 0}]


def test_ctrl_c_stops_a_long_question(spring: Path) -> None:
    text = "select count(*) from visits, range(10000000000) a, range(1000000) b"
    code = "import sys; from webcycle.cli import main; sys.argv[0] = 'webcycle'; main()"
    command = [sys.executable, "-c", code, "--lang", "en", "query", text]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert PERSONAL in running.stderr.readline()  # it is about to be asked
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        assert "Interrupted" in running.stderr.read()
        assert running.wait() == 1


def test_keys_of_a_map_are_text() -> None:
    assert querying.data({1: (2,)}) == {"1": [2]}
