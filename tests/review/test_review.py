"""The facts and figures of a review, and where each comes from."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from webcycle.programme import Programme
from webcycle.review import Figure, Gap, Review, review

DATA = Path(__file__).parents[2] / "data"
NOW = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)

BASE = """
[cycle]
id = "cycle"
title = "Cycle"
timezone = "Europe/Paris"
[organiser]
name = "Office"
email = "office@example.org"
"""


def session(number: int, more: str = "") -> str:
    day = f"2023-01-{number + 1:02}"
    return f'[[session]]\nid = "s{number}"\ntitle = "S{number}"\nstart = {day}T10:00:00\nend = {day}T11:00:00\n{more}\n'


def claim(figure: str, bound: str, on: str = "2023-06-01") -> str:
    return f'[[claim]]\nfigure = "{figure}"\n{bound}\non = {on}\nsource = "communiqué of {on}"\n'


def made(*parts: str, now: datetime = NOW) -> Review:
    data: dict[str, Any] = tomllib.loads(BASE + "\n".join(parts))
    return review(Programme.model_validate(data), now)


def counts(**values: int) -> str:
    stated = ", ".join(f"{name} = {value}" for name, value in values.items())
    return f'stated = {{ {stated}, source = "head count" }}'


def test_what_every_session_states_is_summed_and_says_who_counted() -> None:
    found = made(session(0, counts(participants=40)), session(1, counts(participants=25)))
    assert found.figure("participations") == Figure("participations", 65, "exact", "stated", ("head count",))


def test_a_session_that_states_nothing_makes_the_sum_a_floor_and_is_named() -> None:
    found = made(session(0, counts(participants=40)), session(1)).figure("participations")
    assert (found.value, found.bound, found.provenance, found.missing) == (40, "at-least", "stated", ("s1",))


def test_a_claim_stands_in_where_counts_are_missing_with_its_own_bound() -> None:
    parts = (session(0, counts(participants=40)), session(1))
    for bound, name in (("equals = 70", "exact"), ("at-least = 70", "at-least"), ("more-than = 70", "more-than")):
        found = made(*parts, claim("participations", bound)).figure("participations")
        assert (found.value, found.bound, found.provenance) == (70, name, "claimed")
        assert found.sources == ("communiqué of 2023-06-01",)
        assert found.missing == ("s1",)


def test_a_count_wins_over_a_claim() -> None:
    found = made(session(0, counts(participants=40)), claim("participations", "equals = 70"))
    assert found.figure("participations").value == 40
    assert [judged.verdict.kind for judged in found.claims] == ["contradicted"]


def test_of_several_claims_the_last_one_said_is_told() -> None:
    found = made(session(0), claim("views", "more-than = 100"), claim("views", "more-than = 300", "2023-09-01")).figure(
        "views"
    )
    assert (found.value, found.on) == (300, date(2023, 9, 1))


def test_a_claim_of_after_the_review_is_not_told_in_it() -> None:
    parts = (session(0), claim("views", "more-than = 100"), '[[release]]\nkind = "review"\ndate = 2023-03-01\n')
    assert made(*parts).figure("views").value is None


def test_what_is_not_known_is_none_and_never_zero() -> None:
    found = made(session(0))
    for name in ("registrations", "participations", "people", "views"):
        assert found.figure(name).value is None
        assert found.figure(name).provenance == "unknown"
    assert found.figure("sessions-held").value == 1


def test_before_a_session_is_held_no_figure_is_nought() -> None:
    found = made(session(0, counts(participants=5)), now=datetime(2022, 12, 1, tzinfo=UTC))
    assert found.figure("sessions-held").value == 0
    for name in ("registrations", "participations", "people", "views"):
        assert (found.figure(name).value, found.figure(name).provenance) == (None, "unknown")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        # Said before the count, of less than the count, contradicted on the review's day, or on its own day.
        (claim("views", "more-than = 3", "2022-12-01"), (10, "exact", "stated")),
        (claim("views", "more-than = 9"), (10, "exact", "stated")),
        (claim("views", "equals = 8"), (10, "exact", "stated")),
        (claim("people", "more-than = 5"), (5, "exact", "stated")),
        (claim("views", "more-than = 10"), (10, "more-than", "claimed")),
        (claim("views", "equals = 12"), (12, "exact", "claimed")),
    ],
)
def test_a_claim_never_hides_a_count_that_says_as_much_or_contradicts_it(said: str, told: tuple[object, ...]) -> None:
    stated = 'stated = { participants = 5, views = 10, on = 2023-01-10, source = "head count" }'
    figure = made(session(0, stated), said).figure("people" if "people" in said else "views")
    assert (figure.value, figure.bound, figure.provenance) == told


def test_a_claim_that_its_own_day_contradicts_is_not_told() -> None:
    late = session(1).replace("2023-01-02", "2023-07-01")
    wrong = claim("participations", "more-than = 100")
    found = made(session(0, counts(participants=40)), late, wrong)
    assert [one.verdict.kind for one in found.claims] == ["contradicted"]
    assert (found.figure("participations").value, found.figure("participations").bound) == (40, "at-least")


def test_a_figure_names_the_sources_and_the_day_of_what_it_counts_alone() -> None:
    first = 'stated = { participants = 5, on = 2023-01-10, source = "head count" }'
    second = 'stated = { participants = 6, on = 2023-02-10, source = "list" }'
    future = session(2, 'stated = { participants = 700, source = "x" }').replace("2023-01-03", "2030-01-03")
    found = made(session(0, first), session(1, second), future)
    told = found.figure("participations")
    assert (told.value, told.sources, told.on) == (11, ("head count", "list"), date(2023, 2, 10))
    assert [row.participants for row in found.rows] == [5, 6, None]
    # A sum of which a part has no day has none.
    assert made(session(0, counts(participants=5)), session(1, second)).figure("people").on is None
    assert made(session(0, counts(participants=5))).figure("participations").on is None


def test_sessions_are_told_in_the_order_of_their_dates_with_their_state() -> None:
    found = made(
        session(9, 'status = "tentative"'),
        session(2),
        session(1, 'status = "cancelled"\nreason = "x"'),
        '[[session]]\nid = "later"\ntitle = "Later"\nstatus = "postponed"\nreason = "x"\n',
        '[[session]]\nid = "future"\ntitle = "Future"\nstart = 2030-01-01\n',
    )
    assert [(row.session.id, row.state) for row in found.rows] == [
        ("s1", "cancelled"),
        ("s2", "held"),
        ("s9", "tentative"),
        ("future", "to-come"),
        ("later", "postponed"),
    ]


@pytest.mark.parametrize(
    ("release", "hour", "held"),
    [
        ("", 9, 1),
        ("", 21, 2),
        ("date = 2023-01-02", 9, 1),
        ("date = 2023-01-02", 21, 2),
        ("date = 2023-01-01", 21, 1),
        ("date = 2023-01-03", 9, 2),
    ],
)
def test_a_session_of_this_evening_is_not_held_this_morning(release: str, hour: int, held: int) -> None:
    evening = session(1, counts(participants=7)).replace("T10:", "T18:").replace("T11:", "T19:")
    parts = session(0, counts(participants=5)), evening, f'[[release]]\nkind = "review"\n{release}\n'
    said = claim("sessions-held", "equals = 2", "2023-01-02")
    found = made(*parts, said, now=datetime(2023, 1, 2, hour, tzinfo=UTC))
    assert found.figure("sessions-held").value == held
    assert found.figure("participations").value == {1: 5, 2: 12}[held]
    assert [row.state for row in found.rows] == ["held", "held" if held == 2 else "to-come"]
    # What was said of a day was said of the whole day.
    assert [judged.verdict.kind for judged in found.claims] == ["holds"]


def test_a_session_of_a_day_is_held_when_that_day_is_over() -> None:
    day = session(0).replace("T10:00:00", "").replace("T11:00:00", "")
    states = [made(day, now=datetime(2023, 1, at, 12, tzinfo=UTC)).rows[0].state for at in (1, 2)]
    assert states == ["to-come", "held"]


def test_a_recording_of_a_later_day_is_not_there_yet() -> None:
    recording = 'recording = { url = "https://example.org/r", published = 2023-03-01 }'
    release = '[[release]]\nkind = "review"\ndate = {}\n'
    before, after = (made(session(0, recording), release.format(day)) for day in ("2023-02-28", "2023-03-01"))
    assert ("recording" in [gap.kind for gap in before.gaps], before.rows[0].session.recording) == (True, None)
    assert "recording" not in [gap.kind for gap in after.gaps]
    assert after.rows[0].session.recording is not None


def test_the_review_is_of_the_day_of_its_release_else_of_today_in_the_cycle_s_zone() -> None:
    late = datetime(2023, 11, 14, 23, 30, tzinfo=UTC)
    assert made(session(0), now=late).issued == date(2023, 11, 15)
    assert made(session(0), '[[release]]\nkind = "review"\ndate = 2023-02-01\n').issued == date(2023, 2, 1)
    assert made(session(0), '[[release]]\nkind = "review"\n').issued == date(2023, 11, 14)


def test_axes_keep_their_order_and_what_has_none_comes_last() -> None:
    axes = "".join(f'[[axis]]\nid = "{name}"\ntitle = "{name}"\n' for name in ("b", "a", "empty"))
    found = made(axes, session(0, 'axis = "a"'), session(1, 'axis = "b"'), session(2))
    told = [(group.axis.id if group.axis else None, [one.id for one in group.sessions]) for group in found.axes]
    assert told == [("b", ["s1"]), ("a", ["s0"]), (None, ["s2"])]
    assert made(session(0)).axes == ()


def test_gaps_name_what_is_missing() -> None:
    full = (
        'recording = { url = "https://example.org/r" }\n'
        'documents = [{ kind = "slides", url = "https://example.org/d" }]\n'
    )
    assert made(session(0, full + counts(participants=1, views=2))).gaps == ()
    link = '[[link]]\ntitle = "Somewhere"\n'
    assert made(link, session(0), session(1, 'mode = "in-person"\nplace = "Lyon"')).gaps == (
        Gap("attendance", ("s0", "s1")),
        Gap("views", ("s0",)),
        Gap("recording", ("s0",)),
        Gap("documents", ("s0", "s1")),
        Gap("address", ("Somewhere",)),
    )


@pytest.mark.parametrize("cycle", ["guide-2020-2021", "covid-19-2020", "amerique-latine-2021"])
def test_the_real_cycles(cycle: str) -> None:
    data = tomllib.loads((DATA / cycle / "cycle.toml").read_text("utf-8"))
    found = review(Programme.model_validate(data), NOW)
    assert len(found.rows) == len(data["session"])
    assert all(row.state == "held" for row in found.rows)


def test_the_guide_holds_its_ten_sessions_and_leaves_the_rest_to_what_was_said() -> None:
    data = tomllib.loads((DATA / "guide-2020-2021" / "cycle.toml").read_text("utf-8"))
    found = review(Programme.model_validate(data), NOW)
    assert found.issued == date(2021, 4, 27)
    assert [(one.name, one.value, one.bound, one.provenance) for one in found.figures if one.value is not None] == [
        ("sessions-held", 10, "exact", "programme"),
        ("participations", 1500, "more-than", "claimed"),
        ("views", 3600, "more-than", "claimed"),
    ]
    assert [judged.verdict.kind for judged in found.claims] == ["holds", "unknown", "unknown"]
