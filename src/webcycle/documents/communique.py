"""What every communiqué has: who issues it, place and day, label, and who answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from webcycle.documents import inline, wording
from webcycle.documents.blocks import Block, ContactCard, Document, Heading, Inline
from webcycle.documents.voice import Voice
from webcycle.programme import Contact, Programme, Release


def framed(
    programme: Programme, voice: Voice, release: Release | None, issued: date, title: Inline, blocks: Iterable[Block]
) -> Document:
    """The document with these blocks, under the lines of its issuer; `release` gives its place and label, if any."""
    organiser = programme.organiser
    place = release.place if release else None
    return Document(
        title=title,
        lang=voice.lang,
        blocks=tuple(blocks),
        issuer=issuer(programme, voice),
        dateline=_dateline(voice, place or organiser.place, issued),
        label=inline.plain(release.label) if release and release.label else voice.say("document.label"),
        date=issued,
        author=inline.text_of(voice.plain(organiser.name), voice.lang),
        subject=inline.text_of(title, voice.lang),
    )


def issuer(programme: Programme, voice: Voice) -> tuple[Inline, ...]:
    """The lines of who issues a document, highest first: those of `[style]`, else the organiser and its parents."""
    lines = programme.style.issuer_lines or (*programme.organiser.parents, programme.organiser.name)
    return tuple(voice.plain(line) for line in lines)


def _dateline(voice: Voice, place: str | None, issued: date) -> Inline:
    day = wording.day(issued, voice.lang)
    return voice.say("document.dateline", place=place, day=day) if place else inline.plain(day)


def contact(programme: Programme, voice: Voice, key: str | None) -> Iterator[Block]:
    """Who answers: the contact with that id, else the organiser."""
    yield Heading(2, voice.say("document.contact"), "contact")
    chosen = next((one for one in programme.contacts if one.id == key), None) if key else None
    yield _card(chosen, voice) if chosen else _organiser(programme, voice)


def _card(chosen: Contact, voice: Voice) -> ContactCard:
    role = voice.plain(chosen.role) if chosen.role else ()
    return ContactCard(voice.plain(chosen.name), role, (), chosen.address, chosen.phone, chosen.email)


def _organiser(programme: Programme, voice: Voice) -> ContactCard:
    organiser = programme.organiser
    name = voice.plain(organiser.name)
    if organiser.short_name is not None:
        name = voice.say("document.acronym", name=name, acronym=organiser.short_name)
    return ContactCard(name, (), (), organiser.address, organiser.phone, organiser.email)
