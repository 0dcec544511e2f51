"""The planned: a cycle of webinars as its programme describes it. Shape only, no I/O, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from webcycle import zones
from webcycle.errors import KeyPath, Language
from webcycle.values import (
    Clock,
    Country,
    Day,
    DayOrMonth,
    Duration,
    Email,
    Line,
    Moment,
    Period,
    Prose,
    Slug,
    Text,
    Title,
    Url,
    When,
    Zone,
    positioned,
)

Status = Literal["tentative", "confirmed", "postponed", "cancelled"]
Mode = Literal["online", "in-person", "hybrid"]
DayPart = Literal["morning", "afternoon", "evening"]
LinkKind = Literal["documents", "recordings", "registration", "more"]
DocumentKind = Literal["slides", "minutes", "contacts", "captions", "transcript", "other"]
ResourceKind = Literal["guide", "summary", "booklet", "report", "other"]
ReleaseKind = Literal["programme", "session", "change", "minutes", "publication", "review"]
Platform = Literal["zoom", "teams", "bigbluebutton", "webex", "meet", "goto", "youtube", "other"]
FigureName = Literal["sessions-held", "registrations", "participations", "people", "views"]

MINUTES = Annotated[int, Field(ge=0, le=1440, strict=True)]
COUNT = Annotated[int, Field(ge=0, le=1_000_000_000, strict=True)]


@dataclass(frozen=True, slots=True)
class Slot:
    """From when to when. Two local date-times, the end excluded; or two days, the last one included."""

    start: Moment
    end: Moment

    @property
    def all_day(self) -> bool:
        """Whether only days are known."""
        return not isinstance(self.start, datetime)


class Table(BaseModel):
    """A table of the programme: immutable, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        arbitrary_types_allowed=True,
        defer_build=True,
    )


class Link(Table):
    """An address that readers are given."""

    kind: LinkKind = Field("more", title="Kind", description="What is found there; decides where it is shown.")
    title: Title = Field(title="Title", description="The words of the link: they must say where it leads.")
    url: Url | None = Field(None, title="Address", description="Without it the title is shown as plain text.")
    text: Prose | None = Field(None, title="Sentence", description="What is found there, in Markdown.")


class Contact(Table):
    """Who answers questions: a function rather than a person, as the programme is published."""

    id: Slug | None = Field(None, title="Id", description="What a session's `contact` refers to.")
    name: Title = Field(title="Name", description="The office or function that answers.")
    role: Title | None = Field(None, title="Role")
    email: Email | None = Field(None, title="E-mail address")
    phone: Line | None = Field(None, title="Telephone")
    address: Line | None = Field(None, title="Postal address")


class Cycle(Table):
    """The cycle as a whole."""

    id: Slug = Field(title="Id", description="Short and permanent: the names of the published files come from it.")
    title: Title = Field(title="Title", description="The name of the series.")
    edition: int | None = Field(None, ge=1, le=999, strict=True, title="Edition", description='1 for "1er cycle".')
    language: Language = Field("fr", title="Language", description="Of the programme's texts and its documents.")
    timezone: Zone = Field(title="Time zone", description="IANA name of the zone that all times are in.")
    also_show: tuple[Zone, ...] = Field((), title="Also show", description="Zones whose hours are shown beside.")
    occasion: Prose | None = Field(None, title="Occasion", description="What gave rise to it, as a noun phrase.")
    audience: Title | None = Field(None, title="Audience", description='For whom, as a noun phrase: "les communes".')
    aim: Prose | None = Field(None, title="Aim", description="What it is for, as an infinitive phrase.")
    approach: Prose | None = Field(None, title="Approach", description="What the sessions are about, as a noun phrase.")
    purpose: tuple[Prose, ...] = Field((), title="Objectives", description="Infinitive phrases.")
    introduction: Prose | None = Field(None, title="Introduction", description="Of the programme, in Markdown.")
    joining: Prose | None = Field(None, title="Joining", description="How the registered get their link.")
    times_provisional: bool = Field(False, strict=True, title="Times provisional", description="Hours may still move.")
    context: Prose | None = Field(None, title="Context", description="The circumstances, as an adverbial phrase.")
    results: tuple[Prose, ...] = Field((), title="Results", description="What it made possible: infinitive phrases.")
    comment: Prose | None = Field(None, title="Comment", description="The author's sentence about the figures.")
    next: Prose | None = Field(None, title="Next", description="What comes next, in Markdown.")
    url: Url | None = Field(None, title="Page", description="The public page of the cycle.")


class Organiser(Table):
    """The body that runs the cycle and signs its documents."""

    name: Title = Field(title="Name")
    short_name: Line | None = Field(None, title="Short name", description="Acronym.")
    parents: tuple[Title, ...] = Field((), title="Parent bodies", description="The issuer lines, highest first.")
    email: Email = Field(title="E-mail address", description="Also the organiser in the calendar.")
    phone: Line | None = Field(None, title="Telephone")
    address: Line | None = Field(None, title="Postal address")
    place: Line | None = Field(None, title="Place", description="The dateline of a communiqué.")
    country: Country | None = Field(None, title="Country", description="ISO 3166 code, for public holidays.")
    url: Url | None = Field(None, title="Site")


class Axis(Table):
    """A group of sessions under one heading."""

    id: Slug = Field(title="Id", description="What a session's `axis` refers to.")
    title: Title = Field(title="Title")
    summary: Prose | None = Field(None, title="Summary", description="Else the sessions' short titles are joined.")


class Presentation(Table):
    """An event at which a resource was presented."""

    event: Title = Field(title="Event")
    date: Day = Field(title="Day")
    until: Day | None = Field(None, title="Last day", description="Of an event of several days.")


class Resource(Table):
    """A publication that the cycle is about."""

    kind: ResourceKind = Field(title="Kind")
    id: Slug | None = Field(None, title="Id", description="What a release's `resource` refers to.")
    title: Title = Field(title="Title")
    date: DayOrMonth | None = Field(None, title="Published", description='A day, or a month: "2020-09".')
    publisher: Title | None = Field(None, title="Publisher", description="As a noun phrase with its article.")
    aegis: Title | None = Field(None, title="Aegis", description="The body under whose authority it was made.")
    need: Prose | None = Field(None, title="Need", description="Why it was made: an infinitive phrase.")
    purpose: Prose | None = Field(None, title="Purpose", description="What it gives: an infinitive phrase.")
    introduction: Prose | None = Field(None, title="Introduction", description="The sentence before the parts.")
    parts: tuple[Prose, ...] = Field((), title="Parts", description="One sentence a part, in order.")
    context: Prose | None = Field(None, title="Context", description="In Markdown.")
    collection: tuple[Title, ...] = Field((), title="Collection", description="What comes with it.")
    formats: tuple[Line, ...] = Field((), title="Formats")
    free: bool | None = Field(None, strict=True, title="Free of charge")
    url: Url | None = Field(None, title="Address")
    presented_at: tuple[Presentation, ...] = Field((), title="Presented at")


class Registration(Table):
    """How one registers for a session."""

    url: Url | None = Field(None, title="Form")
    email: Email | None = Field(None, title="E-mail address")
    contact: Slug | None = Field(None, title="Contact", description="Id of the contact to write to.")
    deadline: When | None = Field(None, title="Deadline", description="Registrations are taken before it.")
    capacity: int | None = Field(None, ge=1, strict=True, title="Capacity")
    details_sent: When | None = Field(None, title="Details sent", description="When the connection details are sent.")
    details_sent_part: DayPart | None = Field(None, title="Part of the day")


class Join(Table):
    """How one connects. Private: never written to a public file."""

    platform: Platform = Field("other", title="Platform")
    url: Url = Field(title="Join link")


class Held(Table):
    """What really happened."""

    start: When = Field(title="Start")
    end: When = Field(title="End")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if isinstance(self.start, datetime) != isinstance(self.end, datetime) or self.end < self.start:
            raise positioned("Held", ("end-before-start", ("end",), _times(self.start, self.end)))
        return self


class AgendaItem(Table):
    """A part of a session."""

    start: Clock = Field(title="Start")
    end: Clock = Field(title="End")
    title: Prose = Field(title="Title")
    speakers: tuple[Title, ...] = Field((), title="Speakers", description="Names, or kinds of speaker.")


class Speaker(Table):
    """Somebody who speaks, named in the programme."""

    name: Line = Field(title="Name")
    role: Title | None = Field(None, title="Role")
    organisation: Title | None = Field(None, title="Organisation")


class Document(Table):
    """A document of a session."""

    kind: DocumentKind = Field(title="Kind")
    title: Title | None = Field(None, title="Title")
    url: Url | None = Field(None, title="Address", description="Without it the document is owed.")
    published: Day | None = Field(None, title="Published")
    due: Day | None = Field(None, title="Due")


class Recording(Table):
    """The replay."""

    url: Url = Field(title="Address")
    published: Day | None = Field(None, title="Published")


class Stated(Table):
    """Figures given by hand where no export exists."""

    registered: COUNT | None = Field(None, title="Registered")
    participants: COUNT | None = Field(None, title="Participants")
    views: COUNT | None = Field(None, title="Views")
    on: Day | None = Field(None, title="As of")
    source: Line = Field(title="Source", description='Who counted and how: "head count".')


class QuestionChannel(Table):
    """Where questions can be put before the session."""

    label: Title = Field(title="Label", description='As a noun phrase with its article: "le compte de ...".')
    url: Url | None = Field(None, title="Address")


class Session(Table):
    """One webinar, seminar or day."""

    id: Slug = Field(title="Id", description="Unique and permanent: the calendar entry hangs on it.")
    title: Title = Field(title="Title")
    short_title: Title | None = Field(None, title="Short title", description='In running text: "le Maroc".')
    axis: Slug | None = Field(None, title="Axis")
    start: When | None = Field(None, title="Start", description="Local date-time; or a day when no hour is known.")
    end: When | None = Field(None, title="End", description="Local date-time; or the last day.")
    duration: Duration | None = Field(None, title="Duration", description='Instead of `end`: "2h30".')
    status: Status = Field("confirmed", title="Status")
    moved_from: tuple[When, ...] = Field((), title="Moved from", description="Former starts, oldest first.")
    reason: Prose | None = Field(None, title="Reason", description="Of a postponement or cancellation.")
    mode: Mode = Field("online", title="Mode")
    place: Line | None = Field(None, title="Place")
    note: Prose | None = Field(None, title="Note", description="A sentence under the title, in Markdown.")
    introduction: Prose | None = Field(None, title="Introduction", description="Of its announcement, in Markdown.")
    invitation: Prose | None = Field(None, title="Invitation", description="The invitation's sentence, in Markdown.")
    audience: Title | None = Field(None, title="Audience", description="Whom it addresses first, as a noun phrase.")
    countries: tuple[Country, ...] = Field((), title="Countries", description="ISO 3166 codes.")
    partners: tuple[Title, ...] = Field((), title="Partners")
    parent_event: Title | None = Field(None, title="Parent event")
    contact: Slug | None = Field(None, title="Contact", description="Id of the contact; else the cycle's.")
    questions_to: QuestionChannel | None = Field(None, title="Questions to")
    highlights: tuple[Prose, ...] = Field((), title="Highlights", description="What it brought: noun phrases.")
    registration: Registration | None = Field(None, title="Registration")
    join: Join | None = Field(None, title="Join", description="Private: never published.")
    held: Held | None = Field(None, title="Held", description="What really happened, if known.")
    agenda: tuple[AgendaItem, ...] = Field((), title="Agenda")
    speakers: tuple[Speaker, ...] = Field((), title="Speakers")
    documents: tuple[Document, ...] = Field((), title="Documents")
    recording: Recording | None = Field(None, title="Recording")
    stated: Stated | None = Field(None, title="Stated figures")
    url: Url | None = Field(None, title="Page", description="The public page of the session.")

    @model_validator(mode="after")
    def _times_fit(self) -> Self:
        if errors := tuple(_time_errors(self)):
            raise positioned("Session", *errors)
        return self

    @property
    def slot(self) -> Slot | None:
        """When it takes place; for a postponed or cancelled session the slot that was given up; None without a date."""
        if self.start is None:
            return None
        if not isinstance(self.start, datetime):
            return Slot(self.start, self.end or self.start)
        return Slot(self.start, self.start + self.duration if self.duration is not None else self.end or self.start)

    def name(self) -> Text:
        """The short title where there is one, else the title."""
        return self.short_title or self.title


def _times(start: Moment, end: Moment) -> dict[str, str]:
    return {"start": _iso(start), "end": _iso(end)}


def _iso(moment: Moment) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()


def _time_errors(session: Session) -> Iterator[tuple[str, KeyPath, dict[str, str]]]:
    start, end = session.start, session.end
    if start is None:
        if session.status != "postponed":
            yield "missing-start", ("start",), {}
        if end is not None:
            yield "end-without-start", ("end",), {}
        return
    if end is not None and session.duration is not None:
        yield "end-and-duration", ("duration",), {}
    elif not isinstance(start, datetime):
        if session.duration is not None:
            yield "duration-of-days", ("duration",), {}
        elif isinstance(end, datetime):
            yield "end-has-hour", ("end",), _times(start, end)
        elif end is not None and end < start:
            yield "end-before-start", ("end",), _times(start, end)
    elif end is None and session.duration is None:
        yield "missing-end", ("end",), {}
    elif end is not None and not isinstance(end, datetime):
        yield "end-without-hour", ("end",), _times(start, end)
    elif isinstance(end, datetime) and end <= start:
        yield "end-before-start", ("end",), _times(start, end)


class Release(Table):
    """A document that was or will be issued: its dateline, and who answers."""

    kind: ReleaseKind = Field(title="Kind")
    date: Day | None = Field(None, title="Date of issue", description="Else the day on which it is made.")
    session: Slug | None = Field(None, title="Session", description="Id of the session that it is about.")
    resource: Slug | None = Field(None, title="Resource", description="Id of the resource that it announces.")
    label: Line | None = Field(None, title="Label", description='Else "COMMUNIQUÉ".')
    title: Title | None = Field(None, title="Title", description="Else one is made.")
    place: Line | None = Field(None, title="Place", description="Else the organiser's.")
    contact: Slug | None = Field(None, title="Contact")
    related: tuple[Slug, ...] = Field((), title="Related sessions", description="Ids of sessions told beside.")
    links: tuple[Link, ...] = Field((), title="To go further")


class Claim(Table):
    """A figure said in public."""

    figure: FigureName = Field(title="Figure")
    equals: COUNT | None = Field(None, title="Equals")
    at_least: COUNT | None = Field(None, title="At least", description='"au moins": this number or more.')
    more_than: COUNT | None = Field(None, title="More than", description='"plus de": strictly more than this number.')
    on: Day = Field(title="Said on")
    source: Line = Field(title="Said in")

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        given = [name for name in ("equals", "at_least", "more_than") if getattr(self, name) is not None]
        if len(given) != 1:
            raise positioned("Claim", ("claim-bound", (), {"count": str(len(given))}))
        return self


class Privacy(Table):
    """What is kept of people, why, and for how long."""

    purge_after: Period = Field("P6M", title="Purge after", description="ISO 8601 period after the last session.")
    smallest_group: int = Field(5, ge=3, le=100, strict=True, title="Smallest group", description="Shown as a count.")
    controller: Title | None = Field(None, title="Controller")
    purpose: Prose | None = Field(None, title="Purpose")
    legal_basis: Title | None = Field(None, title="Legal basis")


class AttendanceRule(Table):
    """What counts as attended."""

    minutes: MINUTES = Field(5, title="Minutes", description="Present at least so long.")
    clip: bool = Field(True, strict=True, title="Clip", description="Count only what lies in the held window.")


class CheckOptions(Table):
    """Which findings of `check` are not wanted."""

    ignore: tuple[Line, ...] = Field((), title="Ignore", description="Codes of warnings.")


class CalendarOptions(Table):
    """How the calendar is published."""

    url: Url | None = Field(None, title="Address", description="Where the feed is published.")
    domain: Line | None = Field(None, title="Domain", description="Of the entries' UIDs; else the organiser's.")
    alarm: MINUTES = Field(15, title="Alarm", description="Minutes before, in the files of one session; 0 for none.")


class Programme(Table):
    """A whole programme (`cycle.toml`)."""

    cycle: Cycle = Field(title="Cycle")
    organiser: Organiser = Field(title="Organiser")
    contacts: tuple[Contact, ...] = Field((), alias="contact", title="Contacts")
    links: tuple[Link, ...] = Field((), alias="link", title="Links")
    axes: tuple[Axis, ...] = Field((), alias="axis", title="Axes")
    resources: tuple[Resource, ...] = Field((), alias="resource", title="Resources")
    sessions: tuple[Session, ...] = Field((), alias="session", title="Sessions")
    releases: tuple[Release, ...] = Field((), alias="release", title="Releases")
    claims: tuple[Claim, ...] = Field((), alias="claim", title="Claims")
    privacy: Privacy = Field(Privacy.model_construct(), title="Privacy")
    attendance: AttendanceRule = Field(AttendanceRule.model_construct(), title="Attendance")
    check: CheckOptions = Field(CheckOptions.model_construct(), title="Check")
    calendar: CalendarOptions = Field(CalendarOptions.model_construct(), title="Calendar")

    @model_validator(mode="after")
    def _local_times_exist(self) -> Self:
        if errors := tuple(_clock_change_errors(self)):
            raise positioned("Programme", *errors)
        return self

    @cached_property
    def session_by_id(self) -> dict[str, Session]:
        """The sessions by id; of two with the same id, the first."""
        return {session.id: session for session in reversed(self.sessions)}

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
        one, other = found or zones.shifted(local, name)
        yield code, path, {"time": _iso(local), "zone": name, "first": one.isoformat(), "second": other.isoformat()}
