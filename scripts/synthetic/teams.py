"""Microsoft Teams: the attendance report since 2022, and the French one of 2021."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from .meetings import Attendee, Meeting, Stay
from .people import plain
from .tables import BOM, NBSP, Files, table

_ROLES = {"host": "Organizer", "staff": "Presenter", "panelist": "Presenter"}


def report(meeting: Meeting) -> Files:
    """Three sections in English, UTF-16: the meeting, each person summed up, each stay."""
    first, last = meeting.local(meeting.opened), meeting.local(meeting.closed)
    totals = [sum(stay.seconds for stay in one.stays) for one in meeting.attendees]
    rows = [
        ("1. Summary",),
        ("Meeting title", meeting.title),
        ("Attended participants", str(len(meeting.attendees))),
        ("Start time", _british(first)),
        ("End time", _british(last)),
        ("Meeting duration", _length(int((last - first).total_seconds()))),
        ("Average attendance time", _length(sum(totals) // len(totals))),
        (),
        ("2. Participants",),
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"),
        *(_person(meeting, one) for one in sorted(meeting.attendees, key=lambda one: one.stays[0].joined)),
        (),
        ("3. In-Meeting Activities",),
        ("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
        *(
            (one.name, *_times(meeting, stay), _length(stay.seconds), one.email, _role(one))
            for one, stay in _by_person(meeting)
        ),
    ]
    name = f"{plain(meeting.title)[:60]} - Attendance report {first.month}-{first.day}-{first:%y}.csv"
    return {name: _encoded(rows)}


def _person(meeting: Meeting, one: Attendee) -> tuple[str, ...]:
    joined, left = min(stay.joined for stay in one.stays), max(stay.left for stay in one.stays)
    times = (_british(meeting.local(joined)), _british(meeting.local(left)))
    return (one.name, *times, _length(sum(stay.seconds for stay in one.stays)), one.email, one.email, _role(one))


def _role(one: Attendee) -> str:
    return _ROLES.get(one.role, "Attendee")


def _times(meeting: Meeting, stay: Stay) -> tuple[str, str]:
    return _british(meeting.local(stay.joined)), _british(meeting.local(stay.left))


def report_2021_french(meeting: Meeting) -> Files:
    """A preamble and a row for each stay, with no-break spaces in the lengths; everybody else is a presenter."""
    rows = [
        ("Résumé de la réunion",),
        ("Nombre total de participants", str(len(meeting.attendees))),
        ("Titre de la réunion", meeting.title),
        ("Heure de début de la réunion", _french(meeting.local(meeting.opened))),
        ("Heure de fin", _french(meeting.local(meeting.closed))),
        (),
        ("Nom complet", "Heure d'arrivée", "Heure de départ", "Durée", "E-mail", "Rôle"),
        *(
            (
                *(one.name, _french(meeting.local(stay.joined)), _french(meeting.local(stay.left))),
                *(_french_length(stay.seconds), one.email, "Organisateur" if one.role == "host" else "Présentateur"),
            )
            for one, stay in _by_person(meeting)
        ),
    ]
    return {f"meetingAttendanceReport({plain(meeting.title)[:40]}).csv": _encoded(rows)}


def _by_person(meeting: Meeting) -> Iterator[tuple[Attendee, Stay]]:
    return ((one, stay) for one in meeting.attendees for stay in one.stays)


def _encoded(rows: list[tuple[str, ...]]) -> bytes:
    return (BOM + table(rows, "\t", "\r\n")).encode("utf-16-le")


def _british(local: datetime) -> str:
    return f"{local:%d/%m/%y, %H:%M:%S}"


def _french(local: datetime) -> str:
    return f"{local:%d/%m/%Y} à {local:%H:%M:%S}"


def _length(seconds: int) -> str:
    """ "1h 13m 42s"; what is zero is left out."""
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return " ".join(f"{number}{unit}" for number, unit in parts if number) or "0s"


def _french_length(seconds: int) -> str:
    """ "2 h 44 m" with no-break spaces and without seconds; those stand alone in a stay of less than a minute."""
    if seconds < 60:
        return f"{seconds}{NBSP}s"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}{NBSP}h {minutes}{NBSP}m" if hours else f"{minutes}{NBSP}m"
