"""How a figure is said: its label, its value or bounds, how it was counted, where it comes from, why there is none.

Every number is rounded half up, from the exact fraction and once: percentages to a tenth, minutes to a whole one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor

from babel.numbers import format_decimal

from webcycle.documents import inline, wording
from webcycle.documents.blocks import Inline
from webcycle.documents.voice import Voice
from webcycle.metrics.results import LEAST_FOR_A_RATE, RATES, CycleResults, Figure, Number

TIMES = frozenset({"mean-minutes", "median-minutes"})
"""Figures that are a length of time; minutes of many persons together are a count."""

# What the cycle's figure of the same name is called, and how it is counted, where that differs from a session's.
_CYCLE_LABELS = frozenset({"mean-minutes", "median-minutes", "views"})
_CYCLE_METHODS = frozenset(
    {"attendance-rate", "mean-minutes", "median-minutes", "person-minutes", "weak-share", "views"}
)
_OF_TIME = frozenset({*TIMES, "person-minutes"})
_PLATFORMS = {"bigbluebutton": "BigBlueButton", "goto": "GoTo", "teams": "Teams", "webex": "Webex", "zoom": "Zoom"}
# What an imported file is called in `Figure.sources`; anything else there is the words of who stated a number.
_FILE = re.compile(r"[0-9a-f]{16}")


def platform(key: str) -> str:
    """The name of a platform; its key for one that is not known."""
    return _PLATFORMS.get(key, key)


def label(figure: Figure, voice: Voice) -> Inline:
    """What is counted: "Taux de présence"."""
    of_cycle = figure.session is None and figure.name in _CYCLE_LABELS
    return voice.say(f"metrics.{'cycle-figure' if of_cycle else 'figure'}.{figure.name}")


def value(figure: Figure, voice: Voice) -> Inline:
    """The value or its bounds in words: "1 500", "62,5 %", "1 h 35", "entre 12 et 15", "au moins 12"."""
    if figure.value is not None:
        return number(figure.name, figure.value, voice)
    if figure.low is None:
        return voice.unknown()
    low = number(figure.name, figure.low, voice)
    if figure.high is None:
        return voice.say("metrics.bounds.at-least", low=low)
    high = number(figure.name, figure.high, voice)
    return low if low == high else voice.say("metrics.bounds.between", low=low, high=high)


def number(name: str, amount: Number, voice: Voice) -> Inline:
    """An amount of the figure of that name, in its unit."""
    if name in RATES:
        return percent(Fraction(amount), voice)
    if name in TIMES:
        return length(rounded(amount), voice)
    return inline.plain(voice.number(rounded(amount)))


def rounded(amount: Number, places: int = 0) -> int:
    """The amount in units of the last of so many decimal places, half up: 5/8 is 625 to three places, 63 to two."""
    return floor(Fraction(amount) * Fraction(10) ** places + Fraction(1, 2))


def percent(share: Fraction, voice: Voice) -> Inline:
    """A fraction of 1 in per cent, with a decimal where it is not 0: "62,5 %"."""
    shown = Decimal(rounded(share, 3)).scaleb(-1)
    said = format_decimal(shown, format="#,##0.#", locale=wording.LOCALES[voice.lang])
    return voice.say("metrics.unit.percent", number=said)


def length(minutes: int, voice: Voice) -> Inline:
    """A length of whole minutes: "52 min", "1 h 05"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return voice.say("metrics.unit.minutes", minutes=str(rest))
    return voice.say("metrics.unit.hours", hours=voice.number(hours), minutes=f"{rest:02}")


def method(figure: Figure, results: CycleResults, voice: Voice) -> Inline:
    """How it was counted, in a line: what the settings of `results` make of the definition."""
    of_cycle = figure.session is None and figure.name in _CYCLE_METHODS
    key = f"{'cycle-method' if of_cycle else 'method'}.{figure.name}"
    said = voice.say(
        f"metrics.{'counted.stated' if figure.provenance == 'stated' else key}",
        presence=presence(results, voice),
        least=voice.number(LEAST_FOR_A_RATE),
    )
    for remark in _remarks(figure, results):
        said = voice.say(f"metrics.counted.{remark}", method=said, sessions=", ".join(figure.missing))
    return said


def presence(results: CycleResults, voice: Voice) -> Inline:
    """How long somebody had to be there to count: "au moins 5 minutes"."""
    minutes = rounded(Fraction(results.minimum_seconds, 60))
    if not minutes:
        return voice.say("metrics.counted.any-time")
    return voice.say("metrics.counted.least", count=minutes, number=voice.number(minutes))


def _remarks(figure: Figure, results: CycleResults) -> tuple[str, ...]:
    remarks = {
        "clipped": results.clipped and figure.name in _OF_TIME,
        "mixed": figure.provenance == "mixed",
        "bounds": figure.name == "people" and figure.value is None and figure.high is not None,
        "missing": bool(figure.missing),
    }
    return tuple(key for key, holds in remarks.items() if holds)


def why_absent(figure: Figure, voice: Voice) -> Inline:
    """Why there is no value, as a sentence; nothing where there is one, or bounds."""
    if figure.absent is None:
        return ()
    return voice.say(f"metrics.absence.{figure.absent}", least=voice.number(LEAST_FOR_A_RATE))


def origin(figure: Figure, voice: Voice) -> Inline:
    """Where it comes from: "mesuré : 3 fichiers importés", "indiqué à la main : comptage en salle, au 3 mai 2021"."""
    said = voice.say(f"metrics.provenance.{figure.provenance}")
    if named := sources(figure.sources, voice):
        said = voice.say("document.origin", origin=said, sources=voice.listed(named))
    if figure.on is None:
        return said
    return voice.say("metrics.provenance.on", origin=said, day=wording.day(figure.on, voice.lang, weekday=False))


def sources(names: Iterable[str], voice: Voice) -> list[Inline]:
    """What stands in `Figure.sources`, as a reader takes it: how many imported files, the words of who stated it."""
    words = dict.fromkeys(names)
    files = [name for name in words if _FILE.fullmatch(name)]
    counted = (
        [voice.say("metrics.provenance.files", count=len(files), number=voice.number(len(files)))] if files else []
    )
    return [*counted, *(inline.plain(name) for name in words if name not in files)]
