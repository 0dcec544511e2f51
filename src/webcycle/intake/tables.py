"""Readers of tables, as declarations: which headers, which sections, what becomes of a row. Two passes: the days of
the whole file first, then its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from webcycle.intake import words
from webcycle.intake.contents import Content, Line, Table
from webcycle.intake.dayorder import DayNotes, Decision, decide
from webcycle.intake.desk import Desk, Layout, Row, SkipRowError
from webcycle.intake.moments import Clock, Digits, Order, UnreadableError, take_apart
from webcycle.intake.reading import Claim, Kind, Options, Reading, source_of

EVENTS = ("joined", "left", "start", "end", "moment", "on")
"""Fields that hold when something was, on the day of the session."""

OTHERS = ("registered",)
"""Fields that hold a time of another day."""

# An unclosed quote swallows rows until the next quote; free text rarely has as many lines.
_MANY_LINES = 5

Aliases = Mapping[str, Sequence[str]]
Zoned = Literal["option", "utc"]


def columns(kind: str, header: Sequence[str], aliases: Aliases, start: int = 0) -> Layout:
    """The layout of a header: for each field the first alias that it has, at its first place from `start` on."""
    names = [words.norm(cell) for cell in header]
    at = {name: (index,) for name, options in aliases.items() if (index := _first(names, options, start)) is not None}
    used = {index for places in at.values() for index in places}
    dropped = tuple(words.clean(cell) for index, cell in enumerate(header) if cell.strip() and index not in used)
    return Layout(kind, at, dropped)


def _first(names: Sequence[str], options: Iterable[str], start: int) -> int | None:
    for option in options:
        if option in names[start:]:
            return names.index(option, start)
    return None


def blank(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing: files saved again by a spreadsheet are padded with separators."""
    return not any(cell.strip() for cell in cells)


def find_header(lines: Iterable[Line], fits: Callable[[tuple[str, ...]], bool]) -> Line | None:
    """The first row whose compared cells fit."""
    return next((line for line in lines if fits(words.norms(tuple(line.cells)))), None)


@dataclass(frozen=True, slots=True)
class TableReader:
    """A reader of tables.

    `claims` looks at the head; `walk` gives the rows of data, each with its layout (rows of kind "meeting" are about
    the meeting and not counted); `take` makes records of a row or raises SkipRowError; `finish` makes those that need
    all rows. `order` is fixed where the format says how it writes days, and `zone` where it says in which zone.
    """

    name: str
    platform: str
    kind: Kind
    claims: Callable[[Table], Claim | None]
    walk: Callable[[Table], Iterator[Row]]
    take: Callable[[Desk, Row], None]
    finish: Callable[[Desk], None] | None = None
    experimental: bool = False
    order: Order | None = None
    zone: Zoned = "option"
    one_day: bool = True

    def identify(self, content: Content) -> Claim | None:
        """What gives the table away."""
        return self.claims(content) if isinstance(content, Table) else None

    def read(self, content: Content, claim: Claim, options: Options, source: str) -> Reading:
        """The records of the table."""
        assert isinstance(content, Table)
        decision = self._decide(content, options, source)
        zone = "UTC" if self.zone == "utc" else options.timezone
        day = options.expected[0] if len(set(options.expected)) == 1 else None
        desk = Desk(content, self.platform, options, source, Clock(zone, decision.order, day))
        layouts: dict[int, Layout] = {}
        for row in self.walk(content):
            layouts[id(row.layout)] = row.layout
            self._sort(desk, row)
        if self.finish:
            self.finish(desk)
        for layout in layouts.values():
            desk.dropped |= dict.fromkeys(layout.dropped)
        return desk.reading(self, claim, decision, "format" if self.zone == "utc" else "option")

    def _sort(self, desk: Desk, row: Row) -> None:
        try:
            if any(cell.count("\n") > _MANY_LINES for cell in row.cells):
                desk.note("intake-many-lines", row.number)
            if row.kind.startswith("skip:"):
                raise SkipRowError(row.kind.removeprefix("skip:"))
            self.take(desk, row)
        except SkipRowError as skipped:
            if row.kind != "meeting":
                desk.leave_out(skipped.reason)
        else:
            desk.kept += row.kind != "meeting"

    def _decide(self, table: Table, options: Options, source: str) -> Decision:
        if self.order:
            return Decision(self.order, "format")
        notes = _day_notes(self.walk(table))
        before = options.orders.get(source_of(source, table.part))
        return decide(notes, table.file, options.expected, options.date_order, one_day=self.one_day, before=before)


def _day_notes(rows: Iterable[Row]) -> DayNotes:
    notes = DayNotes()
    seen: set[str] = set()
    layout: Layout | None = None
    wanted: list[tuple[str, dict[Digits, str]]] = []
    for row in rows:
        if row.layout is not layout:
            layout, wanted = row.layout, _wanted(row.layout, notes)
        for name, days in wanted:
            _note_day(days, row.raw(name), seen)
    return notes


def _wanted(layout: Layout, notes: DayNotes) -> list[tuple[str, dict[Digits, str]]]:
    """The fields of a layout that hold days, with where their days are noted."""
    events = [(name, notes.event) for name in EVENTS if name in layout.at]
    return [*events, *((name, notes.other) for name in OTHERS if name in layout.at)]


def _note_day(days: dict[Digits, str], cell: str, seen: set[str]) -> None:
    # The hour says nothing of the order, so that one cell of each day is enough.
    start = cell[:10]
    if not start or start in seen:
        return
    if not any(separator in start for separator in "/.-"):
        return
    try:
        day = take_apart(cell).day
    except UnreadableError:
        return
    seen.add(start)
    if isinstance(day, Digits):
        days.setdefault(day, cell)
