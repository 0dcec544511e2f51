"""The note of a change: a session that was moved, put off, cancelled, or whose date is not certain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle.documents import communique, inline
from webcycle.documents.announce import notes, told
from webcycle.documents.announce.releases import release_of
from webcycle.documents.blocks import Block, Callout, Document, Heading, Inline, LinkList, Paragraph
from webcycle.documents.voice import Voice, sentences
from webcycle.errors import RefusedError
from webcycle.programme import Link, Programme, Release, Session
from webcycle.values import day_of

_MOVED = ("later", "earlier", "hours")
# The reason that the programme gives is that of a move or of what was given up.
_WITHOUT_REASON = ("back", "tentative")


def build(programme: Programme, session: Session, voice: Voice, issued: date) -> Document:
    """The note about what became of a session's date; RefusedError where nothing did.

    Of several moves it tells the last one, and names the day that was planned first.
    """
    if notes.state(session) == "unchanged":
        raise RefusedError("announce.unchanged", session=session.id)
    release = release_of(programme, "change", session.id)
    blocks = (
        Paragraph(sentences(one for one in _told(session, voice, issued) if one), lead=True),
        *_set_apart(programme, session, voice, issued),
        *_for_the_registered(programme, session, voice, issued),
        *_registering(programme, session, voice, issued),
        *_page(session, voice),
        *told.related(programme, release, voice, issued),
        *told.further(release, voice),
        *told.card(programme, voice, release, session),
    )
    return communique.framed(programme, voice, release, issued, _title(session, release, voice), blocks)


def _say(voice: Voice, key: str, **fields: Inline | str) -> Inline:
    return voice.say(f"document.change.{key}", count=None, **fields)


def _title(session: Session, release: Release | None, voice: Voice) -> Inline:
    if release is not None and release.title is not None:
        return voice.plain(release.title)
    return _say(voice, f"title-{notes.state(session)}", named=notes.named(session, voice))


# ---- what changes, and when


def _told(session: Session, voice: Voice, issued: date) -> Iterator[Inline]:
    yield _lead(session, voice, issued)
    if notes.state(session) == "back":
        yield _no_longer(session, voice, issued)
    else:
        yield _first_planned(session, voice)
    if notes.state(session) not in _WITHOUT_REASON:
        yield notes.reason(session, voice)
    if notes.state(session) == "postponed":
        yield _say(voice, "new-date-unknown")


def _lead(session: Session, voice: Voice, issued: date) -> Inline:
    slot, found = session.slot, notes.state(session)
    past = "-past" if told.over(session, issued) and found != "postponed" else ""
    return _say(
        voice,
        found + past,
        subject=_subject(session, voice),
        to=notes.to(slot, voice) if slot else (),
        when=notes.when(slot, voice) if slot else (),
        why=notes.why(session, voice) if found not in _WITHOUT_REASON else (),
    )


def _subject(session: Session, voice: Voice) -> Inline:
    """The session, and when it was to be until now."""
    named, former = notes.named(session, voice), notes.former(session)
    if former is None or notes.state(session) == "back":
        return _say(voice, "subject", named=named)
    return _say(voice, "subject-planned", named=named, former=told.moment(former, voice))


def _first_planned(session: Session, voice: Voice) -> Inline:
    """The day that was planned before all moves, where the one that is given up now was not the first."""
    first = session.moved_from[0] if session.moved_from else None
    if first is None or first == notes.former(session):
        return ()
    return _say(voice, "first-planned", moment=told.moment(first, voice))


def _no_longer(session: Session, voice: Voice, issued: date) -> Inline:
    """The day to which it had been moved meanwhile."""
    former = notes.former(session)
    if former is None or told.over(session, issued):
        return ()
    return _say(voice, "no-longer", moment=told.moment(former, voice))


def _set_apart(programme: Programme, session: Session, voice: Voice, issued: date) -> Iterator[Block]:
    """The date that holds now, what is not certain of it, and the hours elsewhere."""
    slot, found = session.slot, notes.state(session)
    if found == "postponed":
        yield Callout("date", _say(voice, "date-postponed"))
    elif slot is None or told.over(session, issued):
        return
    elif found == "cancelled":
        yield Callout("warning", _say(voice, "date-cancelled", when=notes.apart(slot, voice)))
    else:
        conditions = tuple(_conditions(programme, session, voice))
        yield Callout("date", _say(voice, f"date-{found}", when=notes.apart(slot, voice)), conditions)


def _conditions(programme: Programme, session: Session, voice: Voice) -> Iterator[Block]:
    if session.place is not None and session.mode != "online":
        yield Paragraph(_say(voice, f"place-{session.mode}", place=session.place))
    tentative = session.status == "tentative" and bool(session.moved_from)
    provisional = programme.cycle.times_provisional and told.timed(session)
    if tentative:
        yield Paragraph(_say(voice, "to-confirm-with-hours" if provisional else "to-confirm"))
    elif provisional:
        yield Paragraph(voice.say("document.programme.times-provisional"))
    if hours := told.hours(programme, session, voice, own=True):
        yield Paragraph(told.lines((voice.say(f"{told.ANNOUNCEMENT}.local-hours"), *map(inline.plain, hours))))


# ---- what to do


def _for_the_registered(programme: Programme, session: Session, voice: Voice, issued: date) -> Iterator[Block]:
    found = notes.state(session)
    if told.over(session, issued) and found != "postponed":
        return
    yield Heading(2, _say(voice, "registered"), "registered")
    yield Paragraph(_say(voice, f"registered-{'moved' if found in _MOVED else found}"))
    if programme.calendar.url is not None:
        calendar = inline.link(_say(voice, "calendar-of-cycle"), programme.calendar.url)
        yield Paragraph(_say(voice, "calendars", calendar=calendar))


def _registering(programme: Programme, session: Session, voice: Voice, issued: date) -> Iterator[Block]:
    """Where one registers, as long as one can."""
    found = notes.state(session)
    if found in ("postponed", "cancelled") or told.over(session, issued):
        return
    form = _form(programme, session, voice, issued)
    if form:
        yield Paragraph(_say(voice, "registering"))
        yield LinkList((form,))


def _form(programme: Programme, session: Session, voice: Voice, issued: date) -> Inline:
    registration = session.registration
    if registration is not None and registration.deadline is not None and day_of(registration.deadline) < issued:
        return ()
    if registration is not None and registration.url is not None:
        return inline.link(_say(voice, "register", named=notes.named(session, voice)), registration.url)
    kept = (link for link in programme.links if link.kind == "registration" and link.url is not None)
    return _leads(next(kept, None), voice)


def _leads(link: Link | None, voice: Voice) -> Inline:
    return inline.link(voice.plain(link.title), link.url) if link is not None else ()


def _page(session: Session, voice: Voice) -> Iterator[Block]:
    if page := notes.page(session, voice):
        yield Paragraph(page)
