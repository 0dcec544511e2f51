"""Marks of those who are forgotten, and the imports that leave their rows out."""

from __future__ import annotations

import pytest

from tests.imports.cycles import delivery
from webcycle import forgotten
from webcycle.errors import RefusedError
from webcycle.imports import erased
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
    "raw", [b"\xff", b"a", b"key = 1", b'key = "a"\nforgotten = []', b"forgotten = [1]", b'forgotten = "a"']
)
def test_a_damaged_file_is_not_ignored(raw: bytes) -> None:
    with pytest.raises(RefusedError):
        forgotten.read(raw)


def test_the_rows_of_an_import_are_accounted_for() -> None:
    from dataclasses import replace

    from webcycle.identity import key_of

    bare = delivery("a.csv")
    rows = (Registration(email="ada@example.org"), Registration(email="bea@example.org"))
    came = (Visit(email="Ada@example.org"), Visit(email="ada@example.org"))
    reading = replace(bare.reading, registrations=rows, visits=came, rows=5, kept=4, ignored={"total": 1})

    def known(row: Registration | Visit) -> str:
        return key_of(row) if key_of(row) == "ada@example.org" else ""

    found = erased.without(replace(bare, reading=reading), known).reading
    assert (found.registrations, found.visits) == (rows[1:], ())
    assert (found.rows, found.kept, dict(found.ignored)) == (5, 2, {"total": 1, "forgotten": 2})
    assert found.rows == found.kept + sum(found.ignored.values())
    same = replace(bare, reading=reading)
    assert erased.without(same, erased.nobody) is same
