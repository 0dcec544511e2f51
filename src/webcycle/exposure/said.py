"""What of a file's texts a reader sees, so that a word of markup is not taken for a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from webcycle import unpacked
from webcycle.exposure.words import parted
from webcycle.unpacked import Bounds, Piece, Unread

_STYLE = re.compile(r"<(?:style|script)\b[^<>]*>[^<]*", re.IGNORECASE)
_TAG = re.compile(r"<!--([^<>]*)-->|<[^<>]*>")
_SAYING = re.compile(
    r"""\b(?:alt|title|content|summary|label|aria-label|href|descr)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_KEY = re.compile(r'"(?:[^"\\]|\\.){0,80}"\s{0,9}:')
_PROPERTY = re.compile(
    r"(?im)^(?!SUMMARY|DESCRIPTION|LOCATION|COMMENT|CONTACT|ATTENDEE|ORGANIZER|X-)[A-Z-]+[;:].*(?:\n[ \t].*)*"
)
_BLANK = "\ufeff \r\n\t"
_QUIET = re.compile(r"styles|theme|settings|\[Content_Types\]|\.rels$|fontTable|app\.xml|numbering", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a file: where in the file ("" is the file itself), the text, and what of it a reader sees.

    `tagged` is whether it is a text in which tags stand. `line` is that of the file where the text itself has none.
    """

    inner: str
    text: str
    seen: str
    line: int = 0
    tagged: bool = False

    @property
    def untagged(self) -> str:
        """The text, of one with tags what a reader sees."""
        return self.seen if self.tagged else self.text


def said(data: bytes, bounds: Bounds | None = None) -> Iterator[Said | Unread]:
    """The texts in the bytes of a file, and its parts that cannot be read."""
    for one in unpacked.pieces(data, bounds):
        if isinstance(one, Unread):
            yield one
        elif isinstance(one, Piece):
            tagged = one.kind == "text" and one.text.lstrip(_BLANK).startswith("<")
            yield Said(unpacked.joined(one.part, one.spot), one.text, _seen(one), one.line, tagged)
        else:
            told = "\n".join((one.comment, *one.names))
            yield from (Said(one.part, text, "", 1) for text in dict.fromkeys((told, parted(told))))


def _seen(piece: Piece) -> str:
    quiet = piece.kind == "text" and _QUIET.search(piece.part)
    return visible(piece.text) if piece.kind in ("text", "page") and not quiet else ""


def visible(text: str) -> str:
    """What a reader sees of a text: no tag, style, script, key of JSON, or property of a calendar that is no text."""
    start = text.lstrip(_BLANK)[:15]
    if start.startswith("BEGIN:"):
        return _PROPERTY.sub(_lines, text)
    if start.startswith(("{", "[")):
        return _KEY.sub("", text)
    if "<" not in text:
        return text
    return _TAG.sub(_said, _STYLE.sub(_lines, text))


def _said(tag: re.Match[str]) -> str:
    """A comment, or the attributes that say something, on as many lines."""
    words = " ".join((tag[1] or "", *(one or other for one, other in _SAYING.findall(tag[0]))))
    return f" {words} " + "\n" * (tag[0].count("\n") - words.count("\n"))


def _lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
