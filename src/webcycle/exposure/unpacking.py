"""A file to the texts in it: archives and office files are opened, PDFs read, base64 decoded; all of it bounded."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from webcycle.exposure import portable

MAX_FILE = 64 << 20
MAX_WHOLE = 256 << 20
MAX_MEMBERS = 5_000
MAX_DEPTH = 3

_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, LookupError, OSError, RuntimeError)
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"))
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# After a mark any length; elsewhere a run that no ordinary word has.
_BASE64 = re.compile(
    r"(?:base64,|\?[bB]\?)\s*([A-Za-z0-9+/]+(?:\r?\n[ \t]?[A-Za-z0-9+/]+)*={0,2})"
    r"|(?<![A-Za-z0-9+/])([A-Za-z0-9+/]{16,}(?:\r?\n[ \t]?[A-Za-z0-9+/]{4,})*={0,2})"
)
# A fold within a letter (RFC 5545, 3.1 counts octets).
_SPLIT = re.compile(rb"(\r?\n[ \t])([\x80-\xbf]{1,3})")
_STYLE = re.compile(r"<(?:style|script)\b[^<>]*>[^<]*", re.IGNORECASE)
_TAG = re.compile(r"<!--([^<>]*)-->|<[^<>]*>")
_SAYING = re.compile(
    r"""\b(?:alt|title|content|summary|label|aria-label|href|descr)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_KEY = re.compile(r'"(?:[^"\\]|\\.){0,80}"\s{0,9}:')
_PROPERTY = re.compile(
    r"(?im)^(?!SUMMARY|DESCRIPTION|LOCATION|COMMENT|CONTACT|ATTENDEE|ORGANIZER|X-)[A-Z-]+[;:].*(?:\n[ \t].*)*"
)
_CELL = re.compile(r'(<c\b[^<>]{0,99}\bt="s"[^<>]{0,99}>)<v>(\d{1,9})</v>')
_QUIET = re.compile(r"styles|theme|settings|\[Content_Types\]|\.rels$|fontTable|app\.xml|numbering", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a file: where in the file ("" is the file itself), the text, and what of it a reader sees.

    `seen` leaves out what is markup, so that a word of it is not taken for a name. `line` is that of the file where
    the text itself has none.
    """

    inner: str
    text: str
    seen: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that could not be looked into."""

    inner: str


def pieces(data: bytes, inner: str = "", depth: int = 0, line: int = 0) -> Iterator[Piece | Unread]:
    """The texts in the bytes of a file, and its parts that cannot be read: too large, too deep, damaged, encrypted."""
    if len(data) > MAX_FILE or depth > MAX_DEPTH:
        yield Unread(inner)
    elif data.startswith(_ZIP):
        yield from _archive(data, inner, depth)
    elif b"%PDF-" in data[:1024]:
        yield from _portable(data, inner)
    elif data.startswith(_GZIP):
        yield from _inflated(data, inner, depth)
    else:
        yield from _plain(data, inner, depth, line)


def _inflated(data: bytes, inner: str, depth: int) -> Iterator[Piece | Unread]:
    machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        found = machine.decompress(data, MAX_FILE)
    except zlib.error:
        yield Unread(inner)
        return
    if not machine.eof:
        yield Unread(inner)
    yield from pieces(found, inner, depth + 1)


def _portable(data: bytes, inner: str) -> Iterator[Piece | Unread]:
    found = portable.opened(data)
    if found.unread:
        yield Unread(inner)
    for place, text in found.texts():
        yield Piece(_in(inner, place), text, visible(text), 1)


def _archive(data: bytes, inner: str, depth: int) -> Iterator[Piece | Unread]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from _members(archive, inner, depth)
    except _DAMAGED:
        yield Unread(inner)


def _members(archive: zipfile.ZipFile, inner: str, depth: int) -> Iterator[Piece | Unread]:
    members = [one for one in archive.infolist() if not one.is_dir()]
    names = "\n".join((archive.comment.decode("utf-8", "replace"), *(one.filename for one in members)))
    yield Piece(inner, names, "", 1)
    left, shared = MAX_WHOLE, _shared(archive)
    for number, one in enumerate(members):
        place = _in(inner, one.filename)
        left -= one.file_size
        if number >= MAX_MEMBERS or left < 0 or one.file_size > MAX_FILE:
            yield Unread(place)
            continue
        try:
            body = archive.read(one)
        except _DAMAGED:
            yield Unread(place)
            continue
        yield from pieces(_filled(one.filename, body, shared), place, depth + 1)


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The texts of a workbook, which its cells refer to by number."""
    try:
        one = archive.getinfo("xl/sharedStrings.xml")
    except KeyError:
        return []
    text = archive.read(one).decode("utf-8", "replace") if one.file_size <= MAX_FILE else ""
    return [part.partition(">")[2].partition("</si>")[0] for part in text.split("<si")[1:]]


def _filled(name: str, body: bytes, shared: list[str]) -> bytes:
    """A sheet of a workbook with the texts in their cells: a name in two cells stands in two places of the list."""
    if not (shared and name.startswith("xl/worksheets/")):
        return body

    def cell(found: re.Match[str]) -> str:
        said = shared[int(found[2])] if int(found[2]) < len(shared) else ""
        return f"{found[1]}<v>{said}</v>"

    return _CELL.sub(cell, body.decode("utf-8", "replace")).encode()


def _plain(data: bytes, inner: str, depth: int, line: int) -> Iterator[Piece | Unread]:
    text, printed = _text(data)
    quiet = not printed or _QUIET.search(inner)
    yield Piece(inner, text, "" if quiet else visible(text), line)
    for found in _BASE64.finditer(text) if not data.startswith(_PICTURE) else ():
        raw = _unpacked(found[1] or found[2])
        if raw is not None:
            at = line or text.count("\n", 0, found.start()) + 1
            yield from pieces(raw, inner, depth + 1, at)


def _text(data: bytes) -> tuple[str, bool]:
    """The text of bytes by their mark, else as UTF-8 or Windows-1252; and whether it is one that is read."""
    for mark, encoding in (*_MARKS, *_WIDE):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), True
    if zeros := data.count(b"\0"):
        # Wide letters without a mark, or no text at all.
        return data.replace(b"\0", b"" if zeros * 3 > len(data) else b" ").decode("utf-8", "replace"), False
    try:
        return _SPLIT.sub(rb"\2\1", data).decode("utf-8"), True
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), not data.startswith(_PICTURE)


def _unpacked(run: str) -> bytes | None:
    """What is in base64; None for words that only look like it."""
    letters = "".join(run.split()).rstrip("=")
    try:
        raw = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    if raw.startswith((_ZIP, _GZIP, b"%PDF", *_PICTURE)):
        return raw
    try:
        return raw if raw.decode("utf-8").replace("\n", "").replace("\r", "").replace("\t", "").isprintable() else None
    except UnicodeDecodeError:
        return None


def visible(text: str) -> str:
    """What a reader sees of a text: no tag, style, script, key of JSON, or property of a calendar that is no text."""
    start = text.lstrip("\ufeff \r\n\t")[:15]
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


def _in(outer: str, inner: str) -> str:
    return f"{outer}/{inner}" if outer else inner
