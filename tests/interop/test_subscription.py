"""Somebody subscribes to the feed: vdirsyncer fetches it from a web server, khal shows it, while the cycle lives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.calendar.cycles import NOW, at, programme, session
from tests.interop.programs import program, ran, web_server
from webcycle.calendar import Ledger, plan


@dataclass
class Subscriber:
    """What is published, and what the subscriber then has."""

    site: Path
    home: Path
    ledger: Ledger
    hours: int = 0

    def publish(self, *sessions: dict[str, Any]) -> None:
        self.hours += 1
        publication = plan(programme(*sessions), self.ledger, NOW + timedelta(hours=self.hours))
        self.ledger = publication.ledger
        (self.site / "guide.ics").write_bytes(publication.feed())

    def sync(self) -> None:
        ran(program("vdirsyncer"), "-c", self.home / "vdirsyncer", "sync", "--force-delete", home=self.home)

    def files(self) -> dict[str, tuple[bytes, int]]:
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (self.home / "local").iterdir()}

    def shown(self) -> list[str]:
        command = ("list", "--format", "{start}|{title}", "--day-format", "", "2026-10-01", "120d")
        lines = ran(program("khal"), "-c", self.home / "khal", *command, home=self.home).splitlines()
        return sorted(line for line in lines if line)


@pytest.fixture
def subscriber(tmp_path: Path) -> Iterator[Subscriber]:
    site, home = tmp_path / "site", tmp_path / "home"
    for folder in (site, home / "local", home / "status"):
        folder.mkdir(parents=True)
    with web_server(site) as address:
        (home / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{home}/status"\n'
            '[pair cycle]\na = "published"\nb = "mine"\ncollections = null\nconflict_resolution = "a wins"\n'
            f'[storage published]\ntype = "http"\nurl = "{address}/guide.ics"\n'
            f'[storage mine]\ntype = "filesystem"\npath = "{home}/local"\nfileext = ".ics"\n'
        )
        # The clocks of somebody in La Réunion, four hours ahead of UTC and without summer time.
        (home / "khal").write_text(
            f"[calendars]\n[[cycle]]\npath = {home}/local\n[sqlite]\npath = {home}/khal.db\n"
            "[locale]\nlocal_timezone = Indian/Reunion\ndefault_timezone = Indian/Reunion\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )
        one = Subscriber(site, home, Ledger())
        one.publish(MAROC, SANTE)
        ran(program("vdirsyncer"), "-c", home / "vdirsyncer", "discover", home=home)
        one.sync()
        yield one


MAROC = session("maroc", title="Le Maroc", start=at("2026-10-20T14:00"))
SANTE = session("sante", title="La santé", start=at("2026-11-18T10:00"))


def test_the_subscriber_sees_each_session_at_the_local_hour(subscriber: Subscriber) -> None:
    # Paris is two hours ahead of UTC in October, one in November.
    assert subscriber.shown() == ["2026-10-20 16:00|Le Maroc", "2026-11-18 13:00|La santé"]


def test_what_moves_moves_there_too_and_nothing_is_twice(subscriber: Subscriber) -> None:
    moved = {**MAROC, "start": at("2026-10-27T09:00"), "end": at("2026-10-27T11:00"), "moved-from": [MAROC["start"]]}
    subscriber.publish(moved, SANTE)
    subscriber.sync()
    assert subscriber.shown() == ["2026-10-27 12:00|Reporté\u00a0: Le Maroc", "2026-11-18 13:00|La santé"]


def test_what_is_cancelled_or_postponed_or_retitled_is_still_there_and_says_so(subscriber: Subscriber) -> None:
    subscriber.publish({**MAROC, "status": "cancelled"}, {**SANTE, "title": "Soins, santé"})
    subscriber.sync()
    assert subscriber.shown() == ["2026-10-20 16:00|Annulé\u00a0: Le Maroc", "2026-11-18 13:00|Soins, santé"]
    subscriber.publish(MAROC, {**SANTE, "status": "postponed"})
    subscriber.sync()
    assert subscriber.shown() == [
        "2026-10-20 16:00|Le Maroc",
        "2026-11-18 13:00|Reporté (date à venir)\u00a0: La santé",
    ]


def test_what_left_the_programme_cancelled_is_still_seen_for_a_time(subscriber: Subscriber) -> None:
    subscriber.publish({**MAROC, "status": "cancelled"}, SANTE)
    subscriber.publish(SANTE)
    subscriber.sync()
    assert subscriber.shown()[0] == "2026-10-20 16:00|Annulé\u00a0: Le Maroc"


def test_nothing_new_changes_no_file(subscriber: Subscriber) -> None:
    before = subscriber.files()
    assert len(before) == 2
    subscriber.publish(MAROC, SANTE)
    subscriber.sync()
    assert subscriber.files() == before
    subscriber.publish(MAROC, {**SANTE, "note": "Un mot."})
    subscriber.sync()
    assert subscriber.files() != before
