"""Messages to the registered: one person each, numbered like the feed, with the link that the feed never holds."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar

from tests.calendar import libical
from tests.calendar.cycles import LATER, NOW, again, at, event, events, published, session
from tests.conftest import require_tool
from webcycle.calendar import Publication, Recipient, file_name, invitation, recipient_of, withdrawal

LINK = "https://zoom.example.org/j/123456789?pwd=secret"
SOMEBODY = Recipient("zoe.o'neil+web@example.org", 'Zoé "Z" O’Neil; Région, Est')
JOINED = session(join={"platform": "zoom", "url": LINK}, reason="grève")


def message(publication: Publication, to: Recipient = SOMEBODY, before: bytes = b"") -> Any:
    found = Calendar.from_ical(invitation(publication, "maroc", to, NOW, before))
    assert isinstance(found, Calendar)
    return found


def test_an_invitation_goes_to_one_person_from_the_organiser_with_the_link() -> None:
    publication = published(JOINED)
    found = message(publication)
    own = found.events[0]
    assert found["METHOD"] == "REQUEST"
    assert str(own["ATTENDEE"]) == "mailto:zoe.o%27neil%2Bweb@example.org"
    assert own["ATTENDEE"].params["CN"] == 'Zoé "Z" O’Neil; Région, Est'
    assert (own["ATTENDEE"].params["RSVP"], own["ATTENDEE"].params["PARTSTAT"]) == ("FALSE", "NEEDS-ACTION")
    assert own["ORGANIZER"] == event(publication)["ORGANIZER"]
    assert str(own["LOCATION"]) == LINK
    assert str(own["DESCRIPTION"]).startswith(f"Se connecter\u00a0: {LINK}\n\n")
    assert own["CONFERENCE"].params["FEATURE"] == ["AUDIO", "VIDEO"]
    assert own["DTSTAMP"].dt == NOW
    assert LINK not in publication.feed().decode()


def test_the_number_is_that_of_the_feed_and_the_uid_never_changes() -> None:
    first = published(JOINED)
    moved = again(first, {**JOINED, "start": at("2026-11-02T14:00"), "end": at("2026-11-02T16:00")})
    cancelled = again(moved, {**JOINED, "status": "cancelled"})
    back = again(cancelled, JOINED)
    found = [message(one) for one in (first, moved, cancelled, back)]
    assert [int(one.events[0]["SEQUENCE"]) for one in found] == [0, 1, 2, 3]
    assert [one["METHOD"] for one in found] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST"]
    assert len({str(one.events[0]["UID"]) for one in found}) == 1
    for publication, one in zip((first, moved, cancelled, back), found, strict=True):
        assert one.events[0]["SEQUENCE"] == event(publication)["SEQUENCE"]
        assert one.events[0]["DTSTART"] == event(publication)["DTSTART"]


@pytest.mark.parametrize(
    ("status", "method", "said"), [("cancelled", "CANCEL", "CANCELLED"), ("postponed", "REQUEST", "TENTATIVE")]
)
def test_what_is_given_up_tells_no_link(status: str, method: str, said: str) -> None:
    assert LINK in invitation(published(JOINED), "maroc", SOMEBODY, NOW).decode().replace("\r\n ", "")
    found = message(published({**JOINED, "status": status}))
    assert (found["METHOD"], str(found.events[0]["STATUS"])) == (method, said)
    assert "zoom" not in found.to_ical().decode().replace("\r\n ", "")
    assert "CONFERENCE" not in found.events[0]


def test_a_tentative_session_has_no_conference_and_a_hybrid_one_keeps_its_place() -> None:
    assert "CONFERENCE" not in message(published({**JOINED, "status": "tentative"})).events[0]
    hybrid = message(published({**JOINED, "mode": "hybrid", "place": "Lyon"})).events[0]
    assert "Lyon" in str(hybrid["LOCATION"])
    assert LINK in str(hybrid["DESCRIPTION"])


def test_a_session_without_a_link_or_a_name_is_still_an_invitation() -> None:
    found = message(published(session(mode="in-person")), Recipient("a@example.org", "")).events[0]
    assert "CN" not in found["ATTENDEE"].params
    assert "LOCATION" not in found


def test_nothing_new_gives_the_same_bytes_and_a_new_link_a_later_stamp() -> None:
    first = published(JOINED)
    sent = invitation(first, "maroc", SOMEBODY, NOW)
    assert invitation(first, "maroc", SOMEBODY, LATER, sent) == sent
    assert invitation(first, "maroc", SOMEBODY, LATER) != sent
    relinked = again(first, {**JOINED, "join": {"url": f"{LINK}2"}})
    assert relinked.changes == ()
    new = invitation(relinked, "maroc", SOMEBODY, LATER, sent)
    assert events(new)["maroc"]["DTSTAMP"].dt == LATER
    assert invitation(first, "maroc", SOMEBODY, LATER, b"DTSTAMP:20260101T000000Z\r\n") != sent


def test_the_name_of_the_file_tells_nobody_who_it_is_for() -> None:
    name = file_name("maroc", SOMEBODY)
    assert name == file_name("maroc", Recipient(SOMEBODY.email.upper(), "other"))
    assert name != file_name("senegal", SOMEBODY)
    assert name.startswith("maroc-")
    assert "zoe" not in name.lower()


def test_who_withdrew_is_told_so_without_the_link_and_can_come_back() -> None:
    publication = published(JOINED)
    sent = invitation(publication, "maroc", SOMEBODY, NOW)
    data = withdrawal(publication, "maroc", SOMEBODY, LATER, sent)
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    own = found.events[0]
    assert found["METHOD"] == "CANCEL"
    # Of the whole event it would say CANCELLED (RFC 5546, section 3.2.5).
    assert "STATUS" not in own
    assert (own["SEQUENCE"], own["UID"]) == (event(publication)["SEQUENCE"], event(publication)["UID"])
    assert own["ATTENDEE"] == message(publication).events[0]["ATTENDEE"]
    assert events(data)["maroc"]["DTSTAMP"].dt == LATER
    assert "zoom" not in data.decode().replace("\r\n ", "")
    assert withdrawal(publication, "maroc", SOMEBODY, NOW, data) == data
    back = message(publication, before=data)
    assert (back["METHOD"], str(back.events[0]["STATUS"])) == ("REQUEST", "CONFIRMED")
    gone = again(publication, {**JOINED, "status": "cancelled"})
    assert b"STATUS:CANCELLED\r\n" in withdrawal(gone, "maroc", SOMEBODY, LATER, sent)


def test_a_message_tells_whom_it_was_for() -> None:
    publication, name = published(JOINED), file_name("maroc", SOMEBODY)
    sent = invitation(publication, "maroc", SOMEBODY, NOW)
    found = recipient_of("maroc", name, sent)
    assert found is not None
    assert found.email == SOMEBODY.email
    assert file_name("maroc", found) == name
    other = file_name("maroc", Recipient("other@example.org", ""))
    damaged = sent.replace(b"ATTENDEE;", b"X-NOBODY;"), b"", b"text", b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", sent[:200]
    assert recipient_of("maroc", other, sent) is None
    assert recipient_of("senegal", name, sent) is None
    for data in (*damaged, sent.replace(b"mailto:", b"tel:")):
        assert recipient_of("maroc", name, data) is None


MESSAGES = {
    "request": JOINED,
    "update": {**JOINED, "start": at("2026-11-02T14:00"), "end": at("2026-11-02T16:00")},
    "to come": {**JOINED, "status": "postponed"},
    "cancel": {**JOINED, "status": "cancelled"},
    "days": session(start=at("2026-11-02").date()),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_libical_accepts_every_message(name: str) -> None:
    ical = libical.library()
    require_tool(ical, "libical")
    assert ical is not None
    publication = again(published(JOINED), MESSAGES[name])
    data = invitation(publication, "maroc", SOMEBODY, NOW)
    assert libical.accepts(ical, data)
    # A cancellation may be for everybody (RFC 5546, section 3.2.5).
    assert libical.accepts(ical, data.replace(b"ATTENDEE;", b"X-NOBODY;")) == (name == "cancel")
    assert not libical.accepts(ical, data.replace(b"ORGANIZER;", b"X-NOBODY;"))


def test_libical_accepts_a_withdrawal() -> None:
    ical = libical.library()
    require_tool(ical, "libical")
    assert ical is not None
    publication = published(JOINED)
    sent = invitation(publication, "maroc", SOMEBODY, NOW)
    assert libical.accepts(ical, withdrawal(publication, "maroc", SOMEBODY, LATER, sent))


def test_every_line_is_short_and_the_event_reads_as_in_the_feed() -> None:
    long = Recipient("a" * 60 + "@example.org", "é" * 200 + "\U0001f468\u200d\U0001f469\u200d\U0001f467\r\nX:1")
    data = invitation(published(JOINED), "maroc", long, NOW)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\nX:1" not in data
    own = events(data)["maroc"]
    assert str(own["SUMMARY"]) == str(event(published(JOINED))["SUMMARY"])
