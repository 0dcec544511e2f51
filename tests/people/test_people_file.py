"""people.toml: what it says, what is wrong with it and where, and what is added at its end."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.made import people
from webcycle import texts
from webcycle.errors import Finding, Language
from webcycle.identity import append_alias, append_distinct, append_organisation, load
from webcycle.identity.people import matches

DAY = date(2021, 10, 12)


def wrong(text: str) -> list[tuple[str, int]]:
    """The codes and lines of what is wrong; each is told in both languages."""
    found, findings = load(text.encode(), "people.toml")
    assert found is None
    for finding in findings:
        told(finding)
    return [(finding.code, finding.place.line if finding.place else 0) for finding in findings]


def told(finding: Finding) -> None:
    languages: tuple[Language, ...] = ("en", "fr")
    for lang in languages:
        assert texts.message(lang, finding)
        assert texts.hint(lang, finding)


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_a_file_without_decisions_is_no_error(text: str) -> None:
    assert people(text).aliases == ()


def test_the_whole_file_is_read() -> None:
    found = people(
        """
[staff]
domains = ["Example.org"]
[bots]
patterns = ["*notetaker*"]
[[alias]]
person = "Ada@example.org"
is = ["name:Ada Lovelace", "id:teams/8F"]
reason = "same account"
on = 2021-10-12
[[distinct]]
keys = ["ada@example.org", "b@example.org"]
[[organisation]]
domain = "@ville.example"
name = "Ville d'Exemple"
type = "commune"
territory = "Occitanie"
"""
    )
    assert found.same.root("name:ada lovelace") == found.same.root("id:teams/8F") == "ada@example.org"
    assert found.organisation_by_domain["ville.example"].territory == "Occitanie"
    assert found.staff.domains == ("example.org",)


def test_every_mistake_is_told_with_its_place() -> None:
    text = """
[staff]
emails = ["nobody"]
domains = ["exam ple", 3]
colour = 1
[[alias]]
person = "Ada"
[[organisation]]
domain = ".org"
name = ""
"""
    assert wrong(text) == [
        ("email", 3),
        ("email-domain", 4),
        ("email-domain", 4),
        ("no-such-key", 5),
        ("person-key", 7),
        ("missing-key", 6),
        ("email-domain", 9),
        ("blank-text", 10),
    ]


def test_what_is_no_toml_is_told_as_for_the_programme() -> None:
    assert wrong("[staff\n") == [("toml-header", 1)]


def test_people_cannot_be_the_same_and_different() -> None:
    text = """
[[alias]]
person = "a@example.org"
is = ["b@example.org"]
[[alias]]
person = "b@example.org"
is = ["c@example.org"]
[[distinct]]
keys = ["x@example.org", "a@example.org", "c@example.org"]
"""
    assert wrong(text) == [("distinct-and-same", 9)]


def test_one_key_is_not_distinct_from_itself() -> None:
    assert wrong('[[distinct]]\nkeys = ["a@example.org", "A@example.org"]\n') == [("distinct-alone", 2)]


def test_a_domain_has_one_organisation() -> None:
    block = '[[organisation]]\ndomain = "example.org"\nname = "A"\n'
    assert wrong(block + block) == [("duplicate-domain", 5)]


# ---- who goes by which key


def test_a_chain_of_aliases_goes_by_the_key_that_is_nobody_s_alias() -> None:
    text = """
[[alias]]
person = "z@example.org"
is = ["b@example.org"]
[[alias]]
person = "b@example.org"
is = ["a@example.org"]
"""
    same = people(text).same
    assert [same.root(f"{key}@example.org") for key in "abzq"] == ["z@example.org"] * 3 + ["q@example.org"]


def test_where_all_are_aliases_or_none_is_the_strongest_key_is_taken() -> None:
    circle = '[[alias]]\nperson="name:a"\nis=["b@example.org"]\n[[alias]]\nperson="b@example.org"\nis=["name:a"]\n'
    assert people(circle).same.root("name:a") == "b@example.org"
    two = '[[alias]]\nperson="name:a"\nis=["name:c"]\n[[alias]]\nperson="b@example.org"\nis=["name:c"]\n'
    assert people(two).same.root("name:a") == "b@example.org"
    alone = '[[alias]]\nperson="name:a"\nis=["name:a"]\n'
    assert people(alone).same.root("name:a") == "name:a"


KEYS = st.sampled_from([f"{letter}@example.org" for letter in "abcdef"])
DECISIONS = st.lists(st.tuples(KEYS, st.lists(KEYS, max_size=3)), max_size=6)


@given(DECISIONS, st.randoms())
@settings(deadline=None)
def test_the_order_of_decisions_never_matters(decisions: list[tuple[str, list[str]]], random: object) -> None:
    from webcycle.identity.aliases import Aliases

    shuffled = list(decisions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = Aliases(decisions), Aliases(shuffled)
    names = [f"{letter}@example.org" for letter in "abcdef"]
    assert [one.root(name) for name in names] == [other.root(name) for name in names]
    assert all(one.root(one.root(name)) == one.root(name) for name in names)
    assert all(one.root(person) == one.root(key) for person, same in decisions for key in same)


# ---- recognition


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*notetaker*", "ada's notetaker", True),
        ("read.ai*", "read.ai meeting notes", True),
        ("*@bot.example", "x@bot.example", True),
        ("a*b*c", "a-b-b-c", True),
        ("a*a", "a", False),
        ("a*b*c", "a-c-b", False),
        ("a*b*c", "a-c", False),
        ("b*", "ab", False),
        ("ada", "ada l", False),
        ("*", "", True),
        ("a.c", "abc", False),
    ],
)
def test_a_pattern_is_a_text_in_which_a_star_is_anything(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    start = time.perf_counter()
    assert not matches("*a" * 200 + "b", "a" * 5000)
    assert time.perf_counter() - start < 1


def test_a_group_is_known_by_address_domain_name_or_pattern() -> None:
    staff = people(
        '[staff]\nemails=["Ada@example.org"]\ndomains=["council.example"]\nnames=["Bob  BOT"]\npatterns=["*(DAECT)"]\n'
    ).staff
    nobody: frozenset[str] = frozenset()
    assert staff.recognises(nobody, frozenset({"ada@example.org"}))
    assert staff.recognises(nobody, frozenset({"x@example.org", "c@council.example"}))
    assert staff.recognises(frozenset({"bob bot"}), nobody)
    assert staff.recognises(frozenset({"carol (daect)"}), nobody)
    assert not staff.recognises(frozenset({"ada"}), frozenset({"x@sub.council.example"}))


# ---- what is appended


def test_decisions_are_appended_and_read_again_and_comments_stay() -> None:
    raw = b"# mine\n[staff]\r\nnames = []  # none\n"
    after = append_alias(raw, "a@example.org", "name:a", "same name", DAY)
    after = append_distinct(after, "a@example.org", "name:b", DAY)
    after = append_organisation(after, {"domain": "example.org", "name": "Ville"})
    assert after.startswith(raw)
    found = people(after.decode())
    assert found.same.root("name:a") == "a@example.org"
    assert found.aliases[0].on == DAY
    assert found.distinct[0].keys == ("a@example.org", "name:b")
    assert found.organisations[0].name == "Ville"
