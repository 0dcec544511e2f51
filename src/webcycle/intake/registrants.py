"""A row of a registration form to a registration: whose it is, where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from webcycle.intake.desk import Desk, Row, SkipRowError
from webcycle.records import Registration, Status

_WORDS: Mapping[Status, str] = {
    "confirmed": "attending|checked in|paid|payé|payée|accepté|acceptée|accepted|approved|confirmed|confirmé|confirmée|"
    "inscrit|inscrite|registered|validé|validée|free|gratuit",
    "pending": "pending|pending (overdue)|approval pending|unpaid|invited|waiting list|on waitlist|waitlisted|"
    "en attente|en construction|en instruction|liste d'attente|à valider",
    "cancelled": "cancelled|canceled|canceled (paid fee)|not attending|refunded|deleted|transferred|expired|"
    "annulé|annulée|expiré|expirée|remboursé|désinscrit|sans suite|classé sans suite",
    "refused": "refused|denied|declined|rejected|refusé|refusée|rejeté",
}
STATUS: Mapping[str, Status] = {word: status for status, words in _WORDS.items() for word in words.split("|")}
"""What the tools and people write, compared as `words.norm` does, and where it stands."""
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


def withdraw(desk: Desk) -> None:
    """Where somebody's last answer withdraws (cancelled, refused), the earlier ones to the same question do too.

    Of answers of one address whose times are known: a name alone may be two people's.
    """
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(desk.registrations):
        if one.email and one.registered:
            places[one.email.casefold(), one.meeting].append(index)
    for indexes in places.values():
        for index, status in _withdrawn({index: desk.registrations[index] for index in indexes}):
            desk.registrations[index] = replace(desk.registrations[index], status=status)


def _withdrawn(answers: Mapping[int, Registration]) -> Iterator[tuple[int, Status]]:
    """Those of a person's answers that a later one withdraws, with what becomes of them."""
    moments = {index: one.registered for index, one in answers.items() if one.registered}
    last = max(moments.values())
    ends = {answers[index].status for index, moment in moments.items() if moment == last}
    if ends <= {"cancelled", "refused"}:
        yield from ((index, min(ends)) for index, moment in moments.items() if moment < last)


def _moment(row: Row) -> str:
    """The time of registering; some tools write its day and its hour in two cells."""
    return " ".join(filter(None, (row.raw("registered") or row.raw("submitted"), row.raw("hour"))))


def _status(desk: Desk, row: Row) -> Status:
    """Where it stands; a word that nobody knows is noted and taken for a yes."""
    word = row.word("status")
    if word and word not in STATUS:
        desk.note("intake-unknown-status", row.number)
    return STATUS.get(word, "confirmed")
