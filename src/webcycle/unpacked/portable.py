"""What a PDF says, as far as it can be read without a library: its pages by their ToUnicode maps, its strings, its XML.

Source: ISO 32000-1 (7.3.4 strings, 7.5.7 object streams, 9.10 extraction of text). What is written in a font without
such a map is read as Windows-1252; pictures, encrypted files and other filters than FlateDecode are not seen. What is
damaged is searched for streams and strings, wherever they stand. A file that was saved again keeps what was replaced
(7.5.6): that is read too, by the fonts of today.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from webcycle.unpacked import glyphs
from webcycle.unpacked.bounds import Budget, Inflated, inflated
from webcycle.unpacked.glyphs import Font
from webcycle.unpacked.strings import is_binary, strings

_ZLIB = 15
# Bounds keep the time linear, whatever the bytes.
_OBJECT = re.compile(rb"\b(\d{1,9})\s{1,9}\d{1,5}\s{1,9}obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
# The first byte of what zlib made (RFC 1950, 2.2).
_LINE_END = re.compile(rb"(?:\r\n|\n|\r)\Z")
_FLATED = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_FONTS = re.compile(rb"/Font\s{0,9}(?:<<([^<>]*)>>|(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R)")
_FONT = re.compile(rb"/([^\s/<>\[\]()]{1,127})\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_RESOURCES = re.compile(rb"/Resources\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_UNICODE = re.compile(rb"/ToUnicode\s{1,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_CONTENTS = re.compile(rb"/Contents\s{0,9}(?:\[([^\[\]]*)\]|(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R)")
_REFERENCE = re.compile(rb"\b(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_FIRST = re.compile(rb"/First\s{1,9}(\d{1,9})")
_NUMBER = re.compile(rb"\d{1,9}")
_FLATE = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*(?:\]|/|>>|\s)")
_SHOWS = re.compile(rb"\b(?:TJ|Tj)\b|['\"]")
# Streams that hold no text: pictures, fonts, colours, and what only speeds reading up.
_EMBEDDED = re.compile(rb"/Type\s*/EmbeddedFile\b")
# An entry of the list of places (7.5.4), and the digests by which a file is told from another (14.4).
_ENTRY = re.compile(rb"\d{10} \d{5} [nf]\s{1,2}|/ID\s{0,9}\[[^\[\]]{0,150}\]")
_SILENT = re.compile(rb"/Subtype\s*/(?:Image|CIDFontType0C|Type1C|OpenType)|/Length1\b|/Type\s*/XRef|/N\s+[134]\b")


@dataclass(frozen=True)
class Thing:
    """An object: what stands before its stream, and the stream, decoded as far as that can be done."""

    head: bytes
    stream: bytes = b""
    whole: bool = True

    @property
    def attached(self) -> bool:
        """Whether the stream is a file (7.11.4)."""
        return bool(self.stream) and _EMBEDDED.search(self.head) is not None


class Portable:
    """The objects of a PDF, of each number the last, and the texts in all of them; `whole` until something cannot be
    read."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._every: list[tuple[int, Thing]] = []
        self._beside: list[bytes] = []
        self._data, self._budget = data, budget
        self._inflated: dict[int, Inflated] = {}
        self._silent: set[int] = set()
        self._fonts_read: dict[int, Font] = {}
        self._codes_left = glyphs.MOST_CODES
        starts = list(_OBJECT.finditer(data))
        self.whole = bool(starts) and b"/Encrypt" not in data
        self._beside.append(data[: starts[0].start() if starts else 0])
        for start, after in zip_longest(starts, starts[1:]):
            self._take(int(start[1]), start.end(), after.start() if after else len(data))
        self.things = dict(self._every)

    def texts(self) -> Iterator[tuple[str, str]]:
        """What is shown on each page, what other streams say, and all strings: a place ("page 2") and the text."""
        for number, one in self._every:
            if one.stream and not one.attached:
                page, head = self._pages.get(number, (0, one.head))
                place = f"page {page}" if page else f"object {number}"
                yield from ((place, text) for text in self._said(one.stream, head))
        heads = (*(one.head for _number, one in self._every), self.beside)
        yield "metadata", "\n".join(glyphs.text(found) for head in heads for found in glyphs.strings(head))

    @cached_property
    def beside(self) -> bytes:
        """What stands before, between and after the objects, without the list of their places and digests."""
        return _ENTRY.sub(b"", b"\n".join(one for one in self._beside if one.strip()))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files that are attached: a place and the bytes."""
        return ((f"object {number}", one.stream) for number, one in self._every if one.attached)

    def scraps(self) -> Iterator[str]:
        """What any bytes of it may say, whatever the objects: in the clear, and by each table of characters."""
        streams = [self._data, *self._streams()]
        maps = [found for one in streams if b"beginbf" in one and (found := self._map(one))]
        for stream in streams:
            parts = list(glyphs.parts(stream))
            yield strings(stream) if is_binary(stream) else stream.decode("latin-1")
            yield b"".join(parts).decode("latin-1")
            yield "\n".join(glyphs.text(one) for one in parts if one.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF8)))
            if b"Tj" in stream or b"TJ" in stream:
                for font, size in glyphs.ways(maps):
                    yield "".join(self._read(one, font, size) if one != b" " else " " for one in parts)

    # ---- objects

    def _take(self, number: int, begin: int, end: int) -> None:
        last = self._data.rfind(b"endobj", begin, end)
        found = self._thing(begin, last if last >= 0 else end)
        self.whole = self.whole and found.whole
        self._every.append((number, found))
        if found.stream and re.search(rb"/Type\s*/ObjStm", found.head):
            self._every += _inner(found)
        if last >= 0:
            self._beside.append(self._data[last + len(b"endobj") : end])

    def _thing(self, begin: int, end: int) -> Thing:
        found = _STREAM.search(self._data, begin, end)
        if found is None:
            return Thing(self._data[begin:end])
        head = self._data[begin : found.start()]
        if _SILENT.search(head) and b"/ObjStm" not in head:
            self._silent.add(found.end())
            return Thing(head)
        if b"/Filter" not in head:
            last = self._data.rfind(b"endstream", found.end(), end)
            return Thing(head, _LINE_END.sub(b"", self._data[found.end() : last if last >= 0 else end]))
        if not _FLATE.search(head):
            return Thing(head, whole=False)
        stream = self._stream(found.end())
        return Thing(head, stream.data, stream.whole)

    def _stream(self, start: int) -> Inflated:
        if start not in self._inflated:
            self._inflated[start] = inflated(self._data, start, _ZLIB, self._budget)
        return self._inflated[start]

    def _streams(self) -> Iterator[bytes]:
        """What can be had of every stream, also of one that holds no text, for who is thorough."""
        passed = frozenset() if self._budget.bounds.thorough else self._silent
        for one in _FLATED.finditer(self._data):
            self.whole = self.whole and self._budget.left > 0
            if self._budget.left and one.end() not in passed and (found := self._stream(one.end()).data):
                yield found

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

    # ---- what they say

    def _said(self, stream: bytes, head: bytes) -> Iterator[str]:
        if not _SHOWS.search(stream) or b"begincmap" in stream or stream.startswith(b"<?x"):
            yield stream.decode("utf-8", "replace")
            return
        shown = "".join(self._shown(stream, self._fonts(head)))
        # A word may be set in parts, and a line may end without a blank.
        yield shown.replace(glyphs.BREAK, "").replace(glyphs.GAP, " ")
        yield shown.replace(glyphs.BREAK, "\n").replace(glyphs.GAP, " ")
        if glyphs.GAP in shown:
            yield shown.replace(glyphs.BREAK, "").replace(glyphs.GAP, "")

    def _shown(self, stream: bytes, fonts: Mapping[bytes, Font]) -> Iterator[str]:
        """The pieces of text in their order, and the marks between them."""
        for name, codes, mark in glyphs.shown(stream):
            font = fonts.get(name, {})
            yield mark or self._read(codes, font, glyphs.width(font))

    def _read(self, codes: bytes, font: Font, size: int) -> str:
        """What codes stand for; not more than is left to be unpacked, as one may stand for many letters."""
        if not font:
            return codes.decode("cp1252", "replace")
        most = self._budget.left // glyphs.LONGEST * size
        self.whole = self.whole and len(codes) <= most
        said = glyphs.read(codes[:most], font, size)
        self._budget.spend(len(codes) + len(said))
        return said

    def _fonts(self, head: bytes) -> Mapping[bytes, Font]:
        """The fonts by the names that a page or a form gives them; for what it does not name any of the file."""
        named = _RESOURCES.search(head)
        own = self._head(int(named[1])) if named else head
        return {**self._all_fonts, **self._named(own)}

    @cached_property
    def _all_fonts(self) -> Mapping[bytes, Font]:
        return self._named(b"\n".join(one.head for _number, one in self._every))

    def _named(self, head: bytes) -> Mapping[bytes, Font]:
        tables = (inline or self._head(int(number)) for inline, number in _FONTS.findall(head))
        return {name: self._meaning(int(number)) for table in tables for name, number in _FONT.findall(table)}

    def _meaning(self, number: int) -> Font:
        found = _UNICODE.search(self._head(number))
        mapped = int(found[1]) if found else -1
        if mapped not in self._fonts_read:
            self._fonts_read[mapped] = self._map(self.things[mapped].stream) if mapped in self.things else {}
        return self._fonts_read[mapped]

    def _map(self, stream: bytes) -> Font:
        found = glyphs.codes(stream, self._codes_left)
        self._codes_left -= len(found)
        self.whole = self.whole and self._codes_left > 0
        return found

    def _head(self, number: int) -> bytes:
        found = self.things.get(number)
        return found.head if found else b""


def is_portable(data: bytes) -> bool:
    """Whether bytes are a PDF: not only a text that tells of one."""
    return data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and _OBJECT.search(data) is not None)


def _inner(stream: Thing) -> Iterator[tuple[int, Thing]]:
    first = _FIRST.search(stream.head)
    body, start = stream.stream, int(first[1]) if first else 0
    numbers = [int(one) for one in body[:start].split() if _NUMBER.fullmatch(one)]
    places = [*numbers[1::2], len(body) - start]
    spans = zip(numbers[::2], places, places[1:], strict=False)
    return ((number, Thing(body[start + begin : start + end])) for number, begin, end in spans)
