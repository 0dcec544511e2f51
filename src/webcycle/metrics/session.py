"""The figures of one session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

from webcycle.metrics import accounts, rows
from webcycle.metrics.results import (
    LEAST_FOR_A_RATE,
    PLATFORM_FIGURES,
    SESSION_FIGURES,
    Absence,
    CurvePoint,
    Figure,
    Number,
    PlatformFigure,
    SessionFigure,
    SessionResults,
    Threshold,
)
from webcycle.metrics.rows import Row, Tables
from webcycle.programme import Session

_NOTHING: Row = MappingProxyType({})
TimeFigure = Literal["mean-minutes", "median-minutes", "person-minutes"]
TIME_FIGURES: tuple[TimeFigure, ...] = ("mean-minutes", "median-minutes", "person-minutes")
_NEED_BOTH: tuple[SessionFigure, ...] = ("registered-attended", "walk-ins", "no-shows", "attendance-rate")
_NEED_ATTENDANCE: tuple[SessionFigure, ...] = (
    "mean-minutes",
    "median-minutes",
    "person-minutes",
    "peak",
    "half-way",
    "stayed",
    "stayed-rate",
    "newcomers",
    "returning",
    "weak-share",
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The ids of the imported files behind the figures of a session."""

    attendance: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    views: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A session, its number in the views, what they say, and whether it has ended."""

    session: Session
    number: int
    tables: Tables
    sources: Sources
    is_over: bool

    @property
    def held(self) -> bool:
        """Whether it took place: it has ended, or somebody was there already."""
        return self.is_over or self.has_attendance

    @property
    def has_attendance(self) -> bool:
        """Whether a row of attendance is stored."""
        return self.session.status == "confirmed" and self.number in self.tables.attendance_rows

    @property
    def has_registrations(self) -> bool:
        """Whether a row of registrations is stored."""
        return self.session.status == "confirmed" and self.number in self.tables.registration_counts

    def row(self, view: Mapping[Any, Row]) -> Row:
        """What a view says of the session, nothing where it is not in it."""
        return view.get(self.number, _NOTHING)


def results(scene: Scene) -> SessionResults:
    """Every figure of the session."""
    window = scene.row(scene.tables.windows)
    hours = (window["hours_from"], window["hours_to"])
    known = hours[0] is not None and hours[1] is not None
    own = scene.session.held
    return SessionResults(
        session=scene.session.id,
        figures=tuple(_figures(scene)),
        curve=_curve(scene),
        thresholds=tuple(_thresholds(scene, hours[1] - hours[0] if known else None)),
        platform=tuple(_platform(scene)),
        attendance_rows=accounts.attendance(scene.tables, scene.number),
        registration_rows=accounts.registrations(scene.tables, scene.number),
        hours=(rows.instant(hours[0]), rows.instant(hours[1])) if known else None,
        hours_held=own is not None and known and isinstance(own.start, datetime),
        without_times=scene.row(scene.tables.thresholds).get("without_times", 0),
    )


# ---- the figures


def _figures(scene: Scene) -> Iterator[Figure]:
    if scene.session.status != "confirmed":
        for name in SESSION_FIGURES:
            yield _absent(scene, name, "not-held")
        return
    yield _registered(scene)
    yield _attended(scene)
    yield from _attendance_of_registered(scene)
    yield from _of_attendance(scene)
    yield _views(scene)
    yield _month(scene)


def _absent(scene: Scene, name: SessionFigure, why: Absence) -> Figure:
    return Figure(name, scene.session.id, absent=why, provenance="unknown")


def _measured(scene: Scene, name: SessionFigure, value: Number, persons: int | None = None, **more: Any) -> Figure:
    sources = scene.sources.registrations if name == "registered" else scene.sources.attendance
    if name in _NEED_BOTH:
        sources = tuple(dict.fromkeys((*scene.sources.attendance, *scene.sources.registrations)))
    return Figure(name, scene.session.id, value, value, value, persons=persons, sources=sources, **more)


def _stated(scene: Scene, name: SessionFigure, value: int | None, otherwise: Absence) -> Figure:
    stated = scene.session.stated
    if stated is None or value is None:
        return _absent(scene, name, otherwise)
    return Figure(
        name, scene.session.id, value, value, value, provenance="stated", sources=(stated.source,), on=stated.on
    )


def _missing_attendance(scene: Scene) -> Absence:
    return "no-attendance" if scene.held else "not-held"


def _registered(scene: Scene) -> Figure:
    if scene.has_registrations:
        found = scene.row(scene.tables.registrations).get("registered", 0)
        return _measured(scene, "registered", found, found)
    stated = scene.session.stated
    return _stated(scene, "registered", stated.registered if stated else None, "no-registrations")


def _attended(scene: Scene) -> Figure:
    if scene.has_attendance:
        found = scene.row(scene.tables.attendance).get("attended", 0)
        return _measured(scene, "attended", found, found)
    stated = scene.session.stated
    return _stated(scene, "attended", stated.participants if stated else None, _missing_attendance(scene))


def _attendance_of_registered(scene: Scene) -> Iterator[Figure]:
    if not (scene.has_attendance and scene.has_registrations):
        neither = not scene.has_attendance and not scene.has_registrations
        lacking: Absence = "no-registrations" if scene.has_attendance else "no-attendance"
        why = "no-records" if neither and scene.held else lacking if scene.held else "not-held"
        yield from (_absent(scene, name, why) for name in _NEED_BOTH)
        return
    attended, both = (scene.row(scene.tables.attendance).get(name, 0) for name in ("attended", "registered_attended"))
    registered = scene.row(scene.tables.registrations).get("registered", 0)
    yield _measured(scene, "registered-attended", both, both)
    yield _measured(scene, "walk-ins", attended - both, attended)
    yield _measured(scene, "no-shows", registered - both, registered)
    yield share(_measured(scene, "attendance-rate", 0), both, registered)


def share(figure: Figure, part: int, whole: int, persons: int | None = None) -> Figure:
    """The same figure as a rate; without a value for fewer than three persons, who are the whole unless given."""
    persons = whole if persons is None else persons
    if persons < LEAST_FOR_A_RATE:
        return replace(figure, value=None, low=None, high=None, absent="too-few", persons=persons)
    rate = Fraction(part, whole)
    return replace(figure, value=rate, low=rate, high=rate, persons=persons)


def _of_attendance(scene: Scene) -> Iterator[Figure]:
    if not scene.has_attendance:
        yield from (_absent(scene, name, _missing_attendance(scene)) for name in _NEED_ATTENDANCE)
        return
    row = scene.row(scene.tables.attendance)
    attended, newcomers = row.get("attended", 0), scene.row(scene.tables.newcomers).get("newcomers", 0)
    yield from (_timed(scene, one) for one in times(row, attended, row.get("with_time", 0)))
    yield _peak(scene)
    yield _half_way(scene)
    yield from _stayed(scene, row, attended)
    yield _measured(scene, "newcomers", newcomers, attended)
    yield _measured(scene, "returning", attended - newcomers, attended)
    yield share(_measured(scene, "weak-share", 0), row.get("weak", 0), attended)


@dataclass(frozen=True, slots=True)
class Time:
    """A mean, a median or a sum of times in minutes, of so many persons; without a value, why."""

    name: TimeFigure
    value: Number | None
    persons: int
    absent: Absence | None = None


def times(row: Row, attended: int, persons: int) -> Iterator[Time]:
    """The mean, the median and the sum of the known times; `persons` are the distinct ones whose time is known."""
    with_time, total = row.get("with_time", 0), row.get("total_seconds") or 0
    if attended and not with_time:
        yield from (Time(name, None, 0, "no-times") for name in TIME_FIGURES)
        return
    if persons < LEAST_FOR_A_RATE:
        # The sum tells the mean, which tells how long each of so few was there.
        yield from (Time(name, None, persons, "too-few") for name in TIME_FIGURES)
        return
    yield Time("mean-minutes", Fraction(total, with_time * 60), persons)
    yield Time("median-minutes", Fraction(row["median_seconds"]) / 60, persons)
    yield Time("person-minutes", Fraction(total, 60), persons)


def _timed(scene: Scene, time: Time) -> Figure:
    if time.value is not None:
        return _measured(scene, time.name, time.value, time.persons)
    return Figure(
        time.name, scene.session.id, absent=time.absent, persons=time.persons, sources=scene.sources.attendance
    )


def _unseen(scene: Scene, name: SessionFigure) -> Figure | None:
    """The absent figure where there were people and none of them has times that can be shown."""
    row = scene.row(scene.tables.thresholds)
    if row and row["without_times"] == row["present"]:
        return Figure(name, scene.session.id, absent="no-times", sources=scene.sources.attendance)
    return None


def _peak(scene: Scene) -> Figure:
    row = scene.row(scene.tables.peak)
    if not row:
        return _unseen(scene, "peak") or _measured(scene, "peak", 0, 0)
    return _measured(scene, "peak", row["present"], row["present"], at=rows.instant(row["moment_us"]))


def _half_way(scene: Scene) -> Figure:
    window = scene.row(scene.tables.windows)
    if window["hours_from"] is None:
        return Figure("half-way", scene.session.id, absent="no-hours", sources=scene.sources.attendance)
    middle = window["hours_from"] + (window["hours_to"] - window["hours_from"]) // 2
    present = scene.row(scene.tables.half_way).get("present", 0)
    return _unseen(scene, "half-way") or _measured(scene, "half-way", present, present, at=rows.instant(middle))


def _stayed(scene: Scene, row: Row, attended: int) -> Iterator[Figure]:
    timed, stayed = row.get("timed", 0), row.get("stayed", 0)
    names: tuple[SessionFigure, ...] = ("stayed", "stayed-rate")
    if scene.row(scene.tables.windows)["hours_from"] is None:
        yield from (Figure(one, scene.session.id, absent="no-hours", sources=scene.sources.attendance) for one in names)
    elif attended and not timed:
        yield from (Figure(one, scene.session.id, absent="no-times", sources=scene.sources.attendance) for one in names)
    else:
        yield _measured(scene, "stayed", stayed, timed)
        yield share(_measured(scene, "stayed-rate", 0), stayed, timed)


def _views(scene: Scene) -> Figure:
    stated = scene.session.stated
    if not (readings := scene.tables.readings.get(scene.session.id)):
        return _stated(scene, "views", stated.views if stated else None, "no-records" if scene.held else "not-held")
    last = max(readings, key=lambda row: row["day"])
    views, on = last["views"], rows.day(last["day"])
    return Figure("views", scene.session.id, views, views, views, sources=scene.sources.views, on=on)


def _month(scene: Scene) -> Figure:
    name: SessionFigure = "views-30-days"
    row = scene.tables.month.get(scene.session.id)
    if not row or not row["is_published"]:
        return _absent(scene, name, "no-records" if scene.held else "not-held")
    low, high = row["low"], row["high"]
    value = low if low == high else None
    return Figure(name, scene.session.id, value, low, high, sources=scene.sources.views)


# ---- what stands beside them


def _curve(scene: Scene) -> tuple[CurvePoint, ...]:
    row = scene.row(scene.tables.thresholds)
    if not scene.has_attendance or (row and row["without_times"] == row["present"]):
        return ()
    points = sorted(scene.tables.curve.get(scene.number, ()), key=lambda point: point["moment_us"])
    return tuple(CurvePoint(rows.instant(point["moment_us"]), point["present"]) for point in points)


def _thresholds(scene: Scene, length: int | None) -> Iterator[Threshold]:
    if not scene.has_attendance:
        return
    row = scene.row(scene.tables.thresholds)
    yield Threshold("1-minute", 60, row.get("one_minute", 0))
    yield Threshold("5-minutes", 300, row.get("five_minutes", 0))
    if length is None:
        yield Threshold("half", None, None)
        yield Threshold("85-percent", None, None)
        return
    yield Threshold("half", -(-length // 2_000_000), row.get("half", 0))
    yield Threshold("85-percent", -(-85 * length // 100_000_000), row.get("most", 0))


def _platform(scene: Scene) -> Iterator[PlatformFigure]:
    found = scene.tables.totals.get(scene.session.id, ())
    for row in sorted(found, key=lambda row: (row["platform"], row["name"], row["meeting"], row["value"])):
        yield PlatformFigure(row["platform"], row["name"], row["value"], PLATFORM_FIGURES.get(row["name"]))
