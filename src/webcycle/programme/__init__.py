"""The planned: a cycle of webinars as its programme describes it. Shape only, no I/O, no clock."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from webcycle import zones
from webcycle.errors import KeyPath
from webcycle.programme.cycle import (
    Axis,
    Claim,
    Contact,
    Cycle,
    FigureName,
    Link,
    LinkKind,
    Organiser,
    Presentation,
    Release,
    ReleaseKind,
    Resource,
    ResourceKind,
)
from webcycle.programme.options import (
    AttendanceRule,
    CalendarOptions,
    CheckOptions,
    Mail,
    OwnTexts,
    Privacy,
    Retention,
    Style,
)
from webcycle.programme.session import (
    AgendaItem,
    DayPart,
    Document,
    DocumentKind,
    Held,
    Join,
    Mode,
    Platform,
    QuestionChannel,
    Recording,
    Registration,
    Session,
    Slot,
    Speaker,
    Stated,
    Status,
    iso,
)
from webcycle.programme.table import Table
from webcycle.values import Moment, positioned

__all__ = [
    "AgendaItem",
    "AttendanceRule",
    "Axis",
    "CalendarOptions",
    "CheckOptions",
    "Claim",
    "Contact",
    "Cycle",
    "DayPart",
    "Document",
    "DocumentKind",
    "FigureName",
    "Held",
    "Join",
    "Link",
    "LinkKind",
    "Mail",
    "Mode",
    "Organiser",
    "OwnTexts",
    "Platform",
    "Presentation",
    "Privacy",
    "Programme",
    "QuestionChannel",
    "Recording",
    "Registration",
    "Release",
    "ReleaseKind",
    "Resource",
    "ResourceKind",
    "Retention",
    "Session",
    "Slot",
    "Speaker",
    "Stated",
    "Status",
    "Style",
    "Table",
]


class Programme(Table):
    """A whole programme (`cycle.toml`)."""

    cycle: Cycle = Field(title="Cycle", description="The cycle as a whole.")
    organiser: Organiser = Field(title="Organiser", description="Who runs it and signs its documents.")
    contacts: tuple[Contact, ...] = Field((), alias="contact", title="Contacts", description="Who answers questions.")
    links: tuple[Link, ...] = Field((), alias="link", title="Links", description="Addresses that readers are given.")
    axes: tuple[Axis, ...] = Field((), alias="axis", title="Axes", description="Groups of sessions.")
    resources: tuple[Resource, ...] = Field(
        (), alias="resource", title="Resources", description="Publications that it is about."
    )
    sessions: tuple[Session, ...] = Field(
        (), alias="session", title="Sessions", description="The webinars, seminars and days."
    )
    releases: tuple[Release, ...] = Field(
        (), alias="release", title="Releases", description="Documents issued or to be issued."
    )
    claims: tuple[Claim, ...] = Field((), alias="claim", title="Claims", description="Figures said in public.")
    privacy: Privacy = Field(
        Privacy.model_construct(), title="Privacy", description="What is kept of people, and how long."
    )
    attendance: AttendanceRule = Field(
        AttendanceRule.model_construct(), title="Attendance", description="What counts as attended."
    )
    check: CheckOptions = Field(
        CheckOptions.model_construct(), title="Check", description="Which findings are not wanted."
    )
    calendar: CalendarOptions = Field(
        CalendarOptions.model_construct(), title="Calendar", description="How the calendar is published."
    )
    mail: Mail = Field(Mail.model_construct(), title="Mail", description="What is sent to the registered, and when.")
    retention: Retention = Field(
        Retention.model_construct(), title="Retention", description="How long platforms keep what they know."
    )

    style: Style = Field(Style.model_construct(), title="Style", description="The look of the house.")
    texts: OwnTexts = Field(
        OwnTexts.model_construct(), title="Texts", description="Own wording of the program's sentences."
    )

    @model_validator(mode="after")
    def _local_times_exist(self) -> Self:
        if errors := tuple(_clock_change_errors(self)):
            raise positioned("Programme", *errors)
        return self

    @cached_property
    def session_by_id(self) -> dict[str, Session]:
        """The sessions by id, in the programme's order; of two with the same id, the first."""
        found: dict[str, Session] = {}
        for session in self.sessions:
            found.setdefault(session.id, session)
        return found

    def as_of(self, day: date) -> Self:
        """The programme as readers find it on a day: without the addresses of what is to be published later."""
        sessions = tuple(session.as_of(day) for session in self.sessions)
        if sessions == self.sessions:
            return self
        made = self.model_copy(update={"sessions": sessions})
        # A copy takes along what was worked out before.
        made.__dict__.pop("session_by_id", None)
        return made

    def chronological(self) -> tuple[Session, ...]:
        """The sessions by date, those without one last."""
        return tuple(sorted(self.sessions, key=lambda one: (one.slot is None, str(one.start), one.id)))

    def aware(self, local: datetime) -> datetime:
        """A local time of the programme as an instant in the cycle's zone."""
        return local.replace(tzinfo=zones.zone(self.cycle.timezone))

    def local(self, instant: datetime) -> datetime:
        """An instant as the clocks of the cycle's zone show it."""
        return instant.astimezone(zones.zone(self.cycle.timezone))


def _local_times(programme: Programme) -> Iterator[tuple[KeyPath, Moment | None]]:
    for index, session in enumerate(programme.sessions):
        at: KeyPath = ("session", index)
        yield (*at, "start"), session.start
        yield (*at, "end"), session.end
        if session.duration is not None and session.slot is not None:
            yield (*at, "duration"), session.slot.end
        for number, former in enumerate(session.moved_from):
            yield (*at, "moved-from", number), former
        if session.held is not None:
            yield (*at, "held", "start"), session.held.start
            yield (*at, "held", "end"), session.held.end
        if session.registration is not None:
            yield (*at, "registration", "deadline"), session.registration.deadline
            yield (*at, "registration", "details-sent"), session.registration.details_sent


def _clock_change_errors(programme: Programme) -> Iterator[tuple[str, KeyPath, dict[str, str]]]:
    name = programme.cycle.timezone
    for path, local in _local_times(programme):
        if not isinstance(local, datetime):
            continue
        found = zones.readings(local, name)
        if len(found) == 1:
            continue
        code = "ambiguous-time" if found else "nonexistent-time"
        first, second = (one.isoformat() for one in found) if found else _around(local, name)
        yield code, path, {"time": iso(local), "zone": name, "first": first, "second": second}


def _around(local: datetime, zone: str) -> list[str]:
    """The hours that the clocks show instead of a skipped one, the earlier first, as the programme writes hours."""
    return sorted(one.replace(tzinfo=None).isoformat() for one in zones.shifted(local, zone))
