"""Which count is small, and which share would tell it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def is_small(count: int, least: int) -> bool:
    """Whether a count of persons is hidden by itself: 0 is not."""
    return 0 < count < least


def shown(count: int, least: int) -> int | None:
    """The count, or None where it is small; for a count that stands in no sum with others."""
    return None if is_small(count, least) else count


def rate(part: int, whole: int, least: int) -> Fraction | None:
    """The share of `part` in `whole`; None of nobody, or where the part or the rest is small.

    Raises ValueError for a part that is negative or more than the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError((part, whole))
    if whole == 0 or is_small(part, least) or is_small(whole - part, least):
        return None
    return Fraction(part, whole)


def check_counts(counts: Iterable[int]) -> None:
    """Raise ValueError for a negative count."""
    if (lowest := min(counts, default=0)) < 0:
        raise ValueError(lowest)
