"""What is published of a cycle, taken together, tells of no few people; and it says the same everywhere."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from webcycle.records import Registration, Visit, dump

HEAD = """
[cycle]
id = "spring"
title = "Spring"
language = "en"
timezone = "UTC"
[organiser]
name = "Council"
email = "w@example.org"
"""


@dataclass(frozen=True)
class Held:
    """A session of an hour at 14:00: its day, who came and who had registered, by number."""

    day: str
    came: Sequence[int] = ()
    registered: Sequence[int] = ()
    axis: str = ""
    stated: str = ""


@dataclass(frozen=True)
class Spring:
    """A cycle in a folder of its own."""

    folder: Path
    run: Run
    sessions: Mapping[str, Held] = field(default_factory=dict)

    def make(self, more: str = "", **sessions: Held) -> None:
        """Write its programme and its records."""
        axes = dict.fromkeys(one.axis for one in sessions.values() if one.axis)
        parts = [HEAD, *(f'[[axis]]\nid = "{axis}"\ntitle = "Axis {axis}"\n' for axis in axes), more]
        (self.folder / "cycle.toml").write_text("".join(parts), "utf-8")
        for name, one in sessions.items():
            self.add(name, one)
            start = datetime.fromisoformat(f"{one.day}T14:00:00").replace(tzinfo=UTC)
            visits = [
                Visit(name, email=address(who), joined=start, left=start + timedelta(minutes=50), source="a" * 16)
                for who in one.came
            ]
            known = [Registration(name, email=address(who), source="b" * 16) for who in one.registered]
            place = self.folder / "sessions" / name
            place.mkdir(parents=True)
            if visits:
                (place / "attendance.csv").write_text(dump(Visit, visits), "utf-8")
            if known:
                (place / "registrations.csv").write_text(dump(Registration, known), "utf-8")

    def add(self, name: str, one: Held) -> None:
        """Add a session to the programme."""
        lines = [
            f'[[session]]\nid = "{name}"\ntitle = "Session {name}"',
            f"start = {one.day}T14:00:00\nend = {one.day}T15:00:00",
        ]
        lines += [f'axis = "{one.axis}"'] if one.axis else []
        lines += [f'stated = {{ {one.stated}, source = "a count" }}'] if one.stated else []
        with (self.folder / "cycle.toml").open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    def review(self) -> tuple[dict[str, Any], str]:
        """The review as data and in words."""
        done = self.run("report", "--format", "json,md", "--level", "full")
        assert done.exit_code == 0, done.output
        public = self.folder / "out" / "public"
        told: dict[str, Any] = json.loads((public / "review.json").read_text("utf-8"))
        return told, (public / "review.md").read_text("utf-8")

    def groups(self, name: str) -> dict[str, list[int | None]]:
        """A breakdown of the review: the counts of each group."""
        (found,) = (one for one in self.review()[0]["breakdowns"] if one["name"] == name)
        return {" ".join(one["names"]): one["counts"] for one in found["groups"]}

    def figure(self, name: str) -> dict[str, Any]:
        """A figure of the cycle in the review."""
        found = (one for one in self.review()[0]["figures"] if one["name"] == name)
        return dict(next(found, {"value": None}))

    def totals(self) -> tuple[str, ...]:
        """Registrations, participations and people of the whole cycle, as the table of attendance has them."""
        assert self.run("attendance", "--format", "csv").exit_code == 0
        text = (self.folder / "out" / "public" / "attendance.csv").read_text("utf-8-sig")
        titles, *_sessions, total = csv.reader(text.splitlines(), delimiter=";")
        row = dict(zip(titles, total, strict=True))
        return row["Registered"], row["Attended"], row["Distinct people"]


def address(number: int) -> str:
    return f"p{number}@example.org"


def claim(bound: str, on: str, figure: str = "people") -> str:
    return f'[[claim]]\nfigure = "{figure}"\n{bound}\non = {on}\nsource = "a speech"\n'


def crowd(*spans: tuple[int, int]) -> list[int]:
    return [number for start, end in spans for number in range(start, end)]


@pytest.fixture
def spring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Spring:
    folder = tmp_path / "spring"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Spring(folder, run)


# ---- numbers of people on several days


@pytest.mark.parametrize(("newcomers", "counted"), [(30, ["60", "90"]), (3, ["60", ""])])
def test_two_days_tell_no_few_newcomers_of_the_session_between(
    spring: Spring, newcomers: int, counted: list[str]
) -> None:
    spring.make(
        claim("at-least = 50", "2020-10-15") + claim("at-least = 50", "2020-11-15"),
        one=Held("2020-10-01", crowd((0, 60))),
        two=Held("2020-11-01", crowd((0, 43 - newcomers), (60, 60 + newcomers))),
        three=Held("2020-12-01", crowd((0, 30), (100, 130))),
        four=Held("2021-01-10", crowd((0, 30), (130, 160))),
    )
    told, _text = spring.review()
    assert (spring.groups("newcomers")["two"] == [None, None]) == (newcomers == 3)
    assert [one["counted"] for one in told["claims"]] == counted
    assert [one["verdict"] for one in told["claims"]] == ["holds", "unknown" if newcomers == 3 else "holds"]


def test_what_a_claim_leaves_of_a_hidden_number_is_the_same_in_every_format(spring: Spring) -> None:
    parts = [claim(bound, "2020-10-20") for bound in ("equals = 41", "more-than = 40", "more-than = 41")]
    spring.make(
        "".join(parts),
        one=Held("2020-10-01", crowd((0, 21))),
        two=Held("2020-10-05", crowd((0, 2), (21, 41))),
    )
    told, text = spring.review()
    assert [(one["verdict"], one["counted"]) for one in told["claims"]] == [
        ("unknown", ""),
        ("unknown", ""),
        ("contradicted", ""),
    ]
    assert "more than 41 said" in text
    assert "41 said (a speech), the count" not in text
    assert "claim-contradicted" in spring.run("check").stdout  # inside the house the whole truth is told


# ---- one day for the whole review


LATE = {
    "one": Held("2020-10-01", crowd((0, 60)), crowd((0, 70))),
    "two": Held("2020-10-02", crowd((0, 40), (60, 90)), crowd((0, 40), (60, 120))),
    "three": Held("2020-10-03", crowd((0, 30), (90, 120)), crowd((0, 30), (90, 160))),
    "four": Held("2020-10-10", crowd((0, 50), (120, 123)), crowd((0, 50), (120, 180))),
}


def test_a_review_of_an_earlier_day_tells_of_the_sessions_of_that_day_alone(spring: Spring) -> None:
    spring.make('[[release]]\nkind = "review"\ndate = 2020-10-07\n', **LATE)
    told, _text = spring.review()
    assert spring.figure("people")["value"] == 120
    assert spring.groups("types") == {"": [120]}
    assert set(spring.groups("newcomers")) == {"one", "two", "three"}
    assert spring.figure("person-minutes")["value"] == 50 * (60 + 70 + 60)
    registrations = spring.figure("registrations")  # of the fourth it is not known how many there were by then
    assert (registrations["low"], registrations["missing"]) == (70 + 100 + 100, ["four"])
    assert spring.figure("registrants")["low"] == 160
    assert spring.totals()[1] == str(60 + 70 + 60 + 53)
    before = told
    assert spring.run("purge", "--early", "--yes").exit_code == 0
    assert spring.review()[0] == before
    assert spring.totals()[1] == str(60 + 70 + 60 + 53)


def test_a_review_of_the_day_of_the_last_session_is_the_one_of_today(spring: Spring) -> None:
    spring.make("", **LATE)
    today = spring.figure("people")
    programme = spring.folder / "cycle.toml"
    programme.write_text(programme.read_text("utf-8") + '[[release]]\nkind = "review"\ndate = 2020-10-10\n', "utf-8")
    assert spring.figure("people")["value"] == today["value"] == 123
    assert spring.run("purge", "--early", "--yes").exit_code == 0
    assert b'"2020-10-10"' not in (spring.folder / "frozen-figures.json").read_bytes()
    assert spring.figure("people")["value"] == 123


# ---- those who came, or registered, more than once


@pytest.mark.parametrize(("both", "told"), [(30, True), (5, False), (0, True)])
def test_the_number_of_registrants_tells_no_few_who_registered_twice(spring: Spring, both: int, told: bool) -> None:
    spring.make(
        one=Held("2020-10-01", crowd((0, 60)), crowd((0, 62))),
        two=Held("2020-10-02", crowd((0, 30), (60, 90)), crowd((0, both), (100, 163 - both))),
    )
    found = spring.figure("registrants")
    assert found["value"] == (125 - both if told else None)
    text = (spring.folder / "out" / "public" / "review.md").read_text("utf-8")
    assert ("People registered" in text) == told


@pytest.mark.parametrize(("both", "told"), [(30, True), (3, False)])
def test_the_people_of_an_axis_tell_no_few_who_came_to_two_of_its_sessions(
    spring: Spring, both: int, told: bool
) -> None:
    spring.make(
        one=Held("2020-10-01", crowd((0, 60)), axis="places"),
        two=Held("2020-10-02", crowd((20, 90), (150, 170)), axis="themes"),
        three=Held("2020-10-03", crowd((0, both), (60, 120 - both)), axis="places"),
    )
    assert spring.groups("axes")["places"] == [120 - both if told else None]


# ---- what comes after a purge


@pytest.mark.parametrize("change", ["add", "cancel"])
def test_after_a_purge_every_command_counts_the_sessions_of_today(spring: Spring, change: str) -> None:
    def told() -> tuple[Any, ...]:
        explained = [
            json.loads(spring.run("explain", name, "--json").stdout)
            for name in ("registrations", "participations", "people")
        ]
        review = [spring.figure(name) for name in ("registrations", "participations", "people")]
        bounds = [(one["value"], one.get("low"), one.get("high")) for one in explained]
        return spring.totals(), [(one["value"], one["low"], one["high"]) for one in review], bounds

    spring.make(
        one=Held("2020-10-01", crowd((0, 60)), crowd((0, 70))),
        two=Held("2020-10-02", crowd((0, 30), (60, 90)), crowd((0, 30), (60, 120))),
    )
    programme = spring.folder / "cycle.toml"
    plain = programme.read_text("utf-8")
    if change == "add":
        spring.add("three", Held("2020-10-09", stated="registered = 100, participants = 80"))
    else:
        programme.write_text(plain.replace('id = "two"', 'id = "two"\nstatus = "cancelled"'), "utf-8")
    changed, before = programme.read_text("utf-8"), told()
    programme.write_text(plain, "utf-8")
    assert spring.run("purge", "--early", "--yes").exit_code == 0
    programme.write_text(changed, "utf-8")
    after = told()
    assert after == before
    assert before[0][1] == ("200" if change == "add" else "60")


def test_sessions_that_the_programme_lost_since_are_named_and_their_people_not_counted_exactly(spring: Spring) -> None:
    spring.make(
        one=Held("2020-10-01", crowd((0, 60)), crowd((0, 70))),
        two=Held("2020-10-02", crowd((0, 30), (60, 90)), crowd((0, 30), (60, 120))),
        three=Held("2020-10-03", crowd((0, 30), (90, 120)), crowd((0, 30), (120, 180))),
    )
    assert spring.run("purge", "--early", "--yes").exit_code == 0
    assert "kept-session" not in spring.run("check").stdout
    programme = spring.folder / "cycle.toml"
    programme.write_text(programme.read_text("utf-8").replace('id = "three"', 'id = "renamed"'), "utf-8")
    done = spring.run("check")
    assert "kept-session" in done.stdout
    assert "three" in done.stdout
    assert spring.totals()[1:] == ("at least 120", "at least 60")
    (spring.folder / "frozen-figures.json").unlink()
    done = spring.run("check")
    assert done.exit_code == 1
    assert "kept-figures" in done.stdout
    assert "Restore it" in done.stdout + done.stderr
