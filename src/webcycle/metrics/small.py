"""Sessions of few people: what may be said of them where everybody can read it."""

from __future__ import annotations

from dataclasses import replace

from webcycle.disclosure import is_small
from webcycle.metrics.results import CycleResults, Figure, FigureName, SessionResults

# Newcomers and returning are told or hidden with those of the other sessions.
_TOLD: frozenset[FigureName] = frozenset({"registered", "attended", "newcomers", "returning", "views", "views-30-days"})


def without_small(results: CycleResults, least: int) -> CycleResults:
    """The same results but that a session of fewer than `least` attendees tells how many these were, and no more.

    How long a handful of people stayed, when they came and who of them had registered would be told of each of them.
    """
    return replace(results, sessions=tuple(_session(one, least) for one in results.sessions))


def _session(found: SessionResults, least: int) -> SessionResults:
    attended = found.figure("attended")
    if attended.provenance != "measured" or attended.value is None or not is_small(int(attended.value), least):
        return found
    return replace(found, figures=tuple(map(_figure, found.figures)), curve=(), thresholds=(), platform=())


def _figure(figure: Figure) -> Figure:
    if figure.name in _TOLD or figure.absent:
        return figure
    return Figure(figure.name, figure.session, absent="small", provenance="unknown")
