"""Stays out of a log of comings and goings, whose rows may stand in any order and of which some may be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from webcycle.records import Role

Action = Literal["joined", "left", "before"]


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Somebody came ("joined"), went ("left"), or was already there when the log began ("before")."""

    when: datetime
    action: Action


@dataclass(slots=True)
class Log:
    """The comings and goings of one person in one meeting, gathered."""

    name: str
    email: str
    person: str
    role: Role
    meeting: str
    events: list[Event] = field(default_factory=list)


def stays(events: Iterable[Event]) -> Iterator[tuple[datetime | None, datetime | None]]:
    """From when to when one person was there; None where the log does not tell.

    At the same instant a going closes an open stay before a coming opens one, else the coming is first.
    """
    opened: datetime | None = None
    inside = False
    for event in _settled(events):
        if event.action == "left":
            yield opened, event.when
            opened, inside = None, False
            continue
        if inside:
            yield opened, None
        opened, inside = (event.when if event.action == "joined" else None), True
    if inside:
        yield opened, None


def _settled(events: Iterable[Event]) -> list[Event]:
    """The events by time; of a coming and a going at one instant, the one that fits the person's state is first."""
    ordered = sorted(events, key=lambda event: (event.when, event.action == "left"))
    inside = False
    for index in range(len(ordered)):
        tie = index + 1 < len(ordered) and ordered[index].when == ordered[index + 1].when
        if tie and inside and ordered[index].action != "left" and ordered[index + 1].action == "left":
            ordered[index], ordered[index + 1] = ordered[index + 1], ordered[index]
        inside = ordered[index].action != "left"
    return ordered
