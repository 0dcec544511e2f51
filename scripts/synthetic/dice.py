"""Chance that falls the same way on every machine and in every version of Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws made of `random.random` alone: the only method whose sequence Python promises to keep for a seed."""

    def __init__(self, *seed: object) -> None:
        self._draw = random.Random("/".join(map(str, seed))).random

    def chance(self, probability: float) -> bool:
        """Yes, with that probability."""
        return self._draw() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included; the lower one when they are the wrong way round."""
        return low + int(self._draw() * (max(low, high) - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.between(0, len(options) - 1)]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """So many of the options, each at most once; all of them when there are fewer."""
        left = list(options)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(min(count, len(left)))]
