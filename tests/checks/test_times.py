"""The finer points of the rules about time: clashes, agendas, days and zones."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import holidays
import pytest

from tests.checks.writing import (
    JANE,
    JOHN,
    OVERLAPPING,
    agenda,
    found,
    parted,
    read,
    session,
)

# ---- clashes


def test_a_session_of_which_only_the_day_is_known_may_lie_beside_one_with_hours() -> None:
    assert found(read(session("a", start="2021-01-13", end="") + session("b"))) == []


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_a_session_that_does_not_take_place_is_in_nobodys_way(status: str) -> None:
    gone = session("b", f'status = "{status}"\nreason = "Illness"\n' + JOHN)
    assert found(read(session("a", JANE) + gone)) == []


def test_every_session_under_a_long_one_overlaps_it() -> None:
    long = session("long", start="2021-01-13T09:00:00", end="2021-01-15T18:00:00")
    short = "".join(
        session(f"s{n}", start=f"2021-01-{n}T10:00:00", end=f"2021-01-{n}T11:00:00") for n in (13, 14, 15, 18)
    )
    overlaps = [(path[1], values["other"]) for _code, path, values in found(read(long + short))]
    assert overlaps == [(1, "long"), (2, "long"), (3, "long")]


def test_a_speaker_listed_twice_in_one_session_is_in_one_place() -> None:
    assert found(read(session("a", 'speakers = [{ name = "Ana" }, { name = "ana" }]'))) == []


def test_a_speaker_of_two_sessions_of_which_only_the_day_is_known_can_be_in_both() -> None:
    body = session("a", JANE, "2021-01-13", "") + session("b", JOHN, "2021-01-13", "")
    assert [code for code, _path, _values in found(read(body))] == ["session-overlap"]


def test_composed_and_decomposed_letters_are_the_same_name() -> None:
    names = ('speakers = [{ name = "Zo\\u00eb" }]', 'speakers = [{ name = "Zoe\\u0308" }]')
    body = session("a", names[0]) + session("b", names[1], **OVERLAPPING)
    assert [code for code, _path, _values in found(read(body))] == ["speaker-twice", "session-overlap"]


# ---- agendas


def test_an_agenda_can_cross_midnight() -> None:
    night = {"start": "2021-01-13T22:00:00", "end": "2021-01-14T01:00:00"}
    assert found(read(parted("22:00 23:30", "23:30 00:15", "00:15 01:00", **night))) == []
    assert found(read(parted("22:00 23:30", "23:30 00:15", "00:30 01:00", **night))) == [
        ("agenda-gap", ("session", 0, "agenda", 2, "start"), {"start": "00:15", "end": "00:30"})
    ]


def test_an_agenda_of_several_days_goes_on_the_next_day_and_may_leave_the_night_out() -> None:
    two_days = {"start": "2021-01-13T09:00:00", "end": "2021-01-14T17:00:00"}
    assert found(read(parted("09:00 17:00", "09:00 17:00", **two_days))) == []
    assert [code for code, *_ in found(read(parted("09:00 17:00", "09:00 18:00", **two_days)))] == ["agenda-outside"]


def test_parts_side_by_side_at_night_overlap_rather_than_move_to_the_next_night() -> None:
    night = {"start": "2021-01-13T22:00:00", "end": "2021-01-14T01:00:00"}
    assert found(read(parted("22:00 00:15", "23:45 01:00", **night))) == [
        ("agenda-overlap", ("session", 0, "agenda", 1, "start"), {"start": "23:45", "reached": "00:15"})
    ]


def test_parts_listed_out_of_order_are_compared_by_their_hours() -> None:
    assert found(read(parted("11:00 12:30", "10:00 11:00"))) == []


def test_the_agenda_of_a_session_without_date_is_compared_with_itself() -> None:
    undated = '[[session]]\nid = "a"\ntitle = "T"\nstatus = "postponed"\nreason = "Illness"\n'
    assert found(read(undated + agenda("10:00 11:00", "11:00 12:00"))) == []
    assert [code for code, *_ in found(read(undated + agenda("10:00 11:00", "10:30 12:00")))] == ["agenda-overlap"]


def test_an_agenda_with_no_sound_part_leaves_no_gap() -> None:
    assert [code for code, *_ in found(read(parted("11:00 10:00")))] == ["agenda-reversed"]


def test_the_agenda_of_a_cancelled_session_does_not_matter() -> None:
    gone = session("a", 'status = "cancelled"\nreason = "Illness"\n' + agenda("03:00 02:00"))
    assert found(read(gone)) == []


# ---- days


def test_weekends_and_holidays_of_the_past_are_let_be() -> None:
    past = session("a", start="2021-01-01", end="2021-01-03")
    assert found(read(past, organiser='country = "FR"')) == []
    before = datetime(2020, 12, 1, tzinfo=UTC)
    assert [code for code, *_ in found(read(past, organiser='country = "FR"'), before)] == ["public-holiday", "weekend"]


def test_a_session_that_ends_at_midnight_is_not_on_the_next_day() -> None:
    friday = session("a", start="2021-04-16T22:00:00", end="2021-04-17T00:00:00")
    assert found(read(friday)) == []
    assert [code for code, *_ in found(read(friday.replace("00:00:00\n", "00:01:00\n")))] == ["weekend"]


def test_the_weekend_is_that_of_the_organisers_country() -> None:
    friday, sunday = (session("a", start=f"2021-04-{day}", end="") for day in (16, 18))
    assert [code for code, *_ in found(read(friday, organiser='country = "DZ"'))] == ["weekend"]
    assert found(read(sunday, organiser='country = "DZ"')) == []


@pytest.mark.parametrize(
    ("country", "language", "day", "expected"),
    [
        ("FR", "fr", "2021-05-13", "Ascension"),
        ("FR", "en", "2021-05-13", "Ascension Day"),
        ("SN", "fr", "2021-05-13", "Jeudi de l'Ascension"),
        ("DE", "fr", "2021-05-13", "Christi Himmelfahrt"),
        ("AQ", "fr", "2021-06-21", "Midwinter Day"),
    ],
)
def test_a_public_holiday_is_named_whatever_the_locale(
    country: str, language: str, day: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "uk")
    body = session("a", start=day, end="")
    programme = read(body, cycle=f'language = "{language}"', organiser=f'country = "{country}"')
    ((code, path, values),) = found(programme)
    assert (code, path) == ("public-holiday", ("session", 0, "start"))
    assert expected in values.pop("name")
    assert values == {"found": "a", "day": day, "country": country}


def test_a_working_day_is_no_public_holiday() -> None:
    assert found(read(session("a", start="2021-05-12", end=""), organiser='country = "FR"')) == []


def test_a_country_of_which_nothing_is_known_has_the_usual_weekend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holidays, "TK", None)
    saturday = session("a", start="2030-01-05", end="")
    assert [code for code, *_ in found(read(saturday, organiser='country = "TK"'))] == ["weekend"]


def test_a_cycle_that_is_over_does_not_pay_for_holidays() -> None:
    code = (
        "import sys, tomllib; from datetime import datetime, UTC; from pathlib import Path;"
        "from webcycle import checks; from webcycle.programme import Programme;"
        "data = tomllib.loads(Path('data/guide-2020-2021/cycle.toml').read_text('utf-8'));"
        "checks.check(Programme.model_validate(data), datetime({year}, 1, 1, tzinfo=UTC));"
        "print(*sorted({{'holidays', 'babel', 'icalendar'}} & set(sys.modules)))"
    )

    def loaded(year: int) -> str:
        done = [sys.executable, "-c", code.format(year=year)]
        return subprocess.run(done, capture_output=True, text=True, check=True, env=dict(os.environ)).stdout.strip()

    assert loaded(2020) == "holidays"
    assert loaded(2026) == ""


def test_tentative_until_it_starts() -> None:
    tentative = read(session("a", 'status = "tentative"'))
    assert found(tentative, datetime(2021, 1, 13, 9, 0, tzinfo=UTC)) == []
    assert [code for code, *_ in found(tentative, datetime(2021, 1, 13, 9, 1, tzinfo=UTC))] == ["past-tentative"]


def test_sessions_of_one_day_without_hours_are_in_any_order() -> None:
    assert found(read(session("a") + session("b", start="2021-01-13", end=""))) == []


# ---- zones


def test_a_zone_that_differs_for_one_session_is_used() -> None:
    # Morocco kept the hour of Paris in January 2021, not in the Ramadan of 2021.
    casablanca = 'also-show = ["Africa/Casablanca"]'
    winter, ramadan = session("a"), session("b", start="2021-04-28T10:00:00", end="2021-04-28T11:00:00")
    assert [code for code, *_ in found(read(winter, cycle=casablanca))] == ["unused-also-show"]
    assert found(read(winter + ramadan, cycle=casablanca)) == []


def test_a_zone_is_not_called_unused_before_an_hour_is_known() -> None:
    days_only = session("a", start="2021-01-13", end="")
    assert found(read(days_only, cycle='also-show = ["Europe/Madrid"]')) == []
    assert [code for code, *_ in found(read(days_only, cycle='also-show = ["Europe/Paris"]'))] == ["unused-also-show"]


def test_the_day_can_change_backwards() -> None:
    early = session("a", start="2021-01-13T08:00:00", end="2021-01-13T09:00:00")
    ((_code, _path, values),) = found(read(early, cycle='also-show = ["Pacific/Tahiti"]'))
    assert values["there"] == "2021-01-12 21:00"
