"""The facts and figures of a cycle's review, each figure with its provenance, as one frozen value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from webcycle import claims
from webcycle.metrics import CycleResults, for_claims
from webcycle.programme import Claim, Programme
from webcycle.review import data, growth, sessions
from webcycle.review.facts import (
    FIGURES,
    RECORDED,
    AxisGroup,
    Bound,
    ClaimVerdict,
    Figure,
    Gap,
    GapKind,
    Provenance,
    Review,
    SessionRow,
    State,
)
from webcycle.review.figures import Evidence, amount, amounts, figures, recorded, recorded_amount
from webcycle.review.growth import Amount, Change, Comparison

__all__ = [
    "FIGURES",
    "RECORDED",
    "Amount",
    "AxisGroup",
    "Bound",
    "Change",
    "ClaimVerdict",
    "Comparison",
    "Figure",
    "Gap",
    "GapKind",
    "Provenance",
    "Review",
    "SessionRow",
    "State",
    "amount",
    "amounts",
    "recorded_amount",
    "review",
]


def review(
    programme: Programme,
    now: datetime,
    results: CycleResults | None = None,
    before: data.ReviewData | None = None,
    *,
    tell_people: bool = True,
) -> Review:
    """The review of a programme, as of its release date, else of the day that `now` (aware) is in the cycle's zone.

    What `results` measured replaces what is stated; `before` is another review, to compare with. Without `tell_people`
    the number of distinct people is hidden, as beside that of the participations it can tell about few of them.
    """
    release = next((release for release in programme.releases if release.kind == "review"), None)
    today = programme.local(now).date()
    issued = release.date if release is not None and release.date is not None else today
    found = Evidence(programme, results, for_claims.measured(results) if results else claims.NOTHING, issued)
    rows = tuple(sessions.row_of(session, found) for session in programme.chronological())
    made = Review(
        programme=programme,
        issued=issued,
        release=release,
        rows=rows,
        axes=tuple(sessions.axes(programme)),
        figures=figures(found, tell_people=tell_people),
        claims=tuple(_judged(found, claim, told=tell_people or claim.figure != "people") for claim in programme.claims),
        gaps=tuple(sessions.gaps(found, rows)),
        results=results,
        recorded=recorded(found, programme.privacy.least_published, tell_people=tell_people),
        tell_people=tell_people,
    )
    return made if before is None else replace(made, comparison=_compared(before, made))


def _compared(before: data.ReviewData, made: Review) -> Comparison:
    then: dict[str, Amount] = {figure.name: data.amount(figure) for figure in before.figures}
    found = growth.changes(then, amounts(made))
    return Comparison(before.cycle.id, before.cycle.title, before.cycle.language, before.issued, found)


def _judged(found: Evidence, claim: Claim, *, told: bool) -> ClaimVerdict:
    known = found.known(claim.figure, claim.on)
    return ClaimVerdict(claim, claims.verdict(claim, known), known if told else None)
