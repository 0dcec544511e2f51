"""The table of a cycle's sessions: when, what, whether it was held, and what there is to see of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from webcycle.documents import inline, session_counts, wording
from webcycle.documents.blocks import Block, Column, Heading, Inline, Table
from webcycle.documents.voice import Voice
from webcycle.programme import DocumentKind, Session
from webcycle.review import Review, SessionRow
from webcycle.values import Text, day_of


def build(review: Review, voice: Voice) -> Iterator[Block]:
    """The heading and the table, and where any is known one of the counts; nothing without a session."""
    if not review.rows:
        return
    yield Heading(2, voice.say("document.review.sessions"), "sessions")
    yield _dates(review, voice)
    if _is_counted(review):
        yield session_counts.table(review, voice)


def brief(review: Review, voice: Voice) -> Iterator[Block]:
    """The same with fewer counts; these alone, by date, where the first table would only say that all was held."""
    if not review.rows:
        return
    yield Heading(2, voice.say("document.review.sessions"), "sessions")
    alone = _is_counted(review) and not any(map(_has_more, review.rows))
    if not alone:
        yield _dates(review, voice)
    if _is_counted(review):
        yield session_counts.table(review, voice, dated=alone, brief=True)


def _dates(review: Review, voice: Voice) -> Table:
    return Table(
        id="table-dates" if _is_counted(review) else "table-sessions",
        caption=voice.say("document.review.sessions-caption", sessions=sessions_word(review, voice, 2)),
        columns=tuple(
            Column(voice.say(f"document.column.{name}"), "date" if name == "date" else "text")
            for name in ("date", "hours", "session", "state", "links")
        ),
        rows=tuple(_session_row(row, voice) for row in review.rows),
        row_header=2,
        note=voice.say(
            "document.review.hours-in-zone",
            of_zone=wording.of(wording.place(review.programme.cycle.timezone, voice.lang), voice.lang),
        ),
    )


def _is_counted(review: Review) -> bool:
    return any(row.registered is not None or row.participants is not None for row in review.rows)


def _has_more(row: SessionRow) -> bool:
    """Whether there is more to tell of a session than its date and its counts."""
    session = row.session
    documents = any(document.url is not None for document in session.documents)
    return row.state != "held" or bool(session.moved_from) or session.recording is not None or documents


def _session_row(row: SessionRow, voice: Voice) -> tuple[Inline, ...]:
    return (*_when(row.session, voice), _named(row.session, voice), _state(row, voice), _material(row, voice))


def _named(session: Session, voice: Voice) -> Inline:
    """The title of a session, and where it is held when one can go there."""
    title = voice.plain(session.title)
    if session.place is None or session.mode == "online":
        return title
    return voice.say("document.review.session-at", session=title, place=session.place)


def _when(session: Session, voice: Voice) -> tuple[Inline, Inline]:
    slot = session.slot
    if slot is None:
        return voice.unknown(), voice.unknown()
    if not isinstance(slot.start, datetime) or not isinstance(slot.end, datetime):
        one = slot.start == slot.end
        days = wording.day(slot.start, voice.lang) if one else wording.days(slot.start, slot.end, voice.lang)
        return inline.plain(days), voice.unknown()
    last = wording.last_day(slot.start, slot.end)
    if last == slot.start.date():
        day, hours = wording.day(last, voice.lang), wording.hours(slot.start, slot.end, voice.lang)
    else:
        day, hours = wording.days(slot.start.date(), last, voice.lang), wording.hours_of_days(slot, voice.lang)
    return inline.plain(day), inline.plain(hours)


def _state(row: SessionRow, voice: Voice) -> Inline:
    """The state of a session, and since a reader would ask: from when it was moved, and why."""
    session = row.session
    said = voice.say(f"document.state.{row.state}")
    moved = bool(session.moved_from) and session.start not in session.moved_from
    if moved:
        # A session without a new date was not moved from its last one: that it is postponed is said already.
        waiting = row.state == "postponed"
        former = wording.day(session.moved_from[0 if waiting else -1], voice.lang, weekday=False)
        said = voice.say(f"document.review.{'first-planned' if waiting else _move(session)}", state=said, day=former)
    if session.reason is not None and (moved or session.status in ("postponed", "cancelled")):
        said = voice.say("document.review.with-reason", state=said, reason=voice.rich(session.reason))
    return said


def _move(session: Session) -> str:
    """The sentence for the last move: to a later day, to an earlier one, or of the hours alone."""
    if session.start is None:
        return "moved-from"
    now, before = day_of(session.start), day_of(session.moved_from[-1])
    return "moved-from" if now > before else "brought-forward" if now < before else "other-hours"


def _material(row: SessionRow, voice: Voice) -> Inline:
    session = row.session
    name = voice.plain(session.name())
    found = [
        inline.link(_document_title(document.title, document.kind, name, voice), document.url)
        for document in session.documents
        if document.url is not None
    ]
    if session.recording is not None:
        found.insert(0, inline.link(voice.say("document.review.watch", session=name), session.recording.url))
    return inline.joined(found, ", ".join(f"{{{index}}}" for index in range(len(found)))) if found else voice.unknown()


def _document_title(title: Text | None, kind: DocumentKind, session: Inline, voice: Voice) -> Inline:
    """Link words that say where they lead, also when read alone (WCAG 2.2, 2.4.9)."""
    return voice.plain(title) if title else voice.say(f"document.kind.{kind}", session=session)


def sessions_word(review: Review, voice: Voice, count: int) -> Inline:
    """What the sessions are called together: webinars only where all of them are online."""
    return voice.say(f"document.review.{'webinars' if online(review) else 'events'}", count=count)


def online(review: Review) -> bool:
    """Whether no session is held in one place."""
    return all(row.session.mode == "online" for row in review.rows)
