"""Large webinar reports as Zoom writes them, and a cycle of one session that they are of: all in them is invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

FORMAT = "%m/%d/%Y %I:%M:%S %p"
START = datetime(2026, 4, 26, 10, 40)  # noqa: DTZ001 - local time of the account
CYCLE = """\
[cycle]
id = "webinar"
title = "Synthetic webinar"
timezone = "Europe/Paris"
language = "en"

[organiser]
name = "Synthetic office"
email = "office@example.org"

[[session]]
id = "one"
title = "Le cycle"
start = 2026-04-26T10:30:00
end = 2026-04-26T12:15:00
"""
PREAMBLE = """\
Attendee Report
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)
Le cycle,844 4444 4444,04/26/2026 10:40:00 AM,95
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,\
Time in Session (minutes),Is Guest,Country/Region Name
"""


def row(number: int, people: int, *, first: int = 0, later: timedelta = timedelta()) -> str:
    """An attendee's stay, of so many people from the `first` on; the first of each person carries the registration."""
    person = first + number % people
    joined = START + later + timedelta(seconds=number * 7919 % 5000)
    left = joined + timedelta(seconds=number * 104729 % 3000)
    registered = START + later - timedelta(seconds=person * 2011 % 2_000_000 + 86400)
    registration = f"{registered:{FORMAT}},approved" if number < people else ","
    who = f"Prénom{person} Nom{person},Prénom{person},Nom{person},personne{person}@example.org"
    return f"Yes,{who},{registration},{joined:{FORMAT}},{left:{FORMAT}},5,Yes,France\n"


def write(folder: Path, *, rows: int) -> Path:
    """Write a cycle and beside it a report of so many rows, two and a half for each person; returns the folder."""
    (folder / "cycle").mkdir(parents=True)
    (folder / "cycle" / "cycle.toml").write_text(CYCLE, "utf-8")
    with (folder / "report.csv").open("w", encoding="utf-8") as stream:
        stream.write(PREAMBLE)
        stream.writelines(row(number, rows * 2 // 5) for number in range(rows))
    return folder
