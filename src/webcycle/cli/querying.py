"""The command query: any question in SQL about the cycle's relations and views, which it can only read."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.measuring import engine, tell_purged
from webcycle.cli.state import CycleOption, LangOption, State, language, sound
from webcycle.errors import Language, UsageError
from webcycle.plain import clean, escaped

if TYPE_CHECKING:
    from pathlib import Path

    from webcycle.metrics import Engine
    from webcycle.metrics.asking import Relation

Row = Sequence[Any]

_FORMATS = ("table", "csv", "json")
_IN_A_TABLE = 1000
_WIDEST = 60


def query(
    ctx: typer.Context,
    question: Annotated[
        str | None, typer.Argument(metavar="SQL", help="One SELECT statement, in DuckDB's SQL.", show_default=False)
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, csv or json.", show_default=False)
    ] = "table",
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="Show N rows at most; 1000 in a table if not given."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the relations and views with their columns.")] = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Ask the relations and views anything, in SQL.

    They can only be read. The answer may hold personal data, and says so.
    """
    said = language(lang, State.of(ctx).lang)
    if form not in _FORMATS:
        raise UsageError("query.format", found=form, known=", ".join(_FORMATS))
    if (question is None) != listed or (question is not None and not question.strip()):
        raise UsageError("query.one-of")
    at_hand = sound(ctx, cycle)
    tell_purged(at_hand, "gone", said)
    with engine(at_hand, said) as opened:
        from webcycle.metrics import asking  # noqa: PLC0415 - brings duckdb

        asking.lock(opened.connection, _paths(opened))
        if question is None:
            _list(asking.relations(opened.connection), form, said)
        else:
            _answer(opened, question, form, limit, said)


def _paths(opened: Engine) -> Iterator[Path]:
    files = opened.files
    return chain(files.registrations, files.visits, files.views, files.totals)


def _answer(opened: Engine, text: str, form: str, limit: int | None, lang: Language) -> None:
    from webcycle.metrics import asking  # noqa: PLC0415 - brings duckdb

    asked = asking.question(opened.connection, text)
    if asking.personal(asked, asking.relations(opened.connection)):
        terminal.say(lang, "command.query.personal")
    answer = asking.ask(opened.connection, asked)
    most = limit or (_IN_A_TABLE if form == "table" else None)
    shown = _write(form, answer.columns, islice(answer.rows, most))
    terminal.say(lang, "command.query.rows", count=shown, number=str(shown))
    if next(answer.rows, None) is not None:
        terminal.say(lang, "command.query.cut", number=str(most))


def _write(form: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Print the rows; how many there were."""
    if form == "csv":
        return _csv(columns, rows)
    return _json(columns, rows) if form == "json" else _table(columns, rows)


# ---- the three forms


def _table(columns: Sequence[str], rows: Iterable[Row]) -> int:
    titles = [clean(name) for name in columns]
    shown = [tuple(cell(value) for value in row) for row in rows]
    widths = [min(max(map(len, cells)), _WIDEST) for cells in zip(titles, *shown, strict=True)]
    terminal.console().print(terminal.table(titles, shown, widths, None))
    return len(shown)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Comma-separated, one line a row: what would break a line or command a terminal is cleaned away."""
    from webcycle.records import guarded  # noqa: PLC0415 - `--help` must not pay for it

    def written(value: Any) -> str:
        text = clean(cell(value))
        return text if isinstance(value, int | float | Decimal) else guarded(text)

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(map(written, columns))
    return sum(1 for row in rows if out.writerow(map(written, row)))


def _json(columns: Sequence[str], rows: Iterable[Row]) -> int:
    """A list of objects, one a line, so that no answer is too long."""
    names = _distinct(columns)
    count = 0
    sys.stdout.write("[")
    for count, row in enumerate(rows, start=1):
        made = {name: data(value) for name, value in zip(names, row, strict=True)}
        sys.stdout.write(",\n" if count > 1 else "\n")
        sys.stdout.write(escaped(json.dumps(made, ensure_ascii=not _is_unicode(), allow_nan=False)))
    sys.stdout.write("\n]\n" if count else "]\n")
    return count


def _is_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().startswith("utf")


def _distinct(columns: Sequence[str]) -> list[str]:
    """The names as keys of an object: a second "a" is "a_2"."""
    names: list[str] = []
    for column in columns:
        seen = 1
        name = column
        while name in names:
            seen += 1
            name = f"{column}_{seen}"
        names.append(name)
    return names


# ---- a value of DuckDB


def cell(value: Any) -> str:
    """A value as text: nothing for NULL, dates and instants in ISO 8601, lists and structures as JSON."""
    found = data(value)
    if found is None:
        return "" if value is None else str(value)
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def data(value: Any) -> Any:
    """A value as JSON has it: instants and dates in ISO 8601, lengths of time too, what is no number null."""
    if isinstance(value, Mapping):
        return {cell(key): data(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [data(one) for one in value]
    if isinstance(value, float | Decimal):
        return float(value) if isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    return _moment(value)


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():.6f}".rstrip("0").rstrip(".") + "S"
    return value.hex() if isinstance(value, bytes) else str(value)


# ---- what can be asked


def _list(found: Sequence[Relation], form: str, lang: Language) -> None:
    told = [(one, one.about or texts.say(lang, f"command.query.relation.{one.name}")) for one in found]
    if form == "json":
        terminal.as_json([_relation_data(one, about) for one, about in told])
    elif form == "csv":
        rows = [(one.name, one.personal, column, kind) for one in found for column, kind in one.columns]
        _csv(("name", "personal", "column", "type"), rows)
    else:
        _print_list(told, lang)


def _relation_data(one: Relation, about: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": "view" if one.about else "relation",
        "about": about,
        "personal": one.personal,
        "columns": [{"name": name, "type": kind} for name, kind in one.columns],
    }


def _print_list(told: Sequence[tuple[Relation, str]], lang: Language) -> None:
    for one, about in told:
        mark = f" ({texts.say(lang, 'command.query.of-persons')})" if one.personal else ""
        terminal.data(f"{one.name}{mark}")
        terminal.data(f"  {about}")
        terminal.data(f"  {', '.join(name for name, _kind in one.columns)}")
