"""One session as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from webcycle import texts, zones
from webcycle.documents import wording
from webcycle.errors import Language
from webcycle.programme import Document, Programme, Session
from webcycle.values import Text


def lines(programme: Programme, session: Session, lang: Language) -> Iterator[str]:
    """The session as lines of text: its title, then a label and a value each."""
    own = programme.cycle.language
    yield f"{session.title.pick(lang, own)[0]} [{session.id}]"
    told = [(texts.say(lang, f"command.show.{key}"), value) for key, value in _facts(programme, session, lang) if value]
    width = max(len(label) for label, _ in told)
    for label, value in told:
        yield f"  {label:<{width}}  {value}"


def _facts(programme: Programme, session: Session, lang: Language) -> Iterator[tuple[str, str]]:
    own = programme.cycle.language

    def words(text: Text | None) -> str:
        return " ".join(text.pick(lang, own)[0].split()) if text else ""

    yield "status", texts.say(lang, f"status.{session.status}")
    yield "when", _when(programme, session, lang)
    for hours in _elsewhere(programme, session, lang):
        yield "elsewhere", hours
    for former in session.moved_from:
        yield "moved-from", _moment(former, lang)
    yield "reason", words(session.reason)
    yield "axis", next((words(axis.title) for axis in programme.axes if axis.id == session.axis), "")
    yield "mode", texts.say(lang, f"mode.{session.mode}")
    yield "place", session.place or ""
    yield "parent-event", words(session.parent_event)
    yield "note", words(session.note)
    yield "countries", ", ".join(wording.country(code, lang) for code in session.countries)
    yield "partners", ", ".join(words(partner) for partner in session.partners)
    for speaker in session.speakers:
        yield "speakers", ", ".join(filter(None, (speaker.name, words(speaker.role), words(speaker.organisation))))
    for item in session.agenda:
        yield "agenda", f"{wording.hour(item.start, lang)}–{wording.hour(item.end, lang)}  {words(item.title)}"
    yield "registration", _registration(session, lang)
    yield "join", session.join.url if session.join else ""
    yield "recording", session.recording.url if session.recording else ""
    for document in session.documents:
        yield "documents", _document(document, words(document.title) or document.kind, lang)
    yield "stated", _stated(session, lang)
    yield "url", session.url or ""


def _when(programme: Programme, session: Session, lang: Language) -> str:
    if session.slot is None:
        return texts.say(lang, "command.list.no-date")
    return f"{wording.span(session.slot, lang)} ({wording.place(programme.cycle.timezone, lang)})"


def _elsewhere(programme: Programme, session: Session, lang: Language) -> tuple[str, ...]:
    cycle = programme.cycle
    return wording.hours_elsewhere(session.slot, cycle.timezone, cycle.also_show, lang) if session.slot else ()


def _moment(moment: Any, lang: Language) -> str:
    day = wording.day(moment, lang)
    return f"{day} {wording.hour(moment, lang)}" if isinstance(moment, datetime) else day


def _registration(session: Session, lang: Language) -> str:
    found = session.registration
    if found is None:
        return ""
    until = (
        None
        if found.deadline is None
        else texts.say(lang, "command.show.until", {"date": _moment(found.deadline, lang)})
    )
    return ", ".join(filter(None, (found.url, found.email, until)))


def _document(document: Document, name: str, lang: Language) -> str:
    if document.url is not None:
        return f"{name}: {document.url}"
    if document.published is not None:
        day = wording.day(document.published, lang)
        return f"{name}: {texts.say(lang, 'command.show.published-on', {'date': day})}"
    return f"{name}: {texts.say(lang, 'command.show.owed')}"


def _stated(session: Session, lang: Language) -> str:
    found = session.stated
    if found is None:
        return ""
    counts = {"registered": found.registered, "participants": found.participants, "views": found.views}
    told = [
        texts.say(lang, f"command.show.{name}", {"number": wording.number(count, lang)})
        for name, count in counts.items()
        if count is not None
    ]
    return f"{', '.join(told)} ({found.source})"


def hours_data(programme: Programme, session: Session) -> list[dict[str, str]]:
    """The start and end of a session in the cycle's zone and in those shown beside, as ISO 8601."""
    slot = session.slot
    if slot is None or not isinstance(slot.start, datetime) or not isinstance(slot.end, datetime):
        return []
    start, end = programme.aware(slot.start), programme.aware(slot.end)
    return [
        {
            "zone": name,
            "start": start.astimezone(zones.zone(name)).isoformat(),
            "end": end.astimezone(zones.zone(name)).isoformat(),
        }
        for name in (programme.cycle.timezone, *programme.cycle.also_show)
    ]
