"""How the program treats the cycle."""

from pydantic import Field

from webcycle.programme.table import Minutes, Table
from webcycle.values import Line, Period, Prose, Title, Url


class Privacy(Table):
    """What is kept of people, why, and for how long."""

    purge_after: Period = Field("P6M", title="Purge after", description="ISO 8601 period after the last session.")
    smallest_group: int = Field(5, ge=3, le=100, strict=True, title="Smallest group", description="Shown as a count.")
    controller: Title | None = Field(
        None, title="Controller", description="Who decides about the data (GDPR, article 4)."
    )
    purpose: Prose | None = Field(None, title="Purpose", description="What the data are for.")
    legal_basis: Title | None = Field(None, title="Legal basis", description="GDPR, article 6.")


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
