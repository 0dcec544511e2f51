"""What is fetched from a platform before it deletes it, and sessions that were held and nobody counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import urlsplit

from webcycle.checks import owed
from webcycle.checks.found import ends
from webcycle.duties.duty import Duty, Imported, State, state
from webcycle.programme import Join, Retention, Session, Slot
from webcycle.values import Moment, after


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept after a session (ISO 8601), and who says so."""

    period: str
    source: str


REPORTS: Mapping[str, Kept] = MappingProxyType(
    {
        # Of the two figures that Zoom gives, the shorter one: 15 months for lists of participants (KB0060632).
        "zoom": Kept("P6M", "Zoom Support KB0064974: reports reach back 6 months"),
        "teams": Kept("P1Y", "Microsoft 365 MC1022529: attendance reports are kept one year"),
    }
)
"""By platform, how long reports of attendance can be downloaded; `[retention]` wins."""

DASHBOARD_MINUTES = 2
DASHBOARD_SOURCE = "BigBlueButton: learningDashboardCleanupDelayInMinutes = 2"
"""How long BigBlueButton keeps its learning dashboard unless the server is set otherwise."""

STATE_SERVICE = ("webinaire.numerique.gouv.fr", "webconf.numerique.gouv.fr")
STATE_RECORDINGS = Kept("P12M", "webinaire.numerique.gouv.fr: recordings are kept 12 months")


def duties(
    retention: Retention, session: Session, imported: Imported, now: datetime, *, recorded: bool
) -> Iterator[Duty]:
    """Those of one session; `now` is on the clocks of the cycle's zone, `recorded` whether the cycle has recordings."""
    slot = session.slot if session.status == "confirmed" else None
    counted = session.id in imported.visits or (session.stated is not None and session.stated.participants is not None)
    if session.join is not None:
        yield from _export(session, session.join, slot, retention, now, counted=counted)
        yield from _recording(session, session.join, slot, retention, now, recorded=recorded)
    yield _attendance(session, slot, now, counted=counted)


def end(session: Session, slot: Slot) -> datetime:
    """When a session was really over, else when it is to be."""
    return ends(Slot(session.held.start, session.held.end) if session.held is not None else slot)


def _export(
    session: Session, join: Join, slot: Slot | None, retention: Retention, now: datetime, *, counted: bool
) -> Iterator[Duty]:
    """The report of who was there; known in advance, as some platforms keep it for minutes only."""
    values = MappingProxyType({"platform": join.platform})
    if slot is None:
        yield Duty("export", session.id, None, "not-applicable", "session.status", values)
    elif (until := _reports(join.platform, end(session, slot), retention)) is not None:
        due, source = until
        yield Duty("export", session.id, due, state(due, now, done=counted), source, values)


def _reports(platform: str, over: datetime, retention: Retention) -> tuple[Moment, str] | None:
    """Until when the platform has its report, and who says so; None where nobody does, or where it is kept for ever."""
    if platform == "bigbluebutton":
        own = retention.bigbluebutton_minutes
        source = DASHBOARD_SOURCE if own is None else "retention.bigbluebutton-minutes"
        minutes = DASHBOARD_MINUTES if own is None else own
        return (over + timedelta(minutes=minutes), source) if minutes else None
    period = getattr(retention, platform, None)
    kept = REPORTS.get(platform) if period is None else Kept(period, f"retention.{platform}")
    return None if kept is None else (after(over.date(), kept.period), kept.source)


def _recording(
    session: Session, join: Join, slot: Slot | None, retention: Retention, now: datetime, *, recorded: bool
) -> Iterator[Duty]:
    own = retention.recordings
    of_state = urlsplit(join.url).hostname in STATE_SERVICE
    kept = Kept(own, "retention.recordings") if own is not None else STATE_RECORDINGS if of_state else None
    if kept is None:
        return
    values = MappingProxyType({"platform": join.platform})
    if slot is None or not (recorded and owed.recordable(session)):
        yield Duty("platform-recording", session.id, None, "not-applicable", kept.source, values)
    else:
        due = after(end(session, slot).date(), kept.period)
        stands = state(due, now, done=session.recording is not None)
        yield Duty("platform-recording", session.id, due, stands, kept.source, values)


def _attendance(session: Session, slot: Slot | None, now: datetime, *, counted: bool) -> Duty:
    due = owed.due(slot) if slot is not None else None
    held = slot is not None and end(session, slot) <= now
    stands: State = state(due, now, done=counted) if held else "not-applicable"
    return Duty("attendance", session.id, due, stands, "session.end")
