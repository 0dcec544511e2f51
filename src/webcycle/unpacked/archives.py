"""ZIP (office files too) and gzip, member by member; of what is damaged, what can still be had."""

from __future__ import annotations

import bz2
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from webcycle.unpacked.bounds import Budget, inflated
from webcycle.unpacked.encoded import BZIP2, GZIP, ZIP

# A Python that was built without it has no lzma.
_LZMA: type[Exception] = getattr(vars(zipfile).get("lzma"), "LZMAError", zipfile.BadZipFile)
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    LookupError,
    OSError,
    RuntimeError,
    _LZMA,
)
# The end of the list of members and the longest comment after it (4.3.16).
_LAST, _LONGEST_END = b"PK\x05\x06", 22 + 65_535
_ENTRY, _MOST_ENTRIES = b"PK\x01\x02", 65_535
_RAW, _GZIPPED = -zlib.MAX_WBITS, zlib.MAX_WBITS | 16
# APPNOTE.TXT of PKWARE, 4.3.7: flags, method, CRC, packed size, the lengths of the name and of what follows it.
_LOCAL = struct.Struct("<4x2xHH4xII4xHH")
_SEALED, _FOLLOWS, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_NEXT = re.compile(rb"PK[\x01\x03\x05\x07][\x02\x04\x06\x08]")
_LONGEST_NAME = 1024

# What a stream costs, however little comes out, and the memory that one may want.
_LEAST, _MEMORY = 8192, 128 << 20
_GROWTH, _LEAST_GROWTH = 16, 1 << 20
_STRINGS, _SHEETS = "xl/sharedStrings.xml", "xl/worksheets/"
# With the prefix of a namespace or without one.
_CELL = re.compile(
    r"""(<(?:\w{1,20}:)?c\s[^<>]{0,99}?\bt=["']s["'][^<>]{0,99}>\s{0,99}<(?:\w{1,20}:)?v>)\s{0,9}(\d{1,9})(?=\s{0,9}</)"""
)
_TEXT = re.compile(r"<(?:\w{1,20}:)?si(?:\s[^<>]{0,99})?/?>")
_END = re.compile(r"</(?:\w{1,20}:)?si>")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name, its bytes as far as they can be had, and whether that is all of them."""

    name: str
    body: bytes
    whole: bool


_NOTHING = Member("", b"", False)


def gunzipped(data: bytes, budget: Budget) -> tuple[bytes, bytes]:
    """All that was put into a file by gzip, one after the other (RFC 1952, 2.2), and the rest that cannot be read."""
    found, at = bytearray(), 0
    while data.startswith(GZIP, at):
        one = inflated(data, at, _GZIPPED, budget)
        found += one.data
        if not one.whole:
            return bytes(found), data[at:]
        at = one.end
    return bytes(found), data[at:].strip(b"\0")


def squeezed(data: bytes, budget: Budget) -> tuple[bytes, bool]:
    """All that bzip2 or xz put into a file, one after the other, as far as it can be had, and whether that is all."""
    found, left = bytearray(), data
    while left.strip(b"\0"):
        most = budget.most
        try:
            machine: Any = bz2.BZ2Decompressor() if left.startswith(BZIP2) else _lzma()
            body = machine.decompress(left, most + 1)
        except (*_DAMAGED, ImportError, MemoryError):
            budget.spend(len(left))
            return bytes(found), False
        budget.spend(max(len(body), _LEAST))
        found += body[:most]
        if not machine.eof:
            return bytes(found), False
        left = machine.unused_data
    return bytes(found), True


def _lzma() -> Any:
    import lzma  # noqa: PLC0415 - a Python that was built without it has none

    return lzma.LZMADecompressor(memlimit=_MEMORY)


def opened(data: bytes) -> zipfile.ZipFile | None:
    """The archive; None for one whose list of members is damaged or lost."""
    if data.count(_ENTRY) > _MOST_ENTRIES:
        return None
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _DAMAGED:
        return None


def ends_as_one(data: bytes) -> bool:
    """Whether an archive ends there, whatever stands before it; none that is in a PDF."""
    at = data.rfind(_LAST, max(0, len(data) - _LONGEST_END))
    return at >= 0 and data.find(b"%%EOF", at) < 0


def files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Its members that hold something, or are no folder."""
    return [one for one in archive.infolist() if one.file_size or not one.is_dir()]


def members(archive: zipfile.ZipFile, data: bytes, budget: Budget) -> Iterator[Member]:
    """The files of an archive in their order; the sheets of a workbook with the texts of their cells in them."""
    shared: list[str] | None = None
    for one in files(archive):
        found = _member(archive, data, one, budget)
        if one.filename.startswith(_SHEETS):
            shared = _shared(archive, data, budget) if shared is None else shared
            found = filled(found, shared, budget.bounds.file)
        yield found


def _member(archive: zipfile.ZipFile, data: bytes, one: zipfile.ZipInfo, budget: Budget) -> Member:
    most = budget.most
    if budget.members < 1 or (one.file_size > most and not budget.bounds.thorough):
        return Member(one.filename, b"", False)
    budget.members -= 1
    try:
        with archive.open(one) as member:
            body = member.read(most)
    except _DAMAGED:
        found, _end = _local(data, one.header_offset, budget, one.compress_size)
        return Member(one.filename, found.body, False)
    budget.spend(len(body))
    return Member(one.filename, body, one.file_size <= most)


def scattered(data: bytes, budget: Budget) -> Iterator[Member]:
    """The files of an archive whose list is lost, by what stands before each of them; those that hold something."""
    shared: list[str] | None = None
    at = data.find(ZIP)
    while at >= 0 and budget.members > 0:
        budget.members -= 1
        found, end = _local(data, at, budget)
        if found.name.startswith(_SHEETS):
            shared = _lost(data, budget) if shared is None else shared
            found = filled(found, shared, budget.bounds.file)
        if found.body:
            yield found
        at = data.find(ZIP, end if found.whole else at + len(ZIP))


def _local(data: bytes, at: int, budget: Budget, size: int = 0) -> tuple[Member, int]:
    """The file whose own header stands there, and where it ends; `size` is its packed size, where that is known."""
    begin = at + _LOCAL.size
    if at < 0 or len(data) < begin or not data.startswith(ZIP, at):
        return _NOTHING, at
    flags, method, crc, packed, named, more = _LOCAL.unpack_from(data, at)
    name = data[begin : begin + min(named, _LONGEST_NAME)].decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    start = begin + named + more
    if flags & _SEALED or method not in (_STORED, _DEFLATED):
        return Member(name, b"", False), start
    if method == _DEFLATED:
        stream = inflated(data, start, _RAW, budget)
        whole = stream.whole and (bool(flags & _FOLLOWS) or zlib.crc32(stream.data) == crc)
        return Member(name, stream.data, whole), stream.end
    end = _next(data, start) if flags & _FOLLOWS and not size else start + (size or packed)
    body = data[start:end][: budget.most]
    budget.spend(len(body))
    return Member(name, body, zlib.crc32(body) == crc), end


def _next(data: bytes, start: int) -> int:
    found = _NEXT.search(data, start)
    return found.start() if found else len(data)


# ---- workbooks


def _shared(archive: zipfile.ZipFile, data: bytes, budget: Budget) -> list[str]:
    """The texts of a workbook, which its cells refer to by number."""
    try:
        one = archive.getinfo(_STRINGS)
    except KeyError:
        return []
    return _strings(_member(archive, data, one, Budget(budget.bounds)).body)


def _lost(data: bytes, budget: Budget) -> list[str]:
    """The same, of an archive whose list is lost."""
    at = data.find(_STRINGS.encode()) - _LOCAL.size
    return _strings(_local(data, at, Budget(budget.bounds))[0].body) if at >= 0 else []


def _strings(body: bytes) -> list[str]:
    _before, *parts = _TEXT.split(body.decode("utf-8", "surrogateescape"))
    return [_END.split(part, 1)[0] for part in parts]


def filled(sheet: Member, shared: list[str], most: int) -> Member:
    """A sheet with the texts in their cells: a name in two cells stands in two places of the list.

    It grows as real ones do, and to `most` characters: a long text may stand in every cell.
    """
    left, cut = min(most - len(sheet.body), len(sheet.body) * _GROWTH + _LEAST_GROWTH), False

    def cell(found: re.Match[str]) -> str:
        nonlocal left, cut
        said = shared[int(found[2])] if int(found[2]) < len(shared) else ""
        cut = cut or len(said) > left
        left -= 0 if cut else len(said)
        return found[0] if cut else found[1] + said

    text, count = _CELL.subn(cell, sheet.body.decode("utf-8", "surrogateescape")) if shared else ("", 0)
    return Member(sheet.name, text.encode("utf-8", "surrogateescape"), sheet.whole and not cut) if count else sheet
