"""The facts and figures of a review of which records were imported."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.published.made import as_they_are
from tests.review import measuring
from tests.review.measuring import FILE, OTHER, cycle, usual
from tests.review.test_review import BASE, NOW, claim, counts, session
from webcycle.metrics import CycleResults
from webcycle.metrics import Figure as Recorded
from webcycle.programme import Programme
from webcycle.review import Figure, Review, amounts, review

TWO = (session(0), session(1))


def made(results: CycleResults | None, *parts: str, tell_people: bool = True, **more: Any) -> Review:
    plan = Programme.model_validate(tomllib.loads(BASE + "\n".join(parts)))
    return review(plan, NOW, as_they_are(results, plan, tell_people=tell_people), **more)


def test_measured_figures_replace_stated_ones() -> None:
    stated = (session(0, counts(registered=9, participants=8, views=7)), session(1, counts(participants=6)))
    found = made(usual(), *stated)
    assert found.figure("participations") == Figure(
        "participations", 1537, "exact", "measured", (FILE, OTHER), found.issued
    )
    assert found.figure("people").value == 1100
    assert found.figure("registrations").value == 1900
    assert [(row.registered, row.participants, row.views) for row in found.rows] == [(1200, 900, 360), (700, 637, None)]
    assert [dict(row.stated) for row in found.rows] == [{"registered": 9, "participants": 8}, {"participants": 6}]
    assert made(None, *stated).figure("participations").value == 14


def test_a_session_without_records_falls_back_on_what_is_stated() -> None:
    results = cycle(
        measuring.session("s0", attended=900, newcomers=900),
        measuring.session("s1", attended=measuring.stated("s1", "attended", 300)),
    )
    found = made(results, session(0), session(1, counts(participants=300)))
    told = found.figure("participations")
    assert (told.value, told.provenance, told.sources) == (1200, "mixed", (FILE, "head count"))
    people = found.figure("people")
    assert (people.value, people.high, people.bound, people.provenance) == (900, 1200, "at-least", "mixed")


def test_what_is_neither_measured_nor_stated_is_a_named_gap() -> None:
    found = made(cycle(measuring.session("s0", attended=900, newcomers=900)), *TWO)
    told = found.figure("participations")
    assert (told.value, told.bound, told.missing, told.provenance) == (900, "at-least", ("s1",), "measured")
    gaps = {gap.kind: gap.names for gap in found.gaps}
    assert gaps["attendance"] == ("s1",)
    assert gaps["views"] == ("s0", "s1")


def test_views_are_of_the_day_on_which_they_were_read() -> None:
    views = (("2023-05-04", 360), ("2023-06-04", 400), ("2024-01-01", 900))
    found = made(cycle(measuring.session("s0", views)), session(0)).figure("views")
    assert (found.value, found.bound, found.on, found.sources) == (400, "exact", date(2023, 6, 4), (FILE,))


def test_views_read_on_different_days_are_at_least_so_many_on_the_last() -> None:
    results = cycle(
        measuring.session("s0", (("2023-05-04", 360),)), measuring.session("s1", (("2023-06-04", 40),), OTHER)
    )
    found = made(results, *TWO)
    told = found.figure("views")
    assert (told.value, told.bound, told.on) == (400, "at-least", date(2023, 6, 4))
    assert [row.views_on for row in found.rows] == [date(2023, 5, 4), date(2023, 6, 4)]


def test_views_that_were_only_read_later_are_told_with_their_day() -> None:
    release = '[[release]]\nkind = "review"\ndate = 2023-03-01\n'
    found = made(cycle(measuring.session("s0", (("2023-05-04", 360), ("2023-07-04", 400)))), session(0), release)
    told = found.figure("views")
    assert (told.value, told.on, found.rows[0].views) == (360, date(2023, 5, 4), 360)


def test_a_review_tells_of_no_session_that_is_still_to_come() -> None:
    release = '[[release]]\nkind = "review"\ndate = 2023-01-01\n'
    found = made(usual(), *TWO, release)
    assert (found.figure("participations").value, found.figure("people").value) == (900, 900)
    assert [(row.state, row.participants, row.rate) for row in found.rows] == [
        ("held", 900, Fraction(2, 3)),
        ("to-come", None, None),
    ]


def test_a_row_has_the_figures_that_only_records_tell() -> None:
    first, second = made(usual(), *TWO).rows
    assert (first.rate, first.peak, first.median) == (Fraction(2, 3), 850, Fraction(105, 2))
    assert (second.rate, second.peak, second.median) == (None, None, None)


def test_the_results_are_kept_whole_and_there_are_none_without_records() -> None:
    found = made(usual(), *TWO)
    assert found.results == usual()
    assert [one.name for one in found.recorded if one.exact] == [
        "registrants",
        "attendance-rate",
        "median-minutes",
        "weak-share",
    ]
    assert (made(None, *TWO).results, made(None, *TWO).recorded) == (None, ())


@pytest.mark.parametrize(
    ("share", "persons", "told"),
    [
        (Fraction(1, 2), 40, True),
        (Fraction(11, 40), 40, True),
        (Fraction(10, 40), 40, False),
        (Fraction(30, 40), 40, False),
        (Fraction(0), 40, True),
    ],
)
def test_the_share_of_the_weakly_known_is_told_unless_it_tells_of_few(
    share: Fraction, persons: int, told: bool
) -> None:
    results = cycle(
        measuring.session("s0", attended=40, newcomers=40),
        weak_share=Recorded("weak-share", None, share, persons=persons),
    )
    found = made(results, session(0))
    assert ("weak-share" in {one.name for one in found.recorded}) is told
    assert amounts(found)["weak-share"].hidden is not told


def test_where_people_may_not_be_told_they_are_hidden_everywhere() -> None:
    parts = (*TWO, claim("people", "equals = 1100"), claim("participations", "equals = 1537"))
    assert made(usual(), *parts).figure("people").value == 1100
    found = made(usual(), *parts, tell_people=False)
    people = found.figure("people")
    assert (people.value, people.high, people.hidden) == (None, None, True)
    assert found.figure("participations").value == 1537
    assert "weak-share" not in {one.name for one in found.recorded}
    assert [judged.known is None for judged in found.claims] == [True, False]
    assert [judged.verdict.kind for judged in found.claims] == ["unknown", "holds"]
    assert (amounts(found)["people"].known, amounts(found)["people"].hidden) == (False, True)


def test_the_smallest_group_of_what_is_published_is_never_under_eleven() -> None:
    assert made(None, *TWO).least == 11
    assert made(None, *TWO, "[privacy]\nsmallest-group = 30\n").least == 30


# ---- claims


def test_claims_are_judged_by_what_was_measured() -> None:
    parts = (session(0, counts(participants=2000)), session(1, counts(participants=2000)))
    said = claim("participations", "more-than = 1537")
    assert [one.verdict.kind for one in made(None, *parts, said).claims] == ["holds"]
    (judged,) = made(usual(), *parts, said).claims
    assert (judged.verdict.kind, judged.known and judged.known.value) == ("contradicted", 1537)


def test_a_claim_does_not_stand_in_for_what_was_measured() -> None:
    found = made(usual(), *TWO, claim("participations", "more-than = 3000"))
    assert (found.figure("participations").value, found.figure("participations").provenance) == (1537, "measured")


# ---- rounding in prose


def figure(value: int | None, bound: Any = "exact", provenance: Any = "measured", **more: Any) -> Figure:
    return Figure("participations", value, bound, provenance, **more)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1500, (1500, "exact")),
        (1501, (1500, "more-than")),
        (1537, (1500, "more-than")),
        (1599, (1500, "more-than")),
        (1600, (1600, "exact")),
        (1000, (1000, "exact")),
        (1001, (1000, "more-than")),
        (999, (999, "exact")),
        (65, (65, "exact")),
        (0, (0, "exact")),
    ],
)
def test_prose_rounds_down_to_the_hundred_and_never_says_more_than_the_figure_itself(
    value: int, said: tuple[int, str]
) -> None:
    for provenance in ("measured", "mixed", "stated"):
        told = figure(value, provenance=provenance).in_prose()
        assert (told.value, told.bound) == said


def test_prose_rounds_what_is_at_least_so_much_and_nothing_that_was_only_said() -> None:
    assert figure(3612, "at-least").in_prose() == figure(3600, "more-than")
    assert figure(3600, "at-least").in_prose() == figure(3600, "at-least")
    assert figure(3612, "at-least", high=4000).in_prose() == figure(3600, "more-than")
    for untouched in (
        figure(1537, provenance="claimed"),
        figure(1537, provenance="programme"),
        figure(1537, "more-than"),
        figure(None, provenance="unknown"),
    ):
        assert untouched.in_prose() == untouched


@given(st.integers(0, 10**7))
def test_what_prose_says_is_true(value: int) -> None:
    told = figure(value).in_prose()
    assert told.value is not None
    assert told.value < value if told.bound == "more-than" else told.value == value


# ---- the real figures are not touched by the order of the sessions


def test_the_order_of_the_results_changes_nothing() -> None:
    turned = replace(usual(), sessions=usual().sessions[::-1])
    assert made(turned, *TWO).figures == made(usual(), *TWO).figures
    assert made(turned, *TWO).rows == made(usual(), *TWO).rows


def test_a_claim_does_not_take_the_place_of_a_measured_lower_bound() -> None:
    """One of two sessions is measured: at least so many, whatever was said."""
    results = cycle(measuring.session("s0", attended=40, newcomers=40))
    found = made(results, *TWO, claim("participations", "equals = 60")).figure("participations")
    assert (found.value, found.bound, found.provenance) == (40, "at-least", "measured")
