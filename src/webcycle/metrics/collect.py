"""From the rows of the views to the frozen results of a cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from webcycle.claims import ended_by
from webcycle.metrics import accounts, cycle, relations, rows
from webcycle.metrics import session as one_session
from webcycle.metrics.results import CycleResults, Replay
from webcycle.metrics.rows import Tables
from webcycle.metrics.session import Scene, Sources
from webcycle.programme import Programme, Session
from webcycle.values import Moment

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from webcycle.ledger import Ledger


# What stands between the axes of a person in the views; no id holds it.
_SEPARATOR = "\x1f"


def results(
    connection: DuckDBPyConnection, programme: Programme, by: Moment | None, ledger: Ledger | None
) -> CycleResults:
    """Every figure; sessions without attendance that have not ended `by` then are still to come."""
    tables = rows.tables(connection)
    sources = _sources(ledger)
    numbers = {session.id: number for number, session in relations.in_order(programme)}
    sessions = tuple(
        one_session.results(Scene(one, numbers[one.id], tables, sources.get(one.id, Sources()), _is_over(one, by)))
        for one in programme.sessions
    )
    (counts,), (attendance,) = rows.rows(connection, "cycle_counts"), rows.rows(connection, "cycle_attendance")
    by_axes = sorted(rows.rows(connection, "people_by_axes"), key=lambda row: str(row["axes"]))
    regions = {frozenset(row["axes"].split(_SEPARATOR)): row["people"] for row in by_axes}
    return CycleResults(
        figures=tuple(cycle.figures(sessions, counts, attendance)),
        sessions=sessions,
        distribution=_counts(connection, "people_by_sessions", "sessions"),
        regions=MappingProxyType(regions),
        types=_counts(connection, "people_by_type", "type"),
        territories=_counts(connection, "people_by_territory", "territory"),
        replays=tuple(_replays(tables, programme)),
        attendance_rows=accounts.together(
            (*(one.attendance_rows for one in sessions), accounts.attendance(tables, None))
        ),
        registration_rows=accounts.together(
            (*(one.registration_rows for one in sessions), accounts.registrations(tables, None))
        ),
        minimum_seconds=programme.attendance.minutes * 60,
        clipped=programme.attendance.clip,
    )


def _is_over(session: Session, by: Moment | None) -> bool:
    """Whether a session has ended, as far as is known."""
    return by is None or session.slot is None or ended_by(session, by)


def _counts(connection: DuckDBPyConnection, view: str, key: str) -> Mapping[Any, int]:
    found = {row[key]: row["people"] for row in rows.rows(connection, view)}
    return MappingProxyType(dict(sorted(found.items())))


def _replays(tables: Tables, programme: Programme) -> Iterator[Replay]:
    for session in (one for one in programme.sessions if one.status == "confirmed"):
        readings = ((rows.day(row["day"]), row["views"]) for row in tables.readings.get(session.id, ()))
        if known := sorted((day, views) for day, views in readings if day is not None):
            yield Replay(session.id, tuple(known))


def _sources(ledger: Ledger | None) -> Mapping[str, Sources]:
    """The imported files behind each session's figures, in the order of importing."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in ledger.entries.values() if ledger else ():
        for part in entry.stored:
            if entry.source not in found[part.session][entry.kind]:
                found[part.session][entry.kind].append(entry.source)
    return {
        session: Sources(
            attendance=(*kinds["attendance"], *kinds["both"]),
            registrations=(*kinds["registrations"], *kinds["both"]),
            views=tuple(kinds["views"]),
        )
        for session, kinds in ((session, defaultdict(list, kinds)) for session, kinds in found.items())
    }
