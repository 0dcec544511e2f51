"""What can be read out of a file's bytes, however they are packed or written: what must not be found in any."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_plus

from webcycle.plain import clean

_MOST = 256 << 20
_DEEPEST = 3
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=[0-9A-Fa-f]{2}|=\r?\n")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|[nrt])")
_TAG = re.compile(r"<[^<>]*>")
_PACKED = re.compile(r"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{4}(?:\r?\n)?){4,}(?:[A-Za-z0-9+/]{2,3}={1,2})?")
_STREAM = re.compile(rb"stream\r?\n")
_GLYPHS = re.compile(rb"\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f\s]*>|\bT[dDmJ*]|\bTj", re.DOTALL)
_OCTAL = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS: Mapping[bytes, bytes] = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_FILES = "csv|docx?|eml|html?|ics|json|md|ods|odt|pdf|png|rej|svg|tmp|toml|tsv|txt|xlsx?|zip"
# An address is not the end of a longer one ("ada@" of "x.ada@"), nor the start of one ("example.org" of ".org.uk").
_BEFORE = r"(?<![^\W_])(?<![^\W_][._+-])"
_AFTER = rf"(?![^\W_])(?!-[^\W_])(?!\.(?!(?:{_FILES})(?![^\W_]))[^\W_])"


@dataclass(frozen=True, slots=True)
class Needle:
    """Something that must not be found: its pattern over `folded` text; `label` is what it is, not its words."""

    label: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: the needle's label, the part of an archive that it is in ("" for none), and its line from 1
    where it stands as such in the file."""

    label: str
    part: str
    line: int | None


def folded(text: str) -> str:
    """Text as it is compared: one line, without capitals or invisible characters, in Unicode form C."""
    # Line by line: most lines are printable, and then there is nothing to clean.
    shut = " ".join(" ".join(map(clean, text.replace("\r", "\n").split("\n"))).split())
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", shut).casefold())


def address(found: str) -> Needle:
    """The needle of an e-mail address; one that is only a part of a longer address is another one."""
    return Needle("address", re.compile(_BEFORE + re.escape(folded(found)) + _AFTER))


def name(found: str) -> Needle:
    """The needle of a whole name; "Ada Lovelace-King" is another one than "Ada Lovelace"."""
    return Needle("name", re.compile(rf"(?<!\w)(?<!\w[-'’]){re.escape(folded(found))}(?!\w|[-'’]\w)"))


def search(data: bytes, needles: Iterable[Needle]) -> tuple[Hit, ...]:
    """Where these are found, each needle once a part of the file."""
    wanted = tuple(needles)
    found: dict[tuple[str, str], Hit] = {}
    for part, text in texts(data):
        shut = folded(text)
        for one in wanted:
            if (one.label, part) not in found and one.pattern.search(shut):
                found[one.label, part] = Hit(one.label, part, None if part else _line(data, one))
    return tuple(found.values())


def _line(data: bytes, needle: Needle) -> int | None:
    lines = enumerate(next(_decoded(data)).split("\n"), start=1)
    shown = (number for number, line in lines if any(needle.pattern.search(folded(one)) for one in _undone(line)))
    return next(shown, None)


def texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Every text in the bytes, with the part of an archive it is in: as it stands, and with what hides it undone.

    Undone are line folding (RFC 5545, 5322), quoted-printable and base64 (RFC 2045), percent-encoding (RFC 3986), the
    entities and tags of HTML and XML, backslash escapes, archives (ZIP: XLSX, DOCX too) and the streams of PDF. At most
    256 MiB of a part and three archives deep are read.
    """
    yield from _texts(data, "", 0)


def _texts(data: bytes, part: str, depth: int) -> Iterator[tuple[str, str]]:
    if data.startswith(b"PK\x03\x04") and depth < _DEEPEST:
        for name_inside, inside in _members(data):
            within = f"{part}/{name_inside}" if part else name_inside
            yield within, name_inside
            yield from _texts(inside, within, depth + 1)
    elif data.startswith(b"%PDF-"):
        for text in _printed(data):
            yield part, text
    else:
        for text in _readings(data):
            yield part, text


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.infolist():
                with archive.open(one) as member:
                    yield one.filename, member.read(_MOST)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return


def _readings(data: bytes) -> Iterator[str]:
    for text in _decoded(data):
        for opened in _opened(text):
            yield from _undone(opened)


def _decoded(data: bytes) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield data.removeprefix(codecs.BOM_UTF8).decode(encoding, "replace")
            return
    if b"\0" in data[:400]:
        yield data.decode("utf-16-le", "replace")
        yield data.decode("utf-16-be", "replace")
    try:
        yield data.decode()
    except UnicodeDecodeError:
        yield data.decode("utf-8", "replace")
        yield data.decode("cp1252", "replace")


def _opened(text: str) -> Iterator[str]:
    """The text, and what stands in it folded or in an encoding of mail."""
    yield text
    if _FOLD.search(text):
        yield _FOLD.sub("", text)
    if _SOFT.search(text):
        yield binascii.a2b_qp(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if packed := [found for one in _PACKED.findall(text) if (found := _unpacked(one))]:
        yield "\n".join(packed)


def _unpacked(block: str) -> str:
    bare = "".join(block.split()).rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4)).decode()
    except ValueError:
        return ""


def _undone(text: str) -> Iterator[str]:
    """The text, and the same read by a browser."""
    yield text
    if "%" in text or "+" in text:
        yield unquote_plus(text)
    if "\\" in text:
        yield _ESCAPE.sub(_escaped, text)
    plain = html.unescape(text) if "&" in text else text
    if plain is not text:
        yield plain
    if "<" in text:
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub(" ", text))


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else " "


# ---- PDF (ISO 32000)


def _printed(data: bytes) -> Iterator[str]:
    """The words of a PDF: what stands in it in the clear, and the glyphs of each page by each table of characters."""
    streams = [data, *_streams(data)]
    tables = [found for stream in streams if b"beginbf" in stream and (found := _characters(stream))]
    for stream in streams:
        shown = [_bytes(token) for token in _GLYPHS.findall(stream)]
        yield stream.decode("latin-1")
        yield b"".join(shown).decode("latin-1")
        yield "\n".join(_string(one) for one in shown if one.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF8)))
        for table in tables if b"Tj" in stream or b"TJ" in stream else ():
            yield "".join(_by(table, one) for one in shown)


def _streams(data: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], _MOST)
        except zlib.error:
            continue


def _bytes(token: bytes) -> bytes:
    """The bytes of a string of PDF; a blank for an operator that moves to another place."""
    if token.startswith(b"<"):
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if token.startswith(b"("):
        return _OCTAL.sub(_octal, token[1:-1])
    return b" " if token in (b"Td", b"TD", b"Tm", b"T*") else b""


def _octal(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 0xFF]) if code.isdigit() and code < b"8" else _LETTERS.get(code, code)


def _string(raw: bytes) -> str:
    return raw.decode("utf-16" if raw.startswith(codecs.BOM_UTF16_BE) else "utf-8", "replace")


def _characters(stream: bytes) -> Mapping[int, str]:
    """What the glyphs of a font stand for (ISO 32000, 9.10.3)."""
    found: dict[int, str] = {}
    for body in re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.DOTALL):
        for code, words in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", body):
            found[int(code, 16)] = _utf16(words)
    for body in re.findall(rb"beginbfrange(.*?)endbfrange", stream, re.DOTALL):
        for low, high, words in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", body):
            first, last = int(low, 16), min(int(high, 16), int(low, 16) + 0xFFFF)
            start = _utf16(words)
            for code in range(first, last + 1):
                found[code] = start[:-1] + chr(min(ord(start[-1:] or "\0") + code - first, 0x10FFFF))
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode().zfill(4)).decode("utf-16-be", "replace")


def _by(table: Mapping[int, str], raw: bytes) -> str:
    if raw == b" ":
        return " "
    return "".join(
        table.get(code, "") for code in (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
    )
