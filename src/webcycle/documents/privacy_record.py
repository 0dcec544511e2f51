"""The line of the register of processing activities (GDPR, article 30): a draft, from `[privacy]` of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle.documents import wording
from webcycle.documents.blocks import Block, Column, Document, Inline, Table
from webcycle.documents.privacy_words import Papers
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.programme import Programme


def build(programme: Programme, lang: Language, today: date) -> Document:
    """The line in `lang`, of `today` (in the cycle's zone)."""
    papers = Papers(programme, Voice.of_programme(programme, lang), today)
    title = papers.say("record-title", cycle=papers.voice.plain(programme.cycle.title))
    return papers.framed(title, papers.say("record-label"), (papers.review, _table(papers)))


def _table(papers: Papers) -> Block:
    columns = (Column(papers.say("column-item")), Column(papers.say("column-said")))
    rows = tuple((papers.voice.say(f"document.privacy-row.{key}"), said) for key, said in _rows(papers))
    return Table("privacy-record", papers.say("record-caption"), columns, rows)


def _rows(papers: Papers) -> Iterator[tuple[str, Inline]]:
    organiser = papers.programme.organiser
    yield "activity", papers.say("activity", cycle=papers.voice.plain(papers.programme.cycle.title))
    yield "controller", papers.say("controller-contact", controller=papers.controller, email=papers.email)
    yield "service", papers.voice.plain(organiser.name)
    yield "dpo", papers.rich("dpo")
    yield "purpose", papers.rich("purpose")
    yield "basis", papers.rich("legal-basis")
    yield "people", papers.say("people")
    yield "data", papers.say("data-all")
    beside = papers.platforms
    yield "source", papers.say("record-platforms", platforms=beside) if beside else papers.say("record-source")
    yield "recipients", papers.recipients
    yield "transfers", papers.rich("transfers")
    yield "period", papers.kept
    yield "security", papers.say("security")
    yield "updated", papers.say("updated", day=wording.day(papers.today, papers.voice.lang, weekday=False))
