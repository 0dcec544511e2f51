"""Large synthetic programmes: every name and address in them is invented."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

HEAD = """\
[cycle]
id = "synthetic"
title = "Synthetic cycle"
timezone = "Europe/Paris"
language = "en"

[organiser]
name = "Synthetic office"
email = "office@example.org"

[[axis]]
id = "one"
title = "First axis"

[[axis]]
id = "two"
title = "Second axis"
"""


def write(folder: Path, *, sessions: int, rich: bool = True, seed: int = 7) -> Path:
    """Write a programme of so many sessions, two hours each, one a half-day from 2030 on; returns its folder.

    Without `rich`, a session has no more than its id, title, axis and hours: a programme may have 2 MiB.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    parts = [HEAD]
    start = datetime(2030, 1, 7, 9, 0)  # noqa: DTZ001 - local time of the programme
    for number in range(sessions):
        while start.weekday() > 4:
            start += timedelta(hours=12)
        parts.append(
            f"""
[[session]]
id = "session-{number}"
title = "Webinar {number}: {" ".join(chance.choices(("water", "roads", "schools", "ports", "health"), k=4))}"
axis = "{chance.choice(("one", "two"))}"
start = {start.isoformat()}
end = {(start + timedelta(hours=2)).isoformat()}
"""
        )
        if rich:
            parts.append(
                f"""\
short-title = "webinar {number}"
note = "Offered together with the {chance.choice(("north", "south"))} office."
speakers = [{{ name = "Speaker {number}", organisation = "Office {number % 50}" }}]
"""
            )
        start += timedelta(hours=12)
    (folder / "cycle.toml").write_text("".join(parts), "utf-8")
    return folder
