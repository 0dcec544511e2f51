"""Time zones: the database, and what a clock on the wall shows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from webcycle import zones


def test_an_unknown_zone_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        zones.zone("Europe/Pars")


def test_the_rule_of_a_zone() -> None:
    assert zones.footer("Europe/Paris") == "CET-1CEST,M3.5.0,M10.5.0/3"
    assert zones.footer("Pacific/Noumea") == "<+11>-11"


def test_an_ordinary_hour_has_one_reading() -> None:
    (found,) = zones.readings(datetime(2020, 10, 26, 14), "Europe/Paris")
    assert found.isoformat() == "2020-10-26T14:00:00+01:00"


def test_an_hour_that_is_skipped_has_none_and_could_mean_two() -> None:
    skipped = datetime(2021, 3, 28, 2, 30)
    assert zones.readings(skipped, "Europe/Paris") == ()
    assert [one.isoformat() for one in zones.shifted(skipped, "Europe/Paris")] == [
        "2021-03-28T03:30:00+02:00",
        "2021-03-28T01:30:00+01:00",
    ]


def test_an_hour_that_is_repeated_has_two() -> None:
    found = zones.readings(datetime(2020, 10, 25, 2, 30), "Europe/Paris")
    assert [one.isoformat() for one in found] == ["2020-10-25T02:30:00+02:00", "2020-10-25T02:30:00+01:00"]


@pytest.mark.parametrize("name", ["Europe/Paris", "America/Miquelon", "Pacific/Noumea", "Africa/Casablanca"])
def test_over_a_year_as_many_hours_are_skipped_as_are_repeated(name: str) -> None:
    start = datetime(2021, 1, 1)
    counts = [len(zones.readings(start + timedelta(minutes=30 * step), name)) for step in range(2 * 24 * 365)]
    assert counts.count(0) == counts.count(2)
