"""The people behind records: each once, under which name, of which organisation."""

from __future__ import annotations

import pytest

from tests.people.made import Rows, people
from webcycle.identity import Directory, Person, resolve
from webcycle.records import Visit

ADA = "ada@example.org"
DOMAINS = """
[[organisation]]
domain = "ville.example"
name = "Ville"
type = "commune"
territory = "Occitanie"
[[organisation]]
domain = "region.example"
name = "Région"
"""


def directory(rows: Rows, text: str = "") -> Directory:
    return resolve(rows.registrations, rows.visits, people(text))


def only(rows: Rows, text: str = "") -> Person:
    (person,) = directory(rows, text).persons.values()
    return person


def test_one_address_in_any_writing_is_one_person() -> None:
    rows = Rows().registered(ADA, "Ada Lovelace").came(" ADA@example.org", "ada").came("Ada@Example.org", "Ada L")
    assert only(rows).key == ADA


def test_the_same_name_under_two_addresses_is_two_people_until_it_is_decided() -> None:
    rows = Rows().came(ADA, "Ada").came("ada@home.example", "Ada").came("", "Ada")
    assert list(directory(rows).persons) == [ADA, "ada@home.example", "name:ada"]
    person = only(rows, f'[[alias]]\nperson = "{ADA}"\nis = ["ada@home.example", "name:ada"]\n')
    assert person.keys == (ADA, "ada@home.example", "name:ada")
    assert (person.email, person.emails, person.weak) == (ADA, (ADA, "ada@home.example"), False)


def test_a_person_known_by_a_decided_key_that_no_record_shows_is_there() -> None:
    person = only(Rows().came("", "Ada"), f'[[alias]]\nperson = "{ADA}"\nis = ["name:ada"]\n')
    assert (person.key, person.email, person.weak) == (ADA, "", True)


def test_who_is_known_by_name_only_is_weak() -> None:
    found = directory(Rows().came("", "Ada").came(ADA).came("", "B", platform="teams", person="8"))
    assert {person.key: person.weak for person in found.persons.values()} == {
        "name:ada": True,
        ADA: False,
        "id:teams/8": False,
    }


def test_a_registration_s_name_wins_over_a_visit_s_then_the_most_frequent() -> None:
    rows = Rows().registered(ADA, "Ada Lovelace").came(ADA, "ada").came(ADA, "ada")
    assert only(rows).name == "Ada Lovelace"
    rows = Rows().came(ADA, "Ada  L").came(ADA, "Ada L").came(ADA, "Ada Lovelace")
    assert only(rows).name == "Ada L"
    rows = Rows().registered(ADA, "Ada").registered(ADA, "Ada Lovelace", first="Ada", last="Lovelace")
    assert (only(rows).name, only(rows).first, only(rows).last) == ("Ada Lovelace", "Ada", "Lovelace")
    rows = Rows().came(ADA, "Ad").came(ADA, "Ada").came(ADA, "Abc")
    assert only(rows).name == "Abc"


def test_organisation_and_territory_are_the_form_s_then_those_of_a_reviewed_domain() -> None:
    form = Rows().registered("a@ville.example", "A", organisation="Mairie", territory="Bretagne")
    assert (only(form, DOMAINS).organisation, only(form, DOMAINS).territory) == ("Mairie", "Bretagne")
    bare = Rows().registered("a@ville.example", "A")
    person = only(bare, DOMAINS)
    assert (person.organisation, person.type, person.territory) == ("Ville", "commune", "Occitanie")
    assert (only(bare).organisation, only(bare).territory) == ("", "")
    untyped = only(Rows().came("a@region.example"), DOMAINS)
    assert (untyped.organisation, untyped.type, untyped.territory) == ("Région", "", "")


def test_a_domain_below_a_reviewed_one_is_another() -> None:
    assert only(Rows().came("a@sub.ville.example"), DOMAINS).organisation == ""


def test_the_organisation_of_a_visit_counts_where_no_form_has_one() -> None:
    rows = Rows().came(ADA, organisation="Zoom Inc").came(ADA, organisation="Zoom Inc")
    assert only(rows).organisation == "Zoom Inc"
    assert only(rows.registered(ADA, organisation="Mairie")).organisation == "Mairie"


def test_a_second_address_gives_the_organisation_where_the_main_one_does_not() -> None:
    rows = Rows().came("a@mail.example").came("a@ville.example")
    text = DOMAINS + '[[alias]]\nperson = "a@mail.example"\nis = ["a@ville.example"]\n'
    assert only(rows, text).organisation == "Ville"


def test_a_name_that_a_decision_gives_somebody_counts_for_the_groups_too() -> None:
    same = f'[[alias]]\nperson = "{ADA}"\nis = ["name:equipe"]\n'
    rows = Rows().came(ADA, "Ada")
    assert only(rows, same).role == "participant"
    assert only(rows, same + '[anonymous]\nnames = ["Equipe"]\n').role == "anonymous"


@pytest.mark.parametrize("group", ["staff", "panelists", "bots", "anonymous"])
def test_a_group_of_the_file_gives_its_role(group: str) -> None:
    role = {"panelists": "panelist", "bots": "bot"}.get(group, group)
    assert only(Rows().came(ADA, "Ada"), f'[{group}]\nnames = ["ADA"]\n').role == role
    assert only(Rows().came(ADA, "Ada"), f'[{group}]\nnames = ["Bob"]\n').role == "participant"


def test_of_two_groups_staff_is_asked_first() -> None:
    assert only(Rows().came(ADA), '[bots]\npatterns=["*"]\n[staff]\ndomains=["example.org"]\n').role == "staff"


def test_a_row_of_nobody_belongs_to_no_person() -> None:
    found = directory(Rows().came().came(ADA))
    assert list(found.persons) == [ADA]
    assert found.of(Visit()) is None
    assert found.of(Visit(email=ADA)) is found.persons[ADA]
