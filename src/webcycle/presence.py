"""How long somebody was there: the union of stays, never their sum, so that two devices are not twice the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from webcycle.records import Visit

Interval = tuple[datetime, datetime]

# A week: nobody is in a room for longer, whatever a damaged cell says.
_LONGEST = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Stay:
    """How many visits; first and last seen; the seconds there (None: no length is known); is a length missing?"""

    visits: int
    joined: datetime | None
    left: datetime | None
    seconds: int | None
    is_open: bool


def stay(visits: Sequence[Visit], window: Interval | None = None) -> Stay:
    """What a person's visits to a session come to; with `window`, only the time within it counts.

    A platform that gives a length between a first and a last moment tells no stays: its lengths are added, up to what
    these moments leave room for. A length without any moment is added as it is. The window bounds them all.
    """
    pairs = [(visit, _interval(visit)) for visit in visits]
    exact = [_clipped(span, window) for visit, span in pairs if span and not _summed_up(visit)]
    loose = [(_seconds(visit), _clipped(span, window)) for visit, span in pairs if span and _summed_up(visit)]
    within = sum(min(seconds, _length([span])) for seconds, span in loose)
    timed = min(_length(exact) + within, _length([*exact, *(span for _, span in loose)]))
    total = timed + sum(_seconds(visit) for visit, span in pairs if span is None)
    moments = [moment for visit in visits for moment in (visit.joined, visit.left) if moment]
    lengths_known = [span is not None or visit.seconds is not None for visit, span in pairs]
    return Stay(
        visits=len(visits),
        joined=min(moments, default=None),
        left=max(moments, default=None),
        seconds=min(total, _length([window]) if window else total) if any(lengths_known) else None,
        is_open=not all(lengths_known),
    )


def _summed_up(visit: Visit) -> bool:
    """Whether the visit is several stays, of which only the first and last moment and the whole length are known."""
    return visit.seconds is not None and visit.joined is not None and visit.left is not None


def _seconds(visit: Visit) -> int:
    """The length that the platform gives, within reason; 0 where it gives none."""
    return min(max(visit.seconds or 0, 0), _LONGEST)


def _interval(visit: Visit) -> Interval | None:
    """From when to when, the missing end made from the length."""
    if visit.joined and visit.left:
        return visit.joined, max(visit.joined, visit.left)
    if visit.seconds is None:
        return None
    length = timedelta(seconds=_seconds(visit))
    if visit.joined:
        return visit.joined, visit.joined + length
    return (visit.left - length, visit.left) if visit.left else None


def _clipped(span: Interval, window: Interval | None) -> Interval:
    start, end = span
    if window is None:
        return span
    first = min(max(start, window[0]), window[1])
    return first, max(first, min(end, window[1]))


def _length(spans: Iterable[Interval]) -> int:
    """The seconds in the union of intervals."""
    total = timedelta()
    reached: datetime | None = None
    for start, end in sorted(spans):
        first = start if reached is None or start > reached else reached
        if end > first:
            total += end - first
            reached = end
    return int(total.total_seconds())
