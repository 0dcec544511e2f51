"""The codes of the rules, their severities, and what several rules share: moments compared, sessions chosen."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from types import MappingProxyType

from webcycle.claims import Measured
from webcycle.errors import Finding, Severity
from webcycle.programme import Programme, Session, Slot
from webcycle.values import Moment, day_of

Rule = Callable[[Programme, datetime], Iterator[Finding]]
"""One constraint: the programme and an aware instant in, the findings against it out (with `path`, without `place`)."""

FigureRule = Callable[[Programme, Measured], Iterator[Finding]]
"""One constraint on figures: the programme and what its records say in, the findings out."""

_NEIGHBOURS = 50
_SHOWN = 5

_ERRORS = (
    "agenda-reversed claim-contradicted deadline-after-start duplicate-id ignored-error join-link-in-public-text "
    "output-clash reserved-id rich-text-address rich-text-empty-link rich-text-html rich-text-image "
    "rich-text-markdown rich-text-nesting unknown-axis unknown-contact unknown-ignore unknown-resource "
    "unknown-session unknown-text unknown-text-field"
)
_WARNINGS = (
    "agenda-gap agenda-outside agenda-overlap axis-without-session cancelled-without-reason colour-contrast "
    "day-change-elsewhere details-after-start duplicate-also-show held-far http-link in-person-without-place "
    "link-without-url missing-document missing-recording no-session out-of-order past-tentative "
    "postponed-without-reason public-holiday session-overlap speaker-twice stated-before-session stated-differs "
    "text-without-field text-without-form unused-also-show weekend"
)
CODES: Mapping[str, Severity] = MappingProxyType(
    {
        **dict.fromkeys(_ERRORS.split(), Severity.ERROR),
        **dict.fromkeys(_WARNINGS.split(), Severity.WARNING),
    }
)
"""Every code that a rule gives, and how bad it is; `[check] ignore` takes the warnings."""


def finding(code: str, *path: str | int, **values: str) -> Finding:
    """A finding of that code, with its severity."""
    return Finding(code, CODES[code], path, values)


def local(programme: Programme, now: datetime) -> datetime:
    """What the clocks of the cycle's zone show at that instant, without offset, as the programme writes its times."""
    return programme.local(now).replace(tzinfo=None)


def begins(slot: Slot) -> datetime:
    """When a slot begins: of a day, at its first midnight."""
    return slot.start if isinstance(slot.start, datetime) else datetime.combine(slot.start, time.min)


def ends(slot: Slot) -> datetime:
    """When a slot is over: of a day, at the midnight that ends it."""
    return slot.end if isinstance(slot.end, datetime) else datetime.combine(slot.end + timedelta(days=1), time.min)


def later(one: Moment, other: Moment) -> bool:
    """Whether `one` is after `other`; where one of them has no hour, on a day after."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return day_of(one) > day_of(other)


def standing(programme: Programme) -> Iterator[tuple[int, Session, Slot]]:
    """The sessions that are meant to take place (tentative or confirmed), with their number and their slot."""
    for index, session in enumerate(programme.sessions):
        if session.status in ("tentative", "confirmed") and (slot := session.slot) is not None:
            yield index, session, slot


def likely(wrong: str, known: Sequence[str]) -> str:
    """Of the names (sorted) those that may have been meant, else the first few; "–" when there is none."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    # Neighbours in the alphabet alone, so that ten thousand mistakes among ten thousand names take seconds.
    at = bisect(known, wrong)
    near = known[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
    return ", ".join(get_close_matches(wrong, near) or near[:_SHOWN]) or "–"
