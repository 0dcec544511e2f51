"""The attendance of a session or of the cycle as a page to read. It holds no person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from webcycle.documents import attendance, charts, communique, figure_words, inline, wording
from webcycle.documents.attendance import Breakdown, Shown, Told
from webcycle.documents.attendance_sheets import title
from webcycle.documents.blocks import (
    Block,
    BulletList,
    Column,
    ColumnKind,
    Document,
    Heading,
    Inline,
    Item,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from webcycle.documents.voice import sentences
from webcycle.metrics.results import CycleFigure, SessionFigure, SessionResults
from webcycle.programme import Session

_KEY_FIGURES: tuple[CycleFigure, ...] = (
    "registrations",
    "participations",
    "people",
    "attendance-rate",
    "median-minutes",
    "views",
)
_KEY_OF_SESSION: tuple[SessionFigure, ...] = (
    "registered",
    "attended",
    "attendance-rate",
    "median-minutes",
    "peak",
    "stayed",
)
# Two tables, as more does not fit beside each other on a page of paper.
_TABLES: Mapping[str, tuple[SessionFigure, ...]] = MappingProxyType(
    {
        "sessions": ("registered", "attended", "attendance-rate", "walk-ins", "no-shows"),
        "presence": ("median-minutes", "peak", "half-way", "stayed"),
    }
)


def document(told: Told) -> Document:
    """The page: key figures, charts with their tables, what is missing, and how each figure was counted."""
    organiser = told.programme.organiser
    heading = title(told)
    return Document(
        title=inline.plain(heading),
        lang=told.lang,
        blocks=tuple(_of_session(told, told.session) if told.session else _of_cycle(told)),
        issuer=communique.issuer(told.programme, told.voice),
        label=told.say("label"),
        dateline=inline.plain(wording.day(told.day, told.lang)),
        date=told.day,
        author=told.words(told.voice.plain(organiser.name)),
        subject=heading,
    )


def _of_cycle(told: Told) -> Iterator[Block]:
    yield _key_figures(told, None, _KEY_FIGURES)
    yield Paragraph(sentences((attendance.rule(told), told.say("privacy", least=told.voice.number(told.groups.least)))))
    yield Heading(2, told.say("tab.sessions"), "sessions")
    yield from charts.session_bars("sessions", _bars(told), told.voice, table="table-sessions")
    yield from (_sessions(told, key, names) for key, names in _TABLES.items())
    yield from _loyalty(told)
    for found in attendance.breakdowns(told):
        yield from _breakdown(told, found)
    yield from _gaps(told)
    yield from _method(told, None)


def _of_session(told: Told, session: Session) -> Iterator[Block]:
    found = told.results.of(session.id)
    if session.slot:
        yield Paragraph(inline.plain(wording.capital(wording.span(session.slot, told.lang))), lead=True)
    yield _key_figures(told, found, _KEY_OF_SESSION)
    yield Paragraph(sentences((attendance.rule(told), told.say("privacy", least=told.voice.number(told.groups.least)))))
    yield from _curve(told, session, found)
    yield from _thresholds(told, found)
    yield from _platforms(told, found)
    yield from _gaps(told)
    yield from _method(told, found)


def _key_figures(
    told: Told, found: SessionResults | None, names: tuple[SessionFigure, ...] | tuple[CycleFigure, ...]
) -> Block:
    shown = [attendance.figure(told, found, name) for name in names]
    return KeyFigures((), tuple(_key_figure(told, one) for one in shown))


def _key_figure(told: Told, shown: Shown) -> KeyFigure:
    label, origin = figure_words.label(shown.figure, told.voice), figure_words.origin(shown.figure, told.voice)
    return KeyFigure(shown.value(told.voice), label, origin)


# ---- the sessions


def _bars(told: Told) -> list[charts.Bar]:
    return [
        charts.Bar(told.voice.plain(session.name()), _count(told, found, "registered"), _count(told, found, "attended"))
        for session, found in told.sessions
    ]


def _count(told: Told, found: SessionResults, name: SessionFigure) -> int | None:
    """A count where there is one number, and it is not hidden."""
    value = attendance.figure(told, found, name).figure.value
    return None if value is None else figure_words.rounded(value)


def _sessions(told: Told, key: str, names: Sequence[SessionFigure]) -> Table:
    return Table(
        f"table-{key}",
        told.say(f"{key}-caption"),
        (
            Column(told.say("column.date"), "date"),
            Column(told.say("column.session")),
            *(Column(told.say(f"short.{name}"), "number") for name in names),
        ),
        tuple(_row(told, session, found, names) for session, found in told.sessions),
        ((), told.say("whole-cycle"), *(_total(told, name) for name in names)),
        row_header=1,
        note=told.say("zone", zone=told.programme.cycle.timezone),
    )


def _row(told: Told, session: Session, found: SessionResults, names: Sequence[SessionFigure]) -> tuple[Inline, ...]:
    shown = [attendance.figure(told, found, name) for name in names]
    day = wording.day(session.slot.start, told.lang, weekday=False) if session.slot else ""
    cells = [attendance.peak(told, one) if one.figure.name == "peak" else one.value(told.voice) for one in shown]
    return (inline.plain(day), told.voice.plain(session.name()), *cells)


def _total(told: Told, name: SessionFigure) -> Inline:
    found = attendance.total(told, name)
    return found.value(told.voice) if found else ()


# ---- groups


def _loyalty(told: Told) -> Iterator[Block]:
    counted = [session for session, _ in told.sessions if session.id in told.groups.loyalty]
    if not counted:
        return
    yield Heading(2, told.say("breakdown.loyalty"), "loyalty")
    rows = [(told.voice.plain(one.name()), *(told.groups.loyalty[one.id] or (None, None))) for one in counted]
    yield from charts.stacked("loyalty", rows, told.voice, table="table-loyalty")
    yield Table(
        "table-loyalty",
        told.say("breakdown.loyalty"),
        (
            Column(told.say("column.session")),
            *(Column(told.voice.say(f"metrics.figure.{name}"), "number") for name in ("newcomers", "returning")),
        ),
        tuple((name, *(_told_count(told, count) for count in counts)) for name, *counts in rows),
        note=told.say("why-hidden") if None in told.groups.loyalty.values() else (),
    )


def _told_count(told: Told, count: int | None) -> Inline:
    return attendance.hidden(told.voice) if count is None else inline.plain(told.voice.number(count))


def _breakdown(told: Told, found: Breakdown) -> Iterator[Block]:
    caption, column = told.say(f"breakdown.{found.key}"), told.say(f"group.{found.key}")
    # What is told of every session has the same names.
    key = f"by-{found.key}"
    yield Heading(2, caption, key)
    if not found.rows:
        yield from map(Paragraph, found.notes)
        return
    if found.is_told:
        rows = [(label, count) for label, count in found.rows if count is not None]
        yield from charts.group_bars(key, caption, column, rows, (), told.voice, table=f"table-{key}")
    yield Table(
        f"table-{key}",
        caption,
        (Column(column), Column(told.say("column.persons"), "number")),
        tuple((label, _told_count(told, count)) for label, count in found.rows),
        note=sentences(found.notes),
    )


# ---- a session


def _curve(told: Told, session: Session, found: SessionResults) -> Iterator[Block]:
    peak = found.figure("peak")
    if not found.curve or peak.value is None or peak.at is None:
        return
    yield Heading(2, told.say("tab.curves"), "curve")
    local = told.programme.local
    points = tuple((local(point.at), point.present) for point in found.curve)
    end = local(found.hours[1]) if found.hours else None
    curve = charts.Curve(told.voice.plain(session.name()), points, int(peak.value), local(peak.at), end)
    yield from charts.presence_curve("curve", curve, told.voice)
    if note := attendance.without_times(told, found):
        yield Paragraph(note)


def _thresholds(told: Told, found: SessionResults) -> Iterator[Block]:
    if not found.thresholds:
        return
    yield Heading(2, told.say("tab.thresholds"), "thresholds")
    rows = tuple((attendance.threshold(told, one), attendance.reached(told, one)) for one in found.thresholds)
    yield _table(told, "thresholds", (("threshold", "text"), ("attended", "number")), rows)


def _platforms(told: Told, found: SessionResults) -> Iterator[Block]:
    if not found.platform:
        return
    yield Heading(2, told.say("tab.platforms"), "platforms")
    rows = tuple(
        (
            attendance.platform_name(told, one),
            inline.plain(told.voice.number(one.value)),
            attendance.difference(told, found, one),
        )
        for one in found.platform
    )
    yield _table(told, "platforms", (("figure", "text"), ("value", "number"), ("difference", "text")), rows)


def _table(
    told: Told, key: str, columns: tuple[tuple[str, ColumnKind], ...], rows: tuple[tuple[Inline, ...], ...]
) -> Table:
    titles = tuple(Column(told.say(f"column.{column}"), kind) for column, kind in columns)
    return Table(f"table-{key}", told.say(f"tab.{key}"), titles, rows)


# ---- what is missing, and how it was counted


def _gaps(told: Told) -> Iterator[Block]:
    if found := attendance.gaps(told):
        yield Heading(2, told.say("missing"), "missing")
        yield BulletList(tuple(Item(attendance.gap(told, kind, sessions)) for kind, sessions in found))


def _method(told: Told, found: SessionResults | None) -> Iterator[Block]:
    yield Heading(2, told.say("methods"), "methods")
    rows = tuple(_counted(told, shown) for shown in attendance.figures(told, found))
    columns: tuple[tuple[str, ColumnKind], ...] = (
        ("figure", "text"),
        ("value", "number"),
        ("method", "text"),
        ("origin", "text"),
    )
    yield _table(told, "figures", columns, rows)


def _counted(told: Told, shown: Shown) -> tuple[Inline, ...]:
    """A figure, its value, how it was counted and, where there is none, why; where it comes from."""
    voice, figure = told.voice, shown.figure
    how = sentences(filter(None, (figure_words.method(figure, told.results, voice), shown.why(voice))))
    return (figure_words.label(figure, voice), attendance.peak(told, shown), how, figure_words.origin(figure, voice))
