"""How every announcement tells of a session: when, where, with whom, what became of its date, and where to look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from itertools import groupby

from webcycle.documents import communique, inline, wording
from webcycle.documents.announce import nouns
from webcycle.documents.blocks import (
    Anchor,
    Block,
    Break,
    BulletList,
    Definition,
    DefinitionList,
    Emphasis,
    Heading,
    InLanguage,
    Inline,
    Item,
    LinkList,
    Paragraph,
    Run,
    Strong,
)
from webcycle.documents.voice import Voice, enumerated, sentences
from webcycle.errors import Language
from webcycle.programme import Link, Programme, Release, Session
from webcycle.values import Moment, Text, day_of

ANNOUNCEMENT = "document.announcement"
GIVEN_UP = ("postponed", "cancelled")
_INNER: Mapping[Language, Sequence[tuple[re.Pattern[str], str]]] = {
    "fr": ((re.compile(r"«\s*"), "“"), (re.compile(r"(?<!\s)\s*»"), "”")),
    "en": ((re.compile("“"), "‘"), (re.compile("”"), "’")),
}


# ---- words


def capitalised(nodes: Inline) -> Inline:
    """The same words with a capital at the beginning."""
    match nodes:
        case (Run(text, verbatim=False), *rest):
            return (Run(wording.capital(text)), *rest)
        case (Strong() | Emphasis() | InLanguage() | Anchor() as first, *rest):
            return (replace(first, children=capitalised(first.children)), *rest)
        case _:
            return nodes


def ended(nodes: Inline, voice: Voice) -> Inline:
    """The same words with a full stop, unless their author ended them."""
    return nodes if inline.text_of(nodes, voice.lang).endswith((".", "!", "?", "…")) else (*nodes, Run("."))


def quoted(words: Text, voice: Voice) -> Inline:
    """A title in quotation marks; those inside it are of the second level: « La “ville” »."""
    return in_quotes(*words.pick(voice.lang, voice.own), voice)


def in_quotes(found: str, lang: Language, voice: Voice) -> Inline:
    """The same of words in a language."""
    for pattern, mark in _INNER[voice.lang]:
        found = pattern.sub(mark, found)
    return voice.say("document.quoted", words=inline.plain(found, lang))


def named(name: Text, voice: Voice) -> Inline:
    """A name as it stands in a sentence of its language, after its article: "l’Agence ...", "le guide ..."."""
    words, lang = name.pick(voice.lang, voice.own)
    article, rest = nouns.split(words, lang)
    return inline.plain(nouns.after(article) + rest if lang == voice.lang else words, lang)


def of_named(name: Text, voice: Voice) -> Inline:
    """The same after "of": "du guide ...", "de la synthèse ..."."""
    words, lang = name.pick(voice.lang, voice.own)
    article, rest = nouns.split(words, lang)
    if lang != voice.lang:
        return (*inline.plain(wording.of("", voice.lang)), *inline.plain(words, lang))
    return inline.plain(nouns.of(article, lang) + rest if article else wording.of(words, lang), lang)


def word(session: Session, voice: Voice) -> Inline:
    """What to call a session: a webinar only when it is online."""
    return voice.say(f"document.review.{'webinars' if session.mode == 'online' else 'events'}", count=1)


def plural(sessions: Iterable[Session], voice: Voice) -> Inline:
    """What to call sessions together: webinars only when all are online."""
    online = all(session.mode == "online" for session in sessions)
    return voice.say(f"document.review.{'webinars' if online else 'events'}", count=2)


def lines(found: Sequence[Inline]) -> Inline:
    """One below the other in a paragraph: where a text is centred, a list would have its marks far from its words."""
    return tuple(node for index, one in enumerate(found) for node in ((Break(), *one) if index else one))


def enumeration(parts: Sequence[Inline], voice: Voice) -> BulletList:
    """The items of a sentence that a colon opened, with the marks between them."""
    return BulletList(tuple(Item(words) for words in enumerated(parts, voice)))


# ---- when


def over(session: Session, issued: date) -> bool:
    """Whether the last day of a session lies before that day: on the day itself it is still announced."""
    return session.slot is not None and day_of(session.slot.end) < issued


def moment(value: Moment, voice: Voice, *, year: bool = True) -> str:
    """ "le mardi 8 juin 2021 à 10h00"; "le mardi 8 juin 2021" where no hour is known."""
    day = wording.day_article(value, voice.lang, year=year)
    if not isinstance(value, datetime):
        return day
    said = voice.say(f"{ANNOUNCEMENT}.moment", day=day, hour=wording.hour(value, voice.lang))
    return inline.text_of(said, voice.lang)


def term(session: Session, voice: Voice, *, year: bool = True) -> Inline:
    """When a session is, with its state: "Le lundi 26 octobre 2020 de 14h00 à 16h00 (à confirmer)"."""
    slot = session.slot
    when = inline.plain(wording.span(slot, voice.lang, year=year)) if slot else ()
    state = session.status if slot or session.status == "postponed" else "cancelled-undated"
    return capitalised(voice.say(f"{ANNOUNCEMENT}.when.{state}", when=when))


def moved(session: Session, voice: Voice) -> Inline:
    """From when a session was moved, and why; nothing where its date stands, or is its first one again."""
    former = _former(session)
    parts = [voice.say(f"{ANNOUNCEMENT}.first-planned", moments=_one_after_the_other(former, voice))] if former else []
    if session.reason is not None and (former or session.status in GIVEN_UP):
        reason = voice.say(f"{ANNOUNCEMENT}.reason", reason=voice.rich(session.reason))
        parts.append(ended(reason, voice))
    return sentences(parts)


def _former(session: Session) -> Sequence[Moment]:
    """The starts that were given up, oldest first."""
    if session.status == "postponed" and session.start is not None:
        return (*session.moved_from, session.start)
    return () if session.start in session.moved_from else session.moved_from


def _one_after_the_other(former: Sequence[Moment], voice: Voice) -> Inline:
    first, *later = (inline.plain(moment(one, voice)) for one in former)
    return reduce(lambda before, after: voice.say(f"{ANNOUNCEMENT}.then", before=before, moment=after), later, first)


def hours(programme: Programme, session: Session, voice: Voice, *, own: bool = False) -> tuple[str, ...]:
    """The hours of a session in the zones to show beside the cycle's, with `own` in this one too before them.

    None where there is no such zone, or the date was given up.
    """
    beside = zones_beside(programme)
    if session.slot is None or session.status in GIVEN_UP or not beside:
        return ()
    zone = programme.cycle.timezone
    return wording.hours_elsewhere(session.slot, zone, (zone, *beside) if own else beside, voice.lang)


def zones_beside(programme: Programme) -> tuple[str, ...]:
    """The zones to show beside the cycle's own, each once."""
    return tuple(zone for zone in dict.fromkeys(programme.cycle.also_show) if zone != programme.cycle.timezone)


def timed(session: Session) -> bool:
    """Whether the hours of a session are known and stand."""
    return session.slot is not None and not session.slot.all_day and session.status not in GIVEN_UP


# ---- where, with whom


def facts(session: Session, voice: Voice) -> Inline:
    """The countries of a session, where one goes, what it is part of and with whom it is organised, in sentences."""
    return sentences(_facts(session, voice))


def _facts(session: Session, voice: Voice) -> Iterator[Inline]:
    if session.countries:
        names = [inline.plain(wording.country(code, voice.lang)) for code in session.countries]
        yield voice.say(f"{ANNOUNCEMENT}.countries", countries=voice.listed(names))
    if session.mode != "online":
        key = f"{ANNOUNCEMENT}.{session.mode}" + ("-at" if session.place else "")
        yield voice.say(key, place=session.place or "")
    if session.parent_event is not None:
        yield _part_of(session.parent_event, voice)
    if session.partners:
        partners = voice.listed([named(partner, voice) for partner in session.partners])
        yield ended(voice.say(f"{ANNOUNCEMENT}.partners", partners=partners), voice)


def _part_of(event: Text, voice: Voice) -> Inline:
    words, lang = event.pick(voice.lang, voice.own)
    article, rest = nouns.split(words, lang) if lang == voice.lang else (None, words)
    if article is None:
        return voice.say(f"{ANNOUNCEMENT}.part-of-event", event=quoted(event, voice))
    of_event = (*inline.plain(nouns.of(article, lang)), *in_quotes(rest, lang, voice))
    return voice.say(f"{ANNOUNCEMENT}.part-of", of_event=of_event)


# ---- where to look


def links(session: Session, voice: Voice, issued: date) -> tuple[Inline, ...]:
    """Where to register for a session, its page, its recording and its documents, as far as each has an address."""
    return tuple(inline.link(words, url) for words, url in _links(session, voice, issued))


def _links(session: Session, voice: Voice, issued: date) -> Iterator[tuple[Inline, str]]:
    name = voice.plain(session.name())
    form = session.registration.url if session.registration else None
    if form is not None and session.status not in GIVEN_UP and not over(session, issued):
        yield voice.say(f"{ANNOUNCEMENT}.register", session=name), form
    yield from page(session, voice)
    yield from material(session, voice)


def page(session: Session, voice: Voice) -> Iterator[tuple[Inline, str]]:
    """Where all about a session is told."""
    if session.url is not None:
        yield voice.say(f"{ANNOUNCEMENT}.page", subject=voice.plain(session.name())), session.url


def material(session: Session, voice: Voice) -> Iterator[tuple[Inline, str]]:
    """The recording of a session and its documents: words that say where they lead, and the address."""
    name = voice.plain(session.name())
    if session.recording is not None:
        yield voice.say("document.review.watch", session=name), session.recording.url
    for document in session.documents:
        if document.url is not None:
            title = voice.plain(document.title) if document.title else None
            yield title or voice.say(f"document.kind.{document.kind}", session=name), document.url


def further(release: Release | None, voice: Voice) -> Iterator[Block]:
    """Where a release sends its readers at its end; one link alone needs no heading, except after other sessions."""
    found = release.links if release else ()
    if release is not None and (len(found) > 1 or (found and release.related)):
        yield Heading(2, voice.say(f"{ANNOUNCEMENT}.further"), "further")
    yield from listed(found, voice)


def listed(links: Iterable[Link], voice: Voice) -> Iterator[Block]:
    """Links one below the other; what is said of one stands above it."""
    for text, found in groupby(links, lambda link: link.text):
        if text is not None:
            yield from voice.prose(text)
        yield LinkList(tuple(inline.link(voice.plain(link.title), link.url) for link in found))


def related(programme: Programme, release: Release | None, voice: Voice, issued: date) -> Iterator[Block]:
    """The sessions that a release tells of beside its subject."""
    ids = release.related if release else ()
    if found := [programme.session_by_id[one] for one in ids if one in programme.session_by_id]:
        yield Heading(2, voice.say(f"{ANNOUNCEMENT}.related"), "related")
        yield definitions(found, programme, voice, issued)


def definitions(sessions: Iterable[Session], programme: Programme, voice: Voice, issued: date) -> DefinitionList:
    """Sessions by when they are, with what a reader needs to choose one."""
    return DefinitionList(
        tuple(
            Definition(term(session, voice), tuple(_definition(session, programme, voice, issued)))
            for session in sessions
        )
    )


def _definition(session: Session, programme: Programme, voice: Voice, issued: date) -> Iterator[Block]:
    yield Paragraph((Strong(voice.plain(session.title)),))
    told = (moved(session, voice), _elsewhere(hours(programme, session, voice), voice), facts(session, voice))
    yield from (Paragraph(words) for words in told if words)
    if session.note is not None:
        yield from voice.prose(session.note, under=3)
    if found := links(session, voice, issued):
        yield LinkList(found)


def _elsewhere(elsewhere: Sequence[str], voice: Voice) -> Inline:
    """Hours in several zones on one line: "Nouméa : 00h00 (mardi 27 octobre) à 02h00 ; Papeete : ..."."""
    if not elsewhere:
        return ()
    first, *others = (inline.plain(one) for one in elsewhere)
    return reduce(lambda before, after: voice.say(f"{ANNOUNCEMENT}.beside", before=before, after=after), others, first)


def card(
    programme: Programme, voice: Voice, release: Release | None, session: Session | None = None
) -> Iterator[Block]:
    """The heading and card of who answers: named by the release, else by the session, else the organiser."""
    key = (release.contact if release else None) or (session.contact if session else None)
    return communique.contact(programme, voice, key)
