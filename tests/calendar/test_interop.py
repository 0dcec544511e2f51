"""Other programs read the published files as they are meant: each with the file's own VTIMEZONE, to the second."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from tests.calendar import cycles, libical
from tests.calendar.ics_lint import lint
from tests.conftest import require_tool
from webcycle.calendar import Publication

ROOT = Path(__file__).parents[2]
ICAL_JS = ROOT / "tools/node_modules/ical.js/dist/ical.js"

# Zone, and the years of its sessions. The first nine are where the cycles' audiences live; the others change
# their clocks in ways that need care: before day 0 or after hour 24, by half an hour, backwards, never again.
CASES = {
    "Europe/Paris": (2026, 2029),
    "America/Guadeloupe": (2026, 2029),
    "America/Cayenne": (2026, 2029),
    "Indian/Reunion": (2026, 2029),
    "Indian/Mayotte": (2026, 2029),
    "Pacific/Noumea": (2026, 2029),
    "Pacific/Tahiti": (2026, 2029),
    "America/Miquelon": (2026, 2029),
    "Africa/Casablanca": (2022, 2026),
    "America/Nuuk": (2022, 2027),
    "America/Santiago": (2026, 2028),
    "Africa/Cairo": (2021, 2027),
    "Asia/Jerusalem": (2026, 2028),
    "Australia/Lord_Howe": (2026, 2028),
    "Europe/Dublin": (2026, 2028),
    "Europe/Istanbul": (2014, 2018),
    "Pacific/Apia": (2010, 2013),
    "Pacific/Chatham": (2026, 2028),
    "Europe/Moscow": (2009, 2016),
    "America/New_York": (2005, 2009),
}
Instants = Mapping[str, tuple[int, int]]


def _changes(zone: ZoneInfo, first: int, last: int) -> list[datetime]:
    days = [datetime(first, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range((last - first) * 366)]
    return [
        day
        for day in days
        if day.astimezone(zone).utcoffset() != (day + timedelta(days=1)).astimezone(zone).utcoffset()
    ]


def _starts(name: str) -> list[datetime]:
    """Local times: each month's middle, and every four hours round each clock change."""
    zone, (first, last) = ZoneInfo(name), CASES[name]
    middles = [datetime(year, month, 15, 12, tzinfo=UTC) for year in range(first, last) for month in range(1, 13)]
    near = [day + timedelta(hours=4 * n) for day in _changes(zone, first, last) for n in range(-6, 13)]
    # Hours that a clock shows twice or never are refused by the programme.
    local = [instant.astimezone(zone) for instant in (*middles, *near)]
    sure = [here for here in local if all(_plain(here + timedelta(hours=n), zone) for n in (0, 1))]
    return [here.replace(tzinfo=None) for here in sure]


def _plain(here: datetime, zone: ZoneInfo) -> bool:
    one, other = (here.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return one == other


@pytest.fixture(scope="module")
def publications() -> dict[str, Publication]:
    found = {}
    for name in CASES:
        hour = timedelta(hours=1)
        sessions = [cycles.session(f"s{n}", start=start, end=start + hour) for n, start in enumerate(_starts(name))]
        found[name] = cycles.published(*sessions, zone=name)
    return found


@pytest.fixture(scope="module")
def expected(publications: dict[str, Publication]) -> dict[str, Instants]:
    """The instants that zoneinfo gives to the local times of the programme."""
    return {name: _meant(name, publication) for name, publication in publications.items()}


def _meant(name: str, publication: Publication) -> Instants:
    zone = ZoneInfo(name)
    starts = {session.id: session.start for session in publication.programme.sessions}
    found = {}
    for key, start in starts.items():
        assert isinstance(start, datetime)
        both = (start.replace(tzinfo=zone), (start + timedelta(hours=1)).replace(tzinfo=zone))
        found[f"{key}.guide@example.org"] = (int(both[0].timestamp()), int(both[1].timestamp()))
    return found


def _renamed(data: bytes, name: str) -> bytes:
    """The same file with a zone name that no program knows: only its VTIMEZONE can tell the hours."""
    return data.replace(name.encode(), b"X/Own")


@pytest.mark.parametrize("name", CASES)
def test_the_feed_and_a_session_file_have_no_fault(publications: dict[str, Publication], name: str) -> None:
    publication = publications[name]
    assert len(publication.bodies) > 20
    assert lint(publication.feed()) == []
    assert lint(publication.session_file("s0")) == []


@pytest.mark.parametrize("name", CASES)
def test_libical_reads_every_instant(
    publications: dict[str, Publication], expected: dict[str, Instants], name: str
) -> None:
    ical = libical.library()
    require_tool(ical, "libical3")
    assert ical is not None
    feed = publications[name].feed()
    assert libical.accepts(ical, feed)
    assert libical.instants(ical, _renamed(feed, name)) == expected[name]


@pytest.mark.parametrize("name", CASES)
def test_vobject_reads_every_instant(
    publications: dict[str, Publication], expected: dict[str, Instants], name: str
) -> None:
    own = f"X/Own-{name}"  # vobject remembers the zones that it has seen
    calendar = vobject.readOne(publications[name].feed().decode().replace(name, own))
    found = {e.uid.value: (e.dtstart.value.timestamp(), e.dtend.value.timestamp()) for e in calendar.vevent_list}
    assert found == expected[name]


@pytest.fixture(scope="module")
def read_by_ical_js(
    publications: dict[str, Publication], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Instants]:
    node = shutil.which("node")
    require_tool(node, "node")
    require_tool(ICAL_JS.exists(), "ical.js")
    folder = tmp_path_factory.mktemp("ics")
    files = {name: folder / f"{name.replace('/', '-')}.ics" for name in CASES}
    for name, file in files.items():
        file.write_bytes(_renamed(publications[name].feed(), name))
    script = Path(__file__).with_name("read_ics.mjs")
    done = subprocess.run(
        [str(node), script, ICAL_JS, *files.values()], capture_output=True, text=True, check=True, timeout=60
    )
    found = json.loads(done.stdout)
    return {name: {uid: tuple(both) for uid, both in found[str(file)].items()} for name, file in files.items()}


@pytest.mark.parametrize("name", CASES)
def test_ical_js_reads_every_instant(
    read_by_ical_js: dict[str, Instants], expected: dict[str, Instants], name: str
) -> None:
    assert read_by_ical_js[name] == expected[name]


@pytest.mark.parametrize("name", CASES)
def test_icalendar_reads_every_instant_and_writes_the_same_bytes(
    publications: dict[str, Publication], expected: dict[str, Instants], name: str
) -> None:
    feed = publications[name].feed()
    calendar = Calendar.from_ical(feed)
    assert isinstance(calendar, Calendar)
    assert calendar.to_ical() == feed
    assert [event.errors for event in calendar.walk() if event.errors] == []
    events: list[Any] = calendar.events
    found = {str(e["UID"]): (int(e.start.timestamp()), int(e.end.timestamp())) for e in events}
    assert found == expected[name]


@pytest.mark.parametrize("name", CASES)
def test_libical_reads_every_session_file(
    publications: dict[str, Publication], expected: dict[str, Instants], name: str
) -> None:
    ical = libical.library()
    require_tool(ical, "libical3")
    assert ical is not None
    found: dict[str, tuple[int, int]] = {}
    for key in publications[name].bodies:
        data = publications[name].session_file(key)
        assert libical.accepts(ical, data)
        found |= libical.instants(ical, _renamed(data, name))
    assert found == expected[name]


def test_a_wrong_vtimezone_would_be_seen(publications: dict[str, Publication], expected: dict[str, Instants]) -> None:
    ical = libical.library()
    require_tool(ical, "libical3")
    assert ical is not None
    feed = _renamed(publications["Europe/Paris"].feed(), "Europe/Paris")
    wrong = feed.replace(b"BYMONTH=10", b"BYMONTH=11").replace(b"DTSTART:19701025", b"DTSTART:19701129")
    assert wrong != feed
    assert libical.instants(ical, wrong) != expected["Europe/Paris"]


def test_rules_are_written_where_they_hold_and_changes_one_by_one_where_not(
    publications: dict[str, Publication],
) -> None:
    ruled = {name for name, publication in publications.items() if b"RRULE" in publication.feed()}
    assert {"Europe/Paris", "America/Miquelon", "Europe/Dublin", "Australia/Lord_Howe", "Pacific/Chatham"} <= ruled
    assert ruled.isdisjoint({"Africa/Casablanca", "America/Nuuk", "Africa/Cairo", "Europe/Istanbul", "Europe/Moscow"})
    overseas = publications["Indian/Reunion"].feed()
    assert overseas.count(b"BEGIN:STANDARD") == 1
    assert b"DAYLIGHT" not in overseas


@pytest.mark.parametrize("session", [None, "maroc", "sport", "sante", "jeunesse", "salle", "long"])
def test_libical_vobject_and_icalendar_accept_every_kind_of_session(session: str | None) -> None:
    publication = cycles.rich()
    data = publication.feed() if session is None else publication.session_file(session)
    calendar = Calendar.from_ical(data)
    assert calendar.to_ical() == data
    vobject.readOne(data.decode()).validate(raiseException=True)
    ical = libical.library()
    require_tool(ical, "libical3")
    assert ical is not None
    assert libical.accepts(ical, data)


def test_libical_refuses_what_the_standard_forbids() -> None:
    ical = libical.library()
    require_tool(ical, "libical3")
    assert ical is not None
    feed = cycles.rich().feed()
    assert not libical.accepts(ical, re.sub(rb"\r\nUID:[^\r]*", b"", feed, count=1))
    assert not libical.accepts(ical, feed.replace(b"STATUS:CONFIRMED", b"STATUS:POSTPONED"))
