"""The closing review of a cycle: what its communiqué says, then what a reader of figures asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from webcycle.documents import (
    communique,
    inline,
    measured,
    review_figures,
    review_growth,
    review_prose,
    session_table,
    wording,
)
from webcycle.documents.announce import told
from webcycle.documents.blocks import Block, Document, Inline
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.review import Review

Level = Literal["short", "standard", "full"]
Section = Callable[[Review, Voice], Iterator[Block]]

LEVELS: tuple[Level, ...] = ("short", "standard", "full")
"""How much a review says: a page, a few pages, all."""


def build(review: Review, lang: Language, level: Level = "standard") -> Document:
    """The review as a document in `lang`; what the author wrote in another language is marked as such."""
    voice = Voice.of_programme(review.programme, lang)
    blocks = (block for section in _sections(review, level) for block in section(review, voice))
    title = _title(review, voice)
    document = communique.framed(review.programme, voice, review.release, review.issued, title, blocks)
    # Without records it is short at any level, and would end on a page that is nearly empty.
    return replace(document, compact=level != "full" or review.results is None)


def _title(review: Review, voice: Voice) -> Inline:
    if review.release is not None and review.release.title is not None:
        return voice.plain(review.release.title)
    cycle = review.programme.cycle
    words, own = cycle.title.pick(voice.lang, voice.own)
    before, name = wording.split_of(words, own) if voice.lang == own == "fr" else ("", words)
    named = (*inline.plain(before), *told.in_quotes(name, own, voice))
    if cycle.edition is None:
        return voice.say("document.review.title", cycle=named)
    return voice.say("document.review.title-edition", ordinal=wording.ordinal(cycle.edition, voice.lang), cycle=named)


def _sections(review: Review, level: Level) -> Iterator[Section]:
    at = LEVELS.index(level)
    sections = (levels[at] for levels in _SECTIONS)
    return (one for one in sections if one is not None and (review.tell_people or one not in _OF_PEOPLE))


_OF_PEOPLE: frozenset[Section] = frozenset(
    {measured.who_came, measured.who_came_in_short, measured.loyalty, measured.loyalty_in_short}
)
# Each part as it stands at each of LEVELS, None where it does not: what a level has, the longer ones have too.
_SECTIONS: tuple[tuple[Section | None, Section | None, Section | None], ...] = (
    (review_prose.lead, review_prose.lead, review_prose.lead),
    (review_figures.main_figures, review_figures.main_figures, review_figures.key_figures),
    (review_figures.contradicted, review_figures.contradicted, review_figures.contradicted),
    (review_prose.axes, review_prose.axes, review_prose.axes),
    (review_prose.links, review_prose.links, review_prose.links),
    (review_prose.success, review_prose.success, review_prose.success),
    (None, None, review_prose.highlights),
    (review_prose.what_next, review_prose.what_next, review_prose.what_next),
    (None, session_table.brief, session_table.build),
    (None, measured.sessions_chart, measured.sessions_chart),
    (None, measured.curve_of_most_attended, measured.curves),
    (None, measured.who_came_in_short, measured.who_came),
    (None, measured.loyalty_in_short, measured.loyalty),
    (None, None, review_figures.sources),
    (review_growth.build, review_growth.build, review_growth.build),
    (None, measured.method_in_short, measured.method),
    (None, None, review_figures.gaps),
    (review_prose.contact, review_prose.contact, review_prose.contact),
)
