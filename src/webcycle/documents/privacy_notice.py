"""What people are told about their data (GDPR, articles 13 and 14): a draft, from the programme.

It says what webcycle knows of this cycle or what its author stated; what only the controller knows is to be completed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle.documents.blocks import Block, BulletList, Document, Heading, Item, Paragraph
from webcycle.documents.privacy_basis import basis, rights
from webcycle.documents.privacy_words import UNSEEN, Files, Papers
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.programme import Programme


def build(programme: Programme, lang: Language, today: date, files: Files = UNSEEN) -> Document:
    """The notice in `lang`, of `today` (in the cycle's zone), with what was found of the files on that day."""
    papers = Papers(programme, Voice.of_programme(programme, lang), today, files)
    title = papers.say("notice-title", cycle=papers.voice.plain(programme.cycle.title))
    return papers.framed(title, papers.say("notice-label"), tuple(_blocks(papers)))


def _blocks(papers: Papers) -> Iterator[Block]:
    yield papers.review
    yield Paragraph(papers.say("lead"), lead=True)
    for name in ("who", "why", "what", "recipients", "how-long", "rights", "complaint"):
        yield Heading(2, papers.say(f"heading-{name}"), f"privacy-{name}")
        yield from _SECTIONS[name](papers)


def _who(papers: Papers) -> Iterator[Block]:
    yield Paragraph(papers.say("who", controller=papers.controller, email=papers.email))
    yield Paragraph(papers.say("dpo", dpo=papers.rich("dpo")))


def _why(papers: Papers) -> Iterator[Block]:
    yield Paragraph(papers.say("why", purpose=papers.rich("purpose")))
    yield Paragraph(papers.say("basis", basis=papers.rich("legal-basis")))


def _what(papers: Papers) -> Iterator[Block]:
    yield Paragraph(papers.say("what"))
    more = {"signature": papers.signed, "recording": papers.recorded}
    names = ("identity", "registration", "presence", *(name for name, there in more.items() if there))
    yield BulletList(tuple(Item(papers.say(f"data-{name}")) for name in names))
    yield Paragraph(papers.lack("form"))
    yield Paragraph(papers.say("what-not"))
    platforms = papers.platforms
    yield Paragraph(papers.say("source-platforms", platforms=platforms) if platforms else papers.say("source"))
    yield Paragraph(papers.say("obligation", confirm=papers.say("to-confirm")))
    yield Paragraph(papers.say("automated", confirm=papers.say("to-confirm")))


def _recipients(papers: Papers) -> Iterator[Block]:
    yield Paragraph(papers.say("recipients", recipients=papers.recipients))
    if papers.recorded:
        yield Paragraph(papers.shown)
    yield Paragraph(papers.say("transfers", transfers=papers.rich("transfers")))


def _how_long(papers: Papers) -> Iterator[Block]:
    yield BulletList(tuple(map(Item, papers.kept)))
    yield Paragraph(papers.say("after"))


def _rights(papers: Papers) -> Iterator[Block]:
    ground = basis(papers.given)
    yield Paragraph(papers.say("rights" if ground else "rights-unknown"))
    yield BulletList(tuple(Item(papers.voice.say(f"document.privacy-right.{one}")) for one in rights(ground)))
    if ground is None:
        yield Paragraph(papers.lack("rights"))
    yield Paragraph(papers.say("exercise", email=papers.email))


def _complaint(papers: Papers) -> Iterator[Block]:
    french = papers.programme.organiser.country in (None, "FR")
    yield Paragraph(papers.say("complaint-cnil" if french else "complaint"))


_SECTIONS = {
    "who": _who,
    "why": _why,
    "what": _what,
    "recipients": _recipients,
    "how-long": _how_long,
    "rights": _rights,
    "complaint": _complaint,
}
