"""BigBlueButton: the learning dashboard as CSV and JSON, a recording's events.xml, and the bbbevents gem's CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

from webcycle.intake import words
from webcycle.intake.contents import Line, Table, Tree
from webcycle.intake.desk import Desk, Layout, Row, SkipRowError
from webcycle.intake.durations import seconds
from webcycle.intake.moments import Order
from webcycle.intake.pairing import Event, Log, stays
from webcycle.intake.problems import IntakeError
from webcycle.intake.reading import Claim
from webcycle.intake.tables import Aliases, TableReader, blank, columns
from webcycle.intake.trees import TreeReader, instant, mapping, text
from webcycle.records import Role

_DAY = 86400
_TIMES = re.compile(r"\d{2}:\d{2}:\d{2}|-")
_WIDTH = 12
# The dashboard writes its columns in this order in every language; only the words change.
_DASHBOARD = {"name": (0,), "moderator": (1,), "joined": (9,), "left": (10,), "seconds": (11,)}
_WORDS = {0: ("name", "nom"), 1: ("moderator", "modérateur"), 9: ("join", "rejoindre"), 10: ("left", "quitté")}
_OUTSIDE = Layout("skip:outside", {})
_EVENTS: Aliases = {
    "name": ("name",),
    "moderator": ("moderator",),
    "joined": ("join",),
    "left": ("left",),
    "seconds": ("duration",),
}


def _is_header(names: tuple[str, ...]) -> bool:
    return len(names) >= _WIDTH and all(names[index] in options for index, options in _WORDS.items())


def _is_person(cells: list[str]) -> bool:
    """Whether a row has the dashboard's shape: moderator or not, two lengths, two times, a length."""
    return (
        len(cells) >= _WIDTH
        and cells[1] in ("TRUE", "FALSE")
        and all(_TIMES.fullmatch(cells[index]) for index in (3, 4, 11))
    )


def _claims_dashboard(table: Table) -> Claim | None:
    if not table.head or len(table.head[0].cells) < _WIDTH or _claims_events(table):
        return None
    header = table.head[0].cells
    if _is_person(header):
        return None
    people = any(_is_person(line.cells) for line in table.head[1:])
    if not people and not _is_header(words.norms(tuple(header))):
        return None
    return Claim(tuple(words.clean(header[index]) for index in (0, 1, 9, 10, 11)))


def _is_events(line: Line) -> bool:
    return {"name", "moderator", "chats", "talks", "join", "left"} <= set(words.norms(tuple(line.cells)))


def _claims_events(table: Table) -> Claim | None:
    for line in table.head[:5]:
        if _is_events(line):
            return Claim(tuple(words.clean(cell) for cell in line.cells))
    return None


def _walk_dashboard(table: Table) -> Iterator[Row]:
    layout: Layout | None = None
    for line in _lines(table):
        if layout is None:
            used = {index for places in _DASHBOARD.values() for index in places}
            others = (words.clean(cell) for index, cell in enumerate(line.cells) if index not in used and cell.strip())
            layout = Layout("stay", _DASHBOARD, tuple(others))
        elif not blank(line.cells):
            yield Row(line.number, layout if len(line.cells) >= _WIDTH else _OUTSIDE, line.cells)


def _lines(table: Table) -> list[Line]:
    """The rows, read strictly when that works: saved again by a spreadsheet, the quotes inside cells are doubled."""
    try:
        return list(table.lines())
    except IntakeError:
        if table.unescaped is None:
            raise
        return list(table.unescaped())


def _walk_events(table: Table) -> Iterator[Row]:
    layout: Layout | None = None
    for line in table.lines():
        if layout is None:
            layout = columns("stay", line.cells, _EVENTS) if _is_events(line) else None
        elif not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _take(desk: Desk, row: Row) -> None:
    """One row sums up a person's stays; its length starts anew after 24 hours."""
    if not row.raw("moderator"):
        raise SkipRowError("anonymous-answers")
    joined, left = desk.interval(row)
    length = seconds(row.raw("seconds"))
    if length is not None and joined and left:
        length += (int((left - joined).total_seconds()) - length) // _DAY * _DAY
    moderator = row.raw("moderator").upper() == "TRUE"
    desk.visit("", row.text("name"), joined, left, seconds=length, role="host" if moderator else "participant")


def _dashboard(tree: Tree) -> object:
    """The dashboard's object, also where the API wraps it as a string."""
    data = mapping(mapping(tree.root).get("response")).get("data")
    if not isinstance(data, str):
        return tree.root
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _claims_json(tree: Tree) -> Claim | None:
    root = mapping(_dashboard(tree))
    users = root.get("users")
    if not isinstance(users, dict) or "intId" not in root:
        return None
    if users and not any("intIds" in mapping(user) for user in users.values()):
        return None
    return Claim(("intId", "users", "intIds"))


def _gather_json(desk: Desk, tree: Tree) -> None:
    root = mapping(_dashboard(tree))
    start, end = instant(root.get("createdOn")), instant(root.get("endedOn"))
    meeting = desk.meeting(words.clean(text(root.get("extId"))), words.clean(text(root.get("name"))), start, end)
    for user in mapping(root.get("users")).values():
        _gather_user(desk, user, meeting, end)


def _gather_user(desk: Desk, user: object, meeting: str, end: datetime | None) -> None:
    one = mapping(user)
    spans = [span for entry in mapping(one.get("intIds")).values() for span in _spans(entry)]
    name, person = words.value(text(one.get("name"))), words.value(text(one.get("extId")) or text(one.get("userKey")))
    role: Role = "host" if one.get("isModerator") is True else "participant"
    for joined, left in spans:
        if joined is None or not (name or person):
            desk.leave_out("nobody")
            continue
        desk.kept += 1
        # Who never left was there until the meeting was ended.
        until = left or (end if end and end >= joined else None)
        desk.visit(words.email(person), name, joined, until, person=person, role=role, meeting=meeting)
    if not spans:
        desk.leave_out("never-there")


def _spans(entry: object) -> list[tuple[datetime | None, datetime | None]]:
    """The stays of one connection: a list since 2.7, one pair before."""
    sessions = mapping(entry).get("sessions")
    pairs = sessions if isinstance(sessions, list) else [entry]
    return [(instant(mapping(one).get("registeredOn")), instant(mapping(one).get("leftOn"))) for one in pairs]


def _claims_xml(tree: Tree) -> Claim | None:
    root = tree.root
    if not isinstance(root, Element) or root.tag != "recording":
        return None
    joined = root.find("event[@eventname='ParticipantJoinEvent']")
    return None if joined is None else Claim(("recording", "ParticipantJoinEvent"))


def _gather_xml(desk: Desk, tree: Tree) -> None:
    root = tree.root
    assert isinstance(root, Element)
    base = _base(root)
    events = [event for event in root.iter("event") if event.get("module") == "PARTICIPANT"]
    meeting = _xml_meeting(desk, root, base)
    for number, event in enumerate(events, start=1):
        if event.get("eventname") in ("ParticipantJoinEvent", "ParticipantLeftEvent"):
            _gather_event(desk, event, _when(event, base), number, meeting)
    for log in desk.logs.values():
        for joined, left in stays(log.events):
            desk.visit(log.email, log.name, joined, left, person=log.person, role=log.role, meeting=log.meeting)


def _xml_meeting(desk: Desk, root: Element, base: datetime | None) -> str:
    about = root.find("metadata")
    given = about.attrib if about is not None else {}
    times = [when for event in root.iter("event") if (when := _when(event, base))]
    key, topic = given.get("meetingId", root.get("meeting_id", "")), given.get("meetingName", "")
    ends = (min(times), max(times)) if times else (None, None)
    return desk.meeting(words.clean(key), words.clean(topic), *ends)


def _base(root: Element) -> datetime | None:
    """The instant at which a recording's own clock read 0: its id ends with the instant of its first event."""
    first = root.find("event")
    began = instant((root.get("meeting_id") or "").rpartition("-")[2])
    ticks = _ticks(first) if first is not None else None
    return began - timedelta(milliseconds=ticks) if began and ticks is not None else None


def _ticks(event: Element) -> int | None:
    stamp = event.get("timestamp", "")
    return int(stamp) if stamp.isascii() and stamp.isdigit() and len(stamp) < 16 else None


def _when(event: Element, base: datetime | None) -> datetime | None:
    if found := instant(event.findtext("timestampUTC")):
        return found
    try:
        return datetime.fromisoformat(event.findtext("date") or "").astimezone(UTC).replace(microsecond=0)
    except ValueError:
        pass
    ticks = _ticks(event)
    return (base + timedelta(milliseconds=ticks)).replace(microsecond=0) if base and ticks is not None else None


def _gather_event(desk: Desk, event: Element, when: datetime | None, number: int, meeting: str) -> None:
    user = words.clean(event.findtext("userId") or "")
    if when is None:
        desk.note("intake-unreadable-time", number)
    if when is None or not user:
        desk.leave_out("nobody" if when else "unreadable-time")
        return
    log = desk.logs.setdefault((meeting, user), Log("", "", "", "participant", meeting))
    if event.get("eventname") == "ParticipantJoinEvent":
        log.name = words.value(event.findtext("name") or "")
        log.person = words.value(event.findtext("externalUserId") or "")
        log.email = words.email(log.person)
        log.role = "host" if event.findtext("role") == "MODERATOR" else "participant"
    log.events.append(Event(when, "joined" if event.get("eventname") == "ParticipantJoinEvent" else "left"))
    desk.kept += 1


READERS = (
    TableReader("bbb-dashboard", "bigbluebutton", "attendance", _claims_dashboard, _walk_dashboard, _take),
    TableReader("bbb-events", "bigbluebutton", "attendance", _claims_events, _walk_events, _take, order=Order.MDY),
    TreeReader("bbb-dashboard-json", "bigbluebutton", "attendance", _claims_json, _gather_json),
    TreeReader("bbb-recording", "bigbluebutton", "attendance", _claims_xml, _gather_xml),
)
