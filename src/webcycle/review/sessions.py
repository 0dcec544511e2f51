"""The sessions as a review tells them: their state, who came, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from webcycle import claims
from webcycle.metrics.results import SessionResults
from webcycle.programme import Programme, Session
from webcycle.review.facts import RATED, AxisGroup, Gap, GapKind, SessionRow, State
from webcycle.review.figures import Evidence
from webcycle.values import Moment


def row_of(session: Session, found: Evidence) -> SessionRow:
    """The row of a session, measured where it can be."""
    state = _state(session, found.by)
    stated = {one.key: one.stated for one in claims.contradicted(session, found.measured)}
    row = SessionRow(
        session=session,
        state=state,
        registered=claims.count(session, "registrations", found.issued, found.measured),
        participants=claims.count(session, "participations", found.issued, found.measured) if state == "held" else None,
        views=claims.count(session, "views", found.views_read, found.measured) if state == "held" else None,
        views_on=_read_on(session, found) if state == "held" else None,
        stated=stated,
    )
    measured = state == "held" and session.id in found.measured.sessions
    return _rated(row, found.results.of(session.id)) if measured and found.results else row


def _rated(row: SessionRow, results: SessionResults) -> SessionRow:
    """The row with what only records tell."""
    rate, peak, median = (results.figure(name).value for name in RATED)
    return replace(row, rate=rate, peak=peak, median=median)


def _read_on(session: Session, found: Evidence) -> date | None:
    """The day of the last reading of its views that is counted."""
    read = [day for day, _ in found.measured.of(session).views if day <= found.views_read]
    stated = session.stated.on if session.stated is not None and session.stated.views is not None else None
    return max(read) if read else stated


def _state(session: Session, by: Moment) -> State:
    if session.status != "confirmed":
        return session.status
    return "held" if claims.ended_by(session, by) else "to-come"


def axes(programme: Programme) -> Iterator[AxisGroup]:
    """The axes with the sessions that are not given up, then those without an axis."""
    told = [session for session in programme.sessions if session.status != "cancelled"]
    for axis in programme.axes:
        if chosen := tuple(session for session in told if session.axis == axis.id):
            yield AxisGroup(axis, chosen)
    known = {axis.id for axis in programme.axes}
    if programme.axes and (rest := tuple(session for session in told if session.axis not in known)):
        yield AxisGroup(None, rest)


def gaps(found: Evidence, rows: tuple[SessionRow, ...]) -> Iterator[Gap]:
    """What a reader would ask for and nobody knows."""
    held = [row for row in rows if row.state == "held"]
    lacking: tuple[tuple[GapKind, list[SessionRow]], ...] = (
        ("attendance", [row for row in held if row.participants is None]),
        ("views", [row for row in held if row.views is None and claims.recordable(row.session, found.measured)]),
        ("recording", [row for row in held if row.session.recording is None and row.session.mode != "in-person"]),
        ("documents", [row for row in held if not any(document.url for document in row.session.documents)]),
    )
    for kind, rows_without in lacking:
        if rows_without:
            yield Gap(kind, tuple(row.session.id for row in rows_without))
    programme = found.programme
    own = programme.cycle.language
    if bare := tuple(link.title.pick(own, own)[0] for link in programme.links if link.url is None):
        yield Gap("address", bare)
