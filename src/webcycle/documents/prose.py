"""Prose that the author wrote in CommonMark, as blocks; what has no block of its own is refused, not dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from webcycle import richtext
from webcycle.documents import inline
from webcycle.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Heading,
    Inline,
    Item,
    Level,
    NumberedList,
    Paragraph,
)
from webcycle.errors import Language

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode


def prose(source: str, lang: Language | None = None, *, under: int = 2) -> tuple[Block, ...]:
    """The blocks of a Markdown text that stands below a heading of level `under`: its own headings go below that one.

    RefusedError for what `webcycle.richtext` does not take.
    """
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - many documents hold no such text

    tokens = richtext.block_tokens(source)
    levels = _levels([int(token.tag[1:]) for token in tokens if token.type == "heading_open"], under)
    return _blocks(SyntaxTreeNode(tokens).children, lang, levels)


def _levels(written: Sequence[int], under: int) -> Iterator[Level]:
    """The levels of the headings in order, below `under` and without the gaps that a reader of structure falls into."""
    open_levels: list[int] = []
    for level in written:
        open_levels = [*(one for one in open_levels if one < level), level]
        yield cast(Level, min(under + len(open_levels), 6))


def _blocks(nodes: Sequence[SyntaxTreeNode], lang: Language | None, levels: Iterator[Level]) -> tuple[Block, ...]:
    return tuple(_block(node, lang, levels) for node in nodes)


def _block(node: SyntaxTreeNode, lang: Language | None, levels: Iterator[Level]) -> Block:
    match node.type:
        case "paragraph":
            return Paragraph(_inline(node, lang))
        case "heading":
            return Heading(next(levels), _inline(node, lang))
        case "bullet_list":
            return BulletList(_items(node, lang, levels))
        case "ordered_list":
            return NumberedList(_items(node, lang, levels), int(node.attrGet("start") or 1))
        case _:  # a quotation, the last kind that is taken
            return Callout("quote", (), _blocks(node.children, lang, levels))


def _items(node: SyntaxTreeNode, lang: Language | None, levels: Iterator[Level]) -> tuple[Item, ...]:
    return tuple(_item(_blocks(child.children, lang, levels)) for child in node.children)


def _item(blocks: tuple[Block, ...]) -> Item:
    match blocks:
        case (Paragraph(text), *rest):
            return Item(text, tuple(rest))
        case _:
            return Item((), blocks)


def _inline(node: SyntaxTreeNode, lang: Language | None) -> Inline:
    tokens = [child.token for child in node.children if child.token is not None]
    return inline.in_language(inline.inline_nodes(tokens), lang)
