"""The sessions of a review that were measured, and the chart of who registered and who came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webcycle import disclosure
from webcycle.documents import charts, figure_words, inline
from webcycle.documents.blocks import Block, Inline
from webcycle.documents.voice import Voice
from webcycle.metrics import SessionResults
from webcycle.programme import Session
from webcycle.review import Review

_TABLE = "table-sessions"
"""The id of the table of `webcycle.documents.session_table`, which holds the same figures."""


def sessions_chart(review: Review, voice: Voice) -> Iterator[Block]:
    """Registered and attended per session held, beside the table of sessions; nothing where no session has either."""
    rows = [
        charts.Bar(voice.plain(row.session.name()), row.registered, row.participants)
        for row in review.rows
        if row.state == "held"
    ]
    known = any(row.registered is not None or row.attended is not None for row in rows)
    if review.results is not None and known:
        yield from charts.session_bars("sessions", rows, voice, table=_TABLE)


def measured(review: Review) -> list[tuple[Session, SessionResults]]:
    """The sessions whose attendance was imported, by date."""
    found = {one.session: one for one in review.results.sessions} if review.results is not None else {}
    pairs = [(row.session, found[row.session.id]) for row in review.rows if row.session.id in found]
    return [(session, one) for session, one in pairs if one.figure("attended").provenance == "measured"]


def names(sessions: Iterable[Session], voice: Voice) -> Inline:
    """Their short names as a list in prose."""
    return voice.listed([voice.plain(session.name()) for session in sessions])


def count(value: int | None, voice: Voice) -> Inline:
    """A count as a cell shows it; "n. d." where it is hidden or not known."""
    return voice.unknown() if value is None else inline.plain(voice.number(value))


def share(part: int, whole: int | None, least: int, voice: Voice) -> Inline:
    """A count's share as a cell shows it; "n. d." where it, the rest or the whole (None where hidden) is small."""
    found = disclosure.rate(part, whole, least) if whole is not None else None
    return voice.unknown() if found is None else figure_words.percent(found, voice)
