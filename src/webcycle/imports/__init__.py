"""Files that were read to what is stored: which session, what is new, what replaces what. Nothing is asked or written.

The result does not hang on the order of the files, and to import twice is to import once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from webcycle import store
from webcycle.imports import erased, match
from webcycle.imports.match import Hints, Match
from webcycle.imports.shelf import Placement, Shelf
from webcycle.imports.undoing import Taken, Undoing, undo
from webcycle.imports.units import Delivery, Unit, own, split, stays
from webcycle.intake import Reading
from webcycle.ledger import Entry, Ledger, Part, entry, read_ledger, write_ledger
from webcycle.programme import Programme
from webcycle.records import ViewCount, mark
from webcycle.store import Records

__all__ = [
    "Delivery",
    "Ledger",
    "Outcome",
    "Placement",
    "Plan",
    "Question",
    "Taken",
    "Undoing",
    "plan",
    "read_ledger",
    "undo",
    "write_ledger",
]

Question = tuple[str, str]
"""What is asked: to which session the rows of this source and meeting belong."""

_NO_ANSWERS: Mapping[Question, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a table; `twin` is the file of the same run that holds the same bytes."""

    reading: Reading
    placements: tuple[Placement, ...] = ()
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What each session holds before and after; the ledger after; and an outcome for each table.

    Records are below the session that they are for, whatever session they name themselves.
    """

    before: Mapping[str, Records]
    sessions: Mapping[str, Records]
    ledger: Ledger
    outcomes: tuple[Outcome, ...]

    @property
    def questions(self) -> tuple[tuple[Question, Placement], ...]:
        """What only the user can tell."""
        every = (placement for outcome in self.outcomes for placement in outcome.placements)
        return tuple(((one.unit.source, one.unit.meeting), one) for one in every if one.status == "open")

    @property
    def records(self) -> Records:
        """All that is stored afterwards, each record naming its session."""
        return store.joined([store.named(session, held) for session, held in sorted(self.sessions.items())])


def plan(
    programme: Programme,
    stored: Records,
    ledger: Ledger,
    deliveries: Iterable[Delivery],
    answers: Mapping[Question, str] = _NO_ANSWERS,
    *,
    now: datetime,
    session: str = "",
    forgotten: erased.Known = erased.nobody,
) -> Plan:
    """What becomes of these tables; `session` is where the user wants all of them, `forgotten` who is left out."""
    read = (erased.without(own(one), forgotten) for one in deliveries)
    ordered = sorted(read, key=lambda one: (one.reading.source, one.reading.file))
    fresh = {one.reading.source: one for one in reversed(ordered)}
    files = {source: (one.reader, one.file) for source, one in ledger.entries.items()}
    files |= {source: (one.reading.reader, one.reading.file) for source, one in fresh.items()}
    shelf = Shelf(stored, ledger, files)
    placed = shelf.settle(
        {source: shelf.put(_placements(programme, ledger, one, answers, session)) for source, one in fresh.items()}
    )
    before = store.by_session(stored)
    shown = sorted(ordered, key=lambda one: (one.reading.file, one.reading.part))
    outcomes = tuple(_outcome(one.reading, fresh[one.reading.source].reading, placed) for one in shown)
    return Plan(before, shelf.sessions(before), _ledger(shelf, fresh, placed, now), outcomes)


def _outcome(reading: Reading, first: Reading, placed: Mapping[str, tuple[Placement, ...]]) -> Outcome:
    return Outcome(reading, placed[reading.source]) if reading is first else Outcome(reading, twin=first.file)


def _placements(
    programme: Programme, ledger: Ledger, delivery: Delivery, answers: Mapping[Question, str], option: str
) -> tuple[Placement, ...]:
    found: list[Placement] = []
    for unit in split(delivery.reading):
        if unit.records.views:
            found += _views(programme, unit, option)
            continue
        answer = answers.get((unit.source, unit.meeting), "")
        hints = Hints(option, answer, ledger.session(unit.source, unit.meeting), delivery.folder)
        where = match.place(programme, unit.window, unit.topic, hints)
        off_time, also = _off(programme, unit, where), _also(programme, unit, where)
        found.append(Placement(unit, where, "added" if where.session else "open", off_time=off_time, also=also))
    if any(one.status == "added" for one in found):
        return tuple(replace(one, status="left-out") if _of_nobody(one) else one for one in found)
    return tuple(found)


def _off(programme: Programme, unit: Unit, where: Match) -> bool:
    named = where.how in ("option", "answer")
    return named and unit.window is not None and where.session not in match.by_time(programme, unit.window)


def _also(programme: Programme, unit: Unit, where: Match) -> tuple[str, ...]:
    return match.also_held(programme, where.session, unit.window, stays(unit)) if where.session and unit.window else ()


def _of_nobody(one: Placement) -> bool:
    """Whether a meeting was at a time of no session, as most are in a report over all meetings of an account."""
    return one.status == "open" and one.unit.window is not None and not one.match.candidates


def _views(programme: Programme, unit: Unit, option: str) -> list[Placement]:
    sessions = match.views(programme, unit.records.views, option)
    parts: dict[str, list[ViewCount]] = {}
    for view, session in sessions.items():
        parts.setdefault(session, []).append(view)
    return [
        Placement(
            replace(unit, records=Records(views=tuple(views))),
            Match(session, "option" if session and session == option else "video" if session else "nowhere"),
            "added",
        )
        for session, views in sorted(parts.items())
    ]


def _ledger(
    shelf: Shelf, fresh: Mapping[str, Delivery], placed: Mapping[str, tuple[Placement, ...]], now: datetime
) -> Ledger:
    """The ledger without the rows that were taken away, and with those that were put."""
    gone = {(source, session, mark(name)) for source, session, name in shelf.before.keys() - shelf.rows.keys()}
    entries: dict[str, Entry] = {}
    for source, held in shelf.ledger.entries.items():
        left = [part for part in held.stored if (source, part.session, part.meeting) not in gone]
        if left:
            entries[source] = held if left == held.stored else held.model_copy(update={"stored": left})
    for source, placements in placed.items():
        parts = _parts(placements)
        held_parts = entries[source].stored if source in entries else None
        if parts and parts != held_parts:
            one = fresh[source]
            entries[source] = entry(one.reading, one.sha256, one.reading.file, now, parts)
    return Ledger(MappingProxyType(entries))


def _parts(placements: Iterable[Placement]) -> list[Part]:
    return [Part(meeting=mark(one.unit.meeting), session=one.match.session or "") for one in placements if one.stored]
