"""VEVENT: what subscribers see of a session, rendered once; stamps and SEQUENCE are added to it apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final
from urllib.parse import quote, urlsplit

from icalendar import Event, vCalAddress, vDuration

from webcycle import texts
from webcycle.calendar import contentlines, slots, timezones, words
from webcycle.calendar.contentlines import Line
from webcycle.calendar.description import axis_title, description, own, registration_page
from webcycle.calendar.ledger import Entry, Ledger
from webcycle.programme import Programme, Session, Slot, Status

_RANK: Final = {name: rank for rank, name in enumerate(Event.canonical_order)}
# VEVENT knows no POSTPONED (RFC 5545, section 3.8.1.11).
_STATUS: Final[Mapping[Status, str]] = {
    "tentative": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}


@dataclass(frozen=True)
class Body:
    """The VEVENT of a session without DTSTAMP, CREATED, LAST-MODIFIED and SEQUENCE."""

    session: Session
    uid: str
    slot: Slot
    lines: tuple[Line, ...]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all that subscribers see of the event."""
        return hashlib.sha256(b"".join(content for _, content in self.lines)).hexdigest()


def bodies(programme: Programme, ledger: Ledger) -> dict[str, Body]:
    """The events of the sessions by id, in the programme's order.

    A session without a date keeps the slot that it was last published with; one that never had one is left out.
    """
    organiser = _organiser(programme)
    found: dict[str, Body] = {}
    for session in programme.sessions:
        entry = ledger.entries.get(session.id)
        if (slot := _slot(programme, session, entry)) is not None:
            uid = entry.uid if entry is not None else _uid(programme, session)
            seen = _seen(programme, session, slot)
            lines = (*_written(seen), *_times(programme, slot), contentlines.text("UID", uid), organiser)
            found[session.id] = Body(session, uid, slot, (*lines, *_shared(programme, session)))
    return found


def _slot(programme: Programme, session: Session, entry: Entry | None) -> Slot | None:
    if session.slot is None and entry is not None:
        return slots.local(programme, entry.start, entry.end)
    return session.slot


def _uid(programme: Programme, session: Session) -> str:
    """Globally unique and permanent (RFC 5545, section 3.8.4.7); the ledger keeps it when the domain changes."""
    return f"{session.id}.{programme.cycle.id}@{domain(programme)}"


def domain(programme: Programme) -> str:
    """What a UID of this organiser ends with."""
    organiser = programme.organiser
    host = urlsplit(organiser.url).hostname if organiser.url is not None else None
    return words.compact(programme.calendar.domain or host or organiser.email.rpartition("@")[2])


def _organiser(programme: Programme) -> Line:
    organiser = programme.organiser
    address = vCalAddress(f"mailto:{quote(organiser.email, safe='@')}")
    address.params["CN"] = words.line(own(programme, organiser.name))
    return contentlines.line("ORGANIZER", address)


def _seen(programme: Programme, session: Session, slot: Slot) -> dict[str, str]:
    """The properties that may say anything."""
    found = {
        "SUMMARY": summary(programme, session),
        "DESCRIPTION": about(programme, session, slot),
        "LOCATION": _location(programme, session),
        "URL": session.url or registration_page(programme, session) or programme.cycle.url,
    }
    return {name: value for name, value in found.items() if value is not None}


def _written(seen: Mapping[str, str]) -> Iterator[Line]:
    for name, value in seen.items():
        yield contentlines.uri(name, value) if name == "URL" else contentlines.text(name, value)


def _times(programme: Programme, slot: Slot) -> Iterator[Line]:
    """DTSTART and DTEND; the end of whole days is the day after the last one (RFC 5545, section 3.6.1)."""
    zone = programme.cycle.timezone
    if slot.all_day:
        yield contentlines.raw("DTSTART", contentlines.moment(slot.start), ";VALUE=DATE")
        yield contentlines.raw("DTEND", contentlines.moment(slot.end + timedelta(days=1)), ";VALUE=DATE")
    elif timezones.is_utc(zone):
        yield contentlines.raw("DTSTART", f"{contentlines.moment(slot.start)}Z")
        yield contentlines.raw("DTEND", f"{contentlines.moment(slot.end)}Z")
    else:
        yield contentlines.raw("DTSTART", contentlines.moment(slot.start), f";TZID={zone}")
        yield contentlines.raw("DTEND", contentlines.moment(slot.end), f";TZID={zone}")


def summary(programme: Programme, session: Session) -> str:
    """The title, with "Cancelled:" or the like in front; a moved session keeps "Moved:" until it is moved back."""
    state = (slots.move(session) if session.status == "confirmed" else None) or session.status
    return texts.say(programme.cycle.language, f"calendar.summary.{state}", {"title": title(programme, session)})


def title(programme: Programme, session: Session) -> str:
    """The title in the cycle's language, on one line."""
    return words.line(own(programme, session.title))


def _location(programme: Programme, session: Session) -> str | None:
    lang = programme.cycle.language
    place = words.line(session.place) if session.place is not None else None
    if session.mode == "in-person":
        return place
    if session.mode == "hybrid" and place is not None:
        return texts.say(lang, "calendar.hybrid", {"place": place})
    return texts.say(lang, "calendar.online")


def _shared(programme: Programme, session: Session) -> Iterator[Line]:
    yield contentlines.same("STATUS", _STATUS[session.status])
    yield contentlines.same("TRANSP", "TRANSPARENT" if slots.given_up(session) else "OPAQUE")
    yield contentlines.same("CLASS", "PUBLIC")
    if (axis := axis_title(programme, session.axis)) is not None:
        yield contentlines.category(axis)


def vevent(body: Body, entry: Entry, alarm: bytes = b"") -> bytes:
    """The whole VEVENT: the body with the stamps and the SEQUENCE of its entry, and an alarm perhaps.

    The properties are in icalendar's order. DTSTAMP is the last revision, as for an object without METHOD
    (RFC 5545, section 3.8.7.2): publishing again gives the same bytes.
    """
    return component(in_order((*body.lines, *_stamps(entry))), alarm)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """The properties of an event in icalendar's order."""
    return sorted(lines, key=lambda named: (_RANK.get(named[0], len(_RANK)), named[0]))


def component(lines: Iterable[Line], alarm: bytes = b"") -> bytes:
    """A VEVENT of these properties."""
    return b"".join((b"BEGIN:VEVENT\r\n", *(content for _, content in lines), alarm, b"END:VEVENT\r\n"))


def about(programme: Programme, session: Session, slot: Slot) -> str:
    """What stands under the title."""
    return words.clean(description(programme, session, slot))


def _stamps(entry: Entry) -> Iterator[Line]:
    modified = _stamp(entry.modified)
    yield contentlines.raw("CREATED", _stamp(entry.created))
    yield contentlines.raw("DTSTAMP", modified)
    yield contentlines.raw("LAST-MODIFIED", modified)
    yield contentlines.raw("SEQUENCE", str(entry.sequence))


def _stamp(instant: datetime) -> str:
    return f"{contentlines.moment(instant.astimezone(UTC))}Z"


def alarm(programme: Programme, body: Body) -> bytes:
    """A reminder before the session; nothing for days, a slot that was given up, or where no reminder is wanted."""
    minutes = programme.calendar.alarm
    if minutes == 0 or body.slot.all_day or slots.given_up(body.session):
        return b""
    lines = (
        contentlines.raw("ACTION", "DISPLAY"),
        contentlines.text("DESCRIPTION", summary(programme, body.session)),
        contentlines.line("TRIGGER", vDuration(-timedelta(minutes=minutes))),
    )
    return b"".join((b"BEGIN:VALARM\r\n", *(content for _, content in lines), b"END:VALARM\r\n"))


def years(found: Iterable[Body]) -> tuple[int, int] | None:
    """The first and the last year of the events that have an hour; None when none has."""
    days = [moment.year for body in found if not body.slot.all_day for moment in (body.slot.start, body.slot.end)]
    return (min(days), max(days)) if days else None
