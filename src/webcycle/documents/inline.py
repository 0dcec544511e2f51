"""Inline text: made from data, Markdown and templates by builders, and got ready for print by writers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from webcycle import richtext, values
from webcycle.documents import typography
from webcycle.documents.blocks import Anchor, Break, Emphasis, InLanguage, Inline, Node, Raised, Run, Strong
from webcycle.errors import Language, RefusedError
from webcycle.plain import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

_FIELD = re.compile(r"\{([a-z_]+)\}")
_PLACE = re.compile(r"\{([0-9]+)\}")
# Fields of a template are parsed as characters of the private use area, which CommonMark reads as letters.
_FIRST_MARK = 0xE000
_MARK = re.compile("[\ue000-\uf8ff]")
# Without any of these CommonMark has nothing to read in a paragraph: most sentences do not pay for a parser.
_MARKUP = re.compile(r"[\\`*_\[\]<>&\r\n\0]")


def plain(text: str, lang: Language | None = None) -> Inline:
    """Data as it stands (a name, a title), never read as markup."""
    return in_language((Run(text),), lang)


def rich(source: str, lang: Language | None = None) -> Inline:
    """One paragraph of CommonMark; RefusedError for what `webcycle.richtext` does not take."""
    if not _MARKUP.search(text := source.strip()):
        return in_language(_run(text), lang)
    return in_language(inline_nodes(richtext.inline_tokens(source)), lang)


def in_language(nodes: Inline, lang: Language | None) -> Inline:
    """The same words, said to be in `lang`."""
    return nodes if lang is None else (InLanguage(nodes, lang),)


def link(words: Inline, url: str | None) -> Inline:
    """Words that lead to `url`; without one, the words. RefusedError for another scheme than http, https and mailto."""
    if url is None:
        return words
    found = values.address(url)
    if found is None:
        raise RefusedError("document.address", found=clean(url)[:80])
    return (Anchor(_unlinked(words), found),)


def compose(template: str, fields: Mapping[str, Inline]) -> Inline:
    """A sentence of `webcycle.texts` (CommonMark) with each `{name}` replaced by inline text, which is not read again.

    Raises KeyError for a field without a value.
    """
    names: list[str] = []

    def mark(match: re.Match[str]) -> str:
        names.append(match[1])
        return chr(_FIRST_MARK + len(names) - 1)

    # An own text may hold such characters, which no font has.
    nodes = rich(_FIELD.sub(mark, _MARK.sub("", template)))
    return _filled(nodes, [fields[name] for name in names])


def joined(parts: Sequence[Inline], pattern: str) -> Inline:
    """Inline texts in the places of `{0}`, `{1}` ... in `pattern`: "{0}, {1} et {2}" of `wording.joined`."""
    return tuple(_spliced(_PLACE.sub(lambda match: chr(_FIRST_MARK + int(match[1])), pattern), parts))


def text_of(nodes: Inline, lang: Language) -> str:
    """The words alone, with the typography of their language: for metadata, file properties and the page's title."""
    return "".join(_words(typeset(nodes, lang)))


def typeset(nodes: Inline, lang: Language) -> Inline:
    """`nodes` as a document in `lang` prints them: cleaned, with typography, `InLanguage` only where it differs."""
    match nodes:
        case ():
            return ()
        case (Run(text, verbatim=False),):
            # A cell of a list, most of the time: the same as below, at a third of the price.
            return tuple(_pieces(typography.set_text(clean(text), lang), lang))
    nodes = _flat(nodes, lang)
    leaves = list(_leaves(nodes))
    fixed = frozenset(index for index, leaf in enumerate(leaves) if not isinstance(leaf, Run) or leaf.verbatim)
    parts = typography.set_parts([_leaf_text(leaf) for leaf in leaves], lang, fixed)
    return _rebuilt(nodes, iter(parts), lang)


def inline_nodes(tokens: Sequence[Token]) -> Inline:
    """The nodes of markdown-it's inline tokens."""
    flat = [child for token in tokens for child in (token.children or ())]
    nodes, rest = _until(flat, 0, None)
    assert rest == len(flat)
    return nodes


_WRAPPERS: Mapping[str, type[Strong | Emphasis]] = {"strong_open": Strong, "em_open": Emphasis}


def _until(tokens: Sequence[Token], at: int, closing: str | None) -> tuple[Inline, int]:
    nodes: list[Node] = []
    while at < len(tokens) and tokens[at].type != closing:
        token = tokens[at]
        if token.type in _WRAPPERS or token.type == "link_open":
            children, at = _until(tokens, at + 1, token.type.replace("_open", "_close"))
            nodes += _wrapped(token, children)
        else:
            nodes += _leaf(token)
        at += 1
    return tuple(nodes), at


def _wrapped(token: Token, children: Inline) -> Inline:
    if token.type == "link_open":
        return link(children, str(token.attrGet("href") or ""))
    return (_WRAPPERS[token.type](children),)


def _leaf(token: Token) -> Inline:
    match token.type:
        case "text" | "text_special":
            return _run(token.content)
        case "code_inline":
            return (Run(token.content, verbatim=True),)
        case "hardbreak":
            return (Break(),)
        case _:  # a line break in the source
            return (Run(" "),)


def _run(text: str) -> Inline:
    return (Run(text),) if text else ()


def _filled(nodes: Inline, fields: Sequence[Inline]) -> Inline:
    found: list[Node] = []
    for node in nodes:
        match node:
            case Run(text):
                found += _spliced(text, fields)
            case Strong() | Emphasis() | InLanguage() | Anchor():
                found.append(replace(node, children=_filled(node.children, fields)))
            case _:
                found.append(node)
    return tuple(found)


def _spliced(text: str, fields: Sequence[Inline]) -> Iterator[Node]:
    done = 0
    for match in _MARK.finditer(text):
        yield from _run(text[done : match.start()])
        yield from fields[ord(match[0]) - _FIRST_MARK]
        done = match.end()
    yield from _run(text[done:])


def _unlinked(nodes: Inline) -> Inline:
    """The same words without links: HTML knows no link inside a link."""
    found: list[Node] = []
    for node in nodes:
        match node:
            case Anchor(children):
                found += _unlinked(children)
            case Strong() | Emphasis() | InLanguage():
                found.append(replace(node, children=_unlinked(node.children)))
            case _:
                found.append(node)
    return tuple(found)


def _flat(nodes: Inline, lang: Language) -> Inline:
    """The same nodes without `InLanguage` where its language is that of the words around, nor a link of no words."""
    found: list[Node] = []
    for node in nodes:
        match node:
            case InLanguage(children, own) if own == lang:
                found += _flat(children, lang)
            case Anchor(children) if not richtext.has_words(text_of(children, lang)):
                found += _flat(children, lang)
            case Strong() | Emphasis() | Anchor():
                found.append(replace(node, children=_flat(node.children, lang)))
            case _:
                found.append(node)
    return tuple(found)


def _leaves(nodes: Inline) -> Iterator[Run | Raised | Break | InLanguage]:
    for node in nodes:
        if isinstance(node, Strong | Emphasis | Anchor):
            yield from _leaves(node.children)
        else:
            yield node


def _leaf_text(leaf: Run | Raised | Break | InLanguage) -> str:
    match leaf:
        case Run(text) | Raised(text):
            return clean(text)
        case Break():
            return "\n"
        case InLanguage(children, lang):
            return text_of(children, lang)


def _rebuilt(nodes: Inline, parts: Iterator[str], lang: Language) -> Inline:
    found: list[Node] = []
    for node in nodes:
        match node:
            case Strong() | Emphasis() | Anchor():
                found.append(replace(node, children=_rebuilt(node.children, parts, lang)))
            case Run(verbatim=False):
                found += _pieces(next(parts), lang)
            case Run() | Raised():
                found.append(replace(node, text=next(parts)))
            case InLanguage(children, own):
                next(parts)
                found.append(InLanguage(typeset(children, own), own))
            case Break():
                next(parts)
                found.append(node)
    return tuple(found)


def _pieces(text: str, lang: Language) -> Iterator[Node]:
    for piece, is_raised in typography.ordinals(text, lang):
        yield Raised(piece) if is_raised else Run(piece)


def _words(nodes: Inline) -> Iterator[str]:
    for node in nodes:
        match node:
            case Run(text) | Raised(text):
                yield text
            case Break():
                yield " "
            case _:
                yield from _words(node.children)
