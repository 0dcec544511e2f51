"""Documents and recordings that a session owes: what the programme lists, and recordings where a cycle has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType
from typing import get_args

from webcycle.checks import owed
from webcycle.duties.duty import Duty, state
from webcycle.programme import Document, DocumentKind, Session, Slot

_KINDS: tuple[DocumentKind, ...] = tuple(kind for kind in get_args(DocumentKind) if kind != "other")


def duties(session: Session, now: datetime, *, recorded: bool) -> Iterator[Duty]:
    """Those of one session; `now` is on the clocks of the cycle's zone, `recorded` whether the cycle has recordings.

    A kind of document that is not listed is not owed.
    """
    slot = session.slot if session.status == "confirmed" else None
    yield _recording(session, slot, now, recorded=recorded)
    for document in session.documents:
        yield _listed(session, document, slot, now)
    for kind in _KINDS:
        if all(document.kind != kind for document in session.documents):
            yield _document(session, kind)


def _recording(session: Session, slot: Slot | None, now: datetime, *, recorded: bool) -> Duty:
    if session.recording is not None:
        if (day := session.recording.published) is not None and day > now.date():
            return Duty("recording", session.id, day, "due", "session.recording.published")
        return Duty("recording", session.id, None, "present", "session.recording")
    if slot is None or not (recorded and owed.recordable(session)):
        return Duty("recording", session.id, None, "not-applicable", "session.recording")
    due = owed.due(slot)
    return Duty("recording", session.id, due, state(due, now), "session.end")


def _listed(session: Session, document: Document, slot: Slot | None, now: datetime) -> Duty:
    values = MappingProxyType({"document": document.kind})
    if (day := document.published) is not None and day > now.date():
        return Duty("document", session.id, day, "due", "session.documents.published", values)
    source = "session.end" if document.due is None else "session.documents.due"
    done = owed.published(document)
    if slot is None and not done:
        return _document(session, document.kind)
    due = owed.due(slot, document.due) if slot is not None else document.due
    return Duty("document", session.id, due, state(due, now, done=done), source, values)


def _document(session: Session, kind: DocumentKind) -> Duty:
    values = MappingProxyType({"document": kind})
    return Duty("document", session.id, None, "not-applicable", "session.documents", values)
