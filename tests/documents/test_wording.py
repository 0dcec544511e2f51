"""Dates, hours, numbers, lists and small words in both languages."""

from datetime import date, datetime

import pytest

from webcycle.documents import wording
from webcycle.errors import Language
from webcycle.programme import Slot
from webcycle.values import Month

WORKSHOP = Slot(datetime(2020, 11, 18, 10), datetime(2020, 11, 18, 12, 30))
SPANS = [
    (WORKSHOP, "le mercredi 18 novembre 2020 de 10h00 à 12h30", "Wednesday 18 November 2020, 10:00 to 12:30"),
    (
        Slot(datetime(2021, 5, 31, 22), datetime(2021, 6, 1)),
        "le lundi 31 mai 2021 de 22h00 à 00h00",
        "Monday 31 May 2021, 22:00 to 00:00",
    ),
    (
        Slot(datetime(2021, 5, 31, 22), datetime(2021, 6, 1, 2)),
        "du lundi 31 mai 2021 à 22h00 au mardi 1er juin 2021 à 02h00",
        "Monday 31 May 2021, 22:00 to Tuesday 1 June 2021, 02:00",
    ),
    (Slot(date(2021, 6, 1), date(2021, 6, 1)), "le mardi 1er juin 2021", "Tuesday 1 June 2021"),
    (Slot(date(2020, 9, 21), date(2020, 9, 22)), "du 21 au 22 septembre 2020", "21 to 22 September 2020"),
    (
        Slot(date(2020, 9, 30), date(2020, 10, 1)),
        "du 30 septembre au 1er octobre 2020",
        "30 September to 1 October 2020",
    ),
    (
        Slot(date(2020, 12, 31), date(2021, 1, 2)),
        "du 31 décembre 2020 au 2 janvier 2021",
        "31 December 2020 to 2 January 2021",
    ),
]


@pytest.mark.parametrize(("slot", "french", "english"), SPANS)
def test_span_says_when(slot: Slot, french: str, english: str) -> None:
    assert wording.span(slot, "fr") == french
    assert wording.span(slot, "en") == english


def test_days_and_months() -> None:
    assert wording.day(date(2021, 6, 1), "fr") == "mardi 1er juin 2021"
    assert wording.day(date(2021, 6, 11), "fr", weekday=False, year=False) == "11 juin"
    assert wording.day_article(date(2020, 10, 26), "fr") == "le lundi 26 octobre 2020"
    assert wording.day_article(date(2020, 10, 26), "en") == "Monday 26 October 2020"
    assert (wording.month(Month(2020, 9), "fr"), wording.month(Month(2020, 9), "en")) == (
        "septembre 2020",
        "September 2020",
    )
    assert wording.issued(Month(2020, 9), "fr") == "septembre 2020"
    assert wording.issued(date(2020, 9, 1), "fr") == "1er septembre 2020"


def test_hours_of_other_zones_tell_the_day_where_it_changes() -> None:
    slot = Slot(datetime(2020, 10, 26, 14), datetime(2020, 10, 26, 16))
    zones = ["America/Guadeloupe", "Indian/Reunion", "Pacific/Noumea"]
    assert wording.hours_elsewhere(slot, "Europe/Paris", zones, "fr") == (
        "Guadeloupe\u00a0: 09h00 à 11h00",
        "La Réunion\u00a0: 17h00 à 19h00",
        "Nouméa\u00a0: 00h00 (mardi 27 octobre) à 02h00",
    )
    late = Slot(datetime(2020, 10, 26, 13), datetime(2020, 10, 26, 15))
    assert wording.hours_elsewhere(late, "Europe/Paris", zones[2:], "en") == (
        "Noumea: 23:00 to 01:00 (Tuesday 27 October)",
    )


def test_sessions_of_whole_days_have_no_hours_elsewhere() -> None:
    whole = Slot(date(2020, 9, 21), date(2020, 9, 22))
    assert wording.hours_elsewhere(whole, "Europe/Paris", ["Indian/Reunion"], "fr") == ()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["1\u202f500", "plus de 1\u202f500", "au moins 10"]),
        ("en", ["1,500", "more than 1,500", "at least 10"]),
    ],
)
def test_numbers(lang: Language, said: list[str]) -> None:
    assert [
        wording.number(1500, lang),
        wording.more_than(1500, lang),
        wording.at_least(10, lang),
    ] == said


def test_ordinals() -> None:
    assert [wording.ordinal(n, "fr") for n in (1, 2, 21)] == ["1er", "2e", "21e"]
    assert wording.ordinal(1, "fr", feminine=True) == "1re"
    english = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 111: "111th"}
    assert {n: wording.ordinal(n, "en") for n in english} == english


def test_lists_countries_and_places() -> None:
    assert wording.joined(["a", "b", "c"], "fr") == "a, b et c"
    assert wording.joined(["a", "b", "c"], "en") == "a, b and c"
    assert (wording.joined(["a"], "fr"), wording.joined([], "fr")) == ("a", "")
    assert (wording.country("MA", "fr"), wording.country("MA", "en")) == ("Maroc", "Morocco")
    assert (wording.place("Europe/Paris", "fr"), wording.place("Pacific/Noumea", "fr")) == ("Paris", "Nouméa")


@pytest.mark.parametrize(
    ("words", "of", "at"),
    [
        ("les collectivités", "des collectivités", "aux collectivités"),
        ("le Maroc", "du Maroc", "au Maroc"),
        ("la jeunesse", "de la jeunesse", "à la jeunesse"),
        ("l’AECT", "de l’AECT", "à l’AECT"),
        ("**les maires**", "des **maires**", "aux **maires**"),
        ("**les** maires", "**des** maires", "**aux** maires"),
        ("les **maires**", "des **maires**", "aux **maires**"),
        ("« Les webinaires »", "des « webinaires »", "aux « webinaires »"),
        ("une région", "d’une région", "à une région"),
        ("« une région »", "d’« une région »", "à « une région »"),
        ("habitants", "d’habitants", "à habitants"),
        ("Haïti", "d’Haïti", "à Haïti"),
        ("Hongrie", "de Hongrie", "à Hongrie"),
        ("hors-d’œuvre", "de hors-d’œuvre", "à hors-d’œuvre"),
        ("onze communes", "de onze communes", "à onze communes"),
        ("10 webinaires", "de 10 webinaires", "à 10 webinaires"),
        ("Lesotho", "de Lesotho", "à Lesotho"),
    ],
)
def test_french_contraction_and_elision(words: str, of: str, at: str) -> None:
    assert wording.of(words, "fr") == of
    assert wording.at(words, "fr") == at


def test_english_has_neither() -> None:
    assert (wording.of("the communes", "en"), wording.at("les", "en")) == ("of the communes", "to les")


def test_capital_passes_over_opening_marks() -> None:
    assert [wording.capital(words) for words in ("le lundi", "« **été** »", "10 h", "")] == [
        "Le lundi",
        "« **Été** »",
        "10 h",
        "",
    ]
