"""Importing the exports of an invented cycle gives back what is true of it."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scripts.synthetic.dice import Dice
from scripts.synthetic.folder import made
from scripts.synthetic.people import cast

from tests import telephones
from webcycle import source
from webcycle.errors import Finding
from webcycle.intake import IntakeError, Options, Reading, Upload, claims, fingerprint, read
from webcycle.intake.archives import open_upload
from webcycle.intake.moments import Order
from webcycle.programme import Programme
from webcycle.records import Visit

ROOT = Path(__file__).parents[1]

World = tuple[str, int, int]
# The seed decides on the first platform, so that nine of them show a cycle of one session on each.
WORLDS: tuple[World, ...] = (
    ("guide-2020-2021", 7, 200),
    ("guide-2020-2021", 20, 90),
    ("amerique-latine-2021", 4, 30),
    *(("covid-19-2020", seed, 60) for seed in range(9)),
)

Key = tuple[str, str]
"""What an export shows of a person: the name and the address."""


def programme(cycle: str) -> Programme:
    loaded = source.load((ROOT / "data" / cycle / "cycle.toml").read_bytes(), "cycle.toml")
    assert loaded.programme is not None
    return loaded.programme


@dataclass(frozen=True)
class Imported:
    """A session as its truth tells it, and as the readers do."""

    truth: dict[str, Any]
    readings: tuple[Reading, ...]

    @property
    def visits(self) -> list[Visit]:
        return [visit for reading in self.readings for visit in reading.visits]

    def shown(self) -> dict[Key, dict[str, Any]]:
        """The attendees by what is kept of them."""
        return {(kept(one["name"]), one["email"]): one for one in self.truth["attended"]}


def kept(name: str) -> str:
    return telephones.kept(name) if name.isdigit() else name


@cache
def files_of(world: World) -> dict[str, bytes]:
    cycle, seed, people = world
    return made(programme(cycle), seed, people)


@cache
def truth_of(world: World) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(files_of(world)["truth.json"])
    return facts


def options(truth: dict[str, Any], session: str) -> Options:
    days = {one["id"]: date.fromisoformat(one["day"]) for one in truth["sessions"]}
    expected = (days[session],) if session else tuple(days.values())
    return Options(truth["timezone"], expected=expected, session=session, read_on=date(2026, 2, 1))


def as_a_user(upload: Upload, told: Options) -> tuple[Reading, ...]:
    """The readings; where few people leave the order of day and month open, with the option that the refusal names."""
    try:
        return read(upload, told)
    except IntakeError as problem:
        if problem.key != "intake.ambiguous-dates":
            raise
        return read(upload, replace(told, date_order=Order.DMY))


@cache
def readings_of(world: World) -> dict[str, tuple[Reading, ...]]:
    truth = truth_of(world)
    return {
        one["file"]: as_a_user(
            Upload(one["file"], files_of(world)[f"exports/{one['file']}"]), options(truth, one["session"])
        )
        for one in truth["files"]
    }


def imported(world: World) -> list[Imported]:
    truth = truth_of(world)
    names = {
        one["id"]: [file["file"] for file in truth["files"] if file["session"] == one["id"]]
        for one in truth["sessions"]
    }
    return [
        Imported(one, tuple(reading for name in names[one["id"]] for reading in readings_of(world)[name]))
        for one in truth["sessions"]
    ]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def union(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Seconds in at least one of the spans, counted one by one."""
    return len({second for joined, left in spans for second in range(int(joined.timestamp()), int(left.timestamp()))})


worlds = pytest.mark.parametrize("world", WORLDS, ids=lambda world: "-".join(map(str, world)))


@worlds
def test_exactly_one_reader_claims_each_file(world: World) -> None:
    for one in truth_of(world)["files"]:
        contents = open_upload(Upload("export", files_of(world)[f"exports/{one['file']}"]))
        assert [
            reader.name for content in contents if not isinstance(content, Finding) for reader, _ in claims(content)
        ] == [one["reader"]], one["file"]


@worlds
def test_every_row_is_kept_or_ignored_for_a_reason(world: World) -> None:
    for reading in (reading for found in readings_of(world).values() for reading in found):
        assert reading.rows == reading.kept + sum(reading.ignored.values())
        assert reading.kept > 0
        assert set(reading.ignored) <= {
            "waiting-room", "summed-up", "anonymous-answers", "absent", "incomplete", "total",
        }  # fmt: skip
        assert {one.code for one in reading.findings} <= {"intake-legacy-encoding"}


@worlds
def test_the_registrations_are_those_that_were_made(world: World) -> None:
    people = {one[0]: one for one in truth_of(world)["addresses"]}
    for session in imported(world):
        found = [one for reading in session.readings for one in reading.registrations]
        signups = session.truth["signups"]
        statuses = [(one.email, one.registered, one.status) for one in found]
        assert Counter(statuses) == Counter((email, instant(when), status) for _, email, when, status in signups)
        names = {email: people[person][1] for person, email, _when, _status in signups}
        assert {one.email: one.name for one in found} == names
        confirmed = {person for person, _email, _when, status in signups if status == "confirmed"}
        assert confirmed == set(session.truth["registered"])
        if session.truth["venue"] != "zoom-webinar-2020":  # which had no question about it
            assert {one.email: one.organisation for one in found} == {
                email: people[person][2] for person, email, _when, _status in signups
            }


@worlds
def test_the_stays_are_those_that_were_made(world: World) -> None:
    for session in imported(world):
        assert Counter(map(read_stay, session.visits)) == Counter(
            stay for key, one in session.shown().items() for stay in true_stays(key, one)
        ), session.truth["id"]


Shown = tuple[Key, datetime | None, datetime | None, int | None]


def read_stay(visit: Visit) -> Shown:
    return (visit.name, visit.email), visit.joined, visit.left, visit.seconds


def true_stays(key: Key, one: dict[str, Any]) -> Iterable[Shown]:
    """The stays as exactly as the export can tell them."""
    stays = [(instant(joined), instant(left), device) for joined, left, device in one["stays"]]
    if one["resolution"] == "sum":
        for number in {device for _joined, _left, device in stays}:
            own = [(joined, left) for joined, left, device in stays if device == number]
            yield key, own[0][0], own[-1][1], sum(int((left - joined).total_seconds()) for joined, left in own)
        return
    for joined, left, _device in stays:
        whole = one["resolution"] == "second"
        yield key, joined if whole else joined.replace(second=0), left if whole else left.replace(second=0), None


@worlds
def test_the_time_that_each_person_was_there_is_true(world: World) -> None:
    for session in imported(world):
        spans: dict[Key, list[Visit]] = {}
        for visit in session.visits:
            spans.setdefault((visit.name, visit.email), []).append(visit)
        for key, one in session.shown().items():
            there = union((visit.joined, visit.left) for visit in spans[key] if visit.joined and visit.left)
            if one["resolution"] == "second":
                assert there == one["seconds"]
            elif one["resolution"] == "minute":
                assert abs(there - one["seconds"]) <= 60 * len(one["stays"])
            else:
                assert there >= one["seconds"]
                assert sum(visit.seconds or 0 for visit in spans[key]) >= one["seconds"]


@worlds
def test_staff_are_known_by_role_where_the_platform_knows_it(world: World) -> None:
    for session in imported(world):
        roles: dict[Key, set[str]] = {}
        for visit in session.visits:
            roles.setdefault((visit.name, visit.email), set()).add(visit.role)
        told = {key: sorted(found - {"participant"} or found) for key, found in roles.items()}
        assert told == {key: [one["shown"]] for key, one in session.shown().items()}


@worlds
def test_who_came_without_registering_is_told_from_who_registered(world: World) -> None:
    for session in imported(world):
        owner = {email: person for person, email, _when, _status in session.truth["signups"]}
        found = [one for reading in session.readings for one in reading.registrations]
        registered = {owner[one.email] for one in found if one.status == "confirmed"}
        came = {session.shown()[visit.name, visit.email]["person"] for visit in session.visits}
        public = {one["person"] for one in session.truth["attended"] if one["role"] == "participant"}
        assert sorted(came & public - registered) == session.truth["walk_ins"]
        assert sorted(registered - came) == session.truth["absent"]


@worlds
def test_the_platforms_own_figures_are_kept_beside(world: World) -> None:
    for session in imported(world):
        totals = {one.name: one.value for reading in session.readings for one in reading.totals}
        assert totals == session.truth["platform_totals"] or not session.truth["platform_totals"]


@worlds
def test_the_views_are_those_of_the_videos(world: World) -> None:
    (reading,) = readings_of(world)["Table data.csv"]
    truth = truth_of(world)
    assert {(one.video, one.title, one.views) for one in reading.views} == {
        (one["video"], one["title"], one["views"]) for one in truth["videos"]
    }
    assert truth["totals"]["views"] == sum(one["views"] for one in truth["videos"] if one["session"])


@worlds
def test_the_totals_are_the_sums_of_the_sessions(world: World) -> None:
    truth = truth_of(world)
    rule = programme(world[0]).attendance
    people: set[str] = set()
    for one in truth["sessions"]:
        public = [each for each in one["attended"] if each["role"] == "participant"]
        assert sorted(each["person"] for each in public) == one["present"]
        for each in public:
            assert each["seconds"] == union((instant(joined), instant(left)) for joined, left, _ in each["stays"])
            assert each["seconds"] >= rule.minutes * 60 or not each["counted"]
        assert set(one["counted"]) <= set(one["present"])
        people |= set(one["present"])
    assert truth["totals"]["people"] == len(people)
    assert truth["totals"]["participations"] == sum(len(one["present"]) for one in truth["sessions"])


def test_the_whole_cycle_has_everything_that_happens_in_one() -> None:
    """Otherwise the tests above would say little."""
    sessions = imported(WORLDS[0])
    truths = [one.truth for one in sessions]
    attended = [one for truth in truths for one in truth["attended"]]
    assert len({truth["venue"] for truth in truths}) == 9
    assert {one["role"] for one in attended} == {"participant", "host", "staff", "panelist"}
    assert all(truth["absent"] for truth in truths)
    assert sum(bool(truth["walk_ins"]) for truth in truths) >= 8
    assert any(len({device for *_, device in one["stays"]}) == 2 for one in attended)
    assert any(len(one["stays"]) > 1 and one["shown"] == "panelist" for one in attended)
    assert any(not one["counted"] for one in attended)
    assert any(one["name"].isdigit() for one in attended)
    assert any(len(truth["signups"]) > len(truth["registered"]) for truth in truths)
    assert any(status == "cancelled" for truth in truths for *_, status in truth["signups"])
    ignored = Counter[str]()
    for reading in (reading for one in sessions for reading in one.readings):
        ignored.update(reading.ignored)
    assert ignored["anonymous-answers"] == 1
    assert ignored["incomplete"] == 6
    assert ignored["waiting-room"] > 20
    assert {reading.encoding for one in sessions for reading in one.readings} >= {"utf-8", "utf-16", "cp1252", "xlsx"}


def test_a_restarted_room_gives_two_files_that_do_not_overlap() -> None:
    (session,) = imported(("covid-19-2020", 8, 60))
    first, second = (reading for reading in session.readings if reading.visits)
    ends = [one.left for one in first.visits if one.left]
    begins = [one.joined for one in second.visits if one.joined]
    assert timedelta(0) < min(begins) - max(ends) < timedelta(minutes=2)
    back = {one.email for one in first.visits if one.email} & {one.email for one in second.visits}
    assert len(back) > 5


def texts(data: bytes) -> str:
    """All that a file says, also that inside of a workbook."""
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    for encoding in ("utf-16", "utf-8", "cp1252"):
        if encoding != "utf-16" or data.startswith(b"\xff\xfe"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                pass
    raise AssertionError


@worlds
def test_every_address_is_one_that_nobody_can_have(world: World) -> None:
    hosts = Counter[str]()
    for name, data in files_of(world).items():
        if name != "README.md":
            hosts.update(host.lower() for host in re.findall(r"@([\w.-]+)", texts(data)))
    assert len(hosts) > 3
    assert {host for host in hosts if host != "example.org" and not host.endswith(".example.org")} == set()


def test_a_larger_public_changes_nothing_of_the_form() -> None:
    assert len({one.email for one in cast(3, 2000).public} | {one.other for one in cast(3, 2000).public}) > 2000
    names = Counter(one.name for one in cast(3, 2000).public)
    assert Counter(names.values()) == {1: 1998, 2: 1}


@given(st.integers(), st.integers(-5, 5), st.integers(-5, 5))
@settings(deadline=None)
def test_dice_fall_within_their_bounds_and_the_same_way_again(seed: int, low: int, high: int) -> None:
    dice, again = Dice(seed), Dice(seed)
    drawn = dice.between(low, high)
    assert low <= drawn <= max(low, high)
    assert again.between(low, high) == drawn
    assert sorted(dice.some(range(5), 9)) == [0, 1, 2, 3, 4]


@given(st.integers(0, 10**6), st.integers(1, 12))
@settings(deadline=None, max_examples=12)
@example(seed=187, people=5)
def test_any_seed_and_any_number_of_people_come_back_through_the_readers(seed: int, people: int) -> None:
    world = ("covid-19-2020", seed, people)
    test_the_registrations_are_those_that_were_made(world)
    test_the_stays_are_those_that_were_made(world)
    test_staff_are_known_by_role_where_the_platform_knows_it(world)


def test_each_export_is_another_file() -> None:
    names = [name for name in files_of(WORLDS[0]) if name.startswith("exports/")]
    prints = {fingerprint(Upload(name, files_of(WORLDS[0])[name])) for name in names}
    assert len(prints) == len(names) == len(truth_of(WORLDS[0])["files"])
