"""By what a person is known, and how names are compared."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle.identity import keys
from webcycle.records import Registration, Visit

NAMES = st.text(max_size=40)


def test_an_address_wins_over_a_platform_s_id_and_that_over_a_name() -> None:
    visit = Visit(email=" Ada@Example.ORG ", platform="teams", person="8F3a", name="Ada")
    assert keys.key_of(visit) == "ada@example.org"
    assert keys.key_of(Visit(platform="teams", person="8F3a", name="Ada")) == "id:teams/8F3a"
    assert keys.key_of(Visit(platform="zoom", name="Ada  LOVELACE", organisation="Ville")) == "name:ada lovelace; ville"
    assert keys.key_of(Registration(name="Ada Lovelace")) == "name:ada lovelace"
    assert keys.key_of(Visit(platform="zoom", organisation="Ville")) == ""


def test_a_tag_in_an_address_makes_another_key() -> None:
    assert keys.email_key("ada+news@example.org") != keys.email_key("ada@example.org")


def test_composed_and_decomposed_letters_are_the_same() -> None:
    zoe = "zoé@example.org"
    assert keys.email_key(unicodedata.normalize("NFD", zoe).upper()) == keys.email_key(zoe)
    assert keys.folded(unicodedata.normalize("NFD", "ZOÉ")) == keys.folded("zoé")


@pytest.mark.parametrize(
    ("key", "strength"),
    [("ada@example.org", "email"), ("id:zoom/7", "platform"), ("name:ada", "name")],
)
def test_the_strength_of_a_key_shows_in_it(key: str, strength: str) -> None:
    assert keys.strength(key) == strength


def test_a_name_cannot_pass_for_a_name_with_an_organisation() -> None:
    assert keys.name_key("Ada; Ville", "") != keys.name_key("Ada", "Ville")


def test_strong_keys_come_first() -> None:
    given = ["name:a", "z@example.org", "id:a/1", "b@example.org"]
    assert sorted(given, key=keys.rank) == ["b@example.org", "z@example.org", "id:a/1", "name:a"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (" Ada@Example.org", "ada@example.org"),
        ("ada@ÉTÉ.example", "ada@été.example"),
        ("Name: Ada  LOVELACE ;Ville", "name:ada lovelace; ville"),
        ("name:Ada", "name:ada"),
        ("id:teams/8F3a", "id:teams/8F3a"),
        ("id:/8F3a", "id:/8F3a"),
    ],
)
def test_a_key_that_a_person_wrote_is_put_in_order(written: str, key: str) -> None:
    assert keys.normal_key(written) == key


@pytest.mark.parametrize(
    "written", ["", "Ada", "name:", "name: ;x", "id:teams", "id:Teams/8", "a@b", "@x.org", "a@..x"]
)
def test_what_is_no_key_is_told(written: str) -> None:
    assert keys.normal_key(written) is None


@given(NAMES, NAMES)
@settings(deadline=None)
def test_the_key_of_a_name_is_one_that_a_person_can_write(name: str, organisation: str) -> None:
    key = keys.name_key(name, organisation)
    assert key == "" or keys.normal_key(key) == key


@given(NAMES)
@settings(deadline=None)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert keys.folded(keys.folded(name)) == keys.folded(name)
    assert keys.unaccented(keys.unaccented(keys.folded(name))) == keys.unaccented(keys.folded(name))


@pytest.mark.parametrize(
    "name",
    [
        "ada lovelace (externe)",
        "ada lovelace (External)",
        "ada lovelace (Guest)",
        "ada lovelace (non vérifié)",
        "ada lovelace [EXT]",
        "ada lovelace - Hôte",
        "ada lovelace (Guest) (non vérifiée)",
    ],
)
def test_what_platforms_add_to_a_name_is_taken_off(name: str) -> None:
    assert keys.bare(keys.folded(name)) == "ada lovelace"


@pytest.mark.parametrize("name", ["ada lovelace (mairie)", "external", "(guest)", "ada hôte", "jean-me"])
def test_the_rest_of_a_name_stays(name: str) -> None:
    assert keys.bare(keys.folded(name)) == keys.folded(name)


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Mme Marie DUPONT", "marie dupont"),
        ("Mme. Marie Dupont", "marie dupont"),
        ("DUPONT, Mme Marie", "dupont, marie"),
        ("Marie Dupont (Mme)", "marie dupont"),
        ("Dupont Jean (M.)", "dupont jean"),
        ("J.-P. Dupont, Dr.", "j. -p. dupont,"),
        ("M. Jean Dupont", "jean dupont"),
        ("M.Jean Dupont", "jean dupont"),
        ("M Jean-Pierre O'Neill", "jean-pierre o'neill"),
        ("Monsieur Le Goff", "le goff"),
        ("Mr Ek Bo", "ek bo"),
        ("Mrs Ada Lovelace", "ada lovelace"),
        ("Dr. Ada Lovelace", "ada lovelace"),
        ("Pr Ada Lovelace", "ada lovelace"),
        ("Prof. Dr. Ada Lovelace", "ada lovelace"),
        ("Maître Ada Lovelace", "ada lovelace"),
        ("Mme Maitre Ada Lovelace", "ada lovelace"),
        ("Me Ada Lovelace", "ada lovelace"),
        ("Dr 王小明", "王小明"),
        ("M. M. Dupont", "m. dupont"),
        ("Mme Maître Anne", "maître anne"),
        ("Mme M. Dupont", "m. dupont"),
    ],
)
def test_titles_are_taken_off_a_name(name: str, rest: str) -> None:
    assert keys.untitled(keys.folded(name)) == rest


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mme",
        "Maître",
        "M. Dr",
        "Monsieur Madame",
        "Mme Dupont",
        "Mme Anne-Marie",
        "M. Dupont",
        "M Dupont",
        "Dupont M",
        "Jean M. Dupont",
        "Anne Maître",
        "Maître Anne-Marie",
        "Jean Paul Maître",
        "Drummond Ada Lovelace",
    ],
)
def test_a_name_of_a_title_and_one_word_is_left_and_so_is_what_may_be_an_initial_or_a_name(name: str) -> None:
    assert keys.untitled(keys.folded(name)) == keys.folded(name)


def test_a_name_has_its_forms_with_its_title_and_without() -> None:
    assert keys.forms("Ada Lovelace") == {"ada lovelace"}
    assert keys.forms("Mme LOVELACE Áda (Externe)") == {"ada lovelace", "ada lovelace mme"}
    assert keys.forms("Dr. Ada Lovelace - Example Town") == {
        "ada lovelace",
        "ada dr lovelace",
        "ada example lovelace town",
        "ada dr example lovelace town",
    }
    assert keys.forms("Mme Lovelace") == {"lovelace mme"}
    assert keys.forms("Maître") == frozenset()


def test_a_name_with_a_title_is_a_key_of_its_own_which_decisions_name() -> None:
    assert keys.key_of(Registration(name="Mme Ada LOVELACE")) == "name:mme ada lovelace"
    assert keys.normal_key("name:Mme Ada Lovelace") == "name:mme ada lovelace"


@given(
    st.lists(
        st.sampled_from(["Mme", "M.", "m", "Dr", "Maître", "Ada", "Bo-Ek", "J.", "王小明", "-", "(Pr)"]), max_size=6
    )
)
@settings(deadline=None)
def test_of_a_name_two_words_are_left_that_stood_in_it(words: list[str]) -> None:
    name = keys.folded(" ".join(words))
    rest = keys.untitled(name)
    assert rest == name or keys.tells(rest.split())
    assert not set(re.findall(r"[^\s.,]+", rest)) - set(re.findall(r"[^\s.,]+", name))
    assert keys.untitled(rest) == rest
    assert not keys.tells(keys.unaccented(name).split()) or keys.forms(name)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Élodie", "elodie"),
        ("Jean-Pierre D’Œuvre", "jean pierre d oeuvre"),
        ("J.P. Dupont,", "j p dupont"),
        ("Łukasz Sørensen", "lukasz sorensen"),
        ("王小明", "王小明"),
        ("スーパー", "スーハー"),
    ],
)
def test_accents_and_signs_are_taken_off_a_name(name: str, plain: str) -> None:
    assert keys.unaccented(keys.folded(name)) == plain


def test_the_domain_of_an_address() -> None:
    assert keys.domain("Ada@Example.ORG") == "example.org"
