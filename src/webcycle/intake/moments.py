"""Dates and hours as platforms write them, to instants. What order day and month stand in is decided in `dayorder`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from webcycle import zones


class Order(StrEnum):
    """In which order the numbers of a day are written."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Digits(NamedTuple):
    """A day as three numbers whose order the file as a whole must tell; `separator` is what stands between them."""

    first: int
    second: int
    third: int
    separator: str


class Written(NamedTuple):
    """A cell taken apart: the day (a date, numbers, or None for an hour alone), the hour, and minutes east of UTC."""

    day: date | Digits | None
    clock: time | None
    offset: int | None


class UnreadableError(ValueError):
    """The cell is no date or hour that we know."""


_LONGEST = 80
_REMEMBERED = 1 << 16
_CLOCK = (
    r"(?P<hour>\d{1,2})(?: ?h ?|[:.])(?P<minute>\d{2})(?:(?: ?min ?|[:.])(?P<second>\d{2})(?: ?s)?(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?"
)
_ZONE = r"(?: ?\(?(?P<zone>z|utc|gmt|cet|cest)?(?P<shift>[+-]\d{1,2}(?::?\d{2})?)?\)?)"
_JOIN = r"(?: ?(?:,|t|à|at|um|as|às|o|a las|-) ?| )"
_REST = rf"(?:{_JOIN}{_CLOCK}{_ZONE})?"
_NUMERIC = re.compile(rf"(\d{{1,4}})([./-])(\d{{1,2}})\2(\d{{1,4}})\.?{_REST}")
_MONTH_FIRST = re.compile(rf"([^\W\d_]{{3,12}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_REST}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:er|\.)? (?:de )?([^\W\d_]{{3,12}})\.?,? (?:de )?(\d{{4}}){_REST}")
_HOUR = re.compile(rf"{_CLOCK}{_ZONE}")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d{1,12})?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day 0 is on no particular clock
_OFFSETS = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120}
_MONTHS = (
    "january janvier januar enero janeiro stycznia styczeń gennaio",
    "february février februar febrero fevereiro lutego luty febbraio",
    "march mars märz marzo março marca marzec mrz",
    "april avril abril kwietnia kwiecień aprile",
    "may mai mayo maio maja maj maggio",
    "june juin juni junio junho czerwca czerwiec giugno",
    "july juillet juli julio julho lipca lipiec luglio",
    "august août agosto sierpnia sierpień",
    "september septembre septiembre setembro września wrzesień settembre",
    "october octobre oktober octubre outubro października październik ottobre",
    "november novembre noviembre novembro listopada listopad",
    "december décembre dezember diciembre dezembro grudnia grudzień dicembre",
)


def _abbreviations() -> dict[str, int]:
    """Every name of a month and its beginnings of three letters or more, unless two months share it."""
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTHS, start=1):
        for name in names.split():
            for end in range(3, len(name) + 1):
                found.setdefault(name[:end], set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


_MONTH = _abbreviations()


@lru_cache(maxsize=4096)
def take_apart(cell: str) -> Written:
    """The day, hour and offset that a cell shows; UnreadableError when it shows none."""
    if len(cell) > _LONGEST:
        raise UnreadableError
    text = " ".join(unicodedata.normalize("NFKC", cell).replace("’", "'").lower().split()).replace(" ,", ",")
    try:
        return _numeric(text) or _named(text) or _serial(text) or _hour(text)
    except (ValueError, KeyError, OverflowError) as problem:
        raise UnreadableError from problem


def _numeric(text: str) -> Written | None:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, separator, second, third = match.group(1, 2, 3, 4)
    if len(first) == 4:
        day: date | Digits = date(int(first), int(second), int(third))
    else:
        day = Digits(int(first), int(second), int(third), "à" if "à" in text else separator)
    return _with_rest(day, match)


def _named(text: str) -> Written | None:
    if match := _MONTH_FIRST.fullmatch(text):
        month, day, year = match.group(1, 2, 3)
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.group(1, 2, 3)
    else:
        return None
    return _with_rest(date(int(year), _MONTH[month], int(day)), match)


def _serial(text: str) -> Written | None:
    """Days since the last but one day of 1899, as spreadsheets count (ECMA-376, part 1, 18.17.4.1)."""
    if not _SERIAL.fullmatch(text):
        return None
    moment = _EPOCH + timedelta(seconds=round(float(text) * 86400))
    return Written(moment.date(), moment.time(), None)


def _hour(text: str) -> Written:
    match = _HOUR.fullmatch(text)
    if match is None:
        raise UnreadableError
    return _with_rest(None, match)


def _with_rest(day: date | Digits | None, match: re.Match[str]) -> Written:
    if match["hour"] is None:
        return Written(day, None, None)
    hour = int(match["hour"])
    # 17:05 PM is written by some exports; the sign adds nothing there.
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    return Written(day, time(hour, int(match["minute"]), int(match["second"] or 0)), _offset(match))


def _offset(match: re.Match[str]) -> int | None:
    name, shift = match["zone"], match["shift"]
    if not shift:
        return _OFFSETS[name] if name else None
    digits = shift[1:].replace(":", "")
    hours, rest = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return (-1 if shift[0] == "-" else 1) * (hours * 60 + rest)


def in_order(digits: Digits, order: Order) -> date | None:
    """The day that the numbers mean in that order; None when there is no such day."""
    first, second, third = digits.first, digits.second, digits.third
    places = {Order.DMY: (third, second, first), Order.MDY: (third, first, second), Order.YMD: (first, second, third)}
    year, month, day = places[order]
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


@dataclass(slots=True)
class Clock:
    """Turns the cells of one file into instants in UTC: its zone, its order of day and month, and its day if hours
    stand alone. `repeated` counts the hours that a clock change makes happen twice (the first is taken), `skipped`
    those that it leaves out (the offset before the change is taken)."""

    zone: str
    order: Order | None = None
    day: date | None = None
    repeated: int = 0
    skipped: int = 0
    _known: dict[str, datetime] = field(default_factory=dict)

    def read(self, cell: str, near: datetime | None = None) -> datetime:
        """The instant. An hour alone is of the day of `near`, else of the file's own; UnreadableError without one."""
        if known := self._known.get(cell):
            return known
        written = take_apart(cell)
        day = self._date(written.day) if written.day else self.local_day(near) if near else self.day
        if day is None:
            raise UnreadableError
        moment = self._instant(datetime.combine(day, written.clock or time()), written.offset)
        if written.day and len(self._known) < _REMEMBERED:
            self._known[cell] = moment
        return moment

    def local_day(self, moment: datetime) -> date:
        """The day on the wall of the file's zone."""
        return moment.astimezone(zones.zone(self.zone)).date()

    def _instant(self, local: datetime, offset: int | None) -> datetime:
        if offset is not None:
            return (local - timedelta(minutes=offset)).replace(tzinfo=UTC)
        first = local.replace(tzinfo=zones.zone(self.zone))
        try:
            usual = first.utcoffset() == first.replace(fold=1).utcoffset()
            return first.astimezone(UTC) if usual else self._around_a_change(local)
        except OverflowError as problem:
            raise UnreadableError from problem

    def _around_a_change(self, local: datetime) -> datetime:
        meant = zones.readings(local, self.zone)
        self.repeated += len(meant) > 1
        self.skipped += not meant
        return (meant or zones.shifted(local, self.zone))[0].astimezone(UTC)

    def _date(self, day: date | Digits) -> date | None:
        if isinstance(day, date):
            return day
        return in_order(day, self.order) if self.order else None
