"""Whether a file writes the day or the month first: decided by all its dates together, or asked, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from webcycle.intake.moments import Digits, Order, in_order
from webcycle.intake.problems import IntakeError

_DAY = timedelta(days=1)
_LONGEST_MEETING = timedelta(days=2)


@dataclass(slots=True)
class DayNotes:
    """The days of a file in numbers: those of joining and leaving, and the others; each with a cell that shows it."""

    event: dict[Digits, str] = field(default_factory=dict)
    other: dict[Digits, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The order, and why: a key below `intake.order` in the texts."""

    order: Order | None
    reason: str


def decide(
    notes: DayNotes,
    file: str,
    expected: Collection[date],
    forced: Order | None,
    *,
    one_day: bool,
    before: Order | None = None,
) -> Decision:
    """The order of a whole file; IntakeError when its dates fit none, or both.

    `expected` are the days on which the session may have been, `one_day` says that the file is about one meeting;
    `before` is what was decided when the same bytes were read.
    """
    days = {**notes.other, **notes.event}
    if not days:
        return Decision(forced, "plain")
    if forced:
        return Decision(forced, "given")
    possible = [order for order in (Order.DMY, Order.MDY) if all(in_order(one, order) for one in days)]
    if not possible:
        raise _impossible(days, file)
    if len(possible) == 1:
        return Decision(possible[0], "impossible-otherwise")
    if all(one.first == one.second for one in days):
        return Decision(Order.DMY, "same")
    if any(one.separator in ".à" for one in days):
        return Decision(Order.DMY, "dots" if any(one.separator == "." for one in days) else "words")
    as_before = Decision(before, "before") if before in possible else None
    return as_before or _by_events(notes, possible, expected, one_day=one_day) or _ask(days, file)


def _by_events(
    notes: DayNotes, possible: Iterable[Order], expected: Collection[date], *, one_day: bool
) -> Decision | None:
    near = [order for order in possible if expected and _all_near(notes, order, expected)]
    if len(near) == 1:
        return Decision(near[0], "expected")
    short = [order for order in possible if one_day and notes.event and _span(notes.event, order) <= _LONGEST_MEETING]
    return Decision(short[0], "span") if len(short) == 1 else None


def _all_near(notes: DayNotes, order: Order, expected: Collection[date]) -> bool:
    """Whether people joined around the expected days, or, where no joining is known, registered before the last."""
    last = max(expected) + _DAY
    if not notes.event:
        return all(found <= last for found in _dates(notes.other, order))
    return all(min(abs(found - day) for day in expected) <= _DAY for found in _dates(notes.event, order))


def _dates(days: Iterable[Digits], order: Order) -> list[date]:
    return [found for one in days if (found := in_order(one, order))]


def _span(days: Iterable[Digits], order: Order) -> timedelta:
    found = _dates(days, order)
    return max(found) - min(found)


def _ask(days: Mapping[Digits, str], file: str) -> Decision:
    """Which cell shows both readings, and what they are."""
    one, cell = next((one, cell) for one, cell in sorted(days.items()) if one.first != one.second)
    readings = {order.value: str(in_order(one, order)) for order in (Order.DMY, Order.MDY)}
    raise IntakeError("ambiguous-dates", file=file, cell=cell, **readings)


def _impossible(days: Mapping[Digits, str], file: str) -> IntakeError:
    cells = sorted({cell for one, cell in days.items() if not (in_order(one, Order.DMY) and in_order(one, Order.MDY))})
    return IntakeError("impossible-dates", file=file, cells=", ".join(cells[:3]))
