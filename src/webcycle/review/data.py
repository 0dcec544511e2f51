"""The machine-readable review: frozen models, from which its JSON Schema is made, and the reading of one."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from webcycle.errors import Language, RefusedError
from webcycle.metrics.results import Number
from webcycle.programme import FigureName as ClaimedFigure
from webcycle.review.facts import GapKind, Provenance, State
from webcycle.review.growth import Amount
from webcycle.values import Line, Slug

VERSION = 1
MAX_BYTES = 10_000_000
"""The largest file that is read: a hundred times what a cycle of a thousand sessions makes."""

CycleFigureName = Literal[
    "sessions-held",
    "registrations",
    "participations",
    "people",
    "views",
    "registrants",
    "attendance-rate",
    "mean-minutes",
    "median-minutes",
    "person-minutes",
    "weak-share",
]
SessionFigureName = Literal["registered", "attended", "attendance-rate", "peak", "median-minutes", "views"]
BreakdownName = Literal["newcomers", "sessions-attended", "axes", "axis-pairs", "types", "territories"]
Absent = Literal[
    "not-known",
    "small-group",
    "no-records",
    "no-registrations",
    "no-attendance",
    "no-times",
    "no-hours",
    "too-few",
    "small",
    "not-held",
]

_LARGEST = 10**15
# A key of a file that is not ours may be of any length.
_LONGEST_PLACE = 200
Words = Annotated[str, Field(max_length=20_000)]
Count = Annotated[int, Field(ge=0, le=_LARGEST)]
Quantity = Annotated[int, Field(ge=0, le=_LARGEST)] | Annotated[float, Field(ge=0, le=_LARGEST)]
Step = Annotated[int, Field(ge=-_LARGEST, le=_LARGEST)] | Annotated[float, Field(ge=-_LARGEST, le=_LARGEST)]


class Data(BaseModel):
    """What all parts share: immutable, every key there, none unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class AmountData(Data):
    """How much a figure is."""

    value: Quantity | None = Field(description="The number; null where there is no single one.")
    low: Quantity | None = Field(description="Where there is no single number: at least so much.")
    above: Quantity | None = Field(description="Where it was said to be more than a number: that number.")
    high: Quantity | None = Field(description="Where there is no single number: at most so much.")
    absent: Absent | None = Field(
        description='Why nothing is told; "small-group": it would tell about a few people what is hidden.'
    )


class FigureData(AmountData):
    """A figure. Rates are shares of 1, to six decimals; minutes are rounded to two; all others are whole and exact."""

    provenance: Provenance = Field(description="Where it comes from.")
    sources: tuple[Words, ...] = Field(description="Ids of imported files, and the words of who stated or said it.")
    on: date | None = Field(description="The day as of which it is.")
    missing: tuple[Slug, ...] = Field(description="The sessions that it lacks.")
    method: Words = Field(description="How it was counted, in a line.")


class _NamedOfCycle(Data):
    name: CycleFigureName = Field(description="Which figure.")


class _NamedOfSession(Data):
    name: SessionFigureName = Field(description="Which figure.")


class CycleFigureData(FigureData, _NamedOfCycle):
    """A figure of the cycle."""


class SessionFigureData(FigureData, _NamedOfSession):
    """A figure of a session."""

    stated: Count | None = Field(description="What the programme states, where the records contradict it.")


class SessionData(Data):
    """A session."""

    id: Slug = Field(description="Its id in the programme.")
    title: Line = Field(description="Its title.")
    state: State = Field(description="Whether it was held by the day of the review.")
    start: Words | None = Field(description="ISO 8601, with the offset of the cycle's zone; or a day.")
    end: Words | None = Field(description="ISO 8601, with the offset of the cycle's zone; or the last day.")
    figures: tuple[SessionFigureData, ...] = Field(description="Its figures.")


class GroupData(Data):
    """A group of a breakdown."""

    names: tuple[Words, ...] = Field(description='What it is called; of two axes both; "" is not determined.')
    counts: tuple[Count | None, ...] = Field(description="Persons by column; null is hidden.")


class BreakdownData(Data):
    """Persons by group; groups of fewer than `least` are together or hidden."""

    name: BreakdownName = Field(description="By what.")
    columns: tuple[Words, ...] = Field(description="What the counts of a group are.")
    hidden: bool = Field(description="Whether no group can be told.")
    groups: tuple[GroupData, ...] = Field(description="The groups that can be told.")
    merged: Count | None = Field(description="The persons of all other groups together; null where there is none.")
    merged_from: Count | None = Field(description="Of sessions attended: from which number on they are together.")


class ClaimData(Data):
    """A figure said in public, and what the data say of it."""

    figure: ClaimedFigure = Field(description="Which figure.")
    said: Words = Field(description='The claim in signs: "participations > 1500".')
    on: date = Field(description="The day on which it was said.")
    source: Words = Field(description="Where it was said.")
    verdict: Literal["holds", "contradicted", "unknown"] = Field(description="What the data say.")
    reason: Words = Field(description="Why, as a key of the texts.")
    counted: Words = Field(description='The count of that day in signs: "1537", "≥ 150", "150–250".')
    missing: tuple[Words, ...] = Field(description="The sessions of which nothing is known.")


class GapData(Data):
    """What the review would say if it were known."""

    kind: GapKind = Field(description="What is missing.")
    names: tuple[Words, ...] = Field(description="Of which sessions (ids) or links (titles).")


class CycleData(Data):
    """The cycle."""

    id: Slug = Field(description="Its id in the programme.")
    title: Line = Field(description="Its title.")
    language: Language = Field(description="The language of the title.")


class ChangeData(Data):
    """A figure in the other review and in this one."""

    name: CycleFigureName = Field(description="Which figure.")
    then: AmountData = Field(description="In the other review.")
    now: AmountData = Field(description="In this one.")
    difference: Step | None = Field(description="Growth; of a rate in shares of 1. Null where one is no single number.")
    share: Step | None = Field(
        description="Growth as a share of what it was; null also where that was 0, and of rates."
    )


class GrowthData(Data):
    """The figures beside those of another review."""

    cycle: CycleData = Field(description="The other review's cycle.")
    issued: date = Field(description="Its day.")
    figures: tuple[ChangeData, ...] = Field(description="The figures that both have.")


class ReviewData(Data):
    """The review of a cycle of webinars. It holds no personal data, and no count of a small group."""

    version: Literal[1] = Field(description="Of this format.")
    cycle: CycleData = Field(description="The cycle that it is of.")
    timezone: Line = Field(description="The zone of all days and hours.")
    language: Language = Field(description="The language of the words.")
    issued: date = Field(description="The day as of which all is said.")
    least: Count = Field(description="Groups of fewer persons are hidden.")
    figures: tuple[CycleFigureData, ...] = Field(description="The figures of the cycle.")
    sessions: tuple[SessionData, ...] = Field(description="The sessions, by date.")
    breakdowns: tuple[BreakdownData, ...] = Field(description="Who came.")
    claims: tuple[ClaimData, ...] = Field(description="Figures said in public.")
    gaps: tuple[GapData, ...] = Field(description="What is missing.")
    growth: GrowthData | None = Field(description="Beside another review.")


def schema() -> bytes:
    """The JSON Schema of the machine-readable review, draft 2020-12."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ReviewData.model_json_schema()}
    return _json(described)


def dump(found: ReviewData) -> bytes:
    """The review as JSON, the same bytes for the same review."""
    return _json(found.model_dump(mode="json"))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def load(raw: bytes, file: str) -> ReviewData:
    """The review in these bytes; RefusedError says where they are no review of ours."""
    try:
        return ReviewData.model_validate_json(raw)
    except ValidationError as problem:
        found = problem.errors(include_url=False)[0]
        if found["type"] == "json_invalid":
            at = re.search(r"line (\d+) column (\d+)", found["msg"])
            line, column = at.groups() if at else ("1", "1")
            raise RefusedError("review-data.syntax", file=file, line=line, column=column) from problem
        if found["loc"][:1] == ("version",) and found["type"] == "literal_error":
            raise RefusedError("review-data.version", file=file, known=str(VERSION)) from problem
        place = ".".join(map(str, found["loc"]))[:_LONGEST_PLACE] or "."
        raise RefusedError("review-data.value", file=file, place=place, count=str(problem.error_count())) from problem


def amount(found: AmountData) -> Amount:
    """How much a figure is, in numbers that are exact."""
    value, low, above, high = map(_exact, (found.value, found.low, found.above, found.high))
    return Amount(value, low, above, high, hidden=found.absent == "small-group")


def _exact(number: float | None) -> Number | None:
    return number if number is None or isinstance(number, int) else Fraction(str(number))
