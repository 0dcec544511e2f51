"""Questions in SQL of a user's own: what may be asked, on a connection that can do nothing else.

Three things stand between a question and any harm. `question` takes one statement, a SELECT all of whose parts only
read, and no function that reads a file. `lock` leaves to the connection the files of the cycle's records, and no way to
change that. `ask` runs in a transaction that cannot write.
"""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from webcycle.errors import WebcycleError
from webcycle.metrics.engine import VIEWS, sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")

RELATIONS: tuple[str, ...] = ("sessions", "registrations", "visits", "views", "totals", "people", "settings")
"""What the views read."""

_LOCKED = (
    "set errors_as_json = true",
    "set TimeZone = 'UTC'",
    "set python_enable_replacements = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
# The kinds of query that only read: DuckDB parses INSERT, UPDATE, DELETE and COPY inside a WITH as part of a SELECT.
_READING = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
# Functions in FROM that make rows of their arguments alone; others read files or run SQL that is hidden in a text.
_HARMLESS = frozenset({"range", "generate_series", "unnest"})
_NAME = re.compile(r"[a-z_][a-z0-9_]*", re.IGNORECASE)
# By these columns a row is that of one person.
_PERSONAL = frozenset({"person", "key", "email"})
_HINTS = ("Did you mean", "Candidate bindings")
_PIECE = 1000


class QueryError(WebcycleError):
    """A question that may not be asked, or that DuckDB cannot answer."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation or view: its columns with their types, the first sentence of its definition ("" for a relation)."""

    name: str
    columns: tuple[tuple[str, str], ...]
    about: str
    personal: bool
    """Whether its rows are those of single persons."""


@dataclass(frozen=True, slots=True)
class Question:
    """A statement that may be run, and the tables that it names, in small letters."""

    sql: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, and the rows as they come; going through them raises QueryError, as `ask` does."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def lock(connection: DuckDBPyConnection, paths: Iterable[Path]) -> None:
    """Leave to a connection its relations and views and the files that they read, for good.

    No other file, no network, extension or variable of Python can be reached, and no setting be changed. What is left,
    writing tables in memory and over the files themselves, `question` and `ask` prevent.
    """
    # Both as it is and as the views ask for it: the lock looks at the pattern, then at the file that was found.
    names = [name for path in paths for name in dict.fromkeys((str(path), glob.escape(str(path))))]
    connection.execute("set allowed_paths = $1", [names])
    for statement in _LOCKED:
        connection.execute(statement)


def relations(connection: DuckDBPyConnection) -> tuple[Relation, ...]:
    """What can be asked: the relations, then the views, each after those that it reads."""
    found = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where schema_name = 'main' order by column_index"
    ).fetchall()
    return tuple(
        Relation(
            name=name,
            columns=(columns := tuple((column, kind) for table, column, kind in found if table == name)),
            about=first_sentence(sql(name)) if name in VIEWS else "",
            personal=any(column in _PERSONAL for column, _kind in columns),
        )
        for name in (*RELATIONS, *VIEWS)
    )


def first_sentence(definition: str) -> str:
    """The first sentence of the comment that a definition begins with."""
    lines = [line.removeprefix("--").strip() for line in definition.splitlines() if line.startswith("--")]
    return " ".join(lines).partition(". ")[0].removesuffix(".") + "."


def personal(asked: Question, known: Iterable[Relation]) -> bool:
    """Whether it names a relation or view whose rows are those of single persons."""
    return any(one.personal and one.name in asked.names for one in known)


def question(connection: DuckDBPyConnection, text: str) -> Question:
    """The text as a question; QueryError where it is no single SELECT, would do more than read, or reads a file."""
    with _explained(text):
        kinds = [statement.type.name for statement in connection.extract_statements(text)]
    if kinds != ["SELECT"]:
        raise QueryError("query.one-select", found=", ".join(kinds) or "-")
    parts = tuple(_objects(_tree(connection, text)))
    for part in parts:
        _refuse(part)
    names = {part["table_name"] for part in parts if part.get("type") == "BASE_TABLE"}
    own = {entry["key"] for part in parts if "cte_map" in part for entry in part["cte_map"]["map"]}
    for name in sorted(names - own):
        if not _NAME.fullmatch(name):
            raise QueryError("query.file", found=name)
    return Question(text, frozenset(name.lower() for name in names))


def _tree(connection: DuckDBPyConnection, text: str) -> Any:
    """The statement as DuckDB parses it."""
    with _explained(text):
        row = connection.execute("select json_serialize_sql($1::varchar)", [text]).fetchone()
    try:
        return json.loads(row[0]) if row else {}
    except RecursionError:
        raise QueryError("query.too-deep") from None


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)


def _refuse(part: dict[str, Any]) -> None:
    """QueryError for a part of a statement that does more than read what is there."""
    kind = part.get("type")
    if isinstance(kind, str) and kind.endswith("_NODE") and kind not in _READING:
        raise QueryError("query.not-reading", found=kind.removesuffix("_NODE").removesuffix("_QUERY"))
    if kind == "TABLE_FUNCTION" and (name := part["function"]["function_name"]) not in _HARMLESS:
        raise QueryError("query.function", found=name, known=", ".join(sorted(_HARMLESS)))


def ask(connection: DuckDBPyConnection, asked: Question) -> Answer:
    """The answer. QueryError where DuckDB cannot give it; KeyboardInterrupt stops the work at once."""
    with _explained(asked.sql):
        connection.execute("begin transaction read only")
        found = _patiently(connection, partial(connection.execute, asked.sql))
    columns = tuple(str(column[0]) for column in found.description)
    return Answer(columns, _rows(connection, asked.sql))


def _rows(connection: DuckDBPyConnection, text: str) -> Iterator[tuple[Any, ...]]:
    with _explained(text):
        while piece := _patiently(connection, partial(connection.fetchmany, _PIECE)):
            yield from piece


def _patiently(connection: DuckDBPyConnection, work: Callable[[], T]) -> T:
    """What `work` gives. It is done elsewhere, because DuckDB hears of Ctrl-C only between its own steps."""
    with ThreadPoolExecutor(1) as worker:
        try:
            return worker.submit(work).result()
        except KeyboardInterrupt:
            connection.interrupt()
            raise


@contextmanager
def _explained(text: str) -> Iterator[None]:
    """Turn DuckDB's complaint about the statement into one line with its place."""
    import duckdb  # noqa: PLC0415 - 20 MB that only figures need

    try:
        yield
    except duckdb.Error as problem:
        raise _error(str(problem), text) from problem


def _error(complaint: str, text: str) -> QueryError:
    """ "Binder Error: {...}" as an error of ours: its first line, its hint, its line and column in the statement."""
    told = complaint[complaint.find("{") :]
    try:
        data = json.loads(told)
    except ValueError:
        return QueryError("query.sql", reason=complaint.partition("\n")[0])
    first, *rest = data["exception_message"].splitlines()
    reason = " ".join((first, *(line for line in rest if line.startswith(_HINTS))))
    if "position" not in data:
        return QueryError("query.sql", reason=reason)
    before = text.encode()[: int(data["position"])].decode("utf-8", "ignore")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return QueryError("query.sql-at", reason=reason, line=str(line), column=str(column))
