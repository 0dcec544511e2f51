"""Words as they are compared: without accents, capitals and invisible characters, and what hides them taken away."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category, normalize

from webcycle.joinlinks import undone
from webcycle.legible import unjoined

WORD = re.compile(r"[^\W_]+")
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_CAPITAL = re.compile("(?<=[a-z\u00df-\u00ff])(?=[A-Z\u00c0-\u00de0-9])")
_SEAM = re.compile("[-_]")
_LONGEST_LOCAL, _LONGEST_HOST = 128, 253
# What stands in other texts: an escape of JSON, one of iCalendar and of C.
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BREAK = re.compile(r"\\[nNrt]")
_TAG = re.compile(r"<[^<>]*>")
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=[ \t]*\r?\n")
_QUOTED = re.compile("=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)")
_HYPHEN = re.compile("[-\u2010\u00ad]\r?\n[ \t]*")


def folded(text: str) -> str:
    """`text` in small letters without accents, marks or invisible characters; its line breaks stay."""
    if text.isascii():
        return text.lower()
    return normalize("NFKD", text.casefold()).translate(_PLAIN).casefold()


class _Plain(dict[int, str]):
    """What stands for a character; found out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = category(character) in ("Mn", "Me", "Cf")
        return self.setdefault(code, "" if hidden else _LETTERS.get(character, character))


_PLAIN = _Plain()


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: runs of letters and digits."""
    return tuple(WORD.findall(folded(text)))


def parted(name: str) -> str:
    """The name of a file with its capitals, and numbers, as the beginnings of words: "AdeleBrisefond2.png"."""
    return _CAPITAL.sub(" ", name)


def addressed(name: str) -> Iterator[str]:
    """The addresses in the name of a file, without the words that are joined to them: "list-ada@example.org.pdf"."""
    for before, after in pairwise(name.split("@")):
        local = before[-_LONGEST_LOCAL:]
        yield from (f"{local[seam.end() :]}@{after[:_LONGEST_HOST]}" for seam in _SEAM.finditer(local))


def placed(text: str) -> Iterator[tuple[str, int]]:
    """The words of a folded text, each with the number of its line, from 1."""
    for number, line in enumerate(text.split("\n"), start=1):
        yield from ((word, number) for word in WORD.findall(line))


def decoded(text: str) -> str:
    """`text` without percent signs, entities and escapes, and folded; a line break stays where it was."""
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text
    text = _BREAK.sub(" ", text).replace("\\", "") if "\\" in text else text
    return folded(unjoined(undone(text) if "%" in text or "&" in text else text))


@dataclass(frozen=True, slots=True)
class Form:
    """A text as it may be read, decoded, with the line of the original that each of its lines begins in."""

    text: str
    starts: tuple[int, ...] = ()

    def lines(self, number: int) -> range:
        """The lines of the original that a line of this form was put together from."""
        if not self.starts:
            return range(number, number + 1)
        at = min(number, len(self.starts) - 1)
        return range(self.starts[at - 1], self.starts[at])


def forms(text: str) -> Iterator[Form]:
    """The ways in which a text may be read.

    As it stands; with folded lines joined (RFC 5545, 3.1), hyphens at line ends taken away, quoted-printable decoded
    (RFC 2045, 6.7); each of these also without tags, which part words or do not.
    """
    for form in _unfolded(text):
        yield form
        if "<" in form.text:
            yield Form(_TAG.sub(_lines, form.text), form.starts)
            yield Form(_TAG.sub(lambda tag: f" {_lines(tag)}", form.text), form.starts)


def _lines(tag: re.Match[str]) -> str:
    return "\n" * tag[0].count("\n")


def _unfolded(text: str) -> Iterator[Form]:
    yield Form(text)
    if _FOLD.search(text):
        yield _joined(text, _FOLD)
    if _HYPHEN.search(text):
        yield _joined(text, _HYPHEN)
    if _QUOTED.search(text):
        form = _joined(text, _SOFT)
        raw = quopri.decodestring(form.text.encode("utf-8", "replace"))
        yield Form(raw.decode("utf-8", "replace"), form.starts)


def _joined(text: str, seam: re.Pattern[str]) -> Form:
    """The text without these seams, with the line that each of its lines begins in, and the one after the last."""
    starts, number, pieces, at = [1], 1, [], 0
    for found in seam.finditer(text):
        _count(text[at : found.start()], starts, number)
        number += text.count("\n", at, found.end())
        pieces.append(text[at : found.start()])
        at = found.end()
    _count(text[at:], starts, number)
    return Form("".join((*pieces, text[at:])), (*starts, text.count("\n") + 2))


def _count(piece: str, starts: list[int], number: int) -> None:
    starts.extend(number + more for more in range(1, piece.count("\n") + 1))
