"""The CommonMark that an author may write: which constructions and addresses are taken, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal
from unicodedata import category

from webcycle import values
from webcycle.errors import RefusedError
from webcycle.plain import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Reason = Literal["html", "image", "address", "empty-link", "markdown", "nesting"]
"""Why a text is refused; `error.document.<reason>` and `finding.rich-text-<reason>` of `webcycle.texts` say it."""

# Below markdown-it's own limit, at which it drops what lies deeper without a word.
_DEEPEST = 50
# What is refused begins with one of these: HTML, an image or a link, a fence, a rule (CommonMark 0.31, section 4.1).
_SUSPECT = re.compile(r"[<\[]|`{3}|~{3}|([-*_])[ \t]*(?:\1[ \t]*){2}$", re.MULTILINE)
_NESTING = re.compile(r"[>*_+-]|\d[.)]")
_REFUSED: Mapping[str, Reason] = {"html_inline": "html", "html_block": "html", "image": "image"}
_INLINE = frozenset(("text", "text_special", "code_inline", "softbreak", "hardbreak"))
_OPEN = ("strong", "em", "link", "paragraph", "heading", "bullet_list", "ordered_list", "list_item", "blockquote")
_TAKEN = _INLINE | {"inline"} | {f"{kind}_{side}" for kind in _OPEN for side in ("open", "close")}


def inline_tokens(source: str) -> Sequence[Token]:
    """One paragraph of CommonMark as markdown-it's tokens; RefusedError for what is not taken."""
    return _taken(source, blocks=False)


def block_tokens(source: str) -> Sequence[Token]:
    """A CommonMark text as markdown-it's tokens; RefusedError for what is not taken."""
    return _taken(source, blocks=True)


def refusals(source: str, *, blocks: bool) -> tuple[tuple[Reason, str], ...]:
    """Why a text would be refused, each time with what was found; nothing where it would be taken.

    A text without the marks of what is refused is not parsed: a check of plain words must not pay for a parser.
    """
    if not _SUSPECT.search(source) and sum(1 for _ in _NESTING.finditer(source)) < _DEEPEST // 2:
        return ()
    return tuple(_refusals(source, _parsed(source, blocks=blocks)))


def has_words(text: str) -> bool:
    """Whether a reader sees something of it: spaces and format characters (category Cf) alone show nothing."""
    return any(not character.isspace() and category(character) != "Cf" for character in text)


def _taken(source: str, *, blocks: bool) -> Sequence[Token]:
    tokens = _parsed(source, blocks=blocks)
    for reason, found in _refusals(source, tokens):
        raise RefusedError(f"document.{reason}", found=found)
    return tokens


def _parsed(source: str, *, blocks: bool) -> Sequence[Token]:
    return _parser().parse(source) if blocks else _parser().parseInline(source.strip())


@cache
def _parser() -> MarkdownIt:
    """CommonMark, but that indented text is a paragraph: in prose nobody means a code block by it."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - many programmes hold no markup

    class Parser(MarkdownIt):
        """Takes every address for a link, as it stands: a bad one is refused instead of shown with its markup."""

        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's names
            return True

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

    return Parser("commonmark", {"maxNesting": 2 * _DEEPEST}).disable("code")


def _refusals(source: str, tokens: Sequence[Token]) -> Iterator[tuple[Reason, str]]:
    if _too_deep(tokens):
        yield "nesting", _shown(source.strip())
        return
    flat = [one for token in tokens for one in (token, *(token.children or ()))]
    for index, token in enumerate(flat):
        if token.type == "link_open":
            yield from _link_refusals(str(token.attrGet("href") or ""), flat[index + 1 :])
        elif token.type not in _TAKEN:
            yield _REFUSED.get(token.type, "markdown"), _shown(_first_line(source, token))


def _link_refusals(url: str, after: Sequence[Token]) -> Iterator[tuple[Reason, str]]:
    if values.address(url) is None:
        yield "address", _shown(url)
    end = next(index for index, token in enumerate(after) if token.type == "link_close")
    if not any(has_words(token.content) for token in after[:end]):
        yield "empty-link", _shown(url)


def _first_line(source: str, token: Token) -> str:
    """What the author wrote: of a block its first line, for a rule has no content, and a fence is not its content."""
    return re.split(r"\r\n?|\n", source)[token.map[0]].strip() if token.map else token.content


def _too_deep(tokens: Sequence[Token]) -> bool:
    """Whether the nesting comes near the depth at which markdown-it would drop text."""
    return any(token.level > _DEEPEST or _too_deep(token.children or ()) for token in tokens)


def _shown(found: str) -> str:
    return clean(found)[:80]
