"""iTIP messages (RFC 5546): the same event for one registered person, with the link that the feed never holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote, unquote

from icalendar import Calendar, vCalAddress, vUri

from webcycle import texts
from webcycle.calendar import contentlines, events, files, slots, words
from webcycle.calendar.contentlines import Line
from webcycle.calendar.events import Body
from webcycle.calendar.publication import Publication
from webcycle.programme import Programme, Session

_CANCEL = b"\r\nMETHOD:CANCEL\r\n"
# What tells somebody how to come.
_LEFT_OUT = frozenset({"DESCRIPTION", "LOCATION", "CLASS"})
_STAMP = re.compile(rb"DTSTAMP:(\d{8}T\d{6}Z)\r\n")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is registered: an e-mail address, and a name or ""."""

    email: str
    name: str


def file_name(session: str, recipient: Recipient) -> str:
    """The name of the file for a recipient: it tells nobody who that is."""
    digest = sha256(f"{session}\n{recipient.email.casefold()}".encode()).hexdigest()
    return f"{session}-{digest[:16]}.ics"


def method(session: Session) -> str:
    """CANCEL for a cancelled session, else REQUEST: also for one whose date is to come, or clients would forget it."""
    return "CANCEL" if session.status == "cancelled" else "REQUEST"


def invitation(
    publication: Publication, session: str, recipient: Recipient, now: datetime, before: bytes = b""
) -> bytes:
    """The message for one recipient, its SEQUENCE that of the feed.

    DTSTAMP is `now`, or the one of `before` (the message that stands there) where nothing else would change: the same
    message again gives the same bytes. KeyError for a session that is not published.
    """
    body, entry = publication.bodies[session], publication.ledger.entries[session]
    found = _STAMP.search(before)
    if found is not None:
        same = _message(publication.programme, body, entry.sequence, recipient, found[1].decode("ascii"))
        if same == before:
            return before
    return _message(publication.programme, body, entry.sequence, recipient, contentlines.moment(_utc(now)) + "Z")


def recipient_of(session: str, name: str, message: bytes) -> Recipient | None:
    """Whom a message that stands in a file of that name was for; None for what is no such message."""
    try:
        found = Calendar.from_ical(message)
    except (ValueError, IndexError, KeyError):
        return None
    attendees = [event.get("ATTENDEE") for event in found.walk("VEVENT")]
    if len(attendees) != 1 or not isinstance(attendees[0], vCalAddress):
        return None
    scheme, _, address = str(attendees[0]).partition(":")
    one = Recipient(unquote(address), str(attendees[0].params.get("CN", "")))
    return one if scheme.lower() == "mailto" and file_name(session, one) == name else None


def withdrawal(publication: Publication, session: str, recipient: Recipient, now: datetime, before: bytes) -> bytes:
    """The message for somebody who had an earlier one, `before`, and is not registered any more; twice the same bytes.

    Only the event of this person is cancelled: no STATUS (RFC 5546, section 3.2.5), and the SEQUENCE of the feed, by
    which a later registration counts again: the DTSTAMP orders messages of one SEQUENCE (section 2.1.5).
    """
    if _CANCEL in before:
        return before
    body, entry = publication.bodies[session], publication.ledger.entries[session]
    cancelled = method(body.session) == "CANCEL"
    lines = (
        *((name, content) for name, content in body.lines if name not in _LEFT_OUT and (cancelled or name != "STATUS")),
        *_told(entry.sequence, recipient, contentlines.moment(_utc(now)) + "Z"),
    )
    return files.message(publication.programme, body, "CANCEL", events.in_order(lines))


def _utc(now: datetime) -> datetime:
    return now.astimezone(UTC)


def _message(programme: Programme, body: Body, sequence: int, recipient: Recipient, stamp: str) -> bytes:
    named = dict(body.lines)
    kept = [(name, content) for name, content in body.lines if name not in _LEFT_OUT]
    lines = (
        *kept,
        *_private(programme, body, named),
        *_told(sequence, recipient, stamp),
    )
    return files.message(programme, body, method(body.session), events.in_order(lines))


def _told(sequence: int, recipient: Recipient, stamp: str) -> Iterator[Line]:
    """To whom it is said, and which of several messages counts."""
    yield contentlines.raw("DTSTAMP", stamp)
    yield contentlines.raw("SEQUENCE", str(sequence))
    yield contentlines.line("ATTENDEE", _attendee(recipient))


def _private(programme: Programme, body: Body, public: dict[str, bytes]) -> Iterator[Line]:
    """Description and place with the link to connect, where one is given and somebody should come."""
    session = body.session
    link = session.join.url if session.join is not None and not slots.given_up(session) else None
    if link is None:
        yield from ((name, public[name]) for name in ("DESCRIPTION", "LOCATION") if name in public)
        return
    joining = texts.say(programme.cycle.language, "calendar.join", {"url": link})
    about = f"{joining}\n\n{events.about(programme, session, body.slot)}"
    yield contentlines.text("DESCRIPTION", words.clean(about))
    # Clients show a place that is an address as a link; one comes to a hybrid session in person too.
    yield contentlines.text("LOCATION", link) if session.mode == "online" else ("LOCATION", public["LOCATION"])
    if session.status == "confirmed":
        yield contentlines.line("CONFERENCE", _conference(link))


def _conference(link: str) -> vUri:
    found = vUri(link)
    # As a list: icalendar's own Conference writes one quoted value.
    found.params["VALUE"] = "URI"
    found.params["FEATURE"] = ["AUDIO", "VIDEO"]
    return found


def _attendee(recipient: Recipient) -> vCalAddress:
    found = vCalAddress(f"mailto:{quote(recipient.email, safe='@')}")
    found.params["CUTYPE"] = "INDIVIDUAL"
    found.params["ROLE"] = "REQ-PARTICIPANT"
    found.params["PARTSTAT"] = "NEEDS-ACTION"
    found.params["RSVP"] = "FALSE"
    if name := words.line(recipient.name):
        found.params["CN"] = name
    return found
