"""Content lines (RFC 5545, section 3.1): icalendar escapes the values, the folding is its own, made fast."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from icalendar import Component, vCategory, vText, vUri

Line = tuple[str, bytes]
"""The name of a property, and its content line: folded, CRLF included."""

_WRITER = Component()
# One octet less than allowed, as icalendar does: its reader then writes the same bytes again.
_WIDTH = 74


def line(name: str, value: object) -> Line:
    """The content line of a property whose value is one of icalendar's types."""
    return name, fold(_WRITER.content_line(name, value))


def text(name: str, words: str) -> Line:
    """The content line of a TEXT property; `words` are cleaned already."""
    return line(name, vText(words))


@lru_cache(maxsize=256)
def same(name: str, words: str) -> Line:
    """As `text`, for what many events share."""
    return text(name, words)


@lru_cache(maxsize=64)
def category(words: str) -> Line:
    """CATEGORIES with one category."""
    return line("CATEGORIES", vCategory([words]))


def uri(name: str, address: str) -> Line:
    """The content line of a URI property."""
    return line(name, vUri(address))


def component(whole: Component) -> bytes:
    """A component with all that is in it."""
    return b"".join(fold(content) for content in whole.content_lines() if content)


def raw(name: str, value: str, parameter: str = "") -> Line:
    """A line whose short ASCII value needs neither escape nor fold: a moment, a number."""
    return name, f"{name}{parameter}:{value}\r\n".encode("ascii")


def moment(value: date | datetime) -> str:
    """A DATE, or a local DATE-TIME without its zone: "20201026T140000"."""
    iso = value.isoformat(timespec="seconds")[:19] if isinstance(value, datetime) else value.isoformat()
    return iso.replace("-", "").replace(":", "")


def fold(content: str) -> bytes:
    """A content line cut so that no line has more than 75 octets; never inside a character or an escape."""
    octets = content.encode()
    pieces, begin = [], 0
    while len(octets) - begin > _WIDTH:
        end = begin + _WIDTH
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        # Some readers do not join an escape that is cut in two; a pair of marks is one escape.
        if octets[end - 1] in b"\\^":
            end -= (end - begin - len(octets[begin:end].rstrip(octets[end - 1 : end]))) % 2
        pieces.append(octets[begin:end])
        begin = end
    return b"\r\n ".join((*pieces, octets[begin:])) + b"\r\n"
