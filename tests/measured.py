"""A small cycle with records, as it lies in a folder: `one` is measured, `two` has a head count, `three` nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from webcycle import records, store
from webcycle.folder import Folder
from webcycle.ledger import Entry, Ledger, Part, write_ledger
from webcycle.records import Record, Registration, ViewCount, Visit

PROGRAMME = """
[cycle]
id = "spring"
title = "Spring"
language = "en"
timezone = "Europe/Paris"

[organiser]
name = "Regional council"
email = "webinars@example.org"

[[axis]]
id = "places"
title = "Places"

[[session]]
id = "one"
title = "One"
axis = "places"
start = 2021-03-01T10:00:00
end = 2021-03-01T11:00:00
held = { start = 2021-03-01T10:00:00, end = 2021-03-01T11:00:00 }
recording = { url = "https://video.example.org/one", published = 2021-03-02 }

[[session]]
id = "two"
title = "Two"
axis = "places"
start = 2021-03-08T10:00:00
end = 2021-03-08T11:00:00
stated = { registered = 40, participants = 30, source = "head count" }

[[session]]
id = "three"
title = "Three"
axis = "places"
start = 2021-03-15T10:00:00
end = 2021-03-15T11:00:00

[[session]]
id = "four"
title = "Four"
axis = "places"
start = 2021-03-22T10:00:00
end = 2021-03-22T11:00:00
status = "tentative"
"""
# No output about figures may hold any of them.
NAMES = ("Zephyrine", "Quillon", "Barnabus")
ADDRESSES = tuple(f"{name.lower()}@secret.example.org" for name in NAMES)
SOURCE = "0123456789abcdef"
VIEWS_SOURCE = "fedcba9876543210"


def visit(person: int, minute: int = 0, until: int = 50, name: str = "") -> Visit:
    """A stay in `one` of somebody known by address."""

    def at(minutes: int) -> datetime:
        return datetime(2021, 3, 1, 9, minutes, tzinfo=UTC)

    address = ADDRESSES[person] if person < len(ADDRESSES) else f"p{person}@example.org"
    return Visit("one", "m", "zoom", email=address, name=name, joined=at(minute), left=at(until), source=SOURCE)


VISITS = (
    *(visit(person, name=NAMES[person]) for person in range(3)),
    visit(0, 30, 59, name=NAMES[0]),  # another device of the first
    *(visit(person) for person in range(3, 8)),
    visit(8, 0, 2),
    Visit("one", "m", "zoom", email="host@example.org", role="host", joined=visit(0).joined, left=visit(0).left),
)
REGISTRATIONS = (
    *(Registration("one", "m", address, name) for address, name in zip(ADDRESSES, NAMES, strict=True)),
    Registration("one", "m", "absent@example.org"),
    Registration("one", "m", "left@example.org", status="cancelled"),
)
VIEWS = (ViewCount("one", "youtube", "v1", "One", date(2021, 3, 2), date(2021, 3, 10), "to-date", 120, "views", ""),)


def write(root: Path, programme: str = PROGRAMME) -> Folder:
    """The cycle in this folder, as import leaves it."""
    folder = Folder(root)
    root.mkdir(parents=True, exist_ok=True)
    folder.programme.write_text(programme, "utf-8")
    _store(folder.sessions / "one" / "attendance.csv", Visit, VISITS)
    _store(folder.sessions / "one" / "registrations.csv", Registration, REGISTRATIONS)
    _store(root / "views.csv", ViewCount, VIEWS)
    folder.imports.write_bytes(write_ledger(ledger()))
    return folder


def _store(path: Path, kind: type[Record], rows: Iterable[Record]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(records.dump(kind, rows), "utf-8", newline="")  # type: ignore[type-var]


def ledger() -> Ledger:
    """What was imported: a webinar report and a table of views."""
    report = Entry(
        source=SOURCE,
        sha256=SOURCE * 4,
        file="report.csv",
        part="Attendee Details",
        reader="zoom-webinar",
        platform="zoom",
        kind="both",
        encoding="utf-8",
        zone="Europe/Paris",
        rows=18,
        kept=16,
        ignored={"waiting-room": 2},
        imported=datetime(2021, 3, 2, 8, tzinfo=UTC),
        stored=[Part(meeting="m", session="one")],
        **{"zone-reason": "cycle"},
    )
    views = report.model_copy(
        update={
            "source": VIEWS_SOURCE,
            "sha256": VIEWS_SOURCE * 4,
            "file": "views.csv",
            "part": "",
            "reader": "youtube-table",
            "kind": "views",
            "rows": 1,
            "kept": 1,
            "ignored": {},
        }
    )
    return Ledger({one.source: one for one in (report, views)})


def files(folder: Folder) -> tuple[Path, ...]:
    """Every file of records."""
    found = store.paths(folder)
    return (*found.registrations, *found.visits, *found.views, *found.totals)
