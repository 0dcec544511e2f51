"""What became of each figure since another review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from webcycle.errors import Language
from webcycle.metrics.results import RATES, Number

_PLACES = {"mean-minutes": 2, "median-minutes": 2, "person-minutes": 2}
_PLACES_OF_SHARES = 6


def published(name: str, value: Number | None) -> Number | None:
    """A figure as data tell it: whole where it is; minutes to two decimals and shares to six, half up.

    What is compared is rounded alike, so that a figure that has not changed has not grown.
    """
    if value is None or value == int(value):
        return None if value is None else int(value)
    unit = 10 ** _PLACES.get(name, _PLACES_OF_SHARES)
    return Fraction(floor(value * unit + Fraction(1, 2)), unit)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a figure is: `value`, or at least `low` (more than `above`) and at most `high`, or nothing known.

    When `hidden` it would give a small group away.
    """

    value: Number | None = None
    low: Number | None = None
    above: Number | None = None
    high: Number | None = None
    hidden: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a value or a bound."""
        return self.value is not None or self.low is not None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure then and now."""

    name: str
    then: Amount
    now: Amount

    @property
    def difference(self) -> Number | None:
        """By how much it has grown; None where one of the two is not one number."""
        return self.now.value - self.then.value if self.now.value is not None and self.then.value is not None else None

    @property
    def share(self) -> Fraction | None:
        """The growth as a share of what it was then; None of nothing, of what is not one number, and of a rate."""
        if self.difference is None or not self.then.value or self.name in RATES:
            return None
        return Fraction(self.difference) / Fraction(self.then.value)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of a review beside those of another one: of which cycle, its title and language, and of which day."""

    cycle: str
    title: str
    language: Language
    issued: date
    changes: tuple[Change, ...]


def changes(then: Mapping[str, Amount], now: Mapping[str, Amount]) -> tuple[Change, ...]:
    """The figures that both reviews have and one of them knows, in the order of `now`."""
    both = (Change(name, then[name], amount) for name, amount in now.items() if name in then)
    return tuple(one for one in both if one.then.known or one.now.known)
