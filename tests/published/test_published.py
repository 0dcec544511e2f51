"""Figures as everybody may be told them: nothing finer is in them, and they outlive the records."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.results import changed, cycle, programme, session, unmeasured
from webcycle import claims
from webcycle.errors import RefusedError
from webcycle.metrics import CycleResults, RowAccount, for_claims
from webcycle.metrics.results import Replay
from webcycle.programme import Programme
from webcycle.published import Frozen, Published, breakdowns, brought_up, freeze, publishable, thaw
from webcycle.published.breakdowns import tellable, tells_again

NOW = datetime(2023, 11, 14, 12)
BOUNDS = ("equals", "at-least", "more-than")


def plan(sessions: int, *said: str) -> Programme:
    """A cycle of so many sessions, one a day from 2 January 2023, and claims."""
    return programme([f"Séance {number}" for number in range(sessions)], "\n".join(said))


def claim(bound: str, people: int, on: str = "2023-06-01") -> str:
    return f'[[claim]]\nfigure = "people"\n{bound} = {people}\non = {on}\nsource = "a speech"\n'


def of(results: CycleResults, *said: str) -> Published:
    return publishable(results, plan(len(results.sessions), *said), NOW)


ACCOUNT = RowAccount(3, {"counted": 3}, persons=2, weak=1)
FEW = replace(session(1, attended=4, newcomers=3, returning=1, weak_share=Fraction(1, 4)), attendance_rows=ACCOUNT)
MANY = replace(session(0, attended=40, newcomers=40, returning=0), registration_rows=ACCOUNT)
NEW = session(2, attended=60, newcomers=22, returning=38)
OLD = session(3, attended=58, newcomers=2, returning=56)


def usual() -> CycleResults:
    """People of four sessions, few of whom came to the second, and few of whom were new at the last."""
    found = cycle(
        [MANY, FEW, NEW, OLD],
        distribution={1: 30, 2: 20, 3: 17},
        axes={"lieux": 50, "themes": 30, "outils": 30},
        overlap={("lieux", "themes"): 20, ("lieux", "outils"): 15, ("outils", "themes"): 12},
        types={"": 20, "ville": 40, "région": 3, "pays": 4},
        territories={"": 67},
        people=67,
    )
    return replace(found, attendance_rows=ACCOUNT, registration_rows=ACCOUNT)


# ---- what is told, and what is not


def test_a_small_session_tells_how_many_came_and_no_more() -> None:
    found = of(usual())
    few = found.results.of("s1")
    assert few.figure("attended").value == 4
    assert {one.name for one in few.figures if one.value is not None} == {"registered", "attended", "views"}
    assert (few.curve, few.thresholds) == ((), ())
    assert found.results.of("s0").curve == MANY.curve


def test_what_groups_hide_is_not_in_the_figures_either() -> None:
    found = of(usual())
    hidden = [name for name, counts in found.groups.loyalty.items() if counts is None]
    assert "s3" in hidden
    assert "s0" not in hidden
    for one in found.results.sessions:
        told = {one.figure("newcomers").value, one.figure("returning").value} - {None}
        assert bool(told) == (one.session not in hidden)
    assert found.results.of("s3").figure("newcomers").absent == "small"


def test_no_group_of_people_and_no_rows_are_left_but_those_that_may_be_told() -> None:
    results = usual()
    assert results.types["région"] == 3
    found = of(results)
    for name in ("distribution", "regions", "types", "territories"):
        assert getattr(results, name)
        assert not getattr(found.results, name)
    empty = RowAccount()
    assert (found.results.attendance_rows, found.results.registration_rows) == (empty, empty)
    for one in found.results.sessions:
        assert (one.attendance_rows, one.registration_rows) == (empty, empty)
    assert found.groups.determined == {"types"}
    assert dict(found.groups.types.shown) == {"ville": 40}


@pytest.mark.parametrize(
    ("weak", "told"), [(Fraction(1, 2), "told"), (Fraction(1, 67), "few"), (Fraction(66, 67), "most"), (None, "told")]
)
def test_the_share_of_the_weakly_known_is_hidden_where_it_tells_of_few(weak: Fraction | None, told: str) -> None:
    results = usual()
    results = replace(
        results, figures=tuple(replace(one, value=weak) if one.name == "weak-share" else one for one in results.figures)
    )
    found = of(results)
    assert found.groups.weak == told
    assert found.results.figure("weak-share").value == (weak if told == "told" else None)
    strong = changed(NEW, weak_share={"value": Fraction(1, 60), "persons": 60, "absent": None})
    shown = of(replace(results, sessions=(MANY, FEW, strong, OLD))).results.of("s2").figure("weak-share")
    assert (shown.value, shown.absent) == (None, "small")


def nobody_told() -> CycleResults:
    """Of 41 people and 43 participations two came twice, which the numbers alone would tell."""
    sessions = [session(0, attended=21, newcomers=21, returning=0), session(1, attended=22, newcomers=20, returning=2)]
    return cycle(sessions, distribution={1: 39, 2: 2}, people=41)


def test_where_their_number_may_not_be_told_it_is_not_in_the_figures() -> None:
    found = of(nobody_told(), claim("more-than", 1))
    assert not found.groups.tells_people
    assert (found.results.figure("people").value, found.results.figure("people").absent) == (None, "small")
    assert found.results.figure("registrations").persons is None
    assert list(found.people.values()) == [(22, 43)]
    assert b" 41" in freeze(Frozen(replace(found, results=nobody_told())))
    assert b" 41" not in freeze(Frozen(found))


# ---- what was said in public


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(BOUNDS), st.integers(0, 90), st.integers(1, 6)), max_size=4),
    st.dictionaries(st.integers(1, 4), st.integers(0, 40), max_size=4),
)
def test_claims_are_judged_as_by_the_records(
    people: list[tuple[int, int]], said: list[tuple[str, int, int]], distribution: dict[int, int]
) -> None:
    sessions = [
        session(number, attended=new + again, newcomers=new, returning=again)
        for number, (new, again) in enumerate([(sum(people[0]), 0), *people[1:]])
    ]
    results = cycle(sessions, distribution=distribution, people=sum(map(sum, people)))
    written = [claim(bound, number, f"2023-01-0{day}") for bound, number, day in said]
    whole = plan(len(sessions), *written)
    exact, kept = for_claims.measured(results), publishable(results, whole, NOW).measured
    for one in whole.claims:
        kinds = [
            claims.verdict(one, claims.recompute(whole, "people", one.on, measured)).kind for measured in (exact, kept)
        ]
        assert kinds[0] == kinds[1]


def test_of_head_counts_the_fullest_is_the_least() -> None:
    found = of(nobody_told())
    known = claims.recompute(plan(2), "people", date(2023, 1, 2), found.measured)
    assert (known.value, known.most) == (21, 21)
    bare = replace(found, people={})
    known = claims.recompute(plan(2), "people", NOW, bare.measured)
    assert (known.value, known.most, known.missing) == (22, 43, ())


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 16), st.integers(0, 16)), min_size=1, max_size=5), st.data())
def test_who_subtracts_the_people_of_one_day_from_those_of_another_finds_no_few(
    people: list[tuple[int, int]], data: st.DataObject
) -> None:
    counts = [(sum(people[0]), 0), *people[1:]]
    sessions = [
        session(number, attended=new + again, newcomers=new, returning=again)
        for number, (new, again) in enumerate(counts)
    ]
    held = [frozenset(f"s{number}" for number in range(day)) for day in range(1, len(counts) + 1)]
    asked = data.draw(st.sets(st.sampled_from(held)))
    distribution = {1: sum(new for new, _ in counts)}
    results, whole = cycle(sessions, distribution=distribution, people=sum(distribution.values())), plan(len(counts))
    groups = breakdowns(results, whole, published=True)
    told = tellable(results, whole, groups, asked)
    assert told <= asked
    if not groups.tells_people:
        assert not told
        return
    before: frozenset[str] = frozenset()
    for sessions_of_day in sorted({*told, held[-1]}, key=len):
        between = [int(name[1:]) for name in sorted(sessions_of_day - before) if groups.loyalty.get(name, ()) is None]
        before = sessions_of_day
        new, came = sum(counts[at][0] for at in between), sum(sum(counts[at]) for at in between)
        assert not 0 < new < groups.least
        assert not 0 < came - new < groups.least
        possible = [one for one in product(*(range(sum(counts[at]) + 1) for at in between)) if sum(one) == new]
        assert all(len({one[place] for one in possible}) > 1 for place in range(len(between)))


def test_a_day_that_would_tell_of_few_is_left_out_and_others_are_told() -> None:
    sessions = [
        session(number, attended=new + again, newcomers=new, returning=again)
        for number, (new, again) in enumerate([(60, 0), (3, 40), (30, 30), (30, 30)])
    ]
    results, whole = cycle(sessions, distribution={1: 93, 2: 30}, people=123), plan(4)
    groups = breakdowns(results, whole, published=True)
    held = [frozenset(f"s{number}" for number in range(day)) for day in range(1, 5)]
    assert [name for name, told in groups.loyalty.items() if told is None] == ["s1", "s2"]
    assert tellable(results, whole, groups, held) == {held[0], held[2], held[3]}
    assert tellable(results, whole, replace(groups, tells_people=False), held) == frozenset()


@pytest.mark.parametrize(
    ("persons", "counts", "tells"),
    [
        (120, [60, 60], False),
        (115, [60, 60], True),
        (100, [60, 60], False),
        (62, [60, 60], True),
        (60, [60, 60], False),
        (60, [60], False),
        (0, [], False),
        (105, [40, 40, 40], False),
        (115, [40, 40, 40], True),
        (42, [40, 40, 40], True),
    ],
)
def test_distinct_persons_beside_their_comings_tell_of_few(persons: int, counts: list[int], tells: bool) -> None:
    assert tells_again(persons, counts, 11) is tells


# ---- figures that outlive the records


@pytest.mark.parametrize("made", [usual, nobody_told], ids=["told", "hidden"])
def test_what_is_frozen_comes_back(made: Callable[[], CycleResults]) -> None:
    found = of(made(), claim("equals", 67))
    raw = freeze(Frozen(found, {date(2023, 3, 1): of(made())}))
    assert thaw(raw, "kept.json") == Frozen(found, {date(2023, 3, 1): of(made())})
    assert thaw(freeze(Frozen(found)), "kept.json") == Frozen(found)
    assert freeze(thaw(raw, "kept.json")) == raw


def altered(change: Callable[[Any], object]) -> bytes:
    told = json.loads(freeze(Frozen(of(usual()))))
    change(told)
    return json.dumps(told).encode()


DAMAGED = {
    "nothing": b"",
    "no text": b"\xff",
    "a list": b"[]",
    "no version": b"{}",
    "nested": b"[" * 100_000,
    "a later version": altered(lambda told: told.update(version=2)),
    "another value": altered(lambda told: told.update(published=told["published"]["groups"])),
    "another value of a review": altered(
        lambda told: told.update(reviewed={"is": "map", "of": [["day", told["published"]["groups"]]]})
    ),
    "no map of reviews": altered(lambda told: told.update(reviewed=[])),
    "another kind": altered(lambda told: told["published"]["results"].update({"is": "Purge"})),
    "one figure less": altered(lambda told: told["published"]["results"].pop("figures")),
    "another field": altered(lambda told: told["published"]["results"].update(more=1)),
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_other_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        thaw(raw, "kept.json")
    assert (refused.value.key, refused.value.values) == ("privacy.frozen-damaged", {"file": "kept.json"})


def test_views_and_later_sessions_are_those_of_today() -> None:
    kept = of(replace(usual(), sessions=(MANY, FEW, NEW, unmeasured(3, 9, "stated"))))
    gone = [unmeasured(number) for number in range(3)]
    seen = [changed(one, views={"value": 500, "absent": None, "provenance": "measured"}) for one in gone]
    live = cycle([*seen, unmeasured(3, 12, "stated"), unmeasured(4, 8, "stated")])
    live = replace(live, replays=(Replay("s0", ((date(2024, 1, 1), 500),)),))
    found = brought_up(kept, live)
    assert [one.session for one in found.results.sessions] == ["s0", "s1", "s2", "s3", "s4"]
    assert [one.figure("views").value for one in found.results.sessions[:3]] == [500, 500, 500]
    assert [one.figure("attended").value for one in found.results.sessions] == [40, 4, 60, 12, 8]
    assert found.results.replays == live.replays
    told = {name: found.results.figure(name) for name in ("registrations", "participations", "people")}
    assert (told["participations"].value, told["participations"].provenance) == (40 + 4 + 60 + 12 + 8, "mixed")
    assert (told["people"].low, told["people"].high, told["people"].persons) == (67, 67 + 12 + 8, 67)
    assert found.groups == kept.groups
