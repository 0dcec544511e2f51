"""From the exports of an invented cycle to what is stored, and to lists of participants: the truth comes out."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests import telephones
from webcycle import folder as folders
from webcycle import identity, source, store
from webcycle.cli.app import app
from webcycle.participants import Entry, Rolls, rolls
from webcycle.programme import Programme
from webcycle.store import Records

DATA = Path(__file__).parents[1] / "data"
SYNTHETIC = DATA / "guide-2020-2021-synthetic-exports"


@cache
def truth() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((SYNTHETIC / "truth.json").read_text("utf-8"))
    return facts


def sessions() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = truth()["sessions"]
    return found


def programme() -> Programme:
    loaded = source.load((DATA / "guide-2020-2021" / "cycle.toml").read_bytes(), "cycle.toml")
    assert loaded.programme is not None
    return loaded.programme


def copy(folder: Path) -> Path:
    shutil.copytree(DATA / "guide-2020-2021", folder)
    return folder


def run(cycle: Path, *arguments: str | Path) -> Result:
    env = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000", "WEBCYCLE_CYCLE": ""}
    return CliRunner().invoke(app, ["--cycle", str(cycle), *map(str, arguments)], env=env)


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the cycle into which the whole folder of synthetic exports was imported, no question asked."""
    folder = copy(tmp_path_factory.mktemp("import") / "guide")
    done = run(folder, "import", "--yes", SYNTHETIC)
    assert done.exit_code == 0, done.output
    return folder


def stored(cycle: Path) -> Records:
    return store.load(folders.find(cycle))


def contents(cycle: Path) -> dict[str, bytes]:
    """The stored files; which day the numbers of views are of depends on the disk."""
    return {path.relative_to(cycle).as_posix(): path.read_bytes() for path in sorted(cycle.rglob("sessions/*/*.csv"))}


def test_the_stored_registrations_are_the_true_ones(cycle: Path) -> None:
    found = Counter((one.session, one.email, one.registered, one.status) for one in stored(cycle).registrations)
    assert found == Counter(
        (session["id"], email, datetime.fromisoformat(when), status)
        for session in sessions()
        for _person, email, when, status in session["signups"]
    )


def test_the_stored_stays_are_the_true_ones(cycle: Path) -> None:
    found = [(one.session, one.name, one.email, one.joined, one.left) for one in stored(cycle).visits]
    assert Counter(found) == Counter(
        (session["id"], *stay) for session in sessions() for one in session["attended"] for stay in true_stays(one)
    )


def true_stays(one: dict[str, Any]) -> list[tuple[str, str, datetime, datetime]]:
    """The stays, as exactly as the export can tell them."""
    name = telephones.kept(one["name"]) if one["name"].isdigit() else one["name"]
    stays = [
        (datetime.fromisoformat(begin), datetime.fromisoformat(end), device) for begin, end, device in one["stays"]
    ]
    if one["resolution"] == "sum":
        apart = [[stay for stay in stays if stay[2] == device] for device in sorted({device for *_, device in stays})]
        return [(name, one["email"], own[0][0], own[-1][1]) for own in apart]
    if one["resolution"] == "minute":
        return [(name, one["email"], begin.replace(second=0), end.replace(second=0)) for begin, end, _ in stays]
    return [(name, one["email"], begin, end) for begin, end, _ in stays]


def test_the_stored_views_and_figures_of_platforms_are_the_true_ones(cycle: Path) -> None:
    found = stored(cycle)
    assert {(one.session, one.video, one.views) for one in found.views} == {
        (one["session"], one["video"], one["views"]) for one in truth()["videos"]
    }
    told = {
        (session["id"], name, value) for session in sessions() for name, value in session["platform_totals"].items()
    }
    assert told
    assert told <= {(one.session, one.name, one.value) for one in found.totals}


def test_the_stored_files_are_private(cycle: Path) -> None:
    assert len(contents(cycle)) == 2 * len(sessions())
    for name in contents(cycle):
        assert (cycle / name).stat().st_mode & 0o777 == 0o600
        assert (cycle / name).parent.stat().st_mode & 0o777 == 0o700


def test_neither_the_order_of_the_files_nor_a_second_time_changes_anything(cycle: Path, tmp_path: Path) -> None:
    other = copy(tmp_path / "guide")
    for file in sorted((SYNTHETIC / "exports").iterdir(), reverse=True):
        done = run(other, "import", "--yes", file)
        assert done.exit_code == 0, done.output
    assert contents(other) == contents(cycle)
    before = {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    assert run(other, "import", "--yes", SYNTHETIC).exit_code == 0
    assert contents(other) == contents(cycle)
    assert set(before) == {path for path in other.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def lists(cycle: Path) -> Rolls:
    """The lists that the stored records give with all the decisions that a careful organiser would take."""
    people, findings = identity.load((SYNTHETIC / "people.toml").read_bytes(), "people.toml")
    assert people is not None
    assert findings == ()
    found = stored(cycle)
    return rolls(programme(), found.registrations, found.visits, people)


@cache
def owners() -> dict[str, str]:
    """Who goes by which key: the first address, or what is kept of a telephone number."""
    known = {one[3]: one[0] for one in truth()["addresses"]}
    phones = [one for session in sessions() for one in session["attended"] if one["name"].isdigit()]
    return known | {
        f"id:bigbluebutton/{one['id']}" if "id" in one else f"name:{telephones.kept(one['name'])}": one["person"]
        for one in phones
    }


def by_person(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    found = {owners()[entry.person.key]: entry for entry in entries}
    assert len(found) == len(entries)
    return found


@pytest.mark.parametrize("number", range(len(sessions())))
def test_the_list_of_a_session_is_the_true_one(lists: Rolls, number: int) -> None:
    session = sessions()[number]
    roll = lists.sessions[session["id"]]
    entries = by_person(roll.entries)
    insiders = {one["person"] for one in session["attended"] if one["role"] != "participant"}
    assert {key for key, entry in entries.items() if entry.is_registered} == set(session["registered"]) - insiders
    assert {key for key, entry in entries.items() if entry.joined} == set(session["present"])
    assert {key for key, entry in entries.items() if entry.joined and not entry.is_registered} == set(
        session["walk_ins"]
    )
    assert {key for key, entry in entries.items() if entry.presence == "absent"} == set(session["absent"])
    attended = {one["person"]: one for one in session["attended"]}
    for key in session["present"]:
        one, entry = attended[key], entries[key]
        assert entry.seconds is not None
        if one["resolution"] == "second":
            assert entry.seconds == one["seconds"]
            assert (entry.presence == "present") == one["counted"]
        else:
            assert abs(entry.seconds - one["seconds"]) <= 60 * len(one["stays"])


def test_those_who_are_left_out_are_the_staff_and_the_speakers(lists: Rolls) -> None:
    found = {(left.session, owners()[left.person.key]) for left in lists.cycle.left_out if left.person}
    cancelled = {
        (session["id"], person)
        for session in sessions()
        for person, _, _, status in session["signups"]
        if status != "confirmed"
    }
    assert found - cancelled == {
        (session["id"], one["person"])
        for session in sessions()
        for one in session["attended"]
        if one["role"] != "participant"
    }


def test_the_figures_of_the_cycle_are_the_true_ones(lists: Rolls) -> None:
    totals = truth()["totals"]
    came = by_person(tuple(entry for entry in lists.cycle.entries if entry.joined))
    assert len(came) == totals["people"]
    assert (
        sum(entry.joined is not None for roll in lists.sessions.values() for entry in roll.entries)
        == totals["participations"]
    )


def test_without_the_decisions_nobody_is_merged_and_the_pairs_are_suggested(cycle: Path) -> None:
    found = stored(cycle)
    alone = identity.resolve(found.registrations, found.visits, identity.People())
    people, _findings = identity.load((SYNTHETIC / "people.toml").read_bytes(), "people.toml")
    assert people is not None
    decided = identity.resolve(found.registrations, found.visits, people)
    assert len(alone.persons) > len(decided.persons)
    pairs = {frozenset((one.kept.key, one.other.key)) for one in identity.suggestions(alone, identity.People())}
    true = {frozenset(pair) for pair in pairs if len({people.same.root(key) for key in pair}) == 1}
    assert len(true) > 0.9 * len(pairs)
    assert identity.suggestions(decided, people) == ()
