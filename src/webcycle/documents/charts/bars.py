"""Charts of horizontal bars: registered and attended, groups, newcomers and returning.

A label stands over its bars, not beside them: a long title keeps a line of its own, and the picture stays narrow
enough to be read on a telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from webcycle.documents import inline
from webcycle.documents.blocks import Block, Column, Figure, Inline, Table
from webcycle.documents.charts import drawing, labels, layout
from webcycle.documents.voice import Voice


@dataclass(frozen=True, slots=True)
class Bar:
    """A session: its short title, the persons registered and those who attended; None is unknown."""

    label: Inline
    registered: int | None
    attended: int | None


Row = tuple[Inline, tuple[int | None, ...]]
Strips = Callable[[Sequence[int | None], Sequence[str]], tuple[layout.Strip, ...]]


@dataclass(frozen=True, slots=True)
class _Chart:
    """What one chart is: its specification, its words, and how the values of a row become bars."""

    key: str
    name: Literal["sessions", "groups", "newcomers"]
    title: Inline
    column: Inline
    series: tuple[Inline, ...]
    strips: Strips
    table: str | None
    note: Inline = ()

    @property
    def table_id(self) -> str:
        return self.table or f"chart-{self.key}-table"


def session_bars(key: str, rows: Sequence[Bar], voice: Voice, *, table: str | None = None) -> tuple[Block, ...]:
    """Registered and attended per session, a bar each; then their table, unless `table` is the id of one.

    `key` is a slug, unique among the charts of a document. Nothing without a row; many rows make several pictures,
    all on one scale.
    """
    series = (voice.say("document.column.registered"), voice.say("document.column.participants"))
    title, column = voice.say("document.chart.sessions"), voice.say("document.column.session")
    chart = _Chart(key, "sessions", title, column, series, layout.side_by_side, table)
    return _blocks(chart, [(row.label, (row.registered, row.attended)) for row in rows], voice)


def group_bars(
    key: str,
    caption: Inline,
    column: Inline,
    rows: Sequence[tuple[Inline, int]],
    note: Inline,
    voice: Voice,
    *,
    counted: Inline | None = None,
    table: str | None = None,
) -> tuple[Block, ...]:
    """How many there are of each group, in the order of `rows`; `column` names the groups, `counted` what is counted.

    `note` stands under the table. `key` and `table` as in `session_bars`.
    """
    series = (voice.say("document.chart.number") if counted is None else counted,)
    chart = _Chart(key, "groups", caption, column, series, layout.side_by_side, table, note)
    return _blocks(chart, [(label, (value,)) for label, value in rows], voice)


def stacked(
    key: str, rows: Sequence[tuple[Inline, int | None, int | None]], voice: Voice, *, table: str | None = None
) -> tuple[Block, ...]:
    """Newcomers and, after them, returning participants of each session; `key` and `table` as in `session_bars`."""
    series = (voice.say("document.chart.newcomers"), voice.say("document.chart.returning"))
    title, column = voice.say("document.chart.loyalty"), voice.say("document.column.session")
    chart = _Chart(key, "newcomers", title, column, series, layout.end_to_end, table)
    return _blocks(chart, [(label, (new, again)) for label, new, again in rows], voice)


def _blocks(chart: _Chart, rows: Sequence[Row], voice: Voice) -> tuple[Block, ...]:
    if not rows:
        return ()
    known = any(value is not None for _label, values in rows for value in values)
    figures = _figures(chart, rows, voice) if known and drawing.available() else ()
    return (*figures, *(() if chart.table else (_table(chart, rows, voice),)))


def _table(chart: _Chart, rows: Sequence[Row], voice: Voice) -> Table:
    return Table(
        chart.table_id,
        voice.say("document.chart.data", title=chart.title),
        (Column(chart.column), *(Column(title, "number") for title in chart.series)),
        tuple((label, *(_count(value, voice) for value in values)) for label, values in rows),
        note=chart.note,
    )


def _count(value: int | None, voice: Voice) -> Inline:
    return voice.unknown() if value is None else inline.plain(voice.number(value))


def _figures(chart: _Chart, rows: Sequence[Row], voice: Voice) -> Iterator[Figure]:
    placed = [_placed(chart, row, voice) for row in rows]
    most = max(strip.end for row in placed for strip in row.strips)
    pages = layout.pages(placed)
    done = 0
    for number, page in enumerate(pages, 1):
        part, done = rows[done : done + len(page)], done + len(page)
        title = chart.title if len(pages) == 1 else _part_title(chart.title, number, len(pages), voice)
        key = chart.key if number == 1 else f"{chart.key}-{number}"
        image = _image(chart, page, most, voice)
        yield drawing.figure(key, title, _alt(chart, title, part, voice), image, chart.table_id, voice)


def _placed(chart: _Chart, row: Row, voice: Voice) -> layout.Row:
    label, values = row
    said = [inline.text_of(_count(value, voice), voice.lang) for value in values]
    return layout.row(labels.text(label, voice.lang), chart.strips(values, said))


def _part_title(title: Inline, number: int, last: int, voice: Voice) -> Inline:
    return voice.say("document.chart.part", title=title, number=voice.number(number), last=voice.number(last))


def _image(chart: _Chart, rows: Sequence[layout.Row], most: int, voice: Voice) -> bytes:
    keys = [labels.text(title, voice.lang) for title in chart.series] if len(chart.series) > 1 else []
    height, data = layout.datasets(rows, keys)
    return drawing.svg(chart.name, height, data, most=max(most, 1))


def _alt(chart: _Chart, title: Inline, rows: Sequence[Row], voice: Voice) -> Iterator[Inline]:
    yield voice.say(f"document.chart.alt-{chart.name}", title=title)
    for index, series in enumerate(chart.series):
        yield from drawing.extremes(series, [(label, values[index]) for label, values in rows], voice)
    missing = sum(value is None for _label, values in rows for value in values)
    if missing:
        yield voice.say("document.chart.missing", count=missing, number=voice.number(missing))
    yield drawing.where(voice, below=chart.table is None)
