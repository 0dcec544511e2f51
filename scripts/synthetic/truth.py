"""What is true of the invented cycle, as JSON: what an import of its exports must give back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from webcycle.programme import Programme

from .bigbluebutton import outside_id
from .meetings import Attendee, Meeting, Stay
from .people import Cast
from .youtube import Video
from .zoom import webinar_totals

NOTICE = "Synthetic: every person, organisation and figure in it is invented; nothing was observed at a real webinar."

READER_OF = {
    "zoom-webinar-2020": "zoom-webinar",
    "zoom-webinar-2021": "zoom-webinar",
    "zoom-meeting": "zoom-meeting",
    "zoom-meeting-excel": "zoom-meeting",
    "zoom-meeting-restarted": "zoom-meeting",
    "teams": "teams-report",
    "teams-2021-french": "teams-report-2021",
    "bbb-json": "bbb-dashboard-json",
    "bbb-csv": "bbb-dashboard",
}
"""The reader that each platform's attendance belongs to, by the venue."""


def resolution(meeting: Meeting, one: Attendee) -> str:
    """How much the export keeps of the truth: "second", "minute" (cut off), or "sum": first, last, and how long in all
    for each device."""
    if meeting.venue.platform == "bbb-csv":
        return "sum"
    unlisted = meeting.venue.platform == "zoom-webinar-2020" and not one.email
    return "minute" if unlisted or meeting.venue.platform == "zoom-meeting-excel" else "second"


def truth(
    programme: Programme, seed: int, everybody: Cast, meetings: Sequence[Meeting], videos: Sequence[Video]
) -> dict[str, Any]:
    """All of it. Times are in UTC, lengths in seconds; an attendee's `counted` follows the programme's own rule."""
    sessions = [_session(programme, meeting) for meeting in meetings]
    return {
        "notice": NOTICE,
        "programme": programme.cycle.id,
        "seed": seed,
        "people": len(everybody.public),
        "timezone": programme.cycle.timezone,
        "totals": _totals(sessions, videos),
        "addresses": [
            [one.id, one.name, one.organisation, one.email, *filter(None, [one.other])]
            for one in (*everybody.public, *everybody.team, *everybody.speakers)
        ],
        "sessions": sessions,
        "videos": [{"video": one.id, "session": one.session, "title": one.title, "views": one.views} for one in videos],
    }


def _session(programme: Programme, meeting: Meeting) -> dict[str, Any]:
    attended = [_attendee(programme, meeting, one) for one in meeting.attendees]
    confirmed = {one.person.id for one in meeting.signups if one.status == "confirmed"}
    public = {one["person"] for one in attended if one["role"] == "participant"}
    return {
        "id": meeting.session,
        "day": meeting.local(meeting.start).date().isoformat(),
        "venue": meeting.venue.platform,
        "form": meeting.venue.form,
        "held": [_utc(meeting.start), _utc(meeting.end)],
        "registered": sorted(confirmed),
        "absent": sorted(confirmed - {one["person"] for one in attended}),
        "walk_ins": sorted(public - confirmed),
        "present": sorted(public),
        "counted": sorted(one["person"] for one in attended if one["role"] == "participant" and one["counted"]),
        "platform_totals": webinar_totals(meeting) if not meeting.venue.form else {},
        "signups": [[one.person.id, one.email, _utc(one.when), one.status] for one in meeting.signups],
        "attended": attended,
    }


def _attendee(programme: Programme, meeting: Meeting, one: Attendee) -> dict[str, Any]:
    seconds, inside = lasted(one.stays), lasted(_clipped(programme, meeting, one.stays))
    rule = programme.attendance
    return {
        "person": one.person,
        "name": one.name,
        "email": one.email,
        **({"id": outside_id(meeting, one)} if meeting.venue.platform == "bbb-json" else {}),
        "role": one.role,
        "shown": one.shown,
        "seconds": seconds,
        "counted": (inside if rule.clip else seconds) >= rule.minutes * 60,
        "resolution": resolution(meeting, one),
        "stays": [[_utc(stay.joined), _utc(stay.left), stay.device] for stay in one.stays],
    }


def lasted(stays: Iterable[Stay]) -> int:
    """How many seconds somebody was there on any device: the length of the union."""
    total = timedelta()
    until = datetime.min.replace(tzinfo=UTC)
    for joined, left in sorted((stay.joined, stay.left) for stay in stays):
        total += max(left - max(joined, until), timedelta())
        until = max(until, left)
    return int(total.total_seconds())


def _clipped(programme: Programme, meeting: Meeting, stays: Iterable[Stay]) -> list[Stay]:
    """What lies in the held window of the programme; all of it where that gives none."""
    held = programme.session_by_id[meeting.session].held
    if held is None or not isinstance(held.start, datetime) or not isinstance(held.end, datetime):
        return list(stays)
    start, end = (programme.aware(one).astimezone(UTC) for one in (held.start, held.end))
    inside = (Stay(max(stay.joined, start), min(stay.left, end)) for stay in stays)
    return [stay for stay in inside if stay.joined < stay.left]


def _totals(sessions: Sequence[dict[str, Any]], videos: Sequence[Video]) -> dict[str, int]:
    """Of the cycle: `people` came to at least one session, `participations` are people by session."""
    return {
        "sessions": len(sessions),
        "registrations": sum(len(one["registered"]) for one in sessions),
        "participations": sum(len(one["present"]) for one in sessions),
        "people": len({person for one in sessions for person in one["present"]}),
        "counted_participations": sum(len(one["counted"]) for one in sessions),
        "counted_people": len({person for one in sessions for person in one["counted"]}),
        "walk_ins": sum(len(one["walk_ins"]) for one in sessions),
        "views": sum(one.views for one in videos if one.session),
    }


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def written(value: Any, depth: int = 0) -> str:
    """JSON with a line for each entry of the outer lists and objects."""
    indent = " " * (depth + 1)
    if depth < 4 and isinstance(value, dict) and any(isinstance(one, list | dict) for one in value.values()):
        if "stays" in value:
            return _dense(value)
        lines = (f"{indent}{json.dumps(name)}: {written(one, depth + 1)}" for name, one in value.items())
        return "{\n" + ",\n".join(lines) + f"\n{' ' * depth}}}"
    if isinstance(value, list) and any(isinstance(one, list | dict) for one in value):
        return "[\n" + ",\n".join(f"{indent}{written(one, depth + 1)}" for one in value) + f"\n{' ' * depth}]"
    return _dense(value)


def _dense(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
