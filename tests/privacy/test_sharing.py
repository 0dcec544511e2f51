"""Whether the names under one address are those of several people."""

from __future__ import annotations

import pytest

from webcycle import privacy
from webcycle.privacy.subject import Subject
from webcycle.records import Registration, Visit

TOWN = Subject("town@example.org", ("town@example.org", "al@example.org", "id:zoom/1"))


def bearers(*names: str, subject: Subject = TOWN) -> tuple[str, ...]:
    return privacy.bearers(subject, [Registration(email="Town@example.org", name=name) for name in names])


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("Ada Lovelace",),
        ("Ada Lovelace", "LOVELACE Áda"),
        ("Ada Lovelace", "Mme Ada Lovelace (Externe)"),
        ("Ada Lovelace - Example Town", "Ada Lovelace [Office]"),
        ("Ada Lovelace", "Ada"),
        ("Ada Lovelace", "A. Lovelace"),
        ("Ada Lovelace", "Lovelace A"),
        ("Ada Lovelace", "", "  "),
        ("Ada King Lovelace", "Ada Lovelace", "Ada King"),
        ("Ada Lovelace", "Ada-Lovelace"),
    ],
)
def test_names_that_fit_are_one_person_s(names: tuple[str, ...]) -> None:
    assert bearers(*names) == ()


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Ada Lovelace", "Bob Martin"), ("Ada Lovelace", "Bob Martin")),
        (("Ada Lovelace", "Bob Lovelace"), ("Ada Lovelace", "Bob Lovelace")),
        (("Ada Lovelace", "Bob"), ("Ada Lovelace", "Bob")),
        (("Ada", "Ada Lovelace", "Ada Martin"), ("Ada Lovelace", "Ada Martin")),
        (("Bob Martin", "M. Bob Martin", "Ada Lovelace"), ("Ada Lovelace", "Bob Martin")),
    ],
)
def test_names_that_do_not_fit_are_of_several(names: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert bearers(*names) == bearers(*reversed(names)) == told


def test_each_address_is_judged_by_itself_and_decisions_count() -> None:
    rows: list[Registration | Visit] = [
        Registration(email="town@example.org", name="Ada Lovelace"),
        Registration(email="al@example.org", name="Ada King"),
        Registration(email="other@example.org", name="Bob Martin"),
        Visit(platform="zoom", person="1", name="Bob Martin"),
    ]
    assert privacy.bearers(TOWN, rows) == ()
    decided = Subject("town@example.org", ("town@example.org", "name:bob martin"))
    assert bearers("Ada Lovelace", "Bob Martin", subject=decided) == ()
    assert bearers("Ada Lovelace", "Bob Martin", "Cy Young", subject=decided) == ("Ada Lovelace", "Cy Young")
