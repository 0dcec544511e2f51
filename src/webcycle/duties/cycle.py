"""Duties of the cycle as a whole: personal data to delete, figures said in public that the data contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType

from webcycle import claims
from webcycle.claims import VerdictKind
from webcycle.duties.duty import Duty, Imported, State, state
from webcycle.programme import Programme, Session
from webcycle.values import after, day_of

_VERDICTS: Mapping[VerdictKind, State] = MappingProxyType(
    {"holds": "present", "contradicted": "late", "unknown": "not-applicable"}
)


def duties(programme: Programme, imported: Imported, now: datetime) -> Iterator[Duty]:
    """Those of no session; `now` is on the clocks of the cycle's zone."""
    until = kept_until(programme)
    stands: State = state(until, now) if imported.personal else "not-applicable"
    yield Duty("personal-data", None, until, stands, "privacy.purge-after")
    for claim in programme.claims:
        found = claims.verdict(claim, claims.recompute(programme, claim.figure, claim.on, imported.measured))
        values = MappingProxyType({**found.values, "said-in": claim.source, "reason": found.reason})
        yield Duty("claim", None, claim.on, _VERDICTS[found.kind], "claim.on", values)


def kept_until(programme: Programme) -> date | None:
    """The day until which personal data may be kept: the period of the programme after its last session's last day.

    None where no session has a date. Source of the period: ISO 8601; the day of a month that it lacks is its last one.
    """
    days = [day for session in programme.sessions if (day := _last(session)) is not None]
    return after(max(days), programme.privacy.purge_after) if days else None


def _last(session: Session) -> date | None:
    """The last day of a session, planned or held."""
    moments = [session.slot.end if session.slot else None, session.held.end if session.held else None]
    return max((day_of(moment) for moment in moments if moment is not None), default=None)
