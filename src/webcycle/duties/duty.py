"""A duty: what is to be done for a session or for the cycle, by when, and where that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Literal

from webcycle.claims import NOTHING, Measured
from webcycle.values import Moment

Kind = Literal[
    "date",
    "new-date",
    "hours",
    "deadline",
    "details",
    "export",
    "platform-recording",
    "attendance",
    "recording",
    "document",
    "personal-data",
    "claim",
]
State = Literal["present", "due", "late", "not-applicable"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `due` is on the clocks of the cycle's zone: a day (until its end), an hour; None where there is none.

    `values` are those of its sentence; `source` says where the date comes from: a key of the programme, or who says how
    long a platform keeps something. Never holds a join link, nor anything of a person.
    """

    kind: Kind
    session: str | None
    due: Moment | None
    state: State
    source: str
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in ("due", "late")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported: the ids of sessions whose visits were ever read, and of those that people's data are kept of.

    `measured` is what the records say, where the programme's claims need it.
    """

    visits: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    measured: Measured = NOTHING


def past(due: Moment | None, now: datetime) -> bool:
    """Whether the time is over at that moment, on the same clocks; a day lasts until its end."""
    if due is None:
        return False
    return due < now if isinstance(due, datetime) else due < now.date()


def state(due: Moment | None, now: datetime, *, done: bool = False) -> State:
    """Where something stands that is owed."""
    if done:
        return "present"
    return "late" if past(due, now) else "due"


def order(duty: Duty) -> tuple[bool, datetime, bool]:
    """By date, a day before its hours; what has none at the end."""
    due = duty.due
    if due is None:
        return True, datetime.min, False  # noqa: DTZ901 - a local time
    return False, due if isinstance(due, datetime) else midnight(due), isinstance(due, datetime)


def midnight(day: date) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time.min)
