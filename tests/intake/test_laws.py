"""What holds for every file: the order of rows means nothing, rows add up, only our errors come out."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle import texts
from webcycle.errors import Language, WebcycleError
from webcycle.intake import READERS, Options, Reading, Upload, read
from webcycle.intake.words import clean, email

from .harness import SAMPLES, options, read_sample, samples, upload

SOURCE = Path(texts.__file__).parents[1]
NAMES = st.sampled_from(["Alix Martin", "Noé Diallo", "Zoé Lê", "O'Neil, Siân", "Łucja Żak", "", "--", "=1+1"])
EMAILS = st.sampled_from(["alix@example.org", "NOE@example.org", "", "--", "not an address@", "n***@example.org"])
START = datetime(2020, 10, 26, 14)
TIMES = st.integers(-30, 150).map(lambda minutes: f"{START + timedelta(minutes=minutes):%m/%d/%Y %I:%M:%S %p}")
CELLS = st.one_of(TIMES, st.just("--"), st.just("soon"))
STAYS = st.lists(st.tuples(NAMES, EMAILS, TIMES, CELLS, st.sampled_from(["Yes", "No"])), min_size=1, max_size=12)
STAY_HEADER = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "In Waiting Room")
EVENTS = st.lists(st.tuples(NAMES, st.sampled_from(["Joined", "Left", "Danced"]), TIMES), min_size=1, max_size=14)
ANSWERS = st.lists(st.tuples(TIMES, EMAILS, NAMES, st.text(max_size=12)), min_size=1, max_size=12)


def read_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Reading:
    held = io.StringIO(newline="")
    csv.writer(held).writerows([header, *rows])
    data = held.getvalue().replace("\0", "").encode("utf-8", "replace")
    (reading,) = read(Upload("rows.csv", data), Options("Europe/Paris"))
    return reading


def records(reading: Reading) -> tuple[object, ...]:
    """All that a reading says but the hash of its bytes."""
    return (
        Counter(re.sub(r"source='\w+'", "", repr(one)) for one in (*reading.visits, *reading.registrations)),
        reading.rows,
        reading.kept,
        dict(reading.ignored),
        reading.order,
    )


def same_in_any_order(header: Sequence[str], rows: list[tuple[str, ...]], seed: int) -> None:
    turned = list(rows)
    random.Random(seed).shuffle(turned)
    try:
        before = records(read_rows(header, rows))
    except WebcycleError as problem:
        with pytest.raises(type(problem)):
            read_rows(header, turned)
    else:
        assert records(read_rows(header, turned)) == before


@given(STAYS, st.integers())
@settings(deadline=None, max_examples=60)
def test_the_order_of_stays_means_nothing(rows: list[tuple[str, ...]], seed: int) -> None:
    same_in_any_order(STAY_HEADER, rows, seed)


@given(EVENTS, st.integers())
@settings(deadline=None, max_examples=60)
def test_the_order_of_a_log_means_nothing(rows: list[tuple[str, ...]], seed: int) -> None:
    same_in_any_order(("Full Name", "User Action", "Timestamp"), rows, seed)


WEBINAR = """Attendee Report
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)
Le cycle,844 4444 4444,10/26/2020 02:00:00 PM,95
Attendee Details
"""
WEBINAR_HEADER = (
    *("Attended", "First Name", "Last Name", "Email", "Registration Time", "Approval Status"),
    *("Join Time", "Leave Time", "Time in Session (minutes)"),
)
APPROVALS = st.sampled_from(["approved", "upgraded to panelist", "denied", "NA"])
ATTENDED = st.tuples(
    st.sampled_from(["Yes", "No"]), NAMES, NAMES, EMAILS, TIMES | st.just("NA"), APPROVALS, TIMES, CELLS, st.just("5")
)


@given(st.lists(ATTENDED, min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_attendees_means_nothing(rows: list[tuple[str, ...]], chance: random.Random) -> None:
    turned = list(rows)
    chance.shuffle(turned)
    results = []
    for one in (rows, turned):
        held = io.StringIO(newline="")
        csv.writer(held).writerows([WEBINAR_HEADER, *one])
        try:
            (reading,) = read(Upload("a.csv", (WEBINAR + held.getvalue()).encode()), Options("Europe/Paris"))
            results.append(records(reading))
            assert reading.rows == len(rows)
        except WebcycleError as problem:
            results.append((problem.key,))
    assert results[0] == results[1]


@given(ANSWERS, st.integers())
@settings(deadline=None, max_examples=60)
def test_the_order_of_answers_means_nothing(rows: list[tuple[str, ...]], seed: int) -> None:
    same_in_any_order(("Timestamp", "Email Address", "Full name", "Remarks"), rows, seed)


@given(STAYS)
@settings(deadline=None, max_examples=60)
def test_every_row_is_kept_or_left_out_for_a_reason(rows: list[tuple[str, ...]]) -> None:
    if sum(row[3] == "soon" for row in rows) > 1:
        return
    reading = read_rows(STAY_HEADER, rows)
    assert reading.rows == len(rows) == reading.kept + sum(reading.ignored.values())
    assert len(reading.visits) == reading.kept


def refusal(data: bytes, given_options: Options) -> WebcycleError | None:
    try:
        read(Upload("x", data), given_options)
    except WebcycleError as problem:
        return problem
    return None


def read_or_refuse(data: bytes, given_options: Options) -> None:
    problem = refusal(data, given_options)
    if problem is not None:
        assert problem.key != "intake.reader-failed", problem.__cause__
        assert texts.error("fr", problem)


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=300)
def test_any_bytes_give_records_or_one_of_our_errors(data: bytes) -> None:
    read_or_refuse(data, Options("Europe/Paris"))


@given(st.data())
@settings(deadline=None, max_examples=250)
def test_a_damaged_export_gives_records_or_one_of_our_errors(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in samples(strangers=False) if not name.endswith(".xlsx")]))
    damaged = bytearray((SAMPLES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    read_or_refuse(bytes(damaged), options(name))


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=200)
def test_a_cleaned_text_is_one_harmless_line(text: str) -> None:
    made = clean(text)
    assert made == clean(made)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", made)


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_an_address_is_one_or_nothing(text: str) -> None:
    assert "\n" not in email(text)
    assert email(f"<{text}") == email(text) or "<" in text or ">" in text


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion", "America/Guadeloupe"])
def test_the_zone_moves_local_times_and_no_others(zone: str) -> None:
    (local,) = read(upload("zoom/participants-rejoin.csv"), Options(zone))
    (utc,) = read(upload("teams/live-event-utc.csv"), Options(zone))
    assert (local.zone, utc.zone) == (zone, "UTC")
    first = local.visits[0].joined
    assert first is not None
    hours = {"Europe/Paris": 12, "Indian/Reunion": 9, "America/Guadeloupe": 17}
    assert first.hour == hours[zone]


LANGUAGES: tuple[Language, ...] = ("en", "fr")


def codes(pattern: str) -> set[str]:
    """What the source names with this pattern; never nothing."""
    found = {
        match for path in (SOURCE / "intake").rglob("*.py") for match in re.findall(pattern, path.read_text("utf-8"))
    }
    assert len(found) > 1
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_is_said_has_its_sentence(lang: Language) -> None:
    said = texts.table(lang)
    assert codes(r'(?:Intake|Clash|Unclaimed)Error\(\s*"([a-z-]+)"') <= set(said["error"]["intake"])
    assert codes(r'"(intake-[a-z-]+)"') == {code for code in said["finding"] if code.startswith("intake-")}
    reasons = codes(r'(?:SkipRowError|leave_out)\("([a-z-]+)"\)') | codes(r'"skip:([a-z-]+)"')
    assert reasons <= set(said["intake"]["reason"])
    assert codes(r'Decision\([^"\n]*"([a-z-]+)"') - {"other"} <= set(said["intake"]["order"])
    assert {reader.name for reader in READERS} | {"mapped"} == set(said["intake"]["reader"])
    kinds = {one.kind for name in samples(strangers=False) for one in read_sample(name)}
    assert kinds <= set(said["intake"]["kind"])
