"""The rows of the views, as the results are made from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = Mapping[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the views say, by the number of the session; `None` numbers are rows of no session of the programme."""

    attendance: Mapping[Any, Row]
    registrations: Mapping[Any, Row]
    thresholds: Mapping[Any, Row]
    half_way: Mapping[Any, Row]
    peak: Mapping[Any, Row]
    newcomers: Mapping[Any, Row]
    windows: Mapping[Any, Row]
    curve: Mapping[Any, list[Row]]
    attendance_rows: Mapping[Any, Row]
    attendance_weak: Mapping[Any, Row]
    attendance_fates: Mapping[Any, list[Row]]
    registration_counts: Mapping[Any, list[Row]]
    readings: Mapping[Any, list[Row]]
    month: Mapping[Any, Row]
    totals: Mapping[Any, list[Row]]


def tables(connection: DuckDBPyConnection) -> Tables:
    """What the views say of the sessions."""
    return Tables(
        attendance=_one(connection, "session_attendance"),
        registrations=_one(connection, "session_registrations"),
        thresholds=_one(connection, "session_thresholds"),
        half_way=_one(connection, "half_way"),
        peak=_one(connection, "peak"),
        newcomers=_one(connection, "newcomers"),
        windows=_one(connection, "windows"),
        curve=_many(connection, "curve"),
        attendance_rows=_one(connection, "attendance_rows"),
        attendance_weak=_one(connection, "attendance_weak"),
        attendance_fates=_many(connection, "attendance_fates"),
        registration_counts=_many(connection, "registration_counts"),
        readings=_many(connection, "replay_readings", "session"),
        month=_one(connection, "replay_month", "session"),
        totals=_many(connection, "totals", "session"),
    )


def rows(connection: DuckDBPyConnection, name: str) -> list[Row]:
    """Every row of a relation or view of ours, by the names of its columns."""
    found = connection.execute(f"select * from {name}")  # noqa: S608 - the names are ours
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, values, strict=True)) for values in found.fetchall()]


def _one(connection: DuckDBPyConnection, view: str, key: str = "number") -> dict[Any, Row]:
    return {row[key]: row for row in rows(connection, view)}


def _many(connection: DuckDBPyConnection, view: str, key: str = "number") -> dict[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows(connection, view):
        found[row[key]].append(row)
    return found


def instant(microseconds: int) -> datetime:
    """A moment of the views, which is counted from 1970 in UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def day(found: date) -> date | None:
    """A day of a reading; None where none is known, which the views have as the year 9999."""
    return None if found == date(9999, 12, 31) else found
