"""What a PDF says, as far as it can be read without a library: its pages by their ToUnicode maps, its strings, its XML.

Source: ISO 32000-1 (7.3.4 strings, 7.5.7 object streams, 9.10 extraction of text). What is written in a font without
such a map is read as Windows-1252; pictures, encrypted files and other filters than FlateDecode are not seen.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

MAX_STREAM = 64 << 20

# Bounds keep the time linear, whatever the bytes.
_OBJECT = re.compile(rb"\b(\d{1,9})\s{1,9}\d{1,5}\s{1,9}obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_STRING = re.compile(rb"(?<!\\)\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SHOWING = re.compile(
    rb"/([^\s/<>\[\]()]+)\s+[-\d.]+\s+Tf|(?<!\\)\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>"
    rb"|\b(TJ|Tj|Td|TD|Tm|ET)\b|(T\*|['\"])",
    re.DOTALL,
)
_FONTS = re.compile(rb"/Font\s{0,9}(?:<<([^<>]*)>>|(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R)")
_FONT = re.compile(rb"/([^\s/<>\[\]()]{1,127})\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R")
_UNICODE = re.compile(rb"/ToUnicode\s+(\d+)\s+\d+\s+R")
_CONTENTS = re.compile(rb"/Contents\s{0,9}(?:\[([^\[\]]*)\]|(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R)")
_REFERENCE = re.compile(rb"\b(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_SECTION = re.compile(rb"beginbf(char|range)")
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[([^\[\]]*)\])")
_WIDEST = 0x10000
# Streams that hold no text: pictures, fonts, colours, and what only speeds reading up.
_SILENT = re.compile(rb"/Subtype\s*/(?:Image|CIDFontType0C|Type1C|OpenType)|/Length1\b|/Type\s*/XRef|/N\s+[134]\b")

Font = Mapping[bytes, str]
"""What each code of a font means."""


@dataclass(frozen=True)
class Thing:
    """An object: what stands before its stream, and the stream, decoded; None where that cannot be done."""

    head: bytes
    stream: bytes | None = b""


@dataclass(frozen=True)
class Portable:
    """The objects of a PDF by their numbers."""

    things: Mapping[int, Thing]
    sealed: bool

    @property
    def unread(self) -> bool:
        """Whether a part that may hold text cannot be read."""
        return self.sealed or any(one.stream is None for one in self.things.values())

    @cached_property
    def _pages(self) -> Mapping[int, tuple[int, bytes]]:
        """By the number of a stream of a page: the number of the page, and the head that names its fonts."""
        found: dict[int, tuple[int, bytes]] = {}
        pages = [one.head for one in self.things.values() if _PAGE.search(one.head)]
        for number, head in enumerate(pages, start=1):
            for several, single in _CONTENTS.findall(head):
                parts = _REFERENCE.findall(several) if several else [single]
                found |= {int(part): (number, head) for part in parts}
        return found

    def texts(self) -> Iterator[tuple[str, str]]:
        """What is shown on each page, what other streams say, and all strings: a place ("page 2") and the text."""
        for number, one in self.things.items():
            if one.stream:
                page, head = self._pages.get(number, (0, one.head))
                place = f"page {page}" if page else f"object {number}"
                yield from ((place, text) for text in self._said(one.stream, head))
        strings = (_text(found) for one in self.things.values() for found in _strings(one.head))
        yield "metadata", "\n".join(strings)

    def _said(self, stream: bytes, head: bytes) -> Iterator[str]:
        if not re.search(rb"\b(?:TJ|Tj)\b|['\"]", stream) or b"begincmap" in stream or stream.startswith(b"<?x"):
            yield stream.decode("utf-8", "replace")
            return
        shown = "".join(_shown(stream, self._fonts(head)))
        # A word may be set in parts, and a line may end without a blank.
        yield shown.replace("\x00", "")
        yield shown.replace("\x00", "\n")

    def _fonts(self, head: bytes) -> Mapping[bytes, Font]:
        """The fonts by the names that a page or a form gives them; all of the file where it names none."""
        named = _RESOURCES.search(head)
        own = self._head(int(named[1])) if named else head
        fonts = self._named(own)
        return fonts or self._named(b"\n".join(one.head for one in self.things.values()))

    def _named(self, head: bytes) -> Mapping[bytes, Font]:
        tables = (inline or self._head(int(number)) for inline, number in _FONTS.findall(head))
        return {name: self._meaning(int(number)) for table in tables for name, number in _FONT.findall(table)}

    def _meaning(self, number: int) -> Font:
        found = _UNICODE.search(self._head(number))
        mapped = self.things.get(int(found[1])) if found else None
        return _codes(mapped.stream) if mapped and mapped.stream else {}

    def _head(self, number: int) -> bytes:
        found = self.things.get(number)
        return found.head if found else b""


def opened(data: bytes) -> Portable:
    """The objects of a PDF, also those in object streams."""
    things: dict[int, Thing] = {}
    starts = list(_OBJECT.finditer(data))
    for start, after in zip_longest(starts, starts[1:]):
        body = data[start.end() : after.start() if after else len(data)]
        found = _thing(body[: end if (end := body.rfind(b"endobj")) >= 0 else len(body)])
        things[int(start[1])] = found
        if found.stream and re.search(rb"/Type\s*/ObjStm", found.head):
            things |= _inner(found)
    return Portable(things, b"/Encrypt" in data)


def _thing(body: bytes) -> Thing:
    found = _STREAM.search(body)
    if found is None:
        return Thing(body)
    head, end = body[: found.start()], body.rfind(b"endstream")
    if _SILENT.search(head) and b"/ObjStm" not in head:
        return Thing(head)
    return Thing(head, _inflated(head, body[found.end() : end if end >= 0 else len(body)]))


def _inflated(head: bytes, raw: bytes) -> bytes | None:
    if b"/Filter" not in head:
        return raw
    if not re.search(rb"/Filter\s*\[?\s*/FlateDecode\s*(?:\]|/|>>|\s)", head):
        return None
    machine = zlib.decompressobj()
    try:
        found = machine.decompress(raw, MAX_STREAM)
    except zlib.error:
        return None
    return None if machine.unconsumed_tail else found


def _inner(stream: Thing) -> dict[int, Thing]:
    body = stream.stream or b""
    first = re.search(rb"/First\s+(\d+)", stream.head)
    start = int(first[1]) if first else 0
    numbers = [int(one) for one in body[:start].split() if one.isdigit()]
    places = [*numbers[1::2], len(body) - start]
    spans = zip(numbers[::2], places, places[1:], strict=False)
    return {number: Thing(body[start + begin : start + end]) for number, begin, end in spans}


def _codes(stream: bytes) -> Font:
    found: dict[bytes, str] = {}
    _, *parts = _SECTION.split(stream)
    for kind, part in zip(parts[::2], parts[1::2], strict=True):
        section = part.partition(b"endbf")[0]
        if kind == b"char":
            found |= {_bytes(code): _utf16(_bytes(text)) for code, text in _PAIR.findall(section)}
        else:
            found |= dict(_ranged(section))
    return found


def _ranged(section: bytes) -> Iterator[tuple[bytes, str]]:
    for low, high, text, several in _RANGE.findall(section):
        size, first = len(low) // 2, int(low, 16)
        listed = [_utf16(_bytes(one)) for one in re.findall(rb"<([0-9A-Fa-f]*)>", several)]
        start = _utf16(_bytes(text)) or "\x00"
        for step in range(min(int(high, 16) - first + 1, _WIDEST)):
            last = min(ord(start[-1]) + step, 0x10FFFF)
            said = (listed[step : step + 1] or [""])[0] if several else start[:-1] + chr(last)
            yield (first + step).to_bytes(max(size, 4), "big")[-size:], said


def _shown(stream: bytes, fonts: Mapping[bytes, Font]) -> Iterator[str]:
    """The pieces of text in their order; U+0000 where a new one is set."""
    font: Font = {}
    for name, literal, digits, operator, other in _SHOWING.findall(stream):
        if name:
            font = fonts.get(name, {})
        elif operator or other:
            yield "\x00"
        else:
            yield _read(_bytes(digits) if digits else _unescaped(literal), font)


def _read(codes: bytes, font: Font) -> str:
    if not font:
        return codes.decode("cp1252", "replace")
    size = len(next(iter(font)))
    return "".join(font.get(codes[at : at + size], "") for at in range(0, len(codes), size))


def _strings(head: bytes) -> Iterable[bytes]:
    for literal, digits in _STRING.findall(head):
        yield _bytes(digits) if digits else _unescaped(literal)


def _text(raw: bytes) -> str:
    return _utf16(raw[2:]) if raw.startswith(b"\xfe\xff") else raw.decode("utf-8", "replace")


def _utf16(raw: bytes) -> str:
    return raw.decode("utf-16-be", "replace")


def _bytes(digits: bytes) -> bytes:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))


def _unescaped(literal: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        said = found[1]
        if said.isdigit():
            return bytes([int(said, 8) & 0xFF]) if said[0] in b"01234567" else said
        return b"" if said.endswith(b"\n") else _ESCAPES.get(said, said)

    return _ESCAPE.sub(one, literal)
