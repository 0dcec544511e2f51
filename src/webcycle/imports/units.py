"""What a file tells, cut into the least that is matched to a session and replaced by a later download: a meeting."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter

from webcycle.imports.match import Window
from webcycle.intake import Reading
from webcycle.records import Record, Registration, ViewCount, Visit
from webcycle.store import Records, grouped


@dataclass(frozen=True, slots=True)
class Delivery:
    """A table that was read, the SHA-256 of its file, and the session that its folder is named after, if any."""

    reading: Reading
    sha256: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """The records of one meeting in one table; `meeting` is the key that they hold. `window` is None when nothing
    tells of a time."""

    source: str
    meeting: str
    topic: str
    window: Window | None
    records: Records


def own(delivery: Delivery) -> Delivery:
    """The same with a source of its own: the tables of an archive or workbook share the hash of the file."""
    reading = delivery.reading
    if not reading.part:
        return delivery
    source = hashlib.sha256(f"{reading.source}/{reading.part}".encode("utf-8", "replace")).hexdigest()[:16]
    named = replace(
        reading,
        source=source,
        registrations=tuple(replace(one, source=source) for one in reading.registrations),
        visits=tuple(replace(one, source=source) for one in reading.visits),
        views=tuple(replace(one, source=source) for one in reading.views),
        totals=tuple(replace(one, source=source) for one in reading.totals),
    )
    return replace(delivery, reading=named)


def split(reading: Reading) -> tuple[Unit, ...]:
    """The meetings of a table, in the order of their keys."""
    found = grouped(Records(reading.registrations, reading.visits, reading.views, reading.totals), meeting)
    return tuple(_unit(reading, key, found[key]) for key in sorted(found))


def meeting(one: Record) -> str:
    """The key of the meeting that a record is of; a number of views is of none."""
    return "" if isinstance(one, ViewCount) else one.meeting


def _unit(reading: Reading, key: str, records: Records) -> Unit:
    known = {meeting.key: meeting for meeting in reading.meetings}
    only = reading.meetings[0] if len(reading.meetings) == 1 and not key else None
    about = known.get(key) or only
    if about is None:
        return Unit(reading.source, key, key, _stay(records.visits), records)
    stay = _stay(records.visits)
    start, end = about.start or (stay and stay.start), about.end or (stay and stay.end) or about.start
    window = Window(start, max(start, end)) if start and end else None
    return Unit(reading.source, key, about.topic, window, records)


def _stay(visits: tuple[Visit, ...]) -> Window | None:
    """From the first to the last that is known of anybody."""
    first = min(_moments(visits), default=None)
    return Window(first, max(_moments(visits))) if first else None


def _moments(visits: tuple[Visit, ...]) -> Iterator[datetime]:
    for visit in visits:
        if visit.joined:
            yield visit.joined
        if visit.left:
            yield visit.left


_IDENTIFYING: dict[type[Record], tuple[str, ...]] = {
    Registration: ("meeting", "email", "name", "registered"),
    Visit: ("meeting", "platform", "person", "email", "name", "joined"),
    ViewCount: ("platform", "video", "on", "span", "definition"),
}
_WHOLE = {
    kind: tuple(field.name for field in fields(kind) if field.name not in ("session", "source"))
    for kind in _IDENTIFYING
}


def contains(more: Unit, less: Unit) -> bool:
    """Whether one is a later download of the same report as the other: it tells of the same rows and of further ones.

    Of a row that stands in both, other columns may have changed: a status, the end of a stay. Two that tell the very
    same are ordered by their sources, so that one of them remains, whichever was imported first.
    """
    rows, fewer = (_rows(unit.records, _IDENTIFYING) for unit in (more, less))
    if rows != fewer:
        return fewer < rows
    rows, fewer = (_rows(unit.records, _WHOLE) for unit in (more, less))
    return fewer < rows or (rows == fewer and more.source < less.source)


def _rows(records: Records, names: dict[type[Record], tuple[str, ...]]) -> frozenset[tuple[object, ...]]:
    """The rows as what tells one from another; a platform's totals are no rows."""
    getters = {kind: attrgetter(*columns) for kind, columns in names.items()}
    return frozenset((kind.__name__, *getters[kind](one)) for one in records if (kind := type(one)) in getters)
