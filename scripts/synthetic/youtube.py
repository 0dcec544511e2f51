"""YouTube Studio: "Table data.csv" of a channel that holds the recordings, and one video more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from webcycle.programme import Programme

from .dice import Dice
from .meetings import Meeting
from .tables import Files, table

_LONGEST_TITLE = 100
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True)
class Video:
    """A video and how often it was watched; `session` is "" for one that is of no session."""

    id: str
    session: str
    title: str
    published: date
    seconds: int
    views: int


def videos(programme: Programme, meetings: Sequence[Meeting], seed: int) -> tuple[Video, ...]:
    """The recordings, and a trailer."""
    dice = Dice(seed, "videos")
    trailer = Video(_id(dice), "", "Bande-annonce (exemple)", meetings[0].start.date(), 94, dice.between(20, 90))
    recordings = (
        Video(
            _id(dice),
            one.session,
            _title(programme, one),
            (one.start + timedelta(days=dice.between(2, 9))).date(),
            int((one.end - one.start).total_seconds()),
            dice.between(40, 260),
        )
        for one in meetings
    )
    return (trailer, *recordings)


def _title(programme: Programme, meeting: Meeting) -> str:
    """The session's title, or a shorter one: YouTube allows a hundred characters."""
    language = programme.cycle.language
    short = programme.session_by_id[meeting.session].name().pick(language, language)[0]
    options = (meeting.title, short[:1].upper() + short[1:], f"{meeting.title[: _LONGEST_TITLE - 1].rstrip()}…")
    return next(title for title in options if len(title) <= _LONGEST_TITLE)


def table_data(found: Sequence[Video], seed: int) -> Files:
    """The total comes first; an average that is not known is empty."""
    dice = Dice(seed, "studio")
    header = "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions"
    columns = (*header.split(","), "Impressions click-through rate (%)")
    rows = [
        (
            *(one.id, one.title, f"{_MONTHS[one.published.month - 1]} {one.published.day}, {one.published.year}"),
            *(one.seconds, one.views, f"{one.views * one.seconds / 14400:.4f}", dice.between(0, 3), one.views * 9),
            f"{dice.between(2, 9)}.{dice.between(10, 99)}" if one.session else "",
        )
        for one in sorted(found, key=lambda one: (-one.views, one.id))
    ]
    hours = sum(one.views * one.seconds for one in found) / 14400
    views = sum(one.views for one in found)
    total = ("Total", "", "", "", views, f"{hours:.4f}", sum(int(str(row[6])) for row in rows), views * 9, "5.31")
    return {"Table data.csv": table([columns, total, *rows]).encode()}


def _id(dice: Dice) -> str:
    return "".join(dice.pick(_LETTERS) for _ in range(11))
