"""The programme as a value: what fits together, and what is refused with its place in the data."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from webcycle.programme import Programme, Session, Slot

DATA = Path(__file__).parents[1] / "data"
BASE: dict[str, Any] = {
    "cycle": {"id": "cycle", "title": "Cycle", "timezone": "Europe/Paris"},
    "organiser": {"name": "Office", "email": "office@example.org"},
}


def programme(*sessions: dict[str, Any], **more: Any) -> Programme:
    told = [{"id": f"s{number}", "title": "S", **session} for number, session in enumerate(sessions)]
    return Programme.model_validate({**BASE, "session": told, **more})


def refused(*sessions: dict[str, Any], **more: Any) -> list[tuple[str, tuple[int | str, ...]]]:
    with pytest.raises(ValidationError) as caught:
        programme(*sessions, **more)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


START, END = datetime(2020, 10, 26, 14), datetime(2020, 10, 26, 16)


@pytest.mark.parametrize(
    ("session", "slot"),
    [
        ({"start": START, "end": END}, Slot(START, END)),
        ({"start": START, "duration": "2h"}, Slot(START, END)),
        ({"start": START.date()}, Slot(START.date(), START.date())),
        ({"start": START.date(), "end": date(2020, 10, 27)}, Slot(START.date(), date(2020, 10, 27))),
        ({"status": "postponed"}, None),
        ({"status": "cancelled"}, None),
        ({"status": "postponed", "start": START, "end": END}, Slot(START, END)),
    ],
)
def test_a_session_takes_place_in_its_slot(session: dict[str, Any], slot: Slot | None) -> None:
    found = programme(session).sessions[0].slot
    assert found == slot
    assert found is None or found.all_day is (type(found.start) is date)


@pytest.mark.parametrize(
    ("session", "code", "key"),
    [
        ({}, "missing-start", "start"),
        ({"status": "postponed", "end": END}, "end-without-start", "end"),
        ({"start": START, "end": END, "duration": "2h"}, "end-and-duration", "duration"),
        ({"start": START.date(), "duration": "2h"}, "duration-of-days", "duration"),
        ({"start": START.date(), "end": END}, "end-has-hour", "end"),
        ({"start": START.date(), "end": date(2020, 10, 25)}, "end-before-start", "end"),
        ({"start": START}, "missing-end", "end"),
        ({"start": START, "end": END.date()}, "end-without-hour", "end"),
        ({"start": END, "end": START}, "end-before-start", "end"),
        ({"start": START, "end": START}, "end-before-start", "end"),
    ],
)
def test_times_that_do_not_fit_are_refused_at_their_key(session: dict[str, Any], code: str, key: str) -> None:
    assert refused(session) == [(code, ("session", 0, key))]


@pytest.mark.parametrize(
    ("held", "ok"),
    [
        ({"start": START, "end": END}, True),
        ({"start": START.date(), "end": START.date()}, True),
        ({"start": END, "end": START}, False),
        ({"start": START, "end": END.date()}, False),
    ],
)
def test_the_window_in_which_it_was_held(held: dict[str, Any], ok: bool) -> None:
    session = {"start": START, "end": END, "held": held}
    if ok:
        assert programme(session).sessions[0].held is not None
    else:
        assert refused(session) == [("end-before-start", ("session", 0, "held", "end"))]


def test_hours_that_a_clock_change_skips_or_repeats_are_refused_wherever_they_stand() -> None:
    skipped, repeated = datetime(2021, 3, 28, 2, 30), datetime(2020, 10, 25, 2, 30)
    session = {
        "start": repeated,
        "end": datetime(2020, 10, 25, 4),
        "moved-from": [date(2020, 10, 1), skipped],
        "held": {"start": skipped, "end": datetime(2021, 3, 28, 5)},
        "registration": {"deadline": repeated, "details-sent": skipped},
    }
    assert refused(session) == [
        ("ambiguous-time", ("session", 0, "start")),
        ("nonexistent-time", ("session", 0, "moved-from", 1)),
        ("nonexistent-time", ("session", 0, "held", "start")),
        ("ambiguous-time", ("session", 0, "registration", "deadline")),
        ("nonexistent-time", ("session", 0, "registration", "details-sent")),
    ]


def test_both_readings_of_such_an_hour_are_told() -> None:
    with pytest.raises(ValidationError) as caught:
        programme({"start": datetime(2020, 10, 25, 2, 30), "duration": "1h"})
    told = caught.value.errors()[0]["ctx"]
    assert (told["first"], told["second"]) == ("2020-10-25T02:30:00+02:00", "2020-10-25T02:30:00+01:00")


@pytest.mark.parametrize("bounds", [{}, {"equals": 1, "at-least": 1}, {"at-least": 1, "more-than": 0}])
def test_a_claim_has_one_bound(bounds: dict[str, int]) -> None:
    claim = {"figure": "views", "on": date(2021, 4, 27), "source": "x", **bounds}
    assert refused(claim=[claim]) == [("claim-bound", ("claim", 0))]


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = refused({"colour": "red"}, {"start": END, "end": START})
    assert ("extra_forbidden", ("session", 0, "colour")) in found
    assert ("end-before-start", ("session", 1, "end")) in found


def test_a_programme_cannot_be_changed() -> None:
    made = programme({"start": START, "end": END})
    with pytest.raises(ValidationError):
        made.cycle.title = None  # type: ignore[misc, assignment]
    assert isinstance(made.sessions, tuple)


@pytest.mark.parametrize(
    ("start", "length", "code"),
    [
        (datetime(2020, 3, 29, 1, 30), "1h", "nonexistent-time"),
        (datetime(2020, 10, 25, 1, 30), "1h", "ambiguous-time"),
    ],
)
def test_an_end_by_duration_must_be_an_hour_that_comes_once(start: datetime, length: str, code: str) -> None:
    assert refused({"start": start, "duration": length}) == [(code, ("session", 0, "duration"))]
    assert programme({"start": start, "duration": "3h"}).sessions[0].slot == Slot(start, start.replace(hour=4))


def test_the_hours_beside_a_skipped_one_are_told_as_they_are_written() -> None:
    with pytest.raises(ValidationError) as caught:
        programme({"start": datetime(2030, 3, 31, 2, 30), "duration": "2h"})
    told = caught.value.errors()[0]["ctx"]
    assert (told["first"], told["second"]) == ("2030-03-31T01:30:00", "2030-03-31T03:30:00")


def test_sessions_by_id_are_in_the_order_of_the_programme() -> None:
    made = programme(*({"id": name, "start": START, "end": END} for name in ("b", "a", "c")))
    assert list(made.session_by_id) == ["b", "a", "c"]


def test_instants_and_local_times_of_the_cycle() -> None:
    made = programme({"start": START, "end": END})
    assert made.aware(START).isoformat() == "2020-10-26T14:00:00+01:00"
    assert made.local(datetime(2020, 10, 26, 13, tzinfo=UTC)).isoformat() == "2020-10-26T14:00:00+01:00"


def test_of_two_sessions_with_one_id_the_first_is_found() -> None:
    made = programme({"id": "a", "title": "one", "start": START, "end": END}, {"id": "a", "start": START, "end": END})
    assert made.session_by_id["a"].title.plain == "one"


def test_before_its_day_what_is_to_be_published_has_no_address() -> None:
    later = {"url": "https://example.org/v", "published": date(2021, 3, 1)}
    documents = [{"kind": "slides", **later}, {"kind": "minutes", "url": "https://example.org/m"}]
    plan = programme(
        {"id": "a", "title": "A", "start": date(2021, 2, 1), "recording": later, "documents": documents},
        {"id": "b", "title": "B", "start": date(2021, 2, 1), "recording": {"url": "https://example.org/b"}},
    )
    assert plan.session_by_id["a"].recording is not None
    before = plan.as_of(date(2021, 2, 28))
    assert before.session_by_id["a"] == before.sessions[0]
    assert before.sessions[0].recording is None
    assert [document.url for document in before.sessions[0].documents] == [None, "https://example.org/m"]
    assert before.sessions[0].documents[0].published == date(2021, 3, 1)
    assert before.sessions[1] == plan.sessions[1]
    assert plan.as_of(date(2021, 3, 1)) is plan


def test_a_session_is_named_by_its_short_title_where_it_has_one() -> None:
    full = programme({"start": START, "end": END, "title": "Long", "short-title": "court"}).sessions[0]
    assert full.name().plain == "court"
    assert programme({"start": START, "end": END}).sessions[0].name().plain == "S"


def test_the_look_of_the_house_has_a_colour_without_being_given_one() -> None:
    plain = programme()
    assert (plain.style.colour, plain.style.logo, plain.style.logo_text, plain.style.issuer_lines) == (
        "#1f4e79",
        None,
        None,
        (),
    )
    given = {"logo": "style/logo.svg", "logo-text": {"en": "Logo"}, "colour": "#C8102E", "issuer-lines": ["A", "B"]}
    style = programme(style=given).style
    assert (style.logo, style.colour) == ("style/logo.svg", "#c8102e")
    assert style.logo_text is not None
    assert style.logo_text.pick("fr", "fr") == ("Logo", "en")
    assert [line.plain for line in style.issuer_lines] == ["A", "B"]


def test_the_letterhead_is_a_file_of_the_folder() -> None:
    organiser = {**BASE["organiser"], "letterhead": "modele.docx"}
    assert programme(organiser=organiser).organiser.letterhead == "modele.docx"
    wrong = {**organiser, "letterhead": "/modele.docx"}
    assert refused(organiser=wrong) == [("asset", ("organiser", "letterhead"))]


def test_own_texts_are_kept_by_language() -> None:
    made = programme(texts={"fr": {"document": {"contact": "Contacts"}}})
    assert made.texts.fr == {"document.contact": "Contacts"}
    assert made.texts.en == programme().texts.fr == {}


def test_what_is_wrong_with_the_look_and_the_own_texts_is_refused_at_its_key() -> None:
    wrong = {"logo": "../logo.svg", "colour": "red", "issuer-lines": [""], "color": "#1f4e79"}
    assert sorted(refused(style=wrong, texts={"en": {"document": {"contact": 3}}, "fr": "x", "de": {}})) == [
        ("asset", ("style", "logo")),
        ("blank-text", ("style", "issuer-lines", 0)),
        ("colour", ("style", "colour")),
        ("extra_forbidden", ("style", "color")),
        ("extra_forbidden", ("texts", "de")),
        ("text-type", ("texts", "en", "document", "contact")),
        ("wording", ("texts", "fr")),
    ]


def test_the_real_cycles_are_programmes() -> None:
    for cycle, count in (("guide-2020-2021", 10), ("covid-19-2020", 1), ("amerique-latine-2021", 2)):
        data = tomllib.loads((DATA / cycle / "cycle.toml").read_text("utf-8"))
        made = Programme.model_validate(data)
        assert len(made.sessions) == count
        assert all(isinstance(session, Session) for session in made.sessions)
