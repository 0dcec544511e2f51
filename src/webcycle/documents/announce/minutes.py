"""The note that gives the minutes of a session: what it was, what it brought, where to read on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle.documents import communique, inline, wording
from webcycle.documents.announce import notes, told
from webcycle.documents.announce.releases import release_of
from webcycle.documents.blocks import Block, BulletList, Document, Heading, Inline, Item, LinkList, Paragraph
from webcycle.documents.voice import Voice, sentences
from webcycle.errors import RefusedError
from webcycle.programme import Document as SessionDocument
from webcycle.programme import Programme, Release, Session
from webcycle.values import day_of

# As many as one can follow in a sentence.
_IN_A_SENTENCE = 3


def build(programme: Programme, session: Session, voice: Voice, issued: date) -> Document:
    """The note about a session that was held; RefusedError where there is nothing to give of it."""
    release = release_of(programme, "minutes", session.id)
    kept = _minutes(session)
    if kept is None and not session.highlights and session.recording is None:
        raise RefusedError("announce.no-minutes", session=session.id)
    blocks = (
        Paragraph(_held(programme, session, voice), lead=True),
        *_brought(session, voice, issued),
        *_material(session, voice),
        *_related(programme, session, release, voice, issued),
        *told.further(release, voice),
        *told.card(programme, voice, release, session),
    )
    title = _title(session, release, voice, issued)
    return communique.framed(programme, voice, release, issued, title, blocks)


def _say(voice: Voice, key: str, **fields: Inline | str) -> Inline:
    return voice.say(f"document.minutes.{key}", count=None, **fields)


def _title(session: Session, release: Release | None, voice: Voice, issued: date) -> Inline:
    if release is not None and release.title is not None:
        return voice.plain(release.title)
    kept = _minutes(session)
    key = "title" if kept is not None and _out(kept, issued) else "title-without-minutes"
    return _say(voice, key, named=notes.named(session, voice))


# ---- the session, and its minutes


def _held(programme: Programme, session: Session, voice: Voice) -> Inline:
    how = (notes.by(programme, voice), notes.with_whom(session, voice), notes.part_of(session, voice))
    return _say(
        voice,
        "held",
        when=told.capitalised(_day(session, voice)),
        sort=told.word(session, voice),
        title=told.quoted(session.title, voice),
        how=notes.together((notes.place(session, voice), *how)),
    )


def _day(session: Session, voice: Voice) -> Inline:
    slot = session.slot
    assert slot is not None
    first = day_of(session.held.start if session.held is not None else slot.start)
    if session.held is not None or notes.single_day(slot):
        return notes.say(voice, "on", span=wording.day_article(first, voice.lang))
    return notes.say(voice, "from", span=wording.days(first, notes.last_day(slot), voice.lang))


def _minutes(session: Session) -> SessionDocument | None:
    return next((one for one in session.documents if one.kind == "minutes"), None)


def _out(kept: SessionDocument, issued: date) -> bool:
    """Whether it could be read on that day: published by then, or with an address and no other day."""
    return kept.url is not None if kept.published is None else kept.published <= issued


def _where(session: Session, voice: Voice, issued: date) -> Inline:
    """Where the minutes can be read, or from when; nothing where none are promised."""
    kept = _minutes(session)
    if kept is None:
        return ()
    words = inline.link(_say(voice, "name", dated=notes.dated(session, voice)), kept.url)
    if _out(kept, issued):
        return _say(voice, "read", minutes=words)
    day = kept.published or kept.due
    if day is None or day < issued:
        return _say(voice, "soon", minutes=words)
    return _say(voice, "from" if kept.published else "by", minutes=words, day=wording.day(day, voice.lang))


def _in_a_sentence(session: Session, voice: Voice) -> bool:
    """Whether what it brought can be said in a sentence of ours: few noun phrases, in its language."""
    said = [highlight.pick(voice.lang, voice.own) for highlight in session.highlights]
    return 0 < len(said) <= _IN_A_SENTENCE and all(
        lang == voice.lang and not words.rstrip().endswith(notes.ENDS) for words, lang in said
    )


def _brought(session: Session, voice: Voice, issued: date) -> Iterator[Block]:
    """What it brought, in a sentence or one below the other; and where its minutes are."""
    said: Inline = ()
    if _in_a_sentence(session, voice):
        highlights = voice.listed([voice.rich(highlight) for highlight in session.highlights])
        said = _say(voice, "highlights", sort=told.word(session, voice), highlights=highlights)
    elif session.highlights:
        yield Paragraph(_say(voice, "highlights-listed", sort=told.word(session, voice)))
        yield BulletList(tuple(Item(voice.rich(highlight)) for highlight in session.highlights))
    where = _where(session, voice, issued)
    if said or where:
        yield Paragraph(sentences(one for one in (said, where) if one))


def _material(session: Session, voice: Voice) -> Iterator[Block]:
    """What else there is to see of it."""
    kept = _minutes(session)
    read = kept.url if kept is not None else None
    found = tuple(inline.link(words, url) for words, url in told.material(session, voice) if url != read)
    if found:
        yield Paragraph(_say(voice, "also"))
        yield LinkList(found)


# ---- the sessions told beside


def _related(
    programme: Programme, session: Session, release: Release | None, voice: Voice, issued: date
) -> Iterator[Block]:
    others = [programme.session_by_id[key] for key in (release.related if release else ())]
    if others:
        yield Heading(2, voice.say("document.minutes.related", count=len(others)), "related")
    for other in others:
        parts = _other(other, session, voice, issued)
        yield Paragraph(sentences(part for part in parts if part))


def _other(other: Session, session: Session, voice: Voice, issued: date) -> Iterator[Inline]:
    """What a session told beside is, when it was planned, and what became of that."""
    where, details = notes.place(other, voice), _details(other, session, voice)
    subject = _say(voice, "subject", named=notes.named(other, voice), details=details)
    found, former = notes.state(other), notes.former(other)
    if found in ("unchanged", "tentative", "back"):
        yield _stands(other, subject, where, voice, issued)
    else:
        if former is not None:
            planned = notes.say(voice, "for", moment=told.moment(former, voice))
            yield _say(voice, "planned", subject=subject, planned=notes.together((where, planned)))
            subject = _say(voice, "it")
        to = notes.to(other.slot, voice) if other.slot is not None else ()
        yield _say(voice, f"other-{found}", subject=subject, to=to, why=notes.why(other, voice))
        yield notes.reason(other, voice)
    yield notes.page(other, voice)


def _stands(other: Session, subject: Inline, where: Inline, voice: Voice, issued: date) -> Inline:
    assert other.slot is not None
    key = "other-held" if told.over(other, issued) else f"other-{other.status}"
    return _say(voice, key, subject=subject, when=notes.together((where, notes.when(other.slot, voice))))


def _details(other: Session, session: Session, voice: Voice) -> Inline:
    """ ", organisé avec Cités Unies France dans le cadre de la « Semaine ... »,"; nothing where neither is known."""
    partners = notes.with_whom(other, voice)
    if partners and other.parent_event is not None and other.parent_event == session.parent_event:
        return _say(voice, "details-also", partners=partners, part=notes.part_of(other, voice, also=True))
    known = notes.together((partners, notes.part_of(other, voice)))
    return _say(voice, "details", details=known) if known else ()
