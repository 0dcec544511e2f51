"""The facts and figures of a cycle's review, each figure with its provenance, as one frozen value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from webcycle import claims
from webcycle.programme import Claim, Programme, Release
from webcycle.published import Published
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
    "issue",
    "recorded_amount",
    "review",
]


def issue(programme: Programme, now: datetime) -> tuple[Release | None, date]:
    """The release of the review, and its day: without one, the day that `now` (aware) is in the cycle's zone."""
    release = next((one for one in programme.releases if one.kind == "review"), None)
    if release is not None and release.date is not None:
        return release, release.date
    return release, programme.local(now).date()


def review(
    programme: Programme,
    now: datetime,
    found: Published | None = None,
    before: data.ReviewData | None = None,
) -> Review:
    """The review of a programme, as of its release date, else of the day that `now` (aware) is in the cycle's zone.

    Of the present day what is over by `now` counts, of another one the whole day.

    What was measured, which `found` tells as of that day, replaces what is stated; `before` is another review, to
    compare with. The number of distinct people can be hidden, as beside that of the participations it can tell about
    few of them.
    """
    release, issued = issue(programme, now)
    here = programme.local(now).replace(tzinfo=None)
    programme = programme.as_of(issued)
    tell_people = found is None or found.groups.tells_people
    results, groups = (found.results, found.groups) if found is not None else (None, None)
    seen = Evidence(programme, results, found.measured if found is not None else claims.NOTHING, issued, here)
    rows = tuple(sessions.row_of(session, seen) for session in programme.chronological())
    made = Review(
        programme=programme,
        issued=issued,
        release=release,
        rows=rows,
        axes=tuple(sessions.axes(programme)),
        figures=figures(seen, tell_people=tell_people),
        claims=tuple(_judged(seen, claim, found) for claim in programme.claims),
        gaps=tuple(sessions.gaps(seen, rows)),
        results=results,
        groups=groups,
        recorded=recorded(seen, programme.privacy.least_published, tell_people=tell_people),
    )
    return made if before is None else replace(made, comparison=_compared(before, made))


def _compared(before: data.ReviewData, made: Review) -> Comparison:
    then: dict[str, Amount] = {figure.name: data.amount(figure) for figure in before.figures}
    found = growth.changes(then, amounts(made))
    return Comparison(before.cycle.id, before.cycle.title, before.cycle.language, before.issued, found)


def _judged(seen: Evidence, claim: Claim, found: Published | None) -> ClaimVerdict:
    """What the data say of a claim. That it holds is not said where its number may not be told: it is that number."""
    known = seen.known(claim.figure, claim.on)
    verdict = claims.verdict(claim, known)
    if _may_be_told(seen.programme, claim, found):
        return ClaimVerdict(claim, verdict, known)
    hidden = replace(verdict, kind="unknown", reason="hidden")
    return ClaimVerdict(claim, verdict if verdict.kind == "contradicted" else hidden, None)


def _may_be_told(programme: Programme, claim: Claim, found: Published | None) -> bool:
    if found is None or claim.figure != "people":
        return True
    held = frozenset(one.id for one in claims.held(programme, claim.on))
    return found.groups.tells_people and held not in found.untold
