"""Dates to confirm, registrations that close, connection details to send."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import MappingProxyType

from webcycle.checks.found import begins
from webcycle.duties.duty import Duty, Kind, State, past, state
from webcycle.programme import Programme, Session, Slot
from webcycle.programme.session import iso
from webcycle.values import Moment, day_of

CONFIRMED = timedelta(days=14)
"""A date stands two weeks before a session, so that people can still arrange to come."""


def duties(programme: Programme, session: Session, now: datetime) -> Iterator[Duty]:
    """Those of one session; `now` is on the clocks of the cycle's zone."""
    yield from _date(session, now)
    if programme.cycle.times_provisional:
        yield _sending(programme, session, now, "hours")
    if session.registration is not None and session.registration.deadline is not None:
        yield _deadline(session, session.registration.deadline, now)
    yield _sending(programme, session, now, "details")


def standing(session: Session) -> Slot | None:
    """The slot of a session that is meant to take place."""
    return session.slot if session.status in ("tentative", "confirmed") else None


def _date(session: Session, now: datetime) -> Iterator[Duty]:
    """A tentative date is confirmed in time; of a postponed session the new one is told before the old one comes."""
    slot, source = session.slot, "session.status"
    if session.status == "postponed":
        given_up = day_of(slot.start) if slot is not None else None
        yield Duty("new-date", session.id, given_up, state(given_up, now), source)
    elif slot is not None:
        values = MappingProxyType({"start": iso(slot.start)})
        if session.status == "cancelled":
            yield Duty("date", session.id, None, "not-applicable", source, values)
            return
        due = (begins(slot) - CONFIRMED).date()
        yield Duty("date", session.id, due, state(due, now, done=session.status == "confirmed"), source, values)


def _deadline(session: Session, deadline: Moment, now: datetime) -> Duty:
    """Registrations close by themselves: that is never late."""
    source = "session.registration.deadline"
    if standing(session) is None:
        return Duty("deadline", session.id, deadline, "not-applicable", source)
    return Duty("deadline", session.id, deadline, "present" if past(deadline, now) else "due", source)


def _sending(programme: Programme, session: Session, now: datetime, kind: Kind) -> Duty:
    """The hours are confirmed with the details.

    Where the programme says when they are sent, they are, then; else they are owed some days before, until it begins.
    """
    slot = standing(session)
    sent = session.registration.details_sent if session.registration is not None else None
    source = "mail.details-before" if sent is None else "session.registration.details-sent"
    if slot is None or not (_has_hours(slot) if kind == "hours" else _has_details(session)):
        return Duty(kind, session.id, None, "not-applicable", source)
    if sent is not None:
        return Duty(kind, session.id, sent, "present" if past(sent, now) else "due", source)
    due = (begins(slot) - timedelta(days=programme.mail.details_before)).date()
    stands: State = "not-applicable" if begins(slot) <= now else state(due, now)
    return Duty(kind, session.id, due, stands, source)


def _has_hours(slot: Slot) -> bool:
    return not slot.all_day


def _has_details(session: Session) -> bool:
    """Whether there is something to send to somebody: nobody connects to a room of bricks."""
    return session.mode != "in-person" and (session.registration is not None or session.join is not None)
