"""Google Meet: the attendance sheet, whose hours carry no day. The French headers are unproven."""

from __future__ import annotations

from collections.abc import Iterator

from webcycle.intake import words
from webcycle.intake.contents import Table
from webcycle.intake.desk import Desk, Layout, Row, SkipRowError
from webcycle.intake.durations import seconds
from webcycle.intake.moments import UnreadableError, take_apart
from webcycle.intake.problems import IntakeError
from webcycle.intake.reading import Claim
from webcycle.intake.tables import TableReader, blank

_ENGLISH = ("first name", "last name", "email", "duration", "time joined", "time exited")
_FRENCH = ("prénom", "nom", "adresse e-mail", "durée", "heure d'arrivée", "heure de départ")
_FIELDS = ("first", "last", "email", "seconds", "joined", "left")


def _language(names: tuple[str, ...]) -> tuple[str, ...] | None:
    """The headers of a language, of which only the two last, together, may be missing."""
    return next((header for header in (_ENGLISH, _FRENCH) if names in (header, header[:4])), None)


def _claims(table: Table) -> Claim | None:
    if not table.head:
        return None
    cells = table.head[0].cells
    language = _language(words.norms(tuple(cells)))
    return Claim(tuple(words.clean(cell) for cell in cells if cell.strip()), language == _FRENCH) if language else None


def _walk(table: Table) -> Iterator[Row]:
    layout = Layout("stay", {name: (index,) for index, name in enumerate(_FIELDS)})
    for index, line in enumerate(table.lines()):
        if index and not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _is_hour(cell: str) -> bool:
    """Whether it is an hour without a day."""
    try:
        return bool(cell) and take_apart(cell).day is None
    except UnreadableError:
        return False


def _take(desk: Desk, row: Row) -> None:
    name = " ".join(filter(None, (row.text("first"), row.text("last"))))
    email = desk.address(row)
    if not (name or email):
        raise SkipRowError("nobody")
    if desk.clock.day is None and _is_hour(row.raw("joined")):
        raise IntakeError("no-day", file=desk.content.file, line=str(row.number))
    joined, left = desk.interval(row)
    desk.visit(email, name, joined, left, seconds=seconds(row.raw("seconds")))


READERS = (TableReader("meet", "meet", "attendance", _claims, _walk, _take),)
