"""iTIP messages (RFC 5546): the same event for one registered person, with the link that the feed never holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote

from icalendar import vCalAddress, vUri

from webcycle import texts
from webcycle.calendar import contentlines, events, files, slots, words
from webcycle.calendar.contentlines import Line
from webcycle.calendar.events import Body
from webcycle.calendar.publication import Publication
from webcycle.programme import Programme, Session

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


def _utc(now: datetime) -> datetime:
    return now.astimezone(UTC)


def _message(programme: Programme, body: Body, sequence: int, recipient: Recipient, stamp: str) -> bytes:
    named = dict(body.lines)
    kept = [(name, content) for name, content in body.lines if name not in ("DESCRIPTION", "LOCATION", "CLASS")]
    lines = (
        *kept,
        *_private(programme, body, named),
        contentlines.raw("DTSTAMP", stamp),
        contentlines.raw("SEQUENCE", str(sequence)),
        contentlines.line("ATTENDEE", _attendee(recipient)),
    )
    return files.message(programme, body, method(body.session), events.in_order(lines))


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
