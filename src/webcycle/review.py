"""The facts and figures of a cycle's review, each figure with its provenance, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from webcycle import claims
from webcycle.programme import Axis, Claim, FigureName, Programme, Release, Session

Bound = Literal["exact", "at-least", "more-than"]
Provenance = Literal["programme", "stated", "claimed", "unknown"]
State = Literal["held", "to-come", "tentative", "postponed", "cancelled"]
GapKind = Literal["attendance", "views", "recording", "documents", "address"]

FIGURES: tuple[FigureName, ...] = ("sessions-held", "registrations", "participations", "people", "views")
_COUNTED_FROM_PROGRAMME: FigureName = "sessions-held"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the cycle: its value or bound, where it comes from, and which sessions it lacks.

    `value` is None when nothing is known; it is never 0 for want of data.
    """

    name: FigureName
    value: int | None
    bound: Bound
    provenance: Provenance
    sources: tuple[str, ...] = ()
    on: date | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as the review tells it; a count is None when it is not known."""

    session: Session
    state: State
    registered: int | None
    participants: int | None
    views: int | None


@dataclass(frozen=True, slots=True)
class AxisGroup:
    """An axis and its sessions, in the order of the programme; `axis` is None for sessions without one."""

    axis: Axis | None
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the review would say if it were known: which, and for which sessions or links."""

    kind: GapKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """A figure said in public, and what the data say of it."""

    claim: Claim
    verdict: claims.Verdict


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that the review of a cycle says, as of the day on which it is issued."""

    programme: Programme
    issued: date
    release: Release | None
    rows: tuple[SessionRow, ...]
    axes: tuple[AxisGroup, ...]
    figures: tuple[Figure, ...]
    claims: tuple[ClaimVerdict, ...]
    gaps: tuple[Gap, ...]

    def figure(self, name: FigureName) -> Figure:
        """The figure of that name."""
        return next(figure for figure in self.figures if figure.name == name)


def review(programme: Programme, now: datetime) -> Review:
    """The review of a programme, as of its release date, else of the day that `now` (aware) is in the cycle's zone."""
    release = next((release for release in programme.releases if release.kind == "review"), None)
    today = programme.local(now).date()
    issued = release.date if release is not None and release.date is not None else today
    rows = tuple(_row(session, issued) for session in programme.chronological())
    return Review(
        programme=programme,
        issued=issued,
        release=release,
        rows=rows,
        axes=tuple(_axes(programme)),
        figures=tuple(_figure(programme, name, issued) for name in FIGURES),
        claims=tuple(_judged(programme, claim) for claim in programme.claims),
        gaps=tuple(_gaps(programme, rows)),
    )


def _row(session: Session, issued: date) -> SessionRow:
    stated, state = session.stated, _state(session, issued)
    attended = stated if state == "held" else None
    return SessionRow(
        session=session,
        state=state,
        registered=stated.registered if stated else None,
        participants=attended.participants if attended else None,
        views=attended.views if attended else None,
    )


def _state(session: Session, issued: date) -> State:
    if session.status != "confirmed":
        return session.status
    return "held" if claims.ended_by(session, issued) else "to-come"


def _axes(programme: Programme) -> Iterator[AxisGroup]:
    told = [session for session in programme.sessions if session.status != "cancelled"]
    for axis in programme.axes:
        if chosen := tuple(session for session in told if session.axis == axis.id):
            yield AxisGroup(axis, chosen)
    known = {axis.id for axis in programme.axes}
    if programme.axes and (rest := tuple(session for session in told if session.axis not in known)):
        yield AxisGroup(None, rest)


def _figure(programme: Programme, name: FigureName, issued: date) -> Figure:
    """What is counted wins over what was claimed, but for a claim that says more and that no count contradicts."""
    known = claims.recompute(programme, name, issued)
    if known.value is not None and known.exact:
        return _counted(programme, known, issued)
    if said := [claim for claim in programme.claims if claim.figure == name and _stands_in(programme, claim, issued)]:
        return _claimed(max(said, key=lambda claim: claim.on), known.missing)
    if known.value:
        return _counted(programme, known, issued)
    return Figure(name, None, "exact", "unknown", missing=known.missing)


def _stands_in(programme: Programme, claim: Claim, issued: date) -> bool:
    """Whether a claim tells what the counts leave open, on its own day and on that of the review."""
    days = (claim.on, issued) if claim.on <= issued else ()
    verdicts = [claims.verdict(claim, claims.recompute(programme, claim.figure, day)).kind for day in days]
    return verdicts[-1:] == ["unknown"] and "contradicted" not in verdicts


def _counted(programme: Programme, known: claims.Known, issued: date) -> Figure:
    """The figure of a count, with its sources and the day of the last of them; one without a day counts as of today."""
    stated = claims.counted(programme, known.figure, issued)
    return Figure(
        name=known.figure,
        value=known.value,
        bound="exact" if known.exact else "at-least",
        provenance="programme" if known.figure == _COUNTED_FROM_PROGRAMME else "stated",
        sources=tuple(dict.fromkeys(one.source for one in stated)),
        on=max((one.on or issued for one in stated), default=issued),
        missing=known.missing,
    )


def _claimed(claim: Claim, missing: tuple[str, ...]) -> Figure:
    bounds: tuple[tuple[int | None, Bound], ...] = (
        (claim.equals, "exact"),
        (claim.at_least, "at-least"),
        (claim.more_than, "more-than"),
    )
    value, bound = next((value, bound) for value, bound in bounds if value is not None)
    return Figure(claim.figure, value, bound, "claimed", (claim.source,), claim.on, missing)


def _judged(programme: Programme, claim: Claim) -> ClaimVerdict:
    return ClaimVerdict(claim, claims.verdict(claim, claims.recompute(programme, claim.figure, claim.on)))


def _gaps(programme: Programme, rows: tuple[SessionRow, ...]) -> Iterator[Gap]:
    held = [row for row in rows if row.state == "held"]
    lacking: tuple[tuple[GapKind, list[SessionRow]], ...] = (
        ("attendance", [row for row in held if row.participants is None]),
        ("views", [row for row in held if row.views is None and claims.recordable(row.session)]),
        ("recording", [row for row in held if row.session.recording is None and row.session.mode != "in-person"]),
        ("documents", [row for row in held if not any(document.url for document in row.session.documents)]),
    )
    for kind, found in lacking:
        if found:
            yield Gap(kind, tuple(row.session.id for row in found))
    own = programme.cycle.language
    if bare := tuple(link.title.pick(own, own)[0] for link in programme.links if link.url is None):
        yield Gap("address", bare)
