"""The published files: the feed, that of an axis, one file a session; the same bytes everywhere, and fast."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.calendar.cycles import events, programme, published, rich, session
from tests.calendar.ics_lint import lint
from webcycle import calendar

# ---- the feed and the files


def test_the_feed_is_published_with_names_and_how_often_to_ask() -> None:
    feed = published(
        session(),
        cycle={"introduction": "Un *cycle*, en ligne.", "url": "https://example.org/cycle"},
        calendar={"url": "https://example.org/guide.ics"},
    ).feed()
    assert lint(feed) == []
    head: Any = Calendar.from_ical(feed)
    assert head["METHOD"] == "PUBLISH"
    assert head["NAME"] == head["X-WR-CALNAME"] == "Les webinaires du guide"
    assert head["DESCRIPTION"] == "Un cycle, en ligne."
    assert b"X-WR-CALDESC:Un cycle\\, en ligne.\r\n" in feed
    assert head["URL"] == "https://example.org/cycle"
    assert b"SOURCE;VALUE=URI:https://example.org/guide.ics\r\n" in feed
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in feed
    assert b"X-WR-TIMEZONE:Europe/Paris\r\n" in feed
    assert b"PRODID:-//DEX//webcycle " in feed


def test_the_feed_of_an_axis_holds_its_sessions_alone_and_no_source() -> None:
    publication = published(
        session("un", axis="geo"), session("deux"), calendar={"url": "https://example.org/guide.ics"}
    )
    assert list(events(publication.feed())) == ["un", "deux"]
    feed = publication.feed("geo")
    assert lint(feed) == []
    assert list(events(feed)) == ["un"]
    assert Calendar.from_ical(feed)["NAME"] == "Les webinaires du guide – Axe géographique"
    assert b"SOURCE" not in feed


@pytest.mark.parametrize("zone", ["Europe/Paris", "Etc/UTC"])
def test_a_feed_without_sessions_is_still_a_calendar(zone: str) -> None:
    feed = published(zone=zone).feed()
    assert lint(feed) == []
    assert events(feed) == {}


def test_a_session_file_has_an_alarm_and_neither_method_nor_name() -> None:
    publication = published(session(axis="geo"), session("autre"))
    data = publication.session_file("maroc")
    assert lint(data) == []
    assert list(events(data)) == ["maroc"]
    assert b"METHOD" not in data
    (alarm,) = events(data)["maroc"].subcomponents
    assert alarm["TRIGGER"].dt == timedelta(minutes=-15)
    assert b"VALARM" not in publication.feed()


@pytest.mark.parametrize(
    "more",
    [{"status": "cancelled"}, {"status": "postponed"}, {"start": date(2026, 10, 26)}],
)
def test_a_session_that_is_given_up_or_has_no_hour_has_no_alarm(more: dict[str, Any]) -> None:
    assert b"VALARM" in published(session()).session_file("maroc")
    assert b"VALARM" not in published(session(**more)).session_file("maroc")


def test_a_recording_of_a_later_day_is_told_from_that_day_on() -> None:
    for day, told in (("2026-01-05", True), ("2026-01-06", False)):
        recording = {"url": "https://example.org/replay", "published": date.fromisoformat(day)}
        about = str(events(published(session(recording=recording)).feed())["maroc"]["DESCRIPTION"])
        assert ("https://example.org/replay" in about) == told


def test_the_alarm_is_as_the_programme_says() -> None:
    assert b"TRIGGER:-P1D\r\n" in published(session(), calendar={"alarm": 1440}).session_file("maroc")
    assert b"VALARM" not in published(session(), calendar={"alarm": 0}).session_file("maroc")


def test_the_files_are_named_by_ids_and_equal_those_made_from_the_ledger() -> None:
    publication = rich()
    files = dict(publication.files("geo"))
    assert list(files) == ["guide.ics", "guide-geo.ics", *(f"{key}.ics" for key in publication.bodies)]
    assert files["guide.ics"] == calendar.feed(publication.programme, publication.ledger)
    assert files["guide-geo.ics"] == calendar.feed(publication.programme, publication.ledger, "geo")
    assert files["maroc.ics"] == calendar.session_file(publication.programme, publication.ledger, "maroc")
    assert "guide-geo.ics" not in dict(publication.files())


def test_only_what_the_ledger_knows_is_in_a_feed_made_from_it() -> None:
    ledger = published(session("un")).ledger
    both = programme(session("un"), session("deux"))
    assert list(events(calendar.feed(both, ledger))) == ["un"]
    with pytest.raises(KeyError):
        calendar.session_file(both, ledger, "deux")


# ---- the same everywhere


_SCRIPT = """
import hashlib
from tests.calendar.cycles import rich
from webcycle.calendar import write_ledger
publication = rich()
whole = b"".join(data for _, data in publication.files("geo")) + write_ledger(publication.ledger)
print(hashlib.sha256(whole).hexdigest())
"""


def test_the_bytes_are_the_same_under_any_seed_zone_and_locale() -> None:
    places = [("0", "UTC", "C"), ("1", "Pacific/Noumea", "fr_FR.UTF-8"), ("4294967295", "America/New_York", "tr_TR")]
    found = set()
    for seed, zone, locale in places:
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": locale, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", _SCRIPT], env=env, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == 64
