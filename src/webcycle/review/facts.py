"""What a review says, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from webcycle import claims
from webcycle.claims import StatedKey
from webcycle.metrics import CycleFigure, CycleResults
from webcycle.metrics import Figure as RecordedFigure
from webcycle.metrics.results import Number, SessionFigure
from webcycle.programme import Axis, Claim, FigureName, Programme, Release, Session
from webcycle.published import Breakdowns
from webcycle.review.growth import Comparison

Bound = Literal["exact", "at-least", "more-than"]
Provenance = Literal["programme", "measured", "mixed", "stated", "claimed", "unknown"]
State = Literal["held", "to-come", "tentative", "postponed", "cancelled"]
GapKind = Literal["attendance", "views", "recording", "documents", "address"]

FIGURES: tuple[FigureName, ...] = ("sessions-held", "registrations", "participations", "people", "views")
RECORDED: tuple[CycleFigure, ...] = (
    "registrants",
    "attendance-rate",
    "mean-minutes",
    "median-minutes",
    "person-minutes",
    "weak-share",
)
"""The figures of a cycle that only its records tell."""
RATED: tuple[SessionFigure, ...] = ("attendance-rate", "peak", "median-minutes")
"""Those of a session that a review tells."""
_LEAST_ROUNDED = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the cycle: its value or bound, where it comes from, and which sessions it lacks.

    `value` is None when nothing is known (it is never 0 for want of data), or when it is `hidden` because it would give
    a small group away. `high` bounds a figure of which `value` is the least. `sources` are ids of imported files, and
    the words of who stated or said a number.
    """

    name: FigureName
    value: int | None
    bound: Bound
    provenance: Provenance
    sources: tuple[str, ...] = ()
    on: date | None = None
    missing: tuple[str, ...] = ()
    high: int | None = None
    hidden: bool = False

    def in_prose(self) -> Figure:
        """The figure as prose says it: "more than 1,500" for 1,537, but 1,500 for itself.

        A count is cut to the hundred below, where that is less; under a thousand that would cut off too much. What was
        said in public is said as it was.
        """
        counted = self.provenance in ("measured", "mixed", "stated") and self.bound != "more-than"
        if self.value is None or not counted or self.value < _LEAST_ROUNDED or not self.value % 100:
            return self
        return replace(self, value=self.value // 100 * 100, bound="more-than", high=None)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as the review tells it; a count is None when it is not known.

    The counts are measured where there are records, else stated; `stated` holds those that the records contradict.
    `views_on` is the day of the reading. `rate` (of attendance), `peak` and `median` (of minutes) are measured.
    """

    session: Session
    state: State
    registered: int | None
    participants: int | None
    views: int | None
    views_on: date | None = None
    stated: Mapping[StatedKey, int] = field(default_factory=lambda: MappingProxyType({}))
    rate: Number | None = None
    peak: Number | None = None
    median: Number | None = None


@dataclass(frozen=True, slots=True)
class AxisGroup:
    """An axis and its sessions, in the order of the programme; `axis` is None for sessions without one."""

    axis: Axis | None
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the review would say if it were known: which, and for which sessions or links."""

    kind: GapKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """A figure said in public, and what the data say of it: `known`, None where that is not told."""

    claim: Claim
    verdict: claims.Verdict
    known: claims.Known | None


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that the review of a cycle says, as of the day on which it is issued.

    `recorded` are the figures that only records tell, without those that would give a small group away.
    """

    programme: Programme
    issued: date
    release: Release | None
    rows: tuple[SessionRow, ...]
    axes: tuple[AxisGroup, ...]
    figures: tuple[Figure, ...]
    claims: tuple[ClaimVerdict, ...]
    gaps: tuple[Gap, ...]
    results: CycleResults | None = None
    """What was measured, as it may be published; None where nothing is imported."""
    groups: Breakdowns | None = None
    """The groups of people that may be told; None with the results."""
    recorded: tuple[RecordedFigure, ...] = ()
    comparison: Comparison | None = None
    """With the review that it was compared with."""

    @property
    def tell_people(self) -> bool:
        """Whether the number of distinct people, and any breakdown of them, may be told."""
        return self.groups is None or self.groups.tells_people

    @property
    def least(self) -> int:
        """The smallest group that may be told of: what a review says is published."""
        return self.programme.privacy.least_published

    def figure(self, name: FigureName) -> Figure:
        """The figure of that name."""
        return next(figure for figure in self.figures if figure.name == name)
