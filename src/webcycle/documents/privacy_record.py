"""The line of the register of processing activities (GDPR, article 30): a draft, from the programme and its folder.

It says what webcycle knows of this cycle or what its author stated; what only the controller knows is to be completed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle.documents import wording
from webcycle.documents.blocks import Block, Column, Document, Inline, Table
from webcycle.documents.privacy_words import UNSEEN, Files, Papers
from webcycle.documents.voice import Voice, sentences
from webcycle.errors import Language
from webcycle.programme import Programme


def build(programme: Programme, lang: Language, today: date, files: Files = UNSEEN) -> Document:
    """The line in `lang`, of `today` (in the cycle's zone), with what was found of the files on that day."""
    papers = Papers(programme, Voice.of_programme(programme, lang), today, files)
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
    yield "data", sentences(tuple(_data(papers)))
    yield "sensitive", papers.lack("sensitive")
    beside = papers.platforms
    yield "source", papers.say("record-platforms", platforms=beside) if beside else papers.say("record-source")
    found = papers.recipients
    yield (
        "recipients",
        papers.say("recipients-recorded", recipients=found, recorded=papers.shown) if papers.recorded else found,
    )
    yield "transfers", papers.rich("transfers")
    yield "period", sentences(papers.kept)
    yield "security", sentences((papers.say("security"), *_files(papers), papers.lack("security")))
    yield "updated", papers.say("updated", day=_day(papers))


def _data(papers: Papers) -> Iterator[Inline]:
    yield papers.say("data-all")
    if papers.signed:
        yield papers.say("data-all-signature")
    if papers.recorded:
        yield papers.say("data-all-recording")


def _files(papers: Papers) -> Iterator[Inline]:
    """How the personal files were found on that day; nothing is said to be safe that was not looked at."""
    present, faults = papers.files.present, papers.files.faults
    if present is False:
        yield papers.say("files-none", day=_day(papers))
    elif faults is None:
        yield papers.say("files-unknown")
    else:
        yield papers.say("files-open" if "personal-file-open" in faults else "files-closed", day=_day(papers))
        yield papers.say("files-tracked" if "personal-file-tracked" in faults else "files-untracked")


def _day(papers: Papers) -> str:
    return wording.day(papers.today, papers.voice.lang, weekday=False)
