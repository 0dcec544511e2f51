"""Marks of those who are forgotten, and the imports that leave their rows out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.imports.cycles import delivery
from webcycle import forgotten, privacy
from webcycle.errors import RefusedError
from webcycle.identity import key_of, keys
from webcycle.imports import erased
from webcycle.privacy import Subject
from webcycle.records import Registration, Visit

KEY = "ab" * 32


def test_marks_need_the_key_and_come_back_from_the_file() -> None:
    held = forgotten.NOBODY.with_all(["ada@example.org"], KEY)
    assert held.holds("ada@example.org")
    assert held.holds("ada@example.org")
    assert not held.holds("bea@example.org")
    assert not held.holds("")
    assert not forgotten.NOBODY.holds("ada@example.org")
    again = forgotten.read(forgotten.write(held))
    assert again == held
    assert b"ada" not in forgotten.write(held)
    assert forgotten.NOBODY.with_all(["ada@example.org"], "cd" * 32).marks != held.marks
    assert held.with_all(["bea@example.org"], "cd" * 32).key == KEY
    assert forgotten.read(b"") == forgotten.NOBODY


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff",
        b"a",
        b"key = 1",
        b'key = "a"\nforgotten = []',
        b"forgotten = [1]",
        b'forgotten = "a"',
        b"forgotten = " + b"[" * 100_000,
        b"key = " + b"1" * 5_000,
    ],
    ids=lambda raw: raw[:20].decode("latin-1"),
)
def test_a_damaged_file_is_not_ignored(raw: bytes) -> None:
    with pytest.raises(RefusedError):
        forgotten.read(raw)


def test_the_rows_of_an_import_are_accounted_for() -> None:
    bare = delivery("a.csv")
    rows = (
        Registration(email="ada@example.org"),
        Registration(email="bea@example.org"),
        Registration(name="Ada L."),
        Registration(email="ada@example.com"),
    )
    came = (Visit(email="Ada@example.org"), Visit(email="ada@example.org"))
    reading = replace(bare.reading, registrations=rows, visits=came, rows=7, kept=6, ignored={"total": 1})

    def known(row: Registration | Visit) -> tuple[str, str]:
        key = key_of(row)
        reasons = {"ada@example.org": "forgotten", "name:ada l.": "namesake", "ada@example.com": "alike"}
        return (reasons[key], key) if key in reasons else ("", "")

    found = erased.without(replace(bare, reading=reading), known).reading
    assert (found.registrations, found.visits) == ((rows[1], rows[3]), ())
    assert (found.rows, found.kept, dict(found.ignored)) == (7, 3, {"total": 1, "forgotten": 2, "namesake": 1})
    assert found.rows == found.kept + sum(found.ignored.values())
    assert [(one.code, dict(one.values)) for one in found.findings] == [
        ("import-namesake", {"file": reading.file, "rows": "1"})
    ]
    same = replace(bare, reading=reading)
    assert erased.without(same, erased.nobody) is same
    few = erased.without(replace(bare, reading=replace(reading, rows=3, kept=2)), known).reading
    assert few.rows == few.kept + sum(few.ignored.values())


ADA = Subject(
    "ada@example.org",
    ("ada@example.org", "o+ada@example.org", "id:teams/8f3a", "name:ada"),
    names=("Ada Lovelace", "Ada"),
    forms=("ada lovelace",),
)


@pytest.mark.parametrize(
    ("row", "standing"),
    [
        (Registration(email="ADA@example.org"), "forgotten"),
        (Registration(email="ada+x@example.org", name="Al"), "forgotten"),
        (Visit(platform="teams", person="8f3a"), "forgotten"),
        (Visit(name="Ada"), "forgotten"),
        (Visit(name="Lovelace, ADÁ (Guest)"), "namesake"),
        (Visit(platform="teams", person="9", name="Ada Lovelace | Town"), "namesake"),
        (Visit(name="Mme Ada LOVELACE"), "namesake"),
        (Visit(name="LOVELACE Ada (Dr)"), "namesake"),
        (Visit(name="M. Ada Lovelace - Town"), "namesake"),
        (Registration(email="ada@example.com", name="Prof. Ada Lovelace"), "alike"),
        (Visit(name="Mme Lovelace"), ""),
        (Registration(email="ada@example.com", name="Ada Lovelace"), "alike"),
        (Registration(email="o+bea@example.org", name="Bea"), "alike"),
        (Registration(email="o@example.org"), "alike"),
        (Registration(email="bea@example.org", name="Ada"), ""),
        (Visit(name="Ada Lovelace-King"), ""),
        (Visit(), ""),
    ],
)
def test_who_is_forgotten_is_known_again(row: Registration | Visit, standing: str) -> None:
    held = forgotten.NOBODY.with_all(privacy.marked(ADA), KEY)
    assert privacy.standing(held)(row) == ((standing, key_of(row)) if standing else ("", ""))
    assert privacy.standing(forgotten.NOBODY)(row) == ("", "")


@pytest.mark.parametrize("name", ["Mme Ada Lovelace", "Dr. Ada Lovelace", "Maître Ada LOVELACE"])
def test_the_marks_of_a_name_with_a_title_hold_without_it_and_those_made_before_go_on_to_hold(name: str) -> None:
    subject = Subject("ada@example.org", ("ada@example.org",), names=(name,), forms=tuple(sorted(keys.forms(name))))
    held = forgotten.NOBODY.with_all(privacy.marked(subject), KEY)
    for one in (name, "Ada Lovelace", "Lovelace, Mme Ada"):
        assert privacy.standing(held)(Visit(name=one))[0] == "namesake"
    words = " ".join(sorted(keys.unaccented(keys.folded(name)).split()))
    before = forgotten.NOBODY.with_all(("ada@example.org", f"like:{words}"), KEY)
    assert privacy.standing(before)(Visit(name=name))[0] == "namesake"
    assert privacy.standing(before)(Visit(name="Mme Bea Fisher")) == ("", "")
