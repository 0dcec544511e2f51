"""How figures are said: every one of them in both languages, rounded half up, never by way of a float."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.results import FILE, cycle
from webcycle.documents import figure_words
from webcycle.documents.inline import text_of
from webcycle.documents.voice import Voice
from webcycle.errors import Language
from webcycle.metrics import CYCLE_FIGURES, SESSION_FIGURES, Figure, FigureName
from webcycle.metrics.results import Absence, CycleResults

LANGUAGES: tuple[Language, ...] = ("fr", "en")
VOICES = {"fr": Voice("fr", "fr"), "en": Voice("en", "fr")}
RESULTS = cycle((), clipped=False)


def said(figure: Figure, lang: Language = "fr") -> str:
    """Its value, with plain spaces."""
    return plain(text_of(figure_words.value(figure, VOICES[lang]), lang))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def method(figure: Figure, results: CycleResults = RESULTS, lang: Language = "fr") -> str:
    return plain(text_of(figure_words.method(figure, results, VOICES[lang]), lang))


def origin(figure: Figure, lang: Language = "fr") -> str:
    return plain(text_of(figure_words.origin(figure, VOICES[lang]), lang))


def figure(name: FigureName, session: str | None = "maroc", **more: Any) -> Figure:
    return Figure(name, session, **more)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("session", "name"),
    [*(("maroc", name) for name in SESSION_FIGURES), *((None, name) for name in CYCLE_FIGURES)],
)
def test_every_figure_has_a_label_and_a_method(lang: Language, session: str | None, name: FigureName) -> None:
    found = Figure(name, session, 1)
    assert text_of(figure_words.label(found, VOICES[lang]), lang)
    told = method(found, lang=lang)
    assert told.endswith(".")
    assert "{" not in told


def test_the_cycle_s_figure_of_a_name_is_called_otherwise_where_it_is_another_one() -> None:
    of_session, of_cycle = (
        text_of(figure_words.label(figure("median-minutes", session), VOICES["fr"]), "fr")
        for session in ("maroc", None)
    )
    assert (of_session, of_cycle) == ("Temps de présence médian", "Temps de présence médian par participation")
    assert method(figure("attendance-rate", None)) != method(figure("attendance-rate"))


@pytest.mark.parametrize(
    ("name", "value", "french", "english"),
    [
        ("attended", 1500, "1 500", "1,500"),
        ("attended", 0, "0", "0"),
        ("person-minutes", Fraction(12345, 2), "6 173", "6,173"),
        ("attendance-rate", Fraction(5, 8), "62,5 %", "62.5%"),
        ("attendance-rate", Fraction(3, 5), "60 %", "60%"),
        ("attendance-rate", Fraction(1), "100 %", "100%"),
        ("attendance-rate", Fraction(2, 3), "66,7 %", "66.7%"),
        ("weak-share", Fraction(1, 2000), "0,1 %", "0.1%"),
        ("weak-share", Fraction(0), "0 %", "0%"),
        ("median-minutes", Fraction(105, 2), "53 min", "53 min"),
        ("mean-minutes", Fraction(95), "1 h 35", "1 h 35"),
        ("mean-minutes", Fraction(3599, 60), "1 h 00", "1 h 00"),
        ("mean-minutes", Fraction(0), "0 min", "0 min"),
    ],
)
def test_a_value_in_its_unit(name: FigureName, value: int | Fraction, french: str, english: str) -> None:
    assert (said(figure(name, value=value)), said(figure(name, value=value), "en")) == (french, english)


@pytest.mark.parametrize(
    ("low", "high", "french", "english"),
    [
        (12, 15, "entre 12 et 15", "between 12 and 15"),
        (1200, None, "au moins 1 200", "at least 1,200"),
        (12, 12, "12", "12"),
        (None, None, "n. d.", "n/a"),
    ],
)
def test_bounds(low: int | None, high: int | None, french: str, english: str) -> None:
    bounded = figure("people", None, low=low, high=high)
    assert (said(bounded), said(bounded, "en")) == (french, english)


def test_french_groups_and_units_do_not_break() -> None:
    rate = figure_words.value(figure("attendance-rate", value=Fraction(5, 8)), VOICES["fr"])
    assert text_of(rate, "fr") == "62,5\u00a0%"
    assert text_of(figure_words.value(figure("attended", value=1500), VOICES["fr"]), "fr") == "1\u202f500"
    assert text_of(figure_words.length(95, VOICES["fr"]), "fr") == "1\u00a0h\u00a035"


@given(st.fractions(0, 10**9), st.integers(0, 4))
def test_rounding_is_half_up(amount: Fraction, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        # Exact where it ends within the precision, and never within its last digit of a half where it does not.
        exact = Decimal(amount.numerator) / Decimal(amount.denominator)
        expected = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        assert figure_words.rounded(amount, places) == int(expected.scaleb(places))


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_has_at_most_one_decimal_and_is_right_to_half_of_it(part: int, rest: int) -> None:
    share = Fraction(part, part + rest)
    shown = said(figure("attendance-rate", value=share), "en").removesuffix("%")
    assert abs(Fraction(shown) / 100 - share) <= Fraction(1, 2000)
    assert len(shown.partition(".")[2]) <= 1
    assert not shown.endswith(".0")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("absent", Absence.__args__)  # type: ignore[attr-defined]
def test_every_absence_has_its_reason(lang: Language, absent: Absence) -> None:
    told = text_of(figure_words.why_absent(figure("peak", absent=absent), VOICES[lang]), lang)
    assert told.endswith(".")
    assert ("3" in told) == (absent == "too-few")


def test_what_is_known_has_no_reason_to_be_absent() -> None:
    assert figure_words.why_absent(figure("attended", value=3), VOICES["fr"]) == ()


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [
        (0, "un moment, si court soit-il", "for any time at all"),
        (60, "au moins 1 minute", "for at least 1 minute"),
        (300, "au moins 5 minutes", "for at least 5 minutes"),
    ],
)
def test_the_method_says_how_long_somebody_had_to_be_there(seconds: int, french: str, english: str) -> None:
    results = CycleResults(
        (), (), {}, {}, {}, {}, (), RESULTS.attendance_rows, RESULTS.registration_rows, seconds, False
    )
    for lang, words in (("fr", french), ("en", english)):
        assert words in method(figure("attended", value=3), results, lang)  # type: ignore[arg-type]


def test_the_method_says_that_lengths_are_cut_to_the_hours_held() -> None:
    clipped = cycle((), clipped=True)
    assert "de son début à sa fin réels" in method(figure("mean-minutes", value=3), clipped)
    assert "réels" not in method(figure("mean-minutes", value=3))
    assert "réels" not in method(figure("attended", value=3), clipped)


def test_the_method_of_what_was_stated_is_that_nothing_was_counted() -> None:
    stated = figure("attended", value=150, provenance="stated")
    assert method(stated) == (
        "Nombre indiqué à la main dans le programme : aucun fichier importé ne permet de le recompter."
    )


def test_the_method_says_what_is_missing_and_why_there_are_bounds() -> None:
    mixed = figure("people", None, low=12, high=15, provenance="mixed")
    assert method(mixed).endswith(
        "Pour les séances sans fichier importé, le nombre indiqué à la main. Des séances n’ont qu’un nombre de "
        "participants, sans que l’on sache qui était déjà venu : d’où deux bornes."
    )
    assert "bornes" not in method(figure("people", None, value=12, low=12, high=12))
    assert "bornes" not in method(figure("people", None, low=12))
    missing = figure("participations", None, low=12, missing=("maroc", "sport"))
    assert method(missing).endswith("Inconnu pour : maroc, sport.")


def test_where_a_figure_comes_from() -> None:
    assert origin(figure("attended", value=3, sources=(FILE,))) == "mesuré : 1 fichier importé"
    assert origin(figure("attended", value=3)) == "mesuré"
    assert origin(figure("peak", absent="no-times", provenance="unknown"), "en") == "not known"
    stated = figure("views", value=3, provenance="stated", sources=("comptage",), on=date(2021, 3, 1))
    assert origin(stated) == "indiqué à la main : comptage, au 1er mars 2021"
    mixed = figure("people", None, value=3, provenance="mixed", sources=(FILE, "a" * 16, "agent", "agent"))
    assert origin(mixed) == "en partie mesuré, en partie indiqué à la main : 2 fichiers importés et agent"
    assert origin(mixed, "en") == "partly measured, partly stated by hand: 2 imported files and agent"


def test_the_words_of_who_stated_a_number_are_no_markup() -> None:
    stated = figure("attended", value=3, provenance="stated", sources=("*Ada* [x](http://example.org) <b>",))
    assert "*Ada* [x](http://example.org) <b>" in origin(stated)
