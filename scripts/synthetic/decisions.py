"""The decisions about people that a careful organiser would take, as `people.toml`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import tomli_w

from webcycle.identity import keys
from webcycle.intake import words

from .bigbluebutton import outside_id
from .meetings import Attendee, Meeting
from .people import SPEAKERS_DOMAIN, TEAM_DOMAIN, Cast, Person

# The sort of body that each name of an invented organisation begins with.
_TYPES = (
    ("Commune", "commune"),
    ("Ville", "commune"),
    ("Communauté", "intercommunalité"),
    ("Agglomération", "intercommunalité"),
    ("Association", "association"),
    ("Université", "université"),
)

_HEADER = """\
# Synthetic, as the exports beside it: every person and organisation in it is invented.
# It holds all that is true of who is who; with it the lists of participants are those of truth.json.

"""


def people_toml(everybody: Cast, meetings: Sequence[Meeting]) -> bytes:
    """Who is staff, who speaks, who is who under several names and addresses, and which domain is whose."""
    cast = (*everybody.public, *everybody.team, *everybody.speakers)
    known = _keys(meetings)
    held: dict[str, Any] = {
        "staff": {"domains": [TEAM_DOMAIN], "names": [one.name for one in everybody.team]},
        "panelists": {"domains": [SPEAKERS_DOMAIN], "names": [one.name for one in everybody.speakers]},
        "alias": [alias for person in cast for alias in _alias(person, known[person.id])],
        "distinct": [{"keys": [one.email for one in everybody.public if one.homonym]}],
        "organisation": _organisations(everybody.public),
    }
    return (_HEADER + tomli_w.dumps({name: value for name, value in held.items() if value != [{"keys": []}]})).encode()


def _keys(meetings: Sequence[Meeting]) -> defaultdict[str, set[str]]:
    """By what the exports know each person."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for meeting in meetings:
        for signup in meeting.signups:
            found[signup.person.id].add(keys.email_key(signup.email))
        for one in meeting.attendees:
            found[one.person].add(_key(meeting, one))
    return found


def _key(meeting: Meeting, one: Attendee) -> str:
    if one.email:
        return keys.email_key(one.email)
    if meeting.venue.platform == "bbb-json":
        return f"id:bigbluebutton/{outside_id(meeting, one)}"
    return keys.name_key(words.value(one.name), "")


def _alias(person: Person, known: set[str]) -> Iterator[dict[str, Any]]:
    if others := sorted(known - {person.email}):
        yield {"person": person.email, "is": others}


def _organisations(public: Sequence[Person]) -> list[dict[str, str]]:
    found = {one.domain: one for one in public}
    return [
        {"domain": domain, "name": one.organisation, "type": _type(one), "territory": one.territory}
        for domain, one in sorted(found.items())
        if any(other.email.endswith(f"@{domain}") for other in public)
    ]


def _type(person: Person) -> str:
    return next(kind for start, kind in _TYPES if person.organisation.startswith(start))
