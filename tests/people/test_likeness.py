"""Who is likely the same person, and why; and that nobody is who should not be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.made import Rows, people
from webcycle import texts
from webcycle.errors import Language
from webcycle.identity import REASONS, Suggestion, open_domains, resolve, suggestions

Pairs = list[tuple[str, str, tuple[str, ...]]]


def found(rows: Rows, text: str = "") -> tuple[Suggestion, ...]:
    decided = people(text)
    return suggestions(resolve(rows.registrations, rows.visits, decided), decided)


def pairs(rows: Rows, text: str = "") -> Pairs:
    return [(one.kept.key, one.other.key, one.reasons) for one in found(rows, text)]


def named(one: str, other: str) -> Rows:
    return Rows().came("a@example.org", one).came("b@example.net", other)


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ("Ada Lovelace", "ada  LOVELACE", ("same-name",)),
        ("Élodie Dupont", "Elodie Dupont", ("accents",)),
        ("Jean-Pierre Dupont", "Jean Pierre Dupont", ("accents",)),
        ("Dupont Élodie", "Élodie Dupont", ("order",)),
        ("DUPONT Elodie", "Élodie Dupont", ("accents", "order")),
        ("Ada Lovelace (Externe)", "Ada Lovelace", ("suffix",)),
        ("Ada Lovelace (Guest)", "Lovelace Ada (Non vérifié)", ("suffix", "order")),
        ("Elodie Dupont (External)", "Dupont Élodie", ("suffix", "accents", "order")),
        ("Élie Elie", "Elie Élie", ("accents",)),
        ("Mme Marie DUPONT", "Marie Dupont", ("title",)),
        ("M. Jean Dupont", "Jean Dupont", ("title",)),
        ("Prof. Dr. Jean Dupont", "Jean Dupont", ("title",)),
        ("Maître Jean Dupont", "Jean Dupont", ("title",)),
        ("Dr. Jean-Pierre O'Neill", "Jean Pierre O'Neill", ("title", "accents")),
        ("DUPONT Mme Élodie (Externe)", "Elodie Dupont", ("suffix", "title", "accents", "order")),
        ("Mme Élodie Dupont", "Mme Elodie Dupont", ("accents",)),
        ("Mme Marie Dupont", "mme marie dupont", ("same-name",)),
        ("Mme Marie Dupont", "Dr Marie Dupont", ("title",)),
        ("Dr Jean-Pierre", "Dr Jean Pierre", ("accents",)),
        ("Maître Jean Paul", "Jean Paul Maître", ("order",)),
        ("Mme M. Dupont", "Marie Dupont", ("initials",)),
        ("M. J. Dupont", "J. Dupont", ("title",)),
        ("M. J. Dupont", "Marie José Dupont", ("initials",)),
        ("M. J. Dupont", "Jean Dupont", ("initials",)),
        ("M. Dupont", "Marie Dupont", ("initials",)),
        ("J. Dupont", "Jean Dupont", ("initials",)),
        ("Dupont J", "Jean Dupont", ("initials",)),
        ("J-P Dupont", "Jean-Pierre Dupont", ("initials",)),
        ("王小明", "王小明", ("same-name",)),
        ("محمد علي", "علي محمد", ("order",)),
    ],
)
def test_what_makes_two_names_alike_is_told(one: str, other: str, reasons: tuple[str, ...]) -> None:
    for rows in (named(one, other), named(other, one)):
        ((kept, alike, why),) = pairs(rows)
        assert {kept, alike} == {"a@example.org", "b@example.net"}
        assert why == reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "Ada"),
        ("Ada Lovelace", "Ada Byron"),
        ("Guest", "Guest"),
        ("", ""),
        ("J. Dupont", "Pierre Dupont"),
        ("J. P. Dupont", "Jean Dupont"),
        ("J. Dupont", "J. Dupond"),
        ("Mme Dupont", "Marie Dupont"),
        ("Maître", "Maître"),
        ("Anne Maître", "Anne"),
        ("Dr Dupont", "Dupont"),
        (" ".join("abcdefghi" * 2), " ".join("abcdefghi" * 2)),
    ],
)
def test_what_tells_nobody_makes_nobody_alike(one: str, other: str) -> None:
    assert pairs(named(one, other)) == []


def test_an_account_and_an_address_with_a_tag_tell_more_than_a_name() -> None:
    rows = (
        Rows()
        .came("a@example.org", "Ada", platform="teams", person="8")
        .came("", "Phone", platform="teams", person="8")
        .came("b+news@example.org", "Bob")
        .came("b@example.org", "Robert")
    )
    assert pairs(rows) == [
        ("a@example.org", "id:teams/8", ("platform-id",)),
        ("b@example.org", "b+news@example.org", ("address-tag",)),
    ]


def test_the_strong_key_is_kept_and_of_equals_the_longer_name() -> None:
    weak = Rows().came("", "Ada Lovelace").came("ada@example.org", "Lovelace Ada")
    assert pairs(weak) == [("ada@example.org", "name:ada lovelace", ("order",))]
    assert [one.kept.name for one in found(Rows().came("", "A. Lovelace").came("", "Ada Lovelace"))] == ["Ada Lovelace"]
    added = named("Ada Lovelace", "Ada Lovelace (non vérifiée)")
    assert [one.kept.name for one in found(added)] == ["Ada Lovelace"]
    titled = Rows().came("", "Mme Ada Lovelace").came("", "Ada A. Lovelace").came("", "Ada Lovelace")
    assert [(one.kept.name, one.other.name) for one in found(titled)] == [("Ada Lovelace", "Mme Ada Lovelace")]


def test_all_names_of_a_person_are_compared_and_the_nearest_tells_why() -> None:
    rows = named("Dupont Élodie", "Elodie Dupont").came("a@example.org", "Élodie Dupont")
    assert pairs(rows) == [("a@example.org", "b@example.net", ("accents",))]


def test_what_is_accepted_or_refused_is_not_suggested_again() -> None:
    rows = named("Ada Lovelace", "Ada Lovelace")
    alias = '[[alias]]\nperson = "a@example.org"\nis = ["b@example.net"]\n'
    distinct = '[[distinct]]\nkeys = ["b@example.net", "a@example.org"]\n'
    assert len(pairs(rows)) == 1
    assert pairs(rows, alias) == []
    assert pairs(rows, distinct) == []
    assert pairs(named("J. Dupont", "Jean Dupont"), distinct) == []


def test_a_refusal_holds_for_everything_that_is_the_same_person() -> None:
    rows = named("Ada Lovelace", "Ada Lovelace").came("c@example.org", "Ada Lovelace")
    text = (
        '[[alias]]\nperson = "a@example.org"\nis = ["c@example.org"]\n'
        '[[distinct]]\nkeys = ["c@example.org", "b@example.net"]\n'
    )
    assert pairs(rows, text) == []


def test_a_third_namesake_is_still_suggested_after_a_refusal() -> None:
    rows = named("Ada Lovelace", "Ada Lovelace").came("c@example.org", "Ada Lovelace")
    assert [pair[:2] for pair in pairs(rows)] == [
        ("a@example.org", "b@example.net"),
        ("a@example.org", "c@example.org"),
    ]
    refused = (
        '[[distinct]]\nkeys = ["a@example.org", "b@example.net"]\n'
        '[[distinct]]\nkeys = ["a@example.org", "c@example.org"]\n'
    )
    assert [pair[:2] for pair in pairs(rows, refused)] == [("b@example.net", "c@example.org")]


def test_initials_that_fit_too_many_tell_nothing() -> None:
    first = ("Jean", "Julie", "Jules", "Jeanne", "Joël")
    rows = Rows().came("x@example.org", "J. Dupont")
    for name in first[:4]:
        rows = rows.came(f"{name.lower()}@example.org", f"{name} Dupont")
    assert len(pairs(rows)) == 4
    assert pairs(rows.came("joel@example.org", "Joël Dupont")) == []


def test_bots_and_anonymous_names_are_nobody() -> None:
    rows = named("Otter Notetaker", "Otter Notetaker")
    assert len(pairs(rows)) == 1
    assert pairs(rows, '[bots]\npatterns = ["*notetaker"]\n') == []
    assert pairs(rows, '[anonymous]\nnames = ["otter notetaker"]\n') == []


def test_the_strongest_reasons_come_first() -> None:
    rows = (
        Rows()
        .came("a@example.org", "J. Dupont")
        .came("b@example.org", "Jean Dupont")
        .came("c@example.org", "Ada Lovelace")
        .came("d@example.org", "Lovelace Ada")
        .came("e@example.org", "Zoé Zola")
        .came("f@example.org", "zoé zola")
    )
    assert [one.reasons for one in found(rows)] == [("same-name",), ("order",), ("initials",)]


def test_every_reason_has_its_words() -> None:
    languages: tuple[Language, ...] = ("en", "fr")
    assert all(texts.say(lang, f"people.reason.{reason}") for lang in languages for reason in REASONS)


NAMES = st.sampled_from(
    [
        "Ada Lovelace",
        "Lovelace Ada",
        "A. Lovelace",
        "Adà Lovelace (Guest)",
        "Mme Ada Lovelace",
        "M. A. Lovelace",
        "Bob",
        "",
        "é e",
        "e é",
    ]
)
ROWS = st.lists(st.tuples(st.sampled_from(["", "a@x.org", "b@x.org", "a+t@x.org"]), NAMES), max_size=8)


@given(ROWS, st.randoms())
@settings(deadline=None)
def test_the_order_of_rows_never_matters_and_no_pair_comes_twice(rows: list[tuple[str, str]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    told = []
    for order in (rows, shuffled):
        made = Rows()
        for email, name in order:
            made = made.came(email, name)
        told.append(pairs(made))
    assert told[0] == told[1]
    assert len({frozenset(pair[:2]) for pair in told[0]}) == len(told[0])
    assert all(pair[2] for pair in told[0])


def test_namesakes_give_one_suggestion_each_and_not_one_a_pair() -> None:
    visits = [Rows().came(f"p{number}@example.org", "Jean Dupont").visits[0] for number in range(2_000)]
    told = found(Rows((), visits))
    assert {one.kept.key for one in told} == {"p0@example.org"}
    assert len(told) == 1_999


def test_namesakes_with_and_without_titles_give_one_suggestion_each() -> None:
    names = ("Jean Dupont", "M. Jean Dupont", "M. Jean DUPONT", "Dr Jean Dupont", "M. Jean Dupont")
    rows = Rows()
    for number, name in enumerate(names):
        rows = rows.came(f"p{number}@example.org", name)
    told = pairs(rows)
    assert [(kept, other) for kept, other, _ in told] == [
        ("p0@example.org", f"p{number}@example.org") for number in range(1, 5)
    ]


def test_a_decision_on_a_name_with_a_title_holds() -> None:
    rows = Rows().came("ada@example.org", "Ada Lovelace").came("", "Mme Ada Lovelace")
    assert pairs(rows) == [("ada@example.org", "name:mme ada lovelace", ("title",))]
    same = '[[alias]]\nperson = "ada@example.org"\nis = ["name:Mme Ada Lovelace"]\n'
    assert list(resolve(rows.registrations, rows.visits, people(same)).persons) == ["ada@example.org"]
    assert pairs(rows, same) == []
    assert pairs(rows, '[[distinct]]\nkeys = ["ada@example.org", "name:mme ada lovelace"]\n') == []


def test_nobody_is_merged_for_a_title() -> None:
    rows = Rows().came("", "Ada Lovelace").came("", "Mme Ada Lovelace")
    assert list(resolve(rows.registrations, rows.visits, people()).persons) == [
        "name:ada lovelace",
        "name:mme ada lovelace",
    ]


# ---- domains


def test_domains_without_organisation_are_counted_by_people_and_free_ones_left_out() -> None:
    rows = (
        Rows()
        .registered("a@ville.example", organisation="Ville")
        .registered("a@ville.example", organisation="Ville", session="two")
        .registered("b@ville.example", organisation="Mairie")
        .registered("c@ville.example", organisation="Mairie")
        .came("d@gmail.com")
        .came("e@region.example")
    )
    decided = people()
    told = [
        (one.domain, one.people, one.named)
        for one in open_domains(resolve(rows.registrations, rows.visits, decided), decided)
    ]
    assert told == [("ville.example", 3, "Mairie"), ("region.example", 1, "")]
    known = people('[[organisation]]\ndomain = "ville.example"\nname = "Ville"\n')
    left = open_domains(resolve(rows.registrations, rows.visits, known), known)
    assert [one.domain for one in left] == ["region.example"]
