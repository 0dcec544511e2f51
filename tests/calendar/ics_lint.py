"""A strict linter of published calendars, line by line: RFC 5545, 5546 and 7986, and the rules of this project.

It shares no code with the program nor with icalendar, and knows only what the program has a reason to write:
anything else is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

_LINE = re.compile(r'([A-Z][A-Z0-9-]*)((?:;[A-Z][A-Z0-9-]*=(?:"[^"]*"|[^":;,]*))*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Z][A-Z0-9-]*)=("[^"]*"|[^":;,]*)')
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,n])*")
_MOMENT = re.compile(r"\d{8}T\d{6}")
_DURATION = re.compile(r"-?P(?:\d+W|\d+D|(?:\d+D)?T(?:\d+H(?:\d+M)?(?:\d+S)?|\d+M(?:\d+S)?|\d+S))")
_URI = re.compile(r"https?://[^\s/]+[!-~]*")
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4])[0-5]\d(?:[0-5]\d)?")
_RULE = re.compile(r"FREQ=YEARLY;BYDAY=(-1|[1-4])(SU|MO|TU|WE|TH|FR|SA);BYMONTH=(\d{1,2})")
_MAIL = re.compile(r"mailto:[!-~]+@[A-Za-z0-9.-]+")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass
class Property:
    """A content line."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    """A component and what stands in it."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [found for found in self.properties if found.name == name]

    def value(self, name: str) -> str:
        return next((found.value for found in self.properties if found.name == name), "")


def _date(value: str) -> date | None:
    try:
        return datetime.strptime(value, "%Y%m%d").date() if re.fullmatch(r"\d{8}", value) else None  # noqa: DTZ007
    except ValueError:
        return None


def _local(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, "%Y%m%dT%H%M%S") if _MOMENT.fullmatch(value) else None  # noqa: DTZ007
    except ValueError:
        return None


def _utc(value: str) -> bool:
    return value.endswith("Z") and _local(value[:-1]) is not None


def _text(value: str) -> bool:
    return bool(_TEXT.fullmatch(value)) and bool(value.strip())


def _one_of(*allowed: str) -> Callable[[str], bool]:
    return lambda value: value in allowed


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: bool(pattern.fullmatch(value))


def _moment(value: str) -> bool:
    return _utc(value) or _local(value) is not None or _date(value) is not None


def _sequence(value: str) -> bool:
    return bool(re.fullmatch(r"0|[1-9]\d{0,9}", value)) and int(value) < 2**31


# Of each property: what its value must be, the parameters that it may have, and whether it must be there.
_Rule = tuple[Callable[[str], bool], tuple[str, ...], bool]
_RULES: dict[str, dict[str, _Rule]] = {
    "VCALENDAR": {
        "VERSION": (_one_of("2.0"), (), True),
        "PRODID": (_text, (), True),
        "CALSCALE": (_one_of("GREGORIAN"), (), True),
        "METHOD": (_one_of("PUBLISH"), (), False),
        "NAME": (_text, (), False),
        "X-WR-CALNAME": (_text, (), False),
        "DESCRIPTION": (_text, (), False),
        "X-WR-CALDESC": (_text, (), False),
        "X-WR-TIMEZONE": (_matches(re.compile(r"[A-Za-z0-9_+/-]+")), (), False),
        "REFRESH-INTERVAL": (_matches(_DURATION), ("VALUE",), False),
        "X-PUBLISHED-TTL": (_matches(_DURATION), (), False),
        "SOURCE": (_matches(_URI), ("VALUE",), False),
        "URL": (_matches(_URI), (), False),
        "LAST-MODIFIED": (_utc, (), False),
    },
    "VTIMEZONE": {"TZID": (_matches(re.compile(r"[A-Za-z0-9_+/-]+")), (), True)},
    "STANDARD": {
        "DTSTART": (lambda value: _local(value) is not None, (), True),
        "TZOFFSETFROM": (_matches(_OFFSET), (), True),
        "TZOFFSETTO": (_matches(_OFFSET), (), True),
        "TZNAME": (_text, (), True),
        "RRULE": (_matches(_RULE), (), False),
    },
    "VEVENT": {
        "UID": (_matches(re.compile(r"[^\s\\;,@]+@[^\s\\;,@]+")), (), True),
        "DTSTAMP": (_utc, (), True),
        "CREATED": (_utc, (), True),
        "LAST-MODIFIED": (_utc, (), True),
        "SEQUENCE": (_sequence, (), True),
        "DTSTART": (_moment, ("TZID", "VALUE"), True),
        "DTEND": (_moment, ("TZID", "VALUE"), True),
        "SUMMARY": (_text, (), True),
        "DESCRIPTION": (_text, (), True),
        "LOCATION": (_text, (), False),
        "URL": (_matches(_URI), (), False),
        "STATUS": (_one_of("TENTATIVE", "CONFIRMED", "CANCELLED"), (), True),
        "TRANSP": (_one_of("OPAQUE", "TRANSPARENT"), (), True),
        "CLASS": (_one_of("PUBLIC"), (), True),
        "CATEGORIES": (_text, (), False),
        "ORGANIZER": (_matches(_MAIL), ("CN",), True),
    },
    "VALARM": {
        "ACTION": (_one_of("DISPLAY"), (), True),
        "TRIGGER": (lambda value: value.startswith("-") and bool(_DURATION.fullmatch(value)), (), True),
        "DESCRIPTION": (_text, (), True),
    },
}
_RULES["DAYLIGHT"] = _RULES["STANDARD"]
_INSIDE = {
    "VCALENDAR": ("VTIMEZONE", "VEVENT"),
    "VTIMEZONE": ("STANDARD", "DAYLIGHT"),
    "VEVENT": ("VALARM",),
}


def lint(data: bytes) -> list[str]:
    """The problems of an iCalendar file; none when it is right."""
    if problems := list(_octets(data)):
        return problems
    content = data.decode().replace("\r\n ", "")
    found: list[Property] = []
    for number, line in enumerate(content.split("\r\n")[:-1], 1):
        match = _LINE.fullmatch(line)
        if match is None:
            return [f"content line {number}: not name, parameters and value: {line[:40]!r}"]
        pairs = _PARAMETER.findall(match[2])
        if len({name for name, _ in pairs}) != len(pairs):
            return [f"content line {number}: a parameter twice"]
        found.append(Property(match[1], dict(pairs), match[3]))
    problems, root = _tree(found)
    if root is None:
        return problems
    return [*problems, *_values(root), *_calendar(root)]


def _octets(data: bytes) -> Iterator[str]:
    """Line ends, lengths, characters and folds."""
    if data.startswith(b"\xef\xbb\xbf"):
        yield "byte order mark"
    if not data.endswith(b"\r\n"):
        yield "the last line has no CRLF"
    lines = data.split(b"\r\n")[:-1]
    for number, line in enumerate(lines, 1):
        if len(line) > 75:
            yield f"line {number}: {len(line)} octets"
        if line in (b"", b" "):
            yield f"line {number}: empty"
        if line.endswith(b"\\") and (len(line) - len(line.rstrip(b"\\"))) % 2 != 0:
            yield f"line {number}: an escape is folded"
        if line.startswith((b"\t", b" ")) and number == 1:
            yield "the first line is a fold"
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield f"line {number}: not UTF-8, or a fold inside a character"
            continue
        if found := re.search(
            "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", text
        ):
            yield f"line {number}: control character U+{ord(found[0]):04X}"


def _tree(lines: list[Property]) -> tuple[list[str], Component | None]:
    problems: list[str] = []
    root: Component | None = None
    stack: list[Component] = []
    for line in lines:
        if line.name == "BEGIN":
            component = Component(line.value)
            if not stack:
                if root is not None or line.value != "VCALENDAR":
                    return [f"{line.value} outside a calendar"], None
                root = component
            elif line.value not in _INSIDE.get(stack[-1].name, ()):
                return [f"{line.value} inside {stack[-1].name}"], None
            else:
                stack[-1].parts.append(component)
            stack.append(component)
        elif line.name == "END":
            if not stack or stack[-1].name != line.value:
                return [f"END:{line.value} ends nothing"], None
            stack.pop()
        elif not stack:
            return [f"{line.name} outside a component"], None
        else:
            if stack[-1].parts:
                problems.append(f"{stack[-1].name}: {line.name} after a component")
            stack[-1].properties.append(line)
    if stack:
        problems.append(f"{stack[-1].name} has no END")
    return problems, root


def _values(component: Component) -> Iterator[str]:
    """Required properties, those that stand there twice, values and parameters, of the component and its parts."""
    rules = _RULES[component.name]
    for name, (_, _, required) in rules.items():
        if required and not component.all(name):
            yield f"{component.name}: no {name}"
        if len(component.all(name)) > 1:
            yield f"{component.name}: {name} twice"
    for found in component.properties:
        if found.name not in rules:
            yield f"{component.name}: {found.name} is not written here"
            continue
        valid, parameters, _ = rules[found.name]
        if not valid(found.value):
            yield f"{component.name}: {found.name} cannot be {found.value[:60]!r}"
        yield from (f"{found.name}: parameter {name}" for name in found.parameters if name not in parameters)
    for part in component.parts:
        yield from _values(part)


def _calendar(root: Component) -> Iterator[str]:
    zones = [part for part in root.parts if part.name == "VTIMEZONE"]
    events = [part for part in root.parts if part.name == "VEVENT"]
    if not root.parts:
        yield "a calendar without a component"
    if root.parts != [*zones, *events]:
        yield "a VTIMEZONE after an event"
    yield from _zones(zones, events)
    uids = [event.value("UID") for event in events]
    yield from (f"UID twice: {uid}" for uid in sorted(set(uids)) if uids.count(uid) > 1)
    for zone in zones:
        yield from _zone(zone)
    for event in events:
        yield from _event(event)
    yield from _feed(root, events) if root.all("METHOD") else _single(root, events)


def _feed(root: Component, events: list[Component]) -> Iterator[str]:
    for name in ("NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        if not root.all(name):
            yield f"feed: no {name}"
    if (root.value("NAME"), root.value("DESCRIPTION")) != (root.value("X-WR-CALNAME"), root.value("X-WR-CALDESC")):
        yield "feed: NAME or DESCRIPTION is not what older clients read"
    if root.value("REFRESH-INTERVAL") != root.value("X-PUBLISHED-TTL"):
        yield "feed: two refresh intervals"
    for name, kind in (("REFRESH-INTERVAL", "DURATION"), ("SOURCE", "URI")):
        yield from (f"{name}: no VALUE={kind}" for found in root.all(name) if found.parameters != {"VALUE": kind})
    if any(event.parts for event in events):
        yield "feed: an alarm"
    if events and root.value("LAST-MODIFIED") != max(event.value("LAST-MODIFIED") for event in events):
        yield "feed: LAST-MODIFIED is not that of the newest event"


def _single(root: Component, events: list[Component]) -> Iterator[str]:
    if len(events) != 1:
        yield f"a file of one session has {len(events)} events"
    extra = [found.name for found in root.properties if found.name not in ("VERSION", "PRODID", "CALSCALE")]
    yield from (f"a file of one session has {name}" for name in extra)


def _zones(zones: list[Component], events: list[Component]) -> Iterator[str]:
    defined = [zone.value("TZID") for zone in zones]
    used = {found.parameters["TZID"] for event in events for found in event.properties if "TZID" in found.parameters}
    if defined != sorted(set(defined)):
        yield "time zones twice or not sorted"
    yield from (f"TZID {name} is not defined" for name in sorted(used - set(defined)))
    if events:
        yield from (f"VTIMEZONE {name} is not used" for name in defined if name not in used)
        yield from (f"{name} is UTC: write Z" for name in defined if name in ("UTC", "Etc/UTC", "Z"))


def _zone(zone: Component) -> Iterator[str]:
    if not zone.parts:
        yield "VTIMEZONE without an observance"
    ruled = [part for part in zone.parts if part.all("RRULE")]
    if ruled and (
        len(zone.parts) != 2 or len(ruled) != 2 or {part.name for part in zone.parts} != {"STANDARD", "DAYLIGHT"}
    ):
        yield "VTIMEZONE: rules must be one STANDARD and one DAYLIGHT"
    if len({part.value("DTSTART") for part in zone.parts}) != len(zone.parts):
        yield "VTIMEZONE: two observances begin at once"
    ordered = sorted(zone.parts, key=lambda part: part.value("DTSTART"))
    following = zip(ordered, (*ordered[1:], *ordered[:1]), strict=True) if ruled else pairwise(ordered)
    if any(one.value("TZOFFSETTO") != other.value("TZOFFSETFROM") for one, other in following):
        yield "VTIMEZONE: an offset before a change is not the one after the change before"
    for part in zone.parts:
        ahead = _minutes(part.value("TZOFFSETTO")) > _minutes(part.value("TZOFFSETFROM"))
        if ahead != (part.name == "DAYLIGHT"):
            yield f"{part.name}: offsets of the other kind"
        yield from _onset(part)


def _onset(part: Component) -> Iterator[str]:
    match, start = _RULE.fullmatch(part.value("RRULE")), _local(part.value("DTSTART"))
    if match is None or start is None:
        return
    nth, weekday, month = int(match[1]), _DAYS.index(match[2]), int(match[3])
    week = -1 if (start + timedelta(weeks=1)).month != start.month and nth == -1 else (start.day - 1) // 7 + 1
    if (start.month, start.weekday(), week) != (month, weekday, nth):
        yield f"{part.name}: DTSTART is not the first day of its RRULE"
    if start.year != 1970:
        yield f"{part.name}: a rule that begins in {start.year}"


def _minutes(offset: str) -> int:
    if not _OFFSET.fullmatch(offset):
        return 0
    return int(f"{offset[0]}1") * (int(offset[1:3]) * 60 + int(offset[3:5]))


def _event(event: Component) -> Iterator[str]:
    if len(event.all("DTSTART")) == len(event.all("DTEND")) == 1:
        yield from _span(event.all("DTSTART")[0], event.all("DTEND")[0])
    if event.value("DTSTAMP") != event.value("LAST-MODIFIED"):
        yield "DTSTAMP is not the last revision"
    if event.value("LAST-MODIFIED") < event.value("CREATED"):
        yield "LAST-MODIFIED before CREATED"
    if event.value("STATUS") == "CANCELLED" and (event.value("TRANSP") != "TRANSPARENT" or event.parts):
        yield "a cancelled event takes time or has an alarm"
    if len(event.parts) > 1:
        yield "two alarms"


def _span(start: Property, end: Property) -> Iterator[str]:
    if start.parameters != end.parameters:
        yield "DTSTART and DTEND have other parameters"
    if len(start.value) != len(end.value) or start.value[8:9] != end.value[8:9]:
        yield "DTSTART and DTEND have other types"
    elif end.value <= start.value:
        yield "DTEND is not after DTSTART"
    expected = {8: {"VALUE": "DATE"}, 16: {}}.get(len(start.value))
    if expected is None and set(start.parameters) != {"TZID"}:
        yield "a floating time"
    if expected is not None and start.parameters != expected:
        yield "DTSTART: parameters do not fit its type"
