"""The blocks of a document as paragraphs, tables and pictures of Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from webcycle.documents import contact, inline, widths
from webcycle.documents.blocks import (
    Block,
    Break,
    BulletList,
    Callout,
    ContactCard,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    KeyFigures,
    LinkList,
    Logo,
    NumberedList,
    Run,
    Strong,
    Table,
    every,
)
from webcycle.documents.blocks import Paragraph as Words
from webcycle.documents.docx import pictures, tables
from webcycle.documents.docx.lists import DEEPEST, STEP, Numbering
from webcycle.documents.docx.package import Opened
from webcycle.documents.docx.styles import Styles
from webcycle.documents.docx.wml import (
    Paragraph,
    Xml,
    counted,
    joined,
    tagged,
    text,
    twips,
    w,
)
from webcycle.documents.docx.words import Look, Writer
from webcycle.documents.pages import blank, levels
from webcycle.errors import Language
from webcycle.texts import say

Part = Paragraph | Xml
"""A paragraph, or a table."""

_PLAIN = Look()
_GAP = Paragraph(Xml(""), {"spacing": w("spacing", before=0, after=0, line=160, lineRule="exact")})
_BELOW_TABLE = w("spacing", before=200)
# How large a picture, a figure and the house's logo, may be, in millimetres.
_FIGURE, _LOGO = (140.0, 190.0), (80.0, 19.0)


def too_wide(document: Document) -> bool:
    """Whether a table asks for the page to be turned on its long side."""
    found = (block for block in every(document.blocks) if isinstance(block, Table))
    return any(widths.tight(widths.bounds(block), widths.UPRIGHT) for block in found)


def written(document: Document, opened: Opened) -> Xml:
    """The body of the document, but for its section: who issues it, its title, its blocks."""
    told = [block for block in every(document.blocks) if not blank(block, document.lang)]
    tabled = [block.id for block in told if isinstance(block, Table) and block.caption]
    body = _Body(
        opened,
        document.lang,
        opened.styles,
        opened.numbering,
        levels([block.level for block in told if isinstance(block, Heading)]),
        {name: f"table_{number}" for number, name in enumerate(dict.fromkeys(tabled), 1)},
    )
    parts = _apart([*body.head(document), *body.blocks(document.blocks, _Place())])
    return joined(part.written() if isinstance(part, Paragraph) else part for part in parts)


def _apart(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with room below a table, which has none of its own: without it two tables would be one."""
    tabled = False
    for part in parts:
        if not isinstance(part, Paragraph):
            yield from [_GAP] * tabled
            yield part
        else:
            # A style of its own brings its own room.
            yield part.given(spacing=_BELOW_TABLE) if tabled and "pStyle" not in part.properties else part
        tabled = not isinstance(part, Paragraph)
    yield from [_GAP] * tabled


@dataclass(frozen=True, slots=True)
class _Place:
    """Where blocks stand: how deep in lists, how far in (twips), and in what: a call-out has its style and frame."""

    depth: int = 0
    indent: int = 0
    style: str = "normal"
    frame: Mapping[str, Xml] = field(default_factory=dict)
    look: Look = _PLAIN


@dataclass(slots=True)
class _Body:
    opened: Opened
    lang: Language
    styles: Styles
    numbering: Numbering
    levels: Iterator[int]
    targets: Mapping[str, str]
    counts: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.address, lambda: self.styles.name("link"))

    # ---- words

    def words(self, nodes: Inline, look: Look = _PLAIN) -> Xml:
        """Inline text, ready for print."""
        return self.writer.words(inline.typeset(nodes, self.lang), look)

    def address(self, url: str) -> str:
        """The relationship that leads there."""
        if url not in self.addresses:
            self.addresses[url] = self.opened.lead(url, len(self.addresses) + 1)
        return self.addresses[url]

    def count(self, what: str) -> int:
        """The next number of something."""
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def styled(self, style: str, content: Xml, **properties: Xml) -> Paragraph:
        """A paragraph of a style; the one that is the default is not named."""
        named = {} if style == "normal" else {"pStyle": w("pStyle", val=self.styles.name(style))}
        return Paragraph(content, {**named, **properties})

    # ---- the head

    def head(self, document: Document) -> Iterator[Part]:
        """The logo, who issues the document, where and when, what it is, its title."""
        logo = document.house.logo
        if logo is not None and not self.opened.pictures:
            yield self.logo(logo)
        *upper, last = document.issuer or ((),)
        lines: list[Inline] = [(Strong(line),) for line in upper or [last] if line]
        lines += [(Emphasis(last),)] if upper else []
        for number, line in enumerate(lines, 1):
            # A date and its rule come next, or else some room.
            apart = {"spacing": w("spacing", after=280)} if number == len(lines) and not document.dateline else {}
            yield self.styled("issuer", self.words(line), **apart)
        if document.dateline:
            yield self.styled("dateline", self.words(document.dateline))
        if document.label:
            yield self.styled("label", self.words(document.label))
        yield self.styled("title", self.words(document.title))

    def logo(self, logo: Logo) -> Paragraph:
        alt = inline.text_of(inline.plain(logo.alt), logo.lang or self.lang)
        return self.styled("logo", self.pictured(logo.image, logo.media_type, alt, _LOGO))

    def pictured(self, image: bytes, media_type: pictures.MediaType, alt: str, room: tuple[float, float]) -> Xml:
        found = pictures.picture(image, media_type, alt, (min(room[0], self.opened.width), room[1]))
        ending = "png" if found.media_type == "image/png" else "jpg"
        relation = self.opened.add(RT.IMAGE, f"/word/media/image%d.{ending}", found.media_type, found.data)
        number = max(self.opened.pictures, default=0) + self.count("picture")
        return pictures.inline(found, relation, number, alt)

    # ---- blocks

    def blocks(self, blocks: Sequence[Block], place: _Place) -> Iterator[Part]:
        """The blocks in their order."""
        shown = [block for block in blocks if not blank(block, self.lang)]
        for block, below in zip_longest(shown, shown[1:]):
            # A table right below its picture needs no link to it.
            beside = isinstance(block, Figure) and isinstance(below, Table) and below.id == block.table
            yield from self.block(replace(block, table=None) if beside else block, place)

    def block(self, block: Block, place: _Place) -> Iterator[Part]:
        match block:
            case Heading(text=words):
                yield self.set_in(f"heading-{next(self.levels) - 1}", self.words(words, place.look), place)
            case Words(words, lead):
                yield self.set_in("lead" if lead else place.style, self.words(words, place.look), place)
            case BulletList(items):
                yield from self.items(items, self.numbering.unordered("bullet"), place)
            case NumberedList(items, start):
                yield from self.items(items, self.numbering.ordered(start, place.depth), place)
            case LinkList(items):
                yield from self.items([Item(words) for words in items], self.numbering.unordered("arrow"), place)
            case KeyFigures():
                yield from self.figures(block, place)
            case Table():
                yield from self.table(block, place)
            case Figure():
                yield from self.figure(block, place)
            case DefinitionList(items):
                for item in items:
                    yield self.set_in("term", self.words(item.term, place.look), place)
                    yield from self.blocks(item.blocks, place)
            case Callout(kind, title, blocks):
                yield from self.callout(kind, title, blocks)
            case ContactCard():
                lines = contact.lines(block)
                nodes = [node for line in lines for node in (*line, Break())][:-1]
                yield self.set_in("contact", self.words(tuple(nodes)), place, spacing=w("spacing", before=240))

    def set_in(self, style: str, content: Xml, place: _Place, **properties: Xml) -> Paragraph:
        """A paragraph of a style in its place: in the frame of a call-out, below the text of an item."""
        deep = place.depth * STEP + place.indent
        framed = place.frame if style != place.style else {}
        inward = {"ind": w("ind", left=deep)} if place.depth or (framed and place.indent) else {}
        return self.styled(style, content, **framed, **inward, **properties)

    def items(self, items: Sequence[Item], number: int, place: _Place) -> Iterator[Part]:
        found = [part for item in items for part in self.item(item, number, place)]
        yield from found[:-1]
        for last in found[-1:]:
            if isinstance(last, Paragraph) and not place.depth:
                yield last.given(spacing=w("spacing", after=140))
            else:
                yield last

    def item(self, item: Item, number: int, place: _Place) -> Iterator[Part]:
        text_, blocks = item.text, item.blocks
        if not text_ and blocks and isinstance(blocks[0], Words):
            text_, blocks = blocks[0].text, blocks[1:]
        depth = min(place.depth, DEEPEST)
        placed = {"numPr": w("numPr", w("ilvl", val=depth), w("numId", val=number))}
        if place.indent:
            placed["ind"] = w("ind", left=place.indent + STEP * (depth + 1), hanging=STEP)
        yield self.styled("list", self.words(text_, place.look), **placed, **place.frame)
        yield from self.blocks(blocks, replace(place, depth=place.depth + 1))

    # ---- tables and pictures

    def room(self, place: _Place) -> tuple[int, float]:
        """Where a table begins, in twips, and how wide it may be, in millimetres."""
        inward = place.indent + STEP * place.depth
        return inward, max(self.opened.width - inward / twips(1), 30)

    def table(self, block: Table, place: _Place) -> Iterator[Part]:
        if block.caption:
            yield self.caption("table", block.caption, place, self.targets.get(block.id))
        name = inline.text_of(block.caption, self.lang)
        yield tables.data(block, self.styles, self.words, self.room(place), name)
        if block.note:
            yield self.set_in("source", self.words(block.note), place)

    def figures(self, block: KeyFigures, place: _Place) -> Iterator[Part]:
        if block.title:
            yield self.set_in("figures-title", self.words(block.title), place)
        name = inline.text_of(block.title, self.lang)
        if block.figures:
            yield tables.tiles(block, self.styles, self.words, self.room(place), name)

    def figure(self, block: Figure, place: _Place) -> Iterator[Part]:
        yield self.caption("figure", block.title, place, None)
        target = self.targets.get(block.table or "")
        alt = inline.text_of(inline.plain(block.alt), self.lang)
        drawn = self.pictured(block.image, block.media_type, alt, _FIGURE)
        yield self.set_in("figure", drawn, place, **({"keepNext": w("keepNext")} if target else {}))
        if target:
            look = Look(link=self.styles.name("link"))
            words = self.words(inline.plain(say(self.lang, "document.writer.source-table")), look)
            yield self.set_in("source", tagged("w:hyperlink", words, w_anchor=target, w_history=1), place)

    def caption(self, sort: Literal["table", "figure"], words: Inline, place: _Place, target: str | None) -> Paragraph:
        """ "Table 1: ...", the number a field that Word counts; `target` is the name of a bookmark round it."""
        called, number = say(self.lang, f"document.docx.{sort}"), str(self.count(sort))
        said = (
            w("r", text(f"{called}\u00a0")),
            counted(f"SEQ {called} \\* ARABIC", number),
            self.words((Run(say(self.lang, "document.docx.separator")), *words)),
        )
        marks = _marked(target, self.count("bookmark")) if target else (Xml(""), Xml(""))
        # The caption of a letterhead may lack what ours has.
        return self.set_in("caption", joined((marks[0], *said, marks[1])), place, keepNext=w("keepNext"))

    # ---- what stands apart

    def callout(self, kind: str, title: Inline, blocks: Sequence[Block]) -> Iterator[Part]:
        look = Look(italic=self.styles.italic(kind))
        within = _Place(0, _INDENT, kind, self.styles.frame(kind), look)
        head = [self.titled(kind, title, within, alone=not blocks)] if title else []
        parts = [*head, *self.blocks(blocks, within)]
        for number, part in enumerate(parts):
            around = {"before": 200} if number == 0 else {}
            around |= {"after": 240} if number == len(parts) - 1 else {}
            yield part.given(spacing=w("spacing", **around)) if around and isinstance(part, Paragraph) else part

    def titled(self, kind: str, title: Inline, place: _Place, *, alone: bool) -> Paragraph:
        kept = {} if alone else {"keepNext": w("keepNext")}
        if kind == "date":
            return self.styled("date-title", self.words(title), **kept)
        return self.styled(kind, self.words((Strong(title),), place.look), **kept)


# How far in the text of a call-out stands, in twips.
_INDENT = 220


def _marked(name: str, number: int) -> tuple[Xml, Xml]:
    return w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)
