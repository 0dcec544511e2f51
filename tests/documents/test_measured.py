"""The sections of the review that come from imported files: what they say, what they hide, and when they are silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from tests.documents import hostile
from tests.documents.measured_reading import (
    ENGLISH,
    FRENCH,
    SECTIONS,
    TITLES,
    Section,
    names,
    sections,
    table,
    told,
)
from tests.documents.results import (
    changed,
    cycle,
    made,
    platform,
    programme,
    session,
    start,
    unmeasured,
)
from tests.golden import assert_golden
from webcycle.documents import html, markdown, measured
from webcycle.documents.blocks import Block, Document, Figure, Heading, Table
from webcycle.documents.inline import plain, text_of
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.metrics import CurvePoint, CycleResults, Threshold
from webcycle.review import Review

HERE = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def sample() -> Review:
    """Four measured sessions, one of them without times; one with a head count; one of which nothing is known."""
    without = replace(
        session(3, newcomers=12, returning=18, attended=30, registered=None),
        curve=(),
        hours_held=False,
        thresholds=(
            Threshold("1-minute", 60, 33),
            Threshold("5-minutes", 300, 30),
            Threshold("half", None, None),
            Threshold("85-percent", None, None),
        ),
        platform=(platform("participants", 37, None, "teams"),),
    )
    no_times = {"value": None, "absent": "no-times", "at": None}
    sessions = (
        replace(session(0, newcomers=40, returning=0), without_times=2),
        session(1, newcomers=26, returning=14),
        replace(
            session(2, newcomers=12, returning=28),
            hours_held=False,
            platform=(
                platform("unique-viewers", 48, "attended"),
                platform("users", 63),
                platform("max-concurrent", 0, "peak"),
                platform("cancelled", 4),
            ),
        ),
        changed(without, peak=no_times, half_way=no_times, stayed=no_times, stayed_rate=no_times),
        unmeasured(4, 55, "stated"),
        unmeasured(5),
    )
    results = cycle(
        sessions,
        distribution={1: 48, 2: 27, 3: 12, 4: 3},
        axes={"lieux": 54, "themes": 40, "outils": 40},
        overlap={("lieux", "themes"): 17, ("lieux", "outils"): 16, ("outils", "themes"): 15},
        types={"commune": 41, "région": 25, "": 15, "association": 6, "université": 3},
        territories={"Bas-Mirage": 40, "Pays de Fable": 30, "Val-d’Encre": 5, "Outre-Songe": 7, "": 8},
        people=90,
        weak=Fraction(1, 6),
    )
    return made(programme(TITLES), results)


# ---- what they say


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sections_are_as_they_were_read(lang: Language) -> None:
    blocks = sections(sample(), Voice(lang, "fr"))
    document = Document(plain("Bilan" if lang == "fr" else "Review"), lang, blocks)
    assert_golden(HERE / "golden" / f"measured.{lang}.md", markdown.render(document))


def test_the_ids_of_tables_charts_and_headings_are_unique() -> None:
    blocks = sections(sample(), FRENCH)
    found = [*names(blocks), *(block.id for block in blocks if isinstance(block, Heading) and block.id)]
    assert len(found) == len(set(found))


def test_the_bars_are_of_the_sessions_held_and_lead_to_the_table_of_sessions() -> None:
    review = sample()
    rows = (*review.rows[:1], replace(review.rows[1], state="cancelled"), *review.rows[2:])
    blocks = tuple(measured.sessions_chart(replace(review, rows=rows), FRENCH))
    (figure,) = blocks
    assert isinstance(figure, Figure)
    assert figure.table == "table-sessions"
    assert b"Coop" in figure.image
    assert b"galit" not in figure.image
    assert "de 30 (Le sport) à 55 (La santé)" in figure.alt


def test_there_are_no_bars_of_nothing() -> None:
    review = made(programme(TITLES[:1]), cycle([unmeasured(0)]))
    assert list(measured.sessions_chart(review, FRENCH)) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_is_said_where_nothing_is_imported(section: Section) -> None:
    review = made(programme(TITLES), None)
    stated = replace(review, rows=tuple(replace(row, participants=12) for row in review.rows))
    assert list(section(stated, FRENCH)) == []


def test_where_all_is_absent_only_the_method_is_told_and_it_says_so() -> None:
    review = made(programme(TITLES[:2]), cycle([unmeasured(0), unmeasured(1)], weak=None, clipped=False))
    blocks = sections(review, FRENCH)
    assert names(blocks) == []
    assert [block.id for block in blocks if isinstance(block, Heading)] == ["method"]
    said = told(blocks)
    assert "Aucune présence n’a été mesurée. Présences inconnues\u00a0: Coopérer avec le Maroc et L’égalité." in said
    assert "Aucune inscription n’a été importée." in said
    for absent in ("heures réelles", "par leur nom.", "vidéos"):
        assert absent not in said


# ---- inside the sessions


def curve_of(results: object) -> tuple[str, tuple[Block, ...]]:
    blocks = tuple(measured.curves(made(programme(TITLES[:1]), cycle([results])), FRENCH))  # type: ignore[list-item]
    return told(blocks), blocks


def side_by_side(blocks: tuple[Block, ...]) -> tuple[list[str], list[str]]:
    """The hours and the counts of the short table of a curve."""
    (found,) = (block for block in blocks if isinstance(block, Table) and block.id == "chart-curve-s0-table")
    return [text_of(column.title, "fr") for column in found.columns], table(blocks, found.id)[0]


def test_a_curve_is_told_in_words_too() -> None:
    said, blocks = curve_of(session(0))
    assert (
        "L’affluence a été la plus forte à 10h12\u00a0: 38 personnes en ligne au même moment. "
        "À mi-parcours, à 10h30, on comptait 36 personnes. 30 participants étaient encore en ligne dans les cinq "
        "dernières minutes, soit 75\u00a0% des présents." in said
    )
    assert names(blocks) == ["chart-curve-s0", "chart-curve-s0-table"]


def test_one_is_singular() -> None:
    said, _blocks = curve_of(replace(session(0, peak=1, half_way=1, stayed=1, stayed_rate=None), without_times=1))
    assert (
        "10h12\u00a0: 1 personne en ligne. À mi-parcours, à 10h30, on comptait 1 personne. 1 participant était" in said
    )
    assert "encore en ligne dans les cinq dernières minutes. 1 personne ne figure pas" in said


def test_the_share_who_stayed_is_of_those_whose_hours_are_known() -> None:
    said, _blocks = curve_of(changed(session(0), stayed_rate={"persons": 36, "value": Fraction(30, 36)}))
    assert "soit 83,3\u00a0% de ceux dont les heures de connexion sont connues." in said


def test_planned_hours_are_said_to_be_planned_and_only_once_where_all_are() -> None:
    said, _blocks = curve_of(session(0))
    assert "horaire prévu" not in said
    said, _blocks = curve_of(replace(session(0), hours_held=False))
    assert "la courbe suit l’horaire prévu" in said
    plan, planned = programme(TITLES[:2]), replace(session(0), hours_held=False)
    said = told(tuple(measured.curves(made(plan, cycle([planned, session(1)])), FRENCH)))
    assert said.count("la courbe suit l’horaire prévu") == 1
    said = told(tuple(measured.curves(made(plan, cycle([planned, replace(session(1), hours_held=False)])), FRENCH)))
    assert said.count("horaire prévu") == 1
    assert "les courbes suivent l’horaire prévu" in said


def test_a_peak_before_the_planned_hours_is_said_and_is_not_on_the_curve() -> None:
    early = changed(session(0), peak={"value": 41, "at": start(0) - timedelta(minutes=2)})
    said, blocks = curve_of(early)
    assert "la plus forte à 09h58, en dehors des heures de la séance\u00a0: 41 personnes" in said
    hours, people = side_by_side(blocks)
    assert (len(hours), hours[1], people[1]) == (9, "10h00", "2")
    (figure,) = (block for block in blocks if isinstance(block, Figure))
    assert "Au plus haut (10h15)\u00a0: 38." in figure.alt


def test_a_peak_after_the_last_point_is_a_point() -> None:
    late = replace(session(0), curve=(CurvePoint(start(0), 20), CurvePoint(start(0) + timedelta(minutes=5), 25)))
    _said, blocks = curve_of(late)
    assert side_by_side(blocks)[0][1:] == ["10h00", "10h05", "10h12"]
    assert side_by_side(blocks)[1][1:] == ["20", "25", "38"]


def test_the_hour_of_another_day_has_its_day() -> None:
    night = changed(session(0), half_way={"at": start(0) + timedelta(hours=15)})
    said, _blocks = curve_of(night)
    assert "À mi-parcours, à 01h00 (mardi 3\u00a0janvier), on" in said


def test_a_session_nobody_was_seen_at_has_no_picture_of_it() -> None:
    empty = changed(session(0, peak=0, half_way=None, stayed=None), peak={"at": None})
    said, blocks = curve_of(replace(empty, curve=(), thresholds=()))
    assert "Personne n’a été vu en ligne." in said
    assert names(blocks) == []
    flat = replace(empty, curve=tuple(CurvePoint(start(0) + timedelta(minutes=5 * at), 0) for at in range(3)))
    assert names(curve_of(flat)[1]) == ["chart-curve-s0", "chart-curve-s0-table"]


def test_without_hours_the_peak_is_told_and_the_reason_why_there_is_no_curve() -> None:
    absent = {"value": None, "absent": "no-hours", "at": None}
    lost = changed(replace(session(0), curve=(), hours=None), half_way=absent, stayed=absent, stayed_rate=absent)
    said, blocks = curve_of(lost)
    assert "la plus forte à 10h12\u00a0: 38 personnes" in said
    assert "Sans courbe\u00a0: Coopérer avec le Maroc. Les horaires de la séance ne sont pas connus." in said
    assert names(blocks) == []


# ---- the method


def method_of(results: CycleResults, number: int = 1, voice: Voice = FRENCH) -> tuple[str, tuple[Block, ...]]:
    blocks = tuple(measured.method(made(programme(TITLES[:number]), results), voice))
    return told(blocks, voice.lang), blocks


@pytest.mark.parametrize(
    ("weak", "said"),
    [
        (Fraction(0), "Aucune n’est connue par son seul nom."),
        (Fraction(1, 50), "Moins de 11 ne sont connues que par leur nom"),
        (Fraction(1, 4), "25\u00a0% des personnes ne sont connues que par leur nom"),
        (Fraction(24, 25), "La plupart ne sont connues que par leur nom"),
    ],
)
def test_how_many_are_known_by_name_alone(weak: Fraction, said: str) -> None:
    assert said in method_of(cycle([session(0)], weak=weak))[0]


def test_the_hours_are_named_where_time_is_clipped_to_them() -> None:
    assert "heures réelles de la séance" in method_of(cycle([session(0)]))[0]
    assert "heures réelles de la séance" not in method_of(cycle([session(0)], clipped=False))[0]


def test_readings_of_several_days_are_a_span() -> None:
    later = changed(session(1), views={"on": date(2023, 6, 7)})
    assert "relevées le 4\u00a0mai 2023. Une vue" in method_of(cycle([session(0)]))[0]
    assert (
        "relevées du 4\u00a0mai au 7\u00a0juin 2023, au dernier relevé" in method_of(cycle([session(0), later]), 2)[0]
    )
    assert "read from 4 May to 7 June 2023" in method_of(cycle([session(0), later]), 2, ENGLISH)[0]


def test_what_is_measured_stated_and_unknown_is_told_apart() -> None:
    said = told(tuple(measured.method(sample(), FRENCH)))
    assert "Les présences sont mesurées pour 4 séances sur 6, d’après 1 fichier importé." in said
    assert "Présences indiquées à la main\u00a0: La santé. Présences inconnues\u00a0: La jeunesse." in said
    assert "Les inscriptions sont connues pour 3 séances sur 6" in said


def test_files_that_are_not_known_are_not_counted() -> None:
    bare = changed(session(0), attended={"sources": ()}, registered={"sources": ()})
    assert "Les présences sont mesurées pour 1 séance sur 1. Les inscriptions" in method_of(cycle([bare]))[0]


def test_other_thresholds_are_a_table() -> None:
    rows = table(tuple(measured.method(sample(), FRENCH)), "table-thresholds")
    assert rows[0] == ["Coopérer avec le Maroc", "43", "40", "36", "28"]
    assert rows[3][:3] == ["Le sport", "33", "30"]
    assert rows[3][3] == rows[3][4] == "n. d."
    assert "table-thresholds" not in names(method_of(cycle([replace(session(0), thresholds=())]))[1])


def test_the_platforms_totals_are_beside_ours_and_each_is_explained() -> None:
    said, blocks = method_of(sample().results or cycle([]), len(TITLES))
    assert table(blocks, "table-platforms") == [
        ["Les appels à projets", "Zoom", "Spectateurs uniques", "48", "40"],
        ["Les appels à projets", "Zoom", "Utilisateurs au total", "63", "–"],
        ["Les appels à projets", "Zoom", "Vues simultanées au plus", "0", "38"],
        ["Le sport", "Teams", "Participants", "37", "–"],
    ]
    for explained in ("Vues simultanées au plus\u00a0:", "Utilisateurs au total\u00a0:", "Spectateurs uniques\u00a0:"):
        assert explained in said
    assert "Inscrits\u00a0: la plateforme" not in said
    assert "4" not in [cell for row in table(blocks, "table-platforms") for cell in row]


def test_a_session_in_two_meetings_has_two_totals() -> None:
    twice = replace(session(0), platform=(platform("participants", 56), platform("participants", 39)))
    said, blocks = method_of(cycle([twice]))
    assert [row[3] for row in table(blocks, "table-platforms")] == ["39", "56"]
    assert "a un total pour chacune" in said
    assert "a un total pour chacune" not in method_of(cycle([replace(twice, platform=twice.platform[:1])]))[0]


# ---- text from outside, and sizes


def test_hostile_titles_types_and_territories_come_out_as_text() -> None:
    texts = [text for text in hostile.TEXTS if text.strip()]
    groups = dict.fromkeys(texts, 20)
    sessions = [
        replace(session(number), platform=(platform("users", 5, None, texts[0]),)) for number in range(len(texts))
    ]
    plan = programme([" ".join(text.split())[:200] or "x" for text in texts])
    review = made(plan, cycle(sessions, types=groups, territories=groups, distribution={1: 20 * len(texts)}))
    blocks = sections(review, FRENCH)
    page = html.render(Document(plain("T"), "fr", blocks))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    markdown.render(Document(plain("T"), "fr", blocks))


def test_forty_sessions() -> None:
    sessions = [session(number, newcomers=0 if number else 40, returning=40 if number else 0) for number in range(40)]
    review = made(programme([f"Séance {number}" for number in range(40)]), cycle(sessions, distribution={40: 40}))
    blocks = sections(review, FRENCH)
    assert len(table(blocks, "table-thresholds")) == len(table(blocks, "table-loyalty")) == 40
    assert table(blocks, "table-distribution")[-1] == ["40 séances", "40", "100\u00a0%"]


def test_one_session() -> None:
    review = made(programme(TITLES[:1]), cycle([session(0)], types={"commune": 40}, people=40, distribution={1: 40}))
    found = [block.id for block in sections(review, FRENCH) if isinstance(block, Heading) and block.level == 2]
    assert found == ["curves", "who-came", "method"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_authors_words_are_marked_in_another_language(lang: Language) -> None:
    page = html.render(Document(plain("T"), lang, sections(sample(), Voice(lang, "fr"))))
    assert ('lang="fr">commune' in page.lower()) == (lang == "en")
