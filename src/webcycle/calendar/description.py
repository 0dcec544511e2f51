"""The DESCRIPTION of an event: plain text, because every client shows it; never the join link."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from webcycle import texts
from webcycle.calendar import slots, words
from webcycle.programme import AgendaItem, Contact, Document, Programme, Session, Slot, Speaker
from webcycle.values import Text


def description(programme: Programme, session: Session, slot: Slot) -> str:
    """What a subscriber reads under the title, in the cycle's language; parts are parted by blank lines."""
    parts = (
        _changes(programme, session),
        _subject(programme, session),
        _joining(programme, session),
        _clocks(programme, session, slot),
        _agenda(programme, session),
        _material(programme, session),
        _contact(programme, session),
    )
    return "\n\n".join(block for part in parts if (block := "\n".join(part)))


def _say(programme: Programme, key: str, **values: str) -> str:
    return texts.say(programme.cycle.language, f"calendar.{key}", values)


def own(programme: Programme, text: Text) -> str:
    """The words of `text` in the cycle's language, or in the other when it has no words in that."""
    return text.pick(programme.cycle.language, programme.cycle.language)[0]


def _line(programme: Programme, text: Text) -> str:
    return words.line(own(programme, text))


def _changes(programme: Programme, session: Session) -> Iterator[str]:
    lang = programme.cycle.language
    move = slots.move(session)
    if move is not None:
        first, *later = (words.full(former, lang) for former in session.moved_from)
        when = reduce(lambda before, moment: _say(programme, "then", before=before, moment=moment), later, first)
        yield _say(programme, "moved-from" if move == "moved" else "earlier-than", moment=when)
    if session.reason is not None and (move is not None or slots.given_up(session)):
        yield _say(programme, "reason", reason=words.plain(own(programme, session.reason)))
    if programme.cycle.times_provisional and not slots.given_up(session):
        yield _say(programme, "times-provisional")


def _subject(programme: Programme, session: Session) -> Iterator[str]:
    yield _say(programme, "cycle", title=cycle_title(programme, session.axis))
    if session.note is not None:
        yield words.plain(own(programme, session.note))


def cycle_title(programme: Programme, axis: str | None) -> str:
    """The title of the cycle, and of an axis of it, on one line."""
    titles = (_line(programme, programme.cycle.title), axis_title(programme, axis))
    return " – ".join(title for title in titles if title is not None)


def axis_title(programme: Programme, axis: str | None) -> str | None:
    """The title of an axis on one line; None when there is no such axis."""
    return next((_line(programme, known.title) for known in programme.axes if known.id == axis), None)


def _joining(programme: Programme, session: Session) -> Iterator[str]:
    if slots.given_up(session):
        return
    if known := ", ".join(_ways_to_register(programme, session)):
        yield _say(programme, "registration", where=known)
    if session.registration is not None and session.registration.deadline is not None:
        moment = words.full(session.registration.deadline, programme.cycle.language)
        yield _say(programme, "registration-deadline", moment=moment)
    if session.mode != "in-person" and programme.cycle.joining is not None:
        yield words.plain(own(programme, programme.cycle.joining))


def registration_page(programme: Programme, session: Session) -> str | None:
    """Where one registers: the session's own form, else the cycle's."""
    if session.registration is not None and session.registration.url is not None:
        return session.registration.url
    return next((link.url for link in programme.links if link.kind == "registration" and link.url is not None), None)


def _ways_to_register(programme: Programme, session: Session) -> dict[str, None]:
    registration = session.registration
    ways = [registration_page(programme, session)]
    if registration is not None:
        contacts = (
            contact.email for contact in programme.contacts if contact.id and contact.id == registration.contact
        )
        ways += [registration.email, *contacts]
    return dict.fromkeys(way for way in ways if way is not None)


def _clocks(programme: Programme, session: Session, slot: Slot) -> Iterator[str]:
    """The hours on the clocks of each zone to show, with the day where it is another."""
    cycle = programme.cycle
    if slot.all_day or slots.given_up(session) or not cycle.also_show:
        return
    from webcycle.documents import wording  # noqa: PLC0415 - brings babel; few calendars name a zone

    yield _say(programme, "hours")
    shown = dict.fromkeys((cycle.timezone, *cycle.also_show))
    yield from (f"- {line}" for line in wording.hours_elsewhere(slot, cycle.timezone, tuple(shown), cycle.language))


def _agenda(programme: Programme, session: Session) -> Iterator[str]:
    if session.agenda:
        yield _say(programme, "agenda")
        yield from (_item(programme, item) for item in session.agenda)
    if session.speakers:
        yield _say(programme, "speakers")
        yield from (f"- {_speaker(programme, speaker)}" for speaker in session.speakers)


def _item(programme: Programme, item: AgendaItem) -> str:
    title = words.plain(own(programme, item.title))
    names = ", ".join(_line(programme, name) for name in item.speakers)
    start, end = (words.hour(one, programme.cycle.language) for one in (item.start, item.end))
    return f"- {start}–{end} {title}" + (f" ({names})" if names else "")


def _speaker(programme: Programme, speaker: Speaker) -> str:
    more = (_line(programme, text) for text in (speaker.role, speaker.organisation) if text is not None)
    return ", ".join((words.line(speaker.name), *more))


def _material(programme: Programme, session: Session) -> Iterator[str]:
    if session.recording is not None:
        yield _say(programme, "recording", url=session.recording.url)
    if published := [document for document in session.documents if document.url is not None]:
        yield _say(programme, "documents")
        yield from (f"- {_document(programme, document)}" for document in published)


def _document(programme: Programme, document: Document) -> str:
    title = document.title
    name = _line(programme, title) if title is not None else _say(programme, f"document.{document.kind}")
    return f"{name} ({document.url})"


def _contact(programme: Programme, session: Session) -> Iterator[str]:
    contacts = {contact.id: contact for contact in reversed(programme.contacts)}
    contact = contacts.get(session.contact) if session.contact is not None else next(iter(programme.contacts), None)
    if contact is None:
        name = _line(programme, programme.organiser.name)
        yield _say(programme, "contact", who=", ".join((name, programme.organiser.email)))
    else:
        yield _say(programme, "contact", who=", ".join(_reached(programme, contact)))


def _reached(programme: Programme, contact: Contact) -> Iterator[str]:
    yield _line(programme, contact.name)
    yield from (words.line(way) for way in (contact.email, contact.phone) if way is not None)
