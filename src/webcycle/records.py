"""The observed: who registered, who came when, how often a replay was watched. Shape and CSV only, no I/O, no clock.

An absent text is "", an absent time or number None. Times are aware and in UTC. These columns are all that is kept of
a person.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args

from webcycle.errors import WebcycleError

Role = Literal["participant", "host", "panelist", "staff", "bot", "anonymous"]
"""In what capacity somebody was there; only participants are counted as the public."""

Status = Literal["confirmed", "pending", "cancelled", "refused"]
"""Where a registration stands."""

Span = Literal["day", "to-date"]
"""What a number of views covers: one day, or everything until the day that it was read."""


@dataclass(frozen=True, slots=True)
class Registration:
    """Somebody's registration. `meeting` is what the source says that it is for, `session` what we matched it to."""

    session: str = ""
    meeting: str = ""
    email: str = ""
    name: str = ""
    first: str = ""
    last: str = ""
    organisation: str = ""
    territory: str = ""
    role: Role = "participant"
    registered: datetime | None = None
    status: Status = "confirmed"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay in the room, from joining to leaving.

    `seconds` is given where the platform knows a length only, or where joined and left are the first and the last of
    several stays. `person` is the platform's own id of the person, `source` the id of the imported file.
    """

    session: str = ""
    meeting: str = ""
    platform: str = ""
    person: str = ""
    email: str = ""
    name: str = ""
    organisation: str = ""
    role: Role = "participant"
    joined: datetime | None = None
    left: datetime | None = None
    seconds: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ViewCount:
    """How often a replay was watched: on the day `on`, or until it; `definition` is the platform's name for it."""

    session: str = ""
    platform: str = ""
    video: str = ""
    title: str = ""
    published: date | None = None
    on: date | None = None
    span: Span = "to-date"
    views: int = 0
    definition: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlatformTotal:
    """A figure that the platform worked out itself, such as "unique-viewers"; never added to what we count."""

    session: str = ""
    meeting: str = ""
    platform: str = ""
    name: str = ""
    value: int = 0
    source: str = ""


Record = Registration | Visit | ViewCount | PlatformTotal
R = TypeVar("R", Registration, Visit, ViewCount, PlatformTotal)


class RecordsError(WebcycleError):
    """A stored CSV file is not one of ours, or was damaged by hand."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How a value of one type is written in a cell, and read back; `read` raises ValueError."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def mark(meeting: str) -> str:
    """What a meeting is known again by: its name may hold that of a person ("Alix Martin's meeting")."""
    return hashlib.sha256(meeting.encode("utf-8", "replace")).hexdigest()[:12] if meeting else ""


_RISKY = frozenset("=+-@|%\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"); `unguarded` undoes it."""
    return f"'{text}" if text.startswith("'") or _first(text) in _RISKY else text


def unguarded(cell: str) -> str:
    """The text of a cell that `guarded` wrote."""
    return cell.removeprefix("'")


def _first(text: str) -> str:
    """The first character that a spreadsheet looks at: invisible ones and blanks are passed over."""
    for character in text:
        if character in _RISKY or unicodedata.category(character) not in ("Zs", "Cf", "Cc"):
            return character
    return ""


def _instant(cell: str) -> datetime:
    found = datetime.fromisoformat(cell)
    if found.tzinfo is None:
        raise ValueError(cell)
    return found.astimezone(UTC)


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _optional(write: Callable[[Any], str], read: Callable[[str], Any]) -> Codec:
    return Codec(lambda value: "" if value is None else write(value), lambda cell: read(cell) if cell else None)


def _choice(*allowed: str) -> Codec:
    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(cell)
        return cell

    return Codec(str, read)


_CODECS: Mapping[str, Codec] = MappingProxyType(
    {
        "str": Codec(guarded, unguarded),
        "int": Codec(str, int),
        "int | None": _optional(str, int),
        "date | None": _optional(date.isoformat, date.fromisoformat),
        "datetime | None": _optional(_utc, _instant),
        "Role": _choice(*get_args(Role)),
        "Status": _choice(*get_args(Status)),
        "Span": _choice(*get_args(Span)),
    }
)


_COLUMNS: Mapping[type[Record], Mapping[str, Codec]] = MappingProxyType(
    {
        kind: MappingProxyType({field.name: _CODECS[str(field.type)] for field in fields(kind)})
        for kind in (Registration, Visit, ViewCount, PlatformTotal)
    }
)


def columns(kind: type[Record]) -> Mapping[str, Codec]:
    """The columns of a record's CSV file, in order: the fields of its class."""
    return _COLUMNS[kind]


def dump(kind: type[R], records: Iterable[R]) -> str:
    """The records as CSV (RFC 4180 but with LF), sorted, so that the same records give the same text."""
    codecs = columns(kind).items()
    rows: list[tuple[str, ...]] = sorted(
        tuple(codec.write(getattr(record, name)) for name, codec in codecs) for record in records
    )
    return "".join(",".join(map(_quoted, row)) + "\n" for row in [tuple(columns(kind)), *rows])


def _quoted(cell: str) -> str:
    """The cell in quotation marks where it needs them; `csv` leaves a lone CR bare when lines end with LF."""
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell


def load(kind: type[R], text: str, file: str) -> tuple[R, ...]:
    """The records of a CSV text; RecordsError names the file, line and column that do not fit."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = tuple(columns(kind))
    try:
        if next(lines, None) != list(names):
            raise RecordsError("records.header", file=file, columns=", ".join(names))
        return tuple(_record(kind, cells, file, lines.line_num) for cells in lines)
    except csv.Error as problem:
        raise RecordsError("records.csv", file=file, line=str(lines.line_num)) from problem


def _record(kind: type[R], cells: list[str], file: str, line: int) -> R:
    codecs = columns(kind)
    if len(cells) != len(codecs):
        raise RecordsError("records.width", file=file, line=str(line), found=str(len(cells)), wanted=str(len(codecs)))
    values: dict[str, Any] = {}
    for (name, codec), cell in zip(codecs.items(), cells, strict=True):
        try:
            values[name] = codec.read(cell)
        except ValueError as problem:
            raise RecordsError("records.cell", file=file, line=str(line), column=name) from problem
    return kind(**values)
