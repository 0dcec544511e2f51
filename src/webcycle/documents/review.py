"""The closing review of a cycle: what its communiqué says, then what a reader of figures asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from webcycle.documents import inline, measured, review_figures, review_growth, review_prose, session_table, wording
from webcycle.documents.blocks import Block, Document, Inline
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.review import Review

Section = Callable[[Review, Voice], Iterator[Block]]


def build(review: Review, lang: Language) -> Document:
    """The review as a document in `lang`; what the author wrote in another language is marked as such."""
    voice = Voice(lang, review.programme.cycle.language)
    organiser = review.programme.organiser
    place = review.release.place if review.release else None
    title = _title(review, voice)
    return Document(
        title=title,
        lang=lang,
        blocks=tuple(block for section in _sections(review) for block in section(review, voice)),
        issuer=(*(voice.plain(parent) for parent in organiser.parents), voice.plain(organiser.name)),
        dateline=_dateline(voice, place or organiser.place, review.issued),
        label=inline.plain(review.release.label)
        if review.release and review.release.label
        else voice.say("document.label"),
        date=review.issued,
        author=inline.text_of(voice.plain(organiser.name), lang),
        subject=inline.text_of(title, lang),
    )


def _dateline(voice: Voice, place: str | None, issued: date) -> Inline:
    day = wording.day(issued, voice.lang)
    return voice.say("document.dateline", place=place, day=day) if place else inline.plain(day)


def _title(review: Review, voice: Voice) -> Inline:
    if review.release is not None and review.release.title is not None:
        return voice.plain(review.release.title)
    cycle = review.programme.cycle
    words, own = cycle.title.pick(voice.lang, voice.own)
    before, name = wording.split_of(words, own) if voice.lang == own == "fr" else ("", words)
    named = (*inline.plain(before), *voice.say("document.quoted", words=inline.plain(name, own)))
    if cycle.edition is None:
        return voice.say("document.review.title", cycle=named)
    return voice.say("document.review.title-edition", ordinal=wording.ordinal(cycle.edition, voice.lang), cycle=named)


def _sections(review: Review) -> Iterator[Section]:
    return (section for section in _SECTIONS if review.tell_people or section not in _OF_PEOPLE)


_OF_PEOPLE: frozenset[Section] = frozenset({measured.who_came, measured.loyalty})
_SECTIONS: tuple[Section, ...] = (
    review_prose.lead,
    review_figures.key_figures,
    review_prose.axes,
    review_prose.links,
    review_prose.success,
    review_prose.highlights,
    review_prose.what_next,
    session_table.build,
    measured.sessions_chart,
    measured.curves,
    measured.who_came,
    measured.loyalty,
    review_figures.sources,
    review_growth.build,
    measured.method,
    review_figures.gaps,
    review_prose.contact,
)
