"""A claim holds, is contradicted or cannot be checked; only what is provable is said."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle import claims, texts
from webcycle.programme import Claim, FigureName, Programme

APRIL = date(2021, 4, 27)

SESSION = """
[[session]]
id = "{id}"
title = "A session"
{lines}
"""


def programme(**sessions: str) -> Programme:
    """A programme of sessions, each given by its lines of TOML."""
    head = (
        '[cycle]\nid = "c"\ntitle = "C"\ntimezone = "Europe/Paris"\n[organiser]\nname = "O"\nemail = "o@example.org"\n'
    )
    blocks = (SESSION.format(id=name, lines=lines) for name, lines in sessions.items())
    return Programme.model_validate(tomllib.loads(head + "".join(blocks)))


def held(stated: str = "", day: str = "2021-01-13") -> str:
    return f"start = {day}\n" + (f'stated = {{ {stated}, source = "head count" }}' if stated else "")


def claim(figure: str, on: date = APRIL, **bound: int) -> Claim:
    bounds = {name.replace("_", "-"): value for name, value in bound.items()}
    return Claim.model_validate({"figure": figure, "on": on, "source": "communiqué", **bounds})


def judged(plan: Programme, said: Claim) -> claims.Verdict:
    return claims.verdict(said, claims.recompute(plan, said.figure, said.on))


def test_a_session_is_held_when_it_is_confirmed_and_has_ended_by_that_day() -> None:
    plan = programme(
        **{
            "that-day": "start = 2021-04-27T14:00:00\nend = 2021-04-27T16:00:00",
            "next-day": "start = 2021-04-27T23:00:00\nend = 2021-04-28T01:00:00",
            "days": "start = 2021-04-26\nend = 2021-04-27",
            "longer": "start = 2021-04-26\nend = 2021-04-28",
            "tentative": 'start = 2021-01-13\nstatus = "tentative"',
            "cancelled": 'start = 2021-01-13\nstatus = "cancelled"',
            "postponed": 'start = 2021-01-13\nstatus = "postponed"',
            "undated": 'status = "postponed"',
        }
    )
    assert [session.id for session in plan.sessions if claims.ended_by(session, APRIL)] == [
        "that-day",
        "days",
        "tentative",
        "cancelled",
        "postponed",
    ]
    assert claims.recompute(plan, "sessions-held", APRIL) == claims.Known("sessions-held", 2, 2)


def test_stated_figures_are_summed_over_the_sessions_held() -> None:
    plan = programme(
        a=held("participants = 150, views = 360"),
        b=held("participants = 100"),
        c=held("participants = 9", "2021-05-01"),
    )
    known = claims.recompute(plan, "participations", APRIL)
    assert known == claims.Known("participations", 250, 250)
    assert known.exact


def test_a_session_that_states_nothing_leaves_a_lower_bound_and_is_named() -> None:
    plan = programme(a=held("participants = 150"), b=held())
    known = claims.recompute(plan, "participations", APRIL)
    assert known == claims.Known("participations", 150, None, ("b",))
    assert not known.exact


def test_nothing_stated_is_not_nought() -> None:
    known = claims.recompute(programme(a=held(), b=held("views = 3")), "participations", APRIL)
    assert known == claims.Known("participations", None, None, ("a", "b"))
    assert not known.exact


def test_before_the_first_session_nothing_is_known_of_who_came() -> None:
    plan = programme(a=held("participants = 5, views = 3"))
    before = date(2020, 12, 31)
    for figure in ("participations", "people", "views"):
        assert claims.recompute(plan, figure, before) == claims.Known(figure, None, None)
        assert claims.recompute(plan, figure, APRIL).value in (5, 3)
    assert claims.recompute(plan, "sessions-held", before) == claims.Known("sessions-held", 0, 0)
    assert judged(plan, claim("participations", before, at_least=1)).kind == "unknown"


def test_what_was_counted_is_what_the_sessions_held_state_of_that_figure() -> None:
    plan = programme(a=held("participants = 5"), b=held("views = 3"), c=held("participants = 7", "2021-05-01"))
    assert [one.participants for one in claims.counted(plan, "participations", APRIL)] == [5]
    assert [one.views for one in claims.counted(plan, "views", APRIL)] == [3]
    assert claims.counted(plan, "sessions-held", APRIL) == ()


def test_nobody_misses_the_views_of_a_day_that_was_not_recorded() -> None:
    there = 'mode = "in-person"\nplace = "Lyon"\n'
    recording = 'recording = { url = "https://example.org/r" }\n'
    seen = held("views = 3")
    assert claims.recompute(programme(a=seen, b=there + held()), "views", APRIL) == claims.Known("views", 3, 3)
    assert claims.recompute(programme(a=seen, b=there + seen), "views", APRIL) == claims.Known("views", 6, 6)
    for more in ("", there + recording):
        known = claims.recompute(programme(a=seen, b=more + held()), "views", APRIL)
        assert known == claims.Known("views", 3, None, ("b",))


def test_registrations_of_sessions_to_come_are_not_known() -> None:
    plan = programme(
        a=held("registered = 200"),
        b=held("registered = 90", "2021-05-01"),
        c='status = "postponed"',
        d='status = "cancelled"\nstart = 2021-05-02',
    )
    assert claims.recompute(plan, "registrations", APRIL) == claims.Known("registrations", 200, None, ("b", "c"))
    assert claims.recompute(plan, "registrations", date(2021, 5, 1)).value == 290


def test_views_read_later_say_nothing_and_views_read_before_may_have_grown() -> None:
    later = programme(a=held("views = 360, on = 2021-04-28"))
    before = programme(a=held("views = 360, on = 2021-04-26"), b=held("views = 40"))
    that_day = programme(a=held("views = 360, on = 2021-04-27"), b=held("views = 40"))
    assert claims.recompute(later, "views", APRIL) == claims.Known("views", None, None, ("a",))
    assert claims.recompute(before, "views", APRIL) == claims.Known("views", 400, None)
    assert claims.recompute(that_day, "views", APRIL) == claims.Known("views", 400, 400)
    # Who came does not change after the session.
    attended = programme(a=held("participants = 360, on = 2021-04-26"))
    assert claims.recompute(attended, "participations", APRIL).exact


def test_people_lie_between_the_fullest_session_and_all_participations() -> None:
    plan = programme(a=held("participants = 150"), b=held("participants = 100"))
    assert claims.recompute(plan, "people", APRIL) == claims.Known("people", 150, 250)
    assert claims.recompute(programme(a=held("participants = 150")), "people", APRIL).exact


COMPLETE = programme(a=held("participants = 150, views = 30, on = 2021-04-01"), b=held("participants = 100, views = 5"))
LACKING = programme(a=held("participants = 150"), b=held())
SILENT = programme(a=held())


@pytest.mark.parametrize(
    ("plan", "said", "kind", "reason", "counted"),
    [
        (COMPLETE, claim("sessions-held", equals=2), "holds", "counted", "2"),
        (COMPLETE, claim("sessions-held", equals=10), "contradicted", "fewer", "2"),
        (COMPLETE, claim("sessions-held", equals=1), "contradicted", "more", "2"),
        (COMPLETE, claim("participations", at_least=250), "holds", "counted", "250"),
        (COMPLETE, claim("participations", at_least=251), "contradicted", "fewer", "250"),
        (COMPLETE, claim("participations", more_than=249), "holds", "counted", "250"),
        (COMPLETE, claim("participations", more_than=250), "contradicted", "fewer", "250"),
        (COMPLETE, claim("people", at_least=150), "holds", "already", "150–250"),
        (COMPLETE, claim("people", at_least=200), "unknown", "distinct", "150–250"),
        (COMPLETE, claim("people", equals=250), "unknown", "distinct", "150–250"),
        (COMPLETE, claim("people", more_than=250), "contradicted", "fewer", "150–250"),
        (COMPLETE, claim("people", equals=149), "contradicted", "more", "150–250"),
        (COMPLETE, claim("views", at_least=36), "unknown", "dated", "≥ 35"),
        (COMPLETE, claim("views", at_least=35), "holds", "already", "≥ 35"),
        (COMPLETE, claim("views", equals=34), "contradicted", "more", "≥ 35"),
        (LACKING, claim("participations", more_than=100), "holds", "already", "≥ 150"),
        (LACKING, claim("participations", more_than=150), "unknown", "incomplete", "≥ 150"),
        (LACKING, claim("participations", equals=150), "unknown", "incomplete", "≥ 150"),
        (LACKING, claim("participations", equals=149), "contradicted", "more", "≥ 150"),
        (SILENT, claim("participations", more_than=1500), "unknown", "nothing", "≥ 0"),
        (SILENT, claim("participations", equals=0), "unknown", "nothing", "≥ 0"),
    ],
)
def test_verdict(plan: Programme, said: Claim, kind: str, reason: str, counted: str) -> None:
    found = judged(plan, said)
    assert (found.kind, found.reason, found.values["counted"]) == (kind, reason, counted)
    for lang in ("en", "fr"):
        assert claims.notation(said) in texts.say(lang, f"claim.{found.reason}", found.values)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_reason_has_its_sentence(lang: Any) -> None:
    assert set(texts.table(lang)["claim"]) == set(get_args(claims.Reason))


def test_the_sessions_that_are_missing_are_named() -> None:
    found = judged(LACKING, claim("participations", more_than=1500))
    assert dict(found.values) == {
        "claimed": "participations > 1500",
        "counted": "≥ 150",
        "on": "2021-04-27",
        "missing": "b",
    }


@pytest.mark.parametrize(
    ("said", "signs"),
    [
        (claim("sessions-held", equals=10), "sessions-held = 10"),
        (claim("people", at_least=3), "people ≥ 3"),
        (claim("views", more_than=3600), "views > 3600"),
    ],
)
def test_a_claim_is_written_in_signs(said: Claim, signs: str) -> None:
    assert claims.notation(said) == signs


bounds = st.sampled_from(("equals", "at_least", "more_than"))
numbers = st.integers(0, 60)


@settings(deadline=None)
@given(st.none() | numbers, st.none() | numbers, bounds, numbers)
def test_what_is_proved_is_true_of_every_number_that_is_possible(
    least: int | None, more: int | None, bound: str, said: int
) -> None:
    most = None if least is None or more is None else least + more
    name: FigureName = "people"
    found = claims.verdict(claim(name, APRIL, **{bound: said}), claims.Known(name, least, most))
    possible = range(least or 0, 200 if most is None else most + 1)
    true = {number == said if bound == "equals" else number >= said + (bound == "more_than") for number in possible}
    assert found.kind == {frozenset({True}): "holds", frozenset({False}): "contradicted"}.get(
        frozenset(true), "unknown"
    )
