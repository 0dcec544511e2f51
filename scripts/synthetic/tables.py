"""Rows to the bytes of a table."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

BOM = "\ufeff"
NBSP = "\u00a0"

Files = dict[str, bytes]
"""Exports by the name that the platform gives them."""


def table(rows: Iterable[Sequence[object]], delimiter: str = ",", end: str = "\n", quoting: int = 0) -> str:
    """Rows as CSV; cells quoted where they must be, or by one of the `csv.QUOTE_` constants."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def padded(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Rows of one width, as a spreadsheet saves them."""
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def started_minutes(seconds: int) -> int:
    """Minutes, each that has begun in full, as Zoom counts them."""
    return seconds // 60 + 1


def serial(local: datetime) -> float:
    """A moment as spreadsheets count it (ECMA-376, part 1, 18.17.4.1)."""
    since = local.replace(tzinfo=None) - datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet is in no zone
    return since.days + round(since.seconds / 86400, 9)


def workbook(sheet: str, rows: Sequence[Sequence[str | int | float]], made: datetime) -> bytes:
    """A workbook whose fractions are dates. Stored, not deflated: no two versions of zlib need agree."""
    import xlsxwriter  # noqa: PLC0415 - of the tests' dependencies

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": made.replace(tzinfo=None)})
    dated = book.add_format({"num_format": "m/d/yy h:mm:ss"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, column, value)
            else:
                page.write_number(number, column, value, dated if isinstance(value, float) else None)
    book.close()
    return _stored(held.getvalue())


def _stored(archive: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name), given.read(name))
    return out.getvalue()
