"""The linter passes what the program writes, and refuses what is wrong with it: one mutant a rule."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.calendar import cycles
from tests.calendar.ics_lint import lint

Mutation = Callable[[bytes], bytes]


def change(old: bytes, new: bytes) -> Mutation:
    return lambda data: data.replace(old, new, 1)


def drop(name: str) -> Mutation:
    """Take away the first content line of that name, with its folds."""
    return lambda data: re.sub(rf"\r\n{name}[;:][^\r]*(?:\r\n [^\r]*)*".encode(), b"", data, count=1)


def double(name: str) -> Mutation:
    """Write the first content line of that name twice."""
    return lambda data: re.sub(rf"(\r\n{name}[;:][^\r]*(?:\r\n [^\r]*)*)".encode(), rb"\1\1", data, count=1)


def put(line: bytes, before: bytes = b"CLASS:PUBLIC") -> Mutation:
    return lambda data: data.replace(before, line + b"\r\n" + before, 1)


FEED: dict[str, Mutation] = {
    "no UID": drop("UID"),
    "no DTSTAMP": drop("DTSTAMP"),
    "no SEQUENCE": drop("SEQUENCE"),
    "no STATUS": drop("STATUS"),
    "no SUMMARY": drop("SUMMARY"),
    "no DTSTART in an event": change(b"DTSTART;TZID=Europe/Paris:20261026T140000\r\n", b""),
    "no VERSION": drop("VERSION"),
    "no PRODID": drop("PRODID"),
    "no NAME": drop("NAME"),
    "no ORGANIZER with PUBLISH": drop("ORGANIZER"),
    "ATTENDEE": put(b"ATTENDEE:mailto:a@example.org"),
    "METHOD:REQUEST": change(b"METHOD:PUBLISH", b"METHOD:REQUEST"),
    "UID of the calendar": put(b"UID:a@example.org", b"CALSCALE"),
    "STATUS:POSTPONED": change(b"STATUS:TENTATIVE", b"STATUS:POSTPONED"),
    "status in lower case": change(b"STATUS:CONFIRMED", b"STATUS:confirmed"),
    "property in lower case": change(b"STATUS:", b"status:"),
    "SUMMARY twice": double("SUMMARY"),
    "DTEND and DURATION": put(b"DURATION:PT2H"),
    "RDATE": put(b"RDATE:19710101T000000", b"TZNAME"),
    "COMMENT": put(b"COMMENT:x"),
    "GEO": put(b"GEO:1;2"),
    "X-ALT-DESC": put(b"X-ALT-DESC;FMTTYPE=text/html:<p>x</p>"),
    "duration P1H": change(b"PT6H", b"P6H"),
    "REFRESH-INTERVAL without VALUE": change(b"REFRESH-INTERVAL;VALUE=DURATION", b"REFRESH-INTERVAL"),
    "SOURCE without VALUE": change(b"SOURCE;VALUE=URI", b"SOURCE"),
    "two intervals": change(b"X-PUBLISHED-TTL:PT6H", b"X-PUBLISHED-TTL:PT1H"),
    "URL with a space": change(b"URL:https://example.org/cycle", b"URL:https://example.org/a b"),
    "URL that is none": change(b"URL:https://example.org/cycle", b"URL:pas une url"),
    "ORGANIZER without mailto": change(b"mailto:cycle@", b"cycle@"),
    "impossible day": change(b"20261026T140000", b"20261032T140000"),
    "impossible hour": change(b"20261026T140000", b"20261026T250000"),
    "DTEND before DTSTART": change(b"20261026T160000", b"20261026T130000"),
    "DTEND equal to DTSTART": change(b"20261026T160000", b"20261026T140000"),
    "DTEND of another type": change(b"DTEND;TZID=Europe/Paris:20261026T160000", b"DTEND;VALUE=DATE:20261027"),
    "DATE without VALUE": change(b"DTSTART;VALUE=DATE:20270208", b"DTSTART:20270208"),
    "floating times": lambda data: data.replace(b";TZID=Europe/Paris:20261026", b":20261026"),
    "Z with TZID": lambda data: data.replace(b"20261026T140000", b"20261026T140000Z").replace(
        b"20261026T160000", b"20261026T160000Z"
    ),
    "undefined TZID": lambda data: data.replace(b"TZID=Europe/Paris:20261026", b"TZID=Europe/Rome:20261026"),
    "DTSTAMP without Z": change(b"DTSTAMP:20260105T093015Z", b"DTSTAMP:20260105T093015"),
    "DTSTAMP other than the last revision": change(b"DTSTAMP:20260105T093015Z", b"DTSTAMP:20260106T093015Z"),
    "LAST-MODIFIED before CREATED": change(b"CREATED:20260105", b"CREATED:20260106"),
    "LAST-MODIFIED of the feed": change(b"LAST-MODIFIED:20260105T093015Z", b"LAST-MODIFIED:20250105T093015Z"),
    "SEQUENCE of words": change(b"SEQUENCE:0", b"SEQUENCE:zero"),
    "SEQUENCE below 0": change(b"SEQUENCE:0", b"SEQUENCE:-1"),
    "SEQUENCE too large": change(b"SEQUENCE:0", b"SEQUENCE:4294967296"),
    "UID twice": change(b"UID:senegal.", b"UID:maroc."),
    "UID with a space": change(b"UID:maroc.", b"UID:maroc ."),
    "comma not escaped": change(b"Le Maroc\\,", b"Le Maroc,"),
    "semicolon not escaped": change("Sénégal \\;".encode(), "Sénégal ;".encode()),
    "unknown escape": change(b"Le Maroc\\,", b"Le Maroc\\x"),
    "empty LOCATION": change(b"LOCATION:En ligne", b"LOCATION:"),
    "empty line": change(b"CLASS:PUBLIC\r\n", b"CLASS:PUBLIC\r\n\r\n"),
    "LF alone": change(b"CLASS:PUBLIC\r\n", b"CLASS:PUBLIC\n"),
    "CR alone": change(b"CLASS:PUBLIC", b"CLASS:PUBLIC\r"),
    "LF everywhere": lambda data: data.replace(b"\r\n", b"\n"),
    "no CRLF at the end": lambda data: data[:-2],
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "NUL": change(b"Le Maroc", b"Le\x00Maroc"),
    "ESC": change(b"Le Maroc", b"Le\x1bMaroc"),
    "C1 control": change(b"Le Maroc", b"Le\xc2\x9bMaroc"),
    "line separator": change(b"Le Maroc", b"Le\xe2\x80\xa8Maroc"),
    "right-to-left override": change(b"Le Maroc", b"Le\xe2\x80\xaeMaroc"),
    "Latin-1": lambda data: data.decode().replace("👩‍👩‍👧 في", "").encode("latin-1", "ignore"),
    "unfolded": lambda data: data.replace(b"\r\n ", b""),
    "fold inside a character": change("é".encode(), b"\xc3\r\n \xa9"),
    "fold inside an escape": change(b"Maroc\\,", b"Maroc\\\r\n ,"),
    "truncated": lambda data: data[: data.rindex(b"END:VEVENT")],
    "END that ends nothing": change(b"END:VEVENT\r\n", b"END:VEVENT\r\nEND:VEVENT\r\n"),
    "VEVENT in VEVENT": change(b"END:VEVENT\r\n", b""),
    "VTODO": lambda data: data.replace(b"VEVENT", b"VTODO"),
    "two calendars": lambda data: data + data,
    "no calendar": lambda data: b"CLASS:PUBLIC\r\n",
    "line without a colon": put(b"CLASS"),
    "parameter twice": change(b"DTSTART;TZID=Europe/Paris:2026", b"DTSTART;TZID=Europe/Paris;TZID=Europe/Paris:2026"),
    "parameter that it has not": change(b"STATUS:CONFIRMED", b"STATUS;X-A=b:CONFIRMED"),
    "quote in a parameter": change(b"ORGANIZER;CN=", b'ORGANIZER;CN=a"b'),
    "alarm in the feed": put(
        b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT5M\r\nEND:VALARM", b"END:VEVENT"
    ),
    "property after a component": change(b"END:VTIMEZONE\r\n", b"END:VTIMEZONE\r\nURL:https://example.org/\r\n"),
    "VTIMEZONE after the events": lambda data: re.sub(
        rb"(BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n)(.*)END:VCALENDAR", rb"\2\1END:VCALENDAR", data, flags=re.DOTALL
    ),
    "VTIMEZONE twice": lambda data: re.sub(rb"(BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n)", rb"\1\1", data, flags=re.DOTALL),
    "VTIMEZONE not used": lambda data: data.replace(b";TZID=Europe/Paris:", b";VALUE=DATE:"),
    "VTIMEZONE without an observance": lambda data: re.sub(
        rb"TZID:Europe/Paris\r\n.*END:VTIMEZONE", b"TZID:Europe/Paris\r\nEND:VTIMEZONE", data, flags=re.DOTALL
    ),
    "VTIMEZONE without DAYLIGHT": lambda data: re.sub(rb"BEGIN:DAYLIGHT.*END:DAYLIGHT\r\n", b"", data, flags=re.DOTALL),
    "VTIMEZONE of UTC": lambda data: data.replace(b"Europe/Paris", b"Etc/UTC"),
    "onset in the new offset": change(b"DTSTART:19700329T020000", b"DTSTART:19701025T030000"),
    "onset on another day": change(b"DTSTART:19700329", b"DTSTART:19700322"),
    "rule from another year": change(b"DTSTART:19700329", b"DTSTART:19710328"),
    "offsets that do not meet": change(b"TZOFFSETFROM:+0100", b"TZOFFSETFROM:+0000"),
    "offsets exchanged": lambda data: (
        data.replace(b"TZOFFSETFROM", b"X").replace(b"TZOFFSETTO", b"TZOFFSETFROM").replace(b"X:", b"TZOFFSETTO:")
    ),
    "offset of 25 hours": change(b"+0200", b"+2500"),
    "rule without a day": change(b"BYDAY=-1SU;", b""),
    "cancelled and opaque": lambda data: re.sub(
        rb"(STATUS:CANCELLED.*?TRANSP:)TRANSPARENT", rb"\1OPAQUE", data, flags=re.DOTALL
    ),
    "other name for older clients": change(b"X-WR-CALNAME:Les", b"X-WR-CALNAME:Des"),
}

ALONE: dict[str, Mutation] = {
    "METHOD and no names": change(b"CALSCALE:GREGORIAN", b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH"),
    "name": change(b"CALSCALE:GREGORIAN", b"CALSCALE:GREGORIAN\r\nNAME:x"),
    "two events": lambda data: re.sub(
        rb"(BEGIN:VEVENT.*END:VEVENT\r\n)",
        lambda found: found[1] + found[1].replace(b"UID:", b"UID:z"),
        data,
        flags=re.DOTALL,
    ),
    "no event": lambda data: re.sub(rb"BEGIN:VEVENT.*END:VEVENT\r\n", b"", data, flags=re.DOTALL),
    "no component": lambda data: re.sub(rb"BEGIN:VTIME.*END:VEVENT\r\n", b"", data, flags=re.DOTALL),
    "alarm without TRIGGER": drop("TRIGGER"),
    "alarm without DESCRIPTION": change(b"ACTION:DISPLAY\r\nDESCRIPTION", b"ACTION:DISPLAY\r\nX-D"),
    "alarm after the start": change(b"TRIGGER:-PT15M", b"TRIGGER:PT15M"),
    "alarm by mail": change(b"ACTION:DISPLAY", b"ACTION:EMAIL"),
    "empty trigger": change(b"TRIGGER:-PT15M", b"TRIGGER:-P"),
    "two alarms": lambda data: re.sub(rb"(BEGIN:VALARM.*END:VALARM\r\n)", rb"\1\1", data, flags=re.DOTALL),
    "alarm of a cancelled session": lambda data: data.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
}


def test_every_file_of_a_cycle_with_all_kinds_of_session_passes() -> None:
    files = dict(cycles.rich().files("geo"))
    assert len(files) == 9
    assert {name: lint(data) for name, data in files.items() if lint(data)} == {}


@pytest.mark.parametrize("name", FEED)
def test_a_feed_with_this_fault_is_refused(name: str) -> None:
    feed = cycles.rich().feed()
    mutant = FEED[name](feed)
    assert mutant != feed
    assert lint(mutant)


@pytest.mark.parametrize("name", ALONE)
def test_a_session_file_with_this_fault_is_refused(name: str) -> None:
    data = cycles.rich().session_file("maroc")
    mutant = ALONE[name](data)
    assert mutant != data
    assert lint(mutant)
