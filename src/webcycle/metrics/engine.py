"""Runs the views over a cycle's files in DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self

from webcycle import records
from webcycle.identity import People
from webcycle.metrics import collect, decisions, relations
from webcycle.metrics.results import CycleResults
from webcycle.programme import Programme
from webcycle.records import RecordsError
from webcycle.store import Files
from webcycle.values import Moment

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from webcycle.ledger import Ledger

VIEWS: tuple[str, ...] = (
    "windows",
    "visit_rows",
    "registration_rows",
    "keys",
    "persons",
    "insiders",
    "registered",
    "stays",
    "spans",
    "pieces",
    "lengths",
    "presence",
    "attendees",
    "shown_pieces",
    "session_attendance",
    "session_registrations",
    "session_thresholds",
    "half_way",
    "curve",
    "peak_minutes",
    "peak",
    "cycle_people",
    "newcomers",
    "people_by_sessions",
    "cycle_attendance",
    "cycle_counts",
    "axis_people",
    "people_by_axes",
    "person_bodies",
    "person_territories",
    "people_by_type",
    "people_by_territory",
    "attendance_rows",
    "attendance_weak",
    "attendance_fates",
    "registration_counts",
    "video_readings",
    "replay_readings",
    "replay_month",
)
"""The definitions, each after those that it reads."""

_KEPT = frozenset(
    {
        "visit_rows",
        "registration_rows",
        "keys",
        "persons",
        "insiders",
        "registered",
        "stays",
        "pieces",
        "presence",
        "attendees",
        "peak_minutes",
        "cycle_people",
        "person_bodies",
        "video_readings",
    }
)
"""Those that others read more than once: their rows are worked out once."""

MEMORY = "2GB"
"""What the engine may hold at once; above it, it spills to a folder of its own."""


class Engine:
    """The relations and views of a cycle, open for questions; closed by `with`."""

    def __init__(
        self, programme: Programme, files: Files, by: Moment | None = None, ledger: Ledger | None = None
    ) -> None:
        self.programme = programme
        self.files = files
        self._by = by
        self._ledger = ledger
        # What does not fit in memory is personal data too: it goes where nobody else may read.
        self._spill = TemporaryDirectory(prefix="webcycle-", ignore_cleanup_errors=True)
        self.connection = _connect(self._spill.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the memory, and take away what was spilled."""
        self.connection.close()
        self._spill.cleanup()

    def results(self) -> CycleResults:
        """Every figure of the cycle."""
        with _readable(self.files):
            return collect.results(self.connection, self.programme, self._by, self._ledger)


def open_cycle(
    programme: Programme, people: People, files: Files, by: Moment | None = None, ledger: Ledger | None = None
) -> Engine:
    """The relations and views over these files of a cycle, ready for questions.

    Sessions that have not ended `by` then (as `claims.ended_by` takes it) are still to come; without it all are over.
    The ledger tells which imported files stand behind a figure. Raises RecordsError for a file that is not one of the
    store's, or was damaged.
    """
    engine = Engine(programme, files, by, ledger)
    try:
        with _readable(files):
            _fill(engine.connection, programme, people, files)
    except BaseException:
        engine.close()
        raise
    return engine


def _fill(connection: DuckDBPyConnection, programme: Programme, people: People, files: Files) -> None:
    relations.create(connection, programme, files)
    for name in VIEWS:
        if name == "keys":
            decisions.create(connection, people)
        _define(connection, name)


@cache
def sql(view: str) -> str:
    """The text of a view's definition."""
    return (resources.files("webcycle.metrics") / "views" / f"{view}.sql").read_text("utf-8")


def _define(connection: DuckDBPyConnection, name: str) -> None:
    definition = f"create {'table' if name in _KEPT else 'view'} {name} as {sql(name)}"
    if name in ("visit_rows", "registration_rows"):
        # How many rows a file has DuckDB does not know, and would keep them all to join the few of the programme.
        definition = f"set disabled_optimizers = 'build_side_probe_side'; {definition}; reset disabled_optimizers"
    connection.execute(definition)


def _connect(spill: str) -> DuckDBPyConnection:
    import duckdb  # noqa: PLC0415 - 20 MB that only figures need

    return duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY,
            "temp_directory": spill,
            "preserve_insertion_order": False,
            "python_enable_replacements": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


@contextmanager
def _readable(files: Files) -> Iterator[None]:
    """Say which line of which file is damaged where DuckDB could not read one."""
    import duckdb  # noqa: PLC0415 - 20 MB that only figures need

    try:
        yield
    except (duckdb.DataError, duckdb.InvalidInputException) as problem:
        groups = (files.registrations, files.visits, files.views, files.totals)
        for kind, paths in zip(relations.RELATIONS.values(), groups, strict=True):
            for path in paths:
                _reread(kind, path)
        named = (str(path) for paths in groups for path in paths if str(path) in str(problem))
        raise RecordsError("records.unreadable", file=next(named, "sessions")) from problem


def _reread(kind: type[records.Record], path: Path) -> None:
    """Read a CSV file again as the store does, which tells the line and column of what is wrong in it."""
    if path.suffix == ".parquet":
        return
    try:
        records.load(kind, path.read_text("utf-8"), str(path))  # type: ignore[type-var]
    except UnicodeDecodeError as problem:
        raise RecordsError("records.encoding", file=str(path)) from problem
