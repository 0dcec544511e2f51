"""Who came: the people of a cycle by type of organisation and by territory, small groups together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from webcycle.disclosure import Groups
from webcycle.documents import charts, inline, wording
from webcycle.documents.blocks import Block, Column, Heading, Inline, Paragraph, Table
from webcycle.documents.measured.sessions import count, share
from webcycle.documents.session_table import sessions_word
from webcycle.documents.voice import Voice
from webcycle.review import Review

_Kind = Literal["types", "territories"]
_KINDS: tuple[_Kind, ...] = ("types", "territories")
_NOT_DETERMINED = ""
# So many groups are named in a note.
_NAMED = 8


def who_came(review: Review, voice: Voice) -> Iterator[Block]:
    """Two breakdowns of the people who came, each a chart and a table, or the sentence why there is none."""
    yield from _who_came(review, voice, _KINDS)


def who_came_in_short(review: Review, voice: Voice) -> Iterator[Block]:
    """The same with one chart: of the types, or of the territories where there is no breakdown by type."""
    yield from _who_came(review, voice, _KINDS[:1])


def _who_came(review: Review, voice: Voice, drawn: Sequence[_Kind]) -> Iterator[Block]:
    told = review.groups
    if told is None or not told.measured:
        return
    yield Heading(2, voice.say("document.measured.who-came"), "who-came")
    people = told.types.total if told.types.total is not None else told.territories.total
    if people is not None:
        sessions = sessions_word(review, voice, 2)
        yield Paragraph(voice.say("document.measured.people", number=voice.number(people), sessions=sessions))
    kinds = drawn if _is_broken_down(told.types) else _KINDS
    yield from _breakdown("types", told.types, told.least, voice, drawn="types" in kinds)
    yield from _breakdown("territories", told.territories, told.least, voice, drawn="territories" in kinds)


def _is_broken_down(guarded: Groups) -> bool:
    several = guarded.merged is not None or len(_present(guarded)) > 1
    return several and not guarded.hidden


def _present(guarded: Groups) -> list[str]:
    return [name for name, number in guarded.shown if number]


def _breakdown(kind: _Kind, guarded: Groups, least: int, voice: Voice, *, drawn: bool) -> Iterator[Block]:
    present = _present(guarded)
    if guarded.hidden:
        yield Paragraph(voice.say(f"document.measured.{kind}-hidden", least=voice.number(least)))
    elif _is_broken_down(guarded):
        yield from _groups(kind, guarded, least, voice, drawn=drawn)
    elif present in ([], [_NOT_DETERMINED]):
        yield Paragraph(voice.say(f"document.measured.{kind}-unknown"))
    else:
        yield Paragraph(voice.say(f"document.measured.{kind}-single", name=inline.plain(present[0], voice.own)))


def _groups(kind: _Kind, guarded: Groups, least: int, voice: Voice, *, drawn: bool) -> Iterator[Block]:
    """Who is not determined has a row, 0 or not, or is among those who are together."""
    rows = [(_label(name, voice), number) for name, number in guarded.shown]
    if _NOT_DETERMINED not in (*dict(guarded.shown), *guarded.names_merged):
        rows.append((_label(_NOT_DETERMINED, voice), 0))
    if guarded.merged is not None:
        rows.append((voice.say("document.measured.merged"), guarded.merged))
    caption, column = voice.say(f"document.measured.{kind}"), voice.say(f"document.measured.{kind}-column")
    counted, table = voice.say("document.measured.people-column"), f"table-{kind}"
    if drawn:
        yield from charts.group_bars(kind, caption, column, rows, (), voice, counted=counted, table=table)
    yield Table(
        table,
        voice.say("document.chart.data", title=caption) if drawn else caption,
        (Column(column), Column(counted, "number"), Column(voice.say("document.measured.share-column"), "number")),
        tuple((label, count(number, voice), share(number, guarded.total, least, voice)) for label, number in rows),
        note=_note(kind, guarded.names_merged, least, voice),
    )


def _note(kind: _Kind, merged: Sequence[str], least: int, voice: Voice) -> Inline:
    """What was put together: by name where a few types were; a territory of few people is not named."""
    if not merged:
        return ()
    groups = [name for name in merged if name != _NOT_DETERMINED]
    if kind == "types" and len(groups) <= _NAMED:
        together = [inline.plain(name, voice.own) for name in groups]
    else:
        number = voice.number(len(groups))
        together = [voice.say(f"document.measured.merged-{kind}", count=len(groups), number=number)]
    if _NOT_DETERMINED in merged:
        together.append(voice.say(f"document.measured.{kind}-not-determined"))
    return voice.say("document.measured.together", least=voice.number(least), groups=voice.listed(together))


def _label(name: str, voice: Voice) -> Inline:
    """The name at the head of a row."""
    if name == _NOT_DETERMINED:
        return voice.say("document.measured.not-determined")
    return inline.plain(wording.capital(name), voice.own)
