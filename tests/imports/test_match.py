"""To which session a file belongs: time first, then names; what is open is asked, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.imports.cycles import TEN, at, delivery, planned, programme, registration, session, statuses, view, visit
from webcycle.imports import match
from webcycle.imports.match import Window

DAY = datetime(2026, 4, 1)
WATER = session("water", "Water for all", DAY.replace(hour=10))


def test_stays_at_the_time_of_a_session_are_of_that_session() -> None:
    assert statuses(planned(delivery("a.csv", visit("ada")))) == [("water", "time", "added")]
    afternoon = visit("ada", at=TEN + timedelta(hours=4))
    assert statuses(planned(delivery("a.csv", afternoon))) == [("roads", "time", "added")]


def test_a_meeting_that_only_runs_into_the_next_session_is_not_of_that_one() -> None:
    after = session("roads", "Roads and bridges", DAY.replace(hour=12))
    long = delivery("a.csv", visit("ada", -30, 155))
    assert statuses(planned(long, cycle=programme(WATER, after))) == [("water", "time", "added")]


def test_a_meeting_within_an_hour_of_a_session_is_of_that_session_and_one_later_is_not() -> None:
    test = delivery("a.csv", visit("ada", -90, 40))
    assert statuses(planned(test)) == [("water", "time", "added")]
    earlier = delivery("a.csv", visit("ada", -150, 40))
    assert statuses(planned(earlier)) == [(None, "open", "open")]


def test_a_single_instant_is_matched_too() -> None:
    assert statuses(planned(delivery("a.csv", visit("ada", minutes=None)))) == [("water", "time", "added")]


def test_the_meeting_s_own_time_counts_before_that_of_the_stays() -> None:
    table = delivery("a.csv", registration("ada"), meetings=(at(TEN),))
    assert statuses(planned(table)) == [("water", "time", "added")]
    begun = match.Window(TEN, TEN)
    meeting = at(TEN)
    assert statuses(planned(delivery("b.csv", registration("ada"), meetings=(type(meeting)("m", "", TEN),)))) == [
        ("water", "time", "added")
    ]
    assert match.by_time(programme(), begun) == ("water",)


def test_somebody_whose_coming_is_not_known_has_a_time_all_the_same() -> None:
    gone = replace(visit("ada"), joined=None, left=TEN + timedelta(minutes=30))
    assert statuses(planned(delivery("a.csv", gone))) == [("water", "time", "added")]
    assert statuses(planned(delivery("a.csv", replace(gone, left=None, seconds=60)))) == [(None, "open", "open")]


def test_what_really_happened_counts_before_what_was_planned() -> None:
    held = {"start": DAY.replace(hour=18), "end": DAY.replace(hour=20)}
    cycle = programme({**WATER, "held": held})
    assert statuses(planned(delivery("a.csv", visit("ada", 8 * 60)), cycle=cycle)) == [("water", "time", "added")]
    assert statuses(planned(delivery("a.csv", visit("ada")), cycle=cycle)) == [(None, "open", "open")]


def test_a_session_of_whole_days_and_one_that_was_cancelled_or_has_no_date() -> None:
    whole = {"id": "days", "title": "Two days", "start": date(2026, 4, 1), "end": date(2026, 4, 2)}
    gone = {**WATER, "id": "gone", "status": "cancelled", "reason": "x"}
    later = {"id": "later", "title": "Later", "status": "postponed", "reason": "x"}
    cycle = programme(whole, gone, later)
    assert match.span(cycle, cycle.session_by_id["days"]) == Window(
        datetime(2026, 3, 31, 22, tzinfo=UTC), datetime(2026, 4, 2, 22, tzinfo=UTC)
    )
    assert match.span(cycle, cycle.session_by_id["gone"]) is None
    assert match.span(cycle, cycle.session_by_id["later"]) is None
    assert statuses(planned(delivery("a.csv", visit("ada")), cycle=cycle)) == [("days", "time", "added")]


TWINS = (WATER, session("roads", "Roads and bridges", DAY.replace(hour=10)))


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("Water for all", ("water", "topic", "added")),
        ("Cycle: WATER, for all!", ("water", "topic", "added")),
        ("Roads", ("roads", "topic", "added")),
        ("Water and roads", (None, "open", "open")),
        ("Weekly meeting", (None, "open", "open")),
        ("", (None, "open", "open")),
    ],
)
def test_of_two_sessions_at_one_time_the_topic_decides_or_the_user(topic: str, expected: tuple[str, str, str]) -> None:
    table = delivery("a.csv", visit("ada", meeting="m"), meetings=(at(TEN, topic=topic),))
    made = planned(table, cycle=programme(*TWINS))
    assert statuses(made) == [expected]
    assert made.outcomes[0].placements[0].match.candidates == ("water", "roads")


def test_a_folder_named_after_a_session_decides_only_what_time_leaves_open() -> None:
    table = delivery("a.csv", visit("ada"), folder="roads")
    assert statuses(planned(table, cycle=programme(*TWINS))) == [("roads", "folder", "added")]
    assert statuses(planned(table)) == [("water", "time", "added")]
    form = delivery("b.csv", registration("ada"), folder="roads", kind="registrations")
    assert statuses(planned(form)) == [("roads", "folder", "added")]


@pytest.mark.parametrize("topic", ["Water for all", "water  FOR all", "water", "Water, for all."])
def test_rows_without_a_time_are_of_the_session_of_the_same_title(topic: str) -> None:
    form = delivery("a.csv", registration("ada", meeting=topic), kind="registrations")
    assert statuses(planned(form)) == [("water", "title", "added")]


@pytest.mark.parametrize("topic", ["", "Water", "Water for all, 1 April"])
def test_a_title_that_is_only_like_another_is_a_question(topic: str) -> None:
    cycle = programme({**WATER, "id": "w-1"}, session("roads", "Roads", DAY.replace(hour=14)))
    form = delivery("a.csv", registration("ada", meeting=topic), kind="registrations")
    made = planned(form, cycle=cycle)
    assert statuses(made) == [(None, "open", "open")]
    assert not made.records
    assert not made.ledger.entries


def test_a_title_is_known_in_both_languages_and_with_or_without_accents() -> None:
    title = {"fr": "L'eau à l'école", "en": "Water at school"}
    cycle = programme({**WATER, "title": title}, session("roads", "Roads", DAY.replace(hour=14)))
    for topic in ("L’EAU A L’ECOLE", "water at school"):
        form = delivery("a.csv", registration("ada", meeting=topic), kind="registrations")
        assert statuses(planned(form, cycle=cycle)) == [("water", "title", "added")]


def test_two_sessions_of_one_title_are_a_question() -> None:
    cycle = programme(WATER, session("again", "Water for all", DAY.replace(hour=14)))
    form = delivery("a.csv", registration("ada", meeting="Water for all"), kind="registrations")
    made = planned(form, cycle=cycle)
    assert statuses(made) == [(None, "open", "open")]
    assert made.questions[0][1].match.candidates == ("water", "again")


def test_a_form_without_a_title_is_of_the_only_session_that_there_is() -> None:
    form = delivery("a.csv", registration("ada"), kind="registrations")
    assert statuses(planned(form, cycle=programme(WATER))) == [("water", "alone", "added")]
    assert statuses(planned(form)) == [(None, "open", "open")]


def test_an_option_counts_before_everything_and_a_wrong_time_is_told() -> None:
    table = delivery("a.csv", visit("ada"))
    made = planned(table, session="ports")
    assert statuses(made) == [("ports", "option", "added")]
    assert made.outcomes[0].placements[0].off_time
    assert not planned(table, session="water").outcomes[0].placements[0].off_time


def test_a_video_is_of_the_session_whose_recording_has_its_id_or_its_title() -> None:
    cycle = programme()
    assert match.by_video(cycle, view("wat_er-1234", 5)) == "water"
    assert match.by_video(cycle, view("er-1234", 5)) == ""
    assert match.by_video(cycle, view("x", 5, title="ROADS and bridges")) == "roads"
    assert match.by_video(cycle, view("", 5)) == ""
    twice = programme(WATER, session("again", "Water for all", DAY.replace(hour=14)))
    assert match.by_video(twice, view("x", 5, title="Water for all")) == ""


def test_views_of_no_recording_are_kept_without_a_session() -> None:
    table = delivery("a.csv", view("wat_er-1234", 5), view("other", 7), reader="youtube-table", kind="views")
    made = planned(table)
    assert statuses(made) == [("", "nowhere", "added"), ("water", "video", "added")]
    assert [(one.session, one.views) for one in made.records.views] == [("", 7), ("water", 5)]


def test_an_option_decides_for_a_single_video_but_not_for_a_channel() -> None:
    one = delivery("a.csv", view("x", 5), view("x", 6, on=date(2026, 4, 9)), reader="youtube-chart", kind="views")
    assert statuses(planned(one, session="ports")) == [("ports", "option", "added")]
    many = delivery("a.csv", view("x", 5), view("y", 6), reader="youtube-table", kind="views")
    assert statuses(planned(many, session="ports")) == [("", "nowhere", "added")]


def test_a_room_left_open_over_two_sessions_is_told_and_still_goes_whole_to_one() -> None:
    """Which session its rows are of is asked, never guessed; that the other one has none of them must be known."""
    all_day, morning = visit("ada", minutes=360), visit("bob", minutes=110)
    room = delivery("room.csv", all_day, morning, meetings=(at(TEN, 6, topic="Water for all"),))
    (placement,) = planned(room).outcomes[0].placements
    assert (placement.match.session, placement.match.how, placement.also) == ("water", "topic", ("roads",))
    (placement,) = planned(room, session="roads").outcomes[0].placements
    assert placement.also == ("water",)
    (alone,) = planned(delivery("m.csv", morning, meetings=(at(TEN, 6, topic="Water for all"),))).outcomes[0].placements
    assert (alone.match.session, alone.also) == ("water", ())
    lengths = visit("ada", minutes=None)
    (unknown,) = planned(delivery("l.csv", lengths), session="water").outcomes[0].placements
    assert unknown.also == ()


def test_rooms_at_the_same_time_and_sessions_that_were_not_held_are_none_that_was_left_open() -> None:
    day = datetime(2026, 4, 1, 10)
    parallel = programme(
        session("water", "Water", day),
        session("side", "Side", day + timedelta(hours=1)),
        session("x", "X", day - timedelta(hours=2), status="cancelled"),
    )
    for name in ("water", "x"):
        made = planned(delivery("m.csv", visit("ada", minutes=180)), cycle=parallel, session=name)
        (placement,) = made.outcomes[0].placements
        assert placement.also == ()
