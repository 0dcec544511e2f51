"""Every rule: what it finds, where, and that the corrected programme has nothing to find."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import Data, programmes
from webcycle import checks, texts
from webcycle.errors import Finding, KeyPath, Language, Severity
from webcycle.programme import Programme

NOW = datetime(2021, 3, 1, 12, tzinfo=UTC)

HEAD = """
[cycle]
id = "guide"
title = "The cycle"
timezone = "Europe/Paris"
{cycle}

[organiser]
name = "The office"
email = "office@example.org"
{organiser}
"""
# A session that has been held and one to come, with nothing to find.
SESSIONS = """
[[session]]
id = "maroc"
title = "Morocco"
start = 2020-10-26T14:00:00
end = 2020-10-26T16:00:00

[[session]]
id = "sante"
title = "Health"
start = 2021-04-14T10:00:00
end = 2021-04-14T12:30:00
"""


def read(body: str = SESSIONS, *, cycle: str = "", organiser: str = "") -> Programme:
    return Programme.model_validate(tomllib.loads(HEAD.format(cycle=cycle, organiser=organiser) + body))


def session(ident: str, lines: str = "", start: str = "2021-01-13T10:00:00", end: str = "2021-01-13T12:30:00") -> str:
    times = f"start = {start}\n" + (f"end = {end}\n" if end else "")
    return f'[[session]]\nid = "{ident}"\ntitle = "T"\n{times}{lines}\n'


def found(programme: Programme, now: datetime = NOW) -> list[tuple[str, KeyPath, dict[str, str]]]:
    return [(one.code, one.path, dict(one.values)) for one in checks.check(programme, now)]


@dataclass(frozen=True)
class Case:
    """A programme with one thing wrong, the finding, and the same programme put right."""

    code: str
    wrong: str
    path: KeyPath
    right: str
    values: dict[str, str] = field(default_factory=dict)
    cycle: str = ""
    right_cycle: str | None = None
    organiser: str = ""
    right_organiser: str | None = None


def agenda(*hours: str) -> str:
    """Parts of an agenda, each "10:00 11:00"."""
    parts = (one.split() for one in hours)
    return "".join(f'[[session.agenda]]\nstart = {a}:00\nend = {b}:00\ntitle = "P"\n' for a, b in parts)


def parted(*hours: str, start: str = "2021-01-13T10:00:00", end: str = "2021-01-13T12:30:00") -> str:
    return session("a", agenda(*hours), start, end)


AXIS = '[[axis]]\nid = "geo"\ntitle = "G"\n'
RELEASE = '[[release]]\nkind = "session"\n'
TWO = session("a") + session("b", start="2021-01-13T12:30:00", end="2021-01-13T14:00:00")
JANE, JOHN = ('speakers = [{ name = "X" }, { name = "Ana  Perez" }]', 'speakers = [{ name = "ANA PEREZ" }]')
IGNORE_OVERLAP = '[check]\nignore = ["session-overlap"]\n'
OVERLAPPING = {"start": "2021-01-13T12:00:00", "end": "2021-01-13T13:00:00"}
OWED = 'documents = [{ kind = "slides", url = "https://www.example.org/s" }, { kind = "minutes" }]'
RECORDED = session("a", 'recording = { url = "https://www.example.org/r" }')
WEDNESDAY = {"start": "2021-01-20T10:00:00", "end": "2021-01-20T12:00:00"}
CLAIM = '[[claim]]\nfigure = "sessions-held"\n{}\non = 2021-04-27\nsource = "communiqué"\n'

CASES = [
    Case(
        "duplicate-id",
        AXIS + AXIS + session("a", 'axis = "geo"'),
        ("axis", 1, "id"),
        AXIS + session("a", 'axis = "geo"'),
        {"found": "geo", "table": "axis", "first": "1"},
    ),
    Case(
        "duplicate-id",
        session("a") + session("a", **WEDNESDAY),
        ("session", 1, "id"),
        session("a") + session("b", **WEDNESDAY),
        {"found": "a", "table": "session", "first": "1"},
    ),
    Case(
        "unknown-axis",
        AXIS + session("a", 'axis = "geo"') + session("b", 'axis = "goe"', **WEDNESDAY),
        ("session", 1, "axis"),
        AXIS + session("a", 'axis = "geo"'),
        {"found": "goe", "known": "geo"},
    ),
    Case(
        "unknown-contact",
        session("a", 'contact = "desk"'),
        ("session", 0, "contact"),
        session("a", 'contact = "desk"') + '[[contact]]\nid = "desk"\nname = "D"',
        {"found": "desk", "known": "–"},
    ),
    Case(
        "unknown-contact",
        session("a", 'registration = { contact = "desk" }'),
        ("session", 0, "registration", "contact"),
        session("a"),
        {"found": "desk", "known": "–"},
    ),
    Case(
        "unknown-contact",
        session("a") + '[[contact]]\nname = "D"\n' + RELEASE + 'contact = "desk"',
        ("release", 0, "contact"),
        session("a") + RELEASE,
        {"found": "desk", "known": "–"},
    ),
    Case(
        "unknown-session",
        session("maroc") + RELEASE + 'session = "marco"',
        ("release", 0, "session"),
        session("maroc") + RELEASE + 'session = "maroc"',
        {"found": "marco", "known": "maroc"},
    ),
    Case(
        "unknown-session",
        session("maroc") + RELEASE + 'related = ["maroc", "x"]',
        ("release", 0, "related", 1),
        session("maroc") + RELEASE,
        {"found": "x", "known": "maroc"},
    ),
    Case(
        "unknown-resource",
        session("a") + '[[resource]]\nid = "guide"\nkind = "guide"\ntitle = "G"\n' + RELEASE + 'resource = "giude"',
        ("release", 0, "resource"),
        session("a") + RELEASE,
        {"found": "giude", "known": "guide"},
    ),
    Case("reserved-id", session("review"), ("session", 0, "id"), session("reviews"), {"found": "review"}),
    Case(
        "reserved-id", session("announce-maroc"), ("session", 0, "id"), session("announce"), {"found": "announce-maroc"}
    ),
    Case(
        "output-clash",
        session("guide"),
        ("session", 0, "id"),
        session("guides"),
        {"found": "guide", "other": "[cycle]"},
    ),
    Case(
        "output-clash",
        AXIS + session("guide-geo", 'axis = "geo"'),
        ("session", 0, "id"),
        AXIS + session("geo", 'axis = "geo"'),
        {"found": "guide-geo", "other": "[[axis]] geo"},
    ),
    Case("no-session", "", ("session",), session("a")),
    Case(
        "axis-without-session",
        session("a") + AXIS,
        ("axis", 0, "id"),
        session("a", 'axis = "geo"') + AXIS,
        {"found": "geo"},
    ),
    Case(
        "session-overlap",
        session("a") + session("b", **OVERLAPPING),
        ("session", 1, "start"),
        TWO,
        {"found": "b", "other": "a", "start": "2021-01-13 10:00", "end": "2021-01-13 12:30"},
    ),
    Case(
        "session-overlap",
        session("a", start="2021-01-13", end="2021-01-14") + session("b", start="2021-01-14", end=""),
        ("session", 1, "start"),
        session("a", start="2021-01-13", end="2021-01-14") + session("b", start="2021-01-15", end=""),
        {"found": "b", "other": "a", "start": "2021-01-13 00:00", "end": "2021-01-15 00:00"},
    ),
    Case(
        "speaker-twice",
        session("a", JANE) + session("b", JOHN, **OVERLAPPING) + IGNORE_OVERLAP,
        ("session", 1, "speakers", 0, "name"),
        session("a", JANE) + session("b", JOHN, **WEDNESDAY),
        {"name": "ANA PEREZ", "found": "b", "other": "a"},
    ),
    Case(
        "out-of-order",
        session("b", **WEDNESDAY) + session("a"),
        ("session", 1, "start"),
        session("a") + session("b", **WEDNESDAY),
        {"found": "a", "start": "2021-01-13 10:00", "other": "b", "before": "2021-01-20 10:00"},
    ),
    Case(
        "past-tentative",
        session("a", 'status = "tentative"'),
        ("session", 0, "status"),
        session("a"),
        {"found": "a", "start": "2021-01-13 10:00"},
    ),
    Case(
        "past-tentative",
        session("a", 'status = "tentative"', "2021-02-28", ""),
        ("session", 0, "status"),
        session("a", 'status = "tentative"', "2021-03-01", ""),
        {"found": "a", "start": "2021-02-28"},
    ),
    Case(
        "weekend",
        session("a", start="2021-04-16", end="2021-04-18"),
        ("session", 0, "start"),
        session("a", start="2021-04-15", end="2021-04-16"),
        {"found": "a", "day": "2021-04-17"},
    ),
    Case(
        "deadline-after-start",
        session("a", "registration = { deadline = 2021-01-13T10:01:00 }"),
        ("session", 0, "registration", "deadline"),
        session("a", "registration = { deadline = 2021-01-13T10:00:00 }"),
        {"found": "2021-01-13 10:01", "start": "2021-01-13 10:00"},
    ),
    Case(
        "deadline-after-start",
        session("a", "registration = { deadline = 2021-01-14 }"),
        ("session", 0, "registration", "deadline"),
        session("a", "registration = { deadline = 2021-01-13 }"),
        {"found": "2021-01-14", "start": "2021-01-13 10:00"},
    ),
    Case(
        "details-after-start",
        session("a", "registration = { details-sent = 2021-01-14 }"),
        ("session", 0, "registration", "details-sent"),
        session("a", "registration = { details-sent = 2021-01-13 }"),
        {"found": "2021-01-14", "start": "2021-01-13 10:00"},
    ),
    Case(
        "held-far",
        session("a", "held = { start = 2021-01-13T08:59:00, end = 2021-01-13T13:30:00 }"),
        ("session", 0, "held", "start"),
        session("a", "held = { start = 2021-01-13T09:00:00, end = 2021-01-13T13:30:00 }"),
        {"found": "2021-01-13 08:59", "planned": "2021-01-13 10:00"},
    ),
    Case(
        "held-far",
        session("a", "held = { start = 2021-01-13, end = 2021-01-14 }"),
        ("session", 0, "held", "end"),
        session("a", "held = { start = 2021-01-13, end = 2021-01-13 }"),
        {"found": "2021-01-14", "planned": "2021-01-13 12:30"},
    ),
    Case(
        "agenda-reversed",
        parted("10:00 12:30", "12:00 11:00"),
        ("session", 0, "agenda", 1, "end"),
        parted("10:00 12:30"),
        {"start": "12:00", "end": "11:00"},
    ),
    Case(
        "agenda-outside",
        parted("09:30 12:30"),
        ("session", 0, "agenda", 0, "start"),
        parted("10:00 12:30"),
        {"start": "09:30", "end": "12:30", "first": "10:00", "last": "12:30"},
    ),
    Case(
        "agenda-outside",
        parted("10:00 13:00"),
        ("session", 0, "agenda", 0, "end"),
        parted("10:00 12:30"),
        {"start": "10:00", "end": "13:00", "first": "10:00", "last": "12:30"},
    ),
    Case(
        "agenda-overlap",
        parted("10:00 12:00", "11:00 11:30", "12:00 12:30"),
        ("session", 0, "agenda", 1, "start"),
        parted("10:00 11:00", "11:00 12:30"),
        {"start": "11:00", "reached": "12:00"},
    ),
    Case(
        "agenda-gap",
        parted("10:30 12:30"),
        ("session", 0, "agenda", 0, "start"),
        parted("10:00 12:30"),
        {"start": "10:00", "end": "10:30"},
    ),
    Case(
        "agenda-gap",
        parted("10:00 11:00", "11:15 12:30"),
        ("session", 0, "agenda", 1, "start"),
        parted("10:00 11:15", "11:15 12:30"),
        {"start": "11:00", "end": "11:15"},
    ),
    Case(
        "agenda-gap",
        parted("10:00 12:00"),
        ("session", 0, "agenda", 0, "end"),
        parted("10:00 12:30"),
        {"start": "12:00", "end": "12:30"},
    ),
    Case(
        "agenda-gap",
        parted("09:00 12:00", "14:00 17:00", start="2021-01-13", end=""),
        ("session", 0, "agenda", 1, "start"),
        parted("09:00 12:00", start="2021-01-13", end=""),
        {"start": "12:00", "end": "14:00"},
    ),
    Case(
        "duplicate-also-show",
        SESSIONS,
        ("cycle", "also-show", 1),
        SESSIONS,
        {"zone": "Indian/Reunion"},
        'also-show = ["Indian/Reunion", "Indian/Reunion"]',
        'also-show = ["Indian/Reunion"]',
    ),
    Case(
        "unused-also-show",
        SESSIONS,
        ("cycle", "also-show", 0),
        SESSIONS,
        {"zone": "Europe/Madrid", "own": "Europe/Paris"},
        'also-show = ["Europe/Madrid"]',
        'also-show = ["Europe/London"]',
    ),
    Case(
        "day-change-elsewhere",
        session("maroc", start="2020-10-26T14:00:00", end="2020-10-26T16:00:00"),
        ("session", 0, "start"),
        session("maroc", start="2020-10-26T13:59:00", end="2020-10-26T16:00:00"),
        {"found": "maroc", "zone": "Pacific/Noumea", "there": "2020-10-27 00:00", "here": "2020-10-26 14:00"},
        'also-show = ["Pacific/Noumea"]',
    ),
    Case(
        "link-without-url",
        session("a") + '[[link]]\ntitle = { fr = "Guide" }',
        ("link", 0, "url"),
        session("a") + '[[link]]\ntitle = "Guide"\nurl = "https://www.example.org/"',
        {"title": "Guide"},
    ),
    Case(
        "link-without-url",
        session("a") + RELEASE + 'links = [{ title = "Guide" }]',
        ("release", 0, "links", 0, "url"),
        session("a") + RELEASE + 'links = [{ title = "Guide", text = "In the library." }]',
        {"title": "Guide"},
    ),
    Case(
        "missing-document",
        session("a", OWED),
        ("session", 0, "documents", 1, "url"),
        session("a", OWED.replace('"minutes"', '"minutes", due = 2021-03-01')),
        {"kind": "minutes", "found": "a", "due": "2021-01-27"},
    ),
    Case(
        "missing-document",
        session("a", OWED.replace('"minutes"', '"minutes", due = 2021-02-28')),
        ("session", 0, "documents", 1, "url"),
        session("a", OWED.replace('"minutes"', '"minutes", published = 2021-02-02')),
        {"kind": "minutes", "found": "a", "due": "2021-02-28"},
    ),
    Case(
        "missing-recording",
        RECORDED + session("b", **WEDNESDAY),
        ("session", 1, "recording"),
        RECORDED + session("b", start="2021-02-16T10:00:00", end="2021-02-16T12:00:00"),
        {"found": "b", "day": "2021-01-20"},
    ),
    Case(
        "postponed-without-reason",
        session("a", 'status = "postponed"'),
        ("session", 0, "status"),
        session("a", 'status = "postponed"\nreason = "Illness"'),
        {"found": "a"},
    ),
    Case(
        "cancelled-without-reason",
        session("a", 'status = "cancelled"'),
        ("session", 0, "status"),
        session("a", 'status = "cancelled"\nreason = "Illness"'),
        {"found": "a"},
    ),
    Case(
        "in-person-without-place",
        session("a", 'mode = "hybrid"'),
        ("session", 0, "mode"),
        session("a", 'mode = "hybrid"\nplace = "Bordeaux"'),
        {"found": "a", "mode": "hybrid"},
    ),
    Case(
        "claim-contradicted",
        session("a") + CLAIM.format("equals = 10"),
        ("claim", 0, "equals"),
        session("a") + CLAIM.format("equals = 1"),
        {"claimed": "sessions-held = 10", "counted": "1", "on": "2021-04-27", "source": "communiqué"},
    ),
    Case(
        "claim-contradicted",
        session("a") + CLAIM.format("equals = 1") + CLAIM.format("more-than = 1"),
        ("claim", 1, "more-than"),
        session("a") + CLAIM.format("at-least = 1"),
        {"claimed": "sessions-held > 1", "counted": "1", "on": "2021-04-27", "source": "communiqué"},
    ),
    Case(
        "unknown-ignore",
        session("a") + '[check]\nignore = ["weekends"]',
        ("check", "ignore", 0),
        session("a") + '[check]\nignore = ["weekend"]',
        {"found": "weekends", "known": "weekend"},
    ),
    Case(
        "ignored-error",
        session("a") + '[check]\nignore = ["unknown-axis"]',
        ("check", "ignore", 0),
        session("a"),
        {"found": "unknown-axis"},
    ),
]


def name(case: Case) -> str:
    return f"{case.code}-{'.'.join(map(str, case.path))}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_rule_finds_what_is_wrong_and_where(case: Case) -> None:
    programme = read(case.wrong, cycle=case.cycle, organiser=case.organiser)
    ((code, path, values),) = found(programme)
    if case.code == "unknown-ignore":
        values["known"] = values["known"].split(", ")[0]
    assert (code, path, values) == (case.code, case.path, case.values)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_corrected_programme_has_nothing_to_find(case: Case) -> None:
    assert found(read(case.right, cycle=case.cycle if case.right_cycle is None else case.right_cycle)) == []


def test_every_code_has_a_case() -> None:
    # These two are tested apart: they have a case for each address and each country.
    assert {case.code for case in CASES} | {"http-link", "public-holiday"} == set(checks.CODES)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_finding_gives_every_field_of_its_sentences(case: Case, lang: Language) -> None:
    for one in checks.check(read(case.wrong, cycle=case.cycle), NOW):
        assert "{" not in texts.message(lang, one)
        assert texts.hint(lang, one)


def test_the_base_programme_has_nothing_to_find() -> None:
    assert found(read()) == []


def test_every_rule_says_its_constraint() -> None:
    assert len(checks.RULES) > 25
    assert all(rule.__doc__ and rule.__doc__.endswith(".") for rule in checks.RULES)


# ---- the ignore list, the order


def test_an_ignored_warning_is_not_shown() -> None:
    body = session("a", start="2021-04-17", end="")
    assert [code for code, _path, _values in found(read(body))] == ["weekend"]
    assert found(read(body + '[check]\nignore = ["weekend"]')) == []


def test_an_ignored_error_is_shown_all_the_same() -> None:
    body = session("a", 'axis = "geo"') + '[check]\nignore = ["unknown-axis"]'
    assert [code for code, _path, _values in found(read(body))] == ["ignored-error", "unknown-axis"]


def test_findings_are_in_the_order_of_their_paths() -> None:
    body = "".join(session(f"s{n}", 'contact = "x"\naxis = "y"', f"2021-01-{n:02}", "") for n in range(1, 13))
    paths = [path for _code, path, _values in found(read(body))]
    assert paths[:4] == [
        ("session", 0, "axis"),
        ("session", 0, "contact"),
        ("session", 1, "axis"),
        ("session", 1, "contact"),
    ]
    assert paths[-1] == ("session", 11, "contact")


# ---- ids


def test_a_programme_with_many_ids_still_suggests_the_likeliest() -> None:
    known = "".join(f'[[contact]]\nid = "desk-{n}"\nname = "D"\n' for n in range(300))
    ((_code, _path, values),) = found(read(session("a", 'contact = "desk-2500"') + known))
    assert values["known"].split(", ")[0] == "desk-250"
    assert len(values["known"].split(", ")) == 5


# ---- clashes of time


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


# ---- what is published


def uris(schema: Any, node: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """The key path of every address in the model."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    if node.get("format") == "uri":
        yield path
    for key, inner in node.get("properties", {}).items():
        yield from uris(schema, inner, (*path, key))
    if "items" in node:
        yield from uris(schema, node["items"], (*path, 0))
    for inner in node.get("anyOf", ()):
        yield from uris(schema, inner, path)


SCHEMA = Programme.model_json_schema()
ADDRESSES = sorted(set(uris(SCHEMA, SCHEMA)), key=str)
# What a table needs beside the address.
NEEDED: dict[str, Data] = {
    "link": {"title": "T"},
    "links": {"title": "T"},
    "resource": {"kind": "guide", "title": "T"},
    "release": {"kind": "session"},
    "documents": {"kind": "slides"},
    "questions-to": {"label": "the desk"},
}


def put(data: Any, path: KeyPath, value: str) -> None:
    """Set a value in TOML data, with the tables on the way to it."""
    *way, last = path
    for key, following in zip(way, [*way[1:], last], strict=True):
        fresh: Any = [dict(NEEDED.get(str(key), {}))] if following == 0 else dict(NEEDED.get(str(key), {}))
        data = data.setdefault(key, fresh) if isinstance(key, str) else data[key]
    data[last] = value


@pytest.mark.parametrize("path", ADDRESSES, ids=lambda path: ".".join(map(str, path)))
def test_an_address_without_encryption_is_found_wherever_it_stands(path: KeyPath) -> None:
    def check(url: str) -> list[tuple[str, KeyPath, dict[str, str]]]:
        data = tomllib.loads(HEAD.format(cycle="", organiser="") + session("a"))
        put(data, path, url)
        return found(Programme.model_validate(data))

    assert check("http://www.example.org/x") == [("http-link", path, {"found": "http://www.example.org/x"})]
    assert check("https://www.example.org/x") == []


def test_the_addresses_of_the_model_are_seen() -> None:
    assert len(ADDRESSES) >= 12


@pytest.mark.parametrize("line", ['mode = "in-person"\nplace = "Lyon"', 'status = "tentative"', ""])
def test_a_recording_is_missing_only_where_one_could_be_expected(line: str) -> None:
    codes = [code for code, *_ in found(read(RECORDED + session("b", line, **WEDNESDAY)))]
    assert ("missing-recording" in codes) == (line == "")


def test_a_document_of_a_session_that_is_not_confirmed_is_not_owed() -> None:
    codes = [code for code, *_ in found(read(session("a", OWED + '\nstatus = "tentative"')))]
    assert codes == ["past-tentative"]


def test_the_real_cycles_have_no_error() -> None:
    for file in sorted((Path(__file__).parents[1] / "data").glob("*/cycle.toml")):
        programme = Programme.model_validate(tomllib.loads(file.read_text("utf-8")))
        findings = checks.check(programme, datetime(2026, 11, 21, tzinfo=UTC))
        assert {one.code for one in findings} <= {"link-without-url"}, file


# ---- laws


moments = st.datetimes(datetime(1985, 1, 1), datetime(2110, 1, 1), timezones=st.just(UTC))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(programmes(loose=True), moments)
def test_check_never_raises_and_every_finding_can_be_said(data: Data, now: datetime) -> None:
    programme = Programme.model_validate(data)
    findings = checks.check(programme, now)
    assert findings == checks.check(programme, now)
    for one in findings:
        assert one.severity is checks.CODES[one.code]
        assert texts.message("fr", one)
        assert texts.hint("en", one)
        assert reaches(data, one)


def reaches(data: Data, one: Finding) -> bool:
    """Whether the path leads to a value of the data, or to a key that a table of it lacks."""
    node: Any = data
    for part in one.path[:-1]:
        node = node[part]
    return isinstance(node, dict) or one.path[-1] in range(len(node))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(programmes(), moments)
def test_a_programme_with_unique_ids_and_known_references_has_no_error(data: Data, now: datetime) -> None:
    errors = [one.code for one in checks.check(Programme.model_validate(data), now) if one.severity is Severity.ERROR]
    assert set(errors) <= {"agenda-reversed"}
