"""One session: when, where, with whom, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from webcycle.errors import KeyPath
from webcycle.programme.table import Count, Table
from webcycle.values import (
    Clock,
    Country,
    Day,
    Duration,
    Email,
    Line,
    Moment,
    Prose,
    Slug,
    Text,
    Title,
    Url,
    When,
    positioned,
)

Status = Literal["tentative", "confirmed", "postponed", "cancelled"]
Mode = Literal["online", "in-person", "hybrid"]
DayPart = Literal["morning", "afternoon", "evening"]
DocumentKind = Literal["slides", "minutes", "contacts", "captions", "transcript", "other"]
Platform = Literal["zoom", "teams", "bigbluebutton", "webex", "meet", "goto", "youtube", "other"]


@dataclass(frozen=True, slots=True)
class Slot:
    """From when to when. Two local date-times, the end excluded; or two days, the last one included."""

    start: Moment
    end: Moment

    @property
    def all_day(self) -> bool:
        """Whether only days are known."""
        return not isinstance(self.start, datetime)


class Registration(Table):
    """How one registers for a session."""

    url: Url | None = Field(None, title="Form", description="Address of the form.")
    email: Email | None = Field(None, title="E-mail address", description="Where one writes to register.")
    contact: Slug | None = Field(None, title="Contact", description="Id of the contact to write to.")
    deadline: When | None = Field(None, title="Deadline", description="Registrations are taken before it.")
    capacity: int | None = Field(
        None, ge=1, le=1_000_000_000, strict=True, title="Capacity", description="How many can register."
    )
    details_sent: When | None = Field(None, title="Details sent", description="When the connection details are sent.")
    details_sent_part: DayPart | None = Field(
        None, title="Part of the day", description="When only the part of that day is known."
    )


class Join(Table):
    """How one connects. Private: never written to a public file."""

    platform: Platform = Field("other", title="Platform", description="Where the session takes place.")
    url: Url = Field(title="Join link", description="What the registered are sent; never published.")


class Held(Table):
    """What really happened."""

    start: When = Field(title="Start", description="When it really began.")
    end: When = Field(title="End", description="When it really ended.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if isinstance(self.start, datetime) != isinstance(self.end, datetime) or self.end < self.start:
            raise positioned("Held", ("end-before-start", ("end",), _times(self.start, self.end)))
        return self


class AgendaItem(Table):
    """A part of a session."""

    start: Clock = Field(title="Start", description="On the clocks of the session's zone.")
    end: Clock = Field(title="End", description="On the clocks of the session's zone.")
    title: Prose = Field(title="Title", description="What happens then, in Markdown.")
    speakers: tuple[Title, ...] = Field((), title="Speakers", description="Names, or kinds of speaker.")


class Speaker(Table):
    """Somebody who speaks, named in the programme."""

    name: Line = Field(title="Name", description="As the speaker is announced.")
    role: Title | None = Field(None, title="Role", description="Function.")
    organisation: Title | None = Field(None, title="Organisation", description="For whom the speaker speaks.")


class Document(Table):
    """A document of a session."""

    kind: DocumentKind = Field(title="Kind", description="What it is.")
    title: Title | None = Field(None, title="Title", description="Else one is made from the kind and the session.")
    url: Url | None = Field(None, title="Address", description="Without it the document is owed.")
    published: Day | None = Field(None, title="Published", description="The day on which it was published.")
    due: Day | None = Field(None, title="Due", description="The day by which it was promised.")


class Recording(Table):
    """The replay."""

    url: Url = Field(title="Address", description="Where it can be watched.")
    published: Day | None = Field(None, title="Published", description="The day from which it could be.")


class Stated(Table):
    """Figures given by hand where no export exists."""

    registered: Count | None = Field(None, title="Registered", description="How many had registered.")
    participants: Count | None = Field(None, title="Participants", description="How many took part live.")
    views: Count | None = Field(None, title="Views", description="How often the recording was watched.")
    on: Day | None = Field(None, title="As of", description="The day of the count.")
    source: Line = Field(title="Source", description='Who counted and how: "head count".')


class QuestionChannel(Table):
    """Where questions can be put before the session."""

    label: Title = Field(title="Label", description='As a noun phrase with its article: "le compte de ...".')
    url: Url | None = Field(None, title="Address", description="Where it leads.")


class Session(Table):
    """One webinar, seminar or day."""

    id: Slug = Field(title="Id", description="Unique and permanent: the calendar entry hangs on it.")
    title: Title = Field(title="Title", description="The full title, on one line.")
    short_title: Title | None = Field(None, title="Short title", description='In running text: "le Maroc".')
    axis: Slug | None = Field(None, title="Axis", description="Id of the axis that it belongs to.")
    start: When | None = Field(None, title="Start", description="Local date-time; or a day when no hour is known.")
    end: When | None = Field(None, title="End", description="Local date-time; or the last day.")
    duration: Duration | None = Field(None, title="Duration", description='Instead of `end`: "2h30".')
    status: Status = Field("confirmed", title="Status", description="Whether its date stands.")
    moved_from: tuple[When, ...] = Field((), title="Moved from", description="Former starts, oldest first.")
    reason: Prose | None = Field(None, title="Reason", description="Of a postponement or cancellation.")
    mode: Mode = Field("online", title="Mode", description="How one takes part.")
    place: Line | None = Field(None, title="Place", description="Town or address, where one comes in person.")
    note: Prose | None = Field(None, title="Note", description="A sentence under the title, in Markdown.")
    introduction: Prose | None = Field(None, title="Introduction", description="Of its announcement, in Markdown.")
    invitation: Prose | None = Field(None, title="Invitation", description="The invitation's sentence, in Markdown.")
    audience: Title | None = Field(None, title="Audience", description="Whom it addresses first, as a noun phrase.")
    countries: tuple[Country, ...] = Field((), title="Countries", description="ISO 3166 codes.")
    partners: tuple[Title, ...] = Field((), title="Partners", description="With whom it is organised.")
    parent_event: Title | None = Field(None, title="Parent event", description="The larger event that it is part of.")
    contact: Slug | None = Field(None, title="Contact", description="Id of the contact; else the cycle's.")
    questions_to: QuestionChannel | None = Field(
        None, title="Questions to", description="Where questions can be put beforehand."
    )
    highlights: tuple[Prose, ...] = Field((), title="Highlights", description="What it brought: noun phrases.")
    registration: Registration | None = Field(None, title="Registration", description="How one registers.")
    join: Join | None = Field(None, title="Join", description="Private: never published.")
    held: Held | None = Field(None, title="Held", description="What really happened, if known.")
    agenda: tuple[AgendaItem, ...] = Field((), title="Agenda", description="Its parts, in order.")
    speakers: tuple[Speaker, ...] = Field((), title="Speakers", description="Who is named in the programme.")
    documents: tuple[Document, ...] = Field((), title="Documents", description="Published, or owed.")
    recording: Recording | None = Field(None, title="Recording", description="The replay, once published.")
    stated: Stated | None = Field(None, title="Stated figures", description="Counts given by hand.")
    url: Url | None = Field(None, title="Page", description="The public page of the session.")

    @model_validator(mode="after")
    def _times_fit(self) -> Self:
        if errors := tuple(_time_errors(self)):
            raise positioned("Session", *errors)
        return self

    @property
    def slot(self) -> Slot | None:
        """When it takes place; for a postponed or cancelled session the slot that was given up; None without a date.

        A duration is what the clocks on the wall will have run, also in the night of a clock change.
        """
        if self.start is None:
            return None
        if not isinstance(self.start, datetime):
            return Slot(self.start, self.end or self.start)
        return Slot(self.start, self.start + self.duration if self.duration is not None else self.end or self.start)

    def as_of(self, day: date) -> Self:
        """The session as readers find it on a day: what is to be published later has no address yet."""
        documents = tuple(
            document.model_copy(update={"url": None}) if _later(document, day) else document
            for document in self.documents
        )
        recording = None if self.recording is not None and _later(self.recording, day) else self.recording
        if documents == self.documents and recording == self.recording:
            return self
        return self.model_copy(update={"documents": documents, "recording": recording})

    def name(self) -> Text:
        """The short title where there is one, else the title."""
        return self.short_title or self.title


def _later(one: Document | Recording, day: date) -> bool:
    return one.published is not None and one.published > day


def _times(start: Moment, end: Moment) -> dict[str, str]:
    return {"start": iso(start), "end": iso(end)}


def iso(moment: Moment) -> str:
    """A moment as findings show it: "2020-10-26 14:00", "2020-10-26"."""
    return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()


def _time_errors(session: Session) -> Iterator[tuple[str, KeyPath, dict[str, str]]]:
    start, end = session.start, session.end
    if start is None:
        if session.status not in ("postponed", "cancelled"):
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
