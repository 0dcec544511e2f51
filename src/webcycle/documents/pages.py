"""A document as data for the page template `document.typ`: what JSON knows, its words ready for print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from webcycle import colours
from webcycle.documents import contact, inline, widths
from webcycle.documents.blocks import (
    Anchor,
    Block,
    Break,
    BulletList,
    Callout,
    ContactCard,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    InLanguage,
    Inline,
    Item,
    KeyFigures,
    LinkList,
    Logo,
    Node,
    NumberedList,
    Paragraph,
    Raised,
    Run,
    Strong,
    Table,
    every,
)
from webcycle.errors import Language
from webcycle.texts import say

Data = dict[str, Any]

_REGIONS = {"fr": "FR", "en": "GB"}
_FORMATS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
# A word longer than this, in a line or in a cell, may break after any of its pieces.
_LONG = re.compile(r"\S{61,}")
_LONG_IN_CELL = re.compile(rf"\S{{{widths.LONGEST_WORD + 1},}}")
_PIECE = re.compile(r"\w{1,12}\W?|\W")
# What is shorter than this, in characters, stays on one page; what is longer may not fit in one. Each node and block
# counts as some characters, for the lines that it may begin.
_SHORT, _SHORT_TILE, _LINES_OF_CELL = 1500, 400, 20
_BEGINNING = 40
# A table of so many lines fits on a page with its caption and its note, by how wide that is.
_LINES_OF_PAGE = {widths.UPRIGHT: 38, widths.ACROSS: 26}


def data(document: Document) -> Data:
    """The document as mappings, lists, strings and numbers."""
    lang = document.lang
    told = [block for block in every(document.blocks) if not blank(block, lang)]
    asked = {id(block): widths.bounds(block) for block in told if isinstance(block, Table)}
    turned = any(widths.tight(bounds, widths.UPRIGHT) for bounds in asked.values())
    page = _Page(
        lang,
        widths.ACROSS if turned else widths.UPRIGHT,
        asked,
        frozenset(block.id for block in told if isinstance(block, Table)),
        frozenset(block.table for block in told if isinstance(block, Figure) and block.table),
        levels([block.level for block in told if isinstance(block, Heading)]),
    )
    return {
        "lang": lang,
        "region": _REGIONS[lang],
        "landscape": turned,
        "compact": document.compact,
        "name": inline.text_of(document.title, lang),
        "author": _sentences((document.author,), lang),
        "subject": _sentence(document.subject, lang),
        "keywords": _sentences(document.keywords, lang),
        "colour": colours.by_day(document.house.colour),
        "logo": _logo(document.house.logo, lang),
        "issuer": page.lines(document.issuer),
        "dateline": page.line(document.dateline),
        "label": page.line(document.label),
        "title": page.line(document.title, _LONG_IN_CELL),
        "source-table": say(lang, "document.writer.source-table"),
        "blocks": page.blocks(document.blocks),
    }


def _logo(logo: Logo | None, lang: Language) -> Data | None:
    if logo is None:
        return None
    said = logo.lang or lang
    return {
        "image": list(logo.image),
        "format": _FORMATS[logo.media_type],
        "alt": _sentence(logo.alt, said),
        "lang": said,
        "region": _REGIONS[said],
    }


def _sentence(text: str, lang: Language) -> str:
    return inline.text_of(inline.plain(text), lang)


def _sentences(texts: Sequence[str], lang: Language) -> list[str]:
    return [_sentence(text, lang) for text in texts if text]


def blank(block: Block, lang: Language) -> bool:
    """Whether this is a heading without words, which PDF/UA-1 does not take."""
    return isinstance(block, Heading) and not inline.text_of(block.text, lang).strip()


def levels(written: Sequence[int]) -> Iterator[int]:
    """The levels of the headings without gaps: both standards, and so typst, refuse a level that is skipped."""
    held: list[int] = []
    for level in written:
        held = [*(one for one in held if one < level), level]
        yield 1 + len(held)


@dataclass(frozen=True, slots=True)
class _Page:
    """Turns blocks into data; `asked` are the bounds of each table by its identity, `tables` can be led to, `sources`
    are led to, `levels` gives each heading's own."""

    lang: Language
    room: float
    asked: Mapping[int, widths.Bounds]
    tables: frozenset[str]
    sources: frozenset[str]
    levels: Iterator[int]

    def line(self, nodes: Inline, long: re.Pattern[str] = _LONG) -> list[Data]:
        return _nodes(inline.typeset(nodes, self.lang), long)

    def lines(self, texts: Sequence[Inline], long: re.Pattern[str] = _LONG) -> list[list[Data]]:
        return [self.line(nodes, long) for nodes in texts]

    def blocks(self, blocks: Sequence[Block]) -> list[Data]:
        shown = [block for block in blocks if not blank(block, self.lang)]
        return [self.placed(block, below) for block, below in zip_longest(shown, shown[1:])]

    def placed(self, block: Block, below: Block | None) -> Data:
        """The block as data, after what comes next: what introduces a picture stays with it, as does a table."""
        told = self.block(block)
        if isinstance(block, Paragraph) and not block.lead:
            told["sticky"] = isinstance(below, Figure) and _length(told) <= _SHORT
        if isinstance(block, Figure) and isinstance(below, Table) and below.id == block.table:
            told["table"] = None
        return told

    def block(self, block: Block) -> Data:  # noqa: PLR0911 - one for each kind of block
        match block:
            case Heading(text=text):
                return {"kind": "heading", "level": next(self.levels), "text": self.line(text)}
            case Paragraph(text, lead):
                return {"kind": "paragraph", "text": self.line(text), "lead": lead, "sticky": False}
            case BulletList(items):
                return {"kind": "bullets", "items": self.items(items)}
            case NumberedList(items, start):
                return {"kind": "numbers", "items": self.items(items), "start": start}
            case LinkList(items):
                return {"kind": "links", "items": self.lines(items)}
            case KeyFigures():
                return self.figures(block)
            case Table():
                return self.table(block)
            case Figure():
                return self.picture(block)
            case DefinitionList(items):
                return {"kind": "terms", "items": [self.definition(item) for item in items]}
            case Callout(kind, title, blocks):
                told = {"title": self.line(title), "blocks": self.blocks(blocks)}
                return {"kind": "callout", "sort": kind, "whole": _length(told) <= _SHORT, **told}
            case ContactCard():
                lines = self.lines(contact.lines(block))
                return {"kind": "contact", "lines": lines, "whole": _length(lines) <= _SHORT}

    def items(self, items: Sequence[Item]) -> list[Data]:
        return [{"text": self.line(item.text), "blocks": self.blocks(item.blocks)} for item in items]

    def definition(self, item: Definition) -> Data:
        told = {"term": self.line(item.term), "blocks": self.blocks(item.blocks)}
        return {**told, "whole": _length(told) <= _SHORT}

    def figures(self, block: KeyFigures) -> Data:
        figures = [
            {
                "value": self.line(figure.value, _LONG_IN_CELL),
                "label": self.line(figure.label, _LONG_IN_CELL),
                "note": self.line(figure.note, _LONG_IN_CELL),
            }
            for figure in block.figures
        ]
        return {
            "kind": "figures",
            "title": self.line(block.title),
            "figures": figures,
            "whole": all(_length(figure) <= _SHORT_TILE for figure in figures),
        }

    def table(self, block: Table) -> Data:
        asked = self.asked[id(block)]
        columns = widths.widths(asked, self.room)
        rows = [self.lines(row, _LONG_IN_CELL) for row in block.rows]
        return {
            "kind": "table",
            "id": block.id,
            "target": block.id in self.sources,
            "caption": self.line(block.caption),
            "columns": self.lines([column.title for column in block.columns], _LONG_IN_CELL),
            "kinds": [column.kind for column in block.columns],
            "widths": columns,
            "tight": widths.tight(asked, self.room),
            "rows": rows,
            "whole": all(
                _length(cell) <= _LINES_OF_CELL * width
                for row in rows
                for cell, width in zip(row, columns, strict=True)
            ),
            "kept": _lines(block, columns) <= _LINES_OF_PAGE[self.room],
            "total": self.lines(block.total, _LONG_IN_CELL),
            "note": self.line(block.note),
        }

    def picture(self, block: Figure) -> Data:
        return {
            "kind": "picture",
            "title": self.line(block.title),
            "alt": _sentence(block.alt, self.lang),
            "image": list(block.image),
            "format": _FORMATS[block.media_type],
            "table": block.table if block.table in self.tables else None,
        }


def _nodes(nodes: Inline, long: re.Pattern[str]) -> list[Data]:
    return [_node(node, long) for node in nodes]


def _node(node: Node, long: re.Pattern[str]) -> Data:  # noqa: PLR0911 - one for each kind of node
    match node:
        case Run(text, verbatim):
            return {"kind": "run", "parts": _parts(text, long), "verbatim": verbatim or "@" in text}
        case Raised(text):
            return {"kind": "raised", "text": text}
        case Break():
            return {"kind": "break"}
        case Strong(children):
            return {"kind": "strong", "children": _nodes(children, long)}
        case Emphasis(children):
            return {"kind": "emphasis", "children": _nodes(children, long)}
        case Anchor(children, url):
            return {"kind": "anchor", "url": url, "children": _nodes(children, long)}
        case InLanguage(children, lang):
            return {"kind": "language", "lang": lang, "region": _REGIONS[lang], "children": _nodes(children, long)}


def _parts(text: str, long: re.Pattern[str]) -> list[str]:
    """The text in pieces between which a line may break, besides at its spaces."""
    if not long.search(text):
        return [text] if text else []
    parts: list[str] = []
    done = 0
    for word in long.finditer(text):
        *before, last = _PIECE.findall(word[0])
        first, *rest = (*before, last)
        parts += [text[done : word.start()] + first, *rest]
        done = word.end()
    return [part for part in (*parts, text[done:]) if part]


def _lines(table: Table, columns: Sequence[float]) -> int:
    """How many lines a table has on paper, the room between two rows being about one."""
    rows = table.rows[: max(_LINES_OF_PAGE.values()) + 1]
    return sum(1 + max(map(widths.lines, row, columns), default=1) for row in rows)


def _length(told: Any) -> int:
    """How long some data is on paper, in characters; a picture, a table or tiles are too long to be kept whole."""
    match told:
        case {"kind": "picture" | "table" | "figures"}:
            return _SHORT + 1
        case {"kind": "run", "parts": parts}:
            return _BEGINNING + sum(map(len, parts))
        case {**fields}:
            return _BEGINNING + sum(map(_length, fields.values()))
        case [*entries]:
            return sum(map(_length, entries))
        case _:
            return 0
