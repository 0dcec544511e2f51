"""A line of small bars in text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_BARS = "▁▂▃▄▅▆▇█"
_ASCII = "_.-:=+*#"


def sparkline(values: Sequence[int], width: int, encoding: str | None = "utf-8") -> str:
    """The values as at most `width` bars from 0 to the greatest, 0 a space; the greatest of those that share a bar.

    Where the encoding lacks the bars, signs of ASCII that grow darker stand for them.
    """
    signs = _BARS if _writes(encoding, _BARS) else _ASCII
    bars = _squeezed(values, width)
    most = max(bars, default=0)
    return "".join(" " if value <= 0 else signs[-(-value * len(signs) // most) - 1] for value in bars)


def _writes(encoding: str | None, signs: str) -> bool:
    try:
        signs.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _squeezed(values: Sequence[int], width: int) -> list[int]:
    """So many values, each the greatest of its share: a short peak is not lost."""
    count = min(len(values), max(width, 0))
    edges = [len(values) * index // count for index in range(count + 1)] if count else []
    return [max(values[start:stop]) for start, stop in pairwise(edges)]
