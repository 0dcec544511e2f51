"""What is announced of a cycle: its programme, a session, a change of one, its minutes, a publication."""

from __future__ import annotations

from datetime import date, datetime

from webcycle.documents.announce import change, minutes, notes, publication
from webcycle.documents.announce import programme as whole
from webcycle.documents.announce import session as invitation
from webcycle.documents.announce.releases import KINDS, OF_A_SESSION, Kind, release_of
from webcycle.documents.blocks import Document
from webcycle.documents.voice import Voice
from webcycle.errors import Language, RefusedError
from webcycle.programme import Programme, Resource, Session
from webcycle.programme.session import iso
from webcycle.values import Moment, day_of

__all__ = ["KINDS", "Kind", "build"]


def build(programme: Programme, kind: Kind, key: str | None, lang: Language, now: Moment) -> Document:
    """The document in `lang`, of the day of its release, else of `now`: a day, or an hour on the clocks of the zone.

    `key` is the id of a session of the programme or of a resource (None for one without an id). RefusedError for what
    would not be true: a session announced that is cancelled, the minutes of one that was not held yet.
    """
    voice = Voice.of_programme(programme, lang)
    release = release_of(programme, kind, key)
    issued = release.date if release is not None and release.date is not None else day_of(now)
    programme = programme.as_of(issued)
    if kind in OF_A_SESSION and key is not None:
        return _of_session(programme, kind, programme.session_by_id[key], voice, issued, now)
    if kind == "publication":
        return publication.build(programme, _resource(programme, key), voice, issued)
    return whole.build(programme, voice, issued)


def _resource(programme: Programme, key: str | None) -> Resource:
    return next(resource for resource in programme.resources if resource.id == key)


def _of_session(
    programme: Programme, kind: Kind, session: Session, voice: Voice, issued: date, now: Moment
) -> Document:
    if kind == "change":
        return change.build(programme, session, voice, issued)
    if kind == "minutes":
        _held(session, issued if issued < day_of(now) else now)
        return minutes.build(programme, session, voice, issued)
    if session.status == "cancelled":
        raise RefusedError("announce.cancelled", session=session.id)
    return invitation.build(programme, session, voice, issued)


def _held(session: Session, by: Moment) -> None:
    """RefusedError for a session that was not held to its end by then; one of days can be told of on its last day."""
    slot = session.slot
    if session.status in ("postponed", "cancelled") or slot is None:
        raise RefusedError("announce.not-held", session=session.id)
    if _is_after(slot.start, day_of(slot.start), by):
        raise RefusedError("announce.to-come", session=session.id, start=iso(slot.start), day=iso(by))
    if _is_after(slot.end, notes.last_day(slot), by):
        raise RefusedError("announce.not-over", session=session.id, end=iso(slot.end), day=iso(by))


def _is_after(moment: Moment, day: date, by: Moment) -> bool:
    """Whether a moment of that day comes after another one; where one of them has no hour, on a day after."""
    if isinstance(moment, datetime) and isinstance(by, datetime):
        return moment > by
    return day > day_of(by)
