"""The figures of a review beside those of another one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from webcycle.documents import figure_words, inline, wording
from webcycle.documents.blocks import Block, Column, ColumnKind, Heading, Inline, Table
from webcycle.documents.voice import Voice
from webcycle.metrics import Figure as RecordedFigure
from webcycle.metrics.results import RATES, Number
from webcycle.review import FIGURES, Amount, Change, Comparison, Review

_COLUMNS: tuple[tuple[str, ColumnKind], ...] = (
    ("figure", "text"),
    ("then", "number"),
    ("now", "number"),
    ("difference", "number"),
    ("growth", "number"),
)


def build(review: Review, voice: Voice) -> Iterator[Block]:
    """Each figure then and now, the difference and the growth; nothing without another review."""
    found = review.comparison
    if found is None or not found.changes:
        return
    day = wording.day(found.issued, voice.lang, weekday=False)
    yield Heading(2, voice.say("document.growth.title"), "growth")
    yield Table(
        id="table-growth",
        caption=_caption(review, found, day, voice),
        columns=tuple(Column(voice.say(f"document.column.{name}", day=day), kind) for name, kind in _COLUMNS),
        rows=tuple(_row(change, voice) for change in found.changes),
        note=voice.say("document.growth.note"),
    )


def _caption(review: Review, found: Comparison, day: str, voice: Voice) -> Inline:
    same = found.cycle == review.programme.cycle.id
    title = inline.plain(found.title, found.language)
    return voice.say(f"document.growth.{'same' if same else 'other'}-cycle", day=day, cycle=title)


def _row(change: Change, voice: Voice) -> tuple[Inline, ...]:
    return (
        _label(change.name, voice),
        _amount(change.name, change.then, voice),
        _amount(change.name, change.now, voice),
        _difference(change, voice),
        _share(change.share, voice),
    )


def _label(name: str, voice: Voice) -> Inline:
    if name in FIGURES:
        return voice.say(f"document.figure-name.{name}")
    return figure_words.label(RecordedFigure(name, None), voice)  # type: ignore[arg-type]


def _amount(name: str, amount: Amount, voice: Voice) -> Inline:
    if amount.above is not None:
        return inline.plain(wording.more_than(figure_words.rounded(amount.above), voice.lang))
    figure = RecordedFigure(name, None, amount.value, amount.low, amount.high)  # type: ignore[arg-type]
    return figure_words.value(figure, voice)


def _difference(change: Change, voice: Voice) -> Inline:
    if change.difference is None:
        return voice.say("document.growth.none")
    size = max(change.difference, -change.difference)
    if change.name in RATES:
        return _signed(change.difference, _points(size, voice), voice, places=3)
    return _signed(change.difference, figure_words.number(change.name, size, voice), voice, places=0)


def _points(size: Number, voice: Voice) -> Inline:
    """A difference of two rates in points of per cent, to a tenth."""
    tenths = Decimal(figure_words.rounded(size, 3)).scaleb(-1)
    number = format_decimal(tenths, format="#,##0.#", locale=wording.LOCALES[voice.lang])
    return voice.say("document.growth.points", count=float(tenths), number=number)


def _share(share: Fraction | None, voice: Voice) -> Inline:
    if share is None:
        return voice.say("document.growth.none")
    return _signed(share, figure_words.percent(abs(share), voice), voice, places=3)


def _signed(amount: Number, size: Inline, voice: Voice, *, places: int) -> Inline:
    """The size with its sign; nothing has none, nor what is nothing once it is rounded to that many places."""
    if not figure_words.rounded(max(amount, -amount), places):
        return size
    return voice.say(f"document.growth.{'more' if amount > 0 else 'less'}", amount=size)
