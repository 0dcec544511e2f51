"""What any bytes may be given to: each target takes them whole, answers in its own words or refuses, and never breaks.

`make fuzz` looks for bytes that break one of them; what it found is kept in `corpus`, a folder a target.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, time, timedelta
from types import MappingProxyType
from xml.etree import ElementTree

from pydantic_core import PydanticCustomError

from tests.calendar.cycles import published, session
from webcycle import calendar, source, values
from webcycle.calendar.ledger import Ledger
from webcycle.errors import RefusedError
from webcycle.intake import IntakeError, Options, Upload, durations, moments, workbook
from webcycle.intake import _readings as readings

Target = Callable[[bytes], None]

_PUBLISHED = published(session())
_OPTIONS = Options("Europe/Paris", expected=(date(2020, 10, 26),), read_on=date(2020, 10, 26))


def toml(data: bytes) -> None:
    """A programme: findings with a place, or a programme; and an edit of it is refused or reads back."""
    loaded = source.load(data, "cycle.toml")
    assert loaded.findings or loaded.programme
    for finding in loaded.findings:
        assert finding.place is None or (finding.place.line >= 1 and finding.place.column >= 1)
    if loaded.source is None:
        return
    with suppress(RefusedError):
        after = source.append_table(data, "fuzzed", {"title": 'a"\n\\b', "start": time(14)})
        again, found = source.parse(after, "cycle.toml")
        assert again is not None, found
        assert again.data.keys() - loaded.source.data.keys() <= {"fuzzed"}


def table(data: bytes) -> None:
    """An export as text: every row that is read is kept or accounted for. What only the border catches, breaks."""
    if data.startswith(b"PK"):
        return
    with suppress(IntakeError):
        for one in readings(Upload("a.csv", data), _OPTIONS):
            assert one.rows == one.kept + sum(one.ignored.values())
            held = (*one.registrations, *one.visits, *one.views, *one.totals)
            assert all("\0" not in str(record) for record in held)


def spreadsheet(data: bytes) -> None:
    """The check that stands before a workbook is opened: where it passes a sheet, another parser finds no far cell.

    What is no archive is taken for the XML of a sheet.
    """
    made = data if data.startswith(b"PK") else sheet(data)
    upload = Upload("a.xlsx", made)
    with suppress(IntakeError, *_DAMAGED), zipfile.ZipFile(io.BytesIO(made)) as archive:
        workbook.check_archive(archive, upload)
        workbook.check_workbook(upload, archive)
        if made is not data:
            row, column = _farthest(data)
            assert row <= workbook.MAX_ROWS
            assert row * column <= workbook.MAX_CELLS


def sheet(xml: bytes) -> bytes:
    """An archive with nothing but a sheet."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", xml)
    return held.getvalue()


def _farthest(xml: bytes) -> tuple[int, int]:
    """The last row and the last column of a sheet; 0 of what is no XML."""
    rows = columns = row = column = 0
    try:
        for element in ElementTree.fromstring(xml).iter():
            kind, named = element.tag.rpartition("}")[2], element.get("r", "")
            letters = named.rstrip("0123456789")
            digits = named.removeprefix(letters)
            if kind == "row":
                row, column = int(digits or row + 1), 0
            elif kind == "c" and letters.isascii() and letters.isalpha() and digits:
                column = sum((ord(one) - 64) * 26**place for place, one in enumerate(reversed(letters.upper())))
                row = int(digits)
            elif kind == "c":
                column += 1
            rows, columns = max(rows, row), max(columns, column)
    except (ElementTree.ParseError, ValueError, LookupError):
        return 0, 0
    return rows, columns


_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, LookupError, OSError, RuntimeError)


def lengths(data: bytes) -> None:
    """Lengths of time, dates and hours, as people and platforms write them."""
    text = data.decode("utf-8", "replace")
    for read in (durations.seconds, durations.minutes):
        found = read(text)
        assert found is None or found >= 0
    with suppress(moments.UnreadableError):
        moments.Clock("Europe/Paris", moments.Order.DMY, date(2020, 10, 26)).read(text)
    with suppress(PydanticCustomError):
        assert timedelta() < values.duration(text) <= timedelta(days=7)


def feed(data: bytes) -> None:
    """A ledger made again from a published calendar: entries, or the refusal of what is no calendar of ours."""
    with suppress(RefusedError):
        found = calendar.recover(_PUBLISHED.programme, data)
        assert isinstance(found, Ledger)
        assert calendar.read_ledger(calendar.write_ledger(found).decode()) == found


TARGETS: Mapping[str, Target] = MappingProxyType(
    {"toml": toml, "csv": table, "xlsx": spreadsheet, "durations": lengths, "ics": feed}
)
# What the search begins from.
SEEDS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {
        "toml": (
            b'[cycle]\nid = "a"\ntitle = { fr = "A" }\n[[session]]\nstart = 2020-10-26T14:00:00\n',
            b"a = [{b = 1}]",
        ),
        "csv": (
            b"Email,First Name,Last Name,Registration Time\na@example.org,A,B,2020-10-26 14:00\n",
            "sep=;\nE-mail;Heure d'arrivée;Heure de départ\na@example.org;14h03;15h00\n".encode(),
            b'{"users": {}}',
            b"<recording/>",
        ),
        "xlsx": (
            b'<worksheet xmlns="x"><sheetData><row r="1"><c r="A1"/></row><row><c/></row></sheetData></worksheet>',
            sheet(b'<s:worksheet xmlns:s="x"><s:row r="2"><s:c r="B2"/></s:row></s:worksheet>'),
        ),
        "durations": (b"2h30", b"1h 13m 42s", b"26/10/2020 14:03:00", b"Oct 26, 2020 02:03 PM (UTC+1)", b"44130.5"),
        "ics": (_PUBLISHED.feed(),),
    }
)
