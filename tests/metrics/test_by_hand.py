"""Tiny cycles whose figures were worked out by hand: the engine and the reference both say them."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from tests.metrics.made import agreed, at, cycle, programme, seen, session, signup, stay
from tests.metrics.reference import Reference
from tests.metrics.reference_sessions import Told
from webcycle.identity import People
from webcycle.records import Visit


def value(found: Reference, name: str, of: str | None = "one") -> int | Fraction | None:
    return found.figures[of, name].value


def bounds(told: Told) -> tuple[int | Fraction | None, int | Fraction | None]:
    return told.low, told.high


def test_the_time_of_two_devices_is_their_union() -> None:
    visits = [
        stay("ada", "10:00", "10:30"),
        stay("ada", "10:20", "10:50"),  # 10:00 to 10:50: 50 minutes, not 60
        stay("bo", "10:00", "10:10"),
        stay("bo", "10:20", "10:40"),  # 10 + 20 = 30
        stay("cy", "10:05", "10:15"),  # 10
    ]
    found = agreed(cycle(programme(), visits))
    assert value(found, "person-minutes") == 50 + 30 + 10
    assert value(found, "mean-minutes") == 90 / 3
    assert value(found, "median-minutes") == 30


@pytest.mark.parametrize(
    ("hours", "by", "why"),
    [
        ({}, datetime(2021, 6, 1, 10, 59), "not-held"),
        ({}, datetime(2021, 6, 1, 11), "no-attendance"),
        ({}, date(2021, 5, 31), "not-held"),
        ({}, date(2021, 6, 1), "no-attendance"),
        ({"start": date(2021, 6, 1), "end": date(2021, 6, 1)}, datetime(2021, 6, 1, 23), "not-held"),
        ({"start": date(2021, 6, 1), "end": date(2021, 6, 1)}, datetime(2021, 6, 2), "no-attendance"),
        ({"start": date(2021, 6, 1), "end": date(2021, 6, 1)}, date(2021, 6, 1), "no-attendance"),
    ],
)
def test_a_session_is_to_come_until_its_end(hours: dict[str, Any], by: date, why: str) -> None:
    found = agreed(cycle(programme(session(**hours)), (), [signup("ada")]), by)
    assert found.figures["one", "attended"].absent == why


def test_time_outside_of_the_held_hours_does_not_count_when_it_is_clipped() -> None:
    held = {"start": datetime(2021, 6, 1, 10, 3), "end": datetime(2021, 6, 1, 10, 58)}
    visits = [
        stay("ada", "09:30", "11:30"),  # 10:03 to 10:58: 55 minutes
        stay("bo", "09:30", "10:07"),  # 10:03 to 10:07: 4 minutes, too few
        stay("cy", "10:58", "11:30"),  # nothing
        stay("di", "10:10", "10:20"),  # 10
        stay("ed", "10:30", "10:40"),  # 10
    ]
    clipped = agreed(cycle(programme(session(held=held)), visits))
    assert value(clipped, "attended") == 3
    assert value(clipped, "person-minutes") == 55 + 10 + 10
    assert clipped.attendance_rows["one"].clipped == 3
    whole = agreed(cycle(programme(session(held=held), clip=False), visits))
    assert value(whole, "attended") == 5
    assert value(whole, "person-minutes") == 120 + 37 + 32 + 10 + 10
    assert whole.attendance_rows["one"].clipped == 0


def test_five_minutes_are_enough_and_a_microsecond_less_is_not() -> None:
    visits = [
        stay("ada", "10:00", "10:05"),  # exactly 300 s
        stay("bo", "10:00:00.000001", "10:05"),  # 299.999999 s, cut to 299
        stay("cy", "10:00", "10:02"),
        stay("cy", "10:30", "10:33"),  # 120 + 180
    ]
    found = agreed(cycle(programme(), visits))
    assert value(found, "attended") == 2
    # With 1 minute all three; half of the hour is 1800 s and 85 % of it 3060 s, which nobody stayed.
    assert found.thresholds["one"] == (
        ("1-minute", 60, 3),
        ("5-minutes", 300, 2),
        ("half", 1800, 0),
        ("85-percent", 3060, 0),
    )
    assert found.attendance_rows["one"].fates == {"counted": 3, "under-threshold": 1}


def test_a_summary_adds_its_own_length_and_all_is_never_more_than_the_union() -> None:
    visits = [
        stay("ada", "10:00", "11:00", 25 * 60),
        stay("ada", "10:00", "10:10"),  # 25 + 10 = 35
        stay("bo", "10:00", "11:00", 40 * 60),
        stay("bo", "10:00", "11:00", 40 * 60),  # 40 + 40 = 80, of an hour: 60
        stay("cy", "10:00", "10:20", 30 * 60),  # no more than its interval: 20
        stay("cy", seconds=7 * 60),  # a length without moments is added: 27
    ]
    found = agreed(cycle(programme(), visits))
    assert value(found, "person-minutes") == 35 + 60 + 27
    assert value(found, "median-minutes") == 35
    # Summaries of Ada and Bo are 35 and 20 minutes longer than their times: only Ada's stay and Cy's summary are shown.
    assert found.figures["one", "peak"].value == 2
    assert found.figures["one", "peak"].at == at("10:00")
    assert found.without_times["one"] == 1


def test_who_did_not_leave_gets_the_benefit_of_the_doubt_and_is_in_no_mean() -> None:
    visits = [
        stay("ada", "10:00"),  # unknown
        stay("bo", "10:00", "10:01"),
        stay("bo", "10:30"),  # open
        stay("cy", "10:00", "10:20"),
        stay("di", "10:00", "10:30"),
        stay("ed", "10:00", seconds=40 * 60),  # left at 10:40
        stay("flo", "10:10", "10:00"),  # left before joining: no time at all
        stay("gil", "", "10:30", 20 * 60),  # joined at 10:10
        stay("hal", "", "10:30"),  # unknown
    ]
    found = agreed(cycle(programme(), visits))
    assert value(found, "attended") == 7
    assert value(found, "mean-minutes") == Fraction(20 + 30 + 40 + 20, 4)
    assert found.figures["one", "mean-minutes"].persons == 4
    assert value(found, "person-minutes") == 20 + 30 + 40 + 20
    assert found.without_times["one"] == 2  # Ada and Hal
    assert value(found, "peak") == 4  # Bo, Cy, Di and Ed; at 10:10 Gil instead of Bo


def test_intervals_that_touch_are_not_there_together() -> None:
    visits = [
        stay("ada", "10:00", "10:10"),
        stay("bo", "10:10", "10:20"),
        stay("cy", "10:15", "10:16"),  # too short to have attended, but there
        stay("di", "10:15", "10:15"),  # without length: nowhere
    ]
    told = agreed(cycle(programme(), visits)).figures["one", "peak"]
    assert (told.value, told.at) == (2, at("10:15"))
    told = agreed(cycle(programme(), visits[:2])).figures["one", "peak"]
    assert (told.value, told.at) == (1, at("10:00"))


def test_half_way_the_curve_and_the_end() -> None:
    visits = [
        stay("ada", "09:50", "10:10"),  # gone at 10:10, half-way
        stay("bo", "10:10", "10:15"),  # there half-way, gone at 10:15, when the last five minutes begin
        stay("cy", "10:00", "10:15:01"),  # half-way, and one second of the end
        stay("di", "10:12", "10:30"),
        stay("ed", "10:19:59", "10:20"),  # there at the end, but has not attended
    ]
    found = agreed(cycle(programme(session(end=datetime(2021, 6, 1, 10, 20))), visits))
    assert (value(found, "half-way"), found.figures["one", "half-way"].at) == (2, at("10:10"))
    assert value(found, "stayed") == 2
    assert value(found, "stayed-rate") == Fraction(2, 4)
    # Ada and Cy; the same; Bo and Cy; Cy and Di
    assert found.curves["one"] == ((at("10:00"), 2), (at("10:05"), 2), (at("10:10"), 2), (at("10:15"), 2))


def test_the_median_of_an_even_number_is_between_the_two_in_the_middle() -> None:
    visits = [stay(who, seconds=60 * minutes) for who, minutes in (("ada", 6), ("bo", 10), ("cy", 21), ("di", 40))]
    found = agreed(cycle(programme(), visits))
    assert value(found, "median-minutes") == Fraction(10 + 21, 2)
    assert value(found, "mean-minutes") == Fraction(6 + 10 + 21 + 40, 4)
    assert found.figures["one", "peak"] == Told(absent="no-times", persons=found.figures["one", "peak"].persons)
    assert found.without_times["one"] == 4


def test_people_have_bounds_where_a_session_has_only_a_head_count() -> None:
    known = [stay(who, "10:00", "10:30") for who in ("ada", "bo")]
    known += [stay(who, "10:00", "10:30", session="two") for who in ("bo", "cy")]
    stated = {"participants": 5, "registered": 9, "source": "head count"}
    planned = programme(session("one"), session("two"), session("three", stated=stated))
    found = agreed(cycle(planned, known))
    # Ada, Bo and Cy are 3 people of 4 participations. Of the 5 in the third session 3 may be they: 5 to 3 + 5.
    assert bounds(found.figures[None, "people"]) == (5, 8)
    assert value(found, "participations", None) == 2 + 2 + 5
    assert found.figures[None, "participations"].provenance == "mixed"
    assert found.distribution == {1: 2, 2: 1}
    # A fourth of which nothing is known: there may be any number.
    found = agreed(cycle(programme(*(session(name) for name in ("one", "two", "four"))), known))
    assert bounds(found.figures[None, "people"]) == (3, None)
    assert found.figures[None, "people"].missing == ("four",)
    assert bounds(found.figures[None, "participations"]) == (4, None)


@pytest.mark.parametrize(("registered", "rate"), [(2, None), (3, Fraction(1, 3))])
def test_a_rate_rests_upon_three_persons(registered: int, rate: Fraction | None) -> None:
    signups = [signup(who) for who in ("ada", "bo", "cy")[:registered]]
    visits = [stay("ada", "10:00", "10:30"), stay("di", "10:00", "10:30")]
    found = agreed(cycle(programme(), visits, signups))
    told = found.figures["one", "attendance-rate"]
    assert (told.value, told.absent, told.persons) == (rate, None if rate else "too-few", registered)
    assert value(found, "registered-attended") == 1
    assert value(found, "walk-ins") == 1
    assert value(found, "no-shows") == registered - 1


def test_in_the_cycle_a_rate_rests_upon_three_different_persons() -> None:
    sessions = ("one", "two")
    planned = programme(*map(session, sessions))
    visits = [stay(who, "10:00", "10:30", session=name) for who in ("ada", "bo") for name in sessions]
    signups = [signup(who, name) for who in ("ada", "bo") for name in sessions]
    found = agreed(cycle(planned, visits, signups))
    names = ("mean-minutes", "person-minutes", "attendance-rate")
    assert {found.figures[None, name].absent for name in names} == {"too-few"}
    found = agreed(cycle(planned, [*visits, stay("cy", "10:00", "10:30")], [*signups, signup("cy", "two")]))
    assert value(found, "mean-minutes", None) == 30
    assert value(found, "attendance-rate", None) == Fraction(2 + 2, 2 + 3)


def test_views_at_thirty_days_lie_between_the_readings_about_that_day() -> None:
    first = date(2021, 6, 2)  # the thirtieth day after it is 2021-07-02
    between = [seen(40, "2021-06-30", published=first), seen(70, "2021-07-10", published=first)]
    found = agreed(cycle(programme(), views=between))
    assert bounds(found.figures["one", "views-30-days"]) == (40, 70)
    assert found.figures["one", "views"] == Told(70, 70, 70, on=date(2021, 7, 10))
    # Of two readings of that day the greater.
    exact = [*between, *(seen(views, "2021-07-02", published=first) for views in (45, 44))]
    assert value(agreed(cycle(programme(), views=exact)), "views-30-days") == 45
    later = agreed(cycle(programme(), views=between[:1]))
    assert bounds(later.figures["one", "views-30-days"]) == (40, None)
    # Days add up: 30 + 5 + 7 until 2021-07-03, of which 35 until 2021-07-01.
    days = [(30, "2021-06-02"), (5, "2021-07-01"), (7, "2021-07-03")]
    added = [seen(views, on, span="day", published=first) for views, on in days]
    found = agreed(cycle(programme(), views=added))
    assert value(found, "views") == 42
    assert bounds(found.figures["one", "views-30-days"]) == (35, 42)
    assert found.replays["one"] == ((first, 30), (date(2021, 7, 1), 35), (date(2021, 7, 3), 42))


def test_newcomers_are_counted_in_the_order_of_the_days() -> None:
    second = session("second", start=datetime(2021, 6, 2, 10), end=datetime(2021, 6, 2, 11))
    planned = programme(second, session("first"))
    visits = [stay(who, "10:00", "10:30", session="first") for who in ("ada", "bo")]
    visits += [stay(who, seconds=600, session="second") for who in ("bo", "cy", "di")]
    found = agreed(cycle(planned, visits))
    assert [value(found, "newcomers", name) for name in ("first", "second")] == [2, 2]
    assert [value(found, "returning", name) for name in ("first", "second")] == [0, 1]


def test_the_night_in_which_the_clocks_go_back_has_an_hour_more() -> None:
    night = "2020-10-25"  # 01:00 in Paris is 23:00 UTC of the day before, 04:00 is 03:00 UTC: 4 hours
    visits = [
        Visit(session="one", email="ada@example.org", joined=at("23:00", "2020-10-24"), left=at("03:00", night)),
        Visit(session="one", email="bo@example.org", joined=at("00:30", night), left=at("01:30", night)),
    ]
    one = session(start=datetime(2020, 10, 25, 1), end=datetime(2020, 10, 25, 4))
    found = agreed(cycle(programme(one, zone="Europe/Paris"), visits))
    assert found.hours["one"] == (at("23:00", "2020-10-24"), at("03:00", night))
    assert found.thresholds["one"][2:] == (("half", 2 * 3600, 1), ("85-percent", 4 * 3600 * 85 // 100, 1))
    assert found.figures["one", "half-way"].at == at("01:00", night)
    assert len(found.curves["one"]) == 4 * 12


def test_who_is_a_person_and_what_becomes_of_each_row() -> None:
    people = People.model_validate(
        {
            "staff": {"domains": ["team.example.org"]},
            "alias": [{"person": "ada@example.org", "is": ["name:ada lovelace"]}],
            "organisation": [{"domain": "example.org", "name": "Exemple", "type": "town", "territory": "Sud"}],
        }
    )
    visits = [
        stay("ada", "10:00", "10:03"),
        Visit(session="one", name="ADA  Lovelace", joined=at("10:03"), left=at("10:05")),  # the same: 5 minutes
        Visit(session="one", name="Bo", joined=at("10:00"), left=at("10:30")),  # a name only: weak
        Visit(session="one", email="x@team.example.org", joined=at("10:00"), left=at("10:30")),
        stay("cy", "10:00", "10:04"),  # too short
        Visit(session="one", joined=at("10:00"), left=at("10:30")),  # nobody's
        stay("ada", "10:00", "10:30", session="nowhere"),
    ]
    signups = [
        signup("ada", territory="Nord"),
        signup("ADA", territory="Sud"),
        signup("ada", territory="Nord", status="cancelled"),
        signup("cy", status="pending"),
    ]
    found = agreed(cycle(programme(), visits, signups, people=people))
    rows = found.attendance_rows["one"]
    assert rows.fates == {"counted": 3, "staff": 1, "under-threshold": 1, "anonymous": 1}
    assert (rows.read, rows.persons, rows.weak) == (6, 2, 2)
    assert found.attendance_rows[None].fates == {**rows.fates, "unknown-session": 1}
    assert found.registration_rows["one"].fates == {"counted": 2, "cancelled": 1, "pending": 1}
    assert value(found, "registered") == 1
    assert found.types == {"town": 1, "": 1}
    assert found.territories == {"Nord": 1, "": 1}
