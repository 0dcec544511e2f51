"""What is printed: data on standard output, words on standard error, every text cleaned of control characters."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from webcycle import texts
from webcycle.errors import Finding, Language, Severity
from webcycle.plain import clean, escaped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33"}
_PIPE_WIDTH = 160
_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})


def data(text: str) -> None:
    """Print a line of data."""
    sys.stdout.write(clean(text) + "\n")


def words(text: str) -> None:
    """Print a line about what is being done."""
    sys.stderr.write(clean(text) + "\n")


def say(lang: Language, key: str, *, count: float | None = None, **values: str) -> None:
    """Print a sentence of ours about what is being done."""
    words(texts.say(lang, key, values, count=count))


def breakable(text: str) -> str:
    """The text with plain spaces alone: its encoding may lack others, and a line may break anywhere."""
    return text.translate(_NO_BREAK)


def as_json(value: Any) -> None:
    """Print a value as JSON."""
    import json  # noqa: PLC0415 - most commands print none

    # Where the encoding lacks a character, JSON has an escape of its own for it.
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    sys.stdout.write(escaped(json.dumps(value, ensure_ascii=not unicode, indent=2)) + "\n")


def interactive() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, **options: Any) -> str:
    """What is answered to a question on standard error, without the blanks around it; `options` are those of typer."""
    import typer  # noqa: PLC0415 - most commands ask nothing

    return str(typer.prompt(clean(question), err=True, **options)).strip()


@contextmanager
def progress(text: str, total: int) -> Iterator[Callable[[int], object]]:
    """A bar on standard error while something long is done; what it gives is called with how much more is done.

    Where nobody watches, nothing is shown.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _more: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - only long work

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task(clean(text), total=total)
        yield lambda more: bar.advance(task, more)


def findings(found: Iterable[Finding], lang: Language, *, stream: TextIO) -> None:
    """Print findings, one line each: `file:line:column: severity[code] message hint`."""
    stream.writelines(finding_line(finding, lang, colour=_coloured(stream)) + "\n" for finding in found)


def finding_line(finding: Finding, lang: Language, *, colour: bool = False) -> str:
    """A finding as one line, in the form that editors and compilers share."""
    place = finding.place
    where = f"{place.file}:{place.line}:{place.column}: " if place else ""
    kind = f"{texts.say(lang, f'severity.{finding.severity}')}[{finding.code}]"
    if colour:
        kind = f"\x1b[{_COLOURS[finding.severity]}m{kind}\x1b[0m"
    said = clean(f"{texts.message(lang, finding)} {texts.hint(lang, finding)}")
    return f"{clean(where)}{kind} {said}"


def finding_data(finding: Finding, lang: Language) -> dict[str, Any]:
    """A finding as JSON."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": texts.message(lang, finding),
        "hint": texts.hint(lang, finding),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": list(finding.path),
    }


def _coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def console(stream: TextIO | None = None) -> Console:
    """A rich console that takes every text as text; a pipe is given room enough for a table's lines."""
    from rich.console import Console  # noqa: PLC0415 - only where a table is drawn

    stream = stream or sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else _PIPE_WIDTH
    return Console(file=stream, markup=False, emoji=False, highlight=False, width=width)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], title: str | None) -> Table:
    """A plain table whose columns but the last have these widths; the cells are text, never markup."""
    from rich import box  # noqa: PLC0415 - only where a table is drawn
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    heading = Text(clean(title), "bold") if title else None
    drawn = Table(box=box.SIMPLE_HEAD, title=heading, title_justify="left", pad_edge=False)
    for column, width in zip(columns, widths, strict=True):
        drawn.add_column(Text(clean(column)), overflow="fold", min_width=None if column == columns[-1] else width)
    for row in rows:
        drawn.add_row(*(Text(clean(cell)) for cell in row))
    return drawn
