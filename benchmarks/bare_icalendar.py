"""The yardstick of export-ics: the same events built and written with icalendar and nothing else.

It reads the programme with tomllib and writes what export-ics writes, but without time zones: one feed of all events,
and one file an event.
"""

from __future__ import annotations

import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

PARIS = ZoneInfo("Europe/Paris")
STAMP = datetime(2023, 11, 14, tzinfo=UTC)


def event(session: dict[str, object]) -> Event:
    made = Event()
    made.add("uid", f"{session['id']}.synthetic@example.org")
    made.add("dtstamp", STAMP)
    made.add("created", STAMP)
    made.add("last-modified", STAMP)
    made.add("sequence", 0)
    made.add("dtstart", session["start"].replace(tzinfo=PARIS))  # type: ignore[attr-defined]
    made.add("dtend", session["end"].replace(tzinfo=PARIS))  # type: ignore[attr-defined]
    made.add("summary", session["title"])
    made.add("description", f"{session['note']}\n{session['speakers'][0]['name']}\noffice@example.org")  # type: ignore[index]
    made.add("location", "Online")
    made.add("status", "CONFIRMED")
    made.add("transp", "OPAQUE")
    made.add("class", "PUBLIC")
    made.add("categories", [session["axis"]])
    made.add("organizer", "mailto:office@example.org", parameters={"CN": "Synthetic office"})
    return made


def calendar(*events: Event) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Synthetic office//bare//EN")
    made.add("version", "2.0")
    for one in events:
        made.add_component(one)
    return made.to_ical()


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(exist_ok=True)
    sessions = tomllib.loads((source / "cycle.toml").read_text("utf-8"))["session"]
    events = [event(session) for session in sessions]
    (target / "synthetic.ics").write_bytes(calendar(*events))
    for session, one in zip(sessions, events, strict=True):
        (target / f"{session['id']}.ics").write_bytes(calendar(one))


main()
