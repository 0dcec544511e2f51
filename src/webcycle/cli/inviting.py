"""The messages to those who are registered, which `export-ics --invite` writes."""

from __future__ import annotations

from collections.abc import Iterator
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

    Both go to out/private/invitations. RefusedError where the session never had a date or is over, or nobody is
    registered with an address.
    """
    from webcycle import calendar, guard  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import folder as folders  # noqa: PLC0415

    if session not in publication.bodies:
        raise RefusedError("calendar.invite-no-date", session=session)
    if _is_over(work, publication, session):
        raise RefusedError("calendar.invite-over", session=session)
    recipients = list(_recipients(work, session, lang))
    if not recipients:
        raise RefusedError("calendar.invite-nobody", session=session)
    target = work.folder.private / "invitations"
    paths = [folders.output(target, calendar.file_name(session, one)) for one in recipients]
    index = folders.output(target, f"{session}.csv")
    guard.refuse_tracked(work.folder, (*paths, index))
    folders.make_private(work.folder.private, target)
    changed = 0
    for path, recipient in zip(paths, recipients, strict=True):
        before = folders.read(path, optional=True).data
        message = calendar.invitation(publication, session, recipient, now(), before)
        changed += folders.write(path, message, private=True)
    folders.write(index, _index(recipients, paths, publication.programme.cycle.language), private=True)
    method = calendar.method(publication.bodies[session].session)
    counts = {"number": str(len(recipients)), "changed": str(changed)}
    terminal.words(texts.say(lang, "command.export-ics.invited", {**counts, "method": method, "folder": shown(target)}))


def _is_over(work: Work, publication: Publication, session: str) -> bool:
    slot = publication.bodies[session].slot
    today = work.programme.local(now()).replace(tzinfo=None)
    return slot.end < (today if isinstance(slot.end, datetime) else today.date())


def _recipients(work: Work, session: str, lang: Language) -> Iterator[Recipient]:
    """Who is registered and can be written to, each address once, in the order of the list."""
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
    yield from found.values()


def _index(recipients: list[Recipient], paths: list[Path], lang: Language) -> bytes:
    from webcycle.documents import spreadsheet  # noqa: PLC0415 - only where it is written

    titles = tuple(texts.say(lang, f"command.export-ics.column-{name}") for name in ("email", "name", "file"))
    rows = tuple((one.email, one.name, path.name) for one, path in zip(recipients, paths, strict=True))
    return spreadsheet.delimited(spreadsheet.Sheet("invitations", titles, rows))
