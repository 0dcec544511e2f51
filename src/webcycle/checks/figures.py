"""Rules about figures: what was said in public, stated by hand and measured agrees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle import claims
from webcycle.checks.found import finding
from webcycle.claims import Measured
from webcycle.errors import Finding
from webcycle.programme import Claim, FigureName, Programme


def contradicted_claims(programme: Programme, measured: Measured) -> Iterator[Finding]:
    """A figure said in public is not contradicted by what was measured, or stated by hand."""
    known: dict[tuple[FigureName, date], claims.Known] = {}
    for index, claim in enumerate(programme.claims):
        asked = claim.figure, claim.on
        if asked not in known:
            known[asked] = claims.recompute(programme, *asked, measured)
        found = claims.verdict(claim, known[asked])
        if found.kind == "contradicted":
            values = {key: found.values[key] for key in ("claimed", "counted", "on")}
            yield finding("claim-contradicted", "claim", index, _bound(claim), source=claim.source, **values)


def _bound(claim: Claim) -> str:
    bounds = {"equals": claim.equals, "at-least": claim.at_least, "more-than": claim.more_than}
    return next(key for key, bound in bounds.items() if bound is not None)


def stated_differs(programme: Programme, measured: Measured) -> Iterator[Finding]:
    """What is stated of a session is what its records give."""
    index = {session.id: number for number, session in reversed(list(enumerate(programme.sessions)))}
    for one in claims.differences(programme, measured):
        values = {"found": one.session, "stated": str(one.stated), "measured": one.measured}
        yield finding("stated-differs", "session", index[one.session], "stated", one.key, **values)
