"""How the program treats the cycle."""

from pydantic import Field

from webcycle.programme.table import Minutes, Table
from webcycle.values import Asset, Colour, Email, Line, Period, Prose, Title, Url, Wording

LEAST_PUBLISHED = 11
"""What is published tells of no group of fewer persons."""


class Privacy(Table):
    """What is kept of people, why, and for how long."""

    purge_after: Period = Field("P6M", title="Purge after", description="ISO 8601 period after the last session.")
    smallest_group: int = Field(5, ge=3, le=100, strict=True, title="Smallest group", description="Shown as a count.")
    controller: Title | None = Field(
        None, title="Controller", description="Who decides about the data (GDPR, article 4)."
    )
    purpose: Prose | None = Field(None, title="Purpose", description="What the data are for.")
    legal_basis: Title | None = Field(None, title="Legal basis", description="GDPR, article 6.")
    recipients: tuple[Title, ...] = Field((), title="Recipients", description="Who gets the data, as noun phrases.")
    transfers: Prose | None = Field(
        None, title="Transfers", description="Whether the data leave the European Union, and with what safeguards."
    )
    dpo: Prose | None = Field(
        None, title="Data protection officer", description="How the officer is reached, in one line of Markdown."
    )
    email: Email | None = Field(
        None, title="E-mail address", description="Where people write to about their data; else the organiser's."
    )

    @property
    def least_published(self) -> int:
        """The smallest group that what is published may tell of."""
        return max(LEAST_PUBLISHED, self.smallest_group)


class AttendanceRule(Table):
    """What counts as attended."""

    minutes: Minutes = Field(5, title="Minutes", description="Present at least so long.")
    clip: bool = Field(True, strict=True, title="Clip", description="Count only what lies in the held window.")


class CheckOptions(Table):
    """Which findings of `check` are not wanted."""

    ignore: tuple[Line, ...] = Field((), title="Ignore", description="Codes of warnings.")


class CalendarOptions(Table):
    """How the calendar is published."""

    url: Url | None = Field(None, title="Address", description="Where the feed is published.")
    domain: Line | None = Field(None, title="Domain", description="Of the entries' UIDs; else the organiser's.")
    alarm: Minutes = Field(15, title="Alarm", description="Minutes before, in the files of one session; 0 for none.")


class Mail(Table):
    """What is sent to the registered, and when."""

    details_before: int = Field(
        2, ge=0, le=60, strict=True, title="Details before", description="Days before a session, its link."
    )


class Retention(Table):
    """How long platforms keep what they know of a session, where the account at hand differs from the usual."""

    zoom: Period | None = Field(None, title="Zoom", description="Its reports: ISO 8601 period after the session.")
    teams: Period | None = Field(None, title="Teams", description="Its attendance reports.")
    webex: Period | None = Field(None, title="Webex", description="Its attendance reports.")
    meet: Period | None = Field(None, title="Google Meet", description="Its attendance reports.")
    goto: Period | None = Field(None, title="GoTo", description="Its attendee reports.")
    bigbluebutton_minutes: Minutes | None = Field(
        None, title="BigBlueButton", description="Minutes that its dashboard stays after the session; 0 for ever."
    )
    recordings: Period | None = Field(None, title="Recordings", description="Of any platform, until it deletes them.")


class Style(Table):
    """The look of the house in every document."""

    logo: Asset | None = Field(
        None, title="Logo", description="File below the cycle's folder: PNG, JPEG or SVG; shown at the head."
    )
    logo_text: Title | None = Field(
        None, title="Text of the logo", description="What it says, for those who do not see it; else the issuer's name."
    )
    colour: Colour = Field("#1f4e79", title="Colour", description='Of headings and links: "#1f4e79".')
    issuer_lines: tuple[Title, ...] = Field(
        (), title="Issuer lines", description="Who issues the documents, highest first; else the organiser's bodies."
    )


class OwnTexts(Table):
    """The organisation's own wording of the program's sentences: `webcycle texts` lists their keys."""

    fr: Wording = Field({}, title="French", description="Sentences by key, in French.")
    en: Wording = Field({}, title="English", description="Sentences by key, in English.")
