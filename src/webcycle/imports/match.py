"""To which session the rows of a meeting belong: by time, then by name. What remains open is a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from webcycle.programme import Programme, Session
from webcycle.records import ViewCount

How = Literal["option", "answer", "ledger", "time", "topic", "title", "folder", "alone", "video", "nowhere", "open"]
"""How a session was found, a key below `command.import.how` in the texts; "open": it was not."""

MARGIN = timedelta(hours=1)
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A session, or what may be one: `candidates` are the sessions to choose between."""

    session: str | None
    how: How
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user said: an option for all, an answer for these rows, the folder that the file lies in; and what the
    ledger knows of the same rows."""

    option: str = ""
    answer: str = ""
    ledger: str | None = None
    folder: str = ""


def place(programme: Programme, window: Window | None, topic: str, hints: Hints) -> Match:
    """The session of a meeting held in that window on that topic.

    A folder with the name of a session counts only where time and name do not tell.
    """
    if hints.option:
        return Match(hints.option, "option")
    if hints.answer:
        return Match(hints.answer, "answer")
    if hints.ledger is not None and hints.ledger in programme.session_by_id:
        return Match(hints.ledger, "ledger")
    return _timed(programme, window, topic, hints) if window else _named(programme, topic, hints)


def span(programme: Programme, session: Session) -> Window | None:
    """When a session was held, as far as is known; None without a date, or when it did not take place."""
    slot = session.held or session.slot
    if slot is None or (session.held is None and session.status in ("postponed", "cancelled")):
        return None
    if isinstance(slot.start, datetime) and isinstance(slot.end, datetime):
        return Window(programme.aware(slot.start).astimezone(UTC), programme.aware(slot.end).astimezone(UTC))
    start, last = (datetime(day.year, day.month, day.day) for day in (slot.start, slot.end))  # noqa: DTZ001 - made aware
    return Window(programme.aware(start).astimezone(UTC), programme.aware(last + timedelta(days=1)).astimezone(UTC))


def _timed(programme: Programme, window: Window, topic: str, hints: Hints) -> Match:
    candidates = by_time(programme, window)
    if len(candidates) == 1:
        return Match(candidates[0], "time", candidates)
    if found := _likeliest(programme, topic, candidates):
        return Match(found, "topic", candidates)
    if hints.folder in candidates:
        return Match(hints.folder, "folder", candidates)
    return Match(None, "open", candidates)


def _named(programme: Programme, topic: str, hints: Hints) -> Match:
    """The session of rows without a time: registrations, or lengths of stay alone."""
    same = tuple(session.id for session in programme.sessions if _same(topic, programme, session))
    if len(same) == 1:
        return Match(same[0], "title", same)
    if hints.folder in programme.session_by_id:
        return Match(hints.folder, "folder", same)
    if len(programme.sessions) == 1:
        return Match(programme.sessions[0].id, "alone")
    return Match(None, "open", same)


def by_time(programme: Programme, window: Window) -> tuple[str, ...]:
    """The sessions that share at least a quarter of their time, or of the window's, with it; else those within an
    hour of it."""
    spans = _spans(programme)
    shared = {name: _shared(one, window) for name, one in spans.items()}
    least = {name: min(one.end - one.start, window.end - window.start) / 4 for name, one in spans.items()}
    well = tuple(name for name, time in shared.items() if time >= least[name])
    return well or tuple(name for name, time in shared.items() if time >= -MARGIN)


def also_held(programme: Programme, session: str, window: Window, stays: Sequence[Window]) -> tuple[str, ...]:
    """The sessions before or after this one in the window, during a quarter of which somebody was there in one stay."""
    spans = _spans(programme)
    own = spans.pop(session, None)
    apart = {name: one for name, one in spans.items() if own and _shared(own, one) <= timedelta(0)}
    near = {name: one for name, one in apart.items() if _is_well(one, window)}
    return tuple(name for name, one in near.items() if any(_is_well(one, stay) for stay in stays))


def _is_well(one: Window, other: Window) -> bool:
    """Whether the other lasts during a quarter of the one at least."""
    return _shared(one, other) >= (one.end - one.start) / 4


def _spans(programme: Programme) -> dict[str, Window]:
    return {session.id: found for session in programme.sessions if (found := span(programme, session))}


def _shared(one: Window, other: Window) -> timedelta:
    """How long both last together; below zero, how far they are from each other."""
    return min(one.end, other.end) - max(one.start, other.start)


def _titles(programme: Programme, session: Session) -> tuple[str, ...]:
    own = programme.cycle.language
    texts = [text for text in (session.title, session.short_title) if text]
    return tuple({text.pick(lang, own)[0]: None for text in texts for lang in ("fr", "en")})


def _words(text: str) -> tuple[str, ...]:
    """The words of a text as compared: without case, accents and signs (ª of NFKD included)."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return tuple(re.findall(r"\w+", plain))


def _same(topic: str, programme: Programme, session: Session) -> bool:
    words = _words(topic)
    return bool(words) and any(words == _words(name) for name in (session.id, *_titles(programme, session)))


def _likeness(topic: str, title: str) -> float:
    """The share of their longer words that two texts have in common (Jaccard index), 0 to 1."""
    one, other = ({word for word in _words(text) if len(word) > 3} for text in (topic, title))
    return len(one & other) / len(one | other) if one and other else 0.0


def _likeliest(programme: Programme, topic: str, candidates: tuple[str, ...]) -> str | None:
    """The one candidate whose title is like the topic, when no other comes near."""
    likeness = {
        name: max(_likeness(topic, title) for title in _titles(programme, programme.session_by_id[name]))
        for name in candidates
    }
    ranked = sorted(candidates, key=lambda name: -likeness[name])
    best, *others = ranked or [""]
    if not best or likeness[best] < _ALIKE or any(likeness[name] > likeness[best] / 2 for name in others):
        return None
    return best


def by_video(programme: Programme, view: ViewCount) -> str:
    """The session whose recording a video is: its address holds the video's id, or its title is the same; else ""."""
    for session in programme.sessions:
        if session.recording and view.video and view.video in re.split(r"[^A-Za-z0-9_-]", session.recording.url):
            return session.id
    same = [session.id for session in programme.sessions if _same(view.title, programme, session)]
    return same[0] if len(same) == 1 else ""


def views(programme: Programme, counts: tuple[ViewCount, ...], option: str) -> Mapping[ViewCount, str]:
    """The session of each number of views; an option decides for a single video only, as a channel has many."""
    videos = {view.video: view for view in counts}
    if option and len(videos) == 1:
        return dict.fromkeys(counts, option)
    found = {video: by_video(programme, view) for video, view in videos.items()}
    return {view: found[view.video] for view in counts}
