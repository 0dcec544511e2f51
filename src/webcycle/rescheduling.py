"""The life of a date, as edits of the programme: a session is moved, given up, confirmed, reinstated, or a key set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from webcycle import source
from webcycle.errors import KeyPath, RefusedError
from webcycle.programme import Programme, Session
from webcycle.values import Moment

# After which keys of a session a new one stands.
_AFTER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "end": ("start",),
        "status": ("start", "end", "duration"),
        "moved-from": ("start", "end", "duration", "status"),
        "reason": ("start", "end", "duration", "status", "moved-from"),
    }
)
# What must not be set by hand: an id is permanent, and a date leaves a trace when it moves.
_KEPT = frozenset({"id", "start", "end", "duration", "moved-from"})
_KEY = re.compile(r"[a-z-]+(?:\.(?:[a-z-]+|\d{1,4}))*")


def moved(raw: bytes, programme: Programme, session: Session, to: Moment, end: Moment | None = None) -> bytes:
    """`raw` with the session at another date, for which it is confirmed unless it is tentative; its former start is
    kept.

    It keeps its length without `end`. Raises RefusedError where it stands there already, or where the length in hours
    is not known because only days were.
    """
    if session.start == to and session.status in ("tentative", "confirmed") and end in (None, session.end):
        raise RefusedError("date.not-moved", session=session.id)
    if session.start is not None and session.start != to and session.start != _given_up_last(session):
        raw = _added(raw, programme, session, "moved-from", session.start)
    raw = _set(raw, programme, session, "start", to)
    raw = _with_end(raw, programme, session, to, end)
    if session.status in ("postponed", "cancelled"):
        raw = _set(raw, programme, session, "status", "confirmed")
    return raw


def _with_end(raw: bytes, programme: Programme, session: Session, to: Moment, end: Moment | None) -> bytes:
    if end is None and session.duration is not None and isinstance(to, datetime):
        return raw
    raw = _unset(raw, programme, session, "duration")
    last = end if end is not None else _last(session, to)
    if last is None:
        return _unset(raw, programme, session, "end")
    return _set(raw, programme, session, "end", last)


def _last(session: Session, to: Moment) -> Moment | None:
    """The end that keeps the length; None for a day alone."""
    slot = session.slot
    if not isinstance(to, datetime):
        days = slot.end.toordinal() - slot.start.toordinal() if slot is not None and slot.all_day else 0
        return _later(to, timedelta(days=days)) if days else None
    if slot is None or not isinstance(slot.start, datetime) or not isinstance(slot.end, datetime):
        raise RefusedError("date.no-length", session=session.id)
    return _later(to, slot.end - slot.start)


def _later(to: Moment, length: timedelta) -> Moment:
    """The moment after that length; past the last year the start, which `check` then says is too far."""
    try:
        return to + length
    except OverflowError:
        return to


def postponed(raw: bytes, programme: Programme, session: Session) -> bytes:
    """`raw` with the session postponed, its new date to come: the slot that is given up stays."""
    if session.status == "cancelled":
        raise RefusedError("date.cancelled", session=session.id)
    return _set(raw, programme, session, "status", "postponed")


def cancelled(raw: bytes, programme: Programme, session: Session) -> bytes:
    """`raw` with the session cancelled."""
    return _set(raw, programme, session, "status", "cancelled")


def confirmed(raw: bytes, programme: Programme, session: Session) -> bytes:
    """`raw` with the session confirmed; RefusedError for one that was given up."""
    if session.status == "postponed":
        raise RefusedError("date.to-come", session=session.id)
    if session.status == "cancelled":
        raise RefusedError("date.cancelled", session=session.id)
    return raw if session.status == "confirmed" else _set(raw, programme, session, "status", "confirmed")


def reinstated(raw: bytes, programme: Programme, session: Session) -> bytes:
    """`raw` with the session at the date that was given up; the reason for that goes.

    The date is kept among the former ones too, so that it can be told that it stands again. A session that was not
    given up is left as it is. Raises RefusedError where there is no date to go back to.
    """
    if session.status not in ("postponed", "cancelled"):
        return raw
    if session.start is None:
        raise RefusedError("date.none", session=session.id)
    raw = _set(raw, programme, session, "status", "confirmed")
    if session.start != _given_up_last(session):
        raw = _added(raw, programme, session, "moved-from", session.start)
    return _unset(raw, programme, session, "reason")


def _given_up_last(session: Session) -> Moment | None:
    return session.moved_from[-1] if session.moved_from else None


def with_reason(raw: bytes, programme: Programme, session: Session, reason: str) -> bytes:
    """`raw` with the reason of a change."""
    return _set(raw, programme, session, "reason", reason)


def without_former_reason(raw: bytes, programme: Programme, session: Session) -> bytes:
    """`raw` without the reason of a move that was made before the present one: it is not that of what happens now.

    What was given up keeps it: that it gets a new date follows from the same.
    """
    if session.status in ("postponed", "cancelled") or not session.moved_from:
        return raw
    return _unset(raw, programme, session, "reason")


def with_value(raw: bytes, programme: Programme, session: Session, key: str, value: Any) -> bytes:
    """`raw` with a key of the session set: "title", "recording.url", "documents.slides.url" (of the first of that kind,
    or `documents.2.url` by its place).

    Raises RefusedError for a key that must not be set, or cannot be.
    """
    path = _path(session, key)
    if path[0] == "documents" and path[1] == len(session.documents):
        return source.add_item(raw, (*_place(programme, session), "documents"), _document(key, value))
    return source.assign(raw, (*_place(programme, session), *path), value, after=_AFTER.get(key, ()))


def without_value(raw: bytes, programme: Programme, session: Session, key: str) -> bytes:
    """`raw` without a key of the session; RefusedError as above, and where it is not there."""
    return source.remove(raw, (*_place(programme, session), *_path(session, key)))


def _path(session: Session, key: str) -> KeyPath:
    if not _KEY.fullmatch(key):
        raise RefusedError("date.key", found=key)
    path = key.split(".")
    if path[0] in _KEPT:
        raise RefusedError("date.kept-id" if path[0] == "id" else "date.kept", found=key, session=session.id)
    if path[0] != "documents":
        return tuple(path)
    if len(path) != 3:
        raise RefusedError("date.document-key", found=key)
    return ("documents", _document_index(session, path[1]), path[2])


def _document_index(session: Session, named: str) -> int:
    """The place of a document, by its kind or by its number from 1; one past the last for a kind that is not there."""
    count = len(session.documents)
    if named.isdigit():
        if not 1 <= int(named) <= count:
            raise RefusedError("date.no-document", session=session.id, number=named)
        return int(named) - 1
    return next((index for index, one in enumerate(session.documents) if one.kind == named), count)


def _document(key: str, value: Any) -> dict[str, Any]:
    _, kind, name = key.split(".")
    return {"kind": kind, name: value}


# ---- one key of a session


def _place(programme: Programme, session: Session) -> KeyPath:
    return ("session", next(index for index, one in enumerate(programme.sessions) if one.id == session.id))


def _set(raw: bytes, programme: Programme, session: Session, key: str, value: Any) -> bytes:
    return source.assign(raw, (*_place(programme, session), key), value, after=_AFTER.get(key, ()))


def _added(raw: bytes, programme: Programme, session: Session, key: str, value: Any) -> bytes:
    return source.add_item(raw, (*_place(programme, session), key), value, after=_AFTER.get(key, ()))


def _unset(raw: bytes, programme: Programme, session: Session, key: str) -> bytes:
    held = getattr(session, key.replace("-", "_"))
    return raw if held is None else source.remove(raw, (*_place(programme, session), key))
