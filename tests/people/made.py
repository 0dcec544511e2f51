"""Records and programmes for the tests of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from webcycle.identity import People, load
from webcycle.programme import Programme
from webcycle.records import Registration, Visit

SESSIONS = ("one", "two")
FIRST_HOUR = 10


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 12) -> datetime:
    """An instant of October 2021, in UTC."""
    return datetime(2021, 10, day, hour, minute, second, tzinfo=UTC)


def programme(**tables: Any) -> Programme:
    """A cycle in UTC of two sessions, from 10:00 to 12:00; `tables` replace or add to its data."""
    data: dict[str, Any] = {
        "cycle": {"id": "tiny", "title": "Tiny", "timezone": "UTC", "language": "en"},
        "organiser": {"name": "Example Council", "email": "council@example.org"},
        "session": [session("one", 12), session("two", 19)],
    }
    return Programme.model_validate(data | tables)


def session(key: str, day: int, **more: Any) -> dict[str, Any]:
    """A session of two hours."""
    hours = {"start": datetime(2021, 10, day, 10), "end": datetime(2021, 10, day, 12)}
    return {"id": key, "title": f"Session {key}", **hours, **more}


def people(text: str = "") -> People:
    """The decisions in this people.toml."""
    found, findings = load(text.encode(), "people.toml")
    assert found is not None, findings
    return found


@dataclass(frozen=True)
class Rows:
    """Records that are being put together."""

    registrations: Sequence[Registration] = ()
    visits: Sequence[Visit] = ()

    def registered(self, email: str = "", name: str = "", session: str = "one", **more: Any) -> Rows:
        one = Registration(session=session, email=email, name=name, **more)
        return replace(self, registrations=(*self.registrations, one))

    def came(
        self,
        email: str = "",
        name: str = "",
        start: datetime | None = None,
        end: datetime | None = None,
        session: str = "one",
        **more: Any,
    ) -> Rows:
        one = Visit(session=session, email=email, name=name, joined=start, left=end, **more)
        return replace(self, visits=(*self.visits, one))
