"""A cycle of many webinars of 200 people each, and the report that Zoom writes of each: all in them is invented."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import webinar

PEOPLE = 200
_ROWS = PEOPLE * 5 // 2
# So many people come anew to each session; the others have been there before.
_NEW = 60
_HEAD = """\
[cycle]
id = "reviewed"
title = "Les webinaires du cycle"
timezone = "Europe/Paris"
language = "fr"

[organiser]
name = "Bureau des échanges"
email = "bureau@example.org"

[[axis]]
id = "lieux"
title = "Axe géographique"

[[axis]]
id = "themes"
title = "Axe thématique"
"""


def write(folder: Path, *, sessions: int) -> Path:
    """Write a cycle with so many sessions, one a day, and below it the reports, `exports`; returns its folder."""
    (folder / "exports").mkdir(parents=True)
    (folder / "cycle.toml").write_text("\n".join([_HEAD, *map(_session, range(sessions))]), "utf-8")
    for number in range(sessions):
        rows = (webinar.row(row, PEOPLE, first=number * _NEW, later=timedelta(days=number)) for row in range(_ROWS))
        preamble = webinar.PREAMBLE.replace(
            "04/26/2026 10:40:00 AM", f"{webinar.START + timedelta(days=number):{webinar.FORMAT}}"
        )
        report = preamble.replace("844 4444 4444", f"844 4444 {number:04}").replace("Le cycle", f"Webinaire {number}")
        (folder / "exports" / f"report-{number:03}.csv").write_text(report + "".join(rows), "utf-8")
    return folder


def _session(number: int) -> str:
    day = webinar.START.date() + timedelta(days=number)
    return f"""
[[session]]
id = "session-{number:03}"
title = "Webinaire {number}"
axis = "{("lieux", "themes")[number % 2]}"
start = {day}T10:30:00
end = {day}T12:15:00
"""
