"""Texts that mean something to a terminal, to HTML or to Markdown, and must come out as text."""

from webcycle.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Column,
    ContactCard,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Heading,
    Item,
    KeyFigure,
    KeyFigures,
    LinkList,
    NumberedList,
    Paragraph,
    Table,
)
from webcycle.documents.inline import link, plain

TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} {0}",
    "&lt;b&gt; &#60; &copy; &amp",
    "<!-- hidden --> ]]> <?php",
    "**bold** _under_ a_b_c `code` ~~gone~~",
    "[x](javascript:alert(1)) ![x](https://example.org/x.png)",
    "oui ![",
    "# not a heading #",
    "1. not a list",
    "12) nor this",
    "- nor + this * one",
    "> nor a quotation",
    "=== nor --- this",
    "a | b \\| c \\",
    "    four spaces",
    "\\*escaped\\* C:\\new\\table",
    "<https://example.org> <a@example.org>",
    "[ref]: https://example.org",
    "tab\tand\nline",
    "#",
    "---",
    "|---|",
    "Łódź 日本 🎥 العربية",
)


def blocks(text: str) -> dict[str, tuple[Block, ...]]:
    """Every kind of block with the text in each of its places; the keys name them."""
    words = plain(text)
    table = Table("t", words, (Column(words), Column(words, "number")), ((words, words),), (words, words), 0, words)
    kinds: tuple[Block, ...] = (
        Heading(2, words),
        Paragraph(words),
        BulletList((Item(words, (Paragraph(words), BulletList((Item(words),)))), Item(words))),
        NumberedList((Item(words), Item((), (Paragraph(words),))), 9),
        LinkList((words, link(words, "https://example.org/"))),
        KeyFigures(words, (KeyFigure(words, words, words),)),
        table,
        Figure("f", words, text, b"<svg/>", "image/svg+xml"),
        DefinitionList((Definition(words, (Paragraph(words),)),)),
        Callout("note", words, (Paragraph(words),)),
        Callout("quote", (), (Paragraph(words),)),
        ContactCard(words, words, (words,), text, text, "cycle@example.org"),
    )
    return {f"{type(block).__name__}-{index}": (block,) for index, block in enumerate(kinds)}


def document(text: str, found: tuple[Block, ...]) -> Document:
    """A document with the text in each of its own places as well."""
    words = plain(text)
    return Document(words, "en", found, (words, words), words, words, None, text, text, (text,))
