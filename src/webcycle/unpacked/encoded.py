"""Bytes to the texts that they may be, and what stands in a text as base64 (RFC 2045, 6.8)."""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Iterator

from webcycle.unpacked.strings import is_binary, strings

ZIP, GZIP, PDF = b"PK\x03\x04", b"\x1f\x8b", b"%PDF-"
BZIP2, XZ, RTF = b"BZh", b"\xfd7zXZ\0", b"{\\rtf"
# What nothing here opens: 7-Zip, RAR, Zstandard, LZ4, compress, cabinets.
SHUT = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"\x1f\x9d", b"MSCF\0\0\0\0")
# An office file with a password (MS-OFFCRYPTO, 2.3.4.4): a stream of this name in a compound file.
COMPOUND, SEALED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")

# The longer of two marks that begin alike comes first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGINNING = 400
_VOIDS = (
    *(one * 4096 for one in (b" ", b"\t", b"\0", b" \0", b"\0 ", b" \0\0\0", b"\0\0\0 ")),
    *(one * 65_536 for one in (b"\n", b"\r\n", b" \n", b" \r\n")),
)
# A fold within a letter (RFC 5545, 3.1 counts octets).
_SPLIT = re.compile(rb"(\r?\n[ \t])([\x80-\xbf]{1,3})")
# After a mark any length; elsewhere a run that no ordinary word has, or several narrow lines. The first character is
# told apart from the rest, so that what is none of it costs next to nothing.
_RUN = "[A-Za-z0-9+/]"
_MARKED = rf"\s*({_RUN}+(?:\r?\n[ \t]?{_RUN}+)*={{0,2}})"
_BASE64 = re.compile(
    rf"[A-Za-z0-9+/?](?:(?<=b)ase64,{_MARKED}|(?<=\?)[bB]\?{_MARKED}"
    rf"|(?<!{_RUN}{{2}})(?<!\?)(?:{_RUN}{{15,}}(?:\r?\n[ \t]?{_RUN}{{4,}})*={{0,2}}"
    rf"|{_RUN}{{3}}(?:\r?\n)?(?:{_RUN}{{4}}(?:\r?\n)?){{3,}}(?:{_RUN}{{2,3}}={{1,2}})?))"
)
_RICH_UNICODE = re.compile(r"\\u(-?\d{1,5}) ?(?:\\'[0-9A-Fa-f]{2}|\?)?")
_RICH_BYTE = re.compile(r"\\'([0-9A-Fa-f]{2})")
_RICH_SPACE = re.compile(r"\\(?:par|line|tab|cell|row|sect|page|column|emspace|enspace|~)(?![a-z]) ?")
_RICH_WORD = re.compile(r"\\(?:[a-z]{1,32}-?\d{0,10} ?|\*)")
_WORD = re.compile(r"[^\W_]{2}")
_SIGNS = bytes((*b"\t\r\n", *range(0x20, 0x7F)))


def emptied(data: bytes) -> bytes:
    """The bytes with their long runs of blanks, of zeros and of line ends cut short: they hold nothing, and would cost
    as much as text.

    What follows in UTF-16 or UTF-32 stays in step, as multiples of four are taken away. A line is counted wrong only
    after more than 65,536 empty ones.
    """
    for run in _VOIDS:
        data = _cut(data, run)
    return data


def _cut(data: bytes, run: bytes) -> bytes:
    """The bytes with one run where several follow each other."""
    kept, at = [], 0
    while (begin := data.find(run, at)) >= 0:
        end = begin + len(run)
        kept.append(data[at:end])
        while data.startswith(run, end):
            end += len(run)
        at = end
    return b"".join((*kept, data[at:])) if kept else data


def decoded(data: bytes) -> Iterator[tuple[str, bool]]:
    """The texts that bytes may be, the likeliest first; with each whether it is one that people read.

    By their mark, else as UTF-8 or else Windows-1252; where there are zeros, also as UTF-16 of either order.
    Of bytes that are no text what people may read in them, each on a line of its own.
    """
    if is_binary(data):
        yield strings(data), False
        return
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield data.decode(encoding, "replace"), True
            return
    zeros = data.count(b"\0")
    if b"\0" in data[:_BEGINNING]:
        yield data.decode("utf-16-le", "replace"), False
        yield data.decode("utf-16-be", "replace"), False
    if zeros * 3 > len(data):
        yield data.replace(b"\0", b"").decode("utf-8", "replace"), False
    printed = not zeros and not data.startswith(PICTURE)
    yield from ((text, printed) for text in _by_bytes(data.replace(b"\0", b" ")))


def _by_bytes(data: bytes) -> Iterator[str]:
    for mend in (None, _SPLIT):
        try:
            yield (mend.sub(rb"\2\1", data) if mend else data).decode()
        except UnicodeDecodeError:
            continue
        return
    yield data.decode("utf-8", "replace")
    yield data.decode("cp1252", "replace")


def plain_of_rich(text: str) -> str:
    """The words of a text in RTF (1.9.1): its escapes of letters undone, its braces and control words taken away."""
    text = _RICH_UNICODE.sub(lambda found: chr(int(found[1]) & 0xFFFF), text)
    text = _RICH_BYTE.sub(lambda found: bytes.fromhex(found[1]).decode("cp1252", "replace"), text)
    return _RICH_WORD.sub("", _RICH_SPACE.sub(" ", text)).replace("{", "").replace("}", "")


def packed(text: str) -> Iterator[tuple[int, bytes]]:
    """What stands in a text as base64, with its place: files and texts, not words that only look like it.

    Of what is no text as a whole, as it is damaged or words follow it, the lines that are.
    """
    for found in _BASE64.finditer(text):
        run = found[1] or found[2] or found[0]
        if raw := _text(_bytes(run)) or b"".join(_text(_bytes(line[: len(line) // 4 * 4])) for line in run.split()):
            yield found.start(), raw


def _bytes(run: str) -> bytes:
    letters = "".join(run.split()).rstrip("=")
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    return base64.b64decode(whole + "=" * (-len(whole) % 4))


def _text(raw: bytes) -> bytes:
    """The bytes, where they are a file or for the most part text; else none."""
    if raw.startswith((ZIP, GZIP, PDF, *PICTURE)):
        return raw
    try:
        return raw if _WORD.search(raw.decode()) else b""
    except UnicodeDecodeError:
        return raw if len(raw.translate(None, _SIGNS)) * 4 < len(raw) else b""
