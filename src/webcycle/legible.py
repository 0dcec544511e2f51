"""What can be read out of a file's bytes, however they are packed or written: what must not be found in any."""

from __future__ import annotations

import binascii
import html
import re
import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from webcycle import unpacked
from webcycle.plain import clean
from webcycle.unpacked import Bounds, Found, Names, Piece

_MOST = 256 << 20
_WHOLE = 1 << 30
_MEMBERS = 1 << 16
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=[0-9A-Fa-f]{2}|=\r?\n")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|[nrt])")
_TAG = re.compile(r"<[^<>]*>")
# An address is not the end of a longer one ("ada@" of "x.ada@"), nor the start of one ("example.org" of ".org.uk").
_BEFORE = r"(?<![^\W_])(?<![^\W_][._+-])"
_AFTER = r"(?![^\W_])(?![.-][^\W_])"
_HOST = re.compile(r"@((?:[^\W_]|-)+(?:\.(?:[^\W_]|-)+)*)")
_FILES = frozenset(
    "7z bak bmp bz2 csv db doc docm docx eml gif gz heic htm html ics jpeg jpg json log m4a md mp3 mp4 msg odp ods odt "
    "parquet pdf png ppt pptx rar rej rtf sql sqlite srt svg tar tif tiff tmp toml tsv txt vcf vtt webm webp xls xlsm "
    "xlsx xml xz yaml yml zip".split()
)
_TOP = re.compile(r"[^\W\d_]{2,3}|xn--.+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Needle:
    """Something that must not be found: its pattern over `folded` text; `label` is what it is, not its words."""

    label: str
    pattern: re.Pattern[str]

    def stands(self, text: str) -> bool:
        """Whether it is in a text, as a person wrote it."""
        return self.pattern.search(folded(unjoined(text))) is not None


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


def unjoined(text: str) -> str:
    """Text with a blank where an address may end and the next word follows it without one: "ada@example.org .Merci".

    It may be a longer address all the same: both are looked for. An address ends where hardly any domain goes on so: at
    a capital after small letters ("org.En"; but "ORG.UK" and "org.uk" go on), a word after capitals ("ORG.En"), the
    ending of a file, and what is no top-level domain of two or three letters ("org.06", "org.merci", "org-2021").
    """
    return _HOST.sub(_unjoined, text) if "@" in text else text


def _unjoined(host: re.Match[str]) -> str:
    labels = host[1].split(".")
    last, text = len(labels) - 1, ""
    for at in range(last, -1, -1):
        ends = at == last and not _TOP.fullmatch(labels[at])
        text = (labels[at].replace("-", " -", 1) if ends else labels[at]) + text
        apart = at > 0 and (ends or _begins(labels[at - 1], labels[at]))
        last = at - 1 if apart else last
        text = f"{' .' if apart else '.' if at else ''}{text}"
    return f"@{text}"


def _begins(before: str, label: str) -> bool:
    """Whether a label begins a sentence, or is the ending of a file."""
    capital = label[:1].isupper() and (not before[:1].isupper() or (before.isupper() and not label.isupper()))
    return capital or label.lower() in _FILES


def address(found: str) -> Needle:
    """The needle of an e-mail address; one that is only a part of a longer address is another one."""
    own = re.escape(folded(found)).replace(r"\.", r" ?\.").replace(r"\-", " ?-")
    return Needle("address", re.compile(_BEFORE + own + _AFTER))


def name(found: str) -> Needle:
    """The needle of a whole name; "Ada Lovelace-King" is another one than "Ada Lovelace"."""
    return Needle("name", re.compile(rf"(?<!\w)(?<!\w[-'’]){re.escape(folded(found))}(?!\w|[-'’]\w)"))


def search(data: bytes, needles: Iterable[Needle]) -> tuple[Hit, ...]:
    """Where these are found, each needle once a part of the file."""
    wanted = tuple(needles)
    found: dict[tuple[str, str], Hit] = {}
    for one in unpacked.pieces(data, bounds(data)):
        for hit in told(one, data, wanted, found):
            found[hit.label, hit.part] = hit
    return tuple(found.values())


def told(one: Found, data: bytes, needles: Collection[Needle], known: Container[tuple[str, str]]) -> Iterator[Hit]:
    """The same of something that was found in the bytes of a file, but for what is `known`: needles with a part."""
    for part, text in _texts(one):
        shut = folded(unjoined(text))
        for needle in needles:
            if (needle.label, part) not in known and needle.pattern.search(shut):
                yield Hit(needle.label, part, None if part else _line(data, needle))


def _line(data: bytes, needle: Needle) -> int | None:
    if unpacked.is_binary(data):
        return None
    text, _printed = next(unpacked.decoded(data))
    lines = enumerate(text.split("\n"), start=1)
    shown = (number for number, line in lines if any(map(needle.stands, _undone(line))))
    return next(shown, None)


def texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Every text in the bytes, with the part of an archive it is in: as it stands, and with what hides it undone.

    Undone are line folding (RFC 5545, 5322), quoted-printable and base64 (RFC 2045), percent-encoding (RFC 3986), the
    entities and tags of HTML and XML, backslash escapes, and all that `unpacked` opens. Of what cannot be read whole
    there is what can be had of it: at most 256 MiB of a part, three archives deep, a GiB of all that was packed.
    """
    return (found for one in unpacked.pieces(data, bounds(data)) for found in _texts(one))


def _texts(one: Found) -> Iterator[tuple[str, str]]:
    if isinstance(one, Piece):
        yield from ((one.part, text) for text in _readings(one))
    elif isinstance(one, Names):
        yield from ((unpacked.joined(one.part, name), name) for name in one.names)
        yield one.part, one.comment


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
