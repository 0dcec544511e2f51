"""What claims are held against, of the results."""

from __future__ import annotations

from types import MappingProxyType

from webcycle.claims import Measured, SessionCounts
from webcycle.metrics.results import CycleResults, SessionFigure, SessionResults


def measured(results: CycleResults) -> Measured:
    """The counts that the records give, session by session; what was only stated is left out."""
    readings = {replay.session: replay.readings for replay in results.replays}
    return Measured(
        MappingProxyType(
            {
                one.session: SessionCounts(
                    registered=_count(one, "registered"),
                    attended=_count(one, "attended"),
                    newcomers=_count(one, "newcomers"),
                    views=readings.get(one.session, ()) if one.figure("views").provenance == "measured" else (),
                )
                for one in results.sessions
            }
        )
    )


def _count(found: SessionResults, name: SessionFigure) -> int | None:
    figure = found.figure(name)
    return int(figure.value) if figure.value is not None and figure.provenance == "measured" else None
