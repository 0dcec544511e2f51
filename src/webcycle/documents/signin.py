"""The sign-in sheet (feuille d'émargement) of a session where people come in person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from webcycle.documents import inline, rolls, wording
from webcycle.documents.blocks import Block, Break, Callout, Column, Document, Inline, Paragraph, Run, Table
from webcycle.documents.rollpage import page
from webcycle.documents.rolls import Told, name, parts, until
from webcycle.documents.spreadsheet import Sheet, Workbook
from webcycle.programme import Slot
from webcycle.values import day_of

# Lines for those who come unregistered; and how many columns for signatures a sheet of paper takes.
_FREE_LINES = 10
_MOST_DAYS = 5
# Wide and two lines high, so that a signature fits.
_ROOM: Inline = (Run("\u00a0" * 30, verbatim=True), Break(), Run("\u00a0", verbatim=True))


def title(told: Told) -> str:
    """The title of the sheet."""
    return told.say("sign-in.title", subject=told.subject)


def document(told: Told) -> Document:
    """The sheet as a document to print: who registered, in the order of names, then free lines."""
    return replace(page(told, title(told), tuple(_blocks(told))), label=())


def _blocks(told: Told) -> Iterator[Block]:
    session = told.roll.session
    assert session is not None
    place = inline.plain(session.place) if session.place else told.voice.say("rolls.sign-in.no-place")
    when = wording.span(session.slot, told.lang) if session.slot else told.say("no-date")
    yield Paragraph(told.voice.say("rolls.sign-in.where", place=place, when=when), lead=True)
    rows = tuple(tuple(map(name, cells)) for cells in _people(told))
    free = (((),) * 3,) * _FREE_LINES
    titles = (*(told.voice.say(f"rolls.column.{key}") for key in ("last", "first", "organisation")), *_signatures(told))
    yield Table(
        id="sign-in",
        caption=told.voice.say("rolls.sign-in.caption", count=len(rows), number=told.voice.number(len(rows))),
        columns=tuple(Column(words) for words in titles),
        rows=tuple((*row, *(_ROOM,) * (len(titles) - 3)) for row in (*rows, *free)),
        row_header=None,
    )
    yield Callout("note", told.voice.say("rolls.sign-in.notice"), _notice(told))


def _notice(told: Told) -> tuple[Paragraph, ...]:
    """What the people who sign are told of it (GDPR, article 13)."""
    organiser, given = told.programme.organiser, told.programme.privacy
    controller = told.voice.plain(given.controller or organiser.name)
    purpose = told.voice.rich(given.purpose) if given.purpose else told.voice.say("rolls.sign-in.purpose")
    why = told.voice.say("rolls.sign-in.why", purpose=purpose)
    kept = told.voice.say("rolls.sign-in.privacy", controller=controller, until=until(told), email=organiser.email)
    return Paragraph(kept), Paragraph(why)


def sheet(told: Told) -> Sheet:
    """The sheet as a table."""
    signatures = tuple(inline.text_of(words, told.lang) for words in _signatures(told))
    people = tuple((*cells, *(None,) * len(signatures)) for cells in _people(told))
    titles = (*(told.say(f"column.{key}") for key in ("last", "first", "organisation")), *signatures)
    return Sheet(told.say("sign-in.tab"), titles, people)


def workbook(told: Told) -> Workbook:
    """The sheet as a workbook, with what it is before it."""
    about = rolls.about(told, counted=False)
    return replace(rolls.workbook(told), title=title(told), about=about, sheets=(sheet(told),))


def _people(told: Told) -> Iterator[tuple[str, str, str]]:
    for entry in told.roll.registered:
        yield (*parts(entry.person), entry.person.organisation)


def _signatures(told: Told) -> tuple[Inline, ...]:
    """One column; or one a day, where the session lasts for several."""
    session = told.roll.session
    days = _days(session.slot) if session and session.slot else []
    if not 1 < len(days) <= _MOST_DAYS:
        return (told.voice.say("rolls.column.signature"),)
    return tuple(
        told.voice.say("rolls.column.signature-of-day", day=wording.day(day, told.lang, year=False)) for day in days
    )


def _days(slot: Slot) -> list[date]:
    first = day_of(slot.start)
    # A session that ends at midnight is not one of two days.
    last = (slot.end - timedelta(minutes=1)).date() if isinstance(slot.end, datetime) else slot.end
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
