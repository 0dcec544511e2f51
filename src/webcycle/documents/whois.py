"""All that is held of a person, as a page for that person and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webcycle.documents import inline
from webcycle.documents.blocks import (
    Block,
    BulletList,
    Column,
    Definition,
    DefinitionList,
    Document,
    Heading,
    Inline,
    Item,
    Paragraph,
    Table,
)
from webcycle.documents.voice import Voice
from webcycle.documents.wording import day
from webcycle.errors import Language
from webcycle.plain import clean
from webcycle.privacy import GOES, Holding, Subject
from webcycle.programme import Programme

BEYOND = ("platform", "mailbox", "printed", "backups")
"""Where nothing is looked for, keys below `privacy.beyond` in the texts; and "git" where the folder is in git."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is asked about, what is held, until which day, and where nothing could be looked for; `today` (in the cycle's
    zone) tells whether that day is past. `repositories` are those of git inside the folder, by their paths; `several`
    one name of each of those who seem to use the address, if they are several.
    """

    subject: Subject
    held: tuple[Holding, ...]
    programme: Programme
    until: date | None
    beyond: tuple[str, ...]
    today: date | None = None
    repositories: tuple[str, ...] = ()
    several: tuple[str, ...] = ()

    @property
    def overdue(self) -> bool:
        """Whether something is held that should have been deleted."""
        return bool(self.held and self.until and self.today and self.until < self.today)

    def kind(self, *, perhaps: bool) -> tuple[Holding, ...]:
        """What is held of this person, or perhaps of somebody else under the same name."""
        return tuple(one for one in self.held if (one.kind == "perhaps") is perhaps)


def data(told: Told) -> dict[str, Any]:
    """All of it as data, texts as they are held."""
    subject, privacy, own = told.subject, told.programme.privacy, told.programme.cycle.language
    return {
        "asked": subject.asked,
        "keys": list(subject.keys),
        "names": list(subject.names),
        "shared-names": list(subject.shared),
        "short-names": list(subject.short),
        "look-alikes": list(subject.alike),
        "several-people": list(told.several),
        "controller": privacy.controller.pick(own, own)[0] if privacy.controller else None,
        "purpose": privacy.purpose.pick(own, own)[0] if privacy.purpose else None,
        "legal-basis": privacy.legal_basis.pick(own, own)[0] if privacy.legal_basis else None,
        "kept-until": told.until.isoformat() if told.until else None,
        "overdue": told.overdue,
        "held": [_held(one) for one in told.kind(perhaps=False)],
        "perhaps-keys": list(subject.perhaps),
        "perhaps": [_held(one) for one in told.kind(perhaps=True)],
        "not-looked-for-in": list(told.beyond),
        "repositories": list(told.repositories),
    }


def _held(one: Holding) -> dict[str, Any]:
    return {
        "file": one.file,
        "line": one.line,
        "part": one.part or None,
        "kind": one.kind,
        "removed-by-forget": one.kind in GOES,
        "from": one.source or None,
        "fields": dict(one.fields),
    }


def document(told: Told, lang: Language) -> Document:
    """All of it as a page."""
    voice = Voice.of_programme(told.programme, lang)
    return Document(
        title=voice.say("privacy.page.title"),
        lang=lang,
        blocks=tuple(_blocks(told, voice)),
        issuer=(voice.plain(told.programme.organiser.name),),
    )


def _blocks(told: Told, voice: Voice) -> Iterator[Block]:
    yield Paragraph(voice.say("privacy.page.lead", address=clean(told.subject.asked)), lead=True)
    yield DefinitionList(tuple(_facts(told, voice)))
    yield Heading(2, voice.say("privacy.page.held"))
    if held := told.kind(perhaps=False):
        yield _table("held", held, voice)
    else:
        yield Paragraph(voice.say("privacy.page.nothing"))
    if perhaps := told.kind(perhaps=True):
        yield Heading(2, voice.say("privacy.page.perhaps"))
        yield Paragraph(voice.say("privacy.page.undecided"))
        yield _table("perhaps", perhaps, voice)
    yield Heading(2, voice.say("privacy.page.beyond"))
    beyond = [voice.say(f"privacy.beyond.{key}") for key in told.beyond]
    beyond += [voice.say("privacy.beyond.repository", folder=clean(one)) for one in told.repositories]
    yield BulletList(tuple(map(Item, beyond)))


def _facts(told: Told, voice: Voice) -> Iterator[Definition]:
    subject, privacy = told.subject, told.programme.privacy
    until = told.until if told.held else None
    facts: tuple[tuple[str, Inline], ...] = (
        ("keys", _list(subject.keys)),
        ("names", _list(subject.names)),
        ("several", _list(told.several)),
        ("shared", _list((*subject.shared, *subject.short))),
        ("alike", _list(subject.alike)),
        ("perhaps-keys", _list(subject.perhaps)),
        ("controller", voice.plain(privacy.controller) if privacy.controller else ()),
        ("purpose", voice.rich(privacy.purpose) if privacy.purpose else ()),
        ("legal-basis", voice.plain(privacy.legal_basis) if privacy.legal_basis else ()),
        ("overdue" if told.overdue else "until", inline.plain(day(until, voice.lang)) if until else ()),
    )
    for key, words in facts:
        if words:
            yield Definition(voice.say(f"privacy.page.{key}"), (Paragraph(words),))


def _list(words: Sequence[str]) -> Inline:
    return inline.plain(" · ".join(map(clean, words))) if words else ()


def _table(name: str, held: Sequence[Holding], voice: Voice) -> Table:
    titles = ("file", "line", "kind", "fields", "from")
    return Table(
        id=name,
        caption=voice.say(f"privacy.page.{name}"),
        columns=tuple(
            Column(voice.say(f"privacy.page.column-{key}"), "number" if key == "line" else "text") for key in titles
        ),
        rows=tuple(_row(one, voice) for one in held),
        note=voice.say("privacy.page.note" if name == "held" else "privacy.page.note-perhaps"),
    )


def _row(one: Holding, voice: Voice) -> tuple[Inline, ...]:
    fields = "; ".join(f"{name}: {clean(text)}" for name, text in one.fields.items())
    place = f"{one.file} ({one.part})" if one.part else one.file
    texts = (clean(place), str(one.line or ""), fields, clean(one.source))
    file, line, said, source = (inline.plain(text) if text else () for text in texts)
    return file, line, voice.say(f"privacy.kind.{one.kind}"), said, source
