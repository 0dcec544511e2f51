"""Results of records made by hand, for the sessions of tests.review.test_review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from webcycle.metrics import CYCLE_FIGURES, SESSION_FIGURES, CycleResults, Figure, Replay, RowAccount, SessionResults
from webcycle.metrics.results import Number

FILE = "0123456789abcdef"
OTHER = "fedcba9876543210"


def session(
    ident: str, views: tuple[tuple[str, int], ...] = (), source: str = FILE, **figures: Number | Figure
) -> tuple[SessionResults, Replay]:
    """A session with these figures, by their names with underscores; of all others nothing is known."""
    values: dict[str, Any] = {name.replace("_", "-"): value for name, value in figures.items()}
    if views:
        values["views"] = views[-1][1]
    made = tuple(_figure(name, ident, values.get(name), source) for name in SESSION_FIGURES)
    return SessionResults(ident, made), Replay(ident, tuple((date.fromisoformat(day), count) for day, count in views))


def _figure(name: Any, ident: str | None, value: Number | Figure | None, source: str) -> Figure:
    if isinstance(value, Figure):
        return value
    if value is None:
        return Figure(name, ident, absent="no-records", provenance="unknown")
    return Figure(name, ident, value, persons=40, sources=(source,))


def cycle(
    *sessions: tuple[SessionResults, Replay],
    distribution: Mapping[int, int] | None = None,
    types: Mapping[str, int] | None = None,
    territories: Mapping[str, int] | None = None,
    **figures: Number | Figure,
) -> CycleResults:
    """The results of these sessions; the cycle's figures by their names with underscores."""
    values: dict[str, Any] = {name.replace("_", "-"): value for name, value in figures.items()}
    return CycleResults(
        figures=tuple(_figure(name, None, values.get(name), FILE) for name in CYCLE_FIGURES),
        sessions=tuple(one for one, _ in sessions),
        distribution=distribution or {},
        regions={},
        types=types or {},
        territories=territories or {},
        replays=tuple(replay for _, replay in sessions if replay.readings),
        attendance_rows=RowAccount(),
        registration_rows=RowAccount(),
        minimum_seconds=300,
        clipped=True,
    )


def stated(ident: str, name: Any, value: Number) -> Figure:
    """A figure that was stated by hand, as the results have it."""
    return Figure(name, ident, value, provenance="stated", sources=("head count",))


def usual(*, views: tuple[tuple[str, int], ...] = (("2023-05-04", 360),)) -> CycleResults:
    """Two sessions of which all is measured: 1,537 participations of 1,100 people."""
    rate, median = Fraction(2, 3), Fraction(105, 2)
    return cycle(
        session(
            "s0",
            views,
            registered=1200,
            attended=900,
            newcomers=900,
            returning=0,
            attendance_rate=rate,
            peak=850,
            median_minutes=median,
        ),
        session("s1", views[:0], OTHER, registered=700, attended=637, newcomers=200, returning=437),
        distribution={1: 663, 2: 437},
        attendance_rate=Fraction(5, 8),
        registrants=1400,
        median_minutes=Fraction(101, 2),
        weak_share=Fraction(1, 2),
    )
