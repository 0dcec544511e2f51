"""Moments on the command line, as they are given and as they are shown."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from webcycle import texts
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from webcycle.programme import Slot

_DAY = r"\d{4}-\d{2}-\d{2}"
_MINUTE = r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?"


def has_hour(found: str) -> bool:
    """Whether this is written as a day with an hour."""
    return bool(re.fullmatch(_MINUTE, found))


def moment(option: str, found: str) -> date | datetime:
    """A date of the command line: "2021-10-19 09:00", the same with a T, or a day alone."""
    try:
        if re.fullmatch(_DAY, found):
            return date.fromisoformat(found)
        if match := re.fullmatch(_MINUTE, found):
            day, hour, minute, second = match.groups()
            return datetime.fromisoformat(f"{day}T{int(hour):02}:{minute}:{second or '00'}")
    except ValueError:
        pass
    raise UsageError("date-option", option=option, found=found)


def weekday(day: date, lang: Language) -> str:
    """A day as lists show it: "Mon 2020-10-26"."""
    return f"{texts.say(lang, f'weekday.short.{day.isoweekday()}')} {day:%Y-%m-%d}"


def slot_words(slot: Slot, lang: Language) -> tuple[str, str]:
    """A slot as lists show it: "Mon 2020-10-26" and "14:00–16:00"; days alone have no hours."""
    day = weekday(slot.start, lang)
    if not isinstance(slot.start, datetime) or not isinstance(slot.end, datetime):
        return (day, "") if slot.end == slot.start else (f"{day} – {slot.end:%Y-%m-%d}", "")
    until = "" if slot.end.date() == slot.start.date() else f"{slot.end:%Y-%m-%d} "
    return day, f"{slot.start:%H:%M}–{until}{slot.end:%H:%M}"
