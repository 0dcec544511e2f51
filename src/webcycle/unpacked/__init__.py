"""A file to the texts in it, the one reader of packed files: archives and office files are opened, PDFs read, base64
decoded, all of it bounded; what is not read whole is said, and still gives what can be had of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zipfile import ZipFile

from webcycle.unpacked import archives, pictures
from webcycle.unpacked.bounds import Bounds, Budget
from webcycle.unpacked.encoded import (
    BZIP2,
    COMPOUND,
    GZIP,
    PICTURE,
    RTF,
    SEALED,
    SHUT,
    XZ,
    ZIP,
    decoded,
    emptied,
    packed,
    plain_of_rich,
)
from webcycle.unpacked.portable import Portable, is_portable
from webcycle.unpacked.strings import Lines, is_binary

__all__ = [
    "Bounds",
    "Found",
    "Kind",
    "Lines",
    "Names",
    "Piece",
    "Unread",
    "decoded",
    "is_binary",
    "joined",
    "packed",
    "pieces",
]

Kind = Literal["text", "page", "binary", "scrap"]
"""What a text of a file is: one that people read, perhaps with markup; what a PDF says; what may stand in bytes that no
program shows; what was found in a PDF whatever its order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text: in which part of the file ("a.zip/b.txt", "" is the file itself), its place there ("page 2"), and its
    line of the file where the text itself has none."""

    part: str
    text: str
    kind: Kind
    spot: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the files in an archive, which is that part of the file; and what is said of it."""

    part: str
    names: tuple[str, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that is not read whole: too large, too deep, damaged, encrypted."""

    part: str


Found = Piece | Names | Unread
"""What a file gives: texts, names of files, and what is not read whole."""


def pieces(data: bytes, bounds: Bounds | None = None) -> Iterator[Found]:
    """The texts in the bytes of a file, and its parts that are not read whole, with what can be had of them.

    Who must see everything holds each Unread for a failure; who looks for as much as there is passes it over.
    """
    yield from _pieces(data, "", 0, 0, Budget(bounds or Bounds()))


def joined(outer: str, inner: str) -> str:
    """A place in a part."""
    return f"{outer}/{inner}" if outer and inner else outer or inner


def _pieces(data: bytes, part: str, depth: int, line: int, budget: Budget) -> Iterator[Found]:
    bounds = budget.bounds
    if len(data) > bounds.file:
        yield Unread(part)
        data = data[: bounds.file] if bounds.thorough else b""
    if depth > bounds.depth:
        yield Unread(part)
        yield from _bare(data, part)
    elif data.startswith(ZIP):
        yield from _archive(data, part, depth, budget)
    elif data.startswith(GZIP):
        yield from _gzip(data, part, depth, budget)
    elif data.startswith((BZIP2, XZ)):
        yield from _squeezed(data, part, depth, budget)
    elif is_portable(data):
        yield from _portable(data, part, depth, budget)
    else:
        yield from _plain(data, part, depth, line, budget)


def _bare(data: bytes, part: str) -> Iterator[Piece]:
    """Bytes as they stand."""
    return (Piece(part, text, "binary") for text, _printed in decoded(emptied(data)))


def _squeezed(data: bytes, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    """What bzip2 or xz packed; bytes that only begin so are read as they stand."""
    found, whole = archives.squeezed(data, budget)
    if not whole:
        yield Unread(part)
        yield from _bare(data, part)
    yield from _pieces(found, part, depth + 1, 0, budget)


def _gzip(data: bytes, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    found, rest = archives.gunzipped(data, budget)
    if rest:
        yield Unread(part)
        yield from _bare(rest, part)
    yield from _pieces(found, part, depth + 1, 0, budget)


def _portable(data: bytes, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    found = Portable(data, budget)
    for spot, text in found.texts():
        yield Piece(part, text, "page", spot, 1)
    yield from (Piece(part, text, "scrap", "metadata", 1) for text, _printed in decoded(found.beside))
    for spot, body in found.files():
        yield from _pieces(body, joined(part, spot), depth + 1, 1, budget)
    yield from _behind(data, part, depth, budget)
    if not found.whole or budget.bounds.thorough:
        yield from (Piece(part, text, "scrap") for text in found.scraps())
    if not found.whole:
        yield Unread(part)


def _archive(data: bytes, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    archive = archives.opened(data)
    if archive is None:
        yield Unread(part)
        yield from _bare(data, part)
        yield from _scattered(data, part, depth, budget)
        return
    with archive:
        if depth < budget.bounds.depth:
            yield from _listed(archive, data, part, depth, budget)
            return
        named = _names(archive, part)
    yield named
    yield from (Unread(joined(part, name)) for name in named.names)
    yield from _bare(data, part)


def _behind(data: bytes, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    """What is in an archive that follows something else: a program that unpacks itself."""
    if depth < budget.bounds.depth and archives.ends_as_one(data) and (archive := archives.opened(data)):
        with archive:
            yield from _listed(archive, data, part, depth, budget)


def _listed(archive: ZipFile, data: bytes, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    """The names of the files in an archive and what is said of them, and all that is in them."""
    yield _names(archive, part)
    for one in archives.members(archive, data, budget):
        yield from _member(one, part, depth, budget)


def _names(archive: ZipFile, part: str) -> Names:
    said = (archive.comment, *(one.comment for one in archives.files(archive)))
    names = tuple(one.filename for one in archives.files(archive))
    return Names(part, names, "\n".join(one.decode("utf-8", "replace") for one in said if one))


def _scattered(data: bytes, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    for one in archives.scattered(data, budget) if depth < budget.bounds.depth else ():
        yield Names(part, (one.name,))
        yield from _member(one, part, depth, budget)


def _member(one: archives.Member, part: str, depth: int, budget: Budget) -> Iterator[Found]:
    place = joined(part, one.name)
    if not one.whole:
        yield Unread(place)
    if one.whole or one.body:
        yield from _pieces(one.body, place, depth + 1, 0, budget)


def _plain(data: bytes, part: str, depth: int, line: int, budget: Budget) -> Iterator[Found]:
    if data.startswith(SHUT) or (data.startswith(COMPOUND) and SEALED in data):
        yield Unread(part)
    known: set[tuple[int, bytes]] = set()
    for one in pictures.texts(data, budget):
        yield from (Piece(part, text, "binary", "", line or 1) for text, _printed in decoded(one.data))
        yield from () if one.whole else (Unread(part),)
    yield from _behind(data, part, depth, budget)
    data = emptied(data)
    line = line or int(is_binary(data))
    for text, printed in decoded(data):
        lines = Lines(text)
        yield Piece(part, text, "text" if printed else "binary", "", line)
        if data.startswith(RTF):
            yield Piece(part, plain_of_rich(text), "text", "", line)
        for start, raw in packed(text) if not data.startswith(PICTURE) else ():
            at = line or lines.of(start)
            if (at, raw) not in known:
                known.add((at, raw))
                yield from _pieces(raw, part, depth + 1, at, budget)
