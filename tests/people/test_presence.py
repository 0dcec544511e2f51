"""How long somebody was there, by hand and against a count of every second."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.made import at
from webcycle.presence import stay
from webcycle.records import Visit

WINDOW = (at(10), at(12))


def visit(start: datetime | None = None, end: datetime | None = None, seconds: int | None = None) -> Visit:
    return Visit(joined=start, left=end, seconds=seconds)


def test_two_devices_at_the_same_time_count_once() -> None:
    there = stay([visit(at(10), at(11)), visit(at(10, 30), at(11, 30))])
    assert there.seconds == 90 * 60
    assert (there.joined, there.left, there.visits, there.is_open) == (at(10), at(11, 30), 2, False)


def test_a_break_is_left_out() -> None:
    assert stay([visit(at(10), at(10, 20)), visit(at(11), at(11, 10))]).seconds == 30 * 60


def test_only_what_lies_in_the_window_counts_but_first_and_last_are_as_they_were() -> None:
    there = stay([visit(at(9, 30), at(10, 10)), visit(at(11, 50), at(12, 40))], WINDOW)
    assert there.seconds == 20 * 60
    assert (there.joined, there.left) == (at(9, 30), at(12, 40))
    assert stay([visit(at(8), at(9)), visit(at(13), at(14))], WINDOW).seconds == 0


def test_a_length_within_a_first_and_a_last_moment_is_not_the_time_between_them() -> None:
    assert stay([visit(at(10), at(12), 600)]).seconds == 600
    assert stay([visit(at(10), at(10, 5), 600)]).seconds == 300
    assert stay([visit(at(10), at(10, 10), 400), visit(at(10), at(10, 10), 400)]).seconds == 600
    assert stay([visit(at(10), at(11), 600), visit(at(11), at(11, 30))]).seconds == 600 + 1800


def test_a_length_alone_is_added_and_bounded_by_the_window() -> None:
    assert stay([visit(seconds=600), visit(seconds=300)]).seconds == 900
    assert stay([visit(seconds=9000)], WINDOW).seconds == 7200


def test_the_missing_end_of_a_stay_is_made_from_its_length() -> None:
    assert stay([visit(at(10), None, 600), visit(None, at(10, 15), 600)]).seconds == 15 * 60


def test_a_stay_without_length_is_open() -> None:
    alone = stay([visit(at(10))])
    assert (alone.seconds, alone.is_open, alone.joined, alone.left) == (None, True, at(10), at(10))
    both = stay([visit(at(10), at(10, 1)), visit(at(11))])
    assert (both.seconds, both.is_open) == (60, True)
    assert stay([visit()]).seconds is None


def test_nobody_is_nowhere() -> None:
    there = stay([])
    assert (there.visits, there.seconds, there.joined, there.is_open) == (0, None, None, False)


def test_damaged_numbers_do_no_harm() -> None:
    assert stay([visit(at(11), at(10))]).seconds == 0
    assert stay([visit(at(10), None, -5)]).seconds == 0
    assert stay([visit(at(10), None, 10**12)]).seconds == 7 * 24 * 3600


MINUTE = st.integers(0, 240)
STAYS = st.lists(st.tuples(MINUTE, MINUTE).map(sorted), max_size=6)


@given(STAYS, st.randoms(), st.booleans())
@settings(deadline=None)
def test_the_time_is_that_of_a_count_minute_by_minute(stays: list[list[int]], random: object, clip: bool) -> None:
    visits = [visit(at(9) + timedelta(minutes=a), at(9) + timedelta(minutes=b)) for a, b in stays]
    minutes = {minute for a, b in stays for minute in range(a, b) if not clip or 60 <= minute < 180}
    random.shuffle(visits)  # type: ignore[attr-defined]
    assert stay(visits, WINDOW if clip else None).seconds == (60 * len(minutes) if stays else None)
