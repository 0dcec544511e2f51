"""Small cycles with all that may go wrong in one: programmes, decisions about people, and records."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from webcycle import store
from webcycle.identity import People
from webcycle.programme import Programme
from webcycle.records import PlatformTotal, Registration, Role, ViewCount, Visit
from webcycle.store import Records

Data = dict[str, Any]
Row = TypeVar("Row")

ZONES = ("Europe/Paris", "Europe/Paris", "Etc/UTC", "America/Guadeloupe", "Pacific/Apia")
# Two of them are those on which the clocks of Paris change.
DAYS = (date(2020, 10, 24), date(2020, 10, 25), date(2021, 3, 28), date(2021, 6, 1))
CLOCKS = ((10, 0), (14, 30), (0, 30), (1, 45), (22, 0), (23, 30))
LENGTHS = (1, 4, 5, 7, 60, 90, 150)
MINUTES = (*range(-12, 16), 29, 30, 44, 45, 60, 84, 85, 86, 89, 90, 95, 150, 151, 1439, 1440, -1440, 525_600)
SECONDS = (0, 0, 0, 0, 0, 1, 29, 30, 59, 0.5, 0.000001, 59.999999)
LASTS = (0, 1, 59, 60, 61, 240, 299, 300, 301, 600, 1800, 2700, 5400, 604_800, 604_801, 31_536_000)
NAMES = (
    "Ada Lovelace",
    " ADA\tlovelace ",
    "=Ada Lovelace",
    "Mme Ada LOVELACE",
    "'Bo Ek",
    "Zoé",
    unicodedata.normalize("NFD", "ZOÉ"),
    "Straße",
    "STRASSE",
    "İpek",
    "i\u0307pek",
    "Zo\u200bé",
    'Notetaker, "one"\nof two',
    "Equipe",
    "Invité",
    "",
    "",
    "",
)
ADDRESSES = (
    "ada@example.org",
    " Ada@Example.ORG",
    "ada.l@ville.example.org",
    "bo@ville.example.org",
    "zoé@région.example.org",
    unicodedata.normalize("NFD", "ZOÉ@région.example.org"),
    "ZOE@RÉGION.example.org",
    "straße@example.org",
    "STRASSE@example.org",
    "\tzed@assoc.example.org ",
    "equipe@staff.example.org",
    "=cmd@example.org",
    "",
    "",
)
IDS = ("7", "8f3A", "")
ORGANISATIONS = ("", "", "Ville", "ville ", "Région")
TERRITORIES = ("", "", "Nord", "Sud", "nord", "Outre-mer", " Nord")
KEYS = (
    "ada@example.org",
    "ada.l@ville.example.org",
    "bo@ville.example.org",
    "zoe@région.example.org",
    "zed@assoc.example.org",
    "nobody@ville.example.org",
    "id:zoom/7",
    "id:teams/8f3A",
    "name:ada lovelace",
    "name:ada lovelace; ville",
    "name:mme ada lovelace",
    "name:zoé",
    "name:strasse",
    "name:equipe",
)
ROLES: tuple[Role, ...] = (*("participant",) * 60, "host", "panelist", "staff", "bot", "anonymous")


@dataclass(frozen=True)
class Made:
    """A cycle: what is planned, decided and observed."""

    programme: Programme
    people: People
    records: Records

    @cached_property
    def rows(self) -> int:
        return len(self.records.visits) + len(self.records.registrations)

    def write(self, folder: Path) -> store.Files:
        """The files as the store writes them."""
        for name, sheet, _private in store.files(store.by_session(self.records)):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes(sheet))
        return written(folder)


def written(folder: Path) -> store.Files:
    found = [sorted(folder.glob(f"sessions/*/{name}.csv")) for name in ("registrations", "attendance")]
    shared = [sorted(folder.glob(f"{name}.csv")) for name in ("views", "totals")]
    return store.Files(*map(tuple, (*found, *shared)))


def is_one_instant(local: datetime, zone: str) -> bool:
    """Whether the clocks show it once: `Programme` takes no other hour."""
    both = {local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    back = {one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for one in both}
    return len(both) == 1 and back == {local}


def some(*values: Row) -> st.SearchStrategy[Row]:
    return st.sampled_from(values)


@st.composite
def local_hours(draw: st.DrawFn, zone: str) -> tuple[datetime, datetime]:
    day, clock = draw(some(*DAYS)), draw(some(*CLOCKS))
    start = datetime(day.year, day.month, day.day, *clock)
    end = start + timedelta(minutes=draw(some(*LENGTHS)))
    if is_one_instant(start, zone) and is_one_instant(end, zone):
        return start, end
    return start.replace(hour=10), start.replace(hour=11)


@st.composite
def held_hours(draw: st.DrawFn, start: datetime, end: datetime, zone: str) -> Data:
    first = start + timedelta(minutes=draw(st.integers(-5, 5)), seconds=draw(some(0, 0, 13)))
    last = end + timedelta(minutes=draw(st.integers(-5, 15)), microseconds=draw(some(0, 0, 500_000)))
    held = {"start": first, "end": max(first, last)}
    return held if all(is_one_instant(one, zone) for one in held.values()) else {"start": start, "end": end}


@st.composite
def sessions(draw: st.DrawFn, number: int, zone: str) -> Data:
    start, end = draw(local_hours(zone))
    one: Data = {
        "id": f"s{number}",
        "title": "Webinaire",
        "status": draw(some(*("confirmed",) * 9, "tentative", "postponed", "cancelled")),
        "start": start,
        "end": end,
    }
    if draw(some(0, 0, 0, 1)):
        one |= {"start": start.date(), "end": start.date() + timedelta(days=draw(some(0, 1)))}
    if draw(st.booleans()):
        one["held"] = draw(held_hours(start, end, zone))
    elif draw(some(0, 0, 0, 1)):
        one["held"] = {"start": start.date(), "end": start.date()}
    if axis := draw(some("", "a", "b")):
        one["axis"] = axis
    if draw(st.booleans()):
        one["stated"] = {"source": "head count"} | draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "registered": st.integers(0, 9),
                    "participants": st.integers(0, 9),
                    "views": st.integers(0, 9),
                    "on": some(*DAYS),
                },
            )
        )
    if draw(st.booleans()):
        one["recording"] = {"url": "https://www.example.org/r", "published": draw(some(*DAYS))}
    return one


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    zone = draw(some(*ZONES))
    data = {
        "cycle": {"id": "cycle", "title": "Cycle", "timezone": zone},
        "organiser": {"name": "Ville", "email": "ville@example.org"},
        "axis": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
        "session": [draw(sessions(number, zone)) for number in range(draw(st.integers(1, 5)))],
        "attendance": {"minutes": draw(some(0, 1, 5, 5, 5, 30)), "clip": draw(some(True, True, False))},
    }
    return Programme.model_validate(data)


def groups() -> st.SearchStrategy[Data]:
    """Staff, speakers, bots or names that are nobody's: rarely anybody, so that participants are left."""
    full = st.fixed_dictionaries(
        {},
        optional={
            "emails": st.just(["EQUIPE@staff.example.org"]),
            "domains": st.just(["Staff.example.org"]),
            "names": some(["équipe"], ["Equipe"], ["ZOÉ"], ["straße"]),
            "patterns": some(["*notetaker*"], ["bo*"], ["*@assoc.*"], ["invité"]),
        },
    )
    return st.integers(0, 4).flatmap(lambda chance: full if chance == 4 else st.just({}))


BODIES = (
    {"domain": "example.org", "name": "Exemple", "type": "association"},
    {"domain": "ville.example.org", "name": "Ville", "type": "commune", "territory": "Nord"},
    {"domain": "région.example.org", "name": "Région", "territory": "Sud"},
    {"domain": "assoc.example.org", "name": "Association", "type": "association", "territory": "Ouest"},
)


@st.composite
def decisions(draw: st.DrawFn) -> People:
    pairs = draw(st.lists(st.tuples(some(*KEYS), st.lists(some(*KEYS), min_size=1, max_size=2)), max_size=3))
    return People.model_validate(
        {
            **{kind: draw(groups()) for kind in ("staff", "panelists", "bots", "anonymous")},
            "alias": [{"person": person, "is": same} for person, same in pairs],
            "organisation": draw(st.lists(some(*BODIES), max_size=4, unique_by=lambda one: one["domain"])),
        }
    )


@dataclass(frozen=True)
class Face:
    """How somebody appears in an export."""

    email: str
    name: str
    person: str
    platform: str
    organisation: str


FACES = st.builds(Face, some(*ADDRESSES), some(*NAMES), some(*IDS), some("zoom", "teams"), some(*ORGANISATIONS))


def base(programme: Programme, session: str) -> datetime:
    """An instant about which the visits of a session lie: its planned start."""
    start = programme.session_by_id[session].start if session in programme.session_by_id else DAYS[0]
    assert start is not None
    local = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day, 10)
    return local.replace(tzinfo=ZoneInfo(programme.cycle.timezone)).astimezone(UTC)


@st.composite
def moments(draw: st.DrawFn, around: datetime) -> datetime:
    return around + timedelta(minutes=draw(some(*MINUTES)), seconds=draw(some(*SECONDS)))


@st.composite
def visits(draw: st.DrawFn, programme: Programme, names: tuple[str, ...], faces: list[Face]) -> Visit:
    session, face = draw(some(*names)), draw(some(*faces))
    around = base(programme, session)
    kind = draw(
        some("both", "both", "both", "both", "summary", "summary", "joined", "left", "from", "until", "length", "bare")
    )
    joined = draw(moments(around)) if kind in ("both", "summary", "joined", "from") else None
    left = draw(moments(around)) if kind in ("both", "summary", "left", "until") else None
    if joined and left and left < joined and draw(some(0, 0, 0, 0, 1)) == 0:
        joined, left = left, joined
    seconds = draw(some(*LASTS)) if kind in ("summary", "from", "until", "length") else None
    if kind == "summary" and joined and left and draw(st.booleans()):
        seconds = max(0, int((left - joined).total_seconds()) - draw(some(0, 1, 59, 60, 61, 300, -30)))
    return Visit(
        session=session,
        platform=face.platform,
        person=face.person,
        email=face.email,
        name=face.name,
        organisation=face.organisation,
        role=draw(some(*ROLES)),
        joined=joined,
        left=left,
        seconds=seconds,
        source=draw(some("", "f1", "f2")),
    )


@st.composite
def registrations(draw: st.DrawFn, names: tuple[str, ...], faces: list[Face]) -> Registration:
    face = draw(some(*faces))
    return Registration(
        session=draw(some(*names)),
        email=face.email,
        name=face.name,
        first=draw(some("", "Ada")),
        organisation=face.organisation,
        territory=draw(some(*TERRITORIES)),
        role=draw(some(*ROLES)),
        status=draw(some("confirmed", "confirmed", "confirmed", "confirmed", "pending", "cancelled", "refused")),
        source=draw(some("", "f1")),
    )


@st.composite
def views(draw: st.DrawFn, names: tuple[str, ...]) -> ViewCount:
    published = draw(some(None, *DAYS))
    day = draw(some(*DAYS[1:])) + timedelta(days=draw(some(0, 10, 29, 30, 30, 31)))
    video = draw(some("v1", "v1", "v1", "v2", ""))
    return ViewCount(
        session=draw(some(*names, "")),
        platform=draw(some("youtube", "youtube", "vimeo")),
        video=video,
        title=draw(some("Un", "Deux")),
        published=published,
        on=None if draw(st.integers(0, 11)) == 0 else day,
        span=draw(some("to-date", "to-date", "day")),
        views=draw(st.integers(0, 40)),
    )


@st.composite
def totals(draw: st.DrawFn, names: tuple[str, ...]) -> PlatformTotal:
    return PlatformTotal(
        session=draw(some(*names)),
        platform=draw(some("zoom", "teams")),
        name=draw(some("unique-viewers", "max-concurrent", "participants", "registered", "total-users")),
        value=draw(st.integers(0, 99)),
    )


def face_of(row: Visit | Registration) -> tuple[str, ...]:
    return row.email, row.name, row.organisation, *((row.person, row.platform) if isinstance(row, Visit) else ())


def many(rows: st.SearchStrategy[Row], most: int) -> st.SearchStrategy[tuple[Row, ...]]:
    """As often many as few: `lists` alone makes five on average, whatever the most."""
    return st.integers(0, most).flatmap(lambda number: st.lists(rows, min_size=number, max_size=number)).map(tuple)


@st.composite
def cycles(draw: st.DrawFn, *, most_rows: int = 20) -> Made:
    """A small cycle, whose rows name eight persons at most, each under one face or several."""
    programme = draw(programmes())
    faces = draw(st.lists(FACES, min_size=1, max_size=8))
    names = tuple(one.id for one in programme.sessions)
    # Sessions of which nothing is known are of interest, too.
    observed = names[: draw(st.integers(0, len(names)))] + draw(some((), (), ("ghost",)))
    if not observed:
        return Made(programme, draw(decisions()), Records(views=tuple(draw(st.lists(views(names), max_size=3)))))
    return Made(
        programme,
        draw(decisions()),
        Records(
            draw(many(registrations(observed, faces), most_rows)),
            draw(many(visits(programme, observed, faces), most_rows)),
            draw(many(views(observed[:2]), 12)),
            tuple(draw(st.lists(totals(observed), max_size=2))),
        ),
    )
