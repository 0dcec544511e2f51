"""What a reader finds in the measured sections of a review."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from webcycle.documents import measured
from webcycle.documents.blocks import Block, BulletList, Figure, Heading, Paragraph, Table, every
from webcycle.documents.inline import text_of
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.review import Review

FRENCH, ENGLISH = Voice("fr", "fr"), Voice("en", "fr")
Section = Callable[[Review, Voice], Iterator[Block]]
SECTIONS: tuple[Section, ...] = (
    measured.sessions_chart,
    measured.curves,
    measured.who_came,
    measured.loyalty,
    measured.method,
)
TITLES = ("Coopérer avec le Maroc", "L'égalité", "Les appels à projets", "Le sport", "La santé", "La jeunesse")


def sections(review: Review, voice: Voice) -> tuple[Block, ...]:
    return tuple(block for section in SECTIONS for block in section(review, voice))


def told(blocks: Sequence[Block], lang: Language = "fr") -> str:
    """The sentences of paragraphs and lists, and the notes of tables."""
    found = []
    for block in every(blocks):
        match block:
            case Paragraph(text) | Heading(text=text):
                found.append(text_of(text, lang))
            case BulletList(items):
                found += [text_of(item.text, lang) for item in items]
            case Table(note=note):
                found.append(text_of(note, lang))
    return "\n".join(found)


def table(blocks: Sequence[Block], name: str, lang: Language = "fr") -> list[list[str]]:
    found = next(block for block in blocks if isinstance(block, Table) and block.id == name)
    return [[text_of(cell, lang) for cell in row] for row in found.rows]


def names(blocks: Sequence[Block]) -> list[str]:
    return [block.id for block in blocks if isinstance(block, Table | Figure)]


def numbers(blocks: Sequence[Block]) -> set[int]:
    """Every whole number that a reader of these blocks can find: in words, tables, alternative texts and pictures."""
    texts = [told(blocks), *(block.alt for block in blocks if isinstance(block, Figure))]
    texts += [" ".join(row) for block in blocks if isinstance(block, Table) for row in table(blocks, block.id)]
    pictures = [block.image.decode() for block in blocks if isinstance(block, Figure)]
    texts += [said for picture in pictures for said in re.findall(r">([^<>]+)</text>", picture)]
    return {int(found) for text in texts for found in re.findall(r"(?<![\d,.])\d+(?![\d,.]*\s?%)", text)}
