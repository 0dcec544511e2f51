"""Lines of bars in text: small upright ones, and long ones of which a part is filled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_BARS = "▁▂▃▄▅▆▇█"
_ASCII = "_.-:=+*#"
_FILLED, _ASCII_FILLED = ("█", "░"), ("#", ".")


def sparkline(values: Sequence[int], width: int, encoding: str | None = "utf-8") -> str:
    """The values as at most `width` bars from 0 to the greatest, 0 a space; the greatest of those that share a bar.

    Where the encoding lacks the bars, signs of ASCII that grow darker stand for them.
    """
    signs = _BARS if _writes(encoding, _BARS) else _ASCII
    bars = _squeezed(values, width)
    most = max(bars, default=0)
    return "".join(" " if value <= 0 else signs[-(-value * len(signs) // most) - 1] for value in bars)


def filled(encoding: str | None = "utf-8") -> tuple[str, str]:
    """The signs of the filled and of the empty part of a bar."""
    return _FILLED if _writes(encoding, "".join(_FILLED)) else _ASCII_FILLED


def bar(part: int, whole: int, most: int, width: int, encoding: str | None = "utf-8") -> str:
    """A bar as long as `whole` is of `most`, which fills the width, and filled as far as `part` is.

    A part that is more than the whole is the length of the bar.
    """
    full, empty = filled(encoding)
    ends = [-(-value * width // most) if most > 0 else 0 for value in (part, whole)]
    return full * ends[0] + empty * (ends[1] - ends[0])


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
