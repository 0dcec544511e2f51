"""The people in the measured sections of the review: who came, from session to session, and what is hidden of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from tests.documents.measured_reading import (
    FRENCH,
    TITLES,
    Section,
    names,
    numbers,
    sections,
    table,
    told,
)
from tests.documents.results import (
    BASE,
    cycle,
    made,
    programme,
    session,
)
from webcycle.documents import html, measured
from webcycle.documents.blocks import Block, Document, Figure
from webcycle.documents.inline import plain
from webcycle.programme import Programme, options
from webcycle.published import breakdowns
from webcycle.review import Review

# ---- who came


def came(
    types: Mapping[str, int] | None = None, territories: Mapping[str, int] | None = None
) -> tuple[str, tuple[Block, ...]]:
    types = {"": 90} if types is None else types
    people = sum(types.values())
    results = cycle(
        [session(0, attended=people, newcomers=people, returning=0)],
        distribution={1: people},
        types=types,
        territories=territories or {"": people},
        people=people,
    )
    blocks = tuple(measured.who_came(made(programme(TITLES[:1]), results), FRENCH))
    return told(blocks), blocks


def test_groups_have_their_counts_and_shares_and_who_is_not_determined_is_a_row() -> None:
    said, blocks = came(types={"commune": 60, "région": 30})
    assert table(blocks, "table-types") == [
        ["Commune", "60", "66,7\u00a0%"],
        ["Région", "30", "33,3\u00a0%"],
        ["Non renseigné", "0", "0\u00a0%"],
    ]
    assert "sur les 90 personnes venues à l’un au moins des webinaires" in said
    assert "Le territoire de ces personnes n’est pas renseigné." in said
    assert "Sont réunis" not in said


def test_what_was_put_together_is_said_by_name() -> None:
    said, blocks = came(types={"commune": 60, "région": 15, "association": 6, "": 9})
    assert table(blocks, "table-types")[-1] == ["Autres groupes, réunis", "15", "16,7\u00a0%"]
    assert "Sont réunis, pour qu’aucun groupe de moins de 11 personnes ne puisse être déduit" in said
    assert "\u00a0: association et les personnes dont le type d’organisme n’est pas renseigné." in said


def test_a_territory_of_few_people_is_not_named() -> None:
    few = {f"Vallée {number}": 2 for number in range(9)}
    said, blocks = came(territories={"Bas-Mirage": 60, "": 12, **few})
    assert table(blocks, "table-territories") == [
        ["Bas-Mirage", "60", "66,7\u00a0%"],
        ["Non renseigné", "12", "13,3\u00a0%"],
        ["Autres groupes, réunis", "18", "20\u00a0%"],
    ]
    assert "déduit\u00a0: 9 territoires." in said
    assert "dont le territoire n’est pas renseigné" not in said
    assert "Vallée" not in html.render(Document(plain("T"), "fr", blocks))
    said, _blocks = came(territories={"Bas-Mirage": 60, "": 8, "Vallée": 4, "Outre-Songe": 18})
    assert "\u00a0: 1 territoire et les personnes dont le territoire n’est pas renseigné." in said


def test_many_types_put_together_are_counted_not_named() -> None:
    said, _blocks = came(types={"commune": 60, **{f"forme {letter}": 3 for letter in "abcdefghij"}})
    assert "déduit\u00a0: 10 types d’organisme." in said


def test_one_group_is_a_sentence() -> None:
    said, blocks = came(types={"commune": 90})
    assert "Toutes ces personnes relèvent d’un même type d’organisme\u00a0: commune." in said
    assert "Le territoire de ces personnes n’est pas renseigné." in said
    assert names(blocks) == []


def test_nobody_is_no_section() -> None:
    assert came(types={})[1] == ()


def test_few_people_are_not_counted() -> None:
    said, blocks = came(types={"commune": 7, "région": 2}, territories={"Bas-Mirage": 9})
    assert "La répartition par type d’organisme n’est pas publiée" in said
    assert "La répartition par territoire n’est pas publiée" in said
    assert not {7, 2, 9} & numbers(blocks)


# ---- from one session to the next


def overlap_of(rows: Sequence[tuple[int, int]], **more: Mapping[int, int]) -> tuple[str, tuple[Block, ...]]:
    sessions = [
        session(number, newcomers=new, returning=again, attended=new + again)
        for number, (new, again) in enumerate(rows)
    ]
    review = made(programme(TITLES[: len(rows)]), cycle(sessions, **more))  # type: ignore[arg-type]
    blocks = tuple(measured.loyalty(review, FRENCH))
    return told(blocks), blocks


def test_newcomers_and_returning_per_session() -> None:
    said, blocks = overlap_of([(40, 0), (25, 15), (12, 30)], distribution={1: 47, 2: 15, 3: 15})
    assert table(blocks, "table-loyalty") == [
        ["Coopérer avec le Maroc", "40", "0"],
        ["L’égalité", "25", "15"],
        ["Les appels à projets", "12", "30"],
    ]
    assert "n. d." not in said
    assert table(blocks, "table-distribution") == [
        ["1 séance", "47", "61\u00a0%"],
        ["2 séances", "15", "19,5\u00a0%"],
        ["3 séances", "15", "19,5\u00a0%"],
    ]
    assert [block.table for block in blocks if isinstance(block, Figure)] == ["table-loyalty"]


def test_a_small_count_and_the_one_beside_it_are_hidden_in_two_sessions_at_least() -> None:
    said, blocks = overlap_of([(40, 0), (25, 15), (7, 33), (20, 20)], distribution={1: 40, 2: 36, 3: 16})
    rows = table(blocks, "table-loyalty")
    assert rows[0][1:] == ["40", "0"]
    assert rows[2][1:] == ["n. d.", "n. d."]
    assert sum(row[1:] == rows[2][1:] for row in rows) == 2
    assert "ne puisse être déduit" in said


def test_two_sessions_cannot_hide_each_other() -> None:
    said, blocks = overlap_of([(40, 0), (7, 33)], distribution={1: 14, 2: 33})
    assert "ne sont pas publiés par séance" in said
    assert "table-loyalty" not in names(blocks)


def test_sessions_attended_from_a_number_on_are_together() -> None:
    said, blocks = overlap_of([(40, 0), (25, 15), (12, 30), (20, 20)], distribution={1: 51, 2: 30, 3: 13, 4: 3})
    assert table(blocks, "table-distribution") == [
        ["1 séance", "51", "52,6\u00a0%"],
        ["2 séances ou plus", "46", "47,4\u00a0%"],
    ]
    assert "selon le nombre de séances suivies n’est pas publiée" not in said


def test_one_session_has_no_next() -> None:
    assert overlap_of([(40, 0)], distribution={1: 40})[1] == ()


def test_a_session_without_newcomers_known_is_left_out() -> None:
    review = made(programme(TITLES[:2]), cycle([session(0), session(1, newcomers=None)]))
    assert list(measured.loyalty(review, FRENCH)) == []


AXES = {"axes": {"lieux": 60, "themes": 40}, "overlap": {("lieux", "themes"): 20}}


def axes_of(**more: Mapping[object, int]) -> tuple[str, tuple[Block, ...]]:
    return overlap_of([(40, 0), (40, 20)], distribution={1: 60, 2: 20}, **more)  # type: ignore[arg-type]


def test_people_of_two_axes() -> None:
    said, blocks = axes_of(**AXES)  # type: ignore[arg-type]
    assert table(blocks, "table-axes") == [
        ["Axe géographique", "60"],
        ["Axe thématique", "40"],
        ["À la fois «\u00a0Axe géographique\u00a0» et «\u00a0Axe thématique\u00a0»", "20"],
    ]
    assert "n. d." not in said


def test_people_of_three_axes_one_of_them_none() -> None:
    _said, blocks = axes_of(
        axes={"lieux": 60, "themes": 40, "": 40},
        overlap={("lieux", "themes"): 20, ("", "lieux"): 20, ("", "themes"): 20},
    )
    rows = table(blocks, "table-axes")
    assert [row[0] for row in rows[:3]] == ["Axe géographique", "Axe thématique", "Autres"]
    assert len(rows) == 6


def test_axes_that_would_tell_too_much_are_not_published() -> None:
    said, blocks = axes_of(axes={"lieux": 78, "themes": 4}, overlap={("lieux", "themes"): 2})
    assert "Le nombre de personnes de chaque axe n’est pas publié" in said
    assert "table-axes" not in names(blocks)


@pytest.mark.parametrize("axes", [{"lieux": 80}, {"lieux": 80, "themes": 0}, {}])
def test_one_axis_is_no_overlap(axes: Mapping[object, int]) -> None:
    assert "table-axes" not in names(axes_of(axes=axes)[1])


# ---- what is hidden


SMALL: dict[Section, set[int]] = {measured.loyalty: {8, 9, 5}, measured.who_came: {6, 8, 9}}


def review_with_small_groups(smallest: int) -> Review:
    results = cycle(
        [
            session(0, newcomers=40, returning=0),
            session(1, newcomers=31, returning=9),
            session(2, newcomers=8, returning=32),
        ],
        distribution={1: 47, 2: 23, 3: 9},
        axes={"lieux": 60, "themes": 24},
        overlap={("lieux", "themes"): 5},
        types={"commune": 41, "région": 24, "association": 8, "école": 6},
        territories={"Bas-Mirage": 70, "Outre-Songe": 9},
        people=79,
        weak=Fraction(9, 79),
    )
    return made(programme(TITLES[:3], f"[privacy]\nsmallest-group = {smallest}"), results)


def test_a_hidden_count_is_in_no_word_table_or_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "LEAST_PUBLISHED", 3)
    for section, counts in SMALL.items():
        assert counts <= numbers(tuple(section(review_with_small_groups(3), FRENCH)))
    assert "11,4\u00a0% des personnes" in told(tuple(measured.method(review_with_small_groups(3), FRENCH)))
    monkeypatch.undo()
    review = review_with_small_groups(3)
    for section, counts in SMALL.items():
        assert not counts & numbers(tuple(section(review, FRENCH)))
    said = told(tuple(measured.method(review, FRENCH)))
    assert "11,4" not in said
    assert "Moins de 11 ne sont connues que par leur nom" in said


def test_the_smallest_group_of_the_programme_is_that_of_the_sentences() -> None:
    said = told(sections(review_with_small_groups(20), FRENCH))
    assert "moins de 20 personnes" in said
    assert "moins de 11" not in said


def test_where_the_number_of_people_would_tell_of_a_few_nothing_of_it_is_published() -> None:
    """Of 100 participations of 99 people, one came twice."""
    results = cycle(
        [session(0, newcomers=60, returning=0, attended=60), session(1, newcomers=39, returning=1, attended=40)],
        distribution={1: 98, 2: 1},
        axes={"lieux": 60, "themes": 40},
        overlap={("lieux", "themes"): 1},
        types={"commune": 59, "région": 40},
        territories={"Bas-Mirage": 99},
        people=99,
    )
    blocks = sections(made(programme(TITLES[:2]), results), FRENCH)
    assert not {99, 98, 59, 39} & numbers(blocks)
    said = told(blocks)
    for absent in ("type d’organisme n’est pas", "territoire n’est pas", "séances suivies n’est pas", "axe n’est pas"):
        assert absent in said
    assert "ne sont pas publiés par séance" in said
    assert "connues que par leur nom" not in said


def test_who_is_new_in_a_session_of_several_days_is_hidden_by_the_order_in_which_sessions_ended() -> None:
    """The long one began first and ended last: who had come to the other was not new in it."""
    data = tomllib.loads(
        f"""{BASE}
        [[session]]
        id = "s0"
        title = "Deux journées"
        start = 2023-01-02T10:00:00
        end = 2023-01-04T11:00:00
        [[session]]
        id = "s1"
        title = "Une heure"
        start = 2023-01-03T10:00:00
        end = 2023-01-03T11:00:00
        """
    )
    results = cycle(
        [session(0, newcomers=4, returning=36, attended=40), session(1, newcomers=60, returning=0, attended=60)],
        distribution={1: 28, 2: 36},
        people=64,
    )
    plan = Programme.model_validate(data)
    assert [one.id for one in plan.chronological()] == ["s0", "s1"]
    assert breakdowns(results, plan, published=True).loyalty["s0"] is None
