"""All rows, stored and new, by where they are; what the same file or a later download of it replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from webcycle import store
from webcycle.imports.match import Match
from webcycle.imports.units import Unit, contains, meeting
from webcycle.ledger import Ledger
from webcycle.store import Records

Status = Literal["added", "kept", "moved", "replaces", "older", "left-out", "open"]
"""What becomes of a meeting's rows, a key below `command.import.status` in the texts."""

Slot = tuple[str, str, str]
"""Where rows are: their source, session and meeting."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the rows of a meeting go, how that was found, and what becomes of them.

    `others` are the files that they replace, that contain them, or that stand beside them; `beside` those of the last
    kind by their sources. `off_time` says that the user named a session at another time; `also` are the sessions
    during which people were in the room too, whose rows are not theirs.
    """

    unit: Unit
    match: Match
    status: Status
    others: tuple[str, ...] = ()
    off_time: bool = False
    also: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def slot(self) -> Slot:
        """Where its rows belong."""
        return self.unit.source, self.match.session or "", self.unit.meeting

    @property
    def stored(self) -> bool:
        """Whether its rows are stored afterwards."""
        return self.status in ("added", "kept", "moved", "replaces")


def _is_whole(held: Records, read: Records) -> bool:
    """Whether rows of persons are held, if any were read."""
    return bool(held.registrations or held.visits) or not (read.registrations or read.visits)


class Shelf:
    """The rows of a cycle while files are being imported. Local to one plan.

    `files` gives, for each source, the reader that it was read by and the name of its file.
    """

    def __init__(self, stored: Records, ledger: Ledger, files: Mapping[str, tuple[str, str]]) -> None:
        self.ledger = ledger
        self.rows: dict[Slot, Records] = store.grouped(stored, lambda one: (one.source, one.session, meeting(one)))
        self.before = dict(self.rows)
        self._files = files

    def put(self, placements: Iterable[Placement]) -> tuple[Placement, ...]:
        """Put the rows of a table where they belong, and take away what stood elsewhere of the same meetings."""
        placements = tuple(placements)
        wanted = {one.slot for one in placements if one.stored}
        ours = {(source, name) for source, _session, name in wanted}
        strays = {slot: self.rows[slot] for slot in self.rows if (slot[0], slot[2]) in ours and slot not in wanted}
        for slot in strays:
            del self.rows[slot]
        return tuple(self._put(one, strays) if one.stored else one for one in placements)

    def _put(self, one: Placement, strays: Mapping[Slot, Records]) -> Placement:
        source, _session, name = one.slot
        known = self.ledger.session(source, name) is not None
        held = self.rows.get(one.slot)
        stray = next((rows for slot, rows in strays.items() if (slot[0], slot[2]) == (source, name)), None)
        if one.unit.records.views:
            same = held is not None and set(held) == {
                replace(view, session=one.slot[1]) for view in one.unit.records.views
            }
            self.rows[one.slot] = held if held is not None and same else one.unit.records
            return replace(one, status="kept" if same else "moved" if stray else "added")
        # Of a file that is known what is stored stays as it is: some of its rows may have been erased since. Where no
        # row of anybody is left, its files are gone, as they are after a clone, which has those without persons only.
        if known and held is not None and _is_whole(held, one.unit.records):
            return replace(one, status="kept")
        moves = known and stray is not None and _is_whole(stray, one.unit.records)
        self.rows[one.slot] = stray if stray is not None and moves else one.unit.records
        return replace(one, status="moved" if stray is not None else "added")

    def settle(self, placed: Mapping[str, tuple[Placement, ...]]) -> dict[str, tuple[Placement, ...]]:
        """Where several files tell of the same meeting in the same way, keep those that no other one contains."""
        rivals = self._rivals({one.slot for placements in placed.values() for one in placements if one.stored})
        above = {
            slot: tuple(other for other in group if contains(self._unit(other), self._unit(slot)))
            for group in rivals
            for slot in group
        }
        beside = {slot: group for group in rivals for slot in group}
        for slot in (slot for slot, larger in above.items() if larger):
            del self.rows[slot]
        return {
            source: tuple(self._settled(one, above, beside) if one.stored else one for one in placements)
            for source, placements in placed.items()
        }

    def _rivals(self, fresh: set[Slot]) -> list[tuple[Slot, ...]]:
        groups: defaultdict[tuple[str, str, str], list[Slot]] = defaultdict(list)
        for slot in self.rows:
            if slot[0] in self._files:
                groups[self._files[slot[0]][0], slot[1], slot[2]].append(slot)
        return [tuple(sorted(group)) for group in groups.values() if len(group) > 1 and not fresh.isdisjoint(group)]

    def _unit(self, slot: Slot) -> Unit:
        return Unit(slot[0], slot[2], "", None, self.rows[slot])

    def _settled(
        self, one: Placement, above: Mapping[Slot, tuple[Slot, ...]], beside: Mapping[Slot, tuple[Slot, ...]]
    ) -> Placement:
        if larger := above.get(one.slot):
            return replace(one, status="older", others=self._names(larger))
        below = [slot for slot in beside.get(one.slot, ()) if one.slot in above[slot] and slot in self.before]
        if below:
            return replace(one, status="replaces", others=self._names(below))
        equals = [slot for slot in beside.get(one.slot, ()) if slot != one.slot and slot in self.rows]
        return replace(one, others=self._names(equals), beside=self._by_source(equals))

    def _names(self, slots: Iterable[Slot]) -> tuple[str, ...]:
        return tuple(sorted({self._files[slot[0]][1] for slot in slots}))

    def _by_source(self, slots: Iterable[Slot]) -> Mapping[str, str]:
        return MappingProxyType({slot[0]: self._files[slot[0]][1] for slot in sorted(slots)})

    def sessions(self, before: Mapping[str, Records]) -> dict[str, Records]:
        """The rows of each session; those of a session that nothing changed are the same object as `before`."""
        slots: defaultdict[str, list[Slot]] = defaultdict(list)
        for slot in sorted(self.rows):
            slots[slot[1]].append(slot)
        touched = {slot[1] for slot in {*self.rows, *self.before} if self.rows.get(slot) is not self.before.get(slot)}
        return {
            session: store.joined([self.rows[slot] for slot in own]) if session in touched else before[session]
            for session, own in slots.items()
        }
