"""check and report where records were imported, as a user meets them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.conftest import DATA, Run
from tests.cli.test_publishing import edit
from webcycle.records import Registration, ViewCount, Visit, dump

# The communiqué of the real cycle says more than so many participations.
SAID = 1500
STARTS = {"maroc": datetime(2020, 10, 26, 13, tzinfo=UTC), "egalite": datetime(2020, 11, 18, 9, tzinfo=UTC)}
TOKENS = ("Zyxqname", "zyxqaddress", "zyxqdomain", "Zyxqorganisation", "Zyxqterritory", "zyxqperson", "Zyxqfirst")


def store(folder: Path, session: str, people: Sequence[int], *, registered: Sequence[int] = ()) -> None:
    """Records of a session: these people were there for half an hour, those had registered."""
    start = STARTS[session]
    visits = [
        Visit(session, email=f"p{one}@example.org", joined=start, left=start + timedelta(minutes=30), source="a" * 16)
        for one in people
    ]
    known = [Registration(session, email=f"p{one}@example.org", source="b" * 16) for one in registered]
    target = folder / "sessions" / session
    target.mkdir(parents=True, exist_ok=True)
    (target / "attendance.csv").write_text(dump(Visit, visits), "utf-8")
    (target / "registrations.csv").write_text(dump(Registration, known), "utf-8")


def views(folder: Path, *readings: tuple[str, str, int]) -> None:
    """Readings of the views of replays: session, day, number."""
    found = [
        ViewCount(session, "youtube", session, on=datetime.fromisoformat(day).date(), views=number, source="c" * 16)
        for session, day, number in readings
    ]
    (folder / "views.csv").write_text(dump(ViewCount, found), "utf-8")


def report(run: Run, guide: Path, *arguments: str | Path) -> dict[str, Any]:
    result = run("report", "--format", "json,md", *arguments)
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads((guide / "out" / "public" / "review.json").read_text("utf-8"))
    return told


def figure(told: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (one for one in told["figures"] if one["name"] == name)
    return dict(found)


def unclaimed(programme: Path) -> None:
    """Take out the claims: one that says more than is measured of some sessions is told in its stead."""
    programme.write_text(programme.read_text("utf-8").split("[[claim]]")[0], "utf-8")


# ---- check


def test_without_records_a_claim_that_nothing_tells_of_cannot_be_checked(run: Run, guide: Path) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "communiqué du 27 avril 2021: sessions-held = 10 holds: the count on 2021-04-27 is 10." in result.stderr
    assert "participations > 1500 cannot be checked" in result.stderr
    assert "claim" not in result.stdout


def test_a_claim_that_the_records_contradict_fails_the_check_and_names_the_count(run: Run, guide: Path) -> None:
    every = {"maroc": 900, "egalite": 600}
    for session, number in every.items():
        store(guide, session, range(number))
    text = (guide / "cycle.toml").read_text("utf-8")
    for other in re.findall(r'\[\[session\]\]\nid = "([a-z-]+)"', text):
        if other not in every:
            text = text.replace(
                f'id = "{other}"\n', f'id = "{other}"\nstated = {{ participants = 0, source = "x" }}\n', 1
            )
    (guide / "cycle.toml").write_text(text, "utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert re.search(
        r"cycle.toml:\d+:\d+: error\[claim-contradicted\].*participations > 1500.*the count is 1500", result.stdout
    )
    assert "participations > 1500" not in result.stderr
    store(guide, "egalite", range(SAID - 900 + 1))
    found = run("check", "--lang", "fr")
    assert found.exit_code == 0, found.stdout
    assert "participations > 1500 est exact" in found.stderr.replace("\u00a0", " ")


def test_records_of_some_sessions_leave_a_claim_open_and_name_the_others(run: Run, guide: Path) -> None:
    store(guide, "maroc", range(20))
    result = run("check")
    assert result.exit_code == 0, result.stdout
    assert "the count on 2021-04-27 is ≥ 20, and the figure is not known for egalite, " in result.stderr


def test_a_stated_figure_that_the_records_contradict_is_a_warning(run: Run, guide: Path, programme: Path) -> None:
    edit(programme, 'id = "maroc"\n', 'id = "maroc"\nstated = { participants = 21, source = "head count" }\n')
    assert "stated-differs" not in run("check").stdout
    store(guide, "maroc", range(20))
    result = run("check")
    assert result.exit_code == 0
    assert re.search(r"cycle.toml:\d+:\d+: warning\[stated-differs\].* states 21 .* 20", result.stdout)
    assert run("check", "--strict").exit_code == 1
    findings = json.loads(run("check", "--json").stdout)
    assert "stated-differs" in {one["code"] for one in findings}
    edit(programme, "participants = 21", "participants = 20")
    assert "stated-differs" not in run("check").stdout


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_damaged_records_stop_the_check_after_what_it_found(run: Run, guide: Path, flags: tuple[str, ...]) -> None:
    store(guide, "maroc", range(20))
    (guide / "sessions" / "maroc" / "attendance.csv").write_text("not,ours\n", "utf-8")
    result = run("check", *flags)
    assert result.exit_code == 1
    assert "link-without-url" in result.stdout
    assert "attendance.csv" in result.stderr


def test_a_programme_with_errors_is_not_measured(run: Run, guide: Path, programme: Path) -> None:
    store(guide, "maroc", range(20))
    (guide / "sessions" / "maroc" / "attendance.csv").write_text("not,ours\n", "utf-8")
    edit(programme, 'axis = "geographie"', 'axis = "x"')
    result = run("check")
    assert "unknown-axis" in result.stdout
    assert "attendance.csv" not in result.stderr
    programme.write_text("[", "utf-8")
    assert run("check").exit_code == 1


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command has brought in, in a process of its own."""
    code = (
        "import sys\nfrom webcycle.cli.app import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit as left:\n    assert not left.code, left.code\n"
        "print('\\n'.join(['MODULES', *sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--cycle", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    return set(done.stdout.split("MODULES\n")[1].split("\n"))


def test_check_pays_for_the_measuring_only_where_there_is_something_to_measure(guide: Path, programme: Path) -> None:
    assert not {"duckdb", "webcycle.metrics"} & loaded(guide, "check")
    store(guide, "maroc", range(20))
    assert {"duckdb", "webcycle.metrics"} <= loaded(guide, "check")
    unclaimed(programme)
    assert not {"duckdb", "webcycle.metrics"} & loaded(guide, "check")


def test_a_report_without_records_does_not_pay_for_the_measuring(guide: Path) -> None:
    assert "duckdb" not in loaded(guide, "report", "--format", "md,json")
    store(guide, "maroc", range(20))
    assert "duckdb" in loaded(guide, "report", "--format", "md,json")


# ---- report


def test_a_report_tells_what_was_measured(run: Run, guide: Path, programme: Path) -> None:
    unclaimed(programme)
    store(guide, "maroc", range(40), registered=range(10, 60))
    store(guide, "egalite", range(20, 60))
    views(guide, ("maroc", "2021-04-01", 360))
    told = report(run, guide)
    assert (figure(told, "participations")["low"], figure(told, "people")["low"]) == (80, 60)
    assert figure(told, "participations")["provenance"] == "measured"
    assert figure(told, "attendance-rate")["value"] == 0.6
    maroc = {one["name"]: one["value"] for one in told["sessions"][0]["figures"]}
    assert maroc == {
        "registered": 50,
        "attended": 40,
        "attendance-rate": 0.6,
        "peak": 40,
        "median-minutes": 30,
        "views": 360,
    }
    page = (guide / "out" / "public" / "review.md").read_text("utf-8")
    assert "| le Maroc | 50 | 40 | 60" in page


def test_people_who_would_tell_about_few_are_hidden(run: Run, guide: Path, programme: Path) -> None:
    unclaimed(programme)
    store(guide, "maroc", range(40))
    # Ten came for the first time: beside the participations the number of people tells so.
    store(guide, "egalite", range(20, 50))
    told = report(run, guide)
    assert figure(told, "participations")["low"] == 70
    assert (figure(told, "people")["absent"], figure(told, "people")["low"]) == ("small-group", None)
    assert [one["counts"] for one in told["breakdowns"][0]["groups"]] == [[40, 0], [None, None]]


def test_the_machine_readable_review_is_as_its_schema_says(run: Run, guide: Path) -> None:
    store(guide, "maroc", range(40), registered=range(10, 60))
    schema = json.loads(run("schema", "--review").stdout)
    assert schema["title"] == "ReviewData"
    jsonschema.Draft202012Validator(schema).validate(report(run, guide))
    assert json.loads(run("schema").stdout)["title"] == "Programme"


@pytest.mark.parametrize("cycle", ["guide-2020-2021", "covid-19-2020", "amerique-latine-2021"])
def test_the_real_cycles_have_a_machine_readable_review(run: Run, tmp_path: Path, cycle: str) -> None:
    schema = json.loads(run("schema", "--review").stdout)
    for lang, name in (("fr", "review.json"), ("en", "review-en.json")):
        result = run("--cycle", DATA / cycle, "report", "--format", "json", "--lang", lang, "--out", tmp_path)
        assert result.exit_code == 0, result.stderr
        told = json.loads((tmp_path / name).read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(told)
        assert (told["cycle"]["id"], told["language"]) == (cycle, lang)


def test_the_same_records_give_the_same_bytes_wherever_and_whenever(guide: Path) -> None:
    store(guide, "maroc", range(40), registered=range(10, 60))
    store(guide, "egalite", range(20, 50))

    def written(**variables: str) -> dict[str, bytes]:
        subprocess.run(
            [Path(sys.executable).with_name("webcycle"), "report", "--format", "md,html,json"],
            cwd=guide,
            check=True,
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **variables},
        )
        return {path.name: path.read_bytes() for path in (guide / "out" / "public").glob("review.*")}

    first = written(TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    assert set(first) == {"review.md", "review.html", "review.json"}
    for name in ("attendance", "registrations"):
        path = guide / "sessions" / "maroc" / f"{name}.csv"
        header, *rows = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text(header + "".join(reversed(rows)), "utf-8")
    assert written(TZ="Pacific/Noumea", LC_ALL="fr_FR.UTF-8", PYTHONHASHSEED="2", LANG="fr_FR") == first


def test_a_report_holds_no_person(run: Run, guide: Path) -> None:
    start = STARTS["maroc"]
    visits, known = [], []
    for one in range(40):
        token = f"{one}@zyxqdomain.example.org"
        visits.append(
            Visit(
                "maroc",
                email=f"zyxqaddress{token}",
                name=f"Zyxqname {one}",
                organisation=f"Zyxqorganisation {one}",
                person=f"zyxqperson{one}",
                joined=start,
                left=start + timedelta(minutes=30),
                source="a" * 16,
            )
        )
        territory = "Northshire" if one < 20 else f"Zyxqterritory {max(one, 25)}"
        known.append(
            Registration(
                "maroc",
                email=f"zyxqaddress{token}",
                first=f"Zyxqfirst{one}",
                organisation=f"Zyxqorganisation {one}",
                territory=territory,
                source="b" * 16,
            )
        )
    store(guide, "maroc", ())
    (guide / "sessions" / "maroc" / "attendance.csv").write_text(dump(Visit, visits), "utf-8")
    (guide / "sessions" / "maroc" / "registrations.csv").write_text(dump(Registration, known), "utf-8")
    stored = b"".join(path.read_bytes() for path in (guide / "sessions").rglob("*.csv"))
    assert [token for token in TOKENS if token.encode() not in stored] == []
    result = run("report", "--format", "json,md,html")
    assert result.exit_code == 0, result.stderr
    for path in (guide / "out" / "public").iterdir():
        page = path.read_bytes()
        assert b"Northshire" in page, path
        assert [token for token in TOKENS if token.lower().encode() in page.lower()] == [], path
    assert "zyxq" not in result.output.lower()


# ---- beside another review


def test_a_review_is_compared_with_an_earlier_one(run: Run, guide: Path, programme: Path, tmp_path: Path) -> None:
    unclaimed(programme)
    store(guide, "maroc", range(40), registered=range(10, 60))
    report(run, guide)
    earlier = tmp_path / "earlier.json"
    earlier.write_bytes((guide / "out" / "public" / "review.json").read_bytes())
    store(guide, "maroc", range(44), registered=range(10, 60))
    told = report(run, guide, "--compare-with", earlier)
    assert told["growth"]["cycle"]["id"] == "guide-2020-2021"
    changes = {one["name"]: one for one in told["growth"]["figures"]}
    assert (changes["sessions-held"]["difference"], changes["sessions-held"]["share"]) == (0, 0)
    assert changes["attendance-rate"]["difference"] == 0.08
    assert changes["participations"]["difference"] is None
    assert (changes["participations"]["then"]["low"], changes["participations"]["now"]["low"]) == (40, 44)
    page = (guide / "out" / "public" / "review.md").read_text("utf-8")
    assert "## Depuis le bilan précédent" in page
    # A review that tells of growth can itself be compared with.
    again = tmp_path / "again.json"
    again.write_bytes((guide / "out" / "public" / "review.json").read_bytes())
    assert report(run, guide, "--compare-with", again)["growth"]["figures"]


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (b"", 1, "old.json:1:"),
        (b'{"version": 1,\n oops}', 1, "old.json:2:2"),
        (b"[" * 200_000, 1, "old.json:1:"),
        (b'{"version": 9}', 1, "another version"),
        (b'{"version": 1, "\x1b[31mred": 1}', 1, "old.json"),
        (b"{}", 1, "old.json: version"),
        (b"{" + b" " * 11_000_000 + b"}", 1, "old.json"),
        (None, 2, "old.json"),
    ],
    ids=["empty", "syntax", "deep", "version", "escape", "other", "huge", "missing"],
)
def test_what_is_no_review_is_refused_with_its_place_and_nothing_is_written(
    run: Run, guide: Path, raw: bytes | None, code: int, said: str
) -> None:
    if raw is not None:
        (guide / "old.json").write_bytes(raw)
    for lang in ("en", "fr"):
        result = run("--lang", lang, "report", "--compare-with", "old.json")
        assert result.exit_code == code
        assert said in result.stderr or lang == "fr"
        assert "old.json" in result.stderr
        assert "\x1b" not in result.stderr
        assert len(result.stderr) < 600
    assert not (guide / "out").exists()
