"""What of a file's texts a reader sees, so that a word of markup is not taken for a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webcycle import unpacked
from webcycle.exposure.words import addressed, parted
from webcycle.unpacked import Found, Names, Piece

_STYLE = re.compile(r"<(?:style|script)\b[^<>]*>[^<]*", re.IGNORECASE)
_TAG = re.compile(r"<!--([^<>]*)-->|<[^<>]*>")
_SAYING = re.compile(
    r"""\b(?:alt|title|content|summary|label|aria-label|descr)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_KEY = re.compile(r'"(?:[^"\\]|\\.){0,80}"\s{0,9}:')
_PROPERTY = re.compile(
    r"(?im)^(?!SUMMARY|DESCRIPTION|LOCATION|COMMENT|CONTACT|ATTENDEE|ORGANIZER|X-)[A-Z-]+[;:].*(?:\n[ \t].*)*"
)
# Programs alone read the metadata of a PDF but for what tells of the document (ISO 16684-1), the tables of its
# characters, most of what a page says of itself, and a value of JSON that is one word in small letters.
_TOLD = re.compile(r"<dc:(?:title|creator|description|subject)>(.*?)</dc:", re.DOTALL)
_TABLE = "begincmap"
_ENUMERATED = re.compile(r'"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,9}"')
_META = re.compile(r"<meta\b(?![^<>]*\bname=[\"']?(?:author|description|keywords|title)\b)", re.IGNORECASE)
_LABEL = re.compile(r"(?m)^[A-Z-]+(?=[;:])")
_BLANK = "\ufeff \r\n\t"
_QUIET = re.compile(r"styles|theme|settings|\[Content_Types\]|\.rels$|fontTable|app\.xml|numbering", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a file: where in the file ("" is the file itself), the text, and what of it a reader sees.

    `named` is that of it in which names of several words are looked for, `line` that of the file where the text itself
    has none.
    """

    inner: str
    text: str
    seen: str
    named: str
    line: int = 0


def said(one: Found, *, own: bool = False) -> Iterator[Said]:
    """The texts in what was found in a file; one of our `own` making says in its texts what is seen or read aloud."""
    if isinstance(one, Piece):
        seen = _seen(one)
        named = seen if own and one.kind != "binary" else one.text
        yield Said(unpacked.joined(one.part, one.spot), one.text, seen, named, one.line)
    elif isinstance(one, Names):
        told = "\n".join((one.comment, *one.names))
        yield from (Said(one.part, text, "", one.comment if own else text, 1) for text in spellings(told))


def spellings(name: str) -> Iterable[str]:
    """The name of a file, or names on a line each, in the ways in which it may be meant."""
    return dict.fromkeys((name, parted(name), "\n".join(addressed(name))))


def _seen(piece: Piece) -> str:
    quiet = piece.kind == "text" and _QUIET.search(piece.part)
    if piece.kind not in ("text", "page") or quiet:
        return ""
    return _of_pdf(piece.text) if piece.kind == "page" else visible(piece.text)


def _of_pdf(text: str) -> str:
    """What is seen or read aloud of a PDF."""
    if text.startswith("<?x"):
        return "\n".join(visible(found) for found in _TOLD.findall(text))
    return "" if _TABLE in text else visible(text)


def visible(text: str) -> str:
    """What is seen or read aloud of a text: no tag, style, script, key of JSON, or property of a calendar that is no
    text."""
    start = text.lstrip(_BLANK)[:15]
    if start.startswith("BEGIN:"):
        return _LABEL.sub("", _PROPERTY.sub(_lines, text))
    if start.startswith(("{", "[")):
        return _ENUMERATED.sub('""', _KEY.sub("", text))
    if "<" not in text:
        return text
    return _TAG.sub(_said, _STYLE.sub(_lines, text))


def _said(tag: re.Match[str]) -> str:
    """A comment, or the attributes that say something, on as many lines."""
    if _META.match(tag[0]):
        return _lines(tag)
    words = " ".join((tag[1] or "", *(one or other for one, other in _SAYING.findall(tag[0]))))
    return f" {words} " + "\n" * (tag[0].count("\n") - words.count("\n"))


def _lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
