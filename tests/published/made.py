"""What tests give a review."""

from __future__ import annotations

from dataclasses import replace

from webcycle.metrics import CycleResults
from webcycle.programme import Programme
from webcycle.published import Published, breakdowns


def as_they_are(results: CycleResults | None, plan: Programme, *, tell_people: bool = True) -> Published | None:
    """These results with no small number hidden, so that a test may count in small ones; groups are."""
    if results is None:
        return None
    return Published(results, replace(breakdowns(results, plan, published=True), tells_people=tell_people))
