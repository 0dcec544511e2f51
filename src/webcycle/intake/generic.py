"""Any list of people: an e-mail column and a name, when no tool that we know has written it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webcycle.intake import questions, words
from webcycle.intake.contents import Line, Table
from webcycle.intake.desk import Row
from webcycle.intake.reading import Claim, Reader
from webcycle.intake.registrants import take_registration, withdraw
from webcycle.intake.tables import TableReader, blank

_FIRST_ROWS = 10
_PRESENCE = re.compile(r"join|leave|arriv|départ|durée|duration|connexion|connected|attend|minutes|présen|timestamp in")
_PERSON = {*questions.NAME, *questions.FIRST, *questions.LAST}


def reader(known: tuple[Reader, ...]) -> TableReader:
    """The reader of what none of the `known` ones claims."""

    def claims(table: Table) -> Claim | None:
        header = _header(table)
        if header is None or any(one.identify(table) for one in known):
            return None
        return Claim(tuple(words.clean(cell) for cell in header.cells if _tells(cell)))

    return TableReader("list-of-people", "", "registrations", claims, _walk, take_registration, withdraw)


def _tells(cell: str) -> bool:
    return questions.is_email_question(cell) or questions.question(cell) in _PERSON


def _header(table: Table) -> Line | None:
    """The first row that names an e-mail column, which the rows below confirm, and a name; nothing about presence."""
    for line in table.head[:_FIRST_ROWS]:
        if any(_PRESENCE.search(words.norm(cell)[:200]) for cell in line.cells):
            return None
        named = any(questions.question(cell) in _PERSON for cell in line.cells)
        if named and any(_is_email_column(table, line, index) for index in range(len(line.cells))):
            return line
    return None


def _is_email_column(table: Table, header: Line, index: int) -> bool:
    return questions.is_email_question(header.cells[index]) and questions.holds_emails(table, header, index)


def _walk(table: Table) -> Iterator[Row]:
    header = _header(table)
    assert header is not None
    layout = questions.layout(table, header, {})
    for line in table.lines():
        if line.number > header.number and not blank(line.cells):
            yield Row(line.number, layout, line.cells)
