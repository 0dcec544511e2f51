"""VTIMEZONE from the IANA rules: two yearly rules where they hold, else one observance a clock change.

Long lists of RDATE are never written: Outlook, ical.js and vobject misread them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from webcycle import zones
from webcycle.calendar import contentlines

_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_CHANGE = r"M(\d+)\.(\d)\.(\d)(?:/(\d+)(?::(\d\d))?)?"
_FOOTER = re.compile(rf"{_NAME}[^A-Za-z<,]+{_NAME}[^,]*,{_CHANGE},{_CHANGE}")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Change:
    """A clock change: the instant (UTC), and the offset before and after it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def onset(self) -> datetime:
        """The local time at which it comes, on the clocks before it (RFC 5545, section 3.6.5)."""
        return (self.at + self.before).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A day and an hour of every year, as POSIX writes it: M10.5.0/3 is the last Sunday of October at 3."""

    month: int
    week: int
    weekday: int
    time: timedelta

    def of(self, year: int) -> datetime:
        """That moment of a year, on the clocks before it."""
        first = datetime(year, self.month, 1)  # noqa: DTZ001 - a local time
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        return (day if day.month == self.month else day - timedelta(weeks=1)) + self.time

    def recurrence(self) -> vRecur:
        """The same as RRULE."""
        nth = -1 if self.week == 5 else self.week
        return vRecur(FREQ="YEARLY", BYMONTH=self.month, BYDAY=f"{nth}{_WEEKDAYS[self.weekday]}")


def is_utc(name: str) -> bool:
    """Whether a zone is UTC under one of its names: its times are written with Z and need no VTIMEZONE."""
    return zones.footer(name) == "UTC0"


@lru_cache(maxsize=256)
def vtimezone(name: str, first: int, last: int) -> bytes:
    """The VTIMEZONE that holds from the year before `first` to the year after `last`."""
    begin = datetime(max(first - 1, 2), 1, 1, tzinfo=UTC)
    end = datetime(min(last + 2, 9999), 1, 1, tzinfo=UTC)
    changes = tuple(_changes(name, begin, end))
    component = Timezone()
    component.add("TZID", name)
    for observance in _observances(name, begin, end, changes):
        component.add_component(observance)
    return contentlines.component(component)


def _observances(
    name: str, begin: datetime, end: datetime, changes: tuple[_Change, ...]
) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    if changes and (rules := _rules(name)) and _follow(changes, rules, begin, end):
        for rule in rules:
            # Onsets of one rule differ by the year alone.
            change = next(change for change in changes if change.onset == rule.of(change.onset.year))
            yield _observance(change, rule.of(_FIRST.year), rule)
        return
    start = begin.astimezone(zones.zone(name))
    offset = start.utcoffset() or timedelta()
    before = _Change(min(_FIRST, begin) - offset, offset, offset, start.tzname() or "")
    for change in (before, *changes):
        yield _observance(change, change.onset)


def _observance(change: _Change, onset: datetime, rule: _Rule | None = None) -> TimezoneStandard | TimezoneDaylight:
    # The database calls some winters "daylight saving" (Dublin); readers expect the clocks to be ahead then.
    component = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    component.add("DTSTART", onset)
    component.add("TZOFFSETFROM", change.before)
    component.add("TZOFFSETTO", change.after)
    component.add("TZNAME", change.name)
    if rule is not None:
        component.add("RRULE", rule.recurrence())
    return component


def _rules(name: str) -> tuple[_Rule, ...]:
    """The two yearly rules of the zone's footer (RFC 8536, section 3.3); none without, or outside 0 to 24 hours."""
    match = _FOOTER.fullmatch(zones.footer(name))
    if match is None:
        return ()
    found = tuple(_rule(match.groups()[at : at + 5]) for at in (0, 5))
    return found if all(rule.time < timedelta(days=1) for rule in found) else ()


def _rule(parts: tuple[str | None, ...]) -> _Rule:
    month, week, weekday, hour, minute = (int(part) if part is not None else None for part in parts)
    # POSIX: without an hour, the change comes at 2.
    time = timedelta(hours=2 if hour is None else hour, minutes=minute or 0)
    return _Rule(month or 0, week or 0, weekday or 0, time)


def _follow(changes: tuple[_Change, ...], rules: Iterable[_Rule], begin: datetime, end: datetime) -> bool:
    """Whether the clock changes are those of the rules, and no other."""
    expected = sorted(rule.of(year) for year in range(begin.year, end.year) for rule in rules)
    return sorted(change.onset for change in changes) == expected and len({change.after for change in changes}) == 2


def _changes(name: str, begin: datetime, end: datetime) -> Iterator[_Change]:
    """The clock changes of a zone between two instants, found day by day."""
    tz, day = zones.zone(name), timedelta(days=1)
    offset = begin.astimezone(tz).utcoffset()
    at = begin
    while at < end:
        later = min(at + day, end)
        if (new := later.astimezone(tz).utcoffset()) != offset:
            yield _bisect(name, at, later)
        at, offset = later, new


def _bisect(name: str, low: datetime, high: datetime) -> _Change:
    """The one clock change between two instants, to the second."""
    tz = zones.zone(name)
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if middle.astimezone(tz).utcoffset() == before else (low, middle)
    after = high.astimezone(tz)
    return _Change(high, before or timedelta(), after.utcoffset() or timedelta(), after.tzname() or "")
