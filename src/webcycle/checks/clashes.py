"""Rules about what cannot be at the same time: two sessions, and one speaker in two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from unicodedata import normalize

from webcycle.checks.found import begins, ends, finding, standing
from webcycle.errors import Finding
from webcycle.programme import Programme
from webcycle.programme.session import iso


class _Stay(NamedTuple):
    """A stretch of time (the end excluded) of the session with that number, for its speaker with that number."""

    start: datetime
    end: datetime
    session: int
    speaker: int = 0


def _clashes(stays: Iterable[_Stay]) -> Iterator[tuple[_Stay, _Stay]]:
    """Each stay that begins before an earlier one has ended, and of the earlier ones that which ends last."""
    last: _Stay | None = None
    for stay in sorted(stays):
        if last is not None and stay.start < last.end:
            yield stay, last
        if last is None or stay.end > last.end:
            last = stay


def session_overlaps(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Two sessions do not overlap; one of which only the day is known may lie beside one that has hours."""
    slots = {index: slot for index, _session, slot in standing(programme)}
    stays: dict[bool, list[_Stay]] = {False: [], True: []}
    for index, slot in slots.items():
        stays[slot.all_day].append(_Stay(begins(slot), ends(slot), index))
    for group in stays.values():
        for stay, other in _clashes(group):
            one, two = programme.sessions[stay.session], programme.sessions[other.session]
            times = {"start": iso(slots[other.session].start), "end": iso(slots[other.session].end)}
            yield finding("session-overlap", "session", stay.session, "start", found=one.id, other=two.id, **times)


def _same(name: str) -> str:
    """What two spellings of one name have in common."""
    folded = name if name.isascii() else normalize("NFC", name)
    return " ".join(folded.casefold().split())


def speakers_twice(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """Nobody speaks in two sessions at once; names are compared without case, composition and spacing."""
    stays: defaultdict[str, dict[int, _Stay]] = defaultdict(dict)
    for index, session, slot in standing(programme):
        if slot.all_day:
            continue
        for number, speaker in enumerate(session.speakers):
            stays[_same(speaker.name)].setdefault(index, _Stay(begins(slot), ends(slot), index, number))
    for group in stays.values():
        for stay, other in _clashes(group.values()):
            one, two = programme.sessions[stay.session], programme.sessions[other.session]
            path = ("session", stay.session, "speakers", stay.speaker, "name")
            name = one.speakers[stay.speaker].name
            yield finding("speaker-twice", *path, name=name, found=one.id, other=two.id)
