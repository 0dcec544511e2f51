"""The rows of those who asked to be forgotten, left out of what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from webcycle.errors import Finding, Severity
from webcycle.imports.units import Delivery
from webcycle.intake import Reading
from webcycle.records import Registration, Visit

Known = Callable[[Registration | Visit], tuple[str, str]]
"""What a row is to those who are forgotten, and by what its person is known; two empty texts for nothing.

"forgotten" and "namesake" rows are left out; an "alike" one is kept, and the user told.
"""

_LEFT_OUT = ("forgotten", "namesake")


def nobody(_row: Registration | Visit) -> tuple[str, str]:
    """Nobody asked to be forgotten."""
    return "", ""


def without(delivery: Delivery, forgotten: Known) -> Delivery:
    """The same without these people, whose rows are in the account by what they are."""
    reading = delivery.reading
    registered = Counter((one.meeting, *forgotten(one)) for one in reading.registrations)
    came = Counter((one.meeting, *forgotten(one)) for one in reading.visits)
    rows: Counter[str] = Counter()
    for told in registered.keys() | came.keys():
        # A row may tell both that somebody registered and that they came.
        rows[told[1]] += max(registered[told], came[told])
    return replace(delivery, reading=_told(reading, forgotten, rows)) if rows.keys() - {""} else delivery


def _told(reading: Reading, forgotten: Known, rows: Mapping[str, int]) -> Reading:
    left_out = {}
    kept = reading.kept
    for why in _LEFT_OUT:
        if number := min(rows[why], kept):
            left_out[why] = number
            kept -= number
    return replace(
        reading,
        registrations=tuple(one for one in reading.registrations if forgotten(one)[0] not in _LEFT_OUT),
        visits=tuple(one for one in reading.visits if forgotten(one)[0] not in _LEFT_OUT),
        kept=kept,
        ignored={**reading.ignored, **left_out},
        findings=(*reading.findings, *((_alike(reading, rows["alike"]),) if rows["alike"] else ())),
    )


def _alike(reading: Reading, rows: int) -> Finding:
    return Finding("import-namesake", Severity.WARNING, values={"file": reading.file, "rows": str(rows)})
