"""The relations that the views read: the sessions of the programme, the files of the records, the settings.

All that comes from outside reaches DuckDB as parameters and typed columns; into SQL are put only the names and types of
our own columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time
from pathlib import Path
from re import findall
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from webcycle import records
from webcycle.errors import OutsideError
from webcycle.programme import Programme, Session
from webcycle.records import PlatformTotal, Record, RecordsError, Registration, Role, Span, Status, ViewCount, Visit
from webcycle.store import Files
from webcycle.values import day_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation


def _enum(values: Iterable[str]) -> str:
    return f"ENUM ({', '.join(map(repr, values))})"


_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "datetime | None": "TIMESTAMP",
        "date | None": "DATE",
        "int": "BIGINT",
        "int | None": "BIGINT",
        "Role": _enum(get_args(Role)),
        "Status": _enum(get_args(Status)),
        "Span": _enum(get_args(Span)),
    }
)

_READ_AT_ONCE = 16 * 1024 * 1024

_CSV = """
select * from read_csv(
  $paths, columns = $columns, header = true, auto_detect = false, delim = ',', quote = '"',
  escape = '"', nullstr = '', strict_mode = true, max_line_size = 4194304
)
"""

_SESSIONS = """
create table sessions as
select
  unnest($number::integer[]) as number,
  unnest($session::varchar[]) as session,
  unnest($axis::varchar[]) as axis,
  unnest($status::varchar[]) as status,
  unnest($counted::boolean[]) as counted,
  unnest($last_day::date[]) as last_day,
  unnest($planned_start::timestamp[]) as planned_start,
  unnest($planned_end::timestamp[]) as planned_end,
  unnest($held_start::timestamp[]) as held_start,
  unnest($held_end::timestamp[]) as held_end,
  unnest($published::date[]) as published,
  unnest($stated_registered::bigint[]) as stated_registered,
  unnest($stated_participants::bigint[]) as stated_participants,
  unnest($stated_views::bigint[]) as stated_views
"""

_SETTINGS = "create table settings as select $minutes::bigint * 60 as minimum_seconds, $clip::boolean as clip"

RELATIONS: Mapping[str, type[Record]] = MappingProxyType(
    {"registrations": Registration, "visits": Visit, "views": ViewCount, "totals": PlatformTotal}
)
"""The relations that are read from files, and the records in them."""


def create(connection: DuckDBPyConnection, programme: Programme, files: Files) -> None:
    """Make the relations but for `people`; RecordsError for a file that is not one of the store's."""
    _fill(connection, _SESSIONS, [_session(programme, number, one) for number, one in in_order(programme)])
    rule = programme.attendance
    connection.execute(_SETTINGS, {"minutes": rule.minutes, "clip": rule.clip})
    for (name, kind), paths in zip(
        RELATIONS.items(), (files.registrations, files.visits, files.views, files.totals), strict=True
    ):
        _register(connection, name, kind, paths)


def in_order(programme: Programme) -> Iterator[tuple[int, Session]]:
    """The sessions numbered from 1 by their last day, their start, and their place in the programme."""
    yield from enumerate(sorted(programme.sessions, key=_chronology), start=1)


def _chronology(session: Session) -> tuple[date, datetime]:
    slot = session.slot
    if slot is None:
        return date.max, datetime.combine(date.max, time.max)
    start = slot.start
    return day_of(slot.end), start if isinstance(start, datetime) else datetime.combine(start, time.min)


def _session(programme: Programme, number: int, session: Session) -> dict[str, Any]:
    slot, held, stated = session.slot, session.held, session.stated
    planned = _hours(programme, slot.start, slot.end) if slot else (None, None)
    really = _hours(programme, held.start, held.end) if held else (None, None)
    return {
        "number": number,
        "session": session.id,
        "axis": session.axis or "",
        "status": session.status,
        "counted": session.status == "confirmed",
        "last_day": day_of(slot.end) if slot else None,
        "planned_start": planned[0],
        "planned_end": planned[1],
        "held_start": really[0],
        "held_end": really[1],
        "published": session.recording.published if session.recording else None,
        "stated_registered": stated.registered if stated else None,
        "stated_participants": stated.participants if stated else None,
        "stated_views": stated.views if stated else None,
    }


def _hours(programme: Programme, start: date, end: date) -> tuple[datetime | None, datetime | None]:
    """The two instants in UTC, without a zone as DuckDB's TIMESTAMP; nothing where only days are known."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None, None
    return instant(programme.aware(start)), instant(programme.aware(end))


def instant(moment: datetime) -> datetime:
    """An aware moment as a TIMESTAMP, which is in UTC and has no zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _fill(connection: DuckDBPyConnection, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(sql, {name: [row[name] for row in rows] for name in findall(r"\$(\w+)", sql)})


def _register(connection: DuckDBPyConnection, name: str, kind: type[Record], paths: Sequence[Path]) -> None:
    parquet = [str(path) for path in paths if path.suffix == ".parquet"]
    texts = [str(path) for path in paths if path.suffix != ".parquet"]
    for path in texts:
        _known_header(Path(path), kind)
    parts = [_of_csv(connection, kind, texts)] if texts else []
    if parquet:
        parts.append(
            connection.read_parquet(list(map(_literal, parquet)), union_by_name=True).project(
                _projection(kind, guarded=False)
            )
        )
    relation = parts[0] if parts else _empty(connection, kind)
    for part in parts[1:]:
        relation = relation.union(part)
    # Files that fit are read once; larger ones by each view that asks.
    if sum(path.stat().st_size for path in paths) <= _READ_AT_ONCE:
        relation.create(name)
    else:
        relation.create_view(name)


def _of_csv(connection: DuckDBPyConnection, kind: type[Record], paths: Sequence[str]) -> DuckDBPyRelation:
    found = connection.sql(_CSV, params={"paths": list(map(_literal, paths)), "columns": _columns(kind)})
    return found.project(_projection(kind, guarded=True))


def _empty(connection: DuckDBPyConnection, kind: type[Record]) -> DuckDBPyRelation:
    made = ", ".join(f'cast(null as {sort}) as "{name}"' for name, sort in _columns(kind).items())
    return connection.sql(f"select {made} limit 0")


def _columns(kind: type[Record]) -> dict[str, str]:
    return {field.name: _TYPES.get(str(field.type), "VARCHAR") for field in fields(kind)}


def _projection(kind: type[Record], *, guarded: bool) -> str:
    """Every column; texts as they were before `records.guarded` kept spreadsheets from taking them for formulas."""
    unguarded = "case when {0} is null then '' when starts_with({0}, '''') then substr({0}, 2) else {0} end"
    text = unguarded if guarded else "coalesce({0}, '')"
    return ", ".join(
        f"{text.format(quoted) if sort == 'VARCHAR' else quoted} as {quoted}"
        for quoted, sort in ((f'"{name}"', sort) for name, sort in _columns(kind).items())
    )


def _literal(path: str) -> str:
    """A path of which DuckDB takes no character for a wildcard."""
    return path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")


def _known_header(path: Path, kind: type[Record]) -> None:
    """Refuse a file that is not the store's: by its first line, and by the session of the first row after it."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            cells = csv.reader(lines)
            header, first = next(cells, []), next(cells, [])
    except (UnicodeDecodeError, csv.Error) as problem:
        raise RecordsError("records.encoding", file=str(path)) from problem
    except OSError as problem:
        raise OutsideError("file-unreadable", file=str(path), reason=problem.strerror or "") from problem
    if header != list(records.columns(kind)):
        raise RecordsError("records.header", file=str(path), columns=", ".join(records.columns(kind)))
    folder = path.parent.name
    if path.parent.parent.name == "sessions" and first and first[0] != folder:
        raise RecordsError("records.session", file=str(path), found=first[0], session=folder)
