"""The messages to those who are registered, which `export-ics --invite` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.state import now, shown
from webcycle.errors import Language, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from webcycle.calendar import Publication, Recipient
    from webcycle.cli.state import Work


def invite(work: Work, publication: Publication, session: str, lang: Language) -> None:
    """Write one file for each person registered for the session, and the list that says which is whose.

    Both go to out/private/invitations. Those whose earlier message stands there and who are not registered any more are
    sent a CANCEL instead. RefusedError where the session never had a date or is over, or nobody is registered with an
    address, nor was.
    """
    from webcycle import calendar, guard  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import folder as folders  # noqa: PLC0415

    if session not in publication.bodies:
        raise RefusedError("calendar.invite-no-date", session=session)
    if _is_over(work, publication, session):
        raise RefusedError("calendar.invite-over", session=session)
    registered, target = _registered(work, session, lang), work.folder.private / "invitations"
    withdrawn = list(_withdrawn(target, session, registered.expected))
    usual = calendar.method(publication.bodies[session].session)
    kinds = (
        *((one, usual, calendar.invitation) for one in registered.recipients),
        *((one, "CANCEL", calendar.withdrawal) for one in withdrawn),
    )
    if not kinds:
        raise RefusedError("calendar.invite-nobody", session=session)
    paths = [folders.output(target, calendar.file_name(session, one)) for one, _method, _make in kinds]
    index = folders.output(target, f"{session}.csv")
    guard.refuse_tracked(work.folder, (*paths, index))
    folders.shut(work.folder)
    folders.make_private(work.folder.private, target)
    changed, rows = 0, []
    for path, (recipient, method, make) in zip(paths, kinds, strict=True):
        before = folders.read(path, optional=True).data
        changed += folders.write(path, make(publication, session, recipient, now(), before), private=True)
        rows.append((recipient.email, recipient.name, path.name, method))
    folders.write(index, _index(rows, publication.programme.cycle.language), private=True)
    counts = {"number": str(len(registered.recipients)), "changed": str(changed)}
    terminal.words(texts.say(lang, "command.export-ics.invited", {**counts, "method": usual, "folder": shown(target)}))
    if withdrawn:
        terminal.say(lang, "command.export-ics.withdrawn", count=len(withdrawn), number=str(len(withdrawn)))


def _is_over(work: Work, publication: Publication, session: str) -> bool:
    slot = publication.bodies[session].slot
    today = work.programme.local(now()).replace(tzinfo=None)
    return slot.end < (today if isinstance(slot.end, datetime) else today.date())


@dataclass(frozen=True, slots=True)
class _Registered:
    """Who is written to, each address once, in the order of the list; and every address of those who may come."""

    recipients: tuple[Recipient, ...]
    expected: frozenset[str]


def _registered(work: Work, session: str, lang: Language) -> _Registered:
    from webcycle import participants, store  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.calendar import Recipient  # noqa: PLC0415 - brings icalendar
    from webcycle.cli.people import decisions  # noqa: PLC0415

    _, people = decisions(work.folder, lang)
    records = store.load(work.folder)
    rolls = participants.rolls(work.programme, records.registrations, records.visits, people)
    found: dict[str, Recipient] = {}
    for entry in rolls.sessions[session].registered:
        if email := entry.person.email:
            found.setdefault(email.casefold(), Recipient(email, entry.person.name))
    # Those of the house too, whom no list of participants holds; and of everybody the addresses of before.
    confirmed = (row for row in records.registrations if (row.session, row.status) == (session, "confirmed"))
    persons = (person for row in confirmed if (person := rolls.directory.of(row)) is not None)
    return _Registered(tuple(found.values()), frozenset(email.casefold() for one in persons for email in one.emails))


def _withdrawn(target: Path, session: str, expected: frozenset[str]) -> Iterator[Recipient]:
    """Those whose message of an earlier run stands in the folder, and who are not expected any more."""
    from webcycle import calendar  # noqa: PLC0415 - brings icalendar
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them

    for path in (one for one in folders.listed(target) if one.match(f"{session}-*.ics")):
        message = folders.read(folders.output(target, path.name)).data
        found = calendar.recipient_of(session, path.name, message)
        if found is not None and found.email.casefold() not in expected:
            yield found


def _index(rows: Iterable[tuple[str, ...]], lang: Language) -> bytes:
    from webcycle.documents import spreadsheet  # noqa: PLC0415 - only where it is written

    columns = ("email", "name", "file", "method")
    titles = tuple(texts.say(lang, f"command.export-ics.column-{name}") for name in columns)
    return spreadsheet.delimited(spreadsheet.Sheet("invitations", titles, tuple(rows)))
