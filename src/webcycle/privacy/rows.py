"""The rows of the records, with the lines that they begin on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from webcycle import records
from webcycle.records import Registration, Visit

_KINDS: Mapping[str, type[Registration] | type[Visit]] = MappingProxyType(
    {"registrations.csv": Registration, "attendance.csv": Visit}
)


def kind_of(path: str) -> type[Registration] | type[Visit] | None:
    """What a file of the folder holds a row each of; None for one that is no file of records."""
    parts = path.split("/")
    return _KINDS.get(parts[2]) if len(parts) == 3 and parts[0] == "sessions" else None


def rows(path: str, raw: bytes, kind: type[Registration] | type[Visit]) -> Iterator[tuple[Registration | Visit, int]]:
    """Each record of a file with the line that it begins on. RecordsError where it is not ours or was damaged."""
    text = raw.decode("utf-8", "strict") if raw else ""
    if not text:
        return
    found: Any = records.load(kind, text, path)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(lines)
    starts, last = [], lines.line_num
    for _cells in lines:
        starts.append(last + 1)
        last = lines.line_num
    yield from zip(found, starts, strict=True)
