"""The figures of a review in words: beside each other, in sentences, with their sources; and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from webcycle.claims import Known
from webcycle.documents import figure_words, inline, session_table, wording
from webcycle.documents.blocks import (
    Block,
    BulletList,
    Column,
    Heading,
    Inline,
    Item,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from webcycle.documents.review_words import bounds, origin, said
from webcycle.documents.voice import Voice, sentences
from webcycle.metrics import Figure as RecordedFigure
from webcycle.programme import Claim, FigureName
from webcycle.review import ClaimVerdict, Figure, Gap, Review

_KEY_FIGURES: tuple[FigureName, ...] = ("sessions-held", "participations", "people", "views")
_IN_A_ROW = 4
_COUNTED = frozenset({"measured", "mixed"})


def key_figures(review: Review, voice: Voice) -> Iterator[Block]:
    """The figures that stand out, large ones rounded down to a hundred, each with where it comes from."""
    yield KeyFigures(voice.say("document.review.key-figures"), _key_figures(review, voice))


def main_figures(review: Review, voice: Voice) -> Iterator[Block]:
    """As many of them as stand in a row; how many sessions were held is the first to go, the lead says it too."""
    yield KeyFigures(voice.say("document.review.key-figures"), _key_figures(review, voice)[-_IN_A_ROW:])


def _key_figures(review: Review, voice: Voice) -> tuple[KeyFigure, ...]:
    told = [_key_figure(figure, voice) for name in _KEY_FIGURES if (figure := review.figure(name)).value is not None]
    rates = [_key_rate(one, review, voice) for one in review.recorded if one.name == "attendance-rate" and one.exact]
    return (*told, *rates)


def _key_figure(figure: Figure, voice: Voice) -> KeyFigure:
    shown = figure.in_prose()
    return KeyFigure(
        said(shown, voice, capital=True),
        voice.say(f"document.figure.{figure.name}", count=shown.value),
        origin(figure.provenance, figure.sources, voice),
    )


def _key_rate(figure: RecordedFigure, review: Review, voice: Voice) -> KeyFigure:
    """The rate, and of how many of the sessions held it is where not of all."""
    held = {row.session.id for row in review.rows if row.state == "held"}
    known = len(held.difference(figure.missing))
    label = voice.say("document.review.rate-of-registered")
    if known < len(held):
        numbers = {"number": voice.number(known), "held": voice.number(len(held))}
        label = voice.say("document.review.rate-in-some", count=known, **numbers)
    return KeyFigure(figure_words.value(figure, voice), label, origin(figure.provenance, figure.sources, voice))


def contradicted(review: Review, voice: Voice) -> Iterator[Block]:
    """What was said in public and the counts contradict, beside the counts; nothing where none is."""
    found = [judged for judged in review.claims if judged.verdict.kind == "contradicted"]
    if found:
        told = (voice.say("document.review.contradicted"), *(_contradicted(judged, voice) for judged in found))
        yield Paragraph(sentences(told))


def _contradicted(judged: ClaimVerdict, voice: Voice) -> Inline:
    claim, known = judged.claim, judged.known
    figure, claimed = voice.say(f"document.figure-name.{claim.figure}"), _claimed(claim, voice)
    if known is None:
        return voice.say("document.review.contradicted-hidden", figure=figure, said=claimed, source=claim.source)
    return voice.say(
        "document.review.contradicted-claim",
        figure=figure,
        said=claimed,
        source=claim.source,
        counted=_counted(known, voice),
    )


def in_sentences(review: Review, voice: Voice) -> list[Inline]:
    """The figures that a sentence tells; only who said so in public may call participations "participants"."""
    live = "participations" if session_table.online(review) else "attendances"
    keys: tuple[tuple[FigureName, str, bool], ...] = (
        ("participations", live, True),
        *((("people", "people", True),) if review.figure("people").provenance in _COUNTED else ()),
        ("views", "views", False),
    )
    return [
        voice.say(
            f"document.review.{key}{'-claimed' if key == live and figure.provenance == 'claimed' else ''}",
            count=figure.value,
            value=said(figure, voice, capital=capital),
            sessions=session_table.sessions_word(review, voice, 2),
        )
        for name, key, capital in keys
        if (figure := review.figure(name).in_prose()).value is not None
    ]


# ---- where they come from


def sources(review: Review, voice: Voice) -> Iterator[Block]:
    """Each figure as it was counted, its source, its day, and what becomes of what was said of it in public."""
    rows = [_source_row(review, figure, voice) for figure in review.figures if figure.value is not None]
    rows += [_recorded_row(review, figure, voice) for figure in review.recorded if figure.exact]
    yield Heading(2, voice.say("document.review.sources"), "sources")
    yield Table(
        id="table-sources",
        caption=voice.say("document.review.sources-caption"),
        columns=tuple(
            Column(voice.say(f"document.column.{name}"), "date" if name == "as-of" else "text")
            for name in ("figure", "value", "origin", "as-of", "verdict")
        ),
        rows=tuple(rows),
    )


def _source_row(review: Review, figure: Figure, voice: Voice) -> tuple[Inline, ...]:
    judged = [_verdict(claim, voice) for claim in review.claims if claim.claim.figure == figure.name]
    return (
        voice.say(f"document.figure-name.{figure.name}"),
        said(figure, voice),
        origin(figure.provenance, figure.sources, voice),
        inline.plain(wording.day(figure.on, voice.lang, weekday=False)) if figure.on else voice.unknown(),
        voice.listed(judged) if judged else voice.say("document.verdict.none"),
    )


def _recorded_row(review: Review, figure: RecordedFigure, voice: Voice) -> tuple[Inline, ...]:
    return (
        figure_words.label(figure, voice),
        figure_words.value(figure, voice),
        origin(figure.provenance, figure.sources, voice),
        inline.plain(wording.day(review.issued, voice.lang, weekday=False)),
        voice.say("document.verdict.none"),
    )


def _verdict(judged: ClaimVerdict, voice: Voice) -> Inline:
    """Whether a figure said in public holds against what is counted, and why."""
    source, known = judged.claim.source, judged.known
    if known is None:
        key = "contradicted" if judged.verdict.kind == "contradicted" else judged.verdict.reason
        return voice.say(f"document.verdict.{key}", source=source)
    counted, claimed = _counted(known, voice), _claimed(judged.claim, voice)
    return voice.say(f"document.verdict.{judged.verdict.reason}", source=source, said=claimed, counted=counted)


def _claimed(claim: Claim, voice: Voice) -> str:
    if claim.equals is not None:
        return wording.number(claim.equals, voice.lang)
    if claim.at_least is not None:
        return wording.at_least(claim.at_least, voice.lang)
    return wording.more_than(claim.more_than or 0, voice.lang)


def _counted(known: Known, voice: Voice) -> Inline:
    if known.exact and known.value is not None:
        return inline.plain(voice.number(known.value))
    if known.value is None and known.most is not None:
        return voice.say("document.verdict.at-most", number=voice.number(known.most))
    if known.most is None:
        return inline.plain(wording.at_least(known.value or 0, voice.lang))
    return bounds(known.value or 0, known.most, voice)


# ---- what is missing


def gaps(review: Review, voice: Voice) -> Iterator[Block]:
    """What the review would say if it were known."""
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
