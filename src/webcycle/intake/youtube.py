"""YouTube Studio: views of each video, in all (table) or day by day (chart), and the channel's own totals by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from webcycle.intake import words
from webcycle.intake.contents import Table
from webcycle.intake.desk import Desk, Row, SkipRowError
from webcycle.intake.moments import UnreadableError, take_apart
from webcycle.intake.reading import Claim
from webcycle.intake.tables import Aliases, TableReader, blank, columns
from webcycle.records import ViewCount

_VIDEO = ("content", "contenu", "video", "vidéo")
_DAY = ("date",)
_VIEWS = ("views", "vues")
_TABLE: Aliases = {
    "video": _VIDEO,
    "title": ("video title", "titre de la vidéo"),
    "published": ("video publish time", "heure de publication de la vidéo"),
    "on": _DAY,
    "views": _VIEWS,
}
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,3}")
_WHOLE = re.compile(r"\d{1,12}(?:[.,]0{1,6})?")
_TOTAL = ("total", "totaux")


def _shape(table: Table) -> str:
    """Which of the three tables it is, by its first header cells; "" for none."""
    names = words.norms(tuple(table.head[0].cells)) if table.head else ()
    if not any(name in names for name in _VIEWS):
        return ""
    if names[0] in _VIDEO and any(title in names for title in _TABLE["title"]):
        return "table"
    if names[0] in _DAY and len(names) > 2 and names[1] in _VIDEO:
        return "chart"
    return "totals" if len(names) == 2 and names[0] in _DAY and _is_daily(table) else ""


def _is_daily(table: Table) -> bool:
    """Whether each row is a day and a whole number: two columns named Date and Views alone prove little."""
    rows = [line.cells for line in table.head[1:] if not blank(line.cells)]
    return bool(rows) and all(len(row) >= 2 and _is_day(row[0]) and _number(row[1]) is not None for row in rows)


def _is_day(cell: str) -> bool:
    try:
        return take_apart(cell).day is not None
    except UnreadableError:
        return False


def _claim(table: Table, shape: str) -> Claim | None:
    if _shape(table) != shape:
        return None
    header = table.head[0].cells
    used = {option for options in _TABLE.values() for option in options}
    return Claim(tuple(words.clean(cell) for cell in header if words.norm(cell) in used))


def _walk(table: Table) -> Iterator[Row]:
    layout = None
    for line in table.lines():
        if layout is None:
            layout = columns("views", line.cells, _TABLE)
        elif not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _published(cell: str) -> date | None:
    """The day of publication, which is written with the month's name or the year first."""
    try:
        day = take_apart(cell).day
    except UnreadableError:
        return None
    return day if isinstance(day, date) else None


def _number(cell: str) -> int | None:
    """A whole number, with or without marks between thousands, or with a decimal part of zeros."""
    plain = "".join(cell.split())
    if _THOUSANDS.fullmatch(plain):
        return int(plain.replace(",", "").replace(".", ""))
    return int(re.split("[.,]", plain)[0]) if _WHOLE.fullmatch(plain) else None


def _take(desk: Desk, row: Row) -> None:
    if row.word("video") in _TOTAL or row.word("on") in _TOTAL:
        raise SkipRowError("total")
    views = _number(row.raw("views"))
    if views is None:
        raise SkipRowError("no-count")
    moment = desk.moment(row, "on")
    day = desk.clock.local_day(moment) if moment else None
    desk.views.append(
        ViewCount(
            session=desk.options.session,
            platform="youtube",
            video=desk.shared(row.text("video")),
            title=desk.shared(row.text("title")),
            published=_published(row.raw("published")),
            on=day or desk.options.read_on,
            span="day" if day else "to-date",
            views=views,
            definition="YouTube Studio: Views",
            source=desk.source,
        )
    )


READERS = (
    TableReader("youtube-table", "youtube", "views", lambda table: _claim(table, "table"), _walk, _take, one_day=False),
    TableReader("youtube-chart", "youtube", "views", lambda table: _claim(table, "chart"), _walk, _take, one_day=False),
    TableReader(
        "youtube-totals", "youtube", "views", lambda table: _claim(table, "totals"), _walk, _take, one_day=False
    ),
)
