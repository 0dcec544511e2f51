"""From session to session: newcomers and returning, people by number of sessions, people of several axes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from webcycle.documents import charts
from webcycle.documents.blocks import Block, Column, ColumnKind, Heading, Inline, Paragraph, Table
from webcycle.documents.measured.sessions import count, share
from webcycle.documents.voice import Voice
from webcycle.published import Breakdowns
from webcycle.review import Review

# Of one session or axis there is nothing to compare.
_SEVERAL = 2


def loyalty(review: Review, voice: Voice) -> Iterator[Block]:
    """How the people of several measured sessions overlap; each table, or the sentence why there is none."""
    told = _told(review)
    if told is None:
        return
    yield Heading(2, voice.say("document.measured.loyalty"), "loyalty")
    yield from _newcomers(review, told, voice)
    yield from _distribution(told, voice)
    if sum(number != 0 for number in told.axes.single.values()) >= _SEVERAL:
        yield from _axes(review, told, voice)


def loyalty_in_short(review: Review, voice: Voice) -> Iterator[Block]:
    """How many sessions the people came to."""
    told = _told(review)
    if told is not None:
        yield Heading(2, voice.say("document.measured.loyalty"), "loyalty")
        yield from _distribution(told, voice)


def _told(review: Review) -> Breakdowns | None:
    """What may be told of several measured sessions; None where there are not several."""
    several = review.groups is not None and len(review.groups.loyalty) >= _SEVERAL
    return review.groups if several else None


def _hidden(name: str, told: Breakdowns, voice: Voice) -> Paragraph:
    return Paragraph(voice.say(f"document.measured.{name}-hidden", least=voice.number(told.least)))


def _newcomers(review: Review, told: Breakdowns, voice: Voice) -> Iterator[Block]:
    """A session of which either is hidden shows neither; at the first one all are new, which tells nothing."""
    sessions = [row.session for row in review.rows if row.session.id in told.loyalty]
    counts = [told.loyalty[session.id] or (None, None) for session in sessions]
    if all(new is None for new, _again in counts[1:]):
        yield _hidden("newcomers", told, voice)
        return
    rows = [(voice.plain(session.name()), *both) for session, both in zip(sessions, counts, strict=True)]
    yield from charts.stacked("loyalty", rows, voice, table="table-loyalty")
    note = "newcomers-note" + ("-hidden" if (None, None) in counts else "")
    yield Table(
        "table-loyalty",
        voice.say("document.chart.data", title=voice.say("document.chart.loyalty")),
        (
            Column(voice.say("document.column.session")),
            *(Column(voice.say(f"document.chart.{name}"), "number") for name in ("newcomers", "returning")),
        ),
        tuple((name, count(new, voice), count(again, voice)) for name, new, again in rows),
        note=voice.say(f"document.measured.{note}", least=voice.number(told.least)),
    )


def _distribution(told: Breakdowns, voice: Voice) -> Iterator[Block]:
    tail = told.sessions
    if tail.hidden:
        yield _hidden("distribution", told, voice)
        return
    rows = [(_sessions("attended", number, voice), held) for number, held in tail.shown]
    if tail.from_ is not None and tail.merged is not None:
        rows.append((_sessions("attended-or-more", tail.from_, voice), tail.merged))
    people = sum(number for _label, number in rows)
    columns: tuple[tuple[str, ColumnKind], ...] = (
        ("sessions-attended-column", "text"),
        ("people-column", "number"),
        ("share-column", "number"),
    )
    yield Table(
        "table-distribution",
        voice.say("document.measured.distribution"),
        tuple(Column(voice.say(f"document.measured.{name}"), kind) for name, kind in columns),
        tuple((label, count(number, voice), share(number, people, told.least, voice)) for label, number in rows),
    )


def _sessions(key: str, number: int, voice: Voice) -> Inline:
    return voice.say(f"document.measured.{key}", count=number, number=voice.number(number))


def _axes(review: Review, told: Breakdowns, voice: Voice) -> Iterator[Block]:
    """People of each axis in the order of the programme, "" last for the sessions without one; then of each pair."""
    if told.axes.hidden:
        yield _hidden("axes", told, voice)
        return
    titles = {axis.id: voice.plain(axis.title) for axis in review.programme.axes}
    titles = {**titles, "": voice.say("document.review.no-axis")}
    known = [axis for axis in titles if axis in told.axes.single]
    rows = [(titles[axis], told.axes.single[axis]) for axis in known]
    for first, second in combinations(known, 2):
        pair = voice.say("document.measured.axes-pair", first=titles[first], second=titles[second])
        rows.append((pair, told.axes.pairs[min(first, second), max(first, second)]))
    hidden = any(number is None for _label, number in rows)
    yield Table(
        "table-axes",
        voice.say("document.measured.axes"),
        (
            Column(voice.say("document.measured.axes-column")),
            Column(voice.say("document.measured.people-column"), "number"),
        ),
        tuple((label, count(number, voice)) for label, number in rows),
        note=voice.say("document.measured.axes-note-hidden", least=voice.number(told.least)) if hidden else (),
    )
