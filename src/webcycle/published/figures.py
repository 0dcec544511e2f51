"""The figures of a cycle without what would tell of few people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from webcycle import claims
from webcycle.claims import Bounds, Measured
from webcycle.metrics import (
    CycleFigure,
    CycleResults,
    Figure,
    FigureName,
    RowAccount,
    SessionFigure,
    SessionResults,
    for_claims,
    without_small,
)
from webcycle.metrics.small import tells_of_few
from webcycle.programme import Programme
from webcycle.published.breakdowns import Breakdowns, breakdowns
from webcycle.values import Moment

_BY_GROUP = frozenset({"newcomers", "returning"})
_VIEWS: tuple[SessionFigure, ...] = ("views", "views-30-days")
_OF_PEOPLE: frozenset[CycleFigure] = frozenset({"people", "weak-share"})
_NOBODY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Published:
    """The figures, the groups of people that may be told, and what is known of the people of several sessions together.

    `people` are bounds by the ids of the sessions.
    """

    results: CycleResults
    groups: Breakdowns
    people: Mapping[frozenset[str], Bounds] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def measured(self) -> Measured:
        """What claims are held against."""
        return replace(for_claims.measured(self.results), people=self.people)


def publishable(results: CycleResults, programme: Programme, today: Moment) -> Published:
    """The same figures, small groups hidden: those of `[privacy] least-published` persons or more are told.

    The number of people is known of the days on which something is said: that of each claim, of each release, and
    `today`. Where it may not be told there is no more in it than what the verdicts of the claims say in public.
    """
    groups = breakdowns(results, programme, published=True)
    told = _hidden(without_small(results, groups.least), groups)
    return Published(told, groups, MappingProxyType(dict(_people(results, told, programme, groups, today))))


def brought_up(published: Published, live: CycleResults) -> Published:
    """Figures that were kept, with the views, and with the sessions of which nothing was measured then, as of today.

    Replays go on being seen, and nobody is in their figures; a cycle can get other sessions.
    """
    then = {one.session: one for one in published.results.sessions}
    results = replace(
        published.results,
        figures=tuple(live.figure("views") if one.name == "views" else one for one in published.results.figures),
        sessions=tuple(_brought_up(then.get(one.session), one) for one in live.sessions),
        replays=live.replays,
    )
    return replace(published, results=results)


def _brought_up(then: SessionResults | None, live: SessionResults) -> SessionResults:
    if then is None or not any(one.provenance == "measured" for one in then.figures if one.name not in _VIEWS):
        return live
    views: Mapping[FigureName, Figure] = {name: live.figure(name) for name in _VIEWS}
    return replace(then, figures=tuple(views.get(one.name, one) for one in then.figures))


# ---- the figures


def _hidden(results: CycleResults, groups: Breakdowns) -> CycleResults:
    return replace(
        results,
        figures=tuple(_of_cycle(one, groups) for one in results.figures),
        sessions=tuple(_session(one, groups) for one in results.sessions),
        distribution=MappingProxyType({}),
        regions=MappingProxyType({}),
        types=_NOBODY,
        territories=_NOBODY,
        attendance_rows=RowAccount(),
        registration_rows=RowAccount(),
    )


def _of_cycle(figure: Figure, groups: Breakdowns) -> Figure:
    if groups.tells_people:
        return _nothing(figure) if figure.name == "weak-share" and groups.weak != "told" else figure
    return _nothing(figure) if figure.name in _OF_PEOPLE else replace(figure, persons=None)


def _session(found: SessionResults, groups: Breakdowns) -> SessionResults:
    figures = tuple(_of_session(one, found.session, groups) for one in found.figures)
    return replace(found, figures=figures, attendance_rows=RowAccount(), registration_rows=RowAccount())


def _of_session(figure: Figure, session: str, groups: Breakdowns) -> Figure:
    secret = figure.name in _BY_GROUP and groups.loyalty.get(session, ()) is None
    few = figure.name == "weak-share" and tells_of_few(figure, groups.least)
    return _nothing(figure) if secret or few else figure


def _nothing(figure: Figure) -> Figure:
    """The figure without a number; where there is none anyway, it says why."""
    return figure if figure.absent else replace(figure, value=None, low=None, high=None, persons=None, absent="small")


# ---- what is known of the number of people


def _people(
    results: CycleResults, told: CycleResults, programme: Programme, groups: Breakdowns, today: Moment
) -> Iterator[tuple[frozenset[str], Bounds]]:
    exact, public = for_claims.measured(results), for_claims.measured(told)
    said = [claim for claim in programme.claims if claim.figure == "people"]
    released = (one.date for one in programme.releases if one.date is not None)
    for day in (today, *(one.on for one in said), *released):
        held = frozenset(one.id for one in claims.held(programme, day))
        known = claims.recompute(programme, "people", day, exact)
        if groups.tells_people:
            yield held, (known.value, known.most)
        else:
            seen = claims.recompute(programme, "people", day, public)
            told_by_verdicts = (claims.implied(one, known) for one in said if _same(programme, one.on, held))
            yield held, _narrowest((seen.value, seen.most), *told_by_verdicts)


def _same(programme: Programme, day: Moment, held: frozenset[str]) -> bool:
    return frozenset(one.id for one in claims.held(programme, day)) == held


def _narrowest(*bounds: Bounds) -> Bounds:
    lows = [low for low, _ in bounds if low is not None]
    highs = [high for _, high in bounds if high is not None]
    return max(lows, default=None), min(highs, default=None)
