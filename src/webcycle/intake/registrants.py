"""A row of a registration form to a registration: whose it is, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from webcycle.intake.desk import Desk, Row, SkipRowError
from webcycle.records import Registration, Status

STATUS: Mapping[str, Status] = {
    **dict.fromkeys(
        "attending|checked in|paid|payé|payée|accepté|acceptée|accepted|approved|confirmed".split("|"), "confirmed"
    ),
    **dict.fromkeys(
        "confirmé|confirmée|inscrit|inscrite|registered|validé|validée|free|gratuit".split("|"), "confirmed"
    ),
    **dict.fromkeys(
        "pending|en attente|en construction|en instruction|waiting list|liste d'attente".split("|"), "pending"
    ),
    **dict.fromkeys("pending (overdue)|unpaid|invited|on waitlist|waitlisted|à valider".split("|"), "pending"),
    **dict.fromkeys("not attending|refunded|cancelled|canceled|deleted|transferred|expired".split("|"), "cancelled"),
    **dict.fromkeys(
        "annulé|annulée|expiré|expirée|remboursé|désinscrit|sans suite|classé sans suite".split("|"), "cancelled"
    ),
    **dict.fromkeys("refused|denied|declined|rejected|refusé|refusée|rejeté".split("|"), "refused"),
}
_YES = ("1", "yes", "oui", "true", "x", "vrai")
# The day to which LimeSurvey dates every answer of an anonymous survey.
_UNDATED = date(1980, 1, 1)


def take_registration(desk: Desk, row: Row) -> None:
    """Keep a row's registration; drafts, unfinished answers and rows of nobody are left out."""
    if row.word("draft") in _YES or ("submitted" in row.layout.at and not row.raw("submitted")):
        raise SkipRowError("incomplete")
    email, first, last = desk.address(row), row.text("first"), row.text("last")
    name = " ".join(filter(None, (first, last))) or row.text("name")
    if not (email or name):
        raise SkipRowError("nobody")
    when = desk.instant(_moment(row), row.number)
    desk.register(
        Registration(
            session=desk.options.session,
            source=desk.source,
            meeting=desk.shared(row.text("meeting")),
            email=email,
            name=name,
            first=first,
            last=last,
            organisation=desk.shared(row.text("organisation")),
            territory=desk.shared(row.text("territory")),
            registered=when if when and desk.clock.local_day(when) != _UNDATED else None,
            status=_status(desk, row),
        )
    )


def _moment(row: Row) -> str:
    """The time of registering; some tools write its day and its hour in two cells."""
    return " ".join(filter(None, (row.raw("registered") or row.raw("submitted"), row.raw("hour"))))


def _status(desk: Desk, row: Row) -> Status:
    """Where it stands; a word that nobody knows is noted and taken for a yes."""
    word = row.word("status")
    if word and word not in STATUS:
        desk.note("intake-unknown-status", row.number)
    return STATUS.get(word, "confirmed")
