"""The widths of the columns of a table on paper."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle.documents.blocks import Break, Column, ColumnKind, Raised, Run, Strong, Table
from webcycle.documents.inline import plain
from webcycle.documents.widths import UPRIGHT, bounds, lines, tight, widths

BOUND = st.tuples(st.floats(2, 30), st.floats(0, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def table(*columns: tuple[str, ColumnKind, tuple[str, ...]], total: tuple[str, ...] = ()) -> Table:
    rows = tuple(zip(*(cells for _title, _kind, cells in columns), strict=True))
    return Table(
        "t",
        (),
        tuple(Column(plain(title), kind) for title, kind, _cells in columns),
        tuple(tuple(plain(cell) for cell in row) for row in rows),
        tuple(plain(cell) for cell in total),
    )


@settings(deadline=None)
@given(st.lists(BOUND, max_size=12), st.floats(10, 200))
def test_every_column_has_its_least_and_no_more_than_it_can_use(asked: list[tuple[float, float]], room: float) -> None:
    found = widths(asked, room)
    assert all(least <= width <= most + 1e-6 for width, (least, most) in zip(found, asked, strict=True))
    if not tight(asked, room):
        assert sum(found) <= room + 1e-6
        assert sum(found) == pytest.approx(min(room, sum(most for _least, most in asked)))


def test_small_wishes_come_first_and_long_texts_share_the_rest() -> None:
    asked = ((10, 12), (10, 60), (10, 90))
    assert widths(asked, 60) == (12, 24, 24)
    assert widths(asked, 1000) == (12, 60, 90)
    assert widths(asked, 20) == (10, 10, 10)
    assert tight(asked, 20)


def test_numbers_are_never_broken_and_short_dates_stay_on_one_line() -> None:
    cells = ("1 000 000 000 000",)
    (number,), (words,), (day,) = (bounds(table(("n", kind, cells))) for kind in ("number", "text", "date"))
    assert words[0] < number[0] == number[1] == words[1] < day[0] == day[1]


def test_a_cell_has_the_lines_that_its_words_fill() -> None:
    assert lines(plain(""), 12.5) == lines(plain("un deux tr"), 12.5) == 1
    assert lines(plain("un deux trois"), 12.5) == 2
    assert lines(plain("x" * 11), 12.5) == 2
    assert lines(plain("x" * 25 + " y"), 12.5) == lines(plain("y " + "x" * 15), 12.5) == 3
    assert lines(plain("xx"), 0) == 2


def test_a_word_asks_for_no_more_than_the_longest_that_is_kept_whole() -> None:
    (short,) = bounds(table(("a", "text", ("x" * 24,))))
    (long,) = bounds(table(("a", "text", ("x" * 500,))))
    assert long[0] == short[0]
    assert long[1] > short[1]


def test_a_column_to_write_in_by_hand_has_room() -> None:
    written, signed = bounds(table(("Nom", "text", ("Élise", "Malik")), ("Signature", "text", ("\u00a0", ""))))
    assert signed[0] > 2 * written[0]


def test_capitals_and_heads_are_wide_and_totals_count() -> None:
    small, capital = (bounds(table(("n", "text", (name,))))[0][0] for name in ("durandal", "DURANDAL"))
    assert small < capital
    assert bounds(table(("durandal", "text", ("x",))))[0][0] > small
    assert bounds(table(("n", "text", ("x",)), total=("durandal",)))[0][0] == small


def test_every_kind_of_word_is_seen() -> None:
    cell = (Run("1"), Raised("er"), Break(), Strong((Run("cycle"),)))
    assert bounds(Table("t", (), (Column(()),), ((cell,),))) == bounds(table(("", "text", ("1er cycle",))))


def test_a_table_without_rows_has_columns() -> None:
    asked = bounds(Table("t", (), (Column(plain("a")), Column(plain("b"))), ()))
    assert len(asked) == 2
    assert not tight(asked, UPRIGHT)
