"""What the tests of importing share: a programme of three webinars, and tables as readers give them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from webcycle.imports import Delivery, Ledger, Plan, plan
from webcycle.intake.reading import Kind, Meeting, Reading
from webcycle.programme import Programme
from webcycle.records import PlatformTotal, Registration, ViewCount, Visit
from webcycle.store import Records

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
TEN = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
"""Ten o'clock in Paris, when the webinar on water begins."""


def programme(*sessions: dict[str, Any], **cycle: Any) -> Programme:
    """Water from 10 to 12 and roads from 14 to 16 on 1 April, ports from 10 to 12 on 8 April; or these sessions."""
    day = datetime(2026, 4, 1)
    three = (
        session("water", "Water for all", day + timedelta(hours=10), recording="https://youtu.be/wat_er-1234"),
        session("roads", "Roads and bridges", day + timedelta(hours=14)),
        session("ports", "Ports of the world", day + timedelta(days=7, hours=10)),
    )
    return Programme.model_validate(
        {
            "cycle": {"id": "cycle", "title": "Cycle", "timezone": "Europe/Paris", "language": "en", **cycle},
            "organiser": {"name": "Office", "email": "office@example.org"},
            "session": list(sessions or three),
        }
    )


def session(name: str, title: str, start: datetime, *, recording: str = "", **more: Any) -> dict[str, Any]:
    replay = {"recording": {"url": recording}} if recording else {}
    return {"id": name, "title": title, "start": start, "end": start + timedelta(hours=2), **replay, **more}


def visit(name: str, start: int = 0, minutes: int | None = 60, *, meeting: str = "", at: datetime = TEN) -> Visit:
    """A stay that begins `start` minutes after `at`; without an end when `minutes` is None."""
    joined = at + timedelta(minutes=start)
    left = None if minutes is None else joined + timedelta(minutes=minutes)
    return Visit(
        meeting=meeting, platform="zoom", email=f"{name}@example.org", name=name.title(), joined=joined, left=left
    )


def registration(name: str, *, meeting: str = "", **more: Any) -> Registration:
    return Registration(meeting=meeting, email=f"{name}@example.org", name=name.title(), **more)


def view(video: str, count: int, *, title: str = "", **more: Any) -> ViewCount:
    return ViewCount(platform="youtube", video=video, title=title, views=count, definition="Views", **more)


def delivery(
    file: str,
    *records: Registration | Visit | ViewCount | PlatformTotal,
    meetings: tuple[Meeting, ...] = (),
    reader: str = "zoom-meeting",
    kind: Kind = "attendance",
    part: str = "",
    folder: str = "",
) -> Delivery:
    """A table with these records; its hash comes from what it holds."""
    sha256 = hashlib.sha256(repr((reader, records)).encode()).hexdigest()
    source = sha256[:16]
    named = [replace(one, source=source) for one in records]
    reading = Reading(
        file=file,
        part=part,
        source=source,
        reader=reader,
        platform="zoom",
        kind=kind,
        why=("Name",),
        experimental=False,
        encoding="utf-8",
        delimiter=",",
        zone="Europe/Paris",
        zone_reason="option",
        rows=len(records),
        kept=len(records),
        meetings=meetings,
        registrations=tuple(one for one in named if isinstance(one, Registration)),
        visits=tuple(one for one in named if isinstance(one, Visit)),
        views=tuple(one for one in named if isinstance(one, ViewCount)),
        totals=tuple(one for one in named if isinstance(one, PlatformTotal)),
    )
    return Delivery(reading, sha256, folder)


def planned(*deliveries: Delivery, after: Plan | None = None, cycle: Programme | None = None, **more: Any) -> Plan:
    """The plan of importing these tables, after another plan was carried out."""
    stored = after.records if after else Records()
    ledger = after.ledger if after else Ledger()
    return plan(cycle or programme(), stored, ledger, deliveries, now=NOW, **more)


def statuses(made: Plan) -> list[tuple[str | None, str, str]]:
    """The session of each meeting, how it was found, and what becomes of its rows."""
    return [(one.match.session, one.match.how, one.status) for outcome in made.outcomes for one in outcome.placements]


def people(made: Plan, session: str) -> list[str]:
    """Whose registrations and stays a session holds, sorted."""
    held = made.sessions.get(session, Records())
    return sorted([*(one.name for one in held.registrations), *(one.name for one in held.visits)])


def sources(made: Plan) -> set[str]:
    return {one.source for one in made.records}


def at(start: datetime, hours: float = 2, *, key: str = "m", topic: str = "") -> Meeting:
    """A meeting of that length."""
    return Meeting(key, topic, start, start + timedelta(hours=hours))


def carried_out(steps: Iterable[Iterable[Delivery]], **more: Any) -> Plan:
    """The last of several imports, one after the other."""
    made: Plan | None = None
    for step in steps:
        made = planned(*step, after=made, **more)
    assert made is not None
    return made
