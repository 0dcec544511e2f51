"""The Markdown writer: CommonMark with GFM tables, for a CMS or a mail; every text of the document stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from webcycle.documents import contact, inline
from webcycle.documents.blocks import (
    Anchor,
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
    InLanguage,
    Inline,
    Item,
    KeyFigure,
    KeyFigures,
    LinkList,
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
from webcycle.texts import say, template

_HARD_BREAK = "\\\n"
# What may be markup anywhere in a line: CommonMark 0.31, sections 2.4, 2.5 and 6; "~" is of GFM.
_ANYWHERE = re.compile(r"[\\`*\[\]~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
# What may be markup at the beginning of a line (sections 4 and 5): a heading, list, quotation, underline, table rule.
_AT_START = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[#>+=|:-]))", re.MULTILINE)
_STRONG, _EMPHASIS = "**", "_"


def render(document: Document) -> str:
    """The document as Markdown: issuer, dateline, label, title, then its blocks; ends with a newline."""
    lang = document.lang
    *upper, last = document.issuer or ((),)
    issuer = [*upper, (Emphasis(last),)] if document.issuer else []
    head = [
        _HARD_BREAK.join(_line(line, lang) for line in issuer),
        _line(document.dateline, lang),
        _line((Strong(document.label),) if document.label else (), lang),
        f"# {_one_line(document.title, lang)}",
    ]
    captions = {block.id: block.caption for block in every(document.blocks) if isinstance(block, Table)}
    body = _blocks(document.blocks, _Page(lang, captions))
    return "\n\n".join(part for part in (*head, body) if part) + "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    """What a block may have to know of the rest: the language, and the captions of the tables by their ids."""

    lang: Language
    captions: Mapping[str, Inline]


def _blocks(blocks: Sequence[Block], page: _Page) -> str:
    """Blocks, a blank line between; a list after one of its kind has the other marker, or the two would be one."""
    parts: list[str] = []
    other = False
    for before, block in pairwise((None, *blocks)):
        other = isinstance(block, BulletList | NumberedList) and type(before) is type(block) and not other
        parts.append(_block(block, page, other=other))  # type: ignore[arg-type]
    return "\n\n".join(part for part in parts if part)


def _block(block: Block, page: _Page, *, other: bool) -> str:  # noqa: PLR0911 - one for each kind of block
    lang = page.lang
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_one_line(text, lang)}"
        case Paragraph(text):
            return _line(text, lang)
        case BulletList(items):
            return _list(items, ["*" if other else "-"] * len(items), page)
        case NumberedList(items, start):
            return _list(items, [f"{start + n}{')' if other else '.'}" for n in range(len(items))], page)
        case LinkList(items):
            return _HARD_BREAK.join(f"→ {_line(item, lang)}" for item in items)
        case KeyFigures(title, figures):
            return _captioned(title, "\n".join(_key_figure(figure, lang) for figure in figures), lang)
        case Table():
            return _table(block, lang)
        case Figure():
            return _figure(block, page)
        case DefinitionList(items):
            return "\n\n".join(_captioned(item.term, _blocks(item.blocks, page), lang) for item in items)
        case Callout(title=title, blocks=blocks):
            return _quoted(_captioned(title, _blocks(blocks, page), lang))
        case ContactCard():
            return _HARD_BREAK.join(_line(line, lang) for line in contact.lines(block))


def _captioned(title: Inline, body: str, lang: Language) -> str:
    caption = _line((Strong(title),), lang) if title else ""
    return "\n\n".join(part for part in (caption, body) if part)


def _figure(figure: Figure, page: _Page) -> str:
    """What a picture says, and where its data are: a mail and many a CMS take no picture out of a text."""
    words = [_line(inline.plain(figure.alt), page.lang)]
    if figure.table is not None and figure.table in page.captions:
        sentence = template(page.lang, "document.writer.table-of-figure")
        words.append(_line(inline.compose(sentence, {"caption": page.captions[figure.table]}), page.lang))
    return _captioned(figure.title, "\n\n".join(words), page.lang)


def _list(items: Iterable[Item], markers: Iterable[str], page: _Page) -> str:
    return "\n".join(_item(item, marker, page) for item, marker in zip(items, markers, strict=True))


def _item(item: Item, marker: str, page: _Page) -> str:
    text, below = _line(item.text, page.lang), _blocks(item.blocks, page)
    tight = not item.blocks or isinstance(item.blocks[0], BulletList | NumberedList)
    body = ("\n" if tight and text else "\n\n").join(part for part in (text, below) if part)
    return f"{marker} {_indented(body, len(marker) + 1)}".rstrip()


def _indented(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _key_figure(figure: KeyFigure, lang: Language) -> str:
    note: Inline = (Run(" ("), Emphasis(figure.note), Run(")")) if figure.note else ()
    return f"- {_line((Strong(figure.value), Run(' '), *figure.label, *note), lang)}"


def _table(table: Table, lang: Language) -> str:
    rules = ["---:" if column.kind == "number" else "---" for column in table.columns]
    total = [tuple(_strong(cell) for cell in table.total)] if table.total else []
    rows = [tuple(column.title for column in table.columns), *table.rows, *total]
    heads, *cells = (f"| {' | '.join(_cell(cell, lang) for cell in row)} |" for row in rows)
    caption = _line((Strong((Run(say(lang, "document.writer.table", {"caption": ""})), *table.caption)),), lang)
    note = _line((Emphasis(table.note),), lang) if table.note else ""
    grid = "\n".join([heads, f"| {' | '.join(rules)} |", *cells])
    return "\n\n".join(part for part in (caption, grid, note) if part)


def _strong(cell: Inline) -> Inline:
    return (Strong(cell),) if cell else ()


def _cell(nodes: Inline, lang: Language) -> str:
    """A cell's text; GFM cuts a row at every bar before it reads anything else."""
    return _one_line(nodes, lang).replace("|", "&#124;")


def _one_line(nodes: Inline, lang: Language) -> str:
    """Text without a line break. A number sign at the end of a heading would be taken for its closing."""
    return re.sub(r"(?:^|(?<=\s))(#+)$", r"\\\1", _words(nodes, lang).replace(_HARD_BREAK, " "))


def _line(nodes: Inline, lang: Language) -> str:
    """A paragraph's text; nothing at the beginning of one of its lines starts a block."""
    return _AT_START.sub(r"\1\\", _words(nodes, lang))


def _words(nodes: Inline, lang: Language) -> str:
    text = _flanked(_pieces(inline.typeset(nodes, lang), frozenset()))
    lines = (line.strip(" ") for line in text.split(_HARD_BREAK))
    return _HARD_BREAK.join(line for line in lines if line.strip())


# ---- inline text: first a row of pieces, each text or a delimiter, then delimiters that CommonMark will recognise


class _Open(str):
    """A delimiter that opens emphasis."""


class _Close(str):
    """A delimiter that closes emphasis."""


def _pieces(nodes: Inline, inside: frozenset[type[Node]]) -> Iterator[str]:
    for node in _merged(_unwrapped(nodes, inside)):
        match node:
            case Run(text) | Raised(text):
                yield _ANYWHERE.sub(r"\\\g<0>", text)
            case Break():
                yield _HARD_BREAK
            case Anchor(children, url):
                yield _link(_flanked(_pieces(children, inside)), url)
            case Strong(children):
                yield from _delimited(_flanked(_pieces(children, inside | {Strong})), _STRONG)
            case Emphasis(children):
                yield from _delimited(_flanked(_pieces(children, inside | {Emphasis})), _EMPHASIS)


def _unwrapped(nodes: Inline, inside: frozenset[type[Node]]) -> Iterator[Node]:
    """The nodes that Markdown can say: no language, nothing empty, no emphasis inside one of its kind."""
    for node in nodes:
        if isinstance(node, InLanguage) or type(node) in inside:
            yield from _unwrapped(node.children, inside)  # type: ignore[union-attr]
        elif isinstance(node, Break) or inline.text_of((node,), "en"):
            yield node


def _merged(nodes: Iterable[Node]) -> Inline:
    """The same words, neighbours of one kind made one: `_a__b_` would not be read as two."""
    found: list[Node] = []
    for node in nodes:
        match (found[-1] if found else None), node:
            case (Strong(before), Strong(after)):
                found[-1] = Strong((*before, *after))
            case (Emphasis(before), Emphasis(after)):
                found[-1] = Emphasis((*before, *after))
            case _:
                found.append(node)
    return tuple(found)


def _delimited(words: str, delimiter: str) -> Iterator[str]:
    """Delimiters close round the words: CommonMark knows none beside a space, nor round nothing else."""
    core = words.strip()
    start = words.index(core)
    yield words[:start]
    if core:
        yield from (_Open(delimiter), core, _Close(delimiter))
    yield words[start + len(core) :]


def _flanked(pieces: Iterable[str]) -> str:
    """The pieces in one string, a letter that would hide a delimiter written as a character reference (section 6.2)."""
    found = ""
    before = ""
    for piece, after in pairwise((*filter(None, pieces), "")):
        if isinstance(piece, _Open) and found[-1:].isalnum() and not (piece == _STRONG and after[:1].isalnum()):
            found = found[:-1] + _reference(found[-1])
        elif found[-1:] == "!" and piece[:1] == "[":
            found = f"{found[:-1]}\\!"
        hidden = isinstance(before, _Close) and piece[:1].isalnum() and _hidden(before, found)
        found += _reference(piece[0]) + piece[1:] if hidden else piece
        before = piece
    return found


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


def _hidden(delimiter: str, found: str) -> bool:
    """Whether a closing delimiter at the end of `found`, a letter after it, would not be read as one."""
    return delimiter == _EMPHASIS or not found[: -len(delimiter)][-1:].isalnum()


def _link(words: str, url: str) -> str:
    if words in (url, url.removeprefix("mailto:")):
        return f"<{words}>"
    target = re.sub(r"&(?=#?\w+;)", r"\\&", url)
    return f"[{words}](<{target}>)" if set(target) & set("()") else f"[{words}]({target})"
