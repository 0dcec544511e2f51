"""How wide the columns of a table on paper are, by the words in them; widths are in characters of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import zip_longest
from math import ceil

from webcycle.documents.blocks import Break, Column, Inline, Raised, Run, Table

UPRIGHT, ACROSS = 106.0, 161.0
"""How many characters stand side by side between the margins of a page, upright and on its long side."""
LONGEST_WORD = 24
"""The longest word that a column makes room for; a longer one is broken."""

_LONGEST_TEXT = 60.0
# What the room at both sides of a cell takes.
_SIDES = 2.5
# A column of empty cells is there to be written in by hand.
_BY_HAND = 18.0
# Capitals and bold letters are wider than others.
_CAPITAL = 1.3
_BOLD = 1.15
# The figures and the "m" of a date are wider than the usual letter too.
_DATE = 1.08


Bounds = Sequence[tuple[float, float]]
"""The least width of each column, and the most that it can use."""


def bounds(table: Table) -> Bounds:
    """What the words in a table ask for."""
    rows = (*table.rows, table.total) if table.total else table.rows
    cells = zip_longest(*rows, fillvalue=()) if rows else [()] * len(table.columns)
    return [
        _column(column, {_text(cell) for cell in below}) for column, below in zip(table.columns, cells, strict=True)
    ]


def tight(asked: Bounds, room: float) -> bool:
    """Whether there is less room than the words need, so that they have to be hyphenated."""
    return sum(least for least, _most in asked) > room


def widths(asked: Bounds, room: float) -> tuple[float, ...]:
    """The width of each column, to be scaled to the page: what its words need, and of the rest what it can use.

    The rest goes to all alike, so that small wishes come true and the longest texts are broken into lines.
    """
    found = [least for least, _most in asked]
    rest = room - sum(found)
    wishes = sorted((most - least, index) for index, (least, most) in enumerate(asked))
    for done, (wish, index) in enumerate(wishes):
        given = max(min(wish, rest / (len(wishes) - done)), 0)
        found[index] += given
        rest -= given
    return tuple(found)


def lines(cell: Inline, width: float) -> int:
    """How many lines the words of a cell fill in a column of that width."""
    room = max(width - _SIDES, 1.0)
    found, end = 1, 0.0
    for word in map(_breadth, _text(cell).split()):
        needed = end + 1 + word if end else word
        if needed > room:
            pieces = ceil(word / room)
            found += pieces if end else pieces - 1
            needed = word - room * (pieces - 1)
        end = needed
    return found


def _column(column: Column, below: Set[str]) -> tuple[float, float]:
    head = _longest(_text(column.title).split()) * _BOLD
    if not any(text.strip() for text in below):
        return max(head, _BY_HAND) + _SIDES, max(head, 2 * _BY_HAND) + _SIDES
    text = _longest(below)
    # A number is never broken, a date only where it is long.
    word = text if column.kind == "number" else _longest(word for text in below for word in text.split())
    whole = _DATE * text if column.kind == "date" else 0
    least = max(head, min(max(word, whole), LONGEST_WORD))
    return least + _SIDES, max(least, min(max(text, whole), _LONGEST_TEXT)) + _SIDES


def _longest(texts: Iterable[str]) -> float:
    return max(map(_breadth, texts), default=0)


def _breadth(text: str) -> float:
    return len(text) if text.islower() else sum(_CAPITAL if letter.isupper() else 1 for letter in text)


def _text(nodes: Inline) -> str:
    match nodes:
        case (Run(text),):  # a cell, most of the time
            return text
        case _:
            return "".join(_words(nodes))


def _words(nodes: Inline) -> Iterator[str]:
    for node in nodes:
        match node:
            case Run(text) | Raised(text):
                yield text
            case Break():
                yield " "
            case _:
                yield from _words(node.children)
