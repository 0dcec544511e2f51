"""The cycle, who runs it, what it is about, and what was or will be said of it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from webcycle.errors import Language
from webcycle.programme.table import Count, Table
from webcycle.values import Asset, Country, Day, DayOrMonth, Email, Line, Prose, Slug, Title, Url, Zone, positioned

LinkKind = Literal["documents", "recordings", "registration", "more"]
ResourceKind = Literal["guide", "summary", "booklet", "report", "other"]
ReleaseKind = Literal["programme", "session", "change", "minutes", "publication", "review"]
FigureName = Literal["sessions-held", "registrations", "participations", "people", "views"]


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
    role: Title | None = Field(None, title="Role", description="What the office does, when its name does not say it.")
    email: Email | None = Field(None, title="E-mail address", description="Published.")
    phone: Line | None = Field(None, title="Telephone", description="Published, as it is to be read.")
    address: Line | None = Field(None, title="Postal address", description="On one line.")


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

    name: Title = Field(title="Name", description="In full.")
    short_name: Line | None = Field(None, title="Short name", description="Acronym.")
    parents: tuple[Title, ...] = Field((), title="Parent bodies", description="The issuer lines, highest first.")
    email: Email = Field(title="E-mail address", description="Also the organiser in the calendar.")
    phone: Line | None = Field(None, title="Telephone", description="Published, as it is to be read.")
    address: Line | None = Field(None, title="Postal address", description="On one line.")
    place: Line | None = Field(None, title="Place", description="The dateline of a communiqué.")
    country: Country | None = Field(None, title="Country", description="ISO 3166 code, for public holidays.")
    url: Url | None = Field(None, title="Site", description="Its public site.")
    letterhead: Asset | None = Field(
        None, title="Letterhead", description="Word document below the cycle's folder that DOCX files start from."
    )


class Axis(Table):
    """A group of sessions under one heading."""

    id: Slug = Field(title="Id", description="What a session's `axis` refers to.")
    title: Title = Field(title="Title", description="The heading of the group.")
    summary: Prose | None = Field(None, title="Summary", description="Else the sessions' short titles are joined.")


class Presentation(Table):
    """An event at which a resource was presented."""

    event: Title = Field(title="Event", description="Name of the event, as it stands in a list.")
    date: Day = Field(title="Day", description="The day, or the first of several.")
    until: Day | None = Field(None, title="Last day", description="Of an event of several days.")


class Resource(Table):
    """A publication that the cycle is about."""

    kind: ResourceKind = Field(title="Kind", description="What it is.")
    id: Slug | None = Field(None, title="Id", description="What a release's `resource` refers to.")
    title: Title = Field(title="Title", description="With its article, as it stands in a sentence.")
    date: DayOrMonth | None = Field(None, title="Published", description='A day, or a month: "2020-09".')
    publisher: Title | None = Field(None, title="Publisher", description="As a noun phrase with its article.")
    aegis: Title | None = Field(None, title="Aegis", description="The body under whose authority it was made.")
    need: Prose | None = Field(None, title="Need", description="Why it was made: an infinitive phrase.")
    purpose: Prose | None = Field(None, title="Purpose", description="What it gives: an infinitive phrase.")
    introduction: Prose | None = Field(None, title="Introduction", description="The sentence before the parts.")
    parts: tuple[Prose, ...] = Field((), title="Parts", description="One sentence a part, in order.")
    context: Prose | None = Field(None, title="Context", description="In Markdown.")
    collection: tuple[Title, ...] = Field((), title="Collection", description="What comes with it.")
    formats: tuple[Line, ...] = Field((), title="Formats", description="PDF, paper ...")
    free: bool | None = Field(None, strict=True, title="Free of charge", description="Whether it costs nothing.")
    url: Url | None = Field(None, title="Address", description="Where it can be had.")
    presented_at: tuple[Presentation, ...] = Field((), title="Presented at", description="The events, in order.")


class Release(Table):
    """A document that was or will be issued: its dateline, and who answers."""

    kind: ReleaseKind = Field(title="Kind", description="Which document.")
    date: Day | None = Field(None, title="Date of issue", description="Else the day on which it is made.")
    session: Slug | None = Field(None, title="Session", description="Id of the session that it is about.")
    resource: Slug | None = Field(None, title="Resource", description="Id of the resource that it announces.")
    label: Line | None = Field(None, title="Label", description='Else "COMMUNIQUÉ".')
    title: Title | None = Field(None, title="Title", description="Else one is made.")
    place: Line | None = Field(None, title="Place", description="Else the organiser's.")
    contact: Slug | None = Field(None, title="Contact", description="Id of the contact named at its end.")
    related: tuple[Slug, ...] = Field((), title="Related sessions", description="Ids of sessions told beside.")
    links: tuple[Link, ...] = Field((), title="To go further", description="Where readers are sent at its end.")


class Claim(Table):
    """A figure said in public."""

    figure: FigureName = Field(title="Figure", description="Which figure.")
    equals: Count | None = Field(None, title="Equals", description="Exactly this number.")
    at_least: Count | None = Field(None, title="At least", description='"au moins": this number or more.')
    more_than: Count | None = Field(None, title="More than", description='"plus de": strictly more than this number.')
    on: Day = Field(title="Said on", description="The day on which it was said.")
    source: Line = Field(title="Said in", description="The document or the occasion.")

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        given = [name for name in ("equals", "at_least", "more_than") if getattr(self, name) is not None]
        if len(given) != 1:
            raise positioned("Claim", ("claim-bound", (), {"count": str(len(given))}))
        return self
