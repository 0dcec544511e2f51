"""What the document of a review says of what was measured, and beside another review."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.review import measuring
from tests.review.measuring import cycle, stated, usual
from tests.review.test_measured_review import TWO, made
from tests.review.test_review import claim, counts, session
from tests.review.test_review_data import NO, earlier
from webcycle.documents import markdown
from webcycle.documents import review as builder
from webcycle.documents.blocks import Table
from webcycle.documents.inline import text_of
from webcycle.metrics import CycleResults
from webcycle.review import Review


def text(found: Review, lang: Any = "fr") -> str:
    """The document as Markdown, with ordinary spaces."""
    return markdown.render(builder.build(found, lang, "full")).replace("\u202f", " ").replace("\u00a0", " ")


def cells(found: Review, table: str, lang: Any = "fr") -> list[list[str]]:
    """The rows of a table, its total last, with ordinary spaces."""
    (block,) = (one for one in builder.build(found, lang, "full").blocks if isinstance(one, Table) and one.id == table)
    rows = [tuple(column.title for column in block.columns), *block.rows, *([block.total] if block.total else [])]
    return [[text_of(cell, lang).replace("\u202f", " ").replace("\u00a0", " ") for cell in row] for row in rows]


def test_large_figures_are_rounded_down_where_they_stand_out_and_exact_in_the_table() -> None:
    found = text(made(usual(), *TWO))
    assert "- **Plus de 1 500** participations en direct (_mesuré : 2 fichiers importés_)" in found
    assert "Plus de 1 500 participations en direct aux webinaires ont été comptées." in found
    assert "- **62,5 %** des inscrits sont venus" in found
    assert "| Participations en direct | 1 537 | mesuré : 2 fichiers importés |" in found


def test_a_figure_of_just_a_hundred_is_said_as_it_is() -> None:
    results = cycle(measuring.session("s0", attended=1500, newcomers=1500))
    found = text(made(results, session(0)))
    assert "- **1 500** participations en direct" in found
    assert "lus de 1 500" not in found


def test_the_people_are_told_beside_the_participations() -> None:
    assert "Plus de 1 100 personnes" not in text(made(usual(), *TWO))
    assert "1 100 personnes différentes sont venues à l’un au moins des webinaires." in text(made(usual(), *TWO))
    assert "1,100 different people came to at least one of the webinars." in text(made(usual(), *TWO), "en")
    assert "1 100" not in text(made(usual(), *TWO, tell_people=False)).split("## Séance par séance")[0]
    assert "personnes différentes" not in text(made(None, session(0, counts(participants=5))))


def test_people_who_may_not_be_told_are_not_broken_down() -> None:
    results = cycle(
        measuring.session("s0", attended=60, newcomers=60, returning=0),
        measuring.session("s1", attended=60, newcomers=30, returning=30),
        distribution={1: 60, 2: 30},
        territories={"North": 60, "South": 30},
        types={"Town": 60, "Region": 30},
    )
    shown, hidden = text(made(results, *TWO)), text(made(results, *TWO, tell_people=False))
    for said in ("| North | 60 |", "| 1 séance | 60 |", "- **90** personnes"):
        assert said in shown
        assert said not in hidden
    assert "- **120** participations" in hidden


def test_bounds_are_told_as_bounds() -> None:
    results = cycle(
        measuring.session("s0", attended=200, newcomers=200),
        measuring.session("s1", attended=stated("s1", "attended", 30)),
    )
    found = text(made(results, session(0), session(1, counts(participants=30))))
    assert (
        "- **Entre 200 et 230** personnes (_en partie mesuré, en partie indiqué à la main : 1 fichier importé, "
        in found
    )
    assert "| Personnes | entre 200 et 230 |" in found
    assert "Entre 200 et 230 personnes différentes sont venues" in found


def test_the_sessions_have_a_table_of_their_counts_with_a_total() -> None:
    found = made(usual(), session(0, counts(registered=9, participants=8, views=7)), session(1))
    assert cells(found, "table-sessions") == [
        ["Séance", "Inscrits", "Participants", "Taux de présence", "Maximum simultané", "Durée médiane", "Vues"],
        ["S0", "1 200 (indiqué : 9)", "900 (indiqué : 8)", "66,7 %", "850", "53 min", "360"],
        ["S1", "700", "637", "n. d.", "n. d.", "n. d.", "n. d."],
        ["Ensemble du cycle", "1 900", "1 537", "62,5 %", "–", "51 min", "au moins 360"],
    ]
    assert "Vues relevées au 4 mai 2023." in text(found)
    assert len(cells(found, "table-dates")) == 3


def test_columns_of_which_nothing_is_known_are_left_out() -> None:
    found = made(None, session(0, counts(participants=8)), session(1))
    assert cells(found, "table-sessions", "en") == [
        ["Session", "Participants"],
        ["S0", "8"],
        ["S1", "n/a"],
        ["Whole cycle", "at least 8"],
    ]
    assert "Vues relevées" not in text(found)


def test_a_session_without_a_date_counts_in_no_table_of_counts() -> None:
    postponed = '[[session]]\nid = "x"\ntitle = "X"\nstatus = "postponed"\nreason = "r"\n'
    found = made(usual(), *TWO, postponed)
    assert [row[0] for row in cells(found, "table-sessions")[1:-1]] == ["S0", "S1"]
    assert len(cells(found, "table-dates")) == 4


def test_without_any_count_there_is_one_table_of_sessions() -> None:
    found = made(None, *TWO)
    assert cells(found, "table-sessions", "en")[0][0] == "Date"
    assert not [
        one for one in builder.build(found, "en", "full").blocks if isinstance(one, Table) and one.id == "table-dates"
    ]


RESULTS = cycle(measuring.session("s0", (("2023-05-04", 360), ("2023-07-04", 400)), attended=900, newcomers=900))
HEADS = cycle(
    measuring.session("s0", attended=200, newcomers=200),
    measuring.session("s1", attended=stated("s1", "attended", 30)),
)


@pytest.mark.parametrize(
    ("results", "said", "verdict"),
    [
        (usual(), claim("participations", "more-than = 1500"), "vérifié"),
        (usual(), claim("participations", "equals = 1500"), "contredit (annoncé : 1 500 ; décompte : 1 537)"),
        (
            usual(),
            claim("participations", "at-least = 1538"),
            "contredit (annoncé : au moins 1 538 ; décompte : 1 537)",
        ),
        (RESULTS, claim("participations", "more-than = 900"), "non vérifiable, toutes les séances ne sont pas connues"),
        (HEADS, claim("people", "at-least = 210"), "non vérifiable, un comptage ne dit pas qui est venu deux fois"),
    ],
)
def test_what_becomes_of_a_claim_is_said_with_its_reason(results: CycleResults, said: str, verdict: str) -> None:
    found = made(results, session(0), session(1, counts(participants=30) if results is HEADS else ""), said)
    rows = {row[0]: row[-1] for row in cells(found, "table-sources")}
    name = "Personnes" if "people" in said else "Participations en direct"
    assert rows[name].startswith(f"communiqué of 2023-06-01 : {verdict}")


@pytest.mark.parametrize(
    ("on", "bound", "verdict"),
    [
        (
            "2023-06-01",
            "more-than = 360",
            "non vérifiable, les vues ont été relevées avant et après (entre 360 et 400)",
        ),
        ("2023-01-02", "more-than = 400", "contredit (annoncé : plus de 400 ; décompte : au plus 360)"),
        ("2023-08-01", "more-than = 500", "non vérifiable, les vues ont été relevées avant (au moins 400)"),
    ],
)
def test_claims_on_views_say_between_which_readings_they_lie(on: str, bound: str, verdict: str) -> None:
    found = made(RESULTS, session(0), claim("views", bound, on))
    (row,) = (row for row in cells(found, "table-sources") if row[0] == "Vues des vidéos")
    assert row[-1] == f"communiqué of {on} : {verdict}"


def test_a_claim_on_people_who_may_not_be_told_says_no_count() -> None:
    said = claim("people", "equals = 3")
    assert "contradicted (3 was said, the count is 1,100)" in text(made(usual(), *TWO, said), "en")
    hidden = cells(made(usual(), *TWO, said, tell_people=False), "table-sources", "en")
    assert [row for row in hidden if row[0] == "People"] == []
    parts = (session(0), session(1, counts(participants=30)), claim("people", "at-least = 210"))
    (shown,) = (row for row in cells(made(HEADS, *parts), "table-sources", "en") if row[0] == "People")
    assert shown[-1].endswith("do not tell who came twice (between 200 and 230)")
    (row,) = (row for row in cells(made(HEADS, *parts, tell_people=False), "table-sources", "en") if row[0] == "People")
    assert row[1:3] == ["at least 210", "said in public: communiqué of 2023-06-01"]
    assert row[-1] == "communiqué of 2023-06-01: cannot be checked with what is published"


def test_a_total_of_which_nothing_is_known_says_so() -> None:
    future = '[[session]]\nid = "f"\ntitle = "F"\nstart = 2030-01-01\nstated = { registered = 5, source = "form" }\n'
    assert cells(made(None, future), "table-sessions", "en") == [
        ["Session", "Registered"],
        ["F", "5"],
        ["Whole cycle", "n/a"],
    ]


# ---- growth


def test_growth_stands_beside_the_other_review() -> None:
    rows = cells(made(usual(), *TWO, before=earlier()), "table-growth")
    assert rows[0] == ["Chiffre", "Bilan du 14 novembre 2023", "Ce bilan", "Écart", "Évolution"]
    assert ["Participations en direct", "800", "1 537", "+737", "+92,1 %"] in rows
    assert ["Taux de présence", "50 %", "62,5 %", "+12,5 points", "–"] in rows
    assert ["Personnes inscrites", "n. d.", "1 400", "–", "–"] in rows
    assert ["Vues des vidéos", "300", "au moins 360", "–", "–"] in rows


@pytest.mark.parametrize(
    ("name", "then", "row"),
    [
        ("people", {"value": 1200}, ["1,200", "1,100", "−100", "−8.3%"]),
        ("people", {"value": 0}, ["0", "1,100", "+1,100", "–"]),
        ("people", {"value": 1100}, ["1,100", "1,100", "0", "0%"]),
        ("people", {**NO, "low": 900, "high": 1200}, ["between 900 and 1,200", "1,100", "–", "–"]),
        ("people", {**NO, "low": 1001, "above": 1000}, ["more than 1,000", "1,100", "–", "–"]),
        ("people", {**NO, "absent": "small-group"}, ["n/a", "1,100", "–", "–"]),
        ("attendance_rate", {"value": 0.635}, ["63.5%", "62.5%", "−1 point", "–"]),
        ("attendance_rate", {"value": 0.6250001}, ["62.5%", "62.5%", "0 points", "–"]),
    ],
)
def test_a_row_of_growth(name: str, then: dict[str, Any], row: list[str]) -> None:
    found = made(usual(), *TWO, before=earlier(**{name: then}))
    label = "People" if name == "people" else "Attendance rate"
    assert [label, *row] in cells(found, "table-growth", "en")


def test_the_other_cycle_is_named_and_this_one_is_not() -> None:
    same = text(made(usual(), *TWO, before=earlier()), "en")
    assert "beside those of the review of 14 November 2023" in same
    other = earlier()
    renamed = other.model_copy(
        update={"cycle": other.cycle.model_copy(update={"id": "old", "title": "A <b>*old*</b>"})}
    )
    found = text(made(usual(), *TWO, before=renamed), "en")
    assert "beside those of the cycle “A \\<b>\\*old\\*\\</b>”, reviewed on 14 November 2023" in found


def test_without_another_review_there_is_no_growth() -> None:
    for before in (None, earlier().model_copy(update={"figures": ()})):
        assert "Depuis le bilan" not in text(made(usual(), *TWO, before=before))
    assert "Depuis le bilan" in text(made(usual(), *TWO, before=earlier()))


def test_a_rate_that_is_not_known_has_no_tile() -> None:
    assert "des inscrits sont venus" not in text(made(RESULTS, session(0)))
    assert Fraction(5, 8) == usual().figure("attendance-rate").value
