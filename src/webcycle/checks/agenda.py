"""Rules about agendas: their parts lie in the session, one after the other, without holes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from webcycle.checks.found import begins, ends, finding
from webcycle.errors import Finding, KeyPath
from webcycle.programme import Programme, Session, Slot
from webcycle.values import day_of

_DAY = timedelta(days=1)
# Where a session has no date its parts are still compared with each other.
_NO_DATE = Slot(date(2000, 1, 1), date(2000, 1, 1))


@dataclass(frozen=True, slots=True)
class _Part:
    """An item of an agenda, by its number, with the days that its hours fall on; the end is excluded."""

    start: datetime
    end: datetime
    number: int

    @property
    def reversed(self) -> bool:
        """Whether it ends no later than it starts."""
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class _Agenda:
    """The agenda of the session with that number: its parts as they are listed."""

    index: int
    slot: Slot
    parts: tuple[_Part, ...]

    def sound(self) -> list[_Part]:
        """The parts that end after they start, in the order of time."""
        return sorted((part for part in self.parts if not part.reversed), key=lambda part: (part.start, part.end))

    def at(self, part: _Part, key: str) -> KeyPath:
        """Where a key of that part stands."""
        return ("session", self.index, "agenda", part.number, key)


def _agendas(programme: Programme) -> Iterator[_Agenda]:
    for index, session in enumerate(programme.sessions):
        if session.agenda and session.status != "cancelled":
            slot = session.slot or _NO_DATE
            yield _Agenda(index, slot, tuple(_placed(session, slot)))


def _placed(session: Session, slot: Slot) -> Iterator[_Part]:
    """Each part on its day: that of the part before, or the day after where only this follows and fits the session."""
    past_midnight = day_of(slot.end) > day_of(slot.start)
    today, reached = day_of(slot.start), begins(slot)
    for number, item in enumerate(session.agenda):
        start = datetime.combine(today, item.start)
        if start < reached and start + _DAY < ends(slot):
            start += _DAY
        end = datetime.combine(start.date(), item.end)
        if past_midnight and end < start:
            end += _DAY
        today, reached = start.date(), max(reached, end)
        yield _Part(start, end, number)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _hours(part: _Part) -> dict[str, str]:
    return {"start": _clock(part.start), "end": _clock(part.end)}


def agenda_reversed(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A part of an agenda ends after it starts."""
    for agenda in _agendas(programme):
        for part in agenda.parts:
            if part.reversed:
                yield finding("agenda-reversed", *agenda.at(part, "end"), **_hours(part))


def agenda_outside(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A part of an agenda lies within the hours of its session."""
    for agenda in _agendas(programme):
        if agenda.slot.all_day:
            continue
        first, last = begins(agenda.slot), ends(agenda.slot)
        for part in agenda.sound():
            if part.start < first or part.end > last:
                key = "start" if part.start < first else "end"
                times = {"first": _clock(first), "last": _clock(last)}
                yield finding("agenda-outside", *agenda.at(part, key), **_hours(part), **times)


def agenda_overlaps(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A part of an agenda starts when the parts before it have ended."""
    for agenda in _agendas(programme):
        reached: datetime | None = None
        for part in agenda.sound():
            if reached is not None and part.start < reached:
                start = _clock(part.start)
                yield finding("agenda-overlap", *agenda.at(part, "start"), start=start, reached=_clock(reached))
            reached = max(reached or part.end, part.end)


def agenda_gaps(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """An agenda fills the session, a longer one than a day excepted: nobody meets at night."""
    for agenda in _agendas(programme):
        if agenda.sound() and ends(agenda.slot) - begins(agenda.slot) <= _DAY:
            for path, start, end in _gaps(agenda):
                yield finding("agenda-gap", *path, start=_clock(start), end=_clock(end))


def _gaps(agenda: _Agenda) -> Iterator[tuple[KeyPath, datetime, datetime]]:
    parts = agenda.sound()
    timed = not agenda.slot.all_day
    reached = begins(agenda.slot) if timed else parts[0].start
    for part in parts:
        if part.start > reached:
            yield agenda.at(part, "start"), reached, part.start
        reached = max(reached, part.end)
    if timed and reached < ends(agenda.slot):
        final = max(parts, key=lambda part: part.end)
        yield agenda.at(final, "end"), reached, ends(agenda.slot)
