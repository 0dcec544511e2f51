"""What a file tells, cut into the least that is matched to a session and replaced by a later download: a meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from math import inf
from operator import attrgetter

from webcycle.imports.match import Window
from webcycle.intake import Reading, source_of
from webcycle.records import Record, Registration, Status, ViewCount, Visit
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
    source = source_of(reading.source, reading.part)
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


def stays(unit: Unit) -> tuple[Window, ...]:
    """From when to when people were there, as far as both is known."""
    visits = unit.records.visits
    return tuple(Window(one.joined, one.left) for one in visits if one.joined and one.left)


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


_STATUSES: dict[Status, int] = {"pending": 0, "confirmed": 1, "cancelled": 2, "refused": 2}
"""How far a registration has come: what was cancelled seldom is confirmed again."""

_Key = tuple[object, ...]


def contains(more: Unit, less: Unit) -> bool:
    """Whether one is a later download of the same report as the other: it tells of the same rows and of further ones.

    Where no row that stands in both differs, the further ones are enough; else the fuller file may be the older one,
    and nothing may speak against its being the later. Two that tell the very same are ordered by their sources, so
    that one of them remains, whichever was imported first. A strict partial order, so that the order of files means
    nothing.
    """
    rows, fewer = (frozenset(_keys(unit.records, _WHOLE)) for unit in (more, less))
    if fewer <= rows:
        return fewer < rows or more.source < less.source
    known, among = (_known(unit.records) for unit in (more, less))
    return among.keys() < known.keys() and _is_later(known, among)


def _is_later(known: dict[_Key, list[Record]], among: dict[_Key, list[Record]]) -> bool:
    """Whether no shared row has gone further in the smaller file, and a further row of the larger is later than all
    of the smaller, as far as its rows have moments."""
    if any(_furthest(known[key]) < _furthest(rows) for key, rows in among.items()):
        return False
    last = max(_begun(among), default=None)
    return last is None or any(moment > last for moment in _begun(known.keys() - among.keys()))


def _known(records: Records) -> dict[_Key, list[Record]]:
    """The rows by what tells one from another."""
    found: defaultdict[_Key, list[Record]] = defaultdict(list)
    for key, one in zip(_keys(records, _IDENTIFYING), _rows(records), strict=True):
        found[key].append(one)
    return found


def _begun(keys: Iterable[_Key]) -> Iterator[datetime]:
    """When people registered or joined, which the keys of registrations and stays end with."""
    return (key[-1] for key in keys if isinstance(key[-1], datetime))


def _furthest(rows: Iterable[Record]) -> tuple[float, ...]:
    """How far the rows of one key have come: the last status of a registration, the last end of a stay."""
    return max(map(_reached, rows))


def _reached(one: Record) -> tuple[float, ...]:
    if isinstance(one, Registration):
        return (_STATUSES[one.status],)
    if isinstance(one, Visit):
        return one.left.timestamp() if one.left else -inf, -1 if one.seconds is None else one.seconds
    return ()


def _keys(records: Records, names: dict[type[Record], tuple[str, ...]]) -> Iterator[_Key]:
    getters = {kind: attrgetter(*columns) for kind, columns in names.items()}
    return ((type(one).__name__, *getters[type(one)](one)) for one in _rows(records))


def _rows(records: Records) -> Iterator[Record]:
    """All but a platform's totals, which are no rows."""
    return (one for one in records if type(one) in _IDENTIFYING)
