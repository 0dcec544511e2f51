"""Rules about days and hours: when a session is, in what order, and how it looks in other zones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from webcycle import zones
from webcycle.checks.found import begins, finding, later, local, standing
from webcycle.errors import Finding, Language
from webcycle.programme import Programme, Session, Slot
from webcycle.programme.session import iso
from webcycle.values import Moment, day_of

_FAR = timedelta(minutes=60)
_INSTANT = timedelta(microseconds=1)
# A longer session meets a weekend or a holiday anyway.
_MOST_DAYS = 31
_SATURDAY_SUNDAY = frozenset({5, 6})


def _to_come(programme: Programme, now: datetime) -> Iterator[tuple[int, Session, Slot]]:
    """The sessions that can still be moved."""
    present = local(programme, now)
    return (found for found in standing(programme) if begins(found[2]) > present)


def _days(slot: Slot) -> Iterator[date]:
    first = day_of(slot.start)
    last = (slot.end - _INSTANT).date() if isinstance(slot.end, datetime) else slot.end
    return (first + timedelta(days=number) for number in range(min((last - first).days + 1, _MOST_DAYS)))


def _country(code: str | None) -> Any:
    """What the `holidays` package knows of a country; None where it knows nothing."""
    if code is None:
        return None
    import holidays  # noqa: PLC0415 - a cycle that is over must not pay for it

    return getattr(holidays, code, None)


@cache
def _holidays(country: str, lang: Language, year: int) -> MappingProxyType[date, str]:
    """The public holidays of a year with their names, in that language where the package has it, else the country's."""
    found = _country(country)
    if found is None:
        return MappingProxyType({})
    # A language that is not named here is taken from the environment, and the same input would give other words.
    mine = sorted(one for one in found.supported_languages if one == lang or one.startswith(f"{lang}_"))
    language = mine[0] if mine else found.default_language
    return MappingProxyType(dict(found(years=year, language=language)))


def weekends(programme: Programme, now: datetime) -> Iterator[Finding]:
    """A session to come is not on the weekend of the organiser's country."""
    code = programme.organiser.country
    weekend: frozenset[int] | None = None
    for index, session, slot in _to_come(programme, now):
        if weekend is None:
            weekend = frozenset(getattr(_country(code), "weekend", _SATURDAY_SUNDAY))
        met = next((one for one in _days(slot) if one.weekday() in weekend), None)
        if met is not None:
            yield finding("weekend", "session", index, "start", found=session.id, day=met.isoformat())


def public_holidays(programme: Programme, now: datetime) -> Iterator[Finding]:
    """A session to come is not on a public holiday of the organiser's country."""
    country, lang = programme.organiser.country, programme.cycle.language
    if country is None:
        return
    for index, session, slot in _to_come(programme, now):
        for one in _days(slot):
            if name := _holidays(country, lang, one.year).get(one):
                values = {"day": one.isoformat(), "name": name, "country": country}
                yield finding("public-holiday", "session", index, "start", found=session.id, **values)
                break


def past_tentative(programme: Programme, now: datetime) -> Iterator[Finding]:
    """A session whose day is past is confirmed, postponed or cancelled, no longer tentative."""
    present = local(programme, now)
    for index, session, slot in standing(programme):
        if session.status == "tentative" and later(present, slot.start):
            yield finding("past-tentative", "session", index, "status", found=session.id, start=iso(slot.start))


def out_of_order(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Sessions are listed by date."""
    before: tuple[Session, Slot] | None = None
    for index, session, slot in standing(programme):
        if before is not None and later(before[1].start, slot.start):
            values = {"start": iso(slot.start), "other": before[0].id, "before": iso(before[1].start)}
            yield finding("out-of-order", "session", index, "start", found=session.id, **values)
        before = session, slot


def deadlines(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Registration closes, and the connection details are sent, no later than the session starts."""
    for index, session, slot in standing(programme):
        if session.registration is None:
            continue
        told = session.registration
        dated = (
            ("deadline-after-start", "deadline", told.deadline),
            ("details-after-start", "details-sent", told.details_sent),
        )
        for code, key, moment in dated:
            if moment is not None and later(moment, slot.start):
                values = {"found": iso(moment), "start": iso(slot.start)}
                yield finding(code, "session", index, "registration", key, **values)


def held_far(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The window in which a session was held starts and ends within an hour of the planned one."""
    for index, session, slot in standing(programme):
        if session.held is None:
            continue
        for key, held, planned in (
            ("start", session.held.start, slot.start),
            ("end", session.held.end, slot.end),
        ):
            if _far(held, planned):
                yield finding("held-far", "session", index, "held", key, found=iso(held), planned=iso(planned))


def _far(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) > _FAR
    return day_of(one) != day_of(other)


def _instants(programme: Programme) -> list[tuple[int, Session, datetime]]:
    """The starts that have an hour, as instants in the cycle's zone."""
    return [
        (index, session, programme.aware(slot.start))
        for index, session, slot in standing(programme)
        if isinstance(slot.start, datetime)
    ]


def duplicate_also_show(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A zone whose hours are shown beside is listed once."""
    shown = programme.cycle.also_show
    for index, name in enumerate(shown):
        if name in shown[:index]:
            yield finding("duplicate-also-show", "cycle", "also-show", index, zone=name)


def unused_also_show(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A zone whose hours are shown beside has, for at least one session, other hours than the cycle's."""
    own, shown = programme.cycle.timezone, programme.cycle.also_show
    starts = _instants(programme) if shown else []
    for index, name in enumerate(shown):
        zone = zones.zone(name)
        same = starts and all(start.utcoffset() == start.astimezone(zone).utcoffset() for _i, _s, start in starts)
        if name == own or same:
            yield finding("unused-also-show", "cycle", "also-show", index, zone=name, own=own)


def day_changes(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A session is on the same day in every zone whose hours are shown: at 00:00 in Nouméa it is the day after."""
    shown = tuple(dict.fromkeys(programme.cycle.also_show))
    starts = _instants(programme) if shown else []
    for name in shown:
        zone = zones.zone(name)
        for index, session, start in starts:
            there = start.astimezone(zone)
            if there.date() != start.date():
                values = {"zone": name, "there": iso(there), "here": iso(start)}
                yield finding("day-change-elsewhere", "session", index, "start", found=session.id, **values)
