"""Dates, hours and lengths: every way of writing them that the platforms have, and the whole file's decision."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle.intake import durations
from webcycle.intake.dayorder import DayNotes, Decision, decide
from webcycle.intake.moments import Clock, Digits, Order, UnreadableError, take_apart
from webcycle.intake.problems import IntakeError


def clock(order: Order | None = None, zone: str = "Europe/Paris", day: date | None = None) -> Clock:
    return Clock(zone, order, day)


@pytest.mark.parametrize(
    ("cell", "order", "iso"),
    [
        ("10/26/2020 01:55:02 PM", Order.MDY, "2020-10-26T12:55:02"),
        ("10/26/2020 12:00:00 AM", Order.MDY, "2020-10-25T23:00:00"),
        ("09/10/2021 08:00:21", Order.MDY, "2021-09-10T06:00:21"),
        ("1/26/2021 7:45", Order.MDY, "2021-01-26T06:45:00"),
        ("05/11/20 13:55:00", Order.DMY, "2020-11-05T12:55:00"),
        ("19/01/2021 à 09:58:51", Order.DMY, "2021-01-19T08:58:51"),
        ("11/4/2020, 9:50:12 AM", Order.MDY, "2020-11-04T08:50:12"),
        ("3/10/25, 8:00:48\u202fAM", Order.MDY, "2025-03-10T07:00:48"),
        ("2/1/25, 9:04:01 pm", Order.DMY, "2025-01-02T20:04:01"),
        ("2/1/25, 9:04:01 p.m.", Order.DMY, "2025-01-02T20:04:01"),
        ("06.10.26, 18:01:00", Order.DMY, "2026-10-06T16:01:00"),
        ("4.3.2026, 14:05:09", Order.DMY, "2026-03-04T13:05:09"),
        ("13-06-2025", Order.DMY, "2025-06-12T22:00:00"),
        ("Mar 28, 2020 08:07:27", None, "2020-03-28T07:07:27"),
        ("Mar 28, 2020 8:07 AM", None, "2020-03-28T07:07:00"),
        ("28 mars 2020 à 08:07", None, "2020-03-28T07:07:00"),
        ("1er août 2020 08:07", None, "2020-08-01T06:07:00"),
        ("28. März 2020 um 08:07", None, "2020-03-28T07:07:00"),
        ("28 de março de 2020 08:07", None, "2020-03-28T07:07:00"),
        ("10 października 2022 08:07", None, "2022-10-10T06:07:00"),
        ("2026-03-04 14 h 05 min 09 s", None, "2026-03-04T13:05:09"),
        ("2026-03-04 14:05:09", None, "2026-03-04T13:05:09"),
        ("2026-03-04T14:05:09.123Z", None, "2026-03-04T14:05:09"),
        ("2026-03-04T14:05:09+05:30", None, "2026-03-04T08:35:09"),
        ("2026/03/17 2:05:11 PM UTC+1", None, "2026-03-17T13:05:11"),
        ("2026/03/17 2:05:11 PM GMT-4", None, "2026-03-17T18:05:11"),
        ("Apr 26, 2026 10:45 AM CEST", None, "2026-04-26T08:45:00"),
        ("2026-10-24", None, "2026-10-23T22:00:00"),
        ("44095.78", None, "2020-09-21T16:43:12"),
        ("44095", None, "2020-09-20T22:00:00"),
    ],
)
def test_a_cell_is_an_instant(cell: str, order: Order | None, iso: str) -> None:
    assert clock(order).read(cell) == datetime.fromisoformat(f"{iso}+00:00")


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "--",
        "soon",
        "31/02/2020 10:00",
        "10/26/2020 25:00",
        "1/2",
        "12345678",
        "Foo 3, 2020",
        "1/1/99999",
        "9" * 500,
    ],
)
def test_what_is_no_time_is_unreadable(cell: str) -> None:
    with pytest.raises(UnreadableError):
        clock(Order.DMY).read(cell)


def test_an_hour_alone_takes_the_day_of_the_session_or_of_the_joining() -> None:
    assert clock(day=date(2026, 3, 4)).read("18:02") == datetime(2026, 3, 4, 17, 2, tzinfo=UTC)
    joined = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert clock(day=date(2026, 1, 1)).read("11:02:00 AM", joined) == datetime(2026, 3, 4, 10, 2, tzinfo=UTC)
    with pytest.raises(UnreadableError):
        clock().read("18:02")


def test_the_hour_that_a_clock_change_repeats_is_the_first_and_is_counted() -> None:
    autumn = clock()
    assert autumn.read("2020-10-25 02:30:00") == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    assert (autumn.repeated, autumn.skipped) == (1, 0)


def test_the_hour_that_a_clock_change_skips_is_counted() -> None:
    spring = clock()
    assert spring.read("2020-03-29 02:30:00") == datetime(2020, 3, 29, 1, 30, tzinfo=UTC)
    assert (spring.repeated, spring.skipped) == (0, 1)


@given(st.text(max_size=100))
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_moment_or_unreadable(text: str) -> None:
    try:
        take_apart(text)
    except UnreadableError:
        return


@pytest.mark.parametrize("text", ["1 " * 400, "1h" * 400, "12/12/2020 " * 400, "1" * 5000 + "x", "a" * 5000])
def test_hostile_texts_take_no_time(text: str) -> None:
    began = time.perf_counter()
    durations.seconds(text)
    with pytest.raises(UnreadableError):
        take_apart(text)
    assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h 13m 42s", 4422),
        ("45m", 2700),
        ("10s", 10),
        ("1h", 3600),
        ("2\u00a0h 44\u00a0m", 9840),
        ("2 godz. 19 min 19 s", 8359),
        ("5 min 3 sek.", 303),
        ("59 Min. 0 Sek.", 3540),
        ("1 Std. 5 Min.", 3900),
        ("1 h 13 min 42 s", 4422),
        ("1 hr 21 min 53s", 4913),
        ("1 day 2 hours", 93600),
        ("57 minutes", 3420),
        ("1 hour 5 minutes", 3900),
        ("02:15:38", 8138),
        ("1:05", 3900),
        ("1 heure 5 minutes", 3900),
    ],
)
def test_a_length_is_read_in_every_language_that_was_seen(text: str, seconds: int) -> None:
    assert durations.seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "5", "h", "1 lieue", "1h ?", "1..5h", "-1h", "x" * 99])
def test_what_is_no_length_is_none(text: str) -> None:
    assert durations.seconds(text) is None


def test_a_bare_number_is_minutes_where_the_column_says_so() -> None:
    assert durations.minutes(" 136 ") == 8160
    assert durations.minutes("1h") == 3600
    assert durations.minutes("--") is None


def notes(*cells: str, other: tuple[str, ...] = ()) -> DayNotes:
    found = DayNotes()
    for target, texts in ((found.event, cells), (found.other, other)):
        for cell in texts:
            day = take_apart(cell).day
            assert isinstance(day, Digits)
            target[day] = cell
    return found


def decided(
    found: DayNotes,
    *expected: date,
    forced: Order | None = None,
    one_day: bool = True,
    before: Order | None = None,
) -> Decision:
    return decide(found, "a.csv", expected, forced, one_day=one_day, before=before)


def test_what_was_decided_before_holds_where_nothing_but_the_session_tells() -> None:
    found, day = notes("11/12/2020"), date(2020, 12, 11)
    assert decided(found, day) == Decision(Order.DMY, "expected")
    assert decided(found, day, before=Order.MDY) == Decision(Order.MDY, "before")
    assert decided(found, day, before=Order.MDY, forced=Order.DMY) == Decision(Order.DMY, "given")
    assert decided(notes("24/11/2020"), before=Order.MDY) == Decision(Order.DMY, "impossible-otherwise")
    assert decided(found, day, before=Order.YMD) == Decision(Order.DMY, "expected")


@pytest.mark.parametrize(
    ("found", "expected", "order", "reason"),
    [
        (notes("11/24/2020"), (), Order.MDY, "impossible-otherwise"),
        (notes("24/11/2020"), (), Order.DMY, "impossible-otherwise"),
        (notes("11/12/2020", other=("10/31/2020",)), (), Order.MDY, "impossible-otherwise"),
        (notes("05/05/2021"), (), Order.DMY, "same"),
        (notes("11/12/2020", "12/12/2020"), (), Order.DMY, "span"),
        (notes("12/11/2020", "12/12/2020"), (), Order.MDY, "span"),
        (notes("11/12/2020"), (date(2020, 12, 11),), Order.DMY, "expected"),
        (notes("11/12/2020"), (date(2020, 11, 12),), Order.MDY, "expected"),
        (notes("11/12/2020"), (date(2020, 11, 13),), Order.MDY, "expected"),
        (notes(other=("04/11/2020", "05/11/2020")), (date(2020, 11, 6),), None, ""),
        (notes(other=("04/12/2020", "05/12/2020")), (date(2020, 11, 6),), Order.MDY, "expected"),
        (notes("4.3.2026"), (), Order.DMY, "dots"),
        (notes("04/03/2026 à 10:00"), (), Order.DMY, "words"),
        (notes("11/12/2020"), (), None, ""),
        (notes("2/1/25, 9:04:01 pm"), (), None, ""),
    ],
)
def test_the_whole_file_decides(found: DayNotes, expected: tuple[date, ...], order: Order | None, reason: str) -> None:
    if order is None:
        with pytest.raises(IntakeError, match="ambiguous-dates"):
            decided(found, *expected)
    else:
        assert decided(found, *expected) == Decision(order, reason)


def test_a_file_about_several_meetings_may_span_months() -> None:
    with pytest.raises(IntakeError, match="ambiguous-dates"):
        decided(notes("11/12/2020", "12/12/2020"), one_day=False)


def test_the_option_goes_before_all_reasons() -> None:
    assert decided(notes("11/12/2020"), forced=Order.MDY) == Decision(Order.MDY, "given")


def test_dates_that_fit_no_order_are_refused_and_shown() -> None:
    with pytest.raises(IntakeError) as refused:
        decided(notes("13/12/2020", "12/13/2020"))
    assert refused.value.values["cells"] == "12/13/2020, 13/12/2020"


def test_a_file_without_numbers_for_months_needs_no_decision() -> None:
    assert decided(DayNotes()) == Decision(None, "plain")
