"""Reads an XLSX workbook on standard input and writes its rows on standard output as lines of JSON.

Run as a program of its own, with limits on memory and processor time, because a few bytes of a hostile workbook make
the reader abort. It imports nothing of the package.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta

MEMORY = 1_500_000_000
SECONDS = 30


def limit() -> None:
    """Bound memory and processor time, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell_text(value: object) -> str:
    """A cell as text: ISO dates to the second, whole numbers without a point, TRUE and FALSE."""
    if isinstance(value, datetime):
        nearest = value + timedelta(milliseconds=500)
        return nearest.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def main() -> None:
    """Write ["sheet", name] before the rows of each sheet, and [line, cells...] for each row that is not blank."""
    limit()
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only under the limits

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    out = sys.stdout
    for name in workbook.sheet_names:
        out.write(json.dumps(["sheet", name]) + "\n")
        for number, row in enumerate(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1):
            cells = [cell_text(value) for value in row]
            if any(cells):
                out.write(json.dumps([number, *cells]) + "\n")


if __name__ == "__main__":
    main()
