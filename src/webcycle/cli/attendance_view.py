"""The attendance as the terminal shows it: as many columns as there is room for, and lines that end where it does."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.sparkline import bar, filled, sparkline
from webcycle.documents import attendance, figure_words, wording
from webcycle.documents.attendance import Shown, Told
from webcycle.documents.blocks import Inline
from webcycle.metrics.results import SessionFigure, SessionResults
from webcycle.plain import clean
from webcycle.programme import Session

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_COLUMNS: tuple[SessionFigure, ...] = (
    "registered",
    "attended",
    "attendance-rate",
    "walk-ins",
    "no-shows",
    "median-minutes",
    "peak",
    "half-way",
    "stayed",
)
# What goes first where there is no room, and what stays.
_DROPPED = ("stayed", "half-way", "no-shows", "walk-ins", "median-minutes", "peak", "curve")
_KEPT = ("date", "session", "registered", "attended", "attendance-rate")
_WORDS = frozenset({"date", "session", "curve"})
_IN_BARS: tuple[SessionFigure, ...] = ("attended", "registered")
_BARS = 16
_SHORTEST_BAR, _LONGEST_BAR = 10, 60
_INDENT = "  "
# More than any table is wide: how wide it would like to be is asked as if there were room.
_UNBOUND = 10_000
# A column is never narrower, whatever the terminal says of itself.
_NARROWEST = 20


def show(told: Told) -> None:
    """Print what is known, on standard output; what there is no room for is named on standard error."""
    console = terminal.console()
    if told.session:
        _session(told, told.session, console.width)
    else:
        _cycle(told, console)


def _text(told: Told, nodes: Inline) -> str:
    """Inline text for a terminal, with plain spaces: its encoding may lack the others."""
    return terminal.breakable(clean(told.words(nodes)))


def _say(told: Told, key: str, **fields: str) -> str:
    return terminal.breakable(texts.say(told.lang, f"command.attendance.{key}", fields))


# ---- the cycle


def _cycle(told: Told, console: Console) -> None:
    if not attendance.is_empty(told.results):
        _sessions(told, console)
        _bars(told, console.width)
        _block(_text(told, told.say("whole-cycle")), _facts(told), console.width)
        _loyalty(told, console)
        for found in attendance.breakdowns(told):
            rows = [(_text(told, label), _count(told, count)) for label, count in found.rows]
            _block(_text(told, told.say(f"breakdown.{found.key}")), rows, console.width)
            _paragraphs(told, found.notes, console.width)
        terminal.data("")
    _notes(told, console.width)


def _sessions(told: Told, console: Console) -> None:
    columns = {name: _column(told, name) for name in ("date", "session", *_COLUMNS, "curve")}
    choices = ([name for name in columns if name not in _DROPPED[:end]] for end in range(len(_DROPPED) + 1))
    tables = ((kept, _table({name: columns[name] for name in kept}, total=True)) for kept in choices)
    kept, table = next((one for one in tables if _fits(one[1], console)), (_KEPT, None))
    if dropped := [columns[name][0] for name in columns if name not in kept]:
        terminal.say(told.lang, "command.attendance.dropped", columns=", ".join(dropped))
    if table:
        console.print(table)
    else:
        _narrow({name: columns[name] for name in kept}, console.width)


def _fits(table: Table, console: Console) -> bool:
    return console.measure(table, options=console.options.update(width=_UNBOUND)).maximum <= console.width


def _narrow(columns: Mapping[str, Sequence[str]], width: int) -> None:
    """The same where no table has room: a block a session."""
    heads, *rows = zip(*columns.values(), strict=True)
    for row in rows:
        _block(" ".join(filter(None, row[:2])), list(zip(heads[2:], row[2:], strict=True)), width)


def _column(told: Told, name: str) -> list[str]:
    """A column: its title, the sessions, the cycle."""
    title = _text(told, told.say(f"short.{name}"))
    cells = [_cell(told, session, found, name) for session, found in told.sessions]
    return [title, *cells, _total(told, name)]


def _cell(told: Told, session: Session, found: SessionResults, name: str) -> str:
    if name == "date":
        return f"{session.slot.start:%Y-%m-%d}" if session.slot else ""
    if name == "session":
        return session.id
    if name == "curve":
        return _curve(found, _BARS)
    shown = attendance.figure(told, found, next(column for column in _COLUMNS if column == name))
    return _text(told, attendance.peak(told, shown) if name == "peak" else shown.value(told.voice))


def _total(told: Told, name: str) -> str:
    if name == "session":
        return _text(told, told.say("whole-cycle"))
    total = next((attendance.total(told, one) for one in _COLUMNS if one == name), None)
    return _text(told, total.value(told.voice)) if total else ""


def _table(columns: Mapping[str, Sequence[str]], *, total: bool) -> Table:
    """The columns as a table, numbers flush right; with `total`, the last row stands apart."""
    sizes = {name: max(map(len, cells)) for name, cells in columns.items()}
    aligned = [
        [cell.ljust(sizes[name]) if name in _WORDS else cell.rjust(sizes[name]) for cell in cells]
        for name, cells in columns.items()
    ]
    heads, *rows = zip(*aligned, strict=True)
    table = terminal.table(heads, rows[:-1] if total else rows, list(sizes.values()), None)
    table.collapse_padding = True
    if total:
        table.add_section()
        table.add_row(*rows[-1])
    return table


def _curve(found: SessionResults, width: int) -> str:
    return sparkline([point.present for point in found.curve], width, sys.stdout.encoding)


def _bars(told: Told, width: int) -> None:
    """Who came of those who registered, a bar a session; nothing where there is no room or nothing to show."""
    names = [session.id for session, _found in told.sessions]
    counts = [tuple(_known(told, found, name) for name in _IN_BARS) for _session, found in told.sessions]
    said = [" / ".join(_number(told, count) for count in both) for both in counts]
    size, most = max(map(len, names)), max(count or 0 for both in counts for count in both)
    room = min(width - size - max(map(len, said)) - 3 * len(_INDENT), _LONGEST_BAR)
    if not most or room < _SHORTEST_BAR:
        return
    came, registered = (_text(told, told.say(f"short.{name}")) for name in _IN_BARS)
    full, empty = filled(sys.stdout.encoding)
    terminal.data(f"{full} {came}{_INDENT}{empty} {registered}")
    for name, (part, whole), words in zip(names, counts, said, strict=True):
        drawn = bar(part or 0, whole or 0, most, room, sys.stdout.encoding)
        terminal.data(f"{_INDENT}{name:<{size}}{_INDENT}{drawn:<{room}}{_INDENT}{words}".rstrip())


def _number(told: Told, count: int | None) -> str:
    return _text(told, told.voice.unknown()) if count is None else terminal.breakable(told.voice.number(count))


def _known(told: Told, found: SessionResults, name: SessionFigure) -> int | None:
    """A count where there is one number, and it is not hidden."""
    value = attendance.figure(told, found, name).figure.value
    return None if value is None else figure_words.rounded(value)


def _facts(told: Told) -> list[tuple[str, str]]:
    return [
        (_label(told, shown), _text(told, shown.value(told.voice)) + _reason(told, shown))
        for shown in attendance.figures(told, None)
    ]


def _label(told: Told, shown: Shown) -> str:
    return _text(told, figure_words.label(shown.figure, told.voice))


def _reason(told: Told, shown: Shown) -> str:
    """Why there is no value, after it."""
    reason = _text(told, shown.why(told.voice))
    return f" - {reason}" if reason else ""


def _loyalty(told: Told, console: Console) -> None:
    """Newcomers and returning participants, where there is a session after the first."""
    counted = [session.id for session, _ in told.sessions if session.id in told.groups.loyalty]
    if len(counted) < 2:
        return
    counts = [told.groups.loyalty[name] or (None, None) for name in counted]
    columns = {"session": [_text(told, told.say("short.session")), *counted]}
    for index, name in enumerate(("newcomers", "returning")):
        title = _text(told, told.voice.say(f"metrics.figure.{name}"))
        columns[name] = [title, *(_count(told, pair[index]) for pair in counts)]
    table = _table(columns, total=False)
    title = _text(told, told.say("breakdown.loyalty"))
    if _fits(table, console):
        terminal.data("")
        terminal.data(title)
        console.print(table)
    else:
        said = [f"{new} + {again}" for new, again in zip(columns["newcomers"], columns["returning"], strict=True)]
        _block(title, list(zip(counted, said[1:], strict=True)), console.width)
    if None in told.groups.loyalty.values():
        _paragraphs(told, [told.say("why-hidden")], console.width)


def _count(told: Told, count: int | None) -> str:
    return _text(told, attendance.hidden(told.voice)) if count is None else terminal.breakable(told.voice.number(count))


def _notes(told: Told, width: int) -> None:
    """What is missing, and the rule."""
    gaps = [attendance.gap(told, kind, sessions) for kind, sessions in attendance.gaps(told)]
    zone = told.say("zone", zone=told.programme.cycle.timezone)
    _paragraphs(told, (*gaps, attendance.rule(told), zone), width)


# ---- one session


def _session(told: Told, session: Session, width: int) -> None:
    found = told.results.of(session.id)
    for line in wrap(f"{_text(told, told.voice.plain(session.title))} [{session.id}]", max(width, _NARROWEST)):
        terminal.data(line)
    for line in wrap(_hours(told, found), max(width, _NARROWEST)):
        terminal.data(line)
    _drawn(told, found, width)
    figures = attendance.figures(told, found)
    for shown in figures if any(not one.figure.absent for one in figures) else ():
        _figure(told, shown, width)
    if found.thresholds:
        rows = [
            (_text(told, attendance.threshold(told, one)), _text(told, attendance.reached(told, one)))
            for one in found.thresholds
        ]
        _block(_text(told, told.say("tab.thresholds")), rows, width)
    _platforms(told, found, width)
    terminal.data("")
    _notes(told, width)


def _hours(told: Told, found: SessionResults) -> str:
    if found.hours is None:
        return _say(told, "no-hours")
    start, end = map(told.programme.local, found.hours)
    day = wording.day(start, told.lang)
    hours = wording.hours(start, end, told.lang)
    return _say(told, "held" if found.hours_held else "planned", when=f"{day}, {hours}")


def _drawn(told: Told, found: SessionResults, width: int) -> None:
    """The curve with the hours of its start, peak and end."""
    if not found.curve or found.hours is None:
        return
    start, end = (attendance.at(told, instant) for instant in found.hours)
    labels = {"start": start, "peak": _text(told, attendance.peak(told, Shown(found.figure("peak")))), "end": end}
    terminal.data("")
    terminal.data(_INDENT + _curve(found, max(width, _NARROWEST) - 2 * len(_INDENT)))
    for line in wrap(_say(told, "curve", **labels), max(width, _NARROWEST) - len(_INDENT)):
        terminal.data(_INDENT + line)
    if note := attendance.without_times(told, found):
        _paragraphs(told, [note], width)


def _figure(told: Told, shown: Shown, width: int) -> None:
    """A figure, its value and where it comes from; under it, how it was counted, and why there is none."""
    voice = told.voice
    said = voice.say(
        "document.origin", origin=figure_words.label(shown.figure, voice), sources=attendance.peak(told, shown)
    )
    origin = _say(told, "origin", origin=_text(told, figure_words.origin(shown.figure, voice)))
    terminal.data("")
    for line in wrap(f"{_text(told, said)} {origin}", max(width, _NARROWEST)):
        terminal.data(line)
    how = (figure_words.method(shown.figure, told.results, voice), shown.why(voice))
    _paragraphs(told, [said for said in how if said], width)


def _platforms(told: Told, found: SessionResults, width: int) -> None:
    if not found.platform:
        return
    terminal.data("")
    _paragraphs(told, [told.say("tab.platforms")], width, "")
    for one in found.platform:
        number = told.voice.number(one.value)
        said = told.voice.say("document.origin", origin=attendance.platform_name(told, one), sources=number)
        _paragraphs(told, [said], width)
        _paragraphs(told, [attendance.difference(told, found, one)], width, _INDENT * 2)


# ---- lines


def _paragraphs(told: Told, said: Iterable[Inline], width: int, indent: str = _INDENT) -> None:
    for words in said:
        for line in wrap(_text(told, words), max(width, _NARROWEST) - len(indent), break_on_hyphens=False):
            terminal.data(indent + line)


def _block(title: str, rows: Sequence[tuple[str, str]], width: int) -> None:
    """A title, and under it labels with what they say, each in its column."""
    terminal.data("")
    for line in wrap(title, max(width, _NARROWEST)):
        terminal.data(line)
    size = min(max((len(label) for label, _ in rows), default=0), max(width * 3 // 5, _NARROWEST))
    room = max(width - size - 2 * len(_INDENT), _NARROWEST)
    for label, said in rows:
        for line in _columns(wrap(label, size), wrap(said, room), size):
            terminal.data(f"{_INDENT}{line}".rstrip())


def _columns(left: Sequence[str], right: Sequence[str], size: int) -> Iterator[str]:
    """Two columns whose first lines are level with the last of the label: a long label stands over its value."""
    above, last = (left or [""])[:-1], (left or [""])[-1]
    yield from above
    for index, line in enumerate(right or [""]):
        yield f"{last if not index else '':<{size}}{_INDENT}{line}"
