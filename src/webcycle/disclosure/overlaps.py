"""Persons who attended sessions of two axes, beside the persons of each axis and of the cycle.

These figures are tied: |A| + |B| - |A and B| is everybody where there are two axes, and with three the figures of the
pairs give the number who came to all three. What must stay hidden is therefore sought among the regions: the persons
with exactly this set of axes. A figure is a sum of regions; another set of regions with the same published figures, in
which a small count is a different one, proves that this count cannot be known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import gcd, lcm

from webcycle.disclosure.rule import check_counts, is_small, shown

_Axes = frozenset[str]
# The persons of a figure are those whose axes hold all of these: none (everybody), one or two.
_EVERYBODY: _Axes = frozenset()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Persons of the cycle, of each axis (`single`) and of each two axes (`pairs`, names in order); None is hidden.

    When `hidden`, nothing but the number of people can be told, and that is None where it is small itself.
    """

    people: int | None
    single: Mapping[str, int | None]
    pairs: Mapping[tuple[str, str], int | None]
    hidden: bool


def overlap(regions: Mapping[frozenset[str], int], least: int) -> Overlap:
    """The overlap between axes; `regions` counts the persons by the whole set of axes whose sessions they attended.

    Sessions without an axis are those of the axis "", so that everybody has one. Not to be found out are the small
    ones among: who did or did not attend one axis; both, one without the other, or neither, of two axes; any
    combination of three; each region. A pair of nobody is shown as 0. Raises ValueError for a negative count, or for
    persons without an axis.
    """
    check_counts(regions.values())
    if regions.get(_EVERYBODY):
        raise ValueError(regions)
    persons = {axes: count for axes, count in regions.items() if count}
    axes = sorted(frozenset().union(*regions))
    figures = {figure: _count(persons, figure) for figure in _subsets(axes, 0, 2)}
    concealed = _concealed(axes, persons, figures, least)

    def seen(*names: str) -> int | None:
        return None if frozenset(names) in concealed else figures[frozenset(names)]

    return Overlap(
        people=shown(figures[_EVERYBODY], least),
        single={name: seen(name) for name in axes},
        pairs={pair: seen(*pair) for pair in combinations(axes, 2)},
        hidden=len(concealed) == len(figures) - 1 > 0,
    )


def _subsets(names: Sequence[str], smallest: int, largest: int) -> Iterator[_Axes]:
    sizes = range(smallest, largest + 1)
    return map(frozenset, chain.from_iterable(combinations(names, size) for size in sizes))


def _count(persons: Mapping[_Axes, int], figure: _Axes) -> int:
    return sum(count for region, count in persons.items() if figure <= region)


def _concealed(
    axes: Sequence[str], persons: Mapping[_Axes, int], figures: Mapping[_Axes, int], least: int
) -> set[_Axes]:
    """The figures that are small or say a small count by one difference; then more, the least pair first.

    Never one alone. What turns out not to be needed is shown again; where nothing less will do, all are hidden.
    """
    every = set(figures) - {_EVERYBODY}
    if is_small(figures[_EVERYBODY], least):
        return every
    told = [(view, part) for view, part, count in _counts(axes, persons) if is_small(count, least)]

    columns = _columns(axes, persons, figures)

    def holds(hidden: set[_Axes]) -> bool:
        return len(hidden) != 1 and _covers(_swaps(columns, persons, figures, hidden), told)

    hidden = {view for view, _ in told if figures.get(view)}
    others = sorted(
        (one for one in every - hidden if figures[one]), key=lambda one: (-len(one), figures[one], sorted(one))
    )
    added: list[_Axes] = []
    while not holds(hidden):
        if len(added) == len(others):
            return every
        added.append(others[len(added)])
        hidden.add(added[-1])
    for figure in reversed(added):
        if holds(hidden - {figure}):
            hidden.remove(figure)
    return hidden


def _counts(axes: Sequence[str], persons: Mapping[_Axes, int]) -> Iterator[tuple[_Axes, _Axes, int]]:
    """Axes looked at, those of them that were attended and no other of them, and how many persons that is."""
    for view in {*_subsets(axes, 1, 3), frozenset(axes)}:
        counts: Counter[_Axes] = Counter()
        for region, count in persons.items():
            counts[region & view] += count
        for part, count in counts.items():
            yield view, part, count


def _columns(axes: Sequence[str], persons: Mapping[_Axes, int], figures: Mapping[_Axes, int]) -> list[_Axes]:
    """The regions in which persons are or, of the smaller ones, could be; those of many persons first."""
    empty = [pair for pair, count in figures.items() if not count]
    possible = {region for region in _subsets(axes, 1, 3) if not any(pair <= region for pair in empty)}
    return sorted(possible | set(persons), key=lambda one: (-persons.get(one, 0), len(one), sorted(one)))


def _swaps(
    columns: Sequence[_Axes], persons: Mapping[_Axes, int], figures: Mapping[_Axes, int], hidden: Collection[_Axes]
) -> Iterator[Mapping[_Axes, int]]:
    """Differences to other regions with the same shown figures, in which no region is negative and no hidden figure 0.

    One per region that the others do not determine, made up for by those of many persons; not all there are.
    """
    equations = [[int(figure <= region) for region in columns] for figure in figures if figure not in hidden]
    for kernel in _kernel(equations):
        swap = {region: step for region, step in zip(columns, kernel, strict=True) if step}
        is_possible = all(persons.get(region, 0) + step >= 0 for region, step in swap.items())
        if is_possible and all(figures[figure] + _count(swap, figure) > 0 for figure in hidden):
            yield swap


def _covers(swaps: Iterable[Mapping[_Axes, int]], told: Iterable[tuple[_Axes, _Axes]]) -> bool:
    """Whether each of these counts is another one after one of the swaps."""
    left = set(told)
    for swap in swaps:
        left = {
            (view, part) for view, part in left if not sum(n for region, n in swap.items() if region & view == part)
        }
        if not left:
            break
    return not left


def _kernel(rows: Iterable[Sequence[int]]) -> Iterator[list[int]]:
    """Whole solutions of the homogeneous equations, one per column that is not a pivot, by exact elimination.

    A pivot is as far left as can be.
    """
    left = [list(row) for row in rows]
    reduced: dict[int, list[int]] = {}
    width = len(left[0])
    for column in range(width):
        found = next((row for row in left if row[column]), None)
        if found is not None:
            left.remove(found)
            left = [_without(column, row, found) for row in left]
            reduced = {pivot: _without(column, row, found) for pivot, row in reduced.items()}
            reduced[column] = found
    for free in range(width):
        if free not in reduced:
            scale = lcm(*(row[pivot] for pivot, row in reduced.items()))
            solution = [scale * (column == free) for column in range(width)]
            for pivot, row in reduced.items():
                solution[pivot] = -row[free] * scale // row[pivot]
            yield _primitive(solution)


def _without(column: int, row: list[int], other: list[int]) -> list[int]:
    """The row, with so much of the other that nothing is left in this column."""
    if not row[column]:
        return row
    return _primitive([value * other[column] - row[column] * taken for value, taken in zip(row, other, strict=True)])


def _primitive(row: list[int]) -> list[int]:
    divisor = gcd(*row)
    return [value // divisor for value in row] if divisor > 1 else row
