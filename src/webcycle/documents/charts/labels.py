"""Labels of a picture, cut into lines by an estimate of their width: no font has to be asked, here or at a reader's."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from webcycle.documents import inline
from webcycle.documents.blocks import Inline
from webcycle.errors import Language

_ELLIPSIS = "…"
# What XML 1.0 (production 2, "Char") does not hold, escaped or not.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# As in Arial, the widest of the usual fonts.
_CAPITAL, _WIDE = 1.4, 2.0
_WIDE_LETTERS = frozenset("MW@%—ŒÆ")


def text(label: Inline, lang: Language) -> str:
    """The words of a label, on one line and fit for XML."""
    return _NO_XML.sub("\ufffd", inline.text_of(label, lang))


def lines(words: str, room: float, most: int) -> tuple[str, ...]:
    """At most this many lines, none longer than `room` small letters; an ellipsis where something was left out."""
    found: list[str] = []
    for word in words.split(" "):
        longer = f"{found[-1]} {word}" if found else word
        if found and breadth(longer) <= room:
            found[-1] = longer
        else:
            found.append(word)
    kept = found[:most]
    if len(found) > most:
        kept[-1] += _ELLIPSIS
    return tuple(cut(line, room) for line in kept)


def cut(words: str, room: float) -> str:
    """The words, or as many letters as there is room for and an ellipsis."""
    if breadth(words) <= room:
        return words
    kept = words.rstrip(_ELLIPSIS)
    while breadth(kept + _ELLIPSIS) > room:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def breadth(words: str) -> float:
    """About how many small letters these are as wide as."""
    return sum(map(_breadth, words))


def _breadth(letter: str) -> float:
    if letter in _WIDE_LETTERS or east_asian_width(letter) in "WF":
        return _WIDE
    return _CAPITAL if letter.isupper() else 1
