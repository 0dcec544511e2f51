"""A lost ledger, made again from the published feed: UIDs and SEQUENCEs that were given must go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from icalendar import Calendar, Component
from pydantic import ValidationError

from webcycle.calendar import events
from webcycle.calendar.ledger import Entry, Ledger
from webcycle.errors import RefusedError
from webcycle.programme import Programme, Status

_NOT_KNOWN = "0" * 64


def recover(programme: Programme, feed: bytes) -> Ledger:
    """The entries of this cycle's events in a feed that `webcycle` published; those of other calendars are left out.

    An event whose bytes the programme would give again is unchanged; any other gets the next SEQUENCE.
    Raises RefusedError when the feed is no calendar.
    """
    try:
        found = dict(_entries(programme, Calendar.from_ical(feed)))
    # Of a zone that is called "Europe", Python says that it is a folder.
    except (ValueError, KeyError, AttributeError, TypeError, OSError, ValidationError):
        raise RefusedError("calendar.feed-damaged", file=f"{programme.cycle.id}.ics") from None
    bodies = events.bodies(programme, Ledger(found))
    for session, body in bodies.items():
        entry = found.get(session)
        if entry is not None and events.vevent(body, entry) in feed:
            found[session] = entry.model_copy(update={"fingerprint": body.fingerprint})
    return Ledger(MappingProxyType(found))


def _entries(programme: Programme, calendar: Component) -> Iterator[tuple[str, Entry]]:
    for event in calendar.walk("VEVENT"):
        session, mark, _domain = str(event["UID"]).partition(f".{programme.cycle.id}@")
        if mark:
            yield session, _entry(programme, session, event)


def _entry(programme: Programme, session: str, event: Any) -> Entry:
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    return Entry(
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        created=event["CREATED"].dt,
        modified=event["LAST-MODIFIED"].dt,
        start=start,
        end=end if isinstance(end, datetime) else end - timedelta(days=1),
        title=_title(programme, session, str(event["SUMMARY"])),
        status=_status(event),
        fingerprint=_NOT_KNOWN,
    )


def _title(programme: Programme, session: str, summary: str) -> str:
    """The title without the mark of a state in front, where the programme still has it."""
    planned = programme.session_by_id.get(session)
    title = events.title(programme, planned) if planned is not None else summary
    return title if summary.endswith(title) else summary


def _status(event: Component) -> Status:
    if event["STATUS"] == "CANCELLED":
        return "cancelled"
    if event["TRANSP"] == "TRANSPARENT":
        return "postponed"
    return "confirmed" if event["STATUS"] == "CONFIRMED" else "tentative"
