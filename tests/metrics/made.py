"""Tiny cycles written by hand, and their figures by the engine and by the reference, which have to agree."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.metrics.agreement import differences, told
from tests.metrics.cycles import Made
from tests.metrics.reference import Reference, figures
from webcycle import metrics
from webcycle.identity import People
from webcycle.metrics import CycleResults
from webcycle.programme import Programme
from webcycle.records import Registration, ViewCount, Visit
from webcycle.store import Records


def at(clock: str, day: str = "2021-06-01") -> datetime:
    """An instant of the day on which the sessions made here are, in UTC, which is their zone."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


def stay(who: str, joined: str = "", left: str = "", seconds: int | None = None, session: str = "one") -> Visit:
    moments = [at(clock) if clock else None for clock in (joined, left)]
    return Visit(
        session=session, platform="zoom", email=address(who), joined=moments[0], left=moments[1], seconds=seconds
    )


def signup(who: str, session: str = "one", **more: Any) -> Registration:
    return Registration(session=session, email=address(who), **more)


def address(who: str) -> str:
    return f"{who}@example.org"


def seen(views: int, on: str, session: str = "one", video: str = "v1", **more: Any) -> ViewCount:
    return ViewCount(session=session, platform="youtube", video=video, on=date.fromisoformat(on), views=views, **more)


def session(name: str = "one", **more: Any) -> dict[str, Any]:
    """A session of that day, from 10 to 11."""
    hours = {"start": datetime(2021, 6, 1, 10), "end": datetime(2021, 6, 1, 11)}
    return {"id": name, "title": "Webinaire"} | hours | more


def programme(*sessions: dict[str, Any], zone: str = "Etc/UTC", **attendance: Any) -> Programme:
    return Programme.model_validate(
        {
            "cycle": {"id": "cycle", "title": "Cycle", "timezone": zone},
            "organiser": {"name": "Ville", "email": "ville@example.org"},
            "axis": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
            "session": sessions or [session()],
            "attendance": attendance,
        }
    )


def cycle(
    planned: Programme,
    visits: Sequence[Visit] = (),
    registrations: Sequence[Registration] = (),
    views: Sequence[ViewCount] = (),
    people: People | None = None,
) -> Made:
    return Made(planned, people or People(), Records(tuple(registrations), tuple(visits), tuple(views)))


def measured(made: Made, on: date | None = None) -> CycleResults:
    """What the engine says of the files that the store would write."""
    with (
        tempfile.TemporaryDirectory() as folder,
        metrics.open_cycle(made.programme, made.people, made.write(Path(folder)), on) as engine,
    ):
        return engine.results()


def reckoned(made: Made, on: date | None = None) -> Reference:
    held = made.records
    return figures(made.programme, made.people, held.registrations, held.visits, held.views, held.totals, on)


def agreed(made: Made, on: date | None = None) -> Reference:
    """What both say."""
    engine, reference = told(measured(made, on)), reckoned(made, on)
    found = list(differences(engine, reference))
    assert not found, "\n".join(map(str, found))
    return engine
