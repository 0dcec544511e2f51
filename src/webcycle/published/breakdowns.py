"""Breakdowns of the persons who came, as they may be shown together, beside the number who came to each session.

Those numbers are public, and so is that of all distinct people where it does not itself give a small count away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Literal, get_args

from webcycle.disclosure import Groups, Overlap, Tail, groups, is_small, overlap, tail
from webcycle.metrics.relations import in_order
from webcycle.metrics.results import CycleResults
from webcycle.metrics.small import part, tells_of_few
from webcycle.programme import Programme

Kind = Literal["types", "territories"]
Weak = Literal["told", "few", "most"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# With more axes it takes long to find out what can be told of them.
_MOST_AXES = 7
_NO_GROUPS = Groups((), None, (), None, hidden=True)


@dataclass(frozen=True, slots=True)
class Breakdowns:
    """What may be told of groups of at least `least` persons.

    `loyalty` is newcomers and returning participants by session, None where they are hidden; `tells_people` is whether
    the number of distinct people may be said; `measured` is whether there is anybody to break down, and `determined`
    by what somebody can be. `weak` is whether the share of those who are known by name alone may be told, or only that
    these are few, or that all others are.
    """

    least: int
    loyalty: Mapping[str, tuple[int, int] | None]
    sessions: Tail
    axes: Overlap
    types: Groups
    territories: Groups
    tells_people: bool
    measured: bool
    determined: frozenset[Kind] = frozenset()
    weak: Weak = "told"


@dataclass(frozen=True, slots=True)
class _Row:
    """A session: how many came, and how many of them for the first time."""

    session: str
    came: int
    new: int

    def bounds(self, least: int) -> tuple[int, int]:
        """Between what the newcomers lie where they are hidden, 0 being shown where the session is not small itself."""
        return (0, self.came) if is_small(self.came, least) else (1, self.came - 1)

    def is_small(self, least: int) -> bool:
        return any(is_small(count, least) for count in (self.came, self.new, self.came - self.new))

    @property
    def is_mixed(self) -> bool:
        return 0 < self.new < self.came


def breakdowns(results: CycleResults, programme: Programme, *, published: bool) -> Breakdowns:
    """The breakdowns as they are shown inside the house, or, `published`, to everybody.

    Inside, the number of distinct people is always said.
    """
    least = programme.privacy.least_published if published else programme.privacy.smallest_group
    rows = _rows(results, programme)
    by_number = tail(dict(results.distribution) | _all_sessions(results, len(rows)), least)
    hidden = _hidden(rows, least)
    tells_people = not published or (hidden is not None and not by_number.totals_tell)
    secret = {row.session for row in rows[1:]} if hidden is None or not tells_people else hidden
    loyalty = {row.session: None if row.session in secret else (row.new, row.came - row.new) for row in rows}
    return Breakdowns(
        least=least,
        loyalty=MappingProxyType(loyalty),
        sessions=by_number if tells_people else Tail((), None, None, hidden=True, totals_tell=True),
        axes=_axes(results, rows, programme, least) if tells_people else _no_axes(results),
        types=groups(results.types, least) if tells_people else _NO_GROUPS,
        territories=groups(results.territories, least) if tells_people else _NO_GROUPS,
        tells_people=tells_people,
        measured=any(results.distribution.values()),
        determined=frozenset(kind for kind in KINDS if any(getattr(results, kind))),
        weak=_weak(results, least),
    )


def _weak(results: CycleResults, least: int) -> Weak:
    share = results.figure("weak-share")
    if not tells_of_few(share, least):
        return "told"
    return "few" if is_small(part(share) or 0, least) else "most"


def _all_sessions(results: CycleResults, held: int) -> dict[int, int]:
    """The greatest number of sessions that anybody can have come to, with nobody where nobody did."""
    return {held: results.distribution.get(held, 0)} if held else {}


# ---- newcomers


def _rows(results: CycleResults, programme: Programme) -> list[_Row]:
    """The sessions with somebody whose comings are known, in the order by which somebody is new."""
    order = {session.id: number for number, session in in_order(programme)}
    rows = []
    for found in sorted(results.sessions, key=lambda one: order[one.session]):
        came, new = found.figure("attended").value, found.figure("newcomers").value
        if came and new is not None:
            rows.append(_Row(found.session, int(came), int(new)))
    return rows


def _hidden(rows: Sequence[_Row], least: int) -> set[str] | None:
    """The sessions whose newcomers must not be told; None where even all of them could be worked out.

    Who came is public, and the sum of newcomers is the number of people: a session is hidden only where another one
    can have had more newcomers, and it fewer, or the other way. All who came to the first session were new.
    """
    later = rows[1:]
    hidden = [row for row in later if row.is_small(least)]
    spare = sorted(
        (row for row in later if row.is_mixed and row not in hidden), key=lambda row: (row.came, row.session)
    )
    while not _is_covered(hidden, least):
        if not spare:
            return None
        hidden.append(spare.pop(0))
    return {row.session for row in hidden}


def _is_covered(hidden: Collection[_Row], least: int) -> bool:
    """Whether the newcomers of each of these sessions can be more than one number, their sum being known.

    That sum is told of a group too, as is that of those who came again.
    """
    total = sum(row.new for row in hidden)
    if is_small(total, least) or is_small(sum(row.came for row in hidden) - total, least):
        return False
    bounds = [row.bounds(least) for row in hidden]
    fewest, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    return all(max(low, total - (most - high)) < min(high, total - (fewest - low)) for low, high in bounds)


def tellable(
    results: CycleResults, programme: Programme, groups: Breakdowns, asked: Iterable[frozenset[str]]
) -> frozenset[frozenset[str]]:
    """Those of these sets of sessions of which the number of distinct people may be told, beside that of all sessions.

    The difference between two such numbers is how many came for the first time to the sessions between them.
    """
    if not groups.tells_people:
        return frozenset()
    rows = _rows(results, programme)
    told = {frozenset(row.session for row in rows)}
    found = set()
    for one in sorted(asked, key=len):
        measured = frozenset(row.session for row in rows if row.session in one)
        if all(_is_covered(part, groups.least) for part in _between(rows, told | {measured}, groups)):
            told.add(measured)
            found.add(one)
    return frozenset(found)


def _between(rows: Sequence[_Row], told: Collection[frozenset[str]], groups: Breakdowns) -> Iterator[list[_Row]]:
    """The rows with hidden newcomers that each of these sets of sessions has more than the next smaller one."""
    before: frozenset[str] = frozenset()
    for one in sorted(told, key=len):
        yield [row for row in rows if row.session in one - before and groups.loyalty[row.session] is None]
        before = one


def tells_again(persons: int, counts: Sequence[int], least: int) -> bool:
    """Whether the number of distinct persons tells, beside how many there were each time, how few of them were there
    more than once, or how few not every time."""
    more = sum(counts) - persons
    return is_small(more, least) or is_small(persons * (len(counts) - 1) - more, least)


# ---- axes


def _axes(results: CycleResults, rows: Sequence[_Row], programme: Programme, least: int) -> Overlap:
    told = len(results.axes) <= _MOST_AXES and not any(
        tells_again(*axis, least) for axis in _by_axis(results, rows, programme)
    )
    return overlap(results.regions, least) if told else _no_axes(results)


def _by_axis(results: CycleResults, rows: Sequence[_Row], programme: Programme) -> Iterator[tuple[int, list[int]]]:
    """The people of each axis, and how many came to each of its sessions."""
    of = {session.id: session.axis or "" for session in programme.sessions}
    for axis, people in results.axes.items():
        yield people, [row.came for row in rows if of[row.session] == axis]


def _no_axes(results: CycleResults) -> Overlap:
    names = sorted(results.axes)
    return Overlap(None, dict.fromkeys(names), dict.fromkeys(combinations(names, 2)), hidden=True)
