"""A claim holds, is contradicted or cannot be checked; only what is provable is said."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
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


def test_at_an_hour_a_session_is_held_once_it_has_ended_and_one_of_days_after_its_last_midnight() -> None:
    plan = programme(
        **{
            "morning": "start = 2021-04-27T09:00:00\nend = 2021-04-27T10:00:00",
            "evening": "start = 2021-04-27T18:00:00\nend = 2021-04-27T19:00:00",
            "night": "start = 2021-04-27T22:00:00\nend = 2021-04-28T00:00:00",
            "days": "start = 2021-04-26\nend = 2021-04-27",
        }
    )
    late = {datetime(2021, 4, 27, 9, 59): 0, datetime(2021, 4, 27, 10): 1, datetime(2021, 4, 27, 19): 2}
    for hour, number in {**late, datetime(2021, 4, 27, 23, 59): 2, datetime(2021, 4, 28): 4}.items():
        assert claims.recompute(plan, "sessions-held", hour).value == number, hour
    # A figure said of the day was said of the whole day.
    assert claims.recompute(plan, "sessions-held", APRIL).value == 3


def test_what_is_stated_of_this_evening_does_not_count_this_morning() -> None:
    plan = programme(
        a=held("participants = 5"), b=held("participants = 7", "2021-04-27T18:00:00\nend = 2021-04-27T19:00:00")
    )
    morning, night = datetime(2021, 4, 27, 9), datetime(2021, 4, 27, 21)
    assert claims.recompute(plan, "participations", morning) == claims.Known("participations", 5, 5)
    assert claims.recompute(plan, "participations", night) == claims.Known("participations", 12, 12)
    assert [one.participants for one in claims.counted(plan, "participations", morning).stated] == [5]
    assert [one.participants for one in claims.counted(plan, "participations", night).stated] == [5, 7]


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
    assert [one.participants for one in claims.counted(plan, "participations", APRIL).stated] == [5]
    assert [one.views for one in claims.counted(plan, "views", APRIL).stated] == [3]
    assert claims.counted(plan, "sessions-held", APRIL) == claims.Counted((), ())


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


# ---- what was measured


def measured(**sessions: claims.SessionCounts) -> claims.Measured:
    return claims.Measured(sessions)


def views(*readings: tuple[str, int]) -> claims.SessionCounts:
    return claims.SessionCounts(views=tuple((date.fromisoformat(day), number) for day, number in readings))


COUNTS = claims.SessionCounts


def test_what_was_measured_wins_over_what_is_stated_session_by_session() -> None:
    plan = programme(
        a=held("registered = 900, participants = 900"), b=held("registered = 20, participants = 10"), c=held()
    )
    found = measured(a=COUNTS(registered=60, attended=40, newcomers=40))
    assert claims.recompute(plan, "participations", APRIL) == claims.Known("participations", 910, None, ("c",))
    assert claims.recompute(plan, "participations", APRIL, found) == claims.Known("participations", 50, None, ("c",))
    assert claims.recompute(plan, "registrations", APRIL, found) == claims.Known("registrations", 80, None, ("c",))
    known = claims.counted(plan, "participations", APRIL, found)
    assert known.measured == ("a",)
    assert [one.participants for one in known.stated] == [10]
    assert claims.count(plan.sessions[0], "participations", APRIL, found) == 40
    assert claims.count(plan.sessions[1], "participations", APRIL, found) == 10
    assert claims.count(plan.sessions[2], "participations", APRIL, found) is None


def test_a_measured_nought_is_a_count() -> None:
    found = measured(a=COUNTS(attended=0, newcomers=0))
    plan = programme(a=held("participants = 7"))
    for figure in ("participations", "people"):
        assert claims.recompute(plan, figure, APRIL, found) == claims.Known(figure, 0, 0)


def test_people_are_the_newcomers_of_the_sessions_that_had_ended() -> None:
    plan = programme(a=held(day="2021-01-13"), b=held(day="2021-02-13"), c=held(day="2021-05-13"))
    found = measured(a=COUNTS(attended=40, newcomers=40), b=COUNTS(attended=30, newcomers=5), c=COUNTS(newcomers=9))
    assert claims.recompute(plan, "people", date(2021, 1, 13), found) == claims.Known("people", 40, 40)
    assert claims.recompute(plan, "people", APRIL, found) == claims.Known("people", 45, 45)
    assert claims.recompute(plan, "people", date(2021, 6, 1), found) == claims.Known("people", 54, 54)


@pytest.mark.parametrize(
    ("heads", "low", "high"),
    [
        # 45 people measured; head counts of others: the greater of the two, and all of them together.
        ((30,), 45, 75),
        ((30, 70), 70, 145),
        ((0,), 45, 45),
    ],
)
def test_head_counts_beside_measured_people_leave_bounds(heads: tuple[int, ...], low: int, high: int) -> None:
    more = {f"h{number}": held(f"participants = {head}") for number, head in enumerate(heads)}
    plan = programme(a=held(), b=held(), **more)
    found = measured(a=COUNTS(attended=40, newcomers=40), b=COUNTS(attended=30, newcomers=5))
    assert claims.recompute(plan, "people", APRIL, found) == claims.Known("people", low, high)


def test_people_have_no_upper_bound_where_a_session_is_not_known() -> None:
    found = measured(a=COUNTS(attended=40, newcomers=40))
    assert claims.recompute(programme(a=held(), b=held()), "people", APRIL, found) == claims.Known(
        "people", 40, None, ("b",)
    )


def test_registrations_of_sessions_to_come_are_not_known_though_some_are_measured() -> None:
    plan = programme(a=held(), b=held(day="2021-05-01"))
    found = measured(a=COUNTS(registered=50), b=COUNTS(registered=20))
    assert claims.recompute(plan, "registrations", APRIL, found) == claims.Known("registrations", 50, None, ("b",))
    assert claims.recompute(plan, "registrations", date(2021, 5, 1), found).value == 70


READ = views(("2021-03-01", 100), ("2021-04-20", 360), ("2021-05-20", 420))


@pytest.mark.parametrize(
    ("readings", "day", "low", "high"),
    [
        (READ, "2021-04-20", 360, 360),
        (READ, "2021-04-27", 360, 420),
        (READ, "2021-05-21", 420, None),
        (READ, "2021-02-01", None, 100),
        (COUNTS(), "2021-04-27", None, None),
        # The platform has taken views away: the later reading bounds nothing.
        (views(("2021-04-20", 360), ("2021-05-20", 350)), "2021-04-27", 360, None),
        (views(("2021-04-20", 360), ("2021-05-20", 360)), "2021-04-27", 360, 360),
    ],
)
def test_views_lie_between_the_reading_before_and_the_one_after(
    readings: claims.SessionCounts, day: str, low: int | None, high: int | None
) -> None:
    on = date.fromisoformat(day)
    assert claims.seen(readings.views, on) == (low, high)
    missing = ("a",) if low is None and high is None else ()
    assert claims.recompute(programme(a=held()), "views", on, measured(a=readings)) == claims.Known(
        "views", low, high, missing
    )


def test_stated_views_of_before_say_more_than_a_reading_of_after() -> None:
    plan = programme(a=held("views = 90, on = 2021-04-27"))
    assert claims.recompute(plan, "views", APRIL, measured(a=views(("2021-05-20", 420)))) == claims.Known(
        "views", 90, 90
    )
    assert claims.recompute(plan, "views", APRIL, measured(a=READ)) == claims.Known("views", 360, 420)


def test_one_session_with_no_upper_bound_leaves_the_views_without_one() -> None:
    plan = programme(a=held(), b=held())
    found = measured(a=READ, b=views(("2021-04-20", 40)))
    assert claims.recompute(plan, "views", APRIL, found) == claims.Known("views", 400, None)
    later = measured(a=READ, b=views(("2021-05-20", 40)))
    assert claims.recompute(plan, "views", APRIL, later) == claims.Known("views", 360, 460)


def test_a_session_in_one_place_has_views_once_some_were_measured() -> None:
    plan = programme(a=held(), b='mode = "in-person"\nplace = "Lyon"\n' + held())
    assert not claims.recordable(plan.sessions[1])
    assert claims.recordable(plan.sessions[1], measured(b=READ))
    assert claims.recompute(plan, "views", APRIL, measured(a=READ, b=READ)) == claims.Known("views", 720, 840)


MEASURED = measured(a=COUNTS(registered=60, attended=150, newcomers=150, views=READ.views))
ONE = programme(a=held())


@pytest.mark.parametrize(
    ("said", "kind", "reason", "counted"),
    [
        (claim("participations", equals=150), "holds", "counted", "150"),
        (claim("participations", more_than=1500), "contradicted", "fewer", "150"),
        (claim("people", at_least=150), "holds", "counted", "150"),
        (claim("registrations", equals=61), "contradicted", "fewer", "60"),
        (claim("views", at_least=360), "holds", "already", "360–420"),
        (claim("views", more_than=360), "unknown", "between", "360–420"),
        (claim("views", equals=400), "unknown", "between", "360–420"),
        (claim("views", more_than=420), "contradicted", "fewer", "360–420"),
        (claim("views", equals=359), "contradicted", "more", "360–420"),
        (claim("views", date(2021, 2, 1), at_least=50), "unknown", "between", "≤ 100"),
        (claim("views", date(2021, 2, 1), more_than=100), "contradicted", "fewer", "≤ 100"),
        (claim("views", date(2021, 6, 1), more_than=500), "unknown", "dated", "≥ 420"),
    ],
)
def test_verdict_on_what_was_measured(said: Claim, kind: str, reason: str, counted: str) -> None:
    found = claims.verdict(said, claims.recompute(ONE, said.figure, said.on, MEASURED))
    assert (found.kind, found.reason, found.values["counted"]) == (kind, reason, counted)
    for lang in ("en", "fr"):
        assert counted in texts.say(lang, f"claim.{found.reason}", found.values)


@pytest.mark.parametrize(
    ("stated", "differing"),
    [
        ("registered = 60, participants = 150, views = 360, on = 2021-04-20", []),
        ("registered = 61, participants = 149", [("registered", 61, "60"), ("participants", 149, "150")]),
        # Views are held against the readings around their day.
        ("views = 361, on = 2021-04-20", [("views", 361, "360")]),
        ("views = 400, on = 2021-04-27", []),
        ("views = 421, on = 2021-04-27", [("views", 421, "360–420")]),
        ("views = 359, on = 2021-04-27", [("views", 359, "360–420")]),
        ("views = 500, on = 2021-06-01", []),
        ("views = 101, on = 2021-02-01", [("views", 101, "≤ 100")]),
        # Without a day they were read at some time, and can only be too many.
        ("views = 1", []),
        ("views = 421", [("views", 421, "≤ 420")]),
    ],
)
def test_what_is_stated_and_what_was_measured_are_compared(stated: str, differing: list[tuple[str, int, str]]) -> None:
    plan = programme(a=held(stated), b=held("participants = 7, views = 8"), c=held())
    found = list(claims.differences(plan, MEASURED))
    assert found == [claims.Difference("a", key, said, counted) for key, said, counted in differing]  # type: ignore[arg-type]
    assert list(claims.differences(plan, claims.NOTHING)) == []


@pytest.mark.parametrize(
    ("body", "needed"), [(held(), False), (held("views = 3"), True), (held() + 'reason = "x"\n', False)]
)
def test_records_are_needed_where_a_figure_was_stated_or_said(body: str, needed: bool) -> None:
    plan = programme(a=body)
    assert claims.need_records(plan) is needed
    for figure, asks in (("sessions-held", needed), ("people", True)):
        assert claims.need_records(plan.model_copy(update={"claims": (claim(figure, equals=1),)})) is asks


@pytest.mark.parametrize(
    ("said", "least", "most", "told"),
    [
        (claim("people", equals=30), 30, 30, (30, 30)),
        (claim("people", equals=30), 29, 29, (None, 29)),
        (claim("people", equals=30), 31, 31, (31, None)),
        (claim("people", equals=30), 20, 40, (None, None)),
        (claim("people", at_least=30), 35, 50, (30, None)),
        (claim("people", at_least=30), None, None, (None, None)),
        (claim("people", more_than=30), 10, 30, (None, 30)),
        (claim("people", more_than=30), 31, None, (31, None)),
    ],
)
def test_a_verdict_tells_no_more_than_its_bounds(
    said: Claim, least: int | None, most: int | None, told: claims.Bounds
) -> None:
    assert claims.implied(said, claims.Known("people", least, most)) == told


@pytest.mark.parametrize("bound", ["equals", "at_least", "more_than"])
def test_a_verdict_implies_the_numbers_that_would_have_had_it_and_no_others(bound: str) -> None:
    said = claim("people", APRIL, **{bound: 12})

    def judged_at(number: int) -> tuple[str, str]:
        found = claims.verdict(said, claims.Known("people", number, number))
        return found.kind, found.reason

    for number in range(30):
        low, high = claims.implied(said, claims.Known("people", number, number))
        alike = [other for other in range(30) if judged_at(other) == judged_at(number)]
        assert alike == list(range(low or 0, 30 if high is None else high + 1))


days = st.integers(1, 28)
crowds = st.lists(st.tuples(days, st.frozensets(st.integers(0, 8))), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(crowds, days)
def test_people_as_of_a_day_are_those_who_had_come_by_then(
    sessions: list[tuple[int, frozenset[int]]], day: int
) -> None:
    plan = programme(**{f"s{number}": held(day=f"2021-01-{at:02}") for number, (at, _) in enumerate(sessions)})
    known: set[int] = set()
    counts = {}
    for number, (_, crowd) in sorted(enumerate(sessions), key=lambda one: (one[1][0], one[0])):
        counts[f"s{number}"] = COUNTS(attended=len(crowd), newcomers=len(crowd - known))
        known |= crowd
    on = date(2021, 1, day)
    came = [crowd for at, crowd in sessions if at <= day]
    expected = len(frozenset().union(*came)) if came else None
    assert claims.recompute(plan, "people", on, measured(**counts)) == claims.Known("people", expected, expected)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 5), min_size=28, max_size=28), st.sets(days, min_size=1), days)
def test_views_that_only_grow_lie_within_their_bounds(growth: list[int], read: set[int], day: int) -> None:
    truth = {at: sum(growth[:at]) for at in range(1, 29)}
    readings = tuple((date(2021, 1, at), truth[at]) for at in sorted(read))
    low, high = claims.seen(readings, date(2021, 1, day))
    assert low is None or low <= truth[day]
    assert high is None or truth[day] <= high
    assert low is not None or high is not None


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
