"""Webex: the attendee report. The French headers, and the columns beyond those of other parsers, are unproven."""

from __future__ import annotations

from collections.abc import Iterator

from webcycle.intake import words
from webcycle.intake.contents import Table
from webcycle.intake.desk import Desk, Row, SkipRowError
from webcycle.intake.durations import minutes
from webcycle.intake.reading import Claim
from webcycle.intake.tables import Aliases, TableReader, blank, columns, find_header

_COLUMNS: Aliases = {
    "topic": ("meeting name", "nom de la réunion"),
    "start": ("meeting start time", "heure de début de la réunion"),
    "end": ("meeting end time", "heure de fin de la réunion"),
    "room": ("session name", "nom de la session"),
    "name": ("display name", "nom d'affichage", "nom affiché"),
    "email": ("attendee email", "adresse électronique du participant", "e-mail du participant"),
    "role": ("role", "rôle"),
    "joined": ("join time", "heure de connexion", "heure d'arrivée"),
    "left": ("leave time", "heure de déconnexion", "heure de départ"),
    "minutes": ("attendance duration", "durée de participation", "durée de présence"),
}
_PROVEN = ("display name", "attendee email", "attendance duration")
_BREAKOUTS = ("breakout", "sous-groupe", "groupe de travail")


def _is_header(names: tuple[str, ...]) -> bool:
    return all(any(option in names for option in _COLUMNS[name]) for name in ("name", "email", "minutes"))


def _claims(table: Table) -> Claim | None:
    line = find_header(table.head, _is_header)
    if line is None:
        return None
    names = words.norms(tuple(line.cells))
    unproven = not all(name in names for name in _PROVEN)
    return Claim(tuple(words.clean(cell) for cell in line.cells if cell.strip()), unproven)


def _walk(table: Table) -> Iterator[Row]:
    layout = None
    for line in table.lines():
        if layout is None:
            layout = columns("stay", line.cells, _COLUMNS) if _is_header(words.norms(tuple(line.cells))) else None
        elif not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _take(desk: Desk, row: Row) -> None:
    """A row for each stay, and again for each breakout room, which lies within the stay."""
    if any(word in row.word("room") for word in _BREAKOUTS):
        raise SkipRowError("breakout")
    name, email = row.text("name"), desk.address(row)
    if not (name or email):
        raise SkipRowError("nobody")
    joined, left = desk.interval(row)
    desk.visit(
        email,
        name,
        joined,
        left,
        seconds=None if joined and left else minutes(row.raw("minutes")),
        role="host" if row.word("role") in ("host", "hôte", "organisateur") else "participant",
        meeting=desk.meeting("", row.text("topic"), desk.moment(row, "start"), desk.moment(row, "end")),
    )


READERS = (TableReader("webex", "webex", "attendance", _claims, _walk, _take),)
