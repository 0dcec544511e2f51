"""The attendance of a session or of the cycle as JSON: numbers, instants of the cycle's zone, and no person.

Every figure has the same keys. `low` and `high` bound it (`high` null: no upper bound), and `value` is the number where
both are equal. Where there is none of them, `absent` says why, or `hidden` is true: it would tell of few persons. Rates
are fractions of 1 to six places, times are minutes to two.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from webcycle.disclosure import Groups
from webcycle.documents import attendance, figure_words
from webcycle.documents.attendance import Shown, Told
from webcycle.metrics.results import Number, SessionResults
from webcycle.programme import Session

_PLACES = {"attendance-rate": 6, "stayed-rate": 6, "weak-share": 6}
_PLACES_OF_TIME = 2


def data(told: Told) -> dict[str, Any]:
    """The whole of it; the figures of the cycle and its breakdowns only where it is about the cycle."""
    return {
        "cycle": told.programme.cycle.id,
        "timezone": told.programme.cycle.timezone,
        "minimum_seconds": told.results.minimum_seconds,
        "clipped": told.results.clipped,
        "smallest_group": told.groups.least,
        **({} if told.session else {"figures": _figures(told, None), "breakdowns": _breakdowns(told)}),
        "sessions": [_session(told, session, found) for session, found in told.sessions],
        "gaps": [{"kind": kind, "sessions": list(sessions)} for kind, sessions in attendance.gaps(told)],
    }


def _session(told: Told, session: Session, found: SessionResults) -> dict[str, Any]:
    hours = found.hours or (None, None)
    return {
        "id": session.id,
        "title": session.title.pick(told.programme.cycle.language, told.programme.cycle.language)[0],
        "start": _iso(told, hours[0]),
        "end": _iso(told, hours[1]),
        "held": found.hours_held,
        "figures": _figures(told, found),
        "without_times": found.without_times,
        "thresholds": [
            {"name": one.name, "seconds": one.seconds, "attended": one.attended} for one in found.thresholds
        ],
        "curve": [{"at": _iso(told, point.at), "present": point.present} for point in found.curve],
        "platform": [
            {
                "platform": one.platform,
                "name": attendance.platform_key(one),
                "value": one.value,
                "ours": one.ours,
            }
            for one in found.platform
        ],
        "views": [
            {"on": on.isoformat(), "views": views}
            for replay in told.results.replays
            if replay.session == session.id
            for on, views in replay.readings
        ],
    }


def _figures(told: Told, found: SessionResults | None) -> dict[str, Any]:
    return {shown.figure.name: _figure(told, shown) for shown in attendance.figures(told, found)}


def _figure(told: Told, shown: Shown) -> dict[str, Any]:
    figure = shown.figure
    return {
        "value": _number(figure.name, figure.value),
        "low": _number(figure.name, figure.low if figure.value is None else figure.value),
        "high": _number(figure.name, figure.high if figure.value is None else figure.value),
        "hidden": shown.hidden,
        "absent": figure.absent,
        "provenance": figure.provenance,
        "persons": figure.persons,
        "at": _iso(told, figure.at),
        "on": figure.on.isoformat() if figure.on else None,
        "sources": list(figure.sources),
        "missing": list(figure.missing),
    }


def _number(name: str, amount: Number | None) -> float | None:
    """A whole number where it is one; else the nearest decimal, which JSON writes as it stands."""
    if amount is None or isinstance(amount, int):
        return amount
    places = _PLACES.get(name, _PLACES_OF_TIME)
    return float(Decimal(figure_words.rounded(amount, places)).scaleb(-places))


def _iso(told: Told, instant: datetime | None) -> str | None:
    return told.programme.local(instant).isoformat() if instant else None


def _breakdowns(told: Told) -> dict[str, Any] | None:
    """The groups of persons; null where nobody was measured."""
    shown = told.groups
    if not shown.measured:
        return None
    return {
        "sessions_attended": {
            "groups": [{"sessions": number, "persons": count} for number, count in shown.sessions.shown],
            "or_more": {"sessions": shown.sessions.from_, "persons": shown.sessions.merged}
            if shown.sessions.from_ is not None
            else None,
            "hidden": shown.sessions.hidden,
        },
        "axes": [{"axis": name or None, "persons": count} for name, count in shown.axes.single.items()],
        "overlap": [
            {"axes": [name or None for name in pair], "persons": count} for pair, count in shown.axes.pairs.items()
        ],
        "types": _groups(shown.types),
        "territories": _groups(shown.territories),
    }


def _groups(shown: Groups) -> dict[str, Any]:
    return {
        "groups": [{"name": name or None, "persons": count} for name, count in shown.shown],
        "merged": {"groups": len(shown.names_merged), "persons": shown.merged} if shown.merged is not None else None,
        "hidden": shown.hidden,
    }
