"""How long somebody was there, and the figures of a session: the second part of the reference.

Instants are whole microseconds since 1970, so that nothing is rounded on the way.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.metrics.reference_persons import INSIDERS, Person, Row, key_of
from webcycle.programme import Session
from webcycle.records import Registration, Visit

Interval = tuple[int, int]
Number = int | Fraction

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
WEEK_SECONDS = 7 * 24 * 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """What is said of a figure: a number, its bounds, or why there is none; and of which sessions nothing is known."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    absent: str | None = None
    provenance: str = "measured"
    missing: tuple[str, ...] = ()
    persons: int | None = None
    at: datetime | None = None
    on: date | None = None


def micros(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


def instant(number: int) -> datetime:
    return EPOCH + timedelta(microseconds=number)


def own_seconds(visit: Visit) -> int | None:
    return None if visit.seconds is None else min(max(visit.seconds, 0), WEEK_SECONDS)


def interval(visit: Visit) -> Interval | None:
    """From joining to leaving, one of them worked out from the length where it must be; None where it cannot."""
    joined, left, seconds = visit.joined, visit.left, own_seconds(visit)
    if joined and left:
        return micros(joined), max(micros(joined), micros(left))
    if joined and seconds is not None:
        return micros(joined), micros(joined) + seconds * SECOND
    if left and seconds is not None:
        return micros(left) - seconds * SECOND, micros(left)
    return None


def is_summary(visit: Visit) -> bool:
    return visit.joined is not None and visit.left is not None and visit.seconds is not None


def has_length(visit: Visit) -> bool:
    return visit.seconds is not None or interval(visit) is not None


def shown(visit: Visit) -> Interval | None:
    """The interval as peak, curve, half-way and stayed know it; None for what they cannot show."""
    found = interval(visit)
    if found and is_summary(visit) and found[1] - found[0] - (own_seconds(visit) or 0) * SECOND >= MINUTE:
        return None
    return found


def cut(found: Interval, window: Interval | None) -> Interval:
    if window is None:
        return found
    start, end = max(found[0], window[0]), min(found[1], window[1])
    return (start, end) if start < end else (window[0], window[0])


def union(intervals: Iterable[Interval]) -> int:
    """How long at least one of them holds: every piece between two neighbouring ends is asked for."""
    known = list(intervals)
    ends = sorted({end for one in known for end in one})
    return sum(b - a for a, b in pairwise(ends) if any(start <= a and b <= end for start, end in known))


def seconds_there(visits: Sequence[Visit], window: Interval | None) -> int | None:
    """The whole seconds that a person was there; None when no visit says how long."""
    if not any(map(has_length, visits)):
        return None
    plain, summaries, alone = [], [], 0
    for visit in visits:
        found = interval(visit)
        if found is None:
            alone += (own_seconds(visit) or 0) * SECOND
        elif is_summary(visit):
            summaries.append((cut(found, window), (own_seconds(visit) or 0) * SECOND))
        else:
            plain.append(cut(found, window))
    told = sum(min(length, end - start) for (start, end), length in summaries)
    whole = min(union(plain) + told, union(plain + [found for found, _ in summaries])) + alone
    return (whole if window is None else min(whole, window[1] - window[0])) // SECOND


@dataclass(frozen=True)
class Stay:
    """A participant in a session."""

    person: Person
    visits: tuple[Visit, ...]
    seconds: int | None
    is_open: bool

    @property
    def is_known(self) -> bool:
        return self.seconds is not None and not self.is_open

    def lasted(self, least: int) -> bool:
        return not self.is_known or (self.seconds or 0) >= least

    @cached_property
    def shown(self) -> list[Interval]:
        return [found for visit in self.visits if (found := shown(visit))]


@dataclass(frozen=True, eq=False)
class Observed:
    """A session with its rows and its persons."""

    session: Session
    zone: ZoneInfo
    rule_clip: bool
    least: int
    registrations: tuple[Registration, ...]
    visits: tuple[Visit, ...]
    persons: dict[str, Person]
    today: date | None

    @property
    def last_day(self) -> date:
        slot = self.session.slot
        assert slot is not None
        return slot.end.date() if isinstance(slot.end, datetime) else slot.end

    @property
    def to_come(self) -> bool:
        """Whether it is not over on the day of the figures, as far as anybody knows."""
        if self.today is None or self.measured:
            return False
        if not isinstance(self.today, datetime):
            return self.last_day > self.today
        end = self.session.slot.end if self.session.slot else None
        # A session of days lasts to the last of the hours of its last day.
        return end > self.today if isinstance(end, datetime) else self.last_day >= self.today.date()

    @property
    def counts(self) -> bool:
        return self.session.status == "confirmed"

    @property
    def measured(self) -> bool:
        return bool(self.visits)

    @cached_property
    def window(self) -> Interval | None:
        """To what intervals are cut."""
        held = self.session.held
        return self._hours(held.start, held.end) if held and self.rule_clip else None

    @cached_property
    def hours(self) -> Interval | None:
        held, slot = self.session.held, self.session.slot
        if held and (found := self._hours(held.start, held.end)):
            return found
        return self._hours(slot.start, slot.end) if slot else None

    @property
    def hours_held(self) -> bool:
        return self.session.held is not None and isinstance(self.session.held.start, datetime)

    def _hours(self, start: date, end: date) -> Interval | None:
        if not (isinstance(start, datetime) and isinstance(end, datetime)):
            return None
        return micros(start.replace(tzinfo=self.zone)), micros(end.replace(tzinfo=self.zone))

    def role(self, row: Row) -> str:
        """In what capacity the person of a row is there; who is nobody's is not of the public."""
        person = self.persons.get(key_of(row))
        if person is None:
            return row.role if row.role in INSIDERS else "anonymous"
        return person.role(self.session.id)

    @cached_property
    def registered(self) -> set[Person]:
        return {
            self.persons[key_of(row)]
            for row in self.registrations
            if row.status == "confirmed" and self.role(row) == "participant"
        }

    @cached_property
    def stays(self) -> list[Stay]:
        there: dict[Person, list[Visit]] = {}
        for visit in self.visits:
            if self.role(visit) == "participant":
                there.setdefault(self.persons[key_of(visit)], []).append(visit)
        return [
            Stay(
                person,
                tuple(visits),
                seconds_there(visits, self.window),
                any(map(has_length, visits)) and not all(map(has_length, visits)),
            )
            for person, visits in there.items()
        ]

    @cached_property
    def attending(self) -> list[Stay]:
        return [stay for stay in self.stays if stay.lasted(self.least)]

    @cached_property
    def attended(self) -> set[Person]:
        return {stay.person for stay in self.attending}


def count(persons: int, among: int | None = None) -> Told:
    return Told(persons, persons=persons if among is None else among)


def rate(part: int, whole: int) -> Told:
    if whole < 3:
        return Told(absent="too-few", persons=whole)
    return Told(Fraction(part, whole), persons=whole)


def minutes_of(stays: Sequence[Stay]) -> dict[str, Told]:
    """Mean, median and sum of the known times, in minutes."""
    times = sorted(Fraction(stay.seconds or 0, 60) for stay in stays if stay.is_known)
    resting = len({stay.person for stay in stays if stay.is_known})
    if stays and not times:
        return dict.fromkeys(MINUTES, Told(absent="no-times", persons=0))
    whole = sum(times, Fraction())
    if resting < 3:
        return dict.fromkeys(MINUTES, Told(absent="too-few", persons=resting))
    lower, upper = times[(len(times) - 1) // 2], times[len(times) // 2]
    return {
        "person-minutes": Told(whole, persons=resting),
        "mean-minutes": Told(whole / len(times), persons=resting),
        "median-minutes": Told((lower + upper) / 2, persons=resting),
    }


def there_at(stays: Sequence[Stay], moment: int, window: Interval | None = None) -> int:
    """How many persons have an interval that holds the moment: its start does, its end does not."""
    return sum(any(a <= moment < b for a, b in (cut(one, window) for one in stay.shown)) for stay in stays)


def no_times(stays: Sequence[Stay]) -> bool:
    return bool(stays) and not any(stay.shown for stay in stays)


def peak(one: Observed) -> Told:
    if no_times(one.stays):
        return Told(absent="no-times")
    starts = sorted({cut(found, one.window)[0] for stay in one.stays for found in stay.shown})
    most = max((there_at(one.stays, start, one.window) for start in starts), default=0)
    first = next((start for start in starts if there_at(one.stays, start, one.window) == most > 0), None)
    return replace(count(most), at=None if first is None else instant(first))


def half_way(one: Observed) -> Told:
    if one.hours is None:
        return Told(absent="no-hours")
    middle = (one.hours[0] + one.hours[1]) // 2
    if no_times(one.stays):
        return Told(absent="no-times")
    return replace(count(there_at(one.stays, middle, one.window)), at=instant(middle))


def stayed(one: Observed) -> dict[str, Told]:
    if one.hours is None:
        return dict.fromkeys(("stayed", "stayed-rate"), Told(absent="no-hours"))
    if no_times(one.attending):
        return dict.fromkeys(("stayed", "stayed-rate"), Told(absent="no-times"))
    start, end = max(one.hours[0], one.hours[1] - 5 * MINUTE), one.hours[1]
    until_the_end = sum(any(max(a, start) < min(b, end) for a, b in stay.shown) for stay in one.attending)
    shown_ones = sum(bool(stay.shown) for stay in one.attending)
    return {"stayed": count(until_the_end, shown_ones), "stayed-rate": rate(until_the_end, shown_ones)}


def curve(one: Observed) -> tuple[tuple[datetime, int], ...]:
    if not (one.counts and one.measured and one.hours) or no_times(one.stays):
        return ()
    start, end = one.hours
    return tuple(
        (instant(at), there_at(one.stays, at, one.window))
        for at in range(start, min(end, start + 31 * DAY), 5 * MINUTE)
    )


def thresholds(one: Observed) -> tuple[tuple[str, int | None, int | None], ...]:
    if not (one.counts and one.measured):
        return ()
    length = None if one.hours is None else Fraction(one.hours[1] - one.hours[0], SECOND)
    asked: dict[str, int | None] = {
        "1-minute": 60,
        "5-minutes": 300,
        "half": None if length is None else math.ceil(length / 2),
        "85-percent": None if length is None else math.ceil(length * 85 / 100),
    }
    return tuple(
        (name, least, None if least is None else sum(stay.lasted(least) for stay in one.stays))
        for name, least in asked.items()
    )


ATTENDANCE = "attended peak half-way stayed stayed-rate newcomers returning weak-share".split()
MINUTES = "mean-minutes median-minutes person-minutes".split()
BOTH = "registered-attended walk-ins no-shows attendance-rate".split()


def session_figures(one: Observed, before: set[Person]) -> dict[str, Told]:
    """All but the views; `before` are those who attended an earlier session."""
    found = registered_figure(one) | attendance_figures(one, before) | figures_of_both(one)
    return found if one.counts else dict.fromkeys(found, Told(absent="not-held", provenance="unknown"))


def registered_figure(one: Observed) -> dict[str, Told]:
    stated = one.session.stated
    if one.registrations:
        return {"registered": count(len(one.registered))}
    if stated and stated.registered is not None:
        return {"registered": Told(stated.registered, provenance="stated", on=stated.on)}
    return {"registered": Told(absent="no-registrations", provenance="unknown")}


def attendance_figures(one: Observed, before: set[Person]) -> dict[str, Told]:
    if not one.measured:
        lacking = Told(absent="not-held" if one.to_come else "no-attendance", provenance="unknown")
        found = dict.fromkeys((*ATTENDANCE, *MINUTES), lacking)
        stated = one.session.stated
        if stated and stated.participants is not None:
            found["attended"] = Told(stated.participants, provenance="stated", on=stated.on)
        return found
    attended = one.attended
    return {
        "attended": count(len(attended)),
        **minutes_of(one.attending),
        "peak": peak(one),
        "half-way": half_way(one),
        **stayed(one),
        "newcomers": count(len(attended - before), len(attended)),
        "returning": count(len(attended & before), len(attended)),
        "weak-share": rate(sum(person.weak for person in attended), len(attended)),
    }


def figures_of_both(one: Observed) -> dict[str, Told]:
    if not (one.measured and one.registrations):
        lacking = "no-attendance" if one.registrations else "no-registrations" if one.measured else "no-records"
        lacking = "not-held" if one.to_come else lacking
        return dict.fromkeys(BOTH, Told(absent=lacking, provenance="unknown"))
    registered, attended = one.registered, one.attended
    return {
        "registered-attended": count(len(registered & attended)),
        "walk-ins": count(len(attended - registered), len(attended)),
        "no-shows": count(len(registered - attended), len(registered)),
        "attendance-rate": rate(len(registered & attended), len(registered)),
    }
