"""The closing review of a cycle: what its communiqué says, then what a reader of figures asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from webcycle.documents import inline, session_table, wording
from webcycle.documents.blocks import (
    Block,
    BulletList,
    Column,
    ContactCard,
    Document,
    Heading,
    Inline,
    Item,
    KeyFigure,
    KeyFigures,
    LinkList,
    Paragraph,
    Table,
)
from webcycle.documents.voice import Voice, sentences
from webcycle.errors import Language
from webcycle.programme import FigureName, LinkKind, Session
from webcycle.review import AxisGroup, ClaimVerdict, Figure, Gap, Review

_KEY_FIGURES: tuple[FigureName, ...] = ("sessions-held", "participations", "people", "views")


def build(review: Review, lang: Language) -> Document:
    """The review as a document in `lang`; what the author wrote in another language is marked as such."""
    voice = Voice(lang, review.programme.cycle.language)
    organiser = review.programme.organiser
    place = review.release.place if review.release else None
    title = _title(review, voice)
    return Document(
        title=title,
        lang=lang,
        blocks=tuple(block for section in _SECTIONS for block in section(review, voice)),
        issuer=(*(voice.plain(parent) for parent in organiser.parents), voice.plain(organiser.name)),
        dateline=_dateline(voice, place or organiser.place, review.issued),
        label=inline.plain(review.release.label)
        if review.release and review.release.label
        else voice.say("document.label"),
        date=review.issued,
        author=inline.text_of(voice.plain(organiser.name), lang),
        subject=inline.text_of(title, lang),
    )


def _dateline(voice: Voice, place: str | None, issued: date) -> Inline:
    day = wording.day(issued, voice.lang)
    return voice.say("document.dateline", place=place, day=day) if place else inline.plain(day)


def _title(review: Review, voice: Voice) -> Inline:
    if review.release is not None and review.release.title is not None:
        return voice.plain(review.release.title)
    cycle = review.programme.cycle
    words, own = cycle.title.pick(voice.lang, voice.own)
    before, name = wording.split_of(words, own) if voice.lang == own == "fr" else ("", words)
    named = (*inline.plain(before), *voice.say("document.quoted", words=inline.plain(name, own)))
    if cycle.edition is None:
        return voice.say("document.review.title", cycle=named)
    return voice.say("document.review.title-edition", ordinal=wording.ordinal(cycle.edition, voice.lang), cycle=named)


# ---- what the communiqué says


def _lead(review: Review, voice: Voice) -> Iterator[Block]:
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
    return start.date() if isinstance(start, datetime) else start


def _aims(review: Review, voice: Voice) -> Inline:
    cycle = review.programme.cycle
    approach = voice.rich(cycle.approach) if cycle.approach else ()
    purpose = voice.listed([voice.infinitive(words) for words in cycle.purpose]) if cycle.purpose else ()
    if approach and purpose:
        return voice.say("document.review.approach-and-purpose", approach=approach, purpose=purpose)
    if purpose:
        return voice.say("document.review.purpose", purpose=purpose)
    return voice.say("document.review.approach", approach=approach) if approach else ()


def _key_figures(review: Review, voice: Voice) -> Iterator[Block]:
    known = [figure for name in _KEY_FIGURES if (figure := review.figure(name)).value is not None]
    if known:
        figures = tuple(
            KeyFigure(
                _value(figure, voice, capital=True),
                voice.say(f"document.figure.{figure.name}", count=figure.value),
                _origin(figure, voice),
            )
            for figure in known
        )
        yield KeyFigures(voice.say("document.review.key-figures"), figures)


def _value(figure: Figure, voice: Voice, *, capital: bool = False) -> Inline:
    """The figure with its qualifier: "Plus de 1 500"; "n. d." when it is not known."""
    if figure.value is None:
        return voice.unknown()
    bounds = {"exact": wording.number, "at-least": wording.at_least, "more-than": wording.more_than}
    words = bounds[figure.bound](figure.value, voice.lang)
    return inline.plain(words[0].upper() + words[1:] if capital else words)


def _origin(figure: Figure, voice: Voice) -> Inline:
    """Where a figure comes from, in a few words: "annoncé : communiqué du 27 avril 2021"."""
    origin = voice.say(f"document.provenance.{figure.provenance}")
    if not figure.sources:
        return origin
    return voice.say("document.origin", origin=origin, sources=", ".join(figure.sources))


def _axes(review: Review, voice: Voice) -> Iterator[Block]:
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


def _success(review: Review, voice: Voice) -> Iterator[Block]:
    """The figures in a sentence, the author's comment on them, and what the cycle made possible."""
    cycle = review.programme.cycle
    told = _told_figures(review, voice)
    if told or cycle.results or cycle.comment:
        yield Heading(2, voice.say("document.review.success"), "success")
    if told or cycle.comment:
        yield Paragraph(sentences((*told, voice.rich(cycle.comment)) if cycle.comment else told))
    if cycle.results:
        circumstances = voice.rich(cycle.context) if cycle.context else ()
        key = "document.review.results" + ("-in-context" if cycle.context else "")
        yield Paragraph(voice.say(key, context=circumstances, sessions=session_table.sessions_word(review, voice, 2)))
        yield _enumeration([voice.infinitive(result) for result in cycle.results], voice)


def _told_figures(review: Review, voice: Voice) -> list[Inline]:
    """The figures that a sentence tells; only who said so in public may call participations "participants"."""
    live = "participations" if session_table.online(review) else "attendances"
    keys: tuple[tuple[FigureName, str, bool], ...] = (("participations", live, True), ("views", "views", False))
    return [
        voice.say(
            f"document.review.{key}{'-claimed' if capital and figure.provenance == 'claimed' else ''}",
            count=figure.value,
            value=_value(figure, voice, capital=capital),
            sessions=session_table.sessions_word(review, voice, 2),
        )
        for name, key, capital in keys
        if (figure := review.figure(name)).value is not None
    ]


def _enumeration(parts: list[Inline], voice: Voice) -> BulletList:
    """The items of a sentence that a colon opened, with the marks between them."""
    *before, last = parts
    said = [voice.say("document.review.item", words=words) for words in before]
    return BulletList(tuple(Item(words) for words in (*said, voice.say("document.review.last-item", words=last))))


def _highlights(review: Review, voice: Voice) -> Iterator[Block]:
    told = [row.session for row in review.rows if row.session.highlights]
    if told:
        yield Heading(2, voice.say("document.review.highlights"), "highlights")
    for session in told:
        yield Paragraph(voice.say("document.review.highlight", session=voice.plain(session.title)))
        yield BulletList(tuple(Item(voice.rich(highlight)) for highlight in session.highlights))


def _links(review: Review, voice: Voice) -> Iterator[Block]:
    kinds: tuple[LinkKind, ...] = ("documents", "recordings")
    found = [link for kind in kinds for link in review.programme.links if link.kind == kind]
    if found:
        yield Heading(2, voice.say("document.review.watch-and-read"), "watch-and-read")
        yield LinkList(tuple(inline.link(voice.plain(link.title), link.url) for link in found))


def _next(review: Review, voice: Voice) -> Iterator[Block]:
    if review.programme.cycle.next is not None:
        yield Heading(2, voice.say("document.review.next"), "next")
        yield from voice.prose(review.programme.cycle.next)


# ---- what a reader of figures asks


def _sources(review: Review, voice: Voice) -> Iterator[Block]:
    told = [figure for figure in review.figures if figure.value is not None]
    if not told:
        return
    yield Heading(2, voice.say("document.review.sources"), "sources")
    yield Table(
        id="table-sources",
        caption=voice.say("document.review.sources-caption"),
        columns=tuple(
            Column(voice.say(f"document.column.{name}"), "date" if name == "as-of" else "text")
            for name in ("figure", "value", "origin", "as-of", "verdict")
        ),
        rows=tuple(_source_row(review, figure, voice) for figure in told),
    )


def _source_row(review: Review, figure: Figure, voice: Voice) -> tuple[Inline, ...]:
    judged = [_verdict(claim, voice) for claim in review.claims if claim.claim.figure == figure.name]
    return (
        voice.say(f"document.figure-name.{figure.name}"),
        _value(figure, voice),
        _origin(figure, voice),
        inline.plain(wording.day(figure.on, voice.lang, weekday=False)) if figure.on else voice.unknown(),
        voice.listed(judged) if judged else voice.say("document.verdict.none"),
    )


def _verdict(judged: ClaimVerdict, voice: Voice) -> Inline:
    """Whether a figure said in public holds against what is counted."""
    return voice.say(f"document.verdict.{judged.verdict.kind}", source=judged.claim.source)


def _gaps(review: Review, voice: Voice) -> Iterator[Block]:
    if review.gaps:
        yield Heading(2, voice.say("document.review.gaps"), "gaps")
        yield BulletList(tuple(Item(_gap(gap, review, voice)) for gap in review.gaps))


def _gap(gap: Gap, review: Review, voice: Voice) -> Inline:
    if gap.kind == "address":
        names = voice.listed([inline.plain(name, voice.own) for name in gap.names])
        return voice.say("document.gap.address", count=len(gap.names), names=names)
    held = sum(row.state == "held" for row in review.rows)
    if len(gap.names) == held and held > 1:
        return voice.say(f"document.gap.{gap.kind}", names=voice.say("document.gap.all-sessions"))
    sessions = [review.programme.session_by_id[name] for name in gap.names]
    names = voice.listed([voice.plain(session.name()) for session in sessions])
    return voice.say(f"document.gap.{gap.kind}", names=names)


def _contact(review: Review, voice: Voice) -> Iterator[Block]:
    programme, organiser = review.programme, review.programme.organiser
    yield Heading(2, voice.say("document.review.contact"), "contact")
    asked = review.release.contact if review.release else None
    chosen = next((contact for contact in programme.contacts if contact.id == asked), None) if asked else None
    if chosen is not None:
        role = voice.plain(chosen.role) if chosen.role else ()
        yield ContactCard(voice.plain(chosen.name), role, (), chosen.address, chosen.phone, chosen.email)
        return
    name = voice.plain(organiser.name)
    if organiser.short_name is not None:
        name = voice.say("document.acronym", name=name, acronym=organiser.short_name)
    yield ContactCard(name, (), (), organiser.address, organiser.phone, organiser.email)


_SECTIONS: tuple[Callable[[Review, Voice], Iterator[Block]], ...] = (
    _lead,
    _key_figures,
    _axes,
    _links,
    _success,
    _highlights,
    _next,
    session_table.build,
    _sources,
    _gaps,
    _contact,
)
