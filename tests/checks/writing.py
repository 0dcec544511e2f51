"""Small programmes as TOML text, and what the rules find in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from webcycle import checks
from webcycle.errors import KeyPath
from webcycle.programme import Programme

NOW = datetime(2021, 3, 1, 12, tzinfo=UTC)

HEAD = """
[cycle]
id = "guide"
title = "The cycle"
timezone = "Europe/Paris"
{cycle}

[organiser]
name = "The office"
email = "office@example.org"
{organiser}
"""
# A session that has been held and one to come, with nothing to find.
SESSIONS = """
[[session]]
id = "maroc"
title = "Morocco"
start = 2020-10-26T14:00:00
end = 2020-10-26T16:00:00

[[session]]
id = "sante"
title = "Health"
start = 2021-04-14T10:00:00
end = 2021-04-14T12:30:00
"""


def read(body: str = SESSIONS, *, cycle: str = "", organiser: str = "") -> Programme:
    return Programme.model_validate(tomllib.loads(HEAD.format(cycle=cycle, organiser=organiser) + body))


def session(ident: str, lines: str = "", start: str = "2021-01-13T10:00:00", end: str = "2021-01-13T12:30:00") -> str:
    times = f"start = {start}\n" + (f"end = {end}\n" if end else "")
    return f'[[session]]\nid = "{ident}"\ntitle = "T"\n{times}{lines}\n'


def found(programme: Programme, now: datetime = NOW) -> list[tuple[str, KeyPath, dict[str, str]]]:
    return [(one.code, one.path, dict(one.values)) for one in checks.check(programme, now)]


@dataclass(frozen=True)
class Case:
    """A programme with one thing wrong, the finding, and the same programme put right."""

    code: str
    wrong: str
    path: KeyPath
    right: str
    values: dict[str, str] = field(default_factory=dict)
    cycle: str = ""
    right_cycle: str | None = None


def agenda(*hours: str) -> str:
    """Parts of an agenda, each "10:00 11:00"."""
    parts = (one.split() for one in hours)
    return "".join(f'[[session.agenda]]\nstart = {a}:00\nend = {b}:00\ntitle = "P"\n' for a, b in parts)


def parted(*hours: str, start: str = "2021-01-13T10:00:00", end: str = "2021-01-13T12:30:00") -> str:
    return session("a", agenda(*hours), start, end)


RELEASE = '[[release]]\nkind = "session"\n'
JANE, JOHN = ('speakers = [{ name = "X" }, { name = "Ana  Perez" }]', 'speakers = [{ name = "ANA PEREZ" }]')
OVERLAPPING = {"start": "2021-01-13T12:00:00", "end": "2021-01-13T13:00:00"}
OWED = 'documents = [{ kind = "slides", url = "https://www.example.org/s" }, { kind = "minutes" }]'
RECORDED = session("a", 'recording = { url = "https://www.example.org/r" }')
WEDNESDAY = {"start": "2021-01-20T10:00:00", "end": "2021-01-20T12:00:00"}
