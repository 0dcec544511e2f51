"""Microsoft Teams: attendance list, attendance reports of 2021 (v1) and since 2022 (v2), live event log.

The report since 2022 is known by its structure, numbered sections and a column of UPNs, so in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from webcycle.intake import words
from webcycle.intake.contents import Line, Table
from webcycle.intake.desk import Desk, Layout, Row, SkipRowError
from webcycle.intake.durations import seconds
from webcycle.intake.moments import Order, UnreadableError, take_apart
from webcycle.intake.pairing import Action, Event, Log, stays
from webcycle.intake.reading import Claim
from webcycle.intake.tables import Aliases, TableReader, blank, columns
from webcycle.records import Role

_LIST: Aliases = {
    "name": ("full name", "nom complet", "nome completo", "imię i nazwisko", "vollständiger name", "nombre completo"),
    "action": (
        "user action",
        "action de l'utilisateur",
        "atividade",
        "ação do usuário",
        "akcja użytkownika",
        "benutzeraktion",
        "acción del usuario",
    ),
    "moment": (
        "timestamp",
        "date et heure",
        "horodatage",
        "data e hora",
        "carimbo de data/hora",
        "znacznik czasu",
        "zeitstempel",
        "marca de tiempo",
    ),
}
_JOINED = ("joined", "rejoint", "a rejoint", "entrou", "ingressou", "beigetreten", "se unió", "dołączył", "dołączono")
_LEFT = ("left", "a quitté l'appel", "a quitté", "saiu", "verlassen", "salió", "opuścił", "opuszczono")
_BEFORE = ("joined before", "a rejoint avant", "rejoint avant", "entrou antes de", "ingressou antes de")
_V1: Aliases = {
    "name": _LIST["name"],
    "joined": ("join time", "heure d'arrivée", "heure de participation", "godzina dołączenia", "hora de entrada"),
    "left": ("leave time", "heure de départ", "heure de sortie", "godzina opuszczenia", "hora de saída"),
    "seconds": ("duration", "in-meeting duration", "durée", "czas trwania", "duração"),
    "email": ("email", "e-mail", "adresse de courrier", "adres e-mail"),
    "role": ("role", "rôle", "rola", "função"),
    "person": ("participant id (upn)", "id du participant (upn)", "id de participant (upn)"),
}
_LIVE: Aliases = {
    "meeting": ("sessionid", "session id"),
    "person": ("participantid", "participant id"),
    "name": ("fullname", "full name"),
    "moment": ("utceventtimestamp", "utc event timestamp"),
    "action": ("action",),
    "role": ("role",),
}
# "Presenter" is what Teams calls everybody unless the organiser changes it: it makes nobody a speaker.
_HOSTS = ("organizer", "organiser", "organisateur", "organizator", "organizador", "organisator")
_V2_ACTIVITY = ("name", "joined", "left", "seconds", "email", "role")
_V2_PEOPLE = ("name", "joined", "left", "seconds", "email", "person", "role")
_NUMBERED = re.compile(r"\s*([1-9])\.\s*\S.*")
_OUTSIDE = Layout("skip:outside", {})


def _evidence(line: Line) -> tuple[str, ...]:
    return tuple(words.clean(cell) for cell in line.cells if cell.strip())


def _numbered(line: Line) -> str:
    """The number of the section that a line begins, "" when it begins none."""
    match = _NUMBERED.fullmatch(line.cells[0].lstrip("\ufeff")) if line.cells else None
    return match[1] if match and blank(line.cells[1:]) else ""


def _is_list(names: tuple[str, ...]) -> bool:
    return all(any(option in names for option in options) for options in _LIST.values()) and len(names) == 3


def _is_v1(names: tuple[str, ...]) -> bool:
    needed = ("name", "joined", "left", "seconds", "role")
    return all(any(option in names for option in _V1[field]) for field in needed)


def _claims_list(table: Table) -> Claim | None:
    return next((Claim(_evidence(line)) for line in table.head if _is_list(words.norms(tuple(line.cells)))), None)


def _claims_v1(table: Table) -> Claim | None:
    if any(_numbered(line) for line in table.head):
        return None
    return next((Claim(_evidence(line)) for line in table.head if _is_v1(words.norms(tuple(line.cells)))), None)


def _claims_v2(table: Table) -> Claim | None:
    """Lines "1. …" and "2. …", and below the second a header with a column of UPNs."""
    titles: dict[str, str] = {}
    for line in table.head:
        if number := _numbered(line):
            titles[number] = words.clean(line.cells[0])
        elif "2" in titles and not blank(line.cells):
            upn = next((cell for cell in line.cells if "UPN" in cell), "")
            return Claim((*titles.values(), words.clean(upn))) if upn and "1" in titles else None
    return None


def _claims_live(table: Table) -> Claim | None:
    for line in table.head:
        names = words.norms(tuple(line.cells))
        if all(any(option in names for option in options) for options in _LIVE.values()):
            return Claim(_evidence(line))
    return None


def _walk_log(table: Table, aliases: Aliases) -> Iterator[Row]:
    """Rows below their header, which may come again when one file holds two meetings."""
    layout = _OUTSIDE
    wanted = {option for options in aliases.values() for option in options}
    for line in table.lines():
        if len(set(words.norms(tuple(line.cells[:8]))) & wanted) >= len(aliases) - 1:
            layout = columns("event", line.cells, aliases)
        elif not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _walk_list(table: Table) -> Iterator[Row]:
    return _walk_log(table, _LIST)


def _walk_live(table: Table) -> Iterator[Row]:
    return _walk_log(table, _LIVE)


def _walk_v1(table: Table) -> Iterator[Row]:
    """A preamble of names and values, then the stays."""
    pairs: list[Line] = []
    layout: Layout | None = None
    for line in table.lines():
        if layout is None and _is_v1(words.norms(tuple(line.cells))):
            layout = columns("stay", line.cells, _V1)
            yield from _summary(pairs)
        elif layout is None:
            pairs.append(line)
        elif not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _summary(pairs: list[Line]) -> Iterator[Row]:
    """What a preamble tells of the meeting, by the shape of its values: words first, then two dates, one number."""
    values = [line.cells[1].strip() for line in pairs if len(line.cells) > 1 and line.cells[1].strip()]
    dates = [cell for cell in values if _is_date(cell)]
    total = next((cell for cell in values if cell.isdigit()), "")
    title = next((cell for cell in values if not cell.isdigit() and not _is_date(cell) and seconds(cell) is None), "")
    layout = Layout("meeting", {"topic": (0,), "start": (1,), "end": (2,), "total": (3,)})
    if pairs and dates:
        yield Row(pairs[0].number, layout, [title, dates[0], dates[1] if len(dates) > 1 else "", total])


def _is_date(cell: str) -> bool:
    try:
        return take_apart(cell).day is not None
    except UnreadableError:
        return False


def _walk_v2(table: Table) -> Iterator[Row]:
    """Section 1 is about the meeting, 2 sums up each person, 3 has one row for each stay; others are left out."""
    section, layout, people = "", _OUTSIDE, frozenset[str]()
    detailed = {_person(line.cells) for line in _section(table, "3")}
    pairs: list[Line] = []
    for line in table.lines():
        if number := _numbered(line):
            section, layout = number, _OUTSIDE
            yield from _summary(pairs)
            pairs = []
        elif section == "1":
            pairs.append(line)
        elif section and layout is _OUTSIDE and not blank(line.cells):
            headed = _is_v2_header(section, line.cells, people)
            layout = _v2_layout(section, line.cells if headed else [])
            people |= frozenset(words.norms(tuple(line.cells))) if section == "2" else frozenset()
            if not headed:
                yield Row(line.number, layout, line.cells)
        elif not blank(line.cells):
            summed = section == "2" and _person(line.cells) in detailed
            yield Row(line.number, replace(layout, kind="person") if summed else layout, line.cells)


def _is_v2_header(section: str, cells: list[str], people: frozenset[str]) -> bool:
    """Whether the first row of a section is its header, in any language: stays would tell of a date in its place, and
    other sections share a column, such as the name, with the one that sums up `people`."""
    if section == "2":
        return True
    return not _is_stay(cells) if section == "3" else not people.isdisjoint(words.norms(tuple(cells)))


def _is_stay(cells: list[str]) -> bool:
    return len(cells) > 1 and _is_date(cells[1])


def _person(cells: list[str]) -> tuple[str, str]:
    """Name and e-mail address, which stand in the same places of both sections."""
    return words.clean(cells[0]), words.email(cells[4]) if len(cells) > 4 else ""


def _section(table: Table, wanted: str) -> Iterator[Line]:
    """The rows of a section below its header, if it has one."""
    section, first = "", True
    for line in table.lines():
        if number := _numbered(line):
            section = number
        elif section == wanted and not blank(line.cells):
            if not first or _is_stay(line.cells):
                yield line
            first = False


def _v2_layout(section: str, header: list[str]) -> Layout:
    names, kind = {"2": (_V2_PEOPLE, "summary"), "3": (_V2_ACTIVITY, "stay")}.get(section, ((), "skip:other-section"))
    at = {name: (index,) for index, name in enumerate(names)}
    return Layout(kind, at, tuple(words.clean(cell) for cell in header[len(names) :] if cell.strip()))


def _role(row: Row) -> Role:
    return "host" if row.word("role") in _HOSTS else "participant"


def _take_report(desk: Desk, row: Row) -> None:
    if row.kind == "meeting":
        key = desk.meeting("", row.text("topic"), desk.moment(row, "start"), desk.moment(row, "end"))
        desk.total("participants", row.raw("total"), key)
        return
    name, email = row.text("name"), desk.address(row)
    if row.kind == "person":
        desk.ids.setdefault((name, email), set()).add(row.text("person"))
        raise SkipRowError("summed-up")
    if not (name or email):
        raise SkipRowError("nobody")
    joined, left = desk.interval(row)
    known = seconds(row.raw("seconds")) if row.kind == "summary" or not (joined and left) else None
    ids = desk.ids.get((name, email), {row.text("person")})
    desk.visit(
        email,
        name,
        joined,
        left,
        seconds=known,
        role=_role(row),
        person=next(iter(ids)) if len(ids) == 1 else "",
        meeting=next(iter(desk.meetings), ""),
    )


def _action(row: Row) -> Action:
    word = row.word("action")
    kinds: tuple[tuple[Action, tuple[str, ...]], ...] = (("joined", _JOINED), ("left", _LEFT), ("before", _BEFORE))
    found = next((kind for kind, options in kinds if word in options), None)
    if found is None:
        raise SkipRowError("unknown-action")
    return found


def _take_event(desk: Desk, row: Row) -> None:
    """Keep a coming or going until all rows are known."""
    when, action = desk.moment(row, "moment"), _action(row)
    person, name = row.text("person"), row.text("name")
    if when is None or not (person or name):
        raise SkipRowError("nobody" if when else "unreadable-time")
    meeting = row.text("meeting")
    log = desk.logs.setdefault(
        (meeting, person or name), Log(name, words.email(person), person, _event_role(row), meeting)
    )
    log.events.append(Event(when, action))


def _event_role(row: Row) -> Role:
    """In a live event, unlike in a meeting, presenters and producers are few and chosen."""
    word = row.word("role")
    if word in ("producer", "producteur", *_HOSTS):
        return "host"
    return "panelist" if word in ("presenter", "présentateur") else "participant"


def _finish_log(desk: Desk) -> None:
    for log in desk.logs.values():
        for joined, left in stays(log.events):
            desk.visit(log.email, log.name, joined, left, person=log.person, role=log.role, meeting=log.meeting)


READERS = (
    TableReader("teams-list", "teams", "attendance", _claims_list, _walk_list, _take_event, _finish_log),
    TableReader("teams-report-2021", "teams", "attendance", _claims_v1, _walk_v1, _take_report),
    TableReader("teams-report", "teams", "attendance", _claims_v2, _walk_v2, _take_report),
    TableReader(
        "teams-live-event",
        "teams",
        "attendance",
        _claims_live,
        _walk_live,
        _take_event,
        _finish_log,
        order=Order.MDY,
        zone="utc",
    ),
)
