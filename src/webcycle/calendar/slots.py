"""Slots on the clocks of the cycle's zone, and the instants that they stand for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from webcycle.programme import Programme, Session, Slot
from webcycle.values import Moment, day_of


def given_up(session: Session) -> bool:
    """Whether nobody should come at the hour that the session stands at."""
    return session.status in ("cancelled", "postponed")


def move(session: Session) -> Literal["moved", "earlier"] | None:
    """How a session was moved from the date that stood before; None where it never was, or stands at a former one."""
    start = session.start
    if not session.moved_from or start in session.moved_from:
        return None
    before = session.moved_from[-1]
    if start is None or session.status == "postponed":
        return "moved"
    if isinstance(start, datetime) and isinstance(before, datetime):
        return "earlier" if start < before else "moved"
    return "earlier" if day_of(start) < day_of(before) else "moved"


def instants(programme: Programme, slot: Slot) -> tuple[datetime, datetime]:
    """Start and end as instants in the cycle's zone; of days, the midnights at which they begin."""
    return _aware(programme, slot.start), _aware(programme, slot.end)


def _aware(programme: Programme, moment: Moment) -> datetime:
    return programme.aware(moment if isinstance(moment, datetime) else datetime.combine(moment, time()))


def local(programme: Programme, start: date | datetime, end: date | datetime) -> Slot:
    """A slot kept as instants (or as days), on the clocks of the cycle's zone now."""
    return Slot(_shown(programme, start), _shown(programme, end))


def _shown(programme: Programme, moment: date | datetime) -> Moment:
    return programme.local(moment).replace(tzinfo=None, fold=0) if isinstance(moment, datetime) else moment
