"""The document model: a closed set of blocks over a closed set of inline nodes, all of them immutable values.

Builders make inline text with `webcycle.documents.inline` (`plain`, `rich`, `compose`, `link`); writers get it ready
for print with `webcycle.documents.inline.typeset`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from webcycle.errors import Language


@dataclass(frozen=True, slots=True)
class Run:
    """Text as it stands, never markup; `verbatim` (from a code span) keeps typography away from it."""

    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """Superscript letters, of an ordinal."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance."""

    children: Inline


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress, or a title of a work."""

    children: Inline


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that lead to `url`, an ASCII http, https or mailto address."""

    children: Inline
    url: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Words in a language, perhaps not the document's (WCAG 2.2, 3.1.2 "Language of Parts")."""

    children: Inline
    lang: Language


Node = Run | Raised | Break | Strong | Emphasis | Anchor | InLanguage
Inline = tuple[Node, ...]

ColumnKind = Literal["text", "number", "date"]
CalloutKind = Literal["note", "warning", "date", "quote"]
Level = Literal[2, 3, 4, 5, 6]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the document's title (level 1); `id` is a slug, unique in the document."""

    level: Level
    text: Inline
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` sets the first one apart."""

    text: Inline
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, and what is nested under its text."""

    text: Inline
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list in any order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list in this order, counted from `start`."""

    items: tuple[Item, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class LinkList:
    """Where to go next, an arrow before each; an item is an `Anchor`, or words where no address is known."""

    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that stands out, what it counts, and where it comes from."""

    value: Inline
    label: Inline
    note: Inline = ()


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Two to six figures side by side; `title` names the group."""

    title: Inline
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers are set flush right, dates are kept on one line."""

    title: Inline
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table, each row with a cell a column; `row_header` is the column that names the row; `total` its last row."""

    id: str
    caption: Inline
    columns: tuple[Column, ...]
    rows: tuple[tuple[Inline, ...], ...]
    total: tuple[Inline, ...] = ()
    row_header: int | None = 0
    note: Inline = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture; `alt` says what it shows and `table` is the id of the table with the same data."""

    id: str
    title: Inline
    alt: str
    image: bytes
    media_type: Literal["image/svg+xml", "image/png"]
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term (a date, a name) and what is said of it."""

    term: Inline
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms and what is said of each: the sessions of a programme by date."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """What stands apart from the text: a note, a warning, the date of an event, a quotation."""

    kind: CalloutKind
    title: Inline
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Who answers: an office, `lines` (the bodies that it belongs to), and how to reach it; ends a document."""

    name: Inline
    role: Inline = ()
    lines: tuple[Inline, ...] = ()
    address: str | None = None
    phone: str | None = None
    email: str | None = None


Block = (
    Heading
    | Paragraph
    | BulletList
    | NumberedList
    | LinkList
    | KeyFigures
    | Table
    | Figure
    | DefinitionList
    | Callout
    | ContactCard
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture at the head of a document; `alt` is what it says, in `lang` where that is not the document's."""

    image: bytes
    media_type: Literal["image/svg+xml", "image/png", "image/jpeg"]
    alt: str
    lang: Language | None = None


@dataclass(frozen=True, slots=True)
class House:
    """The look of who issues a document: a colour ("#rrggbb"), a logo, and a Word file that DOCX starts from."""

    colour: str = "#1f4e79"
    logo: Logo | None = None
    letterhead: bytes | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document for readers, in one language.

    `issuer` are the lines of who issues it, highest first; `label` is the sort of document ("COMMUNIQUÉ"); `author`,
    `subject`, `keywords` and `date` are its metadata; `compact` asks for small print, so that it fits on a page.
    """

    title: Inline
    lang: Language
    blocks: tuple[Block, ...]
    issuer: tuple[Inline, ...] = ()
    dateline: Inline = ()
    label: Inline = ()
    date: date | None = None
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    house: House = House()
    compact: bool = False


def every(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks and those inside them, in the order in which they are read."""
    for block in blocks:
        yield block
        match block:
            case BulletList(items) | NumberedList(items) | DefinitionList(items):
                for item in items:
                    yield from every(item.blocks)
            case Callout(blocks=inner):
                yield from every(inner)
