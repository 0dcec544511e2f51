"""The figures a second time, from `docs/metrics.md` alone: plain Python, every definition by brute force.

Nothing of the engine, of `webcycle.identity` or of `webcycle.presence` is used; the programme, the decisions and the
records are read as plain values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from tests.metrics.reference_persons import Person, Row, key_of, persons_of
from tests.metrics.reference_sessions import (
    Observed,
    Told,
    curve,
    instant,
    interval,
    minutes_of,
    rate,
    session_figures,
    shown,
    thresholds,
)
from webcycle.identity import People
from webcycle.programme import Programme, Session, Stated
from webcycle.records import PlatformTotal, Registration, ViewCount, Visit


@dataclass(frozen=True)
class Account:
    """What became of the stored rows."""

    read: int
    fates: dict[str, int]
    persons: int
    weak: int
    clipped: int
    without_times: int


@dataclass(frozen=True)
class Reference:
    """Every figure, by session (None: the cycle) and name, and all that stands beside them."""

    figures: dict[tuple[str | None, str], Told]
    curves: dict[str, tuple[tuple[datetime, int], ...]]
    thresholds: dict[str, tuple[tuple[str, int | None, int | None], ...]]
    platform: dict[str, tuple[tuple[str, str, int, str | None], ...]]
    hours: dict[str, tuple[datetime, datetime] | None]
    hours_held: dict[str, bool]
    without_times: dict[str, int]
    attendance_rows: dict[str | None, Account]
    registration_rows: dict[str | None, Account]
    distribution: dict[int, int]
    regions: dict[frozenset[str], int]
    axes: dict[str, int]
    overlap: dict[tuple[str, str], int]
    types: dict[str, int]
    territories: dict[str, int]
    replays: dict[str, tuple[tuple[date, int], ...]]


def fate(row: Row, observed: dict[str, Observed]) -> str:
    one = observed.get(row.session)
    if one is None:
        return "unknown-session"
    if not one.counts:
        return "not-held"
    if (role := one.role(row)) != "participant":
        return role
    if isinstance(row, Registration):
        return "counted" if row.status == "confirmed" else row.status
    return "counted" if one.persons[key_of(row)] in one.attended else "under-threshold"


def is_clipped(row: Row, observed: dict[str, Observed]) -> bool:
    one = observed.get(row.session)
    if one is None or not one.counts or not isinstance(row, Visit) or one.window is None:
        return False
    found = interval(row)
    return found is not None and (found[0] < one.window[0] or found[1] > one.window[1])


def account(rows: Sequence[Row], observed: dict[str, Observed]) -> Account:
    fates = Counter(fate(row, observed) for row in rows)
    counted = {
        (row.session, observed[row.session].persons[key_of(row)].key)
        for row in rows
        if fate(row, observed) == "counted"
    }
    return Account(
        read=len(rows),
        fates=dict(fates),
        persons=len(counted),
        weak=sum(key_of(row).startswith("name:") for row in rows),
        clipped=sum(is_clipped(row, observed) for row in rows),
        without_times=sum(isinstance(row, Visit) and shown(row) is None for row in rows),
    )


@dataclass(frozen=True)
class Video:
    """The readings of a video."""

    to_date: dict[date, int]
    of_day: dict[date, int]
    published: date | None

    @property
    def days(self) -> list[date]:
        return sorted({*self.to_date, *self.of_day})

    def until(self, day: date) -> int:
        latest = max((one for one in self.to_date if one <= day), default=None)
        added = sum(number for one, number in self.of_day.items() if one <= day)
        return added if latest is None else max(self.to_date[latest], added)

    def at_age(self, days: int) -> tuple[int, int | None] | None:
        """Between which numbers it stood so many days after its publication; None when that day is not known."""
        if self.published is None:
            return None
        day = self.published + timedelta(days=days)
        if day in self.days:
            return self.until(day), self.until(day)
        after = next((one for one in self.days if one > day), None)
        bounds = [self.until(day), *([] if after is None else [self.until(after)])]
        return (bounds[0], None) if after is None else (min(bounds), max(bounds))


def videos_of(session: Session, rows: Sequence[ViewCount]) -> list[Video]:
    own: dict[tuple[str, str, str], list[ViewCount]] = {}
    for row in rows:
        own.setdefault((row.platform, row.video, "" if row.video else row.title), []).append(row)
    fallback = session.recording.published if session.recording else None
    return [
        Video(
            greatest(row for row in held if row.span == "to-date"),
            greatest(row for row in held if row.span == "day"),
            min((row.published for row in held if row.published), default=fallback),
        )
        for held in own.values()
    ]


def greatest(rows: Iterable[ViewCount]) -> dict[date, int]:
    found: dict[date, int] = {}
    for row in rows:
        day = row.on or date.max
        found[day] = max(found.get(day, 0), row.views)
    return found


def view_figures(one: Observed, videos: Sequence[Video]) -> dict[str, Told]:
    session = one.session
    if not one.counts:
        gone = Told(absent="not-held", provenance="unknown")
        return {"views": gone, "views-30-days": gone}
    nothing = Told(absent="not-held" if one.to_come else "no-records", provenance="unknown")
    if not videos:
        stated = session.stated
        if stated and stated.views is not None:
            return {"views": Told(stated.views, provenance="stated", on=stated.on), "views-30-days": nothing}
        return {"views": nothing, "views-30-days": nothing}
    last = max(day for video in videos for day in video.days)
    found = {"views": Told(sum(video.until(last) for video in videos), on=None if last == date.max else last)}
    ages = [video.at_age(30) for video in videos]
    if any(one is None for one in ages):
        return found | {"views-30-days": nothing}
    low = sum(one[0] for one in ages if one)
    high = None if any(one and one[1] is None for one in ages) else sum((one[1] or 0) for one in ages if one)
    return found | {"views-30-days": Told(low) if low == high else Told(low=low, high=high)}


def readings(videos: Sequence[Video]) -> tuple[tuple[date, int], ...]:
    days = sorted({day for video in videos for day in video.days} - {date.max})
    return tuple((day, sum(video.until(day) for video in videos)) for day in days)


def order(one: Observed) -> tuple[date, datetime]:
    """The last day, then the start, for the order of the sessions."""
    slot = one.session.slot
    assert slot is not None
    start = slot.start
    return one.last_day, start if isinstance(start, datetime) else datetime.combine(start, time())


def provenance(is_measured: bool, is_stated: bool) -> str:
    return "mixed" if is_measured and is_stated else "measured" if is_measured else "stated"


def added(figures: Sequence[tuple[str, Told]], absent: str) -> Told:
    """The sum over the sessions of what is known; the others are named, and make it a lower bound."""
    known = [told for _, told in figures if told.value is not None]
    missing = tuple(session for session, told in figures if told.value is None)
    if not known:
        return Told(absent=absent, provenance="unknown", missing=missing)
    kinds = {told.provenance for told in known}
    whole, where = sum(told.value or 0 for told in known), provenance("measured" in kinds, "stated" in kinds)
    on = max((told.on for told in known if told.on), default=None)
    if missing:
        return Told(low=whole, provenance=where, missing=missing, on=on)
    return Told(whole, provenance=where, on=on)


def distinct(
    held: Sequence[Observed],
    absent: str,
    measured: Callable[[Observed], bool],
    persons: Callable[[Observed], set[Person]],
    stated: Callable[[Stated], int | None],
) -> Told:
    """Distinct persons, or between which numbers they are where sessions have a stated number or nothing."""
    known = [one for one in held if measured(one)]
    others = [(one, stated(one.session.stated) if one.session.stated else None) for one in held if one not in known]
    heads = [number for _, number in others if number is not None]
    missing = tuple(one.session.id for one, number in others if number is None)
    if not known and not heads:
        return Told(absent=absent, provenance="unknown", missing=missing)
    people = len(set[Person]().union(*map(persons, known)))
    low, high = max(people, *heads, 0), None if missing else people + sum(heads)
    told = Told(provenance=provenance(bool(known), bool(heads)), missing=missing, persons=people)
    days = (one.session.stated.on for one, number in others if one.session.stated and number is not None)
    told = replace(told, on=max((day for day in days if day), default=None))
    return replace(told, value=low) if low == high else replace(told, low=low, high=high)


def cycle_rates(every: Sequence[Observed], held: Sequence[Observed]) -> dict[str, Told]:
    """Of every session; those that are `held` are asked for their attendance."""
    both = [one for one in held if one.measured and one.registrations]
    names = ("mean-minutes", "median-minutes", "person-minutes", "weak-share")
    without = tuple(one.session.id for one in held if not one.measured)
    if len(without) == len(held):
        gone = Told(absent="no-attendance", provenance="unknown")
        found = dict.fromkeys(names, gone)
    else:
        everybody = set[Person]().union(*(one.attended for one in held))
        found = minutes_of([stay for one in held for stay in one.attending])
        found["weak-share"] = rate(sum(person.weak for person in everybody), len(everybody))
    found = {name: replace(told, missing=without) for name, told in found.items()}
    lacking = tuple(one.session.id for one in held if one not in both)
    if not both:
        why = "no-registrations" if any(one.measured for one in held) else "no-records"
        why = "no-attendance" if why == "no-records" and any(one.registrations for one in every) else why
        return found | {"attendance-rate": Told(absent=why, provenance="unknown", missing=lacking)}
    whole = sum(len(one.registered) for one in both)
    resting = len(set[Person]().union(*(one.registered for one in both)))
    told = rate(sum(len(one.registered & one.attended) for one in both), whole)
    told = replace(told if resting >= 3 else Told(absent="too-few"), persons=resting)
    return found | {"attendance-rate": replace(told, missing=lacking)}


def breakdowns(held: Sequence[Observed]) -> dict[str, Counter[str]]:
    everybody = set[Person]().union(*(one.attended for one in held))
    return {
        "types": Counter(person.body[0] for person in everybody),
        "territories": Counter(person.territory for person in everybody),
    }


def figures(
    programme: Programme,
    people: People,
    registrations: Sequence[Registration],
    visits: Sequence[Visit],
    views: Sequence[ViewCount],
    totals: Sequence[PlatformTotal],
    on: date | None = None,
) -> Reference:
    """Every figure of the cycle, as it stands on a day (None: when all is over)."""
    persons = persons_of([*registrations, *visits], people)
    observed = {
        session.id: Observed(
            session,
            ZoneInfo(programme.cycle.timezone),
            programme.attendance.clip,
            programme.attendance.minutes * 60,
            tuple(row for row in registrations if row.session == session.id),
            tuple(row for row in visits if row.session == session.id),
            persons,
            on,
        )
        for session in programme.sessions
    }
    held = [one for one in observed.values() if one.counts]
    videos = {
        name: videos_of(one.session, [row for row in views if row.session == name]) for name, one in observed.items()
    }
    told: dict[tuple[str | None, str], Told] = {}
    for name, one in observed.items():
        earlier = [other for other in held if one.counts and comes_before(other, one, held)]
        before = set[Person]().union(*(other.attended for other in earlier))
        own = session_figures(one, before) | view_figures(one, videos[name])
        told |= {(name, figure): found for figure, found in own.items()}

    to_come = {one.session.id for one in held if one.to_come}
    over = [one for one in held if not one.to_come]

    def sum_of(figure: str, absent: str, unasked: set[str]) -> Told:
        own = {one.session.id: told[one.session.id, figure] for one in held}
        return added([(name, one) for name, one in own.items() if name not in unasked or one.value is not None], absent)

    whole = {
        "registrations": sum_of("registered", "no-registrations", set()),
        "registrants": distinct(
            held,
            "no-registrations",
            lambda one: bool(one.registrations),
            lambda one: one.registered,
            lambda it: it.registered,
        ),
        "participations": sum_of("attended", "no-attendance", to_come),
        "people": distinct(
            [one for one in held if not one.to_come or told[one.session.id, "attended"].value is not None],
            "no-attendance",
            lambda one: one.measured,
            lambda one: one.attended,
            lambda it: it.participants,
        ),
        "views": sum_of("views", "no-records", to_come),
        **cycle_rates(held, over),
    }
    told |= {(None, figure): found for figure, found in whole.items()}
    groups = breakdowns(held)
    return Reference(
        figures={
            key: one if one.value is None else replace(one, low=one.value, high=one.value) for key, one in told.items()
        },
        curves={name: curve(one) for name, one in observed.items()},
        thresholds={name: thresholds(one) for name, one in observed.items()},
        platform={name: platform_figures(name, totals) for name in observed},
        hours={name: one.hours and (instant(one.hours[0]), instant(one.hours[1])) for name, one in observed.items()},
        hours_held={name: one.hours_held for name, one in observed.items()},
        without_times={
            name: sum(not stay.shown for stay in one.stays) if one.counts else 0 for name, one in observed.items()
        },
        attendance_rows=accounts(visits, observed),
        registration_rows=accounts(registrations, observed),
        distribution=dict(Counter(Counter(person for one in held for person in one.attended).values())),
        regions=dict(Counter(frozenset(axes) for axes in axes_of(held).values())),
        axes=dict(Counter(axis for axes in axes_of(held).values() for axis in axes)),
        overlap=dict(Counter(pair for axes in axes_of(held).values() for pair in combinations(sorted(axes), 2))),
        types=dict(groups["types"]),
        territories=dict(groups["territories"]),
        replays={name: known for name, found in videos.items() if observed[name].counts and (known := readings(found))},
    )


def comes_before(other: Observed, one: Observed, held: Sequence[Observed]) -> bool:
    return (*order(other), held.index(other)) < (*order(one), held.index(one))


def axes_of(held: Sequence[Observed]) -> dict[Person, set[str]]:
    found: dict[Person, set[str]] = {}
    for one in held:
        for person in one.attended:
            found.setdefault(person, set()).add(one.session.axis or "")
    return found


def accounts(rows: Sequence[Row], observed: dict[str, Observed]) -> dict[str | None, Account]:
    own = {name: account([row for row in rows if row.session == name], observed) for name in observed}
    return {None: account(rows, observed)} | own


OURS = {
    "max-concurrent": "peak",
    "unique-viewers": "attended",
    "participants": "attended",
    "attended": "attended",
    "registered": "registered",
}


def platform_figures(session: str, totals: Sequence[PlatformTotal]) -> tuple[tuple[str, str, int, str | None], ...]:
    own = ((one.platform, one.name, one.value, OURS.get(one.name)) for one in totals if one.session == session)
    return tuple(sorted(own, key=lambda one: one[:3]))
