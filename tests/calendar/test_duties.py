"""The private calendar of what is due: valid, stable, at the right hour, and of nobody's time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from icalendar import Calendar

from tests.calendar import libical
from tests.calendar.cycles import at, programme, session
from tests.calendar.ics_lint import lint
from tests.conftest import require_tool
from webcycle.calendar import duties as private
from webcycle.duties import Duty, duties
from webcycle.programme import Programme

NOW = datetime(2026, 10, 27, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
ROOM = {"platform": "bigbluebutton", "url": "https://webinaire.example.org/b/abc-12345"}

PUBLISHED = ("VEVENT: no ", "VEVENT: CLASS", "DTSTAMP is not the last revision", "a file of one session")


def made(planned: Programme, now: datetime = NOW, before: bytes = b"", **more: Any) -> bytes:
    return private.calendar(planned, duties(planned, now), now, "fr", before, **more)


def events(data: bytes) -> dict[str, Any]:
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return {str(event["UID"]).partition(".")[0]: event for event in found.events}


def faults(data: bytes) -> list[str]:
    """What the linter has against it, but for what only published sessions must have."""
    return [one for one in lint(data) if not one.startswith(PUBLISHED)]


def cycle(**more: Any) -> Programme:
    slides = [{"kind": "slides"}, {"kind": "slides"}, {"kind": "minutes", "url": "https://www.example.org/m"}]
    return programme(session("maroc", join=ROOM, documents=slides, **more))


def test_each_open_duty_is_an_entry_that_blocks_nobody() -> None:
    found = events(made(cycle()))
    assert set(found) == {
        "duty-export-maroc",
        "duty-attendance-maroc",
        "duty-document-slides-maroc",
        "duty-document-slides-maroc-2",
    }
    for event in found.values():
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["CLASS"] == "PRIVATE"
        assert str(event["SUMMARY"]).startswith("Le Maroc, et après\u00a0: ")
        assert "abc-12345" not in str(event)


def test_a_day_is_a_whole_day_and_an_hour_is_that_instant() -> None:
    found = events(made(cycle()))
    slides = found["duty-document-slides-maroc"]
    assert (slides["DTSTART"].dt, slides["DTEND"].dt) == (date(2026, 11, 9), date(2026, 11, 10))
    export = found["duty-export-maroc"]  # 16:02 in Paris on the day after the clocks went back
    assert export["DTSTART"].dt == datetime(2026, 10, 26, 15, 2, tzinfo=UTC)
    assert export["DTEND"].dt - export["DTSTART"].dt == timedelta(minutes=15)


def test_nothing_changed_gives_the_same_bytes_at_any_later_time() -> None:
    first = made(cycle())
    assert made(cycle(), NOW + timedelta(hours=1), first) == first
    for damaged in (b"no calendar", first[:300], first.replace(b"DTSTAMP:2026", b"DTSTAMP:x")):
        assert made(cycle(), LATER, damaged).count(b"DTSTAMP:20261030T090000Z") == 4


def test_what_changed_has_a_new_stamp_and_the_same_uid_and_the_rest_keeps_its_own() -> None:
    first = made(cycle())
    after = events(made(cycle(**{"short-title": "le Maroc"}, stated={"participants": 4, "source": "x"}), LATER, first))
    assert {one["DTSTAMP"].dt for one in after.values()} == {LATER}
    assert set(after) < set(events(first))
    due = [{"kind": "slides"}, {"kind": "slides", "due": date(2027, 1, 5)}]
    partly = events(made(programme(session("maroc", join=ROOM, documents=due)), LATER, first))
    assert {name: one["DTSTAMP"].dt for name, one in partly.items()} == {
        "duty-export-maroc": NOW,
        "duty-attendance-maroc": NOW,
        "duty-document-slides-maroc": NOW,
        "duty-document-slides-maroc-2": LATER,
    }


def test_a_duty_that_was_met_keeps_the_others_their_uids() -> None:
    done = [{"kind": "slides", "url": "https://www.example.org/s"}, {"kind": "slides"}]
    found = events(made(programme(session("maroc", documents=done))))
    assert "duty-document-slides-maroc-2" in found
    assert "duty-document-slides-maroc" not in found


def test_duties_of_the_cycle_are_of_no_session_and_what_has_no_date_has_no_entry() -> None:
    planned = programme(session("maroc", start=None, status="postponed"))
    wrong = Duty("personal-data", None, date(2027, 1, 1), "late", "privacy.purge-after")
    undated = [one for one in duties(planned, NOW) if one.open]
    assert [one.kind for one in undated] == ["new-date"]
    whole = private.calendar(planned, (*undated, wrong), NOW, "en")
    assert list(events(whole)) == ["duty-personal-data"]
    assert str(events(whole)["duty-personal-data"]["SUMMARY"]).startswith("Delete the personal data")


def test_where_nothing_is_due_the_calendar_is_empty_and_still_one() -> None:
    data = made(programme())
    assert events(data) == {}
    assert faults(data) == []


def test_hostile_text_stays_in_its_property() -> None:
    title = 'x;y,z\\n END:VEVENT \u202e \U0001f600 :" ^'
    planned = programme(session("maroc", title=title, join=ROOM), cycle={"title": title})
    data = made(planned)
    assert faults(data) == []
    assert data.count(b"\r\nEND:VEVENT\r\n") == 2
    assert "END:VEVENT" in str(events(data)["duty-export-maroc"]["SUMMARY"])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_libical_and_the_linter_allow_it() -> None:
    planned = programme(
        session("maroc", join=ROOM, documents=[{"kind": "slides"}]),
        session("senegal", start=at("2027-03-28T10:00"), status="tentative"),
    )
    said = {"source": "x\r\nBEGIN:VEVENT", "claimed": "a", "counted": "b", "on": "c", "missing": "d"}
    claim = Duty(
        "claim",
        None,
        date(2026, 1, 1),
        "late",
        "claim.on",
        MappingProxyType({**said, "said-in": "s", "reason": "more"}),
    )
    data = private.calendar(planned, (*duties(planned, NOW), claim), NOW, "fr")
    assert faults(data) == []
    ical = libical.library()
    require_tool(ical, "libical")
    assert ical is not None
    assert libical.accepts(ical, data)
    start, _end = libical.instants(ical, data)["duty-export-maroc.guide@example.org"]
    assert datetime.fromtimestamp(start, UTC) == datetime(2026, 10, 26, 15, 2, tzinfo=UTC)
