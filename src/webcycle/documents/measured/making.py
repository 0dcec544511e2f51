"""How the measured figures were made: the rules, what is measured, other thresholds, the platforms' own totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from webcycle.documents import figure_words, inline, wording
from webcycle.documents.blocks import Block, BulletList, Column, ColumnKind, Heading, Inline, Item, Table
from webcycle.documents.measured.sessions import count, measured, names
from webcycle.documents.voice import Voice, sentences
from webcycle.metrics import CycleResults, PlatformFigure, SessionFigure, SessionResults, small
from webcycle.metrics.results import PLATFORM_FIGURES, ThresholdName
from webcycle.programme import Session
from webcycle.review import Review

_THRESHOLDS: tuple[ThresholdName, ...] = ("1-minute", "5-minutes", "half", "85-percent")
# Those of the platforms' totals that readers are told about.
_TOTALS = tuple(name for name in PLATFORM_FIGURES if name != "cancelled")
_PLATFORM_COLUMNS: tuple[tuple[str, ColumnKind], ...] = (
    ("session", "text"),
    ("platform", "text"),
    ("counted", "text"),
    ("theirs", "number"),
    ("ours", "number"),
)
_COVERED: tuple[SessionFigure, ...] = ("attended", "registered")
_UNMEASURED = ("stated", "unknown")


def method(review: Review, voice: Voice) -> Iterator[Block]:
    """The rules as a list; how many came if another time had been asked for; the platforms' totals beside ours."""
    results = review.results
    if results is None:
        return
    yield from _rules(
        _presence(results, voice),
        _people(review, results, voice),
        _coverage(review, results, voice),
        _views(results, voice),
        [voice.say("document.measured.rounding")],
        [voice.say("document.measured.small-groups", least=voice.number(review.least))],
        voice=voice,
    )
    yield from _thresholds(measured(review), results, voice)
    yield from _platforms(measured(review), voice)


def method_in_short(review: Review, voice: Voice) -> Iterator[Block]:
    """Who is counted, in which sessions, when the views were read, and what is not told."""
    if review.results is not None:
        yield from _rules(
            _presence(review.results, voice),
            _coverage(review, review.results, voice),
            _views(review.results, voice),
            [voice.say("document.measured.small-groups", least=voice.number(review.least))],
            voice=voice,
        )


def _rules(*rules: Iterable[Inline], voice: Voice) -> Iterator[Block]:
    yield Heading(2, voice.say("document.measured.method"), "method")
    yield BulletList(tuple(Item(sentences(said)) for rule in rules if (said := tuple(rule))))


# ---- the rules


def _presence(results: CycleResults, voice: Voice) -> Iterator[Inline]:
    yield voice.say("document.measured.presence", presence=figure_words.presence(results, voice))
    yield voice.say("document.measured.union")
    if results.clipped:
        yield voice.say("document.measured.clipped")
    yield voice.say("document.measured.not-counted")


def _people(review: Review, results: CycleResults, voice: Voice) -> Iterator[Inline]:
    """How a person is known; how many by name alone, where the number of people may be said."""
    yield voice.say("document.measured.identity")
    share, told = results.figure("weak-share"), review.groups
    weak = small.part(share)
    if told is None or not told.tells_people:
        return
    if told.weak != "told":
        yield voice.say(f"document.measured.{told.weak}-weak", least=voice.number(told.least))
    elif weak is not None:
        key = "weak" if weak else "none-weak"
        yield voice.say(f"document.measured.{key}", share=figure_words.value(share, voice))


def _coverage(review: Review, results: CycleResults, voice: Voice) -> Iterator[Inline]:
    """Of which of the sessions held who came, and who registered, is measured, stated by hand, or not known."""
    held = {row.session.id: row.session for row in review.rows if row.state == "held"}
    found = [one for one in results.sessions if one.session in held]
    for name in _COVERED:
        figures = [one.figure(name) for one in found]
        files = {source for figure in figures if figure.provenance == "measured" for source in figure.sources}
        number = sum(figure.provenance == "measured" for figure in figures)
        yield voice.say(
            f"document.measured.{name}-measured" if number else f"document.measured.{name}-not-measured",
            count=number,
            number=voice.number(number),
            held=voice.number(len(held)),
            files=_from_files(len(files), voice),
        )
        for other in _UNMEASURED:
            if lacking := [held[one.session] for one in found if one.figure(name).provenance == other]:
                yield voice.say(f"document.measured.{name}-{other}", sessions=names(lacking, voice))


def _from_files(number: int, voice: Voice) -> Inline:
    """The end of a sentence, where it is known which files there were."""
    files = voice.say("metrics.provenance.files", count=number, number=voice.number(number))
    return voice.say("document.measured.from-files", files=files) if number else ()


def _views(results: CycleResults, voice: Voice) -> Iterator[Inline]:
    """When the views were read."""
    days = [figure.on for one in results.sessions if (figure := one.figure("views")).exact and figure.on is not None]
    if days:
        span = wording.days(min(days), max(days), voice.lang, weekday=False)
        key = "views-on" if min(days) == max(days) else "views-between"
        yield voice.say(f"document.measured.{key}", days=span)
        yield voice.say("document.measured.views-not-people")


# ---- other times asked for


def _thresholds(
    found: Sequence[tuple[Session, SessionResults]], results: CycleResults, voice: Voice
) -> Iterator[Block]:
    rows = [
        (session, {one.name: one.attended for one in told.thresholds}) for session, told in found if told.thresholds
    ]
    if not rows:
        return
    yield Table(
        "table-thresholds",
        voice.say("document.measured.thresholds"),
        (
            Column(voice.say("document.column.session")),
            *(Column(voice.say(f"document.measured.threshold.{name}"), "number") for name in _THRESHOLDS),
        ),
        tuple(
            (voice.plain(session.name()), *(count(counts.get(name), voice) for name in _THRESHOLDS))
            for session, counts in rows
        ),
        note=sentences(_thresholds_note(rows, results, voice)),
    )


def _thresholds_note(
    rows: Sequence[tuple[Session, Mapping[ThresholdName, int | None]]], results: CycleResults, voice: Voice
) -> Iterator[Inline]:
    yield voice.say("document.measured.thresholds-note", presence=figure_words.presence(results, voice))
    if any(counts.get(name) is None for _session, counts in rows for name in _THRESHOLDS):
        yield voice.say("document.measured.thresholds-unknown")


# ---- what the platforms counted themselves


def _platforms(found: Sequence[tuple[Session, SessionResults]], voice: Voice) -> Iterator[Block]:
    rows = [
        (session, told, total)
        for session, told in found
        for name in _TOTALS
        for total in sorted(told.platform, key=lambda one: (one.platform, one.value))
        if total.name == name
    ]
    if not rows:
        return
    yield Table(
        "table-platforms",
        voice.say("document.measured.platforms"),
        tuple(Column(voice.say(f"document.measured.platform.{name}"), kind) for name, kind in _PLATFORM_COLUMNS),
        tuple(_platform_row(*row, voice) for row in rows),
        note=voice.say("document.measured.several-meetings") if _has_twins(rows) else (),
    )
    shown = {total.name for _session, _told, total in rows}
    yield BulletList(tuple(Item(voice.say(f"document.measured.why.{name}")) for name in _TOTALS if name in shown))


def _has_twins(rows: Sequence[tuple[Session, SessionResults, PlatformFigure]]) -> bool:
    """Whether a platform gives the same total twice for a session, which was held in several meetings."""
    return len({(session.id, total.platform, total.name) for session, _told, total in rows}) < len(rows)


def _platform_row(session: Session, told: SessionResults, total: PlatformFigure, voice: Voice) -> tuple[Inline, ...]:
    return (
        voice.plain(session.name()),
        inline.plain(figure_words.platform(total.platform)),
        voice.say(f"document.measured.total.{total.name}"),
        count(total.value, voice),
        figure_words.value(told.figure(total.ours), voice)
        if total.ours
        else voice.say("document.measured.none-of-ours"),
    )
