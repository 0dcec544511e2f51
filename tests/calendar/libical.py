"""The few functions of libical that the tests need; libical is what GNOME, KDE and Cyrus read calendars with."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from functools import cache

_VEVENT = 4


class _Time(ctypes.Structure):
    """icaltimetype of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_dst")),
        ("zone", ctypes.c_void_p),
    )


@cache
def library() -> ctypes.CDLL | None:
    """libical 3, with the types of the functions used here; None when it is not installed."""
    try:
        found = ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
    except OSError:
        return None
    component = ctypes.c_void_p
    for name, result, arguments in (
        ("icalparser_parse_string", component, (ctypes.c_char_p,)),
        ("icalcomponent_free", None, (component,)),
        ("icalcomponent_count_errors", ctypes.c_int, (component,)),
        ("icalrestriction_check", ctypes.c_int, (component,)),
        ("icalcomponent_get_first_component", component, (component, ctypes.c_int)),
        ("icalcomponent_get_next_component", component, (component, ctypes.c_int)),
        ("icalcomponent_get_uid", ctypes.c_char_p, (component,)),
        ("icalcomponent_get_dtstart", _Time, (component,)),
        ("icalcomponent_get_dtend", _Time, (component,)),
        ("icaltime_as_timet_with_zone", ctypes.c_long, (_Time, ctypes.c_void_p)),
    ):
        function = getattr(found, name)
        function.restype, function.argtypes = result, arguments
    return found


def instants(ical: ctypes.CDLL, data: bytes) -> dict[str, tuple[int, int]]:
    """Start and end of each event by UID, in seconds since 1970, from the VTIMEZONE of the file."""
    root = ical.icalparser_parse_string(data)
    found = dict(_events(ical, root))
    ical.icalcomponent_free(root)
    return found


def _events(ical: ctypes.CDLL, root: int) -> Iterator[tuple[str, tuple[int, int]]]:
    event = ical.icalcomponent_get_first_component(root, _VEVENT)
    while event:
        both = (ical.icalcomponent_get_dtstart(event), ical.icalcomponent_get_dtend(event))
        start, end = (ical.icaltime_as_timet_with_zone(moment, moment.zone) for moment in both)
        yield ical.icalcomponent_get_uid(event).decode(), (start, end)
        event = ical.icalcomponent_get_next_component(root, _VEVENT)


def accepts(ical: ctypes.CDLL, data: bytes) -> bool:
    """Whether libical reads the file without an error and its tables of RFC 5545 and 5546 allow it."""
    root = ical.icalparser_parse_string(data)
    if not root:
        return False
    accepted: bool = ical.icalrestriction_check(root) == 1 and ical.icalcomponent_count_errors(root) == 0
    ical.icalcomponent_free(root)
    return accepted
