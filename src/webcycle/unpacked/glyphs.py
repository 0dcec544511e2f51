"""The strings of a PDF, and what the codes in them stand for (ISO 32000-1: 7.3.4 strings, 9.10 extraction of text)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping

MOST_CODES = 1 << 20
GAP, BREAK = "\ufdd0", "\ufdd1"
"""What stands for room as wide as a blank, and for the start of a new piece of text: characters that none means."""

LONGEST = 256
"""The letters that one code may stand for (9.10.3 allows 512 bytes)."""

# Bounds keep the time linear, whatever the bytes.
_STRING = re.compile(rb"(?<!\\)\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# The numbers after a string are those of an array of TJ: they shift what follows, in thousandths of the size of its
# font (9.4.3).
_SHOWING = re.compile(
    rb"/([^\s/<>\[\]()]+)\s+[-\d.]+\s+Tf"
    rb"|(?:(?<!\\)\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>)((?:\s{0,9}[-\d.]{1,12}){0,3})"
    rb"|\b(TJ|Tj|Td|TD|Tm|ET)\b|(T\*|['\"])",
    re.DOTALL,
)
_SHIFT = re.compile(rb"-\d{0,9}(?:\.\d{1,9})?")
_BLANK = -180
_MOVES = frozenset({b"Td", b"TD", b"Tm", b"T*"})
_SECTION = re.compile(rb"beginbf(char|range)")
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,16})>\s*<([0-9A-Fa-f]{1,16})>\s*(?:<([0-9A-Fa-f]*)>|\[([^\[\]]*)\])")
_WIDEST = 0x10000
_TWO = 2

Font = Mapping[bytes, str]
"""What each code of a font means."""


def strings(head: bytes) -> Iterator[bytes]:
    """All strings, as the bytes that they stand for."""
    for literal, digits in _STRING.findall(head):
        yield _bytes(digits) if digits else _unescaped(literal)


def shown(stream: bytes) -> Iterator[tuple[bytes, bytes, str]]:
    """The strings that a stream shows in their order, each with the name of its font and "" for its mark; or no string,
    and BREAK where a new one is set, GAP where that is as far away as another word."""
    font = b""
    for name, literal, digits, shift, operator, other in _SHOWING.findall(stream):
        if name:
            font = name
        elif operator or other:
            yield font, b"", BREAK
        else:
            yield font, _bytes(digits) if digits else _unescaped(literal), ""
            if _is_gap(shift):
                yield font, b"", GAP


def parts(stream: bytes) -> Iterator[bytes]:
    """All strings of a stream in their order; a blank where the next one stands elsewhere."""
    for name, literal, digits, shift, operator, other in _SHOWING.findall(stream):
        if operator or other:
            yield b" " if operator in _MOVES or other in _MOVES else b""
        elif not name:
            yield _bytes(digits) if digits else _unescaped(literal)
            if _is_gap(shift):
                yield b" "


def _is_gap(shift: bytes) -> bool:
    """Whether numbers move what follows as far to the right as a blank is wide; fonts have blanks of 200 or more, and
    lines are set a little closer."""
    return b"-" in shift and sum(map(_number, _SHIFT.findall(shift))) <= _BLANK


def _number(digits: bytes) -> float:
    return float(digits) if digits[1:] else 0.0


def text(raw: bytes) -> str:
    """A string that is no glyphs (7.9.2)."""
    if raw.startswith(codecs.BOM_UTF16_LE):
        return raw[2:].decode("utf-16-le", "replace")
    return _utf16(raw[2:]) if raw.startswith(codecs.BOM_UTF16_BE) else raw.decode("utf-8", "replace")


def codes(stream: bytes, most: int) -> Font:
    """The table in a stream (9.10.3); the first `most` codes of it."""
    found: dict[bytes, str] = {}
    _, *sections = _SECTION.split(stream)
    for kind, part in zip(sections[::2], sections[1::2], strict=True):
        section = part.partition(b"endbf")[0]
        for code, said in _pairs(section) if kind == b"char" else _ranged(section):
            if len(found) >= most:
                return found
            found[code] = said[:LONGEST]
    return found


def width(font: Font) -> int:
    """The bytes of a code."""
    return len(next(iter(font), b"-"))


def ways(fonts: Iterable[Font]) -> Iterator[tuple[Font, int]]:
    """Each table by codes of two bytes and, where its own have another width, by those: nobody can tell."""
    for font in fonts:
        yield {code.rjust(_TWO, b"\0")[-_TWO:]: said for code, said in font.items() if not any(code[:-_TWO])}, _TWO
        if (own := width(font)) != _TWO:
            yield font, own


def read(codes: bytes, font: Font, size: int) -> str:
    """What these codes stand for."""
    return "".join(font.get(codes[at : at + size], "") for at in range(0, len(codes), size))


def _pairs(section: bytes) -> Iterator[tuple[bytes, str]]:
    for code, said in _PAIR.findall(section):
        yield _bytes(code), _utf16(_bytes(said))


def _ranged(section: bytes) -> Iterator[tuple[bytes, str]]:
    for low, high, said, several in _RANGE.findall(section):
        size, first = (len(low) + 1) // 2, int(low, 16)
        listed = [_utf16(_bytes(one)) for one in re.findall(rb"<([0-9A-Fa-f]*)>", several)]
        start = _utf16(_bytes(said)) or "\x00"
        for step in range(min(int(high, 16) - first + 1, _WIDEST)):
            last = chr(min(ord(start[-1]) + step, 0x10FFFF))
            meant = (listed[step : step + 1] or [""])[0] if several else start[:-1] + last
            yield (first + step).to_bytes(9, "big")[-size:], meant


def _utf16(raw: bytes) -> str:
    return raw.rjust(2, b"\0").decode("utf-16-be", "replace") if raw else ""


def _bytes(digits: bytes) -> bytes:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))


def _unescaped(literal: bytes) -> bytes:
    return _ESCAPE.sub(_octal, literal)


def _octal(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said.isdigit():
        return bytes([int(said, 8) & 0xFF]) if said[0] in b"01234567" else said
    return b"" if said.endswith(b"\n") else _ESCAPES.get(said, said)
