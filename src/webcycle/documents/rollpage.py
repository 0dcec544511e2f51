"""A list of participants as a document to read and to print. It is private."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from webcycle.documents import communique, inline, wording
from webcycle.documents.blocks import (
    Block,
    Callout,
    Column,
    Document,
    Heading,
    Inline,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from webcycle.documents.rolls import Told, about, figures, known, name, title, whole_name, words_of
from webcycle.participants import Entry, Standing

_GROUPS: tuple[Standing, ...] = ("present", "walk-in", "brief", "absent", "unknown")


def document(told: Told) -> Document:
    """The list as a document: the figures, a table for those present, absent and so on, and what the list is."""
    return page(told, title(told), (*_head(told), *_groups(told), *_left_out(told), *_about(told)))


def page(told: Told, heading: str, blocks: tuple[Block, ...]) -> Document:
    """A private document of the organiser."""
    organiser = told.programme.organiser
    return Document(
        title=name(heading),
        lang=told.lang,
        blocks=blocks,
        issuer=communique.issuer(told.programme, told.voice),
        label=told.voice.say("rolls.label"),
        date=told.programme.local(told.now).date(),
        author=words_of(told, told.voice.plain(organiser.name)),
        subject=heading,
    )


def _head(told: Told) -> Iterator[Block]:
    numbers = ((key, told.voice.number(number)) for key, number in figures(told.roll))
    shown = (KeyFigure(inline.plain(number), told.voice.say(f"rolls.about.{key}")) for key, number in numbers)
    yield KeyFigures((), tuple(shown))
    yield Callout("warning", told.voice.say("rolls.private"), (Paragraph(told.voice.say("rolls.care")),))


def _about(told: Told) -> Iterator[Block]:
    rows = tuple((name(label), name(said)) for label, said in about(told))
    columns = (Column(told.voice.say("rolls.column.label")), Column(told.voice.say("rolls.column.said")))
    yield Heading(2, told.voice.say("rolls.tab.about"), "about")
    yield Table("list-about", told.voice.say("rolls.about-caption"), columns, rows)


def _groups(told: Told) -> Iterator[Block]:
    for standing in _GROUPS:
        entries = [entry for entry in told.roll.entries if entry.standing == standing]
        if entries:
            heading = told.voice.say(f"rolls.group.{standing}")
            yield Heading(2, heading, standing)
            yield _table(told, standing, heading, entries)


def _table(told: Told, standing: Standing, heading: Inline, entries: Sequence[Entry]) -> Table:
    keys = ("name", "email", "organisation", "territory", *_more(told, standing))
    return Table(
        id=f"list-{standing}",
        caption=told.voice.say(
            "rolls.caption", count=len(entries), group=heading, number=told.voice.number(len(entries))
        ),
        columns=tuple(
            Column(told.voice.say(f"rolls.column.{key}"), "number" if key in _NUMBERS else "text") for key in keys
        ),
        rows=tuple(tuple(name(_CELLS[key](told, entry)) for key in keys) for entry in entries),
    )


def _more(told: Told, standing: Standing) -> tuple[str, ...]:
    """What is worth telling of people of this standing; nothing of when they came, where they did not."""
    if standing in ("absent", "unknown"):
        return ()
    return ("joined", "minutes") if told.roll.session else ("attended", "minutes")


def _hour(told: Told, instant: datetime | None) -> str:
    return wording.hour(told.programme.local(instant), told.lang) if instant else ""


_NUMBERS = frozenset({"attended", "minutes"})
_CELLS: Mapping[str, Callable[[Told, Entry], str]] = MappingProxyType(
    {
        "name": lambda _told, entry: whole_name(entry.person),
        "email": lambda _told, entry: entry.person.email,
        "organisation": lambda told, entry: known(told, entry.person.organisation),
        "territory": lambda told, entry: known(told, entry.person.territory),
        "joined": lambda told, entry: _hour(told, entry.joined),
        "attended": lambda _told, entry: str(entry.attended),
        "minutes": lambda _told, entry: "" if entry.minutes is None else str(entry.minutes),
    }
)


def _left_out(told: Told) -> Iterator[Block]:
    if not told.roll.left_out:
        return
    yield Heading(2, told.voice.say("rolls.tab.left-out"), "left-out")
    rows = tuple(
        (
            name(whole_name(left.person) if left.person else told.say("nobody")),
            name(left.session),
            told.voice.say(f"rolls.reason.{left.reason}"),
            inline.plain(str(left.rows)),
        )
        for left in told.roll.left_out
    )
    columns = (
        *(Column(told.voice.say(f"rolls.column.{key}")) for key in ("name", "session", "reason")),
        Column(told.voice.say("rolls.column.rows"), "number"),
    )
    number = told.voice.number(len(rows))
    yield Table(
        "list-left-out", told.voice.say("rolls.left-out-caption", count=len(rows), number=number), columns, rows
    )
