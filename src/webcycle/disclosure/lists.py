"""Counts in one line: persons by a group they belong to, and by how many sessions they attended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webcycle.disclosure.rule import check_counts, is_small, shown


@dataclass(frozen=True, slots=True)
class Groups:
    """A breakdown whose small groups are together.

    `shown` holds the groups with their own count, the largest first, those of nobody last; `merged` is the count of
    the groups in `names_merged` together (None: none had to be). When `hidden`, no group can be told. `total` is None
    where it is small itself.
    """

    shown: tuple[tuple[str, int], ...]
    merged: int | None
    names_merged: tuple[str, ...]
    total: int | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Tail:
    """Persons by number of sessions attended: each number below `from_` with its count, `merged` for `from_` or more.

    `from_` and `merged` are None where nothing had to be merged. When `hidden`, no class can be told. When
    `totals_tell`, the number of persons and that of participations give small counts away by themselves, whatever
    becomes of the distribution (100 persons and 101 participations: one came twice), so that not both may be published.
    """

    shown: tuple[tuple[int, int], ...]
    from_: int | None
    merged: int | None
    hidden: bool
    totals_tell: bool


def groups(counts: Mapping[str, int], least: int) -> Groups:
    """The groups of a breakdown whose total is published; "" (not determined) is a group as any other.

    Raises ValueError for a negative count.
    """
    check_counts(counts.values())
    total = shown(sum(counts.values()), least)
    ranked = sorted(counts.items(), key=lambda group: (-group[1], group[0]))
    limit = _limit(sorted(filter(None, counts.values())), least)
    apart = tuple(group for group in ranked if group[1] > limit or not group[1])
    together = {name: count for name, count in ranked if 0 < count <= limit}
    if not together:
        return Groups(apart, None, (), total, hidden=False)
    if not any(count for _, count in apart):
        return Groups((), None, (), total, hidden=True)
    return Groups(apart, sum(together.values()), tuple(sorted(together)), total, hidden=False)


def _limit(sizes: Sequence[int], least: int) -> int:
    """Up to which size groups are merged; 0 for none. `sizes` rises.

    The limit is a size and not a number of groups: of two equal groups both are merged, as the choice by name between
    them would tell, to who knows this rule, what the merged ones cannot be.
    """
    if not any(is_small(size, least) for size in sizes):
        return 0
    limits = sorted({max(size, least - 1) for size in sizes})
    return next((limit for limit in limits if _covers([size for size in sizes if size <= limit], least)), limits[-1])


def _covers(sizes: Sequence[int], least: int) -> bool:
    """Whether these groups hide each other: neither all the smallest, nor all the largest, that their sum allows."""
    alike = set(sizes) in ({1}, {least - 1})
    return sum(sizes) >= least and not alike


def tail(counts: Mapping[int, int], least: int) -> Tail:
    """The distribution of persons by number of sessions attended, both persons and participations being published.

    The largest key is taken for the number of sessions held, which everybody knows: give it with 0 where nobody came
    to all. Numbers between that are missing stand for nobody. Raises ValueError for a negative count or a key under 1.
    """
    check_counts(counts.values())
    check_counts(number - 1 for number in counts)
    classes = [counts.get(number, 0) for number in range(1, max(counts, default=0) + 1)]
    if not any(is_small(count, least) for count in classes):
        return Tail(tuple(enumerate(classes, 1)), None, None, hidden=False, totals_tell=False)
    for start in range(len(classes) - 1, 0, -1):
        before, after = classes[:start], classes[start:]
        if any(before) and not any(is_small(count, least) for count in before) and _is_safe(after, least):
            return Tail(tuple(enumerate(before, 1)), start + 1, sum(after), hidden=False, totals_tell=False)
    return Tail((), None, None, hidden=True, totals_tell=not _is_open(classes))


def _is_safe(classes: Sequence[int], least: int) -> bool:
    """Whether these classes can be merged.

    Who knows this rule knows that the first of them mostly has a person, or else it would have been shown: what is left
    without that person has to be open, and to leave room for a second one there.
    """
    persons, steps, extra = _sums(classes)
    return persons >= max(least, 3) and steps > 1 and 2 <= extra <= (persons - 2) * steps


def _is_open(classes: Sequence[int]) -> bool:
    """Whether the persons and participations of these classes leave each count that is not 0 at least two values.

    With two persons or more, three classes or more, and two participations or more from either end, there are two
    persons of whom one can go a class up and the other one down. In all other cases there is one solution.
    """
    persons, steps, extra = _sums(classes)
    return persons > 1 and steps > 1 and 2 <= extra <= persons * steps - 2


def _sums(classes: Sequence[int]) -> tuple[int, int, int]:
    """Persons; by how many sessions the last class is above the first; participations beyond the first class."""
    return sum(classes), len(classes) - 1, sum(step * count for step, count in enumerate(classes))
