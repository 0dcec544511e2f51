"""What may be said of few people where everybody can read it: of a session of few, and by a share."""

from __future__ import annotations

from dataclasses import replace

from webcycle.disclosure import is_small, rate
from webcycle.metrics.results import CycleResults, Figure, FigureName, SessionResults

# Newcomers and returning are told or hidden with those of the other sessions.
_TOLD: frozenset[FigureName] = frozenset({"registered", "attended", "newcomers", "returning", "views", "views-30-days"})


def without_small(results: CycleResults, least: int) -> CycleResults:
    """The same results but that a session of fewer than `least` attendees tells how many these were, and no more.

    How long a handful of people stayed, when they came and who of them had registered would be told of each of them.
    """
    return replace(results, sessions=tuple(_session(one, least) for one in results.sessions))


def part(share: Figure) -> int | None:
    """How many persons a share of persons is of; None where that is not known."""
    return None if share.value is None or share.persons is None else int(share.value * share.persons)


def tells_of_few(share: Figure, least: int) -> bool:
    """Whether a share of persons tells how many a group of fewer than `least` are: those, or all the others."""
    counted = part(share)
    return counted is not None and rate(counted, share.persons or 0, least) is None


def _session(found: SessionResults, least: int) -> SessionResults:
    attended = found.figure("attended")
    if attended.provenance != "measured" or attended.value is None or not is_small(int(attended.value), least):
        return found
    return replace(found, figures=tuple(map(_figure, found.figures)), curve=(), thresholds=(), platform=())


def _figure(figure: Figure) -> Figure:
    if figure.name in _TOLD or figure.absent:
        return figure
    return Figure(figure.name, figure.session, absent="small", provenance="unknown")
