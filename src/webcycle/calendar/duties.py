"""What is due, as a private calendar of the team: an entry a duty, at its hour or for its day, that blocks nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from icalendar import vText

from webcycle import texts
from webcycle.calendar import contentlines, events, files, timezones, words
from webcycle.calendar.contentlines import Line
from webcycle.calendar.description import own
from webcycle.duties import Duty, sentence
from webcycle.errors import Language
from webcycle.programme import Programme
from webcycle.values import Moment

_LENGTH = timedelta(minutes=15)
_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_STAMP = re.compile(rb"DTSTAMP:\d{8}T\d{6}Z")


def calendar(programme: Programme, found: Iterable[Duty], now: datetime, lang: Language, before: bytes = b"") -> bytes:
    """The calendar of the duties that are open and have a date; `before` is the one that it replaces.

    A duty keeps its UID, and its DTSTAMP for as long as nothing of it changes: the same duties give the same bytes.
    """
    stamps = _stamps(before)
    head = files.blank(files.product(programme))
    name = vText(texts.say(lang, "duty.calendar.name", {"title": words.line(own(programme, programme.cycle.title))}))
    head.add("NAME", name)
    head.add("X-WR-CALNAME", name)
    bodies = [_body(programme, duty, _times(programme, due), uid, lang) for duty, due, uid in _named(programme, found)]
    stamp = f"DTSTAMP:{_utc(now)}\r\n".encode()
    content = [b"".join((_BEGIN, stamps.get(body, stamp), body, _END)) for body in bodies]
    # RFC 5545 (3.6) wants a component: a zone stands for it where nothing is due.
    whole = content or [timezones.vtimezone(programme.cycle.timezone, 1970, 1970)]
    return b"".join((files.opened(head), *whole, b"END:VCALENDAR\r\n"))


def _stamps(before: bytes) -> dict[bytes, bytes]:
    """The DTSTAMP line of each event of a calendar of ours, by the rest of the event."""
    parts = (event.partition(_END)[0].partition(b"\r\n") for event in before.split(_BEGIN)[1:])
    return {rest: stamp + newline for stamp, newline, rest in parts if _STAMP.fullmatch(stamp)}


def _named(programme: Programme, found: Iterable[Duty]) -> Iterator[tuple[Duty, Moment, str]]:
    """The duties to show, with date and UID: what is due of which session, numbered where there are several."""
    met: Counter[str] = Counter()
    host = events.domain(programme)
    for duty in found:
        parts = (duty.kind, duty.values.get("document"), duty.session)
        key = "-".join(part for part in parts if part is not None)
        met[key] += 1
        if duty.open and duty.due is not None:
            number = f"-{met[key]}" if met[key] > 1 else ""
            yield duty, duty.due, f"duty-{key}{number}.{programme.cycle.id}@{host}"


def _body(programme: Programme, duty: Duty, times: Iterable[Line], uid: str, lang: Language) -> bytes:
    """The lines of an event but for DTSTAMP."""
    said = words.line(sentence(duty, lang))
    session = programme.session_by_id.get(duty.session or "")
    if session is not None:
        name = words.line(own(programme, session.name()))
        said = texts.say(lang, "duty.calendar.summary", {"name": name, "sentence": said})
    lines = (
        contentlines.text("SUMMARY", said),
        contentlines.text("UID", uid),
        *times,
        contentlines.same("CLASS", "PRIVATE"),
        contentlines.same("TRANSP", "TRANSPARENT"),
    )
    return b"".join(content for _, content in lines)


def _times(programme: Programme, due: Moment) -> Iterator[Line]:
    """From the hour on, in UTC; of a day, until the next one (RFC 5545, section 3.6.1)."""
    if isinstance(due, datetime):
        start = programme.aware(due)
        yield contentlines.raw("DTSTART", _utc(start))
        yield contentlines.raw("DTEND", _utc(start.astimezone(UTC) + _LENGTH))
    else:
        yield contentlines.raw("DTSTART", contentlines.moment(due), ";VALUE=DATE")
        yield contentlines.raw("DTEND", contentlines.moment(due + timedelta(days=1)), ";VALUE=DATE")


def _utc(instant: datetime) -> str:
    return f"{contentlines.moment(instant.astimezone(UTC))}Z"
