"""What the communiqué of a review says: what was offered, held and made possible, and where to look further."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcycle.documents import communique, inline, review_figures, session_table, wording
from webcycle.documents.blocks import Block, BulletList, Heading, Inline, Item, LinkList, Paragraph
from webcycle.documents.voice import Voice, enumerated, sentences
from webcycle.programme import LinkKind, Session
from webcycle.review import AxisGroup, Review
from webcycle.values import day_of


def lead(review: Review, voice: Voice) -> Iterator[Block]:
    """The first paragraph: occasion, sessions, audience, days and aims."""
    told = (_offered(review, voice), _held(review, voice), _aims(review, voice))
    yield Paragraph(sentences(sentence for sentence in told if sentence), lead=True)


def _offered(review: Review, voice: Voice) -> Inline:
    cycle = review.programme.cycle
    told = _told(review)
    if not told:
        return ()
    key = "document.review.offered" if _held_days(review) else "document.review.planned"
    return voice.say(
        key + ("-on-occasion" if cycle.occasion else ""),
        count=told,
        number=voice.number(told),
        sessions=session_table.sessions_word(review, voice, told),
        occasion=voice.of(cycle.occasion) if cycle.occasion else (),
        audience=_after_space("audience", voice.to(cycle.audience), voice) if cycle.audience else (),
        aim=_after_space("aim", voice.rich(cycle.aim), voice) if cycle.aim else (),
    )


def _told(review: Review) -> int:
    """How many sessions the cycle has: what was given up is not one of them."""
    return sum(row.state != "cancelled" for row in review.rows)


def _after_space(name: str, words: Inline, voice: Voice) -> Inline:
    """A part of a sentence that may be absent, with the space before it."""
    return (*inline.plain(" "), *voice.say(f"document.review.{name}", words=words))


def _held(review: Review, voice: Voice) -> Inline:
    """From when to when the sessions took place; how many of them, where not all did."""
    days = _held_days(review)
    if not days:
        return ()
    key = "document.review.held" + ("" if len(days) == _told(review) else "-of-them")
    span = wording.days(days[0], days[-1], voice.lang)
    return voice.say(key, count=len(days), number=voice.number(len(days)), days=span)


def _held_days(review: Review) -> list[date]:
    return sorted(_first_day(row.session) for row in review.rows if row.state == "held")


def _first_day(session: Session) -> date:
    start = session.start
    assert start is not None
    return day_of(start)


def _aims(review: Review, voice: Voice) -> Inline:
    cycle = review.programme.cycle
    approach = voice.rich(cycle.approach) if cycle.approach else ()
    purpose = voice.listed([voice.infinitive(words) for words in cycle.purpose]) if cycle.purpose else ()
    if approach and purpose:
        return voice.say("document.review.approach-and-purpose", approach=approach, purpose=purpose)
    if purpose:
        return voice.say("document.review.purpose", purpose=purpose)
    return voice.say("document.review.approach", approach=approach) if approach else ()


def axes(review: Review, voice: Voice) -> Iterator[Block]:
    """The axes, the sessions of each named."""
    if review.axes:
        yield Heading(2, voice.say("document.review.axes"), "axes")
        yield BulletList(tuple(Item(_axis(group, voice)) for group in review.axes))


def _axis(group: AxisGroup, voice: Voice) -> Inline:
    title = voice.plain(group.axis.title) if group.axis else voice.say("document.review.no-axis")
    if group.axis is not None and group.axis.summary is not None:
        content = voice.rich(group.axis.summary)
    else:
        content = voice.listed([voice.plain(session.name()) for session in group.sessions])
    return voice.say("document.review.axis", title=title, sessions=content)


def success(review: Review, voice: Voice) -> Iterator[Block]:
    """The figures in a sentence, the author's comment on them, and what the cycle made possible."""
    cycle = review.programme.cycle
    told = review_figures.in_sentences(review, voice)
    if told or cycle.results or cycle.comment:
        yield Heading(2, voice.say("document.review.success"), "success")
    if told or cycle.comment:
        yield Paragraph(sentences((*told, voice.rich(cycle.comment)) if cycle.comment else told))
    if cycle.results:
        circumstances = voice.rich(cycle.context) if cycle.context else ()
        key = "document.review.results" + ("-in-context" if cycle.context else "")
        yield Paragraph(voice.say(key, context=circumstances, sessions=session_table.sessions_word(review, voice, 2)))
        results = enumerated([voice.infinitive(result) for result in cycle.results], voice)
        yield BulletList(tuple(Item(words) for words in results))


def highlights(review: Review, voice: Voice) -> Iterator[Block]:
    """What each session brought."""
    told = [row.session for row in review.rows if row.session.highlights]
    if told:
        yield Heading(2, voice.say("document.review.highlights"), "highlights")
    for session in told:
        yield Paragraph(voice.say("document.review.highlight", session=voice.plain(session.title)))
        yield BulletList(tuple(Item(voice.rich(highlight)) for highlight in session.highlights))


def links(review: Review, voice: Voice) -> Iterator[Block]:
    """Where the documents and the recordings are."""
    kinds: tuple[LinkKind, ...] = ("documents", "recordings")
    found = [link for kind in kinds for link in review.programme.links if link.kind == kind]
    if found:
        yield Heading(2, voice.say("document.review.watch-and-read"), "watch-and-read")
        yield LinkList(tuple(inline.link(voice.plain(link.title), link.url) for link in found))


def what_next(review: Review, voice: Voice) -> Iterator[Block]:
    """What comes next."""
    if review.programme.cycle.next is not None:
        yield Heading(2, voice.say("document.review.next"), "next")
        yield from voice.prose(review.programme.cycle.next)


def contact(review: Review, voice: Voice) -> Iterator[Block]:
    """Who answers."""
    return communique.contact(review.programme, voice, review.release.contact if review.release else None)
