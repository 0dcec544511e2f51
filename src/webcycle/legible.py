"""What can be read out of a file's bytes, however they are packed or written: what must not be found in any."""

from __future__ import annotations

import binascii
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from webcycle import unpacked
from webcycle.plain import clean
from webcycle.unpacked import Bounds, Names, Piece, Unread

_MOST = 256 << 20
_WHOLE = 1 << 30
_MEMBERS = 1 << 16
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=[0-9A-Fa-f]{2}|=\r?\n")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|[nrt])")
_TAG = re.compile(r"<[^<>]*>")
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
    if unpacked.is_binary(data):
        return None
    text, _printed = next(unpacked.decoded(data))
    lines = enumerate(text.split("\n"), start=1)
    shown = (number for number, line in lines if any(needle.pattern.search(folded(one)) for one in _undone(line)))
    return next(shown, None)


def texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Every text in the bytes, with the part of an archive it is in: as it stands, and with what hides it undone.

    Undone are line folding (RFC 5545, 5322), quoted-printable and base64 (RFC 2045), percent-encoding (RFC 3986), the
    entities and tags of HTML and XML, backslash escapes, and all that `unpacked` opens. Of what cannot be read whole
    there is what can be had of it: at most 256 MiB of a part, three archives deep, a GiB of all that was packed.
    """
    for one in _pieces(data):
        if isinstance(one, Piece):
            yield from ((one.part, text) for text in _readings(one))
        elif isinstance(one, Names):
            yield from ((unpacked.joined(one.part, name), name) for name in one.names)
            yield one.part, one.comment


def unread(data: bytes) -> tuple[str, ...]:
    """The parts that cannot be read whole, each once: "" is the file itself."""
    return tuple(dict.fromkeys(one.part for one in _pieces(data) if isinstance(one, Unread)))


def _pieces(data: bytes) -> Iterator[unpacked.Found]:
    return unpacked.pieces(data, bounds(data))


def bounds(data: bytes) -> Bounds:
    """How much of a file is read: all of it."""
    return Bounds(max(_MOST, len(data)), _WHOLE, _MEMBERS, thorough=True)


def _readings(piece: Piece) -> Iterator[str]:
    if piece.kind == "scrap":
        yield piece.text
    elif piece.kind == "page":
        yield from _undone(piece.text)
    else:
        for opened in _opened(piece.text):
            yield from _undone(opened)


def _opened(text: str) -> Iterator[str]:
    """The text, and what stands in it folded or in an encoding of mail."""
    yield text
    if _FOLD.search(text):
        yield _FOLD.sub("", text)
    if _SOFT.search(text):
        yield binascii.a2b_qp(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    # A name may be written in several of them.
    yield "\n".join(raw.decode("utf-8", "replace") for _at, raw in unpacked.packed(text))


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
