"""Zoom: the webinar's attendee report as in 2020 and as since 2021, and the participants of a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from .meetings import Attendee, Meeting, Signup, Stay
from .tables import Files, padded, started_minutes, table

_TOPIC = (
    "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,"
    "Max Concurrent Views"
)
_OTHER = ("User Name", "Join Time", "Leave Time", "Time in Session (minutes)", "Country/Region Name")
_STAY = ("Attended", "User Name", "Email", *_OTHER[1:])
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NOTHING = ("--", "--", "--", "--")

Row = Sequence[object]
Write = Callable[[datetime], str]


def webinar_totals(meeting: Meeting) -> dict[str, int]:
    """The figures that Zoom works out itself; none of them is the number of those who took part."""
    cancelled = sum(one.status == "cancelled" for one in meeting.signups)
    viewers = [one for one in meeting.attendees if one.shown == "participant" or one.promoted]
    stays = [stay for one in meeting.attendees for stay in one.stays]
    return {
        "registered": len(meeting.signups),
        "cancelled": cancelled,
        "unique-viewers": len(viewers),
        "users": len(stays),
        "max-concurrent": 0,
    }


def webinar_2020(meeting: Meeting) -> Files:
    """Five sections without a blank line; three ways to write a time in one file."""
    totals = webinar_totals(meeting)
    values = [
        meeting.title,
        f"{str(meeting.number)[:3]}-{str(meeting.number)[3:6]}-{str(meeting.number)[6:]}",
        _minute(meeting.local(meeting.opened)),
        *(f" {number}" for number in (_length(meeting), totals["registered"], totals["cancelled"])),
        *(totals[name] for name in ("unique-viewers", "users", "max-concurrent")),
    ]
    header = ("Attended", "First Name", "Last Name", "Email", "Registration Time", "Approval Status", *_STAY[3:])
    text = "".join(
        (
            "Attendee Report,\n",
            table([("Report Generated:", _minute(meeting.local(meeting.closed + timedelta(hours=20))))]),
            f"{_TOPIC}\n",
            table([values]),
            "Host Details,\n",
            table([_STAY, *_insiders(meeting, "host", _second)]),
            "Panelist Details,\n",
            table([_STAY, *_insiders(meeting, "panelist", _second)], quoting=1),
            "Attendee Details,\n",
            table([header, *_attendees_2020(meeting)], quoting=1),
            "Other Attended,\n",
            table([_OTHER, *_others(meeting, _minute)], quoting=1),
        )
    )
    return {f"attendee_{meeting.number}_{meeting.local(meeting.start):%Y_%m_%d}.csv": text.encode()}


def webinar_2021(meeting: Meeting) -> Files:
    """The questions of the registration form stand among the columns; hours are of twelve."""
    totals = webinar_totals(meeting)
    number = f"{str(meeting.number)[:3]} {str(meeting.number)[3:7]} {str(meeting.number)[7:]}"
    values = (meeting.title, number, _twelve(meeting.local(meeting.opened)), _length(meeting), *totals.values())
    header = (
        *("Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "City", "Country/Region"),
        *("Phone", "Organization", "Job Title", "Registration Time", "Approval Status", *_STAY[3:6], "Is Guest"),
        *("Quelle est votre question ?", "Country/Region Name"),
    )
    rows = [
        ("Attendee Report",),
        ("Report Generated:", _twelve(meeting.local(meeting.closed + timedelta(hours=20)))),
        _TOPIC.replace("# Registered", "# Registrants").split(","),
        values,
        ("Host Details",),
        _STAY,
        *_insiders(meeting, "host", _twelve),
        ("Panelist Details",),
        _STAY,
        *_insiders(meeting, "panelist", _twelve),
        ("Attendee Details",),
        header,
        *_attendees_2021(meeting),
        ("Other Attended",),
        _OTHER,
        *_others(meeting, _twelve),
    ]
    return {f"attendee_{meeting.number}_{meeting.local(meeting.start):%Y_%m_%d}.csv": table(rows).encode()}


def participants(meeting: Meeting) -> Files:
    """One table without preamble, a row for each stay; who waits before the room opens is listed as waiting."""
    header = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest")
    rows = [(*header, "Recording Consent", "In Waiting Room"), *_participant_rows(meeting, waiting=True)]
    return {f"participants_{meeting.number}.csv": table(rows).encode()}


def participants_restarted(meeting: Meeting) -> Files:
    """Two files for one session, each with the preamble, because the room was closed and opened again."""
    assert meeting.crashed is not None
    assert meeting.again is not None
    parts = (
        (f"participants_{meeting.number}.csv", meeting.opened, meeting.crashed),
        (f"participants_{meeting.number} (1).csv", meeting.again, meeting.closed),
    )
    return {name: _part(meeting, opened, closed) for name, opened, closed in parts}


def _part(meeting: Meeting, opened: datetime, closed: datetime) -> bytes:
    people = [
        replace(one, stays=tuple(stay for stay in one.stays if opened <= stay.joined < closed))
        for one in meeting.attendees
    ]
    there = [one for one in people if one.stays]
    number = f"{str(meeting.number)[:3]} {str(meeting.number)[3:7]} {str(meeting.number)[7:]}"
    minutes = started_minutes(int((closed - opened).total_seconds()))
    about = (_twelve(meeting.local(opened)), _twelve(meeting.local(closed)), meeting.hosts[0].email, minutes)
    rows = [
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants".split(","),
        (number, meeting.title, *about, len(there)),
        (),
        ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"),
        *(row[:6] for row in _participant_rows(replace(meeting, attendees=tuple(there)), waiting=False)),
    ]
    return table(rows).encode()


def participants_excel(meeting: Meeting) -> Files:
    """French, saved again by a spreadsheet: semicolons, padded rows, Windows-1252, times without their seconds."""
    minutes = started_minutes(int((meeting.closed - meeting.opened).total_seconds()))
    number = f"{str(meeting.number)[:3]} {str(meeting.number)[3:7]} {str(meeting.number)[7:]}"
    times = (_french(meeting.local(meeting.opened)), _french(meeting.local(meeting.closed)))
    rows: list[Row] = [
        (
            *("N° de réunion", "Sujet", "Heure de début", "Heure de fin", "Adresse e-mail de l'utilisateur"),
            *("Durée (minutes)", "Participants"),
        ),
        (number, meeting.title, *times, meeting.hosts[0].email, minutes, len(meeting.attendees)),
        (),
        (
            *("Nom (nom original)", "Adresse e-mail de l’utilisateur", "Heure d’arrivée", "Heure de départ"),
            *("Durée (minutes)", "Invité", "Salle d’attente"),
        ),
        *(
            (
                *(one.name, one.email, _french(meeting.local(stay.joined)), _french(meeting.local(stay.left))),
                *(started_minutes(stay.seconds), "Non" if one.email else "Oui", "Non"),
            )
            for stay, one in _by_time(meeting)
        ),
    ]
    text = table(padded(rows), ";", "\r\n")
    return {f"participants_{meeting.number}.csv": text.encode("cp1252", "replace")}


def _participant_rows(meeting: Meeting, *, waiting: bool) -> Iterator[tuple[object, ...]]:
    for stay, one in _by_time(meeting):
        guest = "No" if one.email else "Yes"
        came = stay.joined - timedelta(seconds=45)
        if waiting and stay is one.stays[0] and one.shown != "host":
            yield (one.name, one.email, *_span(meeting, Stay(came, stay.joined)), guest, "", "Yes")
        yield (one.name, one.email, *_span(meeting, stay), guest, "", "No")


def _by_time(meeting: Meeting) -> list[tuple[Stay, Attendee]]:
    """Every stay with whose it is, in the order of joining."""
    stays = [(one, stay) for one in meeting.attendees for stay in one.stays]
    stays.sort(key=lambda pair: (pair[1].joined, pair[0].person, pair[1].device))
    return [(stay, one) for one, stay in stays]


def _span(meeting: Meeting, stay: Stay) -> tuple[str, str, int]:
    times = (_twelve(meeting.local(stay.joined)), _twelve(meeting.local(stay.left)))
    return (*times, started_minutes(stay.seconds))


def _insiders(meeting: Meeting, role: str, write: Write) -> Iterator[Row]:
    """Hosts or panelists. Who was made a panelist is one from then on."""
    for one in meeting.attendees:
        stays = [stay for stay in one.stays if one.promoted is None or stay.joined >= one.promoted]
        if one.shown == role:
            yield from (("Yes", one.name, one.email, *_times(meeting, stay, write), "France") for stay in stays)


def _times(meeting: Meeting, stay: Stay, write: Write) -> tuple[str, str, int]:
    return write(meeting.local(stay.joined)), write(meeting.local(stay.left)), started_minutes(stay.seconds)


def _others(meeting: Meeting, write: Write) -> Iterator[Row]:
    """Telephones and those who came without registering, who have no address."""
    for one in meeting.attendees:
        if one.shown == "participant" and not one.email:
            yield from ((one.name, *_times(meeting, stay, write), "France") for stay in one.stays)


def _signed(meeting: Meeting) -> Iterator[tuple[Signup, Attendee | None, list[Stay]]]:
    """Each registration with who came of it, and the stays as a member of the public."""
    came = {one.person: one for one in meeting.attendees if one.email}
    for signup in sorted(meeting.signups, key=lambda one: (one.person.last, one.person.id)):
        one = came.get(signup.person.id)
        stays = [stay for stay in one.stays if one.promoted is None or stay.joined < one.promoted] if one else []
        yield signup, one, stays


def _attendees_2020(meeting: Meeting) -> Iterator[Row]:
    """Only the first row of somebody who came back tells of the registration."""
    for signup, one, stays in _signed(meeting):
        person = ("Yes" if one else "No", signup.person.first, signup.person.last, signup.email)
        approval = (_second(meeting.local(signup.when)), "upgraded to panelist" if one and one.promoted else "approved")
        if not stays:
            yield (*person, *approval, *_NOTHING)
        for number, stay in enumerate(stays):
            yield (*person, *(approval if number == 0 else ("", "")), *_times(meeting, stay, _second), "France")


def _attendees_2021(meeting: Meeting) -> Iterator[Row]:
    for signup, one, stays in _signed(meeting):
        who = signup.person
        named = (who.name, who.first, who.last, signup.email, "", "", "", who.organisation, "")
        status = "upgraded to panelist" if one and one.promoted else "approved"
        status = "cancelled by self" if signup.status == "cancelled" else status
        approval = (_twelve(meeting.local(signup.when)), status)
        if not stays:
            yield ("No", *named, *approval, "--", "--", "--", "--", "", "--")
        for number, stay in enumerate(stays):
            told = approval if number == 0 else ("", "")
            yield ("Yes", *named, *told, *_times(meeting, stay, _twelve), "Yes", "", "France")


def _length(meeting: Meeting) -> int:
    return started_minutes(int((meeting.closed - meeting.opened).total_seconds()))


def _minute(local: datetime) -> str:
    """ "Mar 28, 2020 2:20 PM"."""
    return f"{_second(local)[:-8]}{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"


def _second(local: datetime) -> str:
    """ "Mar 28, 2020 14:20:05"."""
    return f"{_MONTHS[local.month - 1]} {local:%d, %Y %H:%M:%S}"


def _twelve(local: datetime) -> str:
    """ "03/28/2020 02:20:05 PM"."""
    return f"{local:%m/%d/%Y} {local:%I:%M:%S} {'AM' if local.hour < 12 else 'PM'}"


def _french(local: datetime) -> str:
    """ "28/03/2020 14:20", as a spreadsheet shows it."""
    return f"{local:%d/%m/%Y %H:%M}"
