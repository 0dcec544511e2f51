"""Figures said in public, held against what the programme itself knows; what cannot be proved is not said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from webcycle.programme import Claim, FigureName, Programme, Session, Stated

VerdictKind = Literal["holds", "contradicted", "unknown"]
Reason = Literal["counted", "already", "fewer", "more", "nothing", "incomplete", "distinct", "dated"]

_STATED: Mapping[str, str] = MappingProxyType(
    {"registrations": "registered", "participations": "participants", "people": "participants", "views": "views"}
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a figure on a day: at least `value` (None: nothing) and at most `most` (None: no bound).

    `missing` are the ids of the sessions whose share is not known.
    """

    figure: FigureName
    value: int | None
    most: int | None
    missing: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the two bounds leave one number."""
        return self.value is not None and self.value == self.most


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data say of a claim; `reason` and `values` name the sentence `claim.<reason>` of `webcycle.texts`."""

    kind: VerdictKind
    reason: Reason
    values: Mapping[str, str]


def ended_by(session: Session, on: date) -> bool:
    """Whether the slot of a session ended on that day or before it, whatever its status."""
    slot = session.slot
    if slot is None:
        return False
    return (slot.end.date() if isinstance(slot.end, datetime) else slot.end) <= on


def recompute(programme: Programme, figure: FigureName, on: date) -> Known:
    """The figure as the programme gives it for that day, counted over the confirmed sessions that had ended.

    Where nobody has stated anything nothing is known: a sum over no session is not nought.
    """
    held = _held(programme, on)
    if figure == "sessions-held":
        return Known(figure, len(held), len(held))
    counts = {session.id: _count(session, figure, on) for session in held if _has(session, figure)}
    if figure == "registrations":
        # People register before a session is held, so those to come have registrations that nobody has stated yet.
        counts |= {session.id: None for session in programme.sessions if _open(session) and session.id not in counts}
    given = [count for count in counts.values() if count is not None]
    missing = tuple(name for name, count in counts.items() if count is None)
    if not given:
        return Known(figure, None, None, missing)
    least = max(given) if figure == "people" else sum(given)
    return Known(figure, least, None if missing or _may_have_grown(held, figure, on) else sum(given), missing)


def counted(programme: Programme, figure: FigureName, on: date) -> tuple[Stated, ...]:
    """What was stated by hand and `recompute` counts for that day, in the order of the programme."""
    if figure == "sessions-held":
        return ()
    held = [session for session in _held(programme, on) if _count(session, figure, on) is not None]
    return tuple(session.stated for session in held if session.stated is not None)


def verdict(claim: Claim, known: Known) -> Verdict:
    """Whether every number that `known` allows fits the claim (holds), none does (contradicted), or only some do."""
    low, high = _bounds(claim)
    values = _values(claim, known)
    if known.most is not None and known.most < low:
        return Verdict("contradicted", "fewer", values)
    if known.value is not None and high is not None and known.value > high:
        return Verdict("contradicted", "more", values)
    if (known.value or 0) >= low and (high is None or known.exact):
        return Verdict("holds", "counted" if known.exact else "already", values)
    return Verdict("unknown", _doubt(known), values)


def notation(claim: Claim) -> str:
    """The claim in signs, the same in every language: "sessions-held = 10", "views > 3600"."""
    sign = "=" if claim.equals is not None else "≥" if claim.at_least is not None else ">"
    return f"{claim.figure} {sign} {_said(claim)}"


def _open(session: Session) -> bool:
    return session.status != "cancelled"


def _held(programme: Programme, on: date) -> list[Session]:
    return [session for session in programme.sessions if session.status == "confirmed" and ended_by(session, on)]


def _has(session: Session, figure: FigureName) -> bool:
    """Whether a session can have a share in a figure: nobody watches what was not recorded."""
    return figure != "views" or recordable(session)


def recordable(session: Session) -> bool:
    """Whether a recording of the session is to be expected, and so views of it."""
    return session.mode != "in-person" or session.recording is not None or _states_views(session)


def _states_views(session: Session) -> bool:
    return session.stated is not None and session.stated.views is not None


def _count(session: Session, figure: FigureName, on: date) -> int | None:
    stated = session.stated
    if stated is None or (figure == "views" and stated.on is not None and stated.on > on):
        return None
    count: int | None = getattr(stated, _STATED[figure])
    return count


def _may_have_grown(held: Iterable[Session], figure: FigureName, on: date) -> bool:
    """Replays go on being seen: views read on a day before are a lower bound only."""
    read = (session.stated.on for session in held if session.stated is not None)
    return figure == "views" and any(day is not None and day < on for day in read)


def _said(claim: Claim) -> int:
    return next(bound for bound in (claim.equals, claim.at_least, claim.more_than) if bound is not None)


def _bounds(claim: Claim) -> tuple[int, int | None]:
    """The least and the greatest number that fit the claim; None where there is no greatest."""
    said = _said(claim)
    return said + (claim.more_than is not None), said if claim.equals is not None else None


def _doubt(known: Known) -> Reason:
    if known.value is None:
        return "nothing"
    if known.missing:
        return "incomplete"
    return "dated" if known.most is None else "distinct"


def _counted(known: Known) -> str:
    least = known.value or 0
    if known.exact:
        return str(least)
    return f"≥ {least}" if known.most is None else f"{least}–{known.most}"


def _values(claim: Claim, known: Known) -> Mapping[str, str]:
    return MappingProxyType(
        {
            "claimed": notation(claim),
            "counted": _counted(known),
            "on": claim.on.isoformat(),
            "missing": ", ".join(known.missing),
        }
    )
