"""The figures of a cycle: measured before stated before said in public, and how much each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from webcycle import claims
from webcycle.claims import Measured
from webcycle.metrics import CycleResults
from webcycle.metrics import Figure as RecordedFigure
from webcycle.metrics.results import SessionFigure
from webcycle.metrics.small import tells_of_few
from webcycle.programme import Claim, FigureName, Programme
from webcycle.review.facts import FIGURES, RECORDED, Bound, Figure, Provenance, Review
from webcycle.review.growth import Amount, published
from webcycle.values import Moment, day_of

_COUNTED_FROM_PROGRAMME: FigureName = "sessions-held"
# What a session adds to a figure of the cycle.
_OF_A_SESSION: dict[FigureName, SessionFigure] = {
    "registrations": "registered",
    "participations": "attended",
    "people": "attended",
    "views": "views",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to count: the programme, what its records say, and the day as of which it is counted.

    `now` is what the clocks of the cycle's zone show.
    """

    programme: Programme
    results: CycleResults | None
    measured: Measured
    issued: date
    now: datetime

    @property
    def by(self) -> Moment:
        """Until when sessions count: of the present day not its evening, of another one the whole day."""
        return self.now if self.issued == self.now.date() else self.issued

    def known(self, figure: FigureName, on: Moment) -> claims.Known:
        """The figure as of a day or an hour."""
        return claims.recompute(self.programme, figure, on, self.measured)

    @property
    def views_read(self) -> date:
        """The day of the last reading of views until that of the review; without any, that of the first one after it.

        On that day they are known, while until another one they may have grown. A count without a day is of the review.
        """
        bare = (one.stated for one in self.programme.sessions if not self.measured.of(one).views)
        said = [one.on or self.issued for one in bare if one is not None and one.views is not None]
        read = [day for one in self.measured.sessions.values() for day, _ in one.views]
        before = [day for day in (*read, *said) if day <= self.issued]
        return max(before) if before else min(read, default=self.issued)


def figures(found: Evidence, *, tell_people: bool) -> tuple[Figure, ...]:
    """The figures of the cycle; those of people hidden unless they may be told."""
    told = tuple(_figure(found, name, tell=tell_people or name != "people") for name in FIGURES)
    return told if tell_people else tuple(_hidden(one) if one.name == "people" else one for one in told)


def _hidden(figure: Figure) -> Figure:
    """The figure without what was measured; what was said in public is public."""
    measured = figure.provenance in ("measured", "mixed")
    return replace(figure, value=None, high=None, bound="exact", hidden=True) if measured else figure


def _figure(found: Evidence, name: FigureName, *, tell: bool) -> Figure:
    """What is counted wins over what was claimed, but for a claim that says more than numbers given by hand.

    What was measured speaks for itself, be it a lower bound: a claim takes its place only where it may not be told.
    """
    known = found.known(name, found.by)
    if known.value is not None and known.exact:
        return _counted(found, known, found.by)
    measured = claims.counted(found.programme, name, found.by, found.measured).measured
    said = [claim for claim in found.programme.claims if claim.figure == name and _stands_in(found, claim)]
    if said and not (measured and tell):
        return _claimed(max(said, key=lambda claim: claim.on), known.missing)
    day = found.views_read if name == "views" and found.views_read != found.issued else found.by
    if (read := found.known(name, day)).value:
        return _counted(found, read, day)
    return Figure(name, None, "exact", "unknown", missing=known.missing)


def _stands_in(found: Evidence, claim: Claim) -> bool:
    """Whether a claim tells what the counts leave open, on its own day and on that of the review."""
    days: tuple[Moment, ...] = (claim.on, found.by) if claim.on <= found.issued else ()
    verdicts = [claims.verdict(claim, found.known(claim.figure, day)).kind for day in days]
    return verdicts[-1:] == ["unknown"] and "contradicted" not in verdicts


def _counted(found: Evidence, known: claims.Known, day: Moment) -> Figure:
    """The figure of a count, with its sources and the day of the last of them; no day where one of them has none."""
    counted = claims.counted(found.programme, known.figure, day, found.measured)
    stated = [one.source for one in counted.stated]
    days = [one.on for one in counted.stated if one.on is not None]
    dated = max(days, default=None) if len(days) == len(counted.stated) else None
    return Figure(
        name=known.figure,
        value=known.value,
        bound="exact" if known.exact else "at-least",
        provenance=_provenance(known.figure, counted),
        sources=tuple(dict.fromkeys((*_files(found, known.figure, counted.measured), *stated))),
        on=dated if counted.stated and not counted.measured else day_of(day),
        missing=known.missing,
        high=None if known.exact else known.most,
    )


def _provenance(name: FigureName, counted: claims.Counted) -> Provenance:
    if name == _COUNTED_FROM_PROGRAMME:
        return "programme"
    if counted.measured:
        return "mixed" if counted.stated else "measured"
    return "stated"


def _files(found: Evidence, name: FigureName, sessions: tuple[str, ...]) -> Iterator[str]:
    """The ids of the imported files behind what was measured in these sessions."""
    if found.results is not None:
        for session in sessions:
            yield from found.results.of(session).figure(_OF_A_SESSION[name]).sources


def _claimed(claim: Claim, missing: tuple[str, ...]) -> Figure:
    bounds: tuple[tuple[int | None, Bound], ...] = (
        (claim.equals, "exact"),
        (claim.at_least, "at-least"),
        (claim.more_than, "more-than"),
    )
    value, bound = next((value, bound) for value, bound in bounds if value is not None)
    return Figure(claim.figure, value, bound, "claimed", (claim.source,), claim.on, missing)


# ---- the figures that only records tell


def recorded(found: Evidence, smallest: int, *, tell_people: bool) -> tuple[RecordedFigure, ...]:
    """Those that may be told where no group of fewer than `smallest` may."""
    if found.results is None:
        return ()
    told = (found.results.figure(name) for name in RECORDED)
    return tuple(one for one in told if one.name != "weak-share" or (tell_people and not tells_of_few(one, smallest)))


# ---- how much each of them is


def amounts(review: Review) -> dict[str, Amount]:
    """Every figure of the cycle, the hidden ones too, in the order in which they are told."""
    told: dict[str, Amount] = {figure.name: amount(figure) for figure in review.figures}
    if review.results is not None:
        shown: dict[str, Amount] = {one.name: recorded_amount(one) for one in review.recorded}
        told |= {name: shown.get(name, Amount(hidden=True)) for name in RECORDED}
    return told


def recorded_amount(figure: RecordedFigure) -> Amount:
    """How much a figure is that only records tell, rounded as it is published."""
    if figure.exact:
        return Amount(value=published(figure.name, figure.value))
    return Amount(low=published(figure.name, figure.low), high=published(figure.name, figure.high))


def amount(figure: Figure) -> Amount:
    """How much a figure of the cycle is."""
    if figure.value is None:
        return Amount(hidden=figure.hidden)
    if figure.bound == "exact":
        return Amount(value=figure.value)
    if figure.bound == "more-than":
        return Amount(low=figure.value + 1, above=figure.value)
    return Amount(low=figure.value, high=figure.high)
