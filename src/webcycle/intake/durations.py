"""Lengths of time as platforms write them: "1h 13m 42s", "2 godz. 19 min 19 s", "00:21:07", "57 minutes"."""

from __future__ import annotations

import re
import unicodedata

_SECONDS = {
    **dict.fromkeys("d day days j jour jours tag tage tagen dzień dni dia dias día días".split(), 86400),
    **dict.fromkeys(
        "h hr hrs hour hours heure heures std stunde stunden godz godzin godziny hora horas ч".split(), 3600
    ),
    **dict.fromkeys("m mn min mins minute minutes minuten minut minuty minuto minutos мин".split(), 60),
    **dict.fromkeys("s sec secs second seconds seconde secondes sek sekunden sekund segundo segundos сек".split(), 1),
}
_PART = re.compile(r"(\d{1,6}) ?([^\W\d_]{1,9})\.?(?: |,|$)?")
_COLONS = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?")
_LONGEST = 60


def seconds(text: str) -> int | None:
    """The length in seconds; None when it is not one. "21:07" is hours and minutes, as platforms mean it."""
    if len(text) > _LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if match := _COLONS.fullmatch(plain):
        hours, minutes, rest = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + rest
    return _summed(plain)


def minutes(text: str) -> int | None:
    """The seconds in a bare number of minutes, or in a length with units; None when it is neither."""
    plain = text.strip()
    return int(plain) * 60 if plain.isascii() and plain.isdigit() and len(plain) < 7 else seconds(plain)


def _summed(plain: str) -> int | None:
    total, at = 0, 0
    while at < len(plain):
        match = _PART.match(plain, at)
        if match is None or match[2] not in _SECONDS:
            return None
        total += int(match[1]) * _SECONDS[match[2]]
        at = match.end()
        while plain.startswith(" ", at):
            at += 1
    return total if plain else None
