"""How a figure comes about, in the terminal: words, tables whose sums are shown, and the SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from webcycle import texts
from webcycle.cli import terminal
from webcycle.documents import explanation, figure_words
from webcycle.documents.blocks import Inline
from webcycle.documents.explanation import Case, Rows
from webcycle.documents.voice import Voice
from webcycle.ledger import Entry
from webcycle.metrics.results import Figure, RowAccount, SessionResults
from webcycle.plain import clean

_WIDEST = 60


def show(case: Case, voice: Voice) -> None:
    """Print all of it on standard output."""
    _figure(case, voice)
    _shares(case, voice)
    _settings(case, voice)
    _imports(case, voice)
    _files(case, voice)
    for kind, account in explanation.accounts(case).items():
        _account(case, kind, account, voice)
    _readings(case, voice)
    _sql(case, voice)


def _say(voice: Voice, key: str, **fields: str) -> str:
    return terminal.breakable(texts.say(voice.lang, f"command.explain.{key}", fields))


def _plain(voice: Voice, nodes: Inline) -> str:
    return terminal.breakable(explanation.text(voice, nodes))


def _line(voice: Voice, key: str, **fields: str) -> None:
    terminal.data(_say(voice, key, **fields))


def _title(voice: Voice, key: str) -> None:
    terminal.data("")
    terminal.data(_say(voice, f"title.{key}"))


def _titled(voice: Voice, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table below its title; nothing where there are no rows."""
    if rows:
        _title(voice, title)
        _table(voice, columns, rows)


def _table(voice: Voice, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    titles = [_say(voice, f"column.{name}") for name in columns]
    shown = [[clean(terminal.breakable(cell)) for cell in row] for row in rows]
    widths = [min(max(map(len, cells)), _WIDEST) for cells in zip(titles, *shown, strict=True)]
    terminal.console().print(terminal.table(titles, shown, widths, None))


def _moment(case: Case, instant: datetime) -> str:
    return f"{case.programme.local(instant):%Y-%m-%d %H:%M}"


# ---- the figure


def _figure(case: Case, voice: Voice) -> None:
    label = _plain(voice, explanation.label(case, voice))
    if case.session:
        label = _say(voice, "of-session", label=label, session=case.session)
    figure = case.figure
    value = _plain(voice, figure_words.value(figure, voice)) if figure else voice.number(len(case.held))
    _line(voice, "said", label=label, value=terminal.breakable(value))
    _line(voice, "definition", text=terminal.breakable(texts.say(voice.lang, explanation.definition(case))))
    if figure:
        _counted(case, figure, voice)
    columns = (f"{origin.view}.{column}" for origin in case.origins for column in origin.columns)
    _line(voice, "made-of", columns=", ".join(columns))


def _counted(case: Case, figure: Figure, voice: Voice) -> None:
    _line(voice, "method", text=_plain(voice, figure_words.method(figure, case.results, voice)))
    _line(voice, "origin", text=_plain(voice, figure_words.origin(figure, voice)))
    if figure.absent:
        _line(voice, "absent", text=_plain(voice, figure_words.why_absent(figure, voice)))
    if figure.at:
        _line(voice, "at", moment=_moment(case, figure.at))
    if figure.persons is not None:
        _line(voice, "persons", number=terminal.breakable(voice.number(figure.persons)))
    if figure.value is None and figure.low is not None:
        _bounds(case, figure, voice)


def _bounds(case: Case, figure: Figure, voice: Voice) -> None:
    """How the two bounds come about."""
    said = {name: voice.number(_whole(bound)) for name, bound in (("low", figure.low), ("high", figure.high))}
    if figure.name == "views-30-days":
        _line(voice, "bound.month-low" if figure.high is None else "bound.month", **said)
        return
    stated = [_whole(one.value) for one in explanation.shares(case) if one.provenance == "stated"]
    if figure.name in ("people", "registrants"):
        measured = voice.number(figure.persons or 0)
        _line(voice, "bound.low", low=said["low"], measured=measured, largest=voice.number(max(stated, default=0)))
        if figure.high is not None:
            _line(
                voice, "bound.high", high=said["high"], measured=measured, stated=" + ".join(map(voice.number, stated))
            )
    else:
        _line(voice, "bound.sum-low", low=said["low"])
    if figure.high is None:
        _line(voice, "bound.no-high", sessions=", ".join(figure.missing))


def _whole(amount: int | Fraction | None) -> int:
    return figure_words.rounded(amount or 0)


def _shares(case: Case, voice: Voice) -> None:
    """The sessions that the figure of the cycle is the sum of, or that bound it."""
    if case.name == "sessions-held":
        days = [(one.id, f"{one.slot.end:%Y-%m-%d}") for one in case.held if one.slot]
        _titled(voice, "shares", ("session", "day"), days)
        return
    rows = [
        (
            one.session or "",
            _plain(voice, figure_words.value(one, voice)),
            _plain(voice, figure_words.origin(one, voice)),
        )
        for one in explanation.shares(case)
    ]
    _titled(voice, "shares", ("session", "value", "origin"), rows)


# ---- what it was counted with and from


def _settings(case: Case, voice: Voice) -> None:
    if not explanation.accounts(case):
        return
    _title(voice, "settings")
    minutes = figure_words.rounded(Fraction(case.results.minimum_seconds, 60))
    _line(voice, "setting.minutes", number=str(minutes))
    _line(voice, "setting.clipped" if case.results.clipped else "setting.not-clipped")
    if case.session:
        _hours(case, case.results.of(case.session), voice)
        return
    known = [one.session for one in case.results.sessions if one.hours_held]
    _line(voice, "setting.held-of", sessions=", ".join(known) or "-")


def _hours(case: Case, found: SessionResults, voice: Voice) -> None:
    if found.hours is None:
        _line(voice, "setting.no-hours")
        return
    start, end = (_moment(case, instant) for instant in found.hours)
    _line(voice, "setting.held" if found.hours_held else "setting.planned", start=start, end=end)


def _imports(case: Case, voice: Voice) -> None:
    if not case.imports:
        return
    _title(voice, "imports")
    for entry in case.imports:
        part = f" ({entry.part})" if entry.part else ""
        terminal.data(f"{entry.sha256}  {entry.file}{part}")
        reader = terminal.breakable(texts.say(voice.lang, f"intake.reader.{entry.reader}"))
        sessions = ", ".join(sorted({one.session for one in entry.stored if one.session})) or "-"
        day = f"{case.programme.local(entry.imported):%Y-%m-%d}"
        terminal.data("    " + _say(voice, "import.how", reader=reader, day=day, sessions=sessions))
        terminal.data("    " + _rows_of(entry, voice))


def _rows_of(entry: Entry, voice: Voice) -> str:
    counts = (str(count) for count in (entry.rows, entry.kept, sum(entry.ignored.values())))
    said = _say(voice, "import.rows", **dict(zip(("rows", "kept", "ignored"), counts, strict=True)))
    reasons = (
        _say(voice, "import.ignored", count=str(count), reason=_reason(voice, name))
        for name, count in sorted(entry.ignored.items())
    )
    return f"{said} ({', '.join(reasons)})" if entry.ignored else said


def _reason(voice: Voice, name: str) -> str:
    return terminal.breakable(texts.say(voice.lang, f"intake.reason.{name}"))


def _files(case: Case, voice: Voice) -> None:
    _title(voice, "stored")
    for file in case.files:
        terminal.data(f"{file.sha256}  {file.path}")


def _account(case: Case, kind: Rows, account: RowAccount, voice: Voice) -> None:
    """The table whose sum is that of the rows that are stored; nothing where none is."""
    if not account.read and not account.fates:
        return
    fates = [(_say(voice, f"fate.{fate}"), str(count)) for fate, count in account.fates.items()]
    total = (_say(voice, "account.out"), str(sum(account.fates.values())))
    _titled(voice, kind, ("fate", "rows"), [*fates, total, (_say(voice, "account.in"), str(account.read))])
    _line(voice, "account.persons" if case.session else "account.pairs", number=str(account.persons))
    if kind == "registrations":
        _line(voice, "account.registered-weak", weak=str(account.weak))
        return
    counts = {"weak": account.weak, "clipped": account.clipped, "without": account.without_times}
    _line(voice, "account.of-all", **{name: str(count) for name, count in counts.items()})


def _readings(case: Case, voice: Voice) -> None:
    rows = [
        (replay.session, on.isoformat(), voice.number(views))
        for replay in explanation.readings(case)
        for on, views in replay.readings
    ]
    _titled(voice, "readings", ("session", "day", "views"), rows)


def _sql(case: Case, voice: Voice) -> None:
    _title(voice, "sql")
    for view, definition in case.definitions:
        terminal.data("")
        if view:
            terminal.data(f"-- {view}")
        for line in definition.rstrip().splitlines():
            terminal.data(line)
