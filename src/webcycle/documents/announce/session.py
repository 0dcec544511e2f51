"""The announcement of one session: why one should come, when, what happens, for whom, and how to register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from webcycle.documents import communique, inline, wording
from webcycle.documents.announce import registering, told
from webcycle.documents.announce.releases import release_of
from webcycle.documents.announce.told import ANNOUNCEMENT
from webcycle.documents.blocks import (
    Block,
    Break,
    BulletList,
    Callout,
    Document,
    Heading,
    Inline,
    Item,
    LinkList,
    Paragraph,
    Run,
    Strong,
)
from webcycle.documents.voice import Voice
from webcycle.programme import AgendaItem, Programme, Release, Session, Slot, Speaker


def build(programme: Programme, session: Session, voice: Voice, issued: date) -> Document:
    """The announcement of a session of the programme, as a communiqué of the day `issued`.

    What is over or was given up invites nobody: it says so, without a word on how to take part.
    """
    release = release_of(programme, "session", session.id)
    chosen = release.title if release is not None else None
    title = voice.plain(chosen) if chosen is not None else _title(session, voice, issued)
    blocks = _blocks(programme, session, release, voice, issued)
    return communique.framed(programme, voice, release, issued, title, blocks)


def _title(session: Session, voice: Voice, issued: date) -> Inline:
    """ "Webinaire du 19 mai : « ... »", the year told where it is not that of the announcement."""
    key, days = _days(session, voice, issued)
    quoted = told.quoted(session.title, voice)
    said = voice.say(f"{ANNOUNCEMENT}.{key}", session=told.word(session, voice), days=days, title=quoted)
    return told.capitalised(said)


def _days(session: Session, voice: Voice, issued: date) -> tuple[str, str]:
    """Which title it is, and the days in it."""
    if session.slot is None or session.status in told.GIVEN_UP:
        return f"title-{session.status}", ""
    first, last = _first_and_last(session.slot)
    year = _tell_year(session, issued)
    if first == last:
        return "title-day", wording.day(first, voice.lang, weekday=False, year=year)
    return "title-days", wording.days(first, last, voice.lang, year=year)


def _first_and_last(slot: Slot) -> tuple[date, date]:
    if isinstance(slot.start, datetime) and isinstance(slot.end, datetime):
        return slot.start.date(), wording.last_day(slot.start, slot.end)
    return slot.start, slot.end


def _tell_year(session: Session, issued: date) -> bool:
    """Whether a reader of that day could take the year for another."""
    return session.slot is not None and {one.year for one in (session.slot.start, session.slot.end)} != {issued.year}


def _blocks(
    programme: Programme, session: Session, release: Release | None, voice: Voice, issued: date
) -> Iterator[Block]:
    given_up = session.status in told.GIVEN_UP
    invites = not given_up and not told.over(session, issued)
    if given_up:
        yield _warning(session, voice)
    for words in (session.introduction, session.note, session.invitation if invites else None):
        if words is not None:
            yield from voice.prose(words, under=1)
    if not given_up:
        yield _date(programme, session, voice, issued)
    if facts := told.facts(session, voice):
        yield Paragraph(facts)
    if page := tuple(inline.link(words, url) for words, url in told.page(session, voice)):
        yield LinkList(page)
    if not given_up:
        yield from _agenda(session, voice)
    if invites:
        yield from registering.blocks(programme, session, voice, issued)
    yield from _material(session, voice)
    yield from told.related(programme, release, voice, issued)
    yield from told.further(release, voice)
    yield from told.card(programme, voice, release, session)


# ---- when


def _warning(session: Session, voice: Voice) -> Callout:
    moved = told.moved(session, voice)
    return Callout("warning", told.term(session, voice), (Paragraph(moved),) if moved else ())


def _date(programme: Programme, session: Session, voice: Voice, issued: date) -> Callout:
    """The date set apart, with what is to know of it."""
    term = told.term(session, voice, year=_tell_year(session, issued))
    return Callout("date", term, tuple(_of_the_date(programme, session, voice, issued)))


def _of_the_date(programme: Programme, session: Session, voice: Voice, issued: date) -> Iterator[Block]:
    over = told.over(session, issued)
    if over and session.status == "confirmed":
        yield Paragraph(voice.say(f"{ANNOUNCEMENT}.over", session=told.word(session, voice)))
    if not over and programme.cycle.times_provisional and told.timed(session):
        yield Paragraph(voice.say("document.programme.times-provisional"))
    if moved := told.moved(session, voice):
        yield Paragraph(moved)
    if not over and (elsewhere := told.hours(programme, session, voice, own=True)):
        yield Paragraph(told.lines((voice.say(f"{ANNOUNCEMENT}.local-hours"), *map(inline.plain, elsewhere))))


# ---- what happens


def _agenda(session: Session, voice: Voice) -> Iterator[Block]:
    if session.agenda:
        yield Heading(2, voice.say(f"{ANNOUNCEMENT}.agenda"), "agenda")
        yield BulletList(tuple(_part(part, voice) for part in session.agenda))
    if session.speakers:
        yield Heading(2, voice.say(f"{ANNOUNCEMENT}.speakers"), "speakers")
        yield BulletList(tuple(Item(_speaker(speaker, voice)) for speaker in session.speakers))


def _part(part: AgendaItem, voice: Voice) -> Item:
    start, end = wording.hour(part.start, voice.lang), wording.hour(part.end, voice.lang)
    text = voice.say(f"{ANNOUNCEMENT}.part", start=start, end=end, title=voice.rich(part.title))
    if not part.speakers:
        return Item(text)
    with_article = told.of_named if voice.lang == "fr" else told.named
    speakers = voice.listed([with_article(speaker, voice) for speaker in part.speakers])
    return Item((*text, Break(), *voice.say(f"{ANNOUNCEMENT}.part-speakers", speakers=speakers)))


def _speaker(speaker: Speaker, voice: Voice) -> Inline:
    found: Inline = (Strong(inline.plain(speaker.name)),)
    for more in (speaker.role, speaker.organisation):
        if more is not None:
            found = (*found, Run(", "), *voice.plain(more))
    return found


def _material(session: Session, voice: Voice) -> Iterator[Block]:
    if found := tuple(inline.link(words, url) for words, url in told.material(session, voice)):
        documents = len(found) > (session.recording is not None)
        key = "recording" if not documents else "documents" if session.recording is None else "recording-and-documents"
        yield Heading(2, voice.say(f"{ANNOUNCEMENT}.{key}"), "documents")
        yield LinkList(found)
