"""The table of who registered for the sessions of a cycle, who came, and how often the recordings were watched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from webcycle.claims import StatedKey
from webcycle.documents import figure_words, inline, review_words, wording
from webcycle.documents.blocks import Column, Inline, Table
from webcycle.documents.voice import Voice, sentences
from webcycle.metrics.results import Number
from webcycle.programme import FigureName
from webcycle.review import Review, SessionRow


@dataclass(frozen=True, slots=True)
class _Counts:
    """A column: its name in the texts, the figure that it is, how a row has it, and what stands under it."""

    column: str
    figure: str
    value: Callable[[SessionRow], Number | None]
    stated: StatedKey | None = None
    total: FigureName | None = None
    detail: bool = False


_COLUMNS = (
    _Counts("registered", "registered", lambda row: row.registered, "registered", "registrations"),
    _Counts("participants", "attended", lambda row: row.participants, "participants", "participations"),
    _Counts("rate", "attendance-rate", lambda row: row.rate),
    _Counts("peak", "peak", lambda row: row.peak, detail=True),
    _Counts("median", "median-minutes", lambda row: row.median, detail=True),
    _Counts("views", "views", lambda row: row.views, "views", "views"),
)


def table(review: Review, voice: Voice, *, dated: bool = False, brief: bool = False) -> Table:
    """The sessions that somebody was counted in, what is measured with what is stated where the two differ.

    Each after its first day, if `dated`; if `brief`, only who registered and came, and the views.
    """
    columns = [column for column in _COLUMNS if not (brief and column.detail)]
    shown = [column for column in columns if any(column.value(row) is not None for row in review.rows)]
    return Table(
        id="table-sessions",
        caption=voice.say("document.review.sessions-counted"),
        columns=(
            *((Column(voice.say("document.column.date"), "date"),) if dated else ()),
            Column(voice.say("document.column.session")),
            *(Column(voice.say(f"document.column.{column.column}"), "number") for column in shown),
        ),
        rows=tuple(
            (
                *_day(row, voice, dated),
                voice.plain(row.session.name()),
                *(_cell(column, row, voice) for column in shown),
            )
            for row in review.rows
            if row.state == "held" or row.registered is not None
        ),
        total=(
            *(((),) if dated else ()),
            voice.say("document.review.total"),
            *(_total(column, review, voice) for column in shown),
        ),
        row_header=1 if dated else 0,
        note=_note(review, voice),
    )


def _day(row: SessionRow, voice: Voice, dated: bool) -> tuple[Inline, ...]:
    """The first day of a session as the cell of a column, which may not be."""
    if not dated:
        return ()
    slot = row.session.slot
    return (inline.plain(wording.day(slot.start, voice.lang, weekday=False)) if slot else voice.unknown(),)


def _cell(column: _Counts, row: SessionRow, voice: Voice) -> Inline:
    value = column.value(row)
    if value is None:
        return voice.unknown()
    told = figure_words.number(column.figure, value, voice)
    stated = row.stated.get(column.stated) if column.stated else None
    if stated is None:
        return told
    return voice.say("document.review.count-stated", measured=told, stated=voice.number(stated))


def _total(column: _Counts, review: Review, voice: Voice) -> Inline:
    """The figure of the cycle: a peak has none."""
    if column.total is not None:
        return review_words.said(review.figure(column.total), voice)
    found = next((one for one in review.recorded if one.name == column.figure), None)
    return figure_words.value(found, voice) if found else voice.say("document.verdict.none")


def _note(review: Review, voice: Voice) -> Inline:
    """What the signs mean, and when the views were read."""
    views = review.figure("views")
    told = [voice.say("document.review.not-available")]
    if views.on is not None and any(row.views is not None for row in review.rows):
        day = wording.day(views.on, voice.lang, weekday=False)
        told.append(voice.say("document.review.views-read", day=day))
    return sentences(told)
