"""GoTo Webinar's attendee report, from memory of its layout: no file of it was ever seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from webcycle.intake import words
from webcycle.intake.contents import Table
from webcycle.intake.desk import Desk, Layout, Row, SkipRowError
from webcycle.intake.durations import seconds
from webcycle.intake.reading import Claim
from webcycle.intake.tables import Aliases, TableReader, blank, columns, find_header
from webcycle.records import Registration

_COLUMNS: Aliases = {
    "attended": ("attended",),
    "first": ("first name",),
    "last": ("last name",),
    "email": ("email address",),
    "registered": ("registration date/time",),
    "joined": ("join time",),
    "left": ("leave time",),
    "seconds": ("time in session",),
    "organisation": ("organization",),
}
_MEETING: Aliases = {
    "topic": ("webinar name",),
    "id": ("webinar id",),
    "start": ("actual start date/time",),
    "length": ("duration",),
    "total registered": ("# registered",),
    "total attended": ("# attended",),
}


def _is_header(names: tuple[str, ...]) -> bool:
    return {"attended", "interest rating", "first name", "last name", "email address"} <= set(names)


def _claims(table: Table) -> Claim | None:
    line = find_header(table.head, _is_header)
    return Claim(tuple(words.clean(cell) for cell in line.cells if cell.strip())) if line else None


def _walk(table: Table) -> Iterator[Row]:
    """Rows of general information, each below its header, then the attendees; a single cell begins a section."""
    layout: Layout | None = None
    for line in table.lines():
        names = words.norms(tuple(line.cells))
        if _is_header(names):
            layout = columns("attendee", line.cells, _COLUMNS)
        elif layout and layout.kind == "attendee" and len(names) == 1:
            layout = Layout("skip:other-section", {})
        elif names[:1] in (("webinar name",), ("actual start date/time",)):
            layout = columns("meeting", line.cells, _MEETING)
        elif layout and not blank(line.cells):
            yield from _stacked(Row(line.number, layout, line.cells))
            layout = None if layout.kind == "meeting" else layout


def _stacked(row: Row) -> Iterator[Row]:
    """The row, or one for each of the times that stand one above the other in its cells of joining and leaving."""
    joined, left = (row.raw(name).splitlines() for name in ("joined", "left"))
    if row.kind != "attendee" or len(joined) < 2 or len(joined) != len(left):
        yield row
        return
    for pair in zip(joined, left, strict=True):
        cells = list(row.cells)
        for name, cell in zip(("joined", "left"), pair, strict=True):
            cells[row.layout.at[name][0]] = cell
        yield Row(row.number, row.layout, cells)


def _take(desk: Desk, row: Row) -> None:
    if row.kind == "meeting":
        _about(desk, row)
        return
    name = " ".join(filter(None, (row.text("first"), row.text("last"))))
    email, organisation = desk.address(row), row.text("organisation")
    if not (name or email):
        raise SkipRowError("nobody")
    registered = desk.moment(row, "registered")
    meeting = next(iter(desk.meetings), "")
    if row.word("attended") != "no":
        joined, left = desk.interval(row)
        known = None if joined and left else seconds(row.raw("seconds"))
        desk.visit(email, name, joined, left, seconds=known, organisation=organisation, meeting=meeting)
    if registered or row.word("attended") == "no":
        desk.register(_registration(desk, row, name, email, registered=registered, meeting=meeting))


def _registration(
    desk: Desk, row: Row, name: str, email: str, *, registered: datetime | None, meeting: str
) -> Registration:
    return Registration(
        session=desk.options.session,
        source=desk.source,
        meeting=meeting,
        email=email,
        name=name,
        first=row.text("first"),
        last=row.text("last"),
        organisation=row.text("organisation"),
        registered=registered,
    )


def _about(desk: Desk, row: Row) -> None:
    if row.text("topic"):
        desk.meeting("".join(row.text("id").replace("-", "").split()), row.text("topic"))
    for name in row.layout.at:
        if name.startswith("total "):
            desk.total(name.removeprefix("total "), row.raw(name), next(iter(desk.meetings), ""))


READERS = (TableReader("goto", "goto", "both", _claims, _walk, _take, experimental=True),)
