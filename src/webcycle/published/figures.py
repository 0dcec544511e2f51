"""The figures of a cycle without what would tell of few people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    cycle,
    for_claims,
    without_small,
)
from webcycle.metrics.small import tells_of_few
from webcycle.programme import Claim, Programme
from webcycle.published.breakdowns import Breakdowns, breakdowns, tellable, tells_again
from webcycle.values import Moment

_BY_GROUP = frozenset({"newcomers", "returning"})
_VIEWS: tuple[SessionFigure, ...] = ("views", "views-30-days")
_OF_PEOPLE: frozenset[CycleFigure] = frozenset({"people", "weak-share"})
_SUMS: Mapping[FigureName, Callable[[Sequence[SessionResults]], Figure]] = MappingProxyType(
    {"registrations": cycle.registrations, "participations": cycle.participations}
)
_DISTINCT: Mapping[FigureName, tuple[SessionFigure, Callable[[Sequence[SessionResults], int, int], Figure]]] = (
    MappingProxyType({"registrants": ("registered", cycle.registrants), "people": ("attended", cycle.people)})
)
_NOBODY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Published:
    """The figures, the groups of people that may be told, and what is known of the people of several sessions together.

    `people` are bounds by the ids of the sessions; of those in `untold` no more may be told than that
    a claim is wrong.
    """

    results: CycleResults
    groups: Breakdowns
    people: Mapping[frozenset[str], Bounds] = field(default_factory=lambda: MappingProxyType({}))
    untold: tuple[frozenset[str], ...] = ()

    @property
    def measured(self) -> Measured:
        """What claims are held against."""
        return replace(for_claims.measured(self.results), people=self.people)


def publishable(results: CycleResults, programme: Programme, today: Moment) -> Published:
    """The same figures, small groups hidden: those of `[privacy] least-published` persons or more are told.

    The number of people is known of the days on which something is said: that of each claim, of each release, and
    `today`. Where it may not be told, as beside those of other days it would tell who came between them, there is no
    more in it than what the verdicts of the claims say in public.
    """
    groups = breakdowns(results, programme, published=True)
    told = _hidden(without_small(results, groups.least), groups)
    days = _days(programme, today)
    open_to_all = tellable(results, programme, groups, days)
    people = {held: _people(results, told, programme, day, whole=held in open_to_all) for held, day in days.items()}
    untold = tuple(held for held in days if held not in open_to_all)
    return Published(told, groups, MappingProxyType(people), untold)


def brought_up(published: Published, live: CycleResults) -> Published:
    """Figures that were kept, with the views, and with the sessions of which nothing was measured then, as of today.

    Replays go on being seen, and nobody is in their figures; a cycle can get other sessions, and lose some.
    """
    then = {one.session: one for one in published.results.sessions}
    sessions = tuple(_brought_up(then.get(one.session), one) for one in live.sessions)
    results = replace(
        published.results,
        figures=tuple(_summed(one, published.results, sessions, live) for one in published.results.figures),
        sessions=sessions,
        replays=live.replays,
    )
    return replace(published, results=results)


def _brought_up(then: SessionResults | None, live: SessionResults) -> SessionResults:
    """The session with the figures of then, but for those that only today's programme tells."""
    if then is None or live.figure("registered").absent == "not-held" or not _measured(then):
        return live
    today = {one.name: one for one in live.figures}
    return replace(then, figures=tuple(one if _was_measured(one) else today[one.name] for one in then.figures))


def _was_measured(figure: Figure) -> bool:
    return figure.name not in _VIEWS and (figure.absent == "small" or figure.provenance == "measured")


def _measured(found: SessionResults) -> bool:
    return any(map(_was_measured, found.figures))


def _summed(then: Figure, before: CycleResults, sessions: Sequence[SessionResults], live: CycleResults) -> Figure:
    """The figure of the cycle, of the sessions that it has today."""
    today = next(one for one in live.figures if one.name == then.name)
    if then.name == "views":
        return today
    if then.name in _SUMS:
        return _SUMS[then.name](sessions)
    kept = {one.session for one in sessions if _measured(one)}
    if then.name in _DISTINCT and then.persons is not None:
        of, figure = _DISTINCT[then.name]
        lost = any(_measured(one) and one.session not in kept for one in before.sessions)
        return figure(sessions, *(_among(then.persons, of, sessions) if lost else (then.persons, then.persons)))
    lacking = {*then.missing, *(one for one in today.missing if one not in kept)}
    return replace(then, missing=tuple(one.session for one in sessions if one.session in lacking))


def _among(persons: int, of: SessionFigure, sessions: Iterable[SessionResults]) -> tuple[int, int]:
    """Between what the distinct persons of these sessions lie, when there are so many in more sessions than these."""
    counted = [figure.value for one in sessions if (figure := one.figure(of)).provenance == "measured"]
    numbers = [int(value) for value in counted if value is not None]
    return max(numbers, default=0), min(persons, sum(numbers))


# ---- the figures


def _hidden(results: CycleResults, groups: Breakdowns) -> CycleResults:
    told = tuple(_of_cycle(one, groups) for one in results.figures)
    return replace(
        results,
        figures=tuple(map(_of_registrants, told)) if _registrants_tell(results, groups.least) else told,
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


def _registrants_tell(results: CycleResults, least: int) -> bool:
    """Whether the number of distinct registrants tells, beside the registrations of each session, of few of them."""
    counted = [one.figure("registered") for one in results.sessions]
    numbers = [int(one.value) for one in counted if one.provenance == "measured" and one.value]
    return tells_again(results.figure("registrants").persons or 0, numbers, least)


def _of_registrants(figure: Figure) -> Figure:
    """The figure without the number of registrants, upon which a rate rests too."""
    if figure.name == "registrants":
        return _nothing(figure)
    return replace(figure, persons=None) if figure.name == "attendance-rate" else figure


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


def _days(programme: Programme, today: Moment) -> Mapping[frozenset[str], Moment]:
    """The days on which the number of people is said, by the sessions that were held by then."""
    released = (one.date for one in programme.releases if one.date is not None)
    return {_held(programme, day): day for day in (today, *(one.on for one in _said(programme)), *released)}


def _said(programme: Programme) -> list[Claim]:
    return [claim for claim in programme.claims if claim.figure == "people"]


def _people(results: CycleResults, told: CycleResults, programme: Programme, day: Moment, *, whole: bool) -> Bounds:
    """Between what the number of people on a day lies: by the records, the `whole` truth, else by what is published."""
    known = claims.recompute(programme, "people", day, for_claims.measured(results))
    if whole:
        return known.value, known.most
    seen = claims.recompute(programme, "people", day, for_claims.measured(told))
    alike = (one for one in _said(programme) if _held(programme, one.on) == _held(programme, day))
    return _narrowest((seen.value, seen.most), *(claims.implied(one, known) for one in alike))


def _held(programme: Programme, day: Moment) -> frozenset[str]:
    return frozenset(one.id for one in claims.held(programme, day))


def _narrowest(*bounds: Bounds) -> Bounds:
    lows = [low for low, _ in bounds if low is not None]
    highs = [high for _, high in bounds if high is not None]
    return max(lows, default=None), min(highs, default=None)
