"""The attendance of a session or of the cycle as tables for spreadsheets. They hold no person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from webcycle.documents import attendance, figure_words, wording
from webcycle.documents.attendance import Shown, Told
from webcycle.documents.spreadsheet import Cell, Sheet, Workbook
from webcycle.metrics.results import RATES, SESSION_FIGURES, CycleFigure, SessionFigure, SessionResults
from webcycle.programme import Session

_DISTINCT: tuple[CycleFigure, ...] = ("registrants", "people")


def sheet(told: Told) -> Sheet:
    """The one table that a CSV file holds: the sessions and the cycle, or the figures of the session."""
    return _figures(told) if told.session else _sessions(told)


def workbook(told: Told) -> Workbook:
    """All tables."""
    made = datetime.combine(told.day, time(), UTC)
    author = told.words(told.voice.plain(told.programme.organiser.name))
    cycle = (_sessions(told), _figures(told), _groups(told))
    found = (*((_figures(told),) if told.session else cycle), _curves(told), _thresholds(told), _platforms(told))
    sheets = tuple(one for one in (*found, _readings(told)) if one.rows)
    return Workbook(title(told), author, made, told.text("tab.about"), tuple(about(told)), sheets)


def title(told: Told) -> str:
    """The title of the table."""
    subject = told.session.title if told.session else told.programme.cycle.title
    return told.text("title", subject=told.voice.plain(subject))


def about(told: Told) -> Iterator[tuple[str, str]]:
    """What the tables are, who counts, and what is missing: pairs of a label and what it says."""
    said = {
        "cycle": told.voice.plain(told.programme.cycle.title),
        **({"session": told.voice.plain(told.session.title)} if told.session else {}),
        "made": told.say("made", day=wording.day(told.day, told.lang, weekday=False)),
        "zone": told.say("zone", zone=told.programme.cycle.timezone),
        "rule": attendance.rule(told),
        "privacy": told.say("privacy", least=told.voice.number(told.groups.least)),
    }
    yield from ((told.text(f"about.{key}"), told.words(words)) for key, words in said.items())
    for kind, sessions in attendance.gaps(told):
        yield told.text("about.gap"), told.words(attendance.gap(told, kind, sessions))


# ---- the sessions, one a row


def _sessions(told: Told) -> Sheet:
    columns = [told.text(f"column.{key}") for key in ("id", "session", "start", "end")]
    distinct = [_label(told, attendance.figure(told, None, name)) for name in _DISTINCT]
    return Sheet(
        name=told.text("tab.sessions"),
        titles=(*columns, *(_title(told, name) for name in SESSION_FIGURES), told.text("column.peak-at"), *distinct),
        rows=(*(_row(told, session, found) for session, found in told.sessions), _total(told)),
    )


def _title(told: Told, name: SessionFigure) -> str:
    label = told.words(told.voice.say(f"metrics.figure.{name}"))
    return told.text("in-minutes", label=label) if name in figure_words.TIMES else label


def _row(told: Told, session: Session, found: SessionResults) -> tuple[Cell, ...]:
    hours = found.hours or (None, None)
    peak = found.figure("peak").at
    return (
        session.id,
        told.words(told.voice.plain(session.title)),
        *(_moment(told, instant) for instant in hours),
        *(_cell(told, attendance.figure(told, found, name)) for name in SESSION_FIGURES),
        _moment(told, peak)[11:],
        *(None for _ in _DISTINCT),
    )


def _total(told: Told) -> tuple[Cell, ...]:
    totals = (attendance.total(told, name) for name in SESSION_FIGURES)
    return (
        None,
        told.text("whole-cycle"),
        None,
        None,
        *(_cell(told, shown) if shown else None for shown in totals),
        None,
        *(_cell(told, attendance.figure(told, None, name)) for name in _DISTINCT),
    )


def _cell(told: Told, shown: Shown) -> Cell:
    """Counts and minutes as whole numbers; rates, bounds and what is not known as words."""
    figure = shown.figure
    if figure.value is not None and figure.name not in RATES:
        return figure_words.rounded(figure.value)
    return told.words(shown.value(told.voice))


def _moment(told: Told, instant: datetime | None) -> str:
    return f"{told.programme.local(instant):%Y-%m-%d %H:%M}" if instant else ""


# ---- the other tables


def _sheet(told: Told, key: str, columns: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> Sheet:
    titles = tuple(told.text(f"column.{column}") for column in columns)
    return Sheet(told.text(f"tab.{key}"), titles, tuple(rows))


def _figures(told: Told) -> Sheet:
    rows = (_figure(told, shown) for shown in attendance.figures(told, told.found))
    return _sheet(told, "figures", ("figure", "value", "method", "origin", "why"), rows)


def _figure(told: Told, shown: Shown) -> tuple[Cell, ...]:
    voice, figure = told.voice, shown.figure
    peak = told.words(attendance.peak(told, shown)) if figure.at else _cell(told, shown)
    value = told.words(shown.value(voice)) if figure.name in figure_words.TIMES else peak
    said = (figure_words.method(figure, told.results, voice), figure_words.origin(figure, voice), shown.why(voice))
    return (_label(told, shown), value, *map(told.words, said))


def _label(told: Told, shown: Shown) -> str:
    return told.words(figure_words.label(shown.figure, told.voice))


def _curves(told: Told) -> Sheet:
    rows = (
        (session.id, _moment(told, point.at), point.present)
        for session, found in told.sessions
        for point in found.curve
    )
    return _sheet(told, "curves", ("id", "moment", "present"), rows)


def _thresholds(told: Told) -> Sheet:
    rows = (
        (session.id, told.words(attendance.threshold(told, one)), one.attended)
        for session, found in told.sessions
        for one in found.thresholds
    )
    return _sheet(told, "thresholds", ("id", "threshold", "attended"), rows)


def _platforms(told: Told) -> Sheet:
    rows = (
        (
            session.id,
            told.words(attendance.platform_name(told, one)),
            one.value,
            told.words(attendance.difference(told, found, one)),
        )
        for session, found in told.sessions
        for one in found.platform
    )
    return _sheet(told, "platforms", ("id", "figure", "value", "difference"), rows)


def _groups(told: Told) -> Sheet:
    secret = told.words(attendance.hidden(told.voice))
    rows = (
        (told.text(f"breakdown.{one.key}"), told.words(label), secret if count is None else count)
        for one in attendance.breakdowns(told)
        for label, count in (*one.rows, *((note, None) for note in one.notes if not one.rows))
    )
    return _sheet(told, "groups", ("breakdown", "group", "persons"), rows)


def _readings(told: Told) -> Sheet:
    ids = {session.id for session, _ in told.sessions}
    rows = (
        (replay.session, on.isoformat(), views)
        for replay in told.results.replays
        if replay.session in ids
        for on, views in replay.readings
    )
    return _sheet(told, "readings", ("id", "day", "views"), rows)
