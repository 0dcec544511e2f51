"""The presence curve of a session: how many persons were connected at each moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from math import ceil

from webcycle.documents import inline, wording
from webcycle.documents.blocks import Block, Column, Figure, Inline, Table
from webcycle.documents.charts import drawing, labels
from webcycle.documents.charts.drawing import Record
from webcycle.documents.voice import Voice

_HEIGHT = 264
# Moments side by side in a short table, besides the peak and the last one: they fit on a page of paper.
_MOMENTS = 8
# Rules across the curve, and hours under it, at most.
_LEVELS, _HOURS = 5, 6
_DAY = 24 * 60
_MINUTES = (5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, _DAY)
# A caption is centred over its moment in the middle of the picture, and turned inwards near its sides.
_SIDE = 0.3


@dataclass(frozen=True, slots=True)
class Curve:
    """The persons connected to a session at moments of its local time, in order, and when they were most.

    `end` is when its hours ended, which is after the last moment; None where the last moment is all that is known.
    """

    title: Inline
    points: tuple[tuple[datetime, int], ...]
    peak: int
    peak_at: datetime
    end: datetime | None = None

    @property
    def start_and_end(self) -> tuple[datetime, datetime]:
        """The moments between which it is drawn."""
        first, last = self.points[0][0], self.points[-1][0]
        return first, self.end if self.end is not None and _minutes(last, self.end) > 0 else last


def presence_curve(
    key: str, curve: Curve, voice: Voice, *, table: str | None = None, short: bool = False
) -> tuple[Block, ...]:
    """The curve with its start, peak and end; then the table of its points, unless `table` is the id of one.

    `key` is a slug, unique among the charts of a document. Nothing without a point; no picture of a single moment. A
    `short` table has its moments side by side: few, evenly spaced, with the peak and the last one.
    """
    if not curve.points:
        return ()
    title = voice.say("document.chart.curve", session=curve.title)
    table_id = table or f"chart-{key}-table"
    figures: tuple[Figure, ...] = ()
    step = _step(curve) if short else None
    if _minutes(*curve.start_and_end) > 0 and drawing.available():
        alt = _alt(curve, title, voice, below=table is None, step=step)
        figures = (drawing.figure(key, title, alt, _image(curve, voice), table_id, voice),)
    if table:
        return figures
    return (*figures, (_short_table if short else _table)(table_id, title, curve, voice))


def _step(curve: Curve) -> int | None:
    """So many minutes between two moments of a short table that there are few; None where every point has its own."""
    if len(curve.points) <= _MOMENTS:
        return None
    length = _minutes(curve.points[0][0], curve.points[-1][0])
    return next(one for one in chain(_MINUTES, count(2 * _DAY, _DAY)) if one * (_MOMENTS - 1) >= length)


def _short_table(table_id: str, title: Inline, curve: Curve, voice: Voice) -> Table:
    points = list(_few(curve))
    return Table(
        table_id,
        voice.say("document.chart.data", title=title),
        (
            Column(voice.say("document.chart.hour")),
            *(Column(inline.plain(wording.hour(moment, voice.lang)), "number") for moment, _people in points),
        ),
        (
            (
                voice.say("document.chart.connected"),
                *(inline.plain(voice.number(people)) for _moment, people in points),
            ),
        ),
    )


def _few(curve: Curve) -> Iterator[tuple[datetime, int]]:
    first, step = curve.points[0][0], _step(curve)
    told = {_minutes(first, moment): (moment, people) for moment, people in curve.points}
    kept = {minute for minute in told if step is None or minute % step == 0} | {max(told)}
    told[_minutes(first, curve.peak_at)] = (curve.peak_at, curve.peak)
    yield from (told[minute] for minute in sorted(kept | {_minutes(first, curve.peak_at)}))


def _table(table_id: str, title: Inline, curve: Curve, voice: Voice) -> Table:
    return Table(
        table_id,
        voice.say("document.chart.data", title=title),
        (Column(voice.say("document.chart.hour")), Column(voice.say("document.chart.connected"), "number")),
        tuple(
            (inline.plain(wording.hour(moment, voice.lang)), inline.plain(voice.number(people)))
            for moment, people in curve.points
        ),
        note=_peak(curve, voice),
    )


def _peak(curve: Curve, voice: Voice) -> Inline:
    hour = wording.hour(curve.peak_at, voice.lang)
    return voice.say("document.chart.peak", number=voice.number(curve.peak), hour=hour)


def _alt(curve: Curve, title: Inline, voice: Voice, *, below: bool, step: int | None) -> Iterator[Inline]:
    told = {
        "first": curve.points[0],
        "highest": (curve.peak_at, curve.peak),
        "lowest": min(curve.points, key=lambda point: point[1]),
        "last": curve.points[-1],
    }
    yield voice.say("document.chart.alt-curve", title=title)
    for name, (moment, people) in told.items():
        hour = wording.hour(moment, voice.lang)
        yield voice.say(f"document.chart.{name}", hour=hour, number=voice.number(people))
    if below and step is not None:
        yield voice.say("document.chart.table-thinned", minutes=voice.number(step))
    else:
        yield drawing.where(voice, below=below)


# ---- the picture; moments are minutes since the first one, so that no time zone is asked and no hour is told twice


def _image(curve: Curve, voice: Voice) -> bytes:
    first, last = curve.start_and_end
    length = _minutes(first, last)
    levels = _levels(max(curve.peak, *(people for _moment, people in curve.points)))
    data: dict[str, Sequence[Record]] = {
        "curve": _line(curve),
        "levels": [{"people": level, "text": voice.number(level)} for level in levels],
        "hours": [
            {"minute": _minutes(first, moment), "text": wording.hour(moment, voice.lang)}
            for moment in _hours(first, last)
        ],
        "moments": [{"minute": 0}, {"minute": length}],
        "peak": [{"minute": _minutes(first, curve.peak_at), "people": curve.peak}],
        "captions": _captions(curve, length, voice),
    }
    return drawing.svg("curve", _HEIGHT, data, last=length, most=levels[-1])


def _line(curve: Curve) -> list[Record]:
    """The points and, where it lies between two of them, the peak; each stands until the next, the last to the end."""
    first, last = curve.start_and_end
    points = {_minutes(first, moment): people for moment, people in (*curve.points, (curve.peak_at, curve.peak))}
    points.setdefault(_minutes(first, last), points[max(points)])
    return [{"minute": minute, "people": points[minute]} for minute in sorted(points)]


def _captions(curve: Curve, length: float, voice: Voice) -> list[Record]:
    first, last = curve.start_and_end
    at = _minutes(first, curve.peak_at)
    ends = [
        inline.text_of(voice.say(f"document.chart.{name}", hour=wording.hour(moment, voice.lang)), voice.lang)
        for name, moment in (("start", first), ("end", last))
    ]
    return [
        {"place": "start", "minute": 0, "text": ends[0]},
        {"place": "end", "minute": length, "text": ends[1]},
        {"place": f"peak-{_side(at / length)}", "minute": at, "text": labels.text(_peak(curve, voice), voice.lang)},
    ]


def _side(share: float) -> str:
    if share < _SIDE:
        return "left"
    return "right" if share > 1 - _SIDE else "middle"


def _minutes(first: datetime, moment: datetime) -> float:
    """Between two moments of a zone, by its clock or not: the minutes that went by."""
    return (moment.astimezone(UTC) - first.astimezone(UTC)) / timedelta(minutes=1)


def _levels(most: int) -> list[int]:
    """Round numbers from 0 upwards, not many, the last one not below `most`."""
    step = next(one for one in _round_numbers() if one * _LEVELS >= most)
    return [step * index for index in range(max(ceil(most / step), 1) + 1)]


def _round_numbers() -> Iterator[int]:
    return (unit * 10**power for power in count() for unit in (1, 2, 5))


def _hours(first: datetime, last: datetime) -> list[datetime]:
    """Round hours of the local clock, not many."""
    length = _minutes(first, last)
    step = next(one for one in chain(_MINUTES, count(2 * _DAY, _DAY)) if one * _HOURS >= length)
    start = -(60 * first.hour + first.minute) % step - first.second / 60
    while start < 0:
        start += step
    ticks = range(int((length - start) // step) + 1)
    return [(first.astimezone(UTC) + timedelta(minutes=start + step * tick)).astimezone(first.tzinfo) for tick in ticks]
