"""Reviews with measured results made by hand: sessions of an hour on the days of January 2023, in the morning."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from webcycle.metrics import (
    CYCLE_FIGURES,
    SESSION_FIGURES,
    CurvePoint,
    CycleResults,
    Figure,
    FigureName,
    PlatformFigure,
    Replay,
    RowAccount,
    SessionFigure,
    SessionResults,
    Threshold,
)
from webcycle.metrics.results import Absence, Number, Provenance
from webcycle.programme import Programme, Session
from webcycle.published import breakdowns
from webcycle.review import Review, SessionRow

BASE = """
[cycle]
id = "cycle"
title = "Les webinaires du cycle"
timezone = "Europe/Paris"
language = "fr"
[organiser]
name = "Bureau"
email = "bureau@example.org"
[[axis]]
id = "lieux"
title = "Axe géographique"
[[axis]]
id = "themes"
title = "Axe thématique"
[[axis]]
id = "outils"
title = "Dispositifs"
"""
FILE = "0123456789abcdef"
COUNTED: tuple[SessionFigure, ...] = ("registered", "attended")
AXES = ("lieux", "themes", "outils")


def programme(titles: Sequence[str], more: str = "") -> Programme:
    """A programme with sessions of these titles, `s0`, `s1` ..., one a day from 2 January 2023, 10:00 to 11:00."""
    data: dict[str, Any] = tomllib.loads(BASE + more)
    data["session"] = [
        {
            "id": f"s{number}",
            "title": title,
            "axis": AXES[number % 3],
            "start": start(number).replace(tzinfo=None) + timedelta(hours=1),
            "end": start(number).replace(tzinfo=None) + timedelta(hours=2),
        }
        for number, title in enumerate(titles)
    ]
    return Programme.model_validate(data)


def start(number: int) -> datetime:
    """When that session begins, in UTC: an hour before Paris."""
    return datetime(2023, 1, 2, 9, tzinfo=UTC) + timedelta(days=number)


def figure(name: FigureName, value: Number | None, session: str | None = None, **more: Any) -> Figure:
    """A figure of that value from one file; without a value, nothing is known of it."""
    if value is None:
        return Figure(name, session, **{"absent": "no-records", "provenance": "unknown", **more})
    return Figure(name, session, value, **{"sources": (FILE,), **more})


def session(number: int, **figures: Number | None) -> SessionResults:
    """A session that 40 people attended, 25 of them new, with a curve; figures by their names with underscores."""
    values: dict[str, Number | None] = {
        "registered": 60,
        "attended": 40,
        "newcomers": 25,
        "returning": 15,
        "peak": 38,
        "half-way": 36,
        "stayed": 30,
        "stayed-rate": Fraction(3, 4),
        "views": 100,
        **{name.replace("_", "-"): value for name, value in figures.items()},
    }
    times: dict[str, dict[str, Any]] = {
        "peak": {"at": start(number) + timedelta(minutes=12)},
        "half-way": {"at": start(number) + timedelta(minutes=30)},
        "views": {"on": date(2023, 5, 4)},
        "stayed-rate": {"persons": values["attended"]},
    }
    known = {name: times.get(name, {}) if values.get(name) is not None else {} for name in SESSION_FIGURES}
    presence = (2, 30, 37, 38, 38, 37, 36, 36, 35, 34, 32, 30, 12)
    return SessionResults(
        session=f"s{number}",
        figures=tuple(figure(name, values.get(name), f"s{number}", **known[name]) for name in SESSION_FIGURES),
        curve=tuple(CurvePoint(start(number) + timedelta(minutes=5 * at), here) for at, here in enumerate(presence)),
        thresholds=(
            Threshold("1-minute", 60, 43),
            Threshold("5-minutes", 300, 40),
            Threshold("half", 1800, 36),
            Threshold("85-percent", 3060, 28),
        ),
        hours=(start(number), start(number) + timedelta(hours=1)),
        hours_held=True,
    )


def changed(results: SessionResults, **more: Mapping[str, Any]) -> SessionResults:
    """The same with other values of some figures: `attended={"provenance": "stated"}`."""
    figures = tuple(
        replace(one, **more[one.name.replace("-", "_")]) if one.name.replace("-", "_") in more else one
        for one in results.figures
    )
    return replace(results, figures=figures)


def unmeasured(
    number: int, attended: int | None = None, provenance: Provenance = "unknown", absent: Absence = "no-records"
) -> SessionResults:
    """A session of which nothing was imported, perhaps with a head count."""
    figures = [
        Figure(name, f"s{number}", absent=absent, provenance="unknown")
        for name in SESSION_FIGURES
        if name != "attended"
    ]
    counted = figure("attended", attended, f"s{number}", provenance=provenance, sources=("comptage en salle",))
    return SessionResults(f"s{number}", (*figures, counted), hours=(start(number), start(number) + timedelta(hours=1)))


def cycle(
    sessions: Sequence[SessionResults],
    *,
    distribution: Mapping[int, int] | None = None,
    axes: Mapping[str, int] | None = None,
    overlap: Mapping[tuple[str, str], int] | None = None,
    types: Mapping[str, int] | None = None,
    territories: Mapping[str, int] | None = None,
    weak: Fraction | None = Fraction(1, 4),
    people: int = 100,
    clipped: bool = True,
) -> CycleResults:
    """The results of a cycle of these sessions."""
    values: dict[str, Number | None] = {"people": people, "weak-share": weak}
    return CycleResults(
        figures=tuple(figure(name, values.get(name), persons=people) for name in CYCLE_FIGURES),
        sessions=tuple(sessions),
        distribution=distribution or {},
        regions=regions(axes or {}, overlap or {}, people),
        types={"": people} if types is None else types,
        territories={"": people} if territories is None else territories,
        replays=(Replay("s0", ((date(2023, 5, 4), 100),)),),
        attendance_rows=RowAccount(),
        registration_rows=RowAccount(),
        minimum_seconds=300,
        clipped=clipped,
    )


def regions(axes: Mapping[str, int], overlap: Mapping[tuple[str, str], int], people: int) -> dict[frozenset[str], int]:
    """The persons with exactly these axes, of up to three axes: inclusion and exclusion."""
    every = frozenset(axes)
    having = {frozenset({name}): count for name, count in axes.items()}
    having |= {frozenset(pair): count for pair, count in overlap.items()}
    if len(axes) == 3:
        having[every] = people - sum(axes.values()) + sum(overlap.values())
    found = {
        region: sum((-1) ** (len(other) - len(region)) * count for other, count in having.items() if region <= other)
        for region in having
    }
    return {region: count for region, count in found.items() if count}


def made(plan: Programme, results: CycleResults | None) -> Review:
    """The review of a programme, of sessions all held, with these results."""
    by_id = {one.session: one for one in results.sessions} if results else {}
    return Review(
        programme=plan,
        issued=date(2023, 11, 14),
        release=None,
        rows=tuple(_row(session, by_id.get(session.id)) for session in plan.chronological()),
        axes=(),
        figures=(),
        claims=(),
        gaps=(),
        results=results,
        groups=breakdowns(results, plan, published=True) if results else None,
    )


def _row(held: Session, results: SessionResults | None) -> SessionRow:
    registered, attended = (results.figure(name).value if results else None for name in COUNTED)
    return SessionRow(
        session=held,
        state="held",
        registered=None if registered is None else int(registered),
        participants=None if attended is None else int(attended),
        views=None,
    )


def platform(name: str, value: int, ours: Any = None, platform: str = "zoom") -> PlatformFigure:
    """A platform's own total."""
    return PlatformFigure(platform, name, value, ours)
