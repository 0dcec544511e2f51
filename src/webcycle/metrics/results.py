"""What was measured, as frozen values: every figure with its value or bounds, where it comes from, the files behind it.

Instants are aware and in UTC, lengths in whole seconds, rates exact fractions; `docs/metrics.md` says each definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType
from typing import Literal, get_args

Provenance = Literal["measured", "stated", "mixed", "unknown"]
"""From the records; by hand; some sessions from the records and others by hand; or nothing is known."""

Absence = Literal[
    "no-records", "no-registrations", "no-attendance", "no-times", "no-hours", "too-few", "small", "not-held"
]
"""Why a figure has no value, a key below `metrics.absence` in the texts."""

SessionFigure = Literal[
    "registered",
    "attended",
    "registered-attended",
    "walk-ins",
    "no-shows",
    "attendance-rate",
    "mean-minutes",
    "median-minutes",
    "person-minutes",
    "peak",
    "half-way",
    "stayed",
    "stayed-rate",
    "newcomers",
    "returning",
    "weak-share",
    "views",
    "views-30-days",
]
CycleFigure = Literal[
    "registrations",
    "registrants",
    "participations",
    "people",
    "attendance-rate",
    "mean-minutes",
    "median-minutes",
    "person-minutes",
    "weak-share",
    "views",
]
FigureName = SessionFigure | CycleFigure

SESSION_FIGURES: tuple[SessionFigure, ...] = get_args(SessionFigure)
CYCLE_FIGURES: tuple[CycleFigure, ...] = get_args(CycleFigure)
RATES: frozenset[FigureName] = frozenset({"attendance-rate", "stayed-rate", "weak-share"})
"""Figures that are fractions of 1."""
LEAST_FOR_A_RATE = 3
"""Below so many measured persons there is no rate, mean or median."""

Number = int | Fraction
"""Counts and views are integers; rates are fractions of 1, minutes fractions of minutes."""

ThresholdName = Literal["1-minute", "5-minutes", "half", "85-percent"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a session (its id) or of the cycle (None).

    `value` is None where there is no single number: then `low` and `high` bound it (`high` None: no upper bound), or,
    where `low` is None too, `absent` says why there is nothing. `persons` is how many the figure rests upon. `sources`
    are the ids of imported files, and the words of who stated a number. `missing` are the sessions it does not know.
    """

    name: FigureName
    session: str | None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    absent: Absence | None = None
    provenance: Provenance = "measured"
    persons: int | None = None
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    at: datetime | None = None
    """Of a peak: from when on so many were there; of the half-way count: the instant."""
    on: date | None = None
    """Of views and of what was stated: the day of the reading."""

    @property
    def exact(self) -> bool:
        """Whether there is one number."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How many participants were there at an instant."""

    at: datetime
    present: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many would count as attended, if so many seconds were asked for; None where no length is known to halve."""

    name: ThresholdName
    seconds: int | None
    attended: int | None


PLATFORM_FIGURES: Mapping[str, SessionFigure | None] = MappingProxyType(
    {
        "registered": "registered",
        "participants": "attended",
        "attended": "attended",
        "unique-viewers": "attended",
        "users": None,
        "max-concurrent": "peak",
        "cancelled": None,
    }
)
"""The figures that platforms are known to work out, and which of ours means the same."""


@dataclass(frozen=True, slots=True)
class PlatformFigure:
    """A figure that a platform worked out itself, beside ours (None: none of ours means the same)."""

    platform: str
    name: str
    value: int
    ours: SessionFigure | None


Fate = Literal[
    "counted",
    "under-threshold",
    "staff",
    "panelist",
    "host",
    "bot",
    "anonymous",
    "pending",
    "cancelled",
    "refused",
    "not-held",
    "unknown-session",
]
"""What became of a stored row, exactly one of these; under the threshold are visits, pending ... registrations only."""

FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True, slots=True)
class RowAccount:
    """The stored rows of attendance, or of registrations, of a session or of the cycle: `read` is the sum of `fates`.

    The counted rows are those of `persons` distinct persons (over the cycle: pairs of person and session). Of all rows
    `weak` ones rest on a name alone, `clipped` ones lie partly or wholly outside of the time that is counted, and
    `without_times` have no moments, so that no curve shows them.
    """

    read: int = 0
    fates: Mapping[Fate, int] = field(default_factory=lambda: MappingProxyType({}))
    persons: int = 0
    weak: int = 0
    clipped: int = 0
    without_times: int = 0


@dataclass(frozen=True, slots=True)
class SessionResults:
    """The figures of a session; `hours` are those of the curve, held or else planned (`hours_held` says which)."""

    session: str
    figures: tuple[Figure, ...]
    curve: tuple[CurvePoint, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    platform: tuple[PlatformFigure, ...] = ()
    attendance_rows: RowAccount = RowAccount()
    registration_rows: RowAccount = RowAccount()
    hours: tuple[datetime, datetime] | None = None
    hours_held: bool = False
    without_times: int = 0
    """Participants whom no curve or peak can show: their platform gives minutes only."""

    def figure(self, name: SessionFigure) -> Figure:
        """The figure of that name."""
        return next(one for one in self.figures if one.name == name)


@dataclass(frozen=True, slots=True)
class Replay:
    """How often a session's replay was seen: until each day of which a reading is known, oldest first."""

    session: str
    readings: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class CycleResults:
    """The figures of a cycle. Counts of persons in it are not yet fit to be published: `webcycle.disclosure` is.

    `sessions` are in the order of the programme; `distribution` is the number of persons by how many sessions they
    attended; `regions` that by the whole set of axes whose sessions they attended ("" is no axis); `types` and
    `territories` that of persons who attended ("" is not determined).
    """

    figures: tuple[Figure, ...]
    sessions: tuple[SessionResults, ...]
    distribution: Mapping[int, int]
    regions: Mapping[frozenset[str], int]
    types: Mapping[str, int]
    territories: Mapping[str, int]
    replays: tuple[Replay, ...]
    attendance_rows: RowAccount
    registration_rows: RowAccount
    minimum_seconds: int
    clipped: bool

    @property
    def axes(self) -> Mapping[str, int]:
        """The number of persons who attended a session of each axis."""
        names = sorted(frozenset[str]().union(*self.regions))
        return {name: sum(count for region, count in self.regions.items() if name in region) for name in names}

    @property
    def overlap(self) -> Mapping[tuple[str, str], int]:
        """The number of persons of both axes, of each pair that has some, in the order of their names."""
        counts = {
            pair: sum(count for region, count in self.regions.items() if region.issuperset(pair))
            for pair in combinations(self.axes, 2)
        }
        return {pair: count for pair, count in counts.items() if count}

    def figure(self, name: CycleFigure) -> Figure:
        """The figure of that name."""
        return next(one for one in self.figures if one.name == name)

    def of(self, session: str) -> SessionResults:
        """The figures of that session."""
        return next(one for one in self.sessions if one.session == session)
