"""The ledger of imports, as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.cycles import delivery, planned, registration, view, visit
from webcycle.errors import RefusedError
from webcycle.imports import Ledger, read_ledger, write_ledger
from webcycle.ledger import shortened
from webcycle.records import mark

LEDGER = planned(
    delivery("a.csv", visit("ada")),
    delivery("b.xlsx", registration("ada", meeting="Ports of the world"), part="Sheet1", kind="registrations"),
    delivery("c.csv", view("x", 1), reader="youtube-table", kind="views"),
).ledger


def test_a_ledger_comes_back_as_it_was_written() -> None:
    text = write_ledger(LEDGER).decode()
    assert text.startswith("# Kept by webcycle")
    assert len(LEDGER.entries) == 3
    assert read_ledger(text) == LEDGER
    assert write_ledger(read_ledger(text)) == write_ledger(LEDGER)


def test_an_empty_text_is_an_empty_ledger() -> None:
    assert read_ledger("") == Ledger()
    assert Ledger().session("0" * 16, "") is None


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("version = 1", "version = 2", "version"),
        ("kept = 1", 'kept = "1"', "kept"),
        ("kept = 1", "kept = -1", "kept"),
        ("+00:00", "", "imported"),
        ('reader = "', 'readers = "', "reader"),
        ('source = "', 'source = "x', "source"),
        ('reader = "', 'order = "ydm"\nreader = "', "order"),
        ("rows = 1", "rows = ", "line"),
    ],
)
def test_a_damaged_ledger_is_refused_with_its_place(old: str, new: str, where: str) -> None:
    text = write_ledger(LEDGER).decode()
    assert old in text
    with pytest.raises(RefusedError) as refused:
        read_ledger(text.replace(old, new, 1))
    assert refused.value.key == "import.ledger-damaged"
    assert where in refused.value.values["where"]


def test_a_ledger_nested_beyond_measure_is_refused() -> None:
    with pytest.raises(RefusedError):
        read_ledger(f"x = {'[' * 100_000}")


@pytest.mark.parametrize(
    ("old", "new"), [("rows = 1", f"rows = {'1' * 5_000}"), ("imported = ", "imported = 0001-01-01T00:00:00+14:00 #")]
)
def test_numbers_and_times_beyond_measure_are_refused(old: str, new: str) -> None:
    text = write_ledger(LEDGER).decode()
    assert old in text
    with pytest.raises(RefusedError) as refused:
        read_ledger(text.replace(old, new, 1))
    assert refused.value.key == "import.ledger-damaged"


def test_a_meeting_is_marked_not_named() -> None:
    assert mark("") == ""
    assert len(mark("Réunion de Ada")) == 12
    assert mark("a") != mark("b")
    assert mark("\ud800")


@given(st.text())
def test_the_name_of_a_file_is_short_on_one_line_and_holds_no_address(name: str) -> None:
    found = shortened(name)
    assert len(found) <= 80
    assert not {"\n", "\r", "\t", "/", "\\"} & set(found)
    assert shortened(f"{found} ada@example.org") == shortened(f"{found} …")
    assert shortened("folder/ada@example.org") == "…"
