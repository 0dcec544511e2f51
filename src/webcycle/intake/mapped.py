"""A table that no reader knows, read by a map of our fields to its headers that the user wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from webcycle.intake import words
from webcycle.intake.contents import Content, Table
from webcycle.intake.desk import Desk, Row, SkipRowError
from webcycle.intake.durations import minutes
from webcycle.intake.problems import IntakeError, UnclaimedError
from webcycle.intake.reading import Claim, Reader
from webcycle.intake.registrants import take_registration, withdraw
from webcycle.intake.tables import Aliases, TableReader, blank, columns, find_header

REGISTRATION = (*("email", "name", "first", "last", "organisation", "territory", "registered", "status", "meeting"),)
PRESENCE = ("joined", "left", "minutes")
VISIT = ("email", "name", "first", "last", "organisation", "person", "meeting", *PRESENCE)


def by_hand(content: Content, given: Mapping[str, str]) -> tuple[Reader, Claim]:
    """The reader that the user's map makes: of stays when it names joined, left or minutes, else of registrations."""
    if not isinstance(content, Table):
        raise UnclaimedError("unclaimed", file=content.file, seen="")
    stays = any(name in given for name in PRESENCE)
    allowed = VISIT if stays else REGISTRATION
    if unknown := [name for name in given if name not in allowed]:
        raise IntakeError("unknown-field", file=content.file, field=unknown[0], fields=", ".join(allowed))
    aliases = {name: (words.norm(header),) for name, header in given.items()}
    walk = partial(_walk, aliases=aliases)
    found = _claims(content, aliases)
    if found is None:
        raise IntakeError("no-such-columns", file=content.file, columns=", ".join(given.values()))
    take, finish = (_take_stay, None) if stays else (take_registration, withdraw)
    kind = "attendance" if stays else "registrations"
    reader = TableReader("mapped", "", kind, partial(_claims, aliases=aliases), walk, take, finish)  # type: ignore[arg-type]
    return reader, found


def _fits(names: tuple[str, ...], aliases: Aliases) -> bool:
    return all(options[0] in names for options in aliases.values())


def _claims(table: Table, aliases: Aliases) -> Claim | None:
    header = find_header(table.head, partial(_fits, aliases=aliases)) if aliases else None
    return Claim(tuple(words.clean(cell) for cell in header.cells if cell.strip())) if header else None


def _walk(table: Table, aliases: Aliases) -> Iterator[Row]:
    layout = None
    for line in table.lines():
        if layout is None:
            if _fits(words.norms(tuple(line.cells)), aliases):
                layout = columns("mapped", line.cells, aliases)
        elif not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _take_stay(desk: Desk, row: Row) -> None:
    name = row.text("name") or " ".join(filter(None, (row.text("first"), row.text("last"))))
    email, person = desk.address(row), row.text("person")
    if not (name or email or person):
        raise SkipRowError("nobody")
    joined, left = desk.interval(row)
    desk.visit(
        email,
        name,
        joined,
        left,
        seconds=None if joined and left else minutes(row.raw("minutes")),
        organisation=desk.shared(row.text("organisation")),
        person=person,
        meeting=row.text("meeting"),
    )
