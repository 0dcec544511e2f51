"""What the notes about one session share: how it is named inside a sentence, when, with whom, where and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from webcycle.documents import inline, wording
from webcycle.documents.announce import nouns, told
from webcycle.documents.blocks import Inline
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.programme import Programme, Session, Slot
from webcycle.values import Moment, Text, day_of

State = Literal["cancelled", "postponed", "later", "earlier", "hours", "back", "tentative", "unchanged"]

ENDS = (".", "!", "?", "…")
# A name of a town alone, before which "à" is right; one of a hall or an address needs an article or none.
_TOWN = re.compile(r"(?:L[ae]s? )?[A-ZÀ-Ý][^\W\d_]*(?:[-’'][^\W\d_]+)*")


# Words that make a sentence of what began like a noun; "Motif : ..." is right before either.
_VERB: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\b(?:est|sont|étai(?:t|ent)|ser(?:a|ont)|a|ont|avai(?:t|ent)|ne|n[’']|peu(?:t|vent)|doi(?:t|vent))\b"
    ),
    "en": re.compile(r"\b(?:is|are|was|were|has|have|had|will|can|cannot|must)\b"),
}


def say(voice: Voice, key: str, **fields: Inline | str) -> Inline:
    """A sentence, or a part of one, that notes share."""
    return voice.say(f"document.note.{key}", count=None, **fields)


def named(session: Session, voice: Voice) -> Inline:
    """ "webinaire « La santé »"."""
    return say(voice, "named", sort=told.word(session, voice), title=told.quoted(session.title, voice))


def dated(session: Session, voice: Voice) -> Inline:
    """ "webinaire du 26 octobre 2020": by what a link to something of it names it. It needs a date."""
    assert session.start is not None
    day = wording.day(day_of(session.start), voice.lang, weekday=False)
    return say(voice, "dated", sort=told.word(session, voice), day=day)


def last_day(slot: Slot) -> date:
    """The day on which it ends."""
    if isinstance(slot.start, datetime) and isinstance(slot.end, datetime):
        return wording.last_day(slot.start, slot.end)
    return day_of(slot.end)


def single_day(slot: Slot) -> bool:
    """Whether it begins and ends on one day."""
    return last_day(slot) == day_of(slot.start)


def when(slot: Slot, voice: Voice) -> Inline:
    """After a verb: "le mardi 19 octobre 2021", "du 21 au 22 juin 2021"; "on Tuesday ...", "from 21 June to ..."."""
    return say(voice, "on" if single_day(slot) else "from", span=wording.span(slot, voice.lang))


def to(slot: Slot, voice: Voice) -> Inline:
    """After "moved": "au mardi 19 octobre 2021", "à de nouvelles dates, du 21 au 22 juin 2021"."""
    span = wording.span(slot, voice.lang)
    return inline.plain(wording.at(span, voice.lang)) if single_day(slot) else say(voice, "to-days", span=span)


def apart(slot: Slot, voice: Voice) -> Inline:
    """Set apart: "mardi 19 octobre 2021, de 10h00 à 12h00"."""
    if not single_day(slot):
        return inline.plain(wording.span(slot, voice.lang))
    day = wording.day(day_of(slot.start), voice.lang)
    if not isinstance(slot.start, datetime) or not isinstance(slot.end, datetime):
        return inline.plain(day)
    return say(voice, "day-hours", day=day, hours=wording.hours(slot.start, slot.end, voice.lang))


def state(session: Session) -> State:
    """What became of the date of a session; of several moves the last one counts."""
    if session.status in ("postponed", "cancelled"):
        return session.status
    if session.start is None or not session.moved_from:
        return "tentative" if session.status == "tentative" else "unchanged"
    if session.start in session.moved_from:
        return "back"
    before, now = day_of(session.moved_from[-1]), day_of(session.start)
    return "hours" if now == before else "later" if now > before else "earlier"


def former(session: Session) -> Moment | None:
    """The start that was given up last; None where none is known."""
    if session.status in ("postponed", "cancelled") and session.start is not None:
        return session.start
    return next((one for one in reversed(session.moved_from) if one != session.start), None)


def by(programme: Programme, voice: Voice) -> Inline:
    """Who organises: "par la Délégation ..."."""
    return say(voice, "by", organiser=told.named(programme.organiser.name, voice))


def with_whom(session: Session, voice: Voice) -> Inline:
    """ "avec Cités Unies France"; nothing where it has no partner."""
    partners = [told.named(partner, voice) for partner in session.partners]
    return say(voice, "with", partners=voice.listed(partners)) if partners else ()


def part_of(session: Session, voice: Voice, *, also: bool = False) -> Inline:
    """ "dans le cadre de la « Semaine ... »"; with `also`, "toujours dans le cadre ..."."""
    event = session.parent_event
    return say(voice, "part-of-same" if also else "part-of", event=_of_event(event, voice)) if event else ()


def _of_event(event: Text, voice: Voice) -> Inline:
    words, lang = event.pick(voice.lang, voice.own)
    article, rest = nouns.split(words, lang)
    if lang != voice.lang or article is None:
        return say(voice, "of-event", event=told.quoted(event, voice))
    return (*inline.plain(nouns.of(article, lang)), *told.in_quotes(rest, lang, voice))


def place(session: Session, voice: Voice) -> Inline:
    """ "à Bordeaux", "au Havre"; a longer address in brackets; nothing for what is online."""
    if session.place is None or session.mode == "online":
        return ()
    if not _TOWN.fullmatch(session.place):
        return say(voice, "at-address", place=session.place)
    town = wording.at(session.place, voice.lang) if voice.lang == "fr" else session.place
    return say(voice, "at", place=town)


def why(session: Session, voice: Voice) -> Inline:
    """ " en raison du contexte sanitaire", where it can be said inside a sentence; else `reason` says it apart."""
    found = _of_reason(session, voice)
    # After a date and hours a comma parts it from them.
    before = ", " if state(session) in ("later", "earlier") else " "
    return (*inline.plain(before), *say(voice, "because", reason=found)) if found else ()


def reason(session: Session, voice: Voice) -> Inline:
    """ "Motif : ...", where `why` cannot say it inside a sentence."""
    if session.reason is None or _of_reason(session, voice):
        return ()
    return told.ended(say(voice, "reason", reason=voice.rich(session.reason)), voice)


def _of_reason(session: Session, voice: Voice) -> Inline:
    if session.reason is None:
        return ()
    words, lang = session.reason.pick(voice.lang, voice.own)
    article, rest = nouns.split(words.strip(), lang)
    if lang != voice.lang or article is None or words.strip()[0].isupper():
        return ()
    if _VERB[lang].search(rest) or any(mark in rest for mark in (*ENDS, "\n")):
        return ()
    return (*inline.plain(nouns.of(article, lang)), *inline.rich(rest, lang))


def page(session: Session, voice: Voice) -> Inline:
    """Where all about it is told; nothing where it has no page."""
    if session.url is None:
        return ()
    words = say(voice, "page-of", named=named(session, voice))
    return say(voice, "page", page=inline.link(words, session.url))


def together(parts: Sequence[Inline]) -> Inline:
    """Parts of a sentence that may each be absent, with a space between them."""
    known = [part for part in parts if part]
    return inline.joined(known, " ".join(f"{{{index}}}" for index in range(len(known))))
