"""A cycle of many visits, made by a seeded generator: nobody in it exists, every address is on example.org."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb

SESSIONS = 2_000
PEOPLE = 500_000
_HEAD = """[cycle]
id = "many"
title = "Many visits"
language = "en"
timezone = "Europe/Paris"

[organiser]
name = "Regional council"
email = "webinars@example.org"
"""
# Every number is a hash of that of the row: the same rows on every machine. Of 3,500 people a session most come once
# or twice, some on two devices; a stay begins up to ten minutes early and lasts up to an hour.
_ROWS = """
copy (
  with base as (
    select
      i % $sessions as number,
      hash(i * 7 + 1) % 3500 as person,
      hash(i * 13 + 5) % 5400 as came,
      hash(i * 17 + 3) % 3600 as stayed
    from range($rows) as rows(i)
  ),
  visits as (
    select *, timestamp '2020-01-01 14:00:00' + interval (number) day - interval 10 minute as opened from base
  )
  select
    'session-' || lpad(number::varchar, 4, '0') as session,
    'Meeting ' || number as meeting,
    'zoom' as platform,
    '' as person,
    'person' || ((person * 977 + number * 31) % $people)::varchar || '@example.org' as email,
    'Person ' || person as name,
    'Organisation ' || (person % 50) as organisation,
    'participant' as role,
    strftime(opened + interval (came) second, '%Y-%m-%dT%H:%M:%SZ') as joined,
    strftime(opened + interval (came + stayed) second, '%Y-%m-%dT%H:%M:%SZ') as "left",
    null as seconds,
    'abcdef0123456789' as source
  from visits
) to '{file}' (header, delimiter ',')
"""


def write(folder: Path, *, rows: int) -> Path:
    """The cycle's folder, with so many visits in one file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cycle.toml").write_text("\n".join([_HEAD, *map(_session, range(SESSIONS))]), "utf-8")
    with duckdb.connect() as connection:
        connection.execute(
            _ROWS.format(file=folder / "attendance.csv"),
            {"rows": rows, "sessions": SESSIONS, "people": PEOPLE},
        )
    return folder


def _session(number: int) -> str:
    day = date(2020, 1, 1) + timedelta(days=number)
    return (
        f'[[session]]\nid = "session-{number:04d}"\ntitle = "Session {number}"\n'
        f"start = {day}T15:00:00\nend = {day}T17:00:00\nheld = {{ start = {day}T15:02:00, end = {day}T16:58:00 }}\n"
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), rows=int(sys.argv[2]))
