"""What a session owes its public once it was held, and by when: the one rule of `check` and of `status`."""

from __future__ import annotations

from datetime import date, timedelta

from webcycle.checks.found import ends
from webcycle.programme import Document, Programme, Session, Slot

GRACE = timedelta(days=14)


def due(slot: Slot, promised: date | None = None) -> date:
    """The last day on which it is in time: the one that was promised, else two weeks after the session."""
    return promised or (ends(slot) + GRACE).date()


def published(document: Document) -> bool:
    """Whether readers have it: its address is known, or the day of its publication."""
    return document.url is not None or document.published is not None


def records(programme: Programme) -> bool:
    """Whether the cycle publishes recordings."""
    return any(session.recording is not None for session in programme.sessions)


def recordable(session: Session) -> bool:
    """Whether a recording of the session is expected where the cycle publishes them."""
    return session.mode != "in-person"
