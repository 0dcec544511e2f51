"""Lists of participants: tiny cycles worked out by hand, and the laws that hold for all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.made import Rows, at, people, programme, session
from webcycle.duties import kept_until
from webcycle.participants import Entry, Roll, Rolls, rolls
from webcycle.records import Registration, Role, Status, Visit

ADA, BOB, CARA, DAN = (f"{name}@example.org" for name in ("ada", "bob", "cara", "dan"))


def lists(rows: Rows, text: str = "", **tables: Any) -> Rolls:
    return rolls(programme(**tables), rows.registrations, rows.visits, people(text))


def roll(rows: Rows, text: str = "", **tables: Any) -> Roll:
    return lists(rows, text, **tables).sessions["one"]


def emails(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.person.email for entry in entries]


def left_out(found: Roll) -> list[tuple[str | None, str, int]]:
    return [(left.person.key if left.person else None, left.reason, left.rows) for left in found.left_out]


def test_registered_present_absent_and_walk_in_each_once() -> None:
    # Ada registers twice and comes on two devices; Bob does not come; Cara comes unregistered.
    rows = (
        Rows()
        .registered(ADA, registered=at(9, day=2))
        .registered("Ada@example.org", registered=at(9, day=1))
        .registered(BOB)
        .came(ADA, start=at(10), end=at(11))
        .came(ADA, start=at(10, 30), end=at(11, 30, 59))
        .came(CARA, start=at(10), end=at(10, 5))
    )
    found = roll(rows)
    assert emails(found.registered) == [ADA, BOB]
    assert emails(found.present) == [ADA]
    assert emails(found.absent) == [BOB]
    assert emails(found.walk_ins) == [CARA]
    (ada,) = found.present
    assert (ada.minutes, ada.seconds, ada.joined, ada.left) == (90, 90 * 60 + 59, at(10), at(11, 30, 59))
    assert (ada.registered, ada.registrations, ada.attended, ada.rows) == (at(9, day=1), 1, 1, 4)
    assert (found.rows, found.left_out) == (6, ())


def test_too_short_a_time_is_not_present_and_is_told() -> None:
    rows = Rows().registered(ADA).came(ADA, start=at(10), end=at(10, 4, 59)).came(BOB, start=at(10), end=at(10, 4))
    found = roll(rows)
    assert emails(found.absent) == [ADA]
    assert emails(found.brief) == [ADA, BOB]
    assert [entry.standing for entry in found.entries] == ["brief", "brief"]
    assert (found.present, found.walk_ins) == ((), ())
    short = roll(rows, attendance={"minutes": 4})
    assert (emails(short.present), emails(short.walk_ins)) == ([ADA], [BOB])
    any_time = roll(Rows().came(ADA, start=at(10), end=at(10)), attendance={"minutes": 0})
    assert emails(any_time.walk_ins) == [ADA]


def test_an_unknown_length_is_given_the_benefit_of_the_doubt() -> None:
    rows = Rows().came(ADA).came(BOB, start=at(10)).came(BOB, start=at(11), end=at(11, 1))
    assert emails(roll(rows).walk_ins) == [ADA, BOB]
    assert [entry.minutes for entry in roll(rows).entries] == [None, 1]


def test_presence_is_clipped_to_the_hours_at_which_the_session_was_held() -> None:
    held = {"start": datetime(2021, 10, 12, 10), "end": datetime(2021, 10, 12, 11)}
    whole_day = {"start": date(2021, 10, 12), "end": date(2021, 10, 12)}
    rows = Rows().came(ADA, start=at(9), end=at(10, 30))
    for given_held, clip, minutes in ((held, True, 30), (held, False, 90), (whole_day, True, 90), (None, True, 90)):
        sessions = [session("one", 12, **({"held": given_held} if given_held else {}))]
        found = roll(rows, session=sessions, attendance={"clip": clip})
        assert [entry.minutes for entry in found.entries] == [minutes]


def test_only_a_confirmed_registration_registers_and_the_others_are_told() -> None:
    rows = Rows()
    for index, status in enumerate(get_args(Status)):
        rows = rows.registered(f"{index}@example.org", status=status)
    found = roll(rows.came(ADA, start=at(10), end=at(11)))
    assert emails(found.registered) == ["0@example.org"]
    assert left_out(found) == [
        ("1@example.org", "pending", 1),
        ("2@example.org", "cancelled", 1),
        ("3@example.org", "refused", 1),
    ]


def test_who_cancelled_and_came_is_a_walk_in_and_who_registered_again_is_registered() -> None:
    rows = Rows().registered(ADA, status="cancelled").came(ADA, start=at(10), end=at(11))
    assert emails(roll(rows).walk_ins) == [ADA]
    again = rows.registered(ADA)
    assert emails(roll(again).present) == [ADA]
    assert left_out(roll(again)) == [(ADA, "cancelled", 1)]


@pytest.mark.parametrize("role", [role for role in get_args(Role) if role != "participant"])
def test_who_is_no_participant_by_role_is_left_out_with_all_rows_of_the_session(role: Role) -> None:
    rows = (
        Rows()
        .registered(ADA)
        .came(ADA, start=at(10), end=at(11), role=role)
        .came(ADA, start=at(10), end=at(11), session="two")
    )
    found = lists(rows)
    assert found.sessions["one"].entries == ()
    assert left_out(found.sessions["one"]) == [(ADA, role, 2)]
    assert emails(found.sessions["two"].walk_ins) == [ADA]
    assert [(entry.attended, entry.registrations) for entry in found.cycle.entries] == [(1, 0)]
    assert left_out(found.cycle) == [(ADA, role, 2)]


def test_who_is_no_participant_by_the_file_is_left_out_everywhere() -> None:
    rows = Rows().registered(ADA).came(ADA, start=at(10), end=at(11), session="two").came(BOB)
    found = lists(rows, f'[staff]\nemails = ["{ADA}"]\n')
    assert emails(found.cycle.entries) == [BOB]
    assert dict(found.cycle.reasons) == {"staff": 2}


def test_a_row_of_nobody_is_left_out_as_anonymous() -> None:
    found = roll(Rows().came(start=at(10), end=at(11)).came(start=at(10), end=at(11)).came(ADA))
    assert left_out(found) == [(None, "anonymous", 2)]


def test_rows_of_a_session_that_the_programme_has_not_are_told_in_the_list_of_the_cycle() -> None:
    found = lists(Rows().came(ADA, session="old").registered(ADA, session="").came(BOB))
    assert emails(found.cycle.entries) == [BOB]
    assert [(left.session, left.reason, left.rows) for left in found.cycle.left_out] == [
        ("", "unknown-session", 1),
        ("old", "unknown-session", 1),
    ]
    assert found.cycle.rows == 3


def test_where_no_attendance_was_imported_nobody_is_called_absent() -> None:
    found = lists(Rows().registered(ADA).registered(BOB).registered(BOB, session="two").came(CARA, session="two"))
    one = found.sessions["one"]
    assert (one.is_unattended, one.absent, emails(one.unknown)) == (True, (), [ADA, BOB])
    assert emails(found.sessions["two"].absent) == [BOB]
    assert not found.sessions["two"].is_unattended
    # Ada may have come to the first session; Bob did not come to the second one.
    assert (emails(found.cycle.unknown), emails(found.cycle.absent)) == ([ADA], [BOB])


def test_the_cycle_adds_up_each_person_over_the_sessions() -> None:
    rows = (
        Rows()
        .registered(ADA, registered=at(9, day=3))
        .registered(ADA, session="two", registered=at(9, day=2))
        .came(ADA, start=at(10), end=at(10, 20, 40))
        .came(ADA, start=at(10, day=19), end=at(10, 30, 40, day=19), session="two")
        .registered(BOB)
        .came(BOB, start=at(10, day=19), end=at(10, 30, day=19), session="two")
        .registered(CARA)
        .came(CARA, start=at(10), end=at(10, 1))
        .came(DAN, session="two")
    )
    found = lists(rows).cycle
    told = [
        (entry.person.email, entry.standing, entry.registrations, entry.attended, entry.minutes)
        for entry in found.entries
    ]
    assert told == [
        (ADA, "present", 2, 2, 51),
        (BOB, "present", 1, 1, 30),
        (CARA, "brief", 1, 0, 1),
        (DAN, "walk-in", 0, 1, None),
    ]
    ada = found.entries[0]
    assert (ada.registered, ada.joined, ada.left) == (at(9, day=2), at(10), at(10, 30, 40, day=19))
    assert (found.session, found.rows) == (None, 9)


def test_a_list_is_in_the_order_of_last_names_without_regard_to_accents() -> None:
    rows = (
        Rows()
        .registered("1@example.org", "Zoé Abel", first="Zoé", last="Abel")
        .registered("2@example.org", "Éric Dupont", first="Éric", last="Dupont")
        .registered("3@example.org", "eva DUPONT", first="eva", last="DUPONT")
        .registered("4@example.org", "Étienne")
        .registered("5@example.org", "Fanny")
        .registered("0@example.org")
    )
    names = [entry.person.name or entry.person.email for entry in roll(rows).entries]
    assert names == ["0@example.org", "Zoé Abel", "Éric Dupont", "eva DUPONT", "Étienne", "Fanny"]


# ---- how long a list may be kept


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("P6M", date(2022, 4, 19)),
        ("P1Y", date(2022, 10, 19)),
        ("P30D", date(2021, 11, 18)),
        ("P1Y2M1W3D", date(2022, 12, 29)),
    ],
)
def test_the_period_runs_from_the_last_session(period: str, day: date) -> None:
    assert kept_until(programme(privacy={"purge-after": period})) == day


def test_a_day_that_the_month_lacks_is_its_last_one() -> None:
    sessions = [{"id": "one", "title": "One", "start": date(2021, 8, 30), "end": date(2021, 8, 31)}]
    assert kept_until(programme(session=sessions)) == date(2022, 2, 28)


def test_the_last_day_is_that_on_which_it_was_really_held() -> None:
    held = {"start": datetime(2021, 10, 25, 10), "end": datetime(2021, 10, 25, 11)}
    sessions = [session("one", 12, held=held), {"id": "two", "title": "Two", "status": "postponed"}]
    assert kept_until(programme(session=sessions)) == date(2022, 4, 25)


def test_without_a_date_there_is_no_such_day() -> None:
    assert kept_until(programme(session=[{"id": "two", "title": "Two", "status": "postponed"}])) is None


# ---- laws

SESSIONS = st.sampled_from(["one", "two", "old"])
EMAILS = st.sampled_from(["", ADA, "ADA@example.org", BOB, CARA])
NAMES = st.sampled_from(["", "Ada", "Bob"])
ROLES = st.sampled_from([*get_args(Role), *["participant"] * 6])
MOMENTS = st.none() | st.integers(0, 150).map(lambda minute: at(9 + minute // 60, minute % 60))
REGISTRATIONS = st.builds(
    Registration,
    session=SESSIONS,
    email=EMAILS,
    name=NAMES,
    role=ROLES,
    registered=MOMENTS,
    status=st.sampled_from([*get_args(Status), "confirmed", "confirmed"]),
)
VISITS = st.builds(
    Visit,
    session=SESSIONS,
    email=EMAILS,
    name=NAMES,
    role=ROLES,
    joined=MOMENTS,
    left=MOMENTS,
    seconds=st.none() | st.integers(0, 4000),
)
DECIDED = ["", '[staff]\nnames = ["Bob"]\n', f'[[alias]]\nperson = "{ADA}"\nis = ["name:ada", "{BOB}"]\n']


@given(st.lists(REGISTRATIONS, max_size=8), st.lists(VISITS, max_size=8), st.sampled_from(DECIDED), st.randoms())
@settings(deadline=None)
def test_every_row_is_accounted_for_and_the_order_never_matters(
    registrations: list[Registration], visits: list[Visit], text: str, random: Any
) -> None:
    found = lists(Rows(registrations, visits), text)
    assert found.cycle.rows == len(registrations) + len(visits)
    for one in (*found.sessions.values(), found.cycle):
        assert one.rows == sum(entry.rows for entry in one.entries) + sum(left.rows for left in one.left_out)
        assert len(one.registered) == len(one.present) + len(one.absent) + len(one.unknown)
        assert len(one.entries) == len(one.registered) + len([e for e in one.entries if not e.is_registered])
        assert len({entry.person.key for entry in one.entries}) == len(one.entries)
        assert not (one.session and one.unknown and one.present)
    random.shuffle(registrations)
    random.shuffle(visits)
    assert lists(Rows(registrations, visits), text) == found
