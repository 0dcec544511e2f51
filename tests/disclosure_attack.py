"""Somebody who works out hidden counts of persons from what is published. Shares nothing with what hides them.

Everything published is an equation between unknown counts. Exact elimination finds what adding and subtracting can,
and small puzzles are solved by trying every world.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Puzzle(Generic[Name]):
    """Unknown counts, none less than `lowest`, and sums with signs that are known."""

    unknown: Sequence[Name]
    equations: Sequence[tuple[Mapping[Name, int], int]]
    lowest: int = 0

    @cached_property
    def _reduced(self) -> tuple[list[list[Fraction]], list[int]]:
        rows = [[Fraction(terms.get(name, 0)) for name in self.unknown] + [Fraction(v)] for terms, v in self.equations]
        pivots: list[int] = []
        for column in range(len(self.unknown)):
            at = next((n for n in range(len(pivots), len(rows)) if rows[n][column]), None)
            if at is None:
                continue
            top = len(pivots)
            rows[top], rows[at] = rows[at], rows[top]
            rows[top] = [value / rows[top][column] if value else value for value in rows[top]]
            for n, row in enumerate(rows):
                if n != top and row[column]:
                    rows[n] = _minus(row, rows[top], row[column])
            pivots.append(column)
        return rows, pivots

    def linear(self) -> dict[Name, Fraction]:
        """What adding and subtracting finds."""
        rows, pivots = self._reduced
        return {self.unknown[p]: row[-1] for row, p in zip(rows, pivots, strict=False) if not any(row[p + 1 : -1])}

    def says(self, terms: Mapping[Name, int]) -> Fraction | None:
        """The value of a sum, where adding and subtracting finds it."""
        rows, pivots = self._reduced
        sought = [Fraction(terms.get(name, 0)) for name in self.unknown] + [Fraction(0)]
        for row, pivot in zip(rows, pivots, strict=False):
            if times := sought[pivot]:
                sought = _minus(sought, row, times)
        return None if any(sought[:-1]) else -sought[-1]

    def worlds(self, highest: int) -> Iterator[dict[Name, int]]:
        """Every solution whose free counts are at most `highest`."""
        rows, pivots = self._reduced
        if any(row[-1] for row in rows[len(pivots) :]):
            return
        scales = [lcm(*(value.denominator for value in row)) for row in rows[: len(pivots)]]
        whole = [[int(value * scale) for value in row] for row, scale in zip(rows, scales, strict=False)]
        names, lowest = self.unknown, self.lowest
        free = [n for n in range(len(names)) if n not in pivots]
        # The least that the free counts from each on can take off a count that they determine.
        taken = [
            [sum(min(row[n] * lowest, row[n] * highest) for n in free[k:]) for row in whole]
            for k in range(len(free) + 1)
        ]

        def solve(chosen: tuple[int, ...], left: list[int]) -> Iterator[dict[Name, int]]:
            depth = len(chosen)
            bounds = zip(left, taken[depth], scales, strict=True)
            if any(value - least < lowest * scale for value, least, scale in bounds):
                return
            if depth < len(free):
                for count in range(lowest, highest + 1):
                    rest = [value - row[free[depth]] * count for value, row in zip(left, whole, strict=True)]
                    yield from solve((*chosen, count), rest)
            elif not any(value % scale for value, scale in zip(left, scales, strict=True)):
                found = [value // scale for value, scale in zip(left, scales, strict=True)]
                yield {names[n]: count for n, count in zip((*free, *pivots), (*chosen, *found), strict=True)}

        yield from solve((), [row[-1] for row in whole])

    def values(self, terms: Mapping[Name, int], highest: int) -> Iterator[int]:
        """Every value that this sum can have, up to `highest`."""
        for value in range(highest + 1):
            if next(Puzzle(self.unknown, [*self.equations, (terms, value)], self.lowest).worlds(highest), None):
                yield value


def is_open(values: Iterator[int]) -> bool:
    """Whether there are two that differ; looks no further."""
    first = next(values)
    return any(value != first for value in values)


def _minus(row: list[Fraction], other: list[Fraction], times: Fraction) -> list[Fraction]:
    return [value - times * taken if taken else value for value, taken in zip(row, other, strict=True)]


def spreads(classes: Sequence[int], persons: int, participations: int) -> Iterator[dict[int, int]]:
    """Every way in which so many persons attended so many sessions each."""
    number, *more = classes
    if not more:
        if persons * number == participations:
            yield {number: persons}
        return
    for count in range(persons + 1):
        if count * number <= participations:
            for rest in spreads(more, persons - count, participations - count * number):
                yield {number: count, **rest}
