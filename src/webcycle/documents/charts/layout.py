"""Where the labels and bars of a chart stand: plain geometry, in CSS pixels downwards and in counts along the bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from math import ceil

from webcycle.documents.charts import labels
from webcycle.documents.charts.drawing import Record

# A line of a label, its letters' foot in it, from the label to its bars, a bar, from bar to bar, and under the row.
_LINE, _FOOT, _UNDER, _BAR, _STEP, _FREE = 17, 13, 4, 11, 13, 11
_LEGEND = 30
# What fits on a page of paper with its title.
_TALLEST = 740
# The letters in a line of a label, in any of the fonts that a reader may have, and the lines of one.
_LETTERS, _LINES = 76, 2


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of bars: (from, to) of each series, None where it is unknown, and what is written at its end."""

    segments: tuple[tuple[int, int] | None, ...]
    text: str

    @property
    def known(self) -> bool:
        """Whether there is a bar."""
        return any(self.segments)

    @property
    def end(self) -> int:
        """Where the last bar ends."""
        return max((segment[1] for segment in self.segments if segment), default=0)


@dataclass(frozen=True, slots=True)
class Row:
    """A label in lines, and the strips under it."""

    lines: tuple[str, ...]
    strips: tuple[Strip, ...]

    @property
    def height(self) -> int:
        """From the top of the label to that of the next one."""
        return self.strips_at + _STEP * len(self.strips) + _FREE

    @property
    def strips_at(self) -> int:
        """From the top of the label to that of the first bar."""
        return _LINE * len(self.lines) + _UNDER


def row(label: str, strips: tuple[Strip, ...]) -> Row:
    """A row whose label takes as many lines as it needs, and is cut where it needs too many."""
    return Row(labels.lines(label, _LETTERS, _LINES), strips)


def side_by_side(values: Sequence[int | None], said: Sequence[str]) -> tuple[Strip, ...]:
    """A strip for each value."""
    empty: tuple[None, ...] = (None,) * len(values)
    return tuple(
        Strip((*empty[:index], None if value is None else (0, value), *empty[index + 1 :]), text)
        for index, (value, text) in enumerate(zip(values, said, strict=True))
    )


def end_to_end(values: Sequence[int | None], said: Sequence[str]) -> tuple[Strip, ...]:
    """One strip, each value beginning where the one before it ends."""
    ends = [sum(value or 0 for value in values[:upto]) for upto in range(len(values) + 1)]
    segments = tuple(None if value is None else span for value, span in zip(values, pairwise(ends), strict=True))
    none_known = all(value is None for value in values)
    return (Strip(segments, said[0] if none_known else " + ".join(said)),)


def pages(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows in as few pictures as fit on a page each, all about as high."""
    heights = [row.height for row in rows]
    total = sum(heights)
    count = ceil(total / (_TALLEST - _LEGEND))
    middles = [end - height / 2 for end, height in zip(accumulate(heights), heights, strict=True)]
    placed = groupby(zip(middles, rows, strict=True), key=lambda one: int(one[0] * count / total))
    return [[row for _middle, row in page] for _number, page in placed]


def datasets(rows: Sequence[Row], keys: Sequence[str]) -> tuple[int, Mapping[str, Sequence[Record]]]:
    """The height of a picture and its data: `keys` name the series in a legend, where there are more than one."""
    top = _LEGEND if keys else 0
    words: list[Record] = []
    bars: list[Record] = []
    values: list[Record] = []
    for one in rows:
        words += ({"text": line, "y": top + _FOOT + _LINE * index} for index, line in enumerate(one.lines))
        for index, strip in enumerate(one.strips):
            at = top + one.strips_at + _STEP * index
            values.append({"text": strip.text, "y": at + _BAR / 2, "to": strip.end, "known": strip.known})
            bars += (
                {"series": series, "from": segment[0], "to": segment[1], "top": at, "bottom": at + _BAR}
                for series, segment in enumerate(strip.segments)
                if segment
            )
        top += one.height
    legend: list[Record] = [{"series": series, "text": key} for series, key in enumerate(keys)]
    return top - _FREE + _UNDER, {"labels": words, "bars": bars, "values": values, "keys": legend}
