"""Which view and columns each figure is made of, and what those views read, as their SQL says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from webcycle.metrics.engine import VIEWS, sql
from webcycle.metrics.results import CYCLE_FIGURES, SESSION_FIGURES, CycleFigure, FigureName, SessionFigure

Name = FigureName | Literal["sessions-held"]
"""A figure, or the one that is claimed of a cycle and not measured: how many sessions were held."""

NAMES: tuple[Name, ...] = (
    "sessions-held",
    *CYCLE_FIGURES,
    *(one for one in SESSION_FIGURES if one not in CYCLE_FIGURES),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The columns of a view or relation that a figure is made of."""

    view: str
    columns: tuple[str, ...]


_ATTENDED = Origin("session_attendance", ("attended",))
_REGISTERED = Origin("session_registrations", ("registered",))
_BOTH = Origin("session_attendance", ("registered_attended",))
_VIEWS = (Origin("replay_readings", ("day", "views")),)

SESSION: Mapping[SessionFigure, tuple[Origin, ...]] = MappingProxyType(
    {
        "registered": (_REGISTERED,),
        "attended": (_ATTENDED,),
        "registered-attended": (_BOTH,),
        "walk-ins": (Origin("session_attendance", ("attended", "registered_attended")),),
        "no-shows": (_REGISTERED, _BOTH),
        "attendance-rate": (_BOTH, _REGISTERED),
        "mean-minutes": (Origin("session_attendance", ("total_seconds", "with_time")),),
        "median-minutes": (Origin("session_attendance", ("median_seconds", "with_time")),),
        "person-minutes": (Origin("session_attendance", ("total_seconds",)),),
        "peak": (Origin("peak", ("present", "moment_us")),),
        "half-way": (Origin("half_way", ("present", "moment_us")),),
        "stayed": (Origin("session_attendance", ("stayed",)),),
        "stayed-rate": (Origin("session_attendance", ("stayed", "timed")),),
        "newcomers": (Origin("newcomers", ("newcomers",)),),
        "returning": (_ATTENDED, Origin("newcomers", ("newcomers",))),
        "weak-share": (Origin("session_attendance", ("weak", "attended")),),
        "views": _VIEWS,
        "views-30-days": (Origin("replay_month", ("low", "high")),),
    }
)
"""What each figure of a session is made of."""

CYCLE: Mapping[CycleFigure, tuple[Origin, ...]] = MappingProxyType(
    {
        "registrations": (_REGISTERED,),
        "registrants": (Origin("cycle_counts", ("registrants",)),),
        "participations": (_ATTENDED,),
        "people": (Origin("cycle_counts", ("people",)),),
        "attendance-rate": (_BOTH, _REGISTERED),
        "mean-minutes": (Origin("cycle_attendance", ("total_seconds", "with_time")),),
        "median-minutes": (Origin("cycle_attendance", ("median_seconds", "with_time")),),
        "person-minutes": (Origin("cycle_attendance", ("total_seconds",)),),
        "weak-share": (Origin("cycle_counts", ("weak", "people")),),
        "views": _VIEWS,
    }
)
"""What each figure of the cycle is made of."""

HELD = (Origin("sessions", ("counted", "planned_end", "last_day")),)
HELD_SQL = """-- How many of the confirmed sessions are over: hours are in UTC, days last until midnight.
select count(*) as sessions_held
from sessions
where
  counted
  and case
    when planned_end is null then last_day < current_date
    else planned_end <= cast(current_timestamp at time zone 'UTC' as timestamp)
  end
"""
"""What the number of sessions held is made of, and the question that gives it; no view does."""

OF_THE_WHOLE_CYCLE: frozenset[Name] = frozenset({"newcomers", "returning", "weak-share"})
"""Figures of a session for which the records of other sessions matter."""

SHARES: Mapping[Name, SessionFigure] = MappingProxyType(
    {
        "registrations": "registered",
        "registrants": "registered",
        "participations": "attended",
        "people": "attended",
        "views": "views",
    }
)
"""The figure of each session that a figure of the cycle is the sum of, or that bounds it."""

_COMMENT = re.compile(r"--[^\n]*")
_TEXT = re.compile(r"'(?:[^']|'')*'")
_READ = re.compile(r"\b(?:from|join)\s+([a-z_]+)", re.IGNORECASE)


def is_figure(name: str, *, of_session: bool) -> bool:
    """Whether there is such a figure of a session, or of the cycle."""
    return name in SESSION if of_session else name in CYCLE or name == "sessions-held"


def origins(name: str, *, of_session: bool) -> tuple[Origin, ...]:
    """What a figure is made of; KeyError for one that is not known."""
    known: Mapping[Any, tuple[Origin, ...]] = SESSION if of_session else {**CYCLE, "sessions-held": HELD}
    return known[name]


def definition(name: str, *, of_session: bool) -> str:
    """The key of the definition's text: the cycle's own where it differs from that of a session."""
    own = not of_session and name in SESSION
    return f"metrics.{'cycle-definition' if own else 'definition'}.{name}"


def definitions(name: str, *, of_session: bool) -> tuple[tuple[str, str], ...]:
    """The views behind a figure and their SQL, each after those that it reads; the question alone where no view is."""
    if name == "sessions-held":
        return (("", HELD_SQL),)
    return tuple((view, sql(view)) for view in chain(one.view for one in origins(name, of_session=of_session)))


def statements(name: str, *, of_session: bool) -> str:
    """The same as SQL that makes the views, over the relations."""
    found = definitions(name, of_session=of_session)
    return "\n".join(
        f"create view {view} as\n{text.rstrip()};\n" if view else f"{text.rstrip()};\n" for view, text in found
    )


def chain(names: Iterable[str]) -> tuple[str, ...]:
    """These views and all that they read, each after those that it reads."""
    found: dict[str, None] = {}
    for name in names:
        if name in VIEWS:
            found |= dict.fromkeys((*chain(sorted(reads(name))), name))
    return tuple(found)


def relations(names: Iterable[str]) -> frozenset[str]:
    """The relations that these views rest upon."""
    asked = frozenset(names)
    return (asked.union(*(reads(view) for view in chain(asked)))).difference(VIEWS)


@cache
def reads(view: str) -> frozenset[str]:
    """The views and relations that a view's SQL names; names that it gives parts of its own are none."""
    text = _TEXT.sub("''", _COMMENT.sub("", sql(view)))
    own = re.findall(r"\b([a-z_]+)\s+as\s+\(", text, re.IGNORECASE)
    return frozenset(_READ.findall(text)).difference(own)
