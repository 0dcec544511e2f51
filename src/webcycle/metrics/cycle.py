"""The figures of the whole cycle: sums over sessions, and distinct people with bounds where they are not all known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from webcycle.metrics.results import (
    Absence,
    CycleFigure,
    Figure,
    Number,
    Provenance,
    SessionFigure,
    SessionResults,
)
from webcycle.metrics.rows import Row
from webcycle.metrics.session import Time, share, times


def figures(sessions: Sequence[SessionResults], counts: Row, attendance: Row) -> Iterator[Figure]:
    """The figures of the cycle, from those of its sessions and what the views say of all of them together."""
    yield registrations(sessions)
    yield registrants(sessions, counts["registrants"], counts["registrants"])
    yield participations(sessions)
    yield people(sessions, counts["people"], counts["people"])
    yield _rate(sessions, counts["measured_registrants"])
    yield from _times(sessions, counts, attendance)
    yield _weak(sessions, counts)
    yield _sum("views", "views", sessions, "no-records")


def registrations(sessions: Sequence[SessionResults]) -> Figure:
    """The sum of those of the sessions."""
    return _sum("registrations", "registered", sessions, "no-registrations")


def participations(sessions: Sequence[SessionResults]) -> Figure:
    """The sum of who came to each session."""
    return _sum("participations", "attended", sessions, "no-attendance")


def registrants(sessions: Sequence[SessionResults], least: int, most: int) -> Figure:
    """Distinct persons registered, between so many of them in the sessions that were measured."""
    return _distinct("registrants", "registered", sessions, (least, most), "no-registrations")


def people(sessions: Sequence[SessionResults], least: int, most: int) -> Figure:
    """Distinct persons who came, between so many of them in the sessions that were measured."""
    return _distinct("people", "attended", sessions, (least, most), "no-attendance")


def _told(name: SessionFigure, sessions: Iterable[SessionResults]) -> list[Figure]:
    """A figure of every session that the cycle's figure asks for: not of those that were not held."""
    found = (one.figure(name) for one in sessions)
    return [figure for figure in found if figure.absent != "not-held"]


def _sum(name: CycleFigure, of: SessionFigure, sessions: Sequence[SessionResults], otherwise: Absence) -> Figure:
    told = _told(of, sessions)
    known = [figure for figure in told if figure.value is not None]
    if not known:
        return Figure(name, None, absent=otherwise, provenance="unknown", missing=_missing(told))
    total = sum((figure.value for figure in known if figure.value is not None), start=0)
    return _bounded(name, told, total, None if len(known) < len(told) else total)


def _bounded(
    name: CycleFigure, told: Sequence[Figure], low: Number, high: Number | None, persons: int | None = None
) -> Figure:
    return Figure(
        name=name,
        session=None,
        value=low if low == high else None,
        low=low,
        high=high,
        provenance=_provenance(told),
        persons=persons,
        sources=_sources(told),
        missing=_missing(told),
        on=max((figure.on for figure in told if figure.on), default=None),
    )


def _missing(told: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(figure.session for figure in told if figure.value is None and figure.session is not None)


def _sources(told: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for figure in told for source in figure.sources))


def _provenance(told: Iterable[Figure]) -> Provenance:
    said = {figure.provenance for figure in told if figure.value is not None}
    return said.pop() if len(said) == 1 else "mixed"


def _distinct(
    name: CycleFigure,
    of: SessionFigure,
    sessions: Sequence[SessionResults],
    measured: tuple[int, int],
    otherwise: Absence,
) -> Figure:
    """Distinct persons; those of sessions with a stated number only may be the same or others."""
    told = _told(of, sessions)
    if all(figure.value is None for figure in told):
        return Figure(name, None, absent=otherwise, provenance="unknown", missing=_missing(told))
    stated = [int(figure.value) for figure in told if figure.provenance == "stated" and figure.value is not None]
    least, most = measured
    high = None if any(figure.value is None for figure in told) else most + sum(stated)
    return _bounded(name, told, max(least, *stated, 0), high, persons=least if least == most else None)


def _measured(name: SessionFigure, sessions: Iterable[SessionResults]) -> list[Figure]:
    return [figure for figure in _told(name, sessions) if figure.provenance == "measured" and figure.absent is None]


def _unmeasured(sessions: Iterable[SessionResults]) -> tuple[str, ...]:
    """The sessions that were held and whose attendance nothing was imported of."""
    return tuple(one.session for one in sessions if one.figure("mean-minutes").absent == "no-attendance")


def _rate(sessions: Sequence[SessionResults], persons: int) -> Figure:
    """Over the sessions of which both registrations and attendance are measured."""
    both = [one for one in sessions if one.figure("registered-attended").value is not None]
    lacking = tuple(
        one.session for one in sessions if one.figure("registered-attended").absent not in (None, "not-held")
    )
    if not both:
        why: Absence = "no-records"
        if _measured("attended", sessions):
            why = "no-registrations"
        elif _measured("registered", sessions):
            why = "no-attendance"
        return Figure("attendance-rate", None, absent=why, provenance="unknown", missing=lacking)
    part = sum(int(one.figure("registered-attended").value or 0) for one in both)
    whole = sum(int(one.figure("registered").value or 0) for one in both)
    sources = _sources(one.figure("registered-attended") for one in both)
    return share(Figure("attendance-rate", None, sources=sources, missing=lacking), part, whole, persons)


def _times(sessions: Sequence[SessionResults], counts: Row, attendance: Row) -> Iterator[Figure]:
    measured = _measured("attended", sessions)
    lacking = _unmeasured(sessions)
    for time in times(attendance, counts["people"], counts["with_time"]):
        if not measured:
            yield Figure(time.name, None, absent="no-attendance", provenance="unknown", missing=lacking)
        else:
            yield _time(time, _sources(measured), lacking)


def _time(time: Time, sources: tuple[str, ...], lacking: tuple[str, ...]) -> Figure:
    if time.value is None:
        return Figure(time.name, None, absent=time.absent, persons=time.persons, sources=sources, missing=lacking)
    return Figure(
        time.name, None, time.value, time.value, time.value, persons=time.persons, sources=sources, missing=lacking
    )


def _weak(sessions: Sequence[SessionResults], counts: Row) -> Figure:
    lacking = _unmeasured(sessions)
    measured = _measured("attended", sessions)
    if not measured:
        return Figure("weak-share", None, absent="no-attendance", provenance="unknown", missing=lacking)
    return share(
        Figure("weak-share", None, sources=_sources(measured), missing=lacking), counts["weak"], counts["people"]
    )
