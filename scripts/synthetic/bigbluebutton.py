"""BigBlueButton: the learning dashboard's data, and the CSV that it writes in a French browser."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from .dice import Dice
from .meetings import Attendee, Meeting, Stay
from .people import plain
from .tables import Files

# The two words in English are so in the French dashboard too: its translation lacks them.
_HEADER = (
    "Nom,Modérateur,Activity Score,Temps de conversation,Temps de partage de caméra,Messages,Réactions,"
    "Votes du sondage,Mains levées,Rejoindre,Quitté,Duration,"
    "Votre collectivité mène-t-elle déjà un projet, oui ou non ?"
)


def dashboard_json(meeting: Meeting) -> Files:
    """Each connection with its stays, in milliseconds since 1970; nobody has an address."""
    number = f"{hashlib.sha256(meeting.session.encode()).hexdigest()[:40]}-{_milliseconds(meeting.opened)}"
    users = {key: user for one in meeting.attendees for key, user in [_user(meeting, one)]}
    root = {
        "intId": number,
        "extId": f"{plain(meeting.session)}-{meeting.number}",
        "name": meeting.title,
        "createdOn": _milliseconds(meeting.opened),
        "endedOn": _milliseconds(meeting.closed) + 250,
        "downloadSessionDataEnabled": True,
        "users": users,
        "polls": {},
    }
    text = json.dumps(root, ensure_ascii=False, separators=(",", ":"))
    return {f"learning_dashboard_data_{plain(meeting.session)}.json": text.encode()}


def _user(meeting: Meeting, one: Attendee) -> tuple[str, object]:
    """One person: a connection for each device, with its stays, as since version 2.7."""
    dice = Dice(meeting.session, one.person)
    key = _key(meeting, one)
    devices = sorted({stay.device for stay in one.stays})
    connections = {
        f"{key}{device}": {
            "intId": f"{key}{device}",
            "sessions": [_session(stay, dice) for stay in one.stays if stay.device == device],
        }
        for device in devices
    }
    user = {
        "userKey": key,
        "extId": outside_id(meeting, one),
        "name": one.name,
        "isModerator": one.shown == "host",
        "isDialIn": one.phone,
        "currentIntId": f"{key}{devices[-1]}",
        "intIds": connections,
        "answers": {},
        "talk": {"totalTime": dice.between(0, 90) * 1000, "lastTalkStartedOn": 0},
        "reactions": [],
        "raiseHand": [],
        "webcams": [],
        "totalOfMessages": dice.between(0, 4),
    }
    return key, user


def outside_id(meeting: Meeting, one: Attendee) -> str:
    """What the software around BigBlueButton calls somebody: another name each time that they come."""
    return f"gl-{_key(meeting, one)[2:]}"


def _key(meeting: Meeting, one: Attendee) -> str:
    return f"w_{Dice(meeting.session, one.person, 'key').between(0, 16**8 - 1):08x}"


def _session(stay: Stay, dice: Dice) -> dict[str, int]:
    return {
        "registeredOn": _milliseconds(stay.joined) + dice.between(0, 999),
        "leftOn": _milliseconds(stay.left) + dice.between(0, 999),
    }


def dashboard_csv(meeting: Meeting) -> Files:
    """One row for each person and device: first, last, and the sum; quotes inside are not doubled, nor is the
    poll's comma quoted. The last row is nobody: it holds the anonymous answers, one a line."""
    rows = [_row(meeting, one, device) for one in meeting.attendees for device in sorted({s.device for s in one.stays})]
    anonymous = ["Anonyme", *[""] * 11, "Oui\r\nNon\r\nOui"]
    text = "".join(f'"{cells}"\r\n' for cells in ('","'.join(row) for row in (*rows, anonymous)))
    day = meeting.local(meeting.start)
    name = f"LearningDashboard_{plain(meeting.title)[:60]}_{day:%Y-%m-%d}.csv"
    return {name: f"{_HEADER}\r\n{text}".encode()}


def _row(meeting: Meeting, one: Attendee, device: int) -> list[str]:
    dice = Dice(meeting.session, one.person, device)
    stays = [stay for stay in one.stays if stay.device == device]
    times = (_french(meeting.local(stays[0].joined)), _french(meeting.local(stays[-1].left)))
    talk = _clock(dice.between(1, 90)) if dice.chance(0.2) else "-"
    counts = [str(dice.between(0, 3)) for _ in range(4)]
    score = f"{dice.between(0, 9)},{dice.between(1, 9)}"
    length = _clock(sum(stay.seconds for stay in stays))
    moderator = "TRUE" if one.shown == "host" else "FALSE"
    return [one.name, moderator, score, talk, "-", *counts, *times, length, dice.pick(("Oui", "Non", "-"))]


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp()) * 1000


def _french(local: datetime) -> str:
    return f"{local:%d/%m/%Y %H:%M:%S}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
