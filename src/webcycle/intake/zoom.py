"""Zoom: meeting participants, active hosts, the flat report, the webinar's attendee and registration reports.

Headers as in real files and in other projects' parsers; the French words of the webinar reports are unproven.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from webcycle.intake import words
from webcycle.intake.contents import Line, Table
from webcycle.intake.desk import Desk, Layout, Row, SkipRowError, ended
from webcycle.intake.durations import minutes
from webcycle.intake.reading import Claim
from webcycle.intake.tables import Aliases, TableReader, blank, columns
from webcycle.records import Registration, Role, Status

_FULL_NAME = ("name (original name)", "nom (nom original)", "nom (nom d'origine)")
_WEBINAR_NAME = ("user name (original name)", "user name", "nom d'utilisateur (nom original)", "nom d'utilisateur")
_EMAIL = (
    "user email",
    "email",
    "adresse e-mail de l'utilisateur",
    "e-mail de l'utilisateur",
    "adresse e-mail",
    "e-mail",
)
_JOIN = ("join time", "heure d'arrivée", "heure de connexion", "heure d'entrée")
_LEAVE = ("leave time", "heure de départ", "heure de déconnexion", "heure de sortie")
_LENGTH = (
    "duration (minutes)",
    "total duration (minutes)",
    "durée (minutes)",
    "durée totale (minutes)",
    "time in session (minutes)",
    "durée de la session (minutes)",
    "temps passé en session (minutes)",
)
_WAITING = ("in waiting room", "salle d'attente", "dans la salle d'attente")
_TOPIC = ("topic", "sujet")
_MEETING_ID = ("meeting id", "id", "n° de réunion", "id de réunion", "webinar id", "n° de webinaire", "id de webinaire")
_START = ("start time", "heure de début", "actual start time", "heure de début réelle")
_END = ("end time", "heure de fin")

_STAY: Aliases = {
    "name": (*_FULL_NAME, "name", "participant"),
    "email": _EMAIL,
    "joined": _JOIN,
    "left": _LEAVE,
    "minutes": _LENGTH,
    "waiting": _WAITING,
}
_MEETING: Aliases = {
    "topic": _TOPIC,
    "id": _MEETING_ID,
    "start": _START,
    "end": _END,
    "minutes": ("duration (minutes)", "durée (minutes)", "actual duration (minutes)", "durée réelle (minutes)"),
    "total participants": ("participants",),
    "total registered": ("# registered", "# registrants", "# inscrits", "nombre d'inscrits"),
    "total cancelled": ("# cancelled", "# annulés", "nombre d'annulations"),
    "total unique-viewers": ("unique viewers", "spectateurs uniques"),
    "total users": ("total users", "nombre total d'utilisateurs"),
    "total max-concurrent": ("max concurrent views", "nombre maximal de vues simultanées"),
}
# Before the columns of the participants, these are the host's.
_HOST: Aliases = {
    "host email": ("host email", "adresse e-mail de l'hôte", "user email", "adresse e-mail de l'utilisateur"),
    "host name": ("host name", "nom de l'hôte", "user name", "nom d'utilisateur"),
}
_ATTENDEE: Aliases = {
    "attended": ("attended", "participation", "a participé", "présent"),
    "name": _WEBINAR_NAME,
    "first": ("first name", "prénom"),
    "last": ("last name", "nom de famille", "nom"),
    "email": _EMAIL,
    "organisation": ("organization", "organisation"),
    "territory": ("country/region", "pays/région"),
    "registered": ("registration time", "heure d'inscription"),
    "approval": ("approval status", "statut d'approbation", "état d'approbation"),
    "joined": _JOIN,
    "left": _LEAVE,
    "minutes": _LENGTH,
}
_SECTIONS: Mapping[str, str] = {
    "host details": "host",
    "panelist details": "panelist",
    "attendee details": "attendee",
    "other attended": "other",
    "registrant details": "registrant",
    "détails de l'hôte": "host",
    "détails du panéliste": "panelist",
    "détails des panélistes": "panelist",
    "détails du participant": "attendee",
    "détails des participants": "attendee",
    "autres participants": "other",
    "détails de l'inscrit": "registrant",
    "détails des inscrits": "registrant",
}
_STATUS: Mapping[str, Status] = {
    "approved": "confirmed",
    "approuvé": "confirmed",
    "upgraded to panelist": "confirmed",
    "pending": "pending",
    "pending approval": "pending",
    "en attente": "pending",
    "denied": "refused",
    "denied by host": "refused",
    "refusé": "refused",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "cancelled by host": "cancelled",
    "cancelled by self": "cancelled",
    "annulé": "cancelled",
}
_ROLES: Mapping[str, Role] = {"host": "host", "panelist": "panelist"}
_YES = ("yes", "oui")
_NO = ("no", "non")
_HOST_SUFFIXES = ("(host)", "(hôte)", "(co-host)", "(co-hôte)")


def _is_stay(names: tuple[str, ...]) -> bool:
    return any(name in _FULL_NAME for name in names) and not _is_flat(names)


def _is_flat(names: tuple[str, ...]) -> bool:
    """One table with the meeting's columns on each row: active hosts, and the report of 2024."""
    timed = any(name in names for name in _JOIN) and any(name in names for name in _LEAVE)
    return timed and any(name in names for name in _TOPIC) and any(name in names for name in _MEETING_ID)


def _is_about_meeting(names: tuple[str, ...]) -> bool:
    return bool(names) and any(name in names for name in _TOPIC) and any(name in names for name in _MEETING_ID)


def _claims_meeting(table: Table) -> Claim | None:
    if _claims_flat(table) or _claims_webinar(table):
        return None
    for line in table.head:
        if _is_stay(words.norms(tuple(line.cells))):
            return Claim(tuple(words.clean(cell) for cell in line.cells if cell.strip()))
    return None


def _claims_flat(table: Table) -> Claim | None:
    for line in table.head:
        names = words.norms(tuple(line.cells))
        if _is_flat(names) and any(name in names for name in ("user name", "host name", "host email", "creation time")):
            return Claim(tuple(words.clean(cell) for cell in line.cells if cell.strip()))
    return None


def _claims_webinar(table: Table) -> Claim | None:
    """A line that names the attendees' or registrants' section, and a line with the webinar's topic and number."""
    about = marker = ""
    for line in table.head:
        names = words.norms(tuple(line.cells))
        if len(names) == 1 and _SECTIONS.get(names[0]):
            marker = marker or words.clean(line.cells[0])
        elif names[:1] and names[0] in _TOPIC and _is_about_meeting(names):
            about = words.clean(line.cells[1])
    proven = marker.casefold() in ("host details", "panelist details", "attendee details", "registrant details")
    return Claim((about, marker), unproven=not proven) if about and marker else None


def _walk_meeting(table: Table) -> Iterator[Row]:
    """The preamble's values, then the stays below their header."""
    layout: Layout | None = None
    for line in table.lines():
        names = words.norms(tuple(line.cells)) if layout is None or layout.kind == "meeting" else ()
        if _is_stay(names):
            layout = columns("stay", line.cells, _STAY)
        elif layout is None and _is_about_meeting(names):
            layout = _with_host(columns("meeting", line.cells, _MEETING), line.cells)
        elif not blank(line.cells):
            yield Row(line.number, layout or _OUTSIDE, line.cells)


_OUTSIDE = Layout("skip:outside", {})
_WHO = frozenset({"name", "first", "last", "email"})


def _walk_flat(table: Table) -> Iterator[Row]:
    """Rows that hold the meeting and one stay. The header names `User Email` twice: first the host's, then theirs."""
    layout = _OUTSIDE
    for line in table.lines():
        if layout is _OUTSIDE or line.cells[:1] == [""] or words.norm(line.cells[0] if line.cells else "") in _TOPIC:
            names = words.norms(tuple(line.cells))
            if _is_flat(names):
                layout = _flat_layout(line.cells, names)
                continue
        if not blank(line.cells):
            yield Row(line.number, layout, line.cells)


def _flat_layout(header: list[str], names: tuple[str, ...]) -> Layout:
    start = next((index for index, name in enumerate(names) if name in _FULL_NAME), 0)
    stay = columns("stay", header, _STAY, start)
    about = columns("stay", header, {name: _MEETING[name] for name in ("topic", "id", "start", "end")})
    at = {**stay.at, **about.at}
    used = {index for places in at.values() for index in places}
    dropped = tuple(words.clean(h) for i, h in enumerate(header) if h.strip() and i not in used)
    named = next((index for index, name in enumerate(names) if name in _STAY["name"]), 0)
    return _with_host(Layout("stay", at, dropped), header[:named])


def _with_host(layout: Layout, header: list[str]) -> Layout:
    """The same with the host's columns among these: they are looked at, and nothing of them is kept."""
    return replace(layout, at={**columns("", header, _HOST).at, **layout.at})


def _walk_webinar(table: Table) -> Iterator[Row]:
    """Sections: a line of one cell names one, the next line is its header. Blank lines mean nothing."""
    layout, section = _OUTSIDE, ""
    started = False
    for line in table.lines():
        if blank(line.cells):
            continue
        found = _marker(line)
        if found is not None:
            section, started = found, True
        elif section:
            layout, section = _section_layout(section, line), ""
            if not layout.at:
                yield Row(line.number, layout, line.cells)
        elif not started and _is_about_meeting(words.norms(tuple(line.cells))):
            layout = columns("meeting", line.cells, _MEETING)
        elif started or layout.kind == "meeting":
            yield Row(line.number, layout, line.cells)


def _marker(line: Line) -> str | None:
    """The section that a line begins; "unknown" for one that we do not know, None for a line that begins none."""
    if not line.cells or any(cell.strip() for cell in line.cells[1:]):
        return None
    name = words.norm(line.cells[0])
    known = _SECTIONS.get(name)
    return known or ("unknown" if name.endswith((" details", " attended")) or name.startswith("détails d") else None)


def _section_layout(section: str, line: Line) -> Layout:
    """The columns of a section; without any when its first row is no header, so that nobody can be told from it."""
    found = columns("skip:other-section" if section == "unknown" else section, line.cells, _ATTENDEE)
    return found if found.at.keys() & _WHO else Layout("skip:no-header", {})


def _about(desk: Desk, row: Row) -> str:
    """The meeting that a row tells of; gives its key."""
    start, end = desk.moment(row, "start"), desk.moment(row, "end")
    key = "".join(row.text("id").replace("-", "").split())
    return desk.meeting(key, row.text("topic"), start, end or ended(start, minutes(row.raw("minutes"))))


def _take_meeting(desk: Desk, row: Row) -> None:
    if row.kind == "meeting":
        meeting = _about(desk, row)
        desk.hosts[meeting] = _host(row)
        for name in row.layout.at:
            if name.startswith("total "):
                desk.total(name.removeprefix("total "), row.raw(name), meeting)
    else:
        _take_stay(desk, row, next(iter(desk.meetings), ""))


def _take_flat(desk: Desk, row: Row) -> None:
    start, end = desk.moment(row, "start"), desk.moment(row, "end")
    key = "".join(row.text("id").replace("-", "").split())
    meeting = desk.meeting(key, row.text("topic"), start, end)
    desk.hosts[meeting] = _host(row)
    _take_stay(desk, row, meeting)


def _host(row: Row) -> tuple[str, str]:
    return row.email("host email").casefold(), words.norm(row.text("host name"))


def _take_stay(desk: Desk, row: Row, meeting: str) -> None:
    if row.word("waiting") in _YES:
        raise SkipRowError("waiting-room")
    name, email = row.text("name"), desk.address(row)
    hosts = name.casefold().endswith(_HOST_SUFFIXES) or _is_host(desk, name, email, meeting)
    _stay(desk, row, name, email, role="host" if hosts else "participant", meeting=meeting)


def _is_host(desk: Desk, name: str, email: str, meeting: str) -> bool:
    """Whether somebody is whom the file names as the host: by the address, without one by the name."""
    address, called = desk.hosts.get(meeting, ("", ""))
    return email.casefold() == address if email else bool(name) and words.norm(name) == called


def _stay(desk: Desk, row: Row, name: str, email: str, *, role: Role, meeting: str) -> None:
    if not (name or email):
        raise SkipRowError("nobody")
    joined, left = desk.interval(row)
    seconds = None if joined and left else minutes(row.raw("minutes"))
    desk.visit(email, name, joined, left, role=role, seconds=seconds, meeting=meeting)


def _take_webinar(desk: Desk, row: Row) -> None:
    if row.kind == "meeting":
        _take_meeting(desk, row)
        return
    meeting = next(iter(desk.meetings), "")
    name = row.text("name") or " ".join(filter(None, (row.text("first"), row.text("last"))))
    registers = row.kind == "registrant" or (row.kind == "attendee" and _registers(row))
    email = desk.address(row)
    made = _registration(desk, row, name, email, meeting) if registers else None
    if row.kind != "registrant" and row.word("attended") not in _NO:
        promoted: Role = "panelist" if made and made.role == "panelist" else "participant"
        _stay(desk, row, name, email, role=_ROLES.get(row.kind, promoted), meeting=meeting)
    elif made is None or not (name or email):
        raise SkipRowError("absent")
    if made:
        desk.register(made)


def _registers(row: Row) -> bool:
    """Whether an attendee's row tells of a registration: the later rows of one who came back do not."""
    return "registered" in row.layout.at and bool(row.raw("registered") or row.word("attended") in _NO)


def _registration(desk: Desk, row: Row, name: str, email: str, meeting: str) -> Registration:
    first, last = row.text("first"), row.text("last")
    approval = row.word("approval")
    if approval and approval not in _STATUS:
        desk.note("intake-unknown-status", row.number)
    return Registration(
        session=desk.options.session,
        source=desk.source,
        meeting=meeting,
        email=email,
        name=name,
        first=first,
        last=last,
        organisation=desk.shared(row.text("organisation")),
        territory=desk.shared(row.text("territory")),
        role="panelist" if "panelist" in approval else "participant",
        registered=desk.moment(row, "registered"),
        status=_STATUS.get(approval, "confirmed"),
    )


READERS = (
    TableReader("zoom-meeting", "zoom", "attendance", _claims_meeting, _walk_meeting, _take_meeting),
    TableReader("zoom-report", "zoom", "attendance", _claims_flat, _walk_flat, _take_flat, one_day=False),
    TableReader("zoom-webinar", "zoom", "both", _claims_webinar, _walk_webinar, _take_webinar),
)
