"""French spaces, apostrophes, ellipses and raised letters; addresses and hours keep theirs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle.documents import typography
from webcycle.documents.typography import french, ordinals, set_parts, set_text

# ~ stands for a no-break space and _ for a narrow one, so that a reader sees them.
CASES = [
    ("Axe géographique: le Maroc", "Axe géographique~: le Maroc"),
    ("Axe géographique : le Maroc", "Axe géographique~: le Maroc"),
    ("l'AECT, l'« AECT »", "l’AECT, l’«~AECT~»"),
    ("«mot»", "«~mot~»"),
    ("Vraiment ?", "Vraiment_?"),
    ("Vraiment?! Oui; non!", "Vraiment_?! Oui_; non_!"),
    ("la suite...", "la suite…"),
    ("quatre points....", "quatre points...."),
    ("3,6 % et 12%", "3,6~% et 12~%"),
    ("n° 5, n°6", "n°~5, n°~6"),
    ("M. Martin, Mme Roux", "M.~Martin, Mme~Roux"),
    ("plus de 1 500 000 vues", "plus de 1_500_000 vues"),
    ("en 2020 150 communes", "en 2020 150 communes"),
    ("01 99 00 12 34", "01 99 00 12 34"),
    ("le 27 avril et le 1er juin", "le 27~avril et le 1er~juin"),
    ("14:00 ou 10h00", "14:00 ou 10h00"),
    ("https://example.org/a?b=c:d;e! fin", "https://example.org/a?b=c:d;e! fin"),
    ("Écrire à cycle@example.org: merci", "Écrire à cycle@example.org~: merci"),
    ("À l'heure:maintenant", "À l’heure:maintenant"),
]


@pytest.mark.parametrize(("written", "printed"), CASES)
def test_french_text_is_set(written: str, printed: str) -> None:
    assert french(written) == printed.replace("~", "\u00a0").replace("_", "\u202f")


def test_english_text_keeps_its_spaces_and_quotes() -> None:
    assert set_text('It\'s 12 %: "so"; why ? 1 500...', "en") == 'It\'s 12 %: "so"; why ? 1 500…'


@settings(deadline=None)
@given(st.text(st.sampled_from("aM1er;:!?«» \u00a0\u202f%°'.n/@h\n") | st.characters(codec="utf-8"), max_size=40))
def test_setting_twice_changes_nothing(text: str) -> None:
    once = french(text)
    assert french(once) == once


def test_an_edit_sees_over_the_border_of_parts_and_stays_in_one() -> None:
    assert set_parts(("Axe", ": le Maroc"), "fr") == ("Axe", "\u00a0: le Maroc")
    assert set_parts(("«", "mot", "»"), "fr") == ("«", "\u00a0mot", "\u00a0»")


def test_fixed_parts_keep_their_text() -> None:
    assert set_parts(("«", "What?", "» : «", "a: b", "»"), "fr", frozenset({1, 3})) == (
        "«\u00a0",
        "What?",
        "\u00a0»\u00a0: «\u00a0",
        "a: b",
        "\u00a0»",
    )


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("a1 ;:!?«»'.%°"), max_size=8), max_size=5))
def test_parts_are_set_as_one_sentence(parts: list[str]) -> None:
    def squeezed(text: str) -> str:
        return "".join(text.replace("…", "...").replace("’", "'").replace("‘", "'").split())

    assert [squeezed(part) for part in set_parts(parts, "fr")] == [squeezed(part) for part in parts]


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("le 1er cycle", ["er"]),
        ("la 1re et la 2e", ["re", "e"]),
        ("le XXIe siècle, la Ve République, Ier", ["e", "e", "er"]),
        ("les 21es rencontres", ["es"]),
        ("Le Ce Vie 1e5 B12e Mme", []),
        ("https://example.org/1er", []),
    ],
)
def test_letters_of_french_ordinals_are_raised(text: str, raised: list[str]) -> None:
    pieces = ordinals(text, "fr")
    assert [piece for piece, is_raised in pieces if is_raised] == raised
    assert "".join(piece for piece, _ in pieces) == text


def test_english_ordinals_are_not_raised() -> None:
    assert ordinals("the 1st and 2e", "en") == (("the 1st and 2e", False),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("'x'", "‘x’"),
        ("('oui !')", "(‘oui\u202f!’)"),
        ("'jour d'été' et c'est 'l'un'", "‘jour d’été’ et c’est ‘l’un’"),
        ("l'an '90 et l'autre '20", "l’an '90 et l’autre '20"),
    ],
)
def test_a_pair_of_straight_quotation_marks_becomes_a_pair(text: str, said: str) -> None:
    assert french(text) == said
    assert french(said) == said


PIECES = [
    "1",
    "1er",
    "27",
    "juin",
    "M.",
    "Mme",
    "Dr",
    "n°",
    "Abc",
    "l",
    "'",
    "...",
    " ",
    "\u00a0",
    "\u202f",
    *"!?;:«»%€°.",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_where_no_sign_of_a_rule_stands_no_rule_has_anything_to_do(text: str) -> None:
    touched = any(pattern.search(text) for pattern, _replacement in typography._RULES["fr"])
    assert typography._TOUCHED.search(text) or not touched
