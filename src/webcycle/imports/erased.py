"""The rows of those who asked to be forgotten, left out of what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from webcycle.imports.units import Delivery
from webcycle.intake import Reading
from webcycle.records import Registration, Visit

Known = Callable[[Registration | Visit], str]
"""By what the person of a row is known where that person is forgotten; "" for anybody else."""


def nobody(_row: Registration | Visit) -> str:
    """Nobody asked to be forgotten."""
    return ""


def without(delivery: Delivery, forgotten: Known) -> Delivery:
    """The same without these people, whose rows are in the account as "forgotten"."""
    reading = delivery.reading
    registered = Counter((one.meeting, forgotten(one)) for one in reading.registrations)
    came = Counter((one.meeting, forgotten(one)) for one in reading.visits)
    # A row may tell both that somebody registered and that they came.
    rows = sum(max(registered[key], came[key]) for key in registered.keys() | came.keys() if key[1])
    return replace(delivery, reading=_struck(reading, forgotten, min(rows, reading.kept))) if rows else delivery


def _struck(reading: Reading, forgotten: Known, rows: int) -> Reading:
    return replace(
        reading,
        registrations=tuple(one for one in reading.registrations if not forgotten(one)),
        visits=tuple(one for one in reading.visits if not forgotten(one)),
        kept=reading.kept - rows,
        ignored={**reading.ignored, "forgotten": rows},
    )
