"""The programme of a cycle: from when, why, its sessions by year, who answers, how to register, what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from webcycle.documents import communique, inline, wording
from webcycle.documents.announce import resource, told
from webcycle.documents.announce.releases import release_of
from webcycle.documents.blocks import Block, Document, Heading, Inline, LinkList, Paragraph
from webcycle.documents.voice import Voice, sentences
from webcycle.programme import LinkKind, Programme, Release, Session
from webcycle.values import day_of

PROGRAMME = "document.programme"


def build(programme: Programme, voice: Voice, issued: date) -> Document:
    """The programme as a communiqué of the day `issued`."""
    release = release_of(programme, "programme")
    title = release.title if release is not None and release.title is not None else programme.cycle.title
    blocks = _blocks(programme, release, voice, issued)
    return communique.framed(programme, voice, release, issued, voice.plain(title), blocks)


def _blocks(programme: Programme, release: Release | None, voice: Voice, issued: date) -> Iterator[Block]:
    yield from _beginning(programme, voice)
    cycle = programme.cycle
    if cycle.introduction is not None:
        yield from voice.prose(cycle.introduction, under=1)
    if cycle.url is not None:
        page = voice.say(f"{told.ANNOUNCEMENT}.page", subject=voice.plain(cycle.title))
        yield LinkList((inline.link(page, cycle.url),))
    yield from _sessions(programme, voice, issued)
    yield from _information(programme, release, voice)
    yield from _registration(programme, voice)
    for one in programme.resources:
        yield Heading(2, told.capitalised(told.named(one.title, voice)))
        yield from resource.blocks(one, voice, issued)
    yield from told.related(programme, release, voice, issued)
    yield from told.further(release, voice)


def _beginning(programme: Programme, voice: Voice) -> Iterator[Block]:
    """From when: the first day that stands."""
    days = sorted(day_of(session.start) for session in programme.sessions if session.start and _stands(session))
    if days:
        key = f"{PROGRAMME}.{'from' if days[0] != days[-1] else 'on'}"
        yield Paragraph(voice.say(key, day=wording.day(days[0], voice.lang, weekday=False)), lead=True)


def _stands(session: Session) -> bool:
    return session.start is not None and session.status not in told.GIVEN_UP


# ---- the sessions


def _sessions(programme: Programme, voice: Voice, issued: date) -> Iterator[Block]:
    if not programme.sessions:
        return
    yield Heading(2, voice.say(f"{PROGRAMME}.sessions", sessions=told.plural(programme.sessions, voice)), "programme")
    if clocks := _clocks(programme, voice, issued):
        yield Paragraph(clocks)
    groups = [(year, list(found)) for year, found in groupby(_in_order(programme), _year)]
    for year, found in groups:
        if len(groups) > 1:
            yield Heading(3, inline.plain(str(year)) if year else voice.say(f"{PROGRAMME}.undated"))
        yield told.definitions(found, programme, voice, issued)


def _in_order(programme: Programme) -> Sequence[Session]:
    """By date; last those that have none any more."""
    return sorted(programme.chronological(), key=lambda session: _year(session) is None)


def _year(session: Session) -> int | None:
    """The year in which a session is, or would have been had it not been cancelled; None without a date to come."""
    return None if session.start is None or session.status == "postponed" else session.start.year


def _clocks(programme: Programme, voice: Voice, issued: date) -> Inline:
    """What is to know of the hours: whether they stand, and on whose clocks they are."""
    timed = [session for session in programme.sessions if told.timed(session)]
    if not timed:
        return ()
    may_move = programme.cycle.times_provisional and not all(told.over(session, issued) for session in timed)
    parts = [voice.say(f"{PROGRAMME}.times-provisional")] if may_move else []
    if told.zones_beside(programme):
        zone = wording.place(programme.cycle.timezone, voice.lang)
        parts.append(voice.say(f"{PROGRAMME}.clocks", of_zone=wording.of(zone, voice.lang)))
    return sentences(parts)


# ---- who answers, how to register


def _information(programme: Programme, release: Release | None, voice: Voice) -> Iterator[Block]:
    _, answers = told.card(programme, voice, release)
    yield Heading(2, voice.say(f"{PROGRAMME}.information"), "information")
    yield answers
    yield from _links(programme, "more", voice)


def _registration(programme: Programme, voice: Voice) -> Iterator[Block]:
    links = tuple(_links(programme, "registration", voice))
    if links or programme.cycle.joining:
        yield Heading(2, voice.say(f"{PROGRAMME}.registration"), "registration")
    yield from links
    if programme.cycle.joining is not None:
        yield from voice.prose(programme.cycle.joining)


def _links(programme: Programme, kind: LinkKind, voice: Voice) -> Iterator[Block]:
    return told.listed((link for link in programme.links if link.kind == kind), voice)
