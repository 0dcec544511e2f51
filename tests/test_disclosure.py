"""Small counts of persons are hidden, and nobody who adds, subtracts and tries finds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disclosure_attack import Cell, Puzzle, is_open, spreads, table_puzzle
from webcycle.disclosure import Overlap, Table, Tail, groups, is_small, overlap, rate, shown, table, tail

LEAST = st.sampled_from([3, 5, 11])
Axes = frozenset[str]


def small(count: int | Fraction, least: int) -> bool:
    return count in range(1, least)


def compositions(total: int, width: int) -> Iterator[tuple[int, ...]]:
    if width == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, width - 1):
            yield (first, *rest)


# Counts and shares by themselves


def test_from_one_to_the_threshold_is_small_and_nobody_is_not() -> None:
    assert [is_small(count, 5) for count in (0, 1, 4, 5)] == [False, True, True, False]
    assert [shown(count, 11) for count in (0, 1, 10, 11)] == [0, None, None, 11]


def test_a_share_is_hidden_with_its_part_and_with_the_rest() -> None:
    assert rate(37, 120, 11) == Fraction(37, 120)
    # 4 of 120 came, or 4 of 120 did not: the share and the whole would tell either.
    assert rate(4, 120, 5) is None
    assert rate(116, 120, 5) is None
    assert rate(0, 120, 5) == 0
    assert rate(120, 120, 5) == 1


def test_a_share_of_nobody_or_of_a_few_is_none() -> None:
    assert rate(0, 0, 5) is None
    assert rate(0, 4, 5) is None
    assert rate(2, 4, 5) is None


@pytest.mark.parametrize(("part", "whole"), [(-1, 5), (6, 5), (0, -1)])
def test_a_part_that_is_no_part_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError):
        rate(part, whole, 5)


# Groups


def test_nothing_is_merged_when_no_group_is_small() -> None:
    found = groups({"b": 20, "a": 20, "": 30, "c": 0}, 11)
    assert found.shown == (("", 30), ("a", 20), ("b", 20), ("c", 0))
    assert (found.merged, found.names_merged, found.total, found.hidden) == (None, (), 70, False)


def test_small_groups_are_one() -> None:
    found = groups({"state": 80, "region": 30, "town": 7, "": 4, "press": 0}, 11)
    # 7 + 4 = 11, which is enough
    assert found.shown == (("state", 80), ("region", 30), ("press", 0))
    assert (found.merged, found.names_merged, found.total) == (11, ("", "town"), 121)


def test_a_small_group_alone_takes_in_the_next() -> None:
    counts = {"state": 80, "region": 30, "town": 7}
    # 117 - 80 - 30 = 7, had only the small one been left out
    primary = Puzzle(["town"], [({"town": 1}, sum(counts.values()) - 80 - 30)])
    assert primary.linear() == {"town": 7}
    found = groups(counts, 11)
    assert (found.shown, found.merged, found.names_merged) == ((("state", 80),), 37, ("region", "town"))


def test_so_do_small_groups_that_are_too_few_together() -> None:
    found = groups({"state": 80, "region": 30, "town": 3, "press": 2}, 11)
    assert (found.merged, found.names_merged) == (35, ("press", "region", "town"))


def test_groups_of_one_each_are_known_from_their_sum() -> None:
    # 5 persons in 5 groups, none of them empty: one each
    counts = {"state": 80, "region": 30, **dict.fromkeys("abcde", 1)}
    merged = Puzzle(list("abcde"), [(dict.fromkeys("abcde", 1), 5)], lowest=1)
    assert list(merged.worlds(5)) == [dict.fromkeys("abcde", 1)]
    assert groups(counts, 5).names_merged == ("a", "b", "c", "d", "e", "region")


def test_equal_groups_are_merged_or_shown_together() -> None:
    found = groups({"state": 80, "a": 20, "b": 20, "town": 7}, 11)
    assert (found.merged, found.names_merged) == (47, ("a", "b", "town"))


@pytest.mark.parametrize("counts", [{"a": 3}, {"a": 3, "b": 0}, {"a": 2, "b": 2}, {"a": 40, "b": 2}, {"a": 4, "b": 4}])
def test_where_no_group_would_be_left_all_are_hidden(counts: dict[str, int]) -> None:
    found = groups(counts, 5)
    assert (found.shown, found.merged, found.names_merged, found.hidden) == ((), None, (), True)
    total = sum(counts.values())
    assert found.total == (None if total < 5 else total)


def test_groups_of_nobody() -> None:
    assert groups({}, 5).shown == ()
    assert groups({"a": 0}, 5).shown == (("a", 0),)
    assert not groups({"a": 0}, 5).hidden


def test_a_negative_group_is_refused() -> None:
    with pytest.raises(ValueError):
        groups({"a": 6, "b": -1}, 5)


counted_groups = st.dictionaries(
    st.sampled_from(["", "a", "b", "c", "d", "e", "f", "g"]), st.integers(0, 14) | st.integers(0, 200)
)


@settings(deadline=None, max_examples=400)
@given(counted_groups, LEAST)
def test_what_is_shown_of_groups_is_true_and_complete(counts: dict[str, int], least: int) -> None:
    found = groups(counts, least)
    assert all(counts[name] == count and not small(count, least) for name, count in found.shown)
    assert list(found.shown) == sorted(found.shown, key=lambda group: (-group[1], group[0]))
    if found.hidden:
        assert any(small(count, least) for count in counts.values())
        return
    assert {name for name, _ in found.shown} | set(found.names_merged) == set(counts)
    assert sum(count for _, count in found.shown) + (found.merged or 0) == sum(counts.values())
    assert (found.merged is None) == (not any(small(count, least) for count in counts.values()))
    if found.merged is not None:
        assert found.merged >= least
        assert len(found.names_merged) >= 2
        assert all(counts[name] for name in found.names_merged)


@settings(deadline=None)
@given(counted_groups, LEAST, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_does_not_matter(counts: dict[str, int], least: int, random: Random) -> None:
    items = list(counts.items())
    random.shuffle(items)
    assert groups(dict(items), least) == groups(counts, least)


@pytest.mark.parametrize(("least", "width", "highest"), [(3, 3, 10), (3, 4, 7), (4, 3, 13), (5, 3, 15)])
def test_not_even_who_knows_the_names_and_replays_the_rule_finds_a_group(least: int, width: int, highest: int) -> None:
    """Every world is published: among those of which the same is published, a hidden small group differs."""
    worlds = defaultdict(list)
    for counts in product(range(highest + 1), repeat=width):
        worlds[groups(dict(zip("abcd", counts, strict=False)), least), sum(counts)].append(counts)
    hidden = 0
    for (found, _), alike in worlds.items():
        for n, name in enumerate("abcd"[:width]):
            if name not in dict(found.shown):
                hidden += 1
                values = {counts[n] for counts in alike}
                assert len(values) > 1 or not small(values.pop(), least), (found, alike)
    assert hidden > 100


# Sessions attended


def test_the_tail_is_merged_from_the_top() -> None:
    found = tail({1: 120, 2: 33, 3: 14, 4: 6, 5: 3, 6: 1, 10: 1}, 5)
    # 5 or more: 3 + 1 + 0 + 0 + 0 + 1 = 5 persons, with 15 + 6 + 10 = 31 participations, 6 more than 5 * 5
    assert found == Tail(((1, 120), (2, 33), (3, 14), (4, 6)), 5, 5, hidden=False, totals_tell=False)


def test_the_participations_tell_a_tail_of_two_classes() -> None:
    counts = {1: 50, 2: 9, 3: 3}
    # 12 persons with 2 or 3 sessions, and 77 - 50 = 27 = 2 * 12 + 3 participations: 3 of them came to all three
    assert list(spreads([2, 3], 12, 27)) == [{2: 9, 3: 3}]
    found = tail(counts, 5)
    # and one class more is all of them
    assert found == Tail((), None, None, hidden=True, totals_tell=False)
    assert len(list(spreads([1, 2, 3], 62, 77))) == 8
    assert tail({**counts, 4: 0}, 5).from_ == 2


def test_persons_and_participations_alone_can_tell() -> None:
    # 100 persons and 101 participations: one came twice
    assert len(list(spreads([1, 2, 3, 4], 100, 101))) == 1
    assert tail({1: 99, 2: 1, 3: 0, 4: 0}, 5) == Tail((), None, None, hidden=True, totals_tell=True)
    # with two sessions they always do: 60 - 50 = 10 came twice, 40 once
    assert tail({1: 40, 2: 10}, 11).totals_tell
    assert not tail({1: 40, 2: 11}, 11).totals_tell


def test_numbers_of_sessions_that_nobody_has_are_shown_as_nobody() -> None:
    assert tail({3: 0, 1: 20}, 5) == Tail(((1, 20), (2, 0), (3, 0)), None, None, hidden=False, totals_tell=False)
    assert tail({}, 5) == Tail((), None, None, hidden=False, totals_tell=False)


@pytest.mark.parametrize("counts", [{0: 4}, {1: -1}, {-1: 3, 2: 9}])
def test_a_class_that_cannot_be_is_refused(counts: dict[int, int]) -> None:
    with pytest.raises(ValueError):
        tail(counts, 5)


counted_classes = st.dictionaries(st.integers(1, 9), st.integers(0, 14) | st.integers(0, 200), max_size=9)


@settings(deadline=None, max_examples=400)
@given(counted_classes, LEAST, st.randoms(use_true_random=False))
def test_what_is_shown_of_a_distribution_is_true_and_complete(
    counts: dict[int, int], least: int, random: Random
) -> None:
    found = tail(counts, least)
    items = list(counts.items())
    random.shuffle(items)
    assert tail(dict(items), least) == found
    assert all(counts.get(number, 0) == count and not small(count, least) for number, count in found.shown)
    assert any(small(count, least) for count in counts.values()) == (found.hidden or found.from_ is not None)
    assert found.hidden or not found.totals_tell
    if not found.hidden:
        assert [number for number, _ in found.shown] == list(range(1, found.from_ or max(counts, default=0) + 1))
        assert sum(count for _, count in found.shown) + (found.merged or 0) == sum(counts.values())
    if found.merged is not None:
        assert found.merged >= least
        assert any(count for _, count in found.shown)


def test_persons_and_participations_do_not_tell_a_merged_count() -> None:
    """1,000 distributions; all of them are told when the small counts alone are left out and only one or two are."""
    random = Random(20260101)
    naive = attacked = 0
    for _ in range(1000):
        sessions, least = random.randint(2, 6), random.choice([3, 5])
        counts = {n: random.choice([0, 1, 2, 3, random.randint(0, 12)]) for n in range(1, sessions + 1)}
        found = tail(counts, least)
        hidden = [n for n, count in counts.items() if small(count, least)]
        if 0 < len(hidden) <= 2:
            naive += 1
            of = [(dict.fromkeys(hidden, 1), sum(counts[n] for n in hidden))]
            of.append(({n: n for n in hidden}, sum(n * counts[n] for n in hidden)))
            assert Puzzle(hidden, of).linear() == {n: counts[n] for n in hidden}
        if hidden and not found.totals_tell:
            attacked += 1
            classes = [n for n in counts if n not in dict(found.shown)]
            persons = sum(counts[n] for n in classes)
            participations = sum(n * counts[n] for n in classes)
            for n in hidden:
                ways = (way[n] for way in spreads(classes, persons, participations))
                assert is_open(ways), (counts, found)
        if found.totals_tell:
            participations = sum(n * count for n, count in counts.items())
            assert len(list(spreads(list(counts), sum(counts.values()), participations))) == 1
    assert naive > 200
    assert attacked > 500


@pytest.mark.parametrize(("least", "width", "highest"), [(4, 4, 16), (5, 4, 18), (5, 5, 15)])
def test_who_replays_the_rule_finds_no_class_of_a_tail_that_is_shown(least: int, width: int, highest: int) -> None:
    worlds = defaultdict(list)
    for total in range(highest + 1):
        for counts in compositions(total, width):
            participations = sum(n * count for n, count in enumerate(counts, 1))
            worlds[tail(dict(enumerate(counts, 1)), least), total, participations].append(counts)
    merged = 0
    for (found, _, _), alike in worlds.items():
        for n in range(found.from_ or width + 1, width + 1):
            merged += 1
            values = {counts[n - 1] for counts in alike}
            assert len(values) > 1 or not small(values.pop(), least), (found, alike)
    assert merged > 100


# Tables


def printed(found: Table) -> dict[Cell, int | None]:
    cells = {(row, column): count for row, of in found.cells.items() for column, count in of.items()}
    rows = {(row, ""): count for row, count in found.rows.items()}
    columns = {("", column): count for column, count in found.columns.items()}
    return {**cells, **rows, **columns, ("", ""): found.total}


def full(cells: Mapping[str, Mapping[str, int]]) -> dict[Cell, int]:
    counts: Counter[Cell] = Counter({("", ""): 0})
    for row, of in cells.items():
        for column, count in of.items():
            for cell in ((row, column), (row, ""), ("", column), ("", "")):
                counts[cell] += count
    return dict(counts)


def only_small_hidden(counts: Mapping[Cell, int], least: int) -> dict[Cell, int | None]:
    return {cell: None if small(count, least) else count for cell, count in counts.items()}


def made(random: Random, rows: int, columns: int) -> dict[str, dict[str, int]]:
    high = random.choice([3, 8, 20, 60])
    return {f"s{n}": {f"c{m}": random.randint(0, high) for m in range(columns)} for n in range(rows)}


def test_a_small_cell_is_hidden_with_three_that_cover_it() -> None:
    cells = {"one": {"new": 40, "back": 3}, "two": {"new": 20, "back": 12}, "three": {"new": 30, "back": 50}}
    # 43 - 40 = 3 in its row, 65 - 12 - 50 = 3 in its column
    alone = table_puzzle(only_small_hidden(full(cells), 5))
    assert alone.linear() == {("one", "back"): 3}
    found = table(cells, 5)
    # the cells of "two" are the fewest that close the circle: 40 - 3 + 12 - 20
    assert found.cells == {
        "one": {"new": None, "back": None},
        "two": {"new": None, "back": None},
        "three": {"new": 30, "back": 50},
    }
    assert (found.rows, found.columns, found.total) == (
        {"one": 43, "two": 32, "three": 80},
        {"new": 90, "back": 65},
        155,
    )
    # new of "two" = 60 - 43 + back of "one": 1 <= back of "one" <= 14
    assert len(list(table_puzzle(printed(found)).worlds(200))) == 14


def test_bounds_tell_what_subtraction_does_not() -> None:
    # Row sums 2 and 12, column sums 2 and 12; the hidden are 1 or more, so the two in the first row are 1 each.
    counts: dict[Cell, int | None] = {("a", "x"): None, ("a", "y"): None, ("b", "x"): None, ("b", "y"): None}
    sums: dict[Cell, int | None] = {("a", ""): 2, ("b", ""): 12, ("", "x"): 2, ("", "y"): 12, ("", ""): 14}
    puzzle = table_puzzle({**counts, **sums})
    assert puzzle.linear() == {}
    assert puzzle.bounded() == {("a", "x"): 1, ("a", "y"): 1, ("b", "x"): 1, ("b", "y"): 11}
    found = table({"a": {"x": 1, "y": 1}, "b": {"x": 1, "y": 11}}, 3)
    assert found.rows["a"] is None
    assert table_puzzle(printed(found)).bounded() == {}


def test_a_count_next_to_a_hidden_one_is_covered_by_being_less() -> None:
    cells = {"a": {"x": 3, "y": 1, "z": 100}, "b": {"x": 5, "y": 5, "z": 100}}
    found = table(cells, 5)
    # With x = 4 in "a", y would be 0, which would be shown; with x = 2 it is 2, and "b" has 6 and 4.
    assert [row["z"] for row in found.cells.values()] == [100, 100]
    puzzle = table_puzzle(printed(found))
    assert list(puzzle.values({("a", "x"): 1}, 10)) == [1, 2, 3]
    assert all(is_open(puzzle.values({(row, column): 1}, 10)) for row in "ab" for column in "xy")


def test_a_small_sum_is_hidden_and_covered() -> None:
    cells = {"one": {"new": 2, "back": 0}, "two": {"new": 20, "back": 12}}
    found = table(cells, 5)
    assert found.rows["one"] is None
    assert found.cells["one"] == {"new": None, "back": 0}
    # 34 - 32 = 2, had the other row kept its sum
    assert found.rows["two"] is None
    assert found.total == 34
    assert table_puzzle(printed(found)).bounded() == {}


def test_a_sum_is_shown_as_long_as_cells_can_cover() -> None:
    cells = {"a": {"x": 3, "y": 9, "z": 0}, "b": {"x": 50, "y": 0, "z": 9}, "c": {"x": 0, "y": 500, "z": 500}}
    # 50 in "b" and the sums of "a" and "b" would do, with 121 persons in all, but the two of 500 are hidden instead
    found = table(cells, 5)
    assert [count for (row, _), count in printed(found).items() if row == "c"] == [0, None, None, 1000]
    assert (found.rows, found.columns) == ({"a": 12, "b": 59, "c": 1000}, {"x": 53, "y": 509, "z": 509})
    assert table_puzzle(printed(found)).bounded() == {}


def test_a_table_of_one_small_cell_is_hidden_to_its_last_sum() -> None:
    found = table({"one": {"new": 3}}, 5)
    assert (found.cells, found.rows, found.columns, found.total) == (
        {"one": {"new": None}},
        {"one": None},
        {"new": None},
        None,
    )


def test_an_empty_table_and_cells_that_are_missing() -> None:
    assert table({}, 5) == Table({}, {}, {}, 0)
    found = table({"one": {"new": 9}, "two": {"back": 8}, "three": {}}, 5)
    assert found.cells == {
        "one": {"new": 9, "back": 0},
        "two": {"new": 0, "back": 8},
        "three": {"new": 0, "back": 0},
    }
    assert (found.rows, found.total) == ({"one": 9, "two": 8, "three": 0}, 17)


def test_a_row_may_be_called_as_a_column_or_a_sum() -> None:
    found = table({"rows": {"rows": 9, "columns": 8}, "": {"rows": 7, "": 6}}, 5)
    assert found.rows == {"rows": 17, "": 13}
    assert found.columns == {"rows": 16, "columns": 8, "": 6}


def test_a_negative_cell_is_refused() -> None:
    with pytest.raises(ValueError):
        table({"one": {"new": 9, "back": -1}}, 5)


tables = st.dictionaries(
    st.sampled_from("abcdef"),
    st.dictionaries(st.sampled_from("xyz"), st.integers(0, 12) | st.integers(0, 200)),
    max_size=6,
)


@settings(deadline=None, max_examples=300)
@given(tables, LEAST, st.randoms(use_true_random=False))
def test_what_is_shown_of_a_table_is_true_and_no_zero_is_hidden(
    cells: dict[str, dict[str, int]], least: int, random: Random
) -> None:
    found, counts = printed(table(cells, least)), full(cells)
    for cell, count in found.items():
        true = counts.get(cell, 0)
        assert count == true if count is not None else true
        assert count is None or not small(count, least)
    if not any(small(count, least) for count in counts.values()):
        assert None not in found.values()
    hidden = [cell for cell, count in found.items() if count is None]
    assert len(hidden) != 1 or (counts[hidden[0]] == counts["", ""])
    rows = list(cells)
    random.shuffle(rows)
    assert printed(table({row: dict(reversed(cells[row].items())) for row in rows}, least)) == found


def test_subtraction_and_bounds_find_no_hidden_cell() -> None:
    """2,000 tables; in most of them they find one when no more than the small counts is left out."""
    random = Random(20260102)
    told = hiding = 0
    for _ in range(2000):
        cells, least = made(random, random.randint(1, 7), random.randint(2, 4)), random.choice([3, 5, 11])
        counts = full(cells)
        if not any(small(count, least) for count in counts.values()):
            continue
        hiding += 1
        alone = table_puzzle(only_small_hidden(counts, least))
        told += any(alone.linear()) or any(alone.bounded())
        puzzle = table_puzzle(printed(table(cells, least)))
        assert not any(small(count, least) for count in puzzle.linear().values()), (cells, least)
        assert not any(small(count, least) for count in puzzle.bounded().values()), (cells, least)
    assert hiding > 1500
    assert told > 700


def test_trying_every_world_finds_no_hidden_cell() -> None:
    """600 small tables, every one of them with all its worlds."""
    random = Random(20260103)
    told = 0
    for _ in range(600):
        rows, columns = random.choice([(1, 2), (2, 2), (2, 3), (3, 2), (4, 2)])
        cells, least = made(random, rows, columns), random.choice([3, 5])
        counts = full(cells)
        hidden = [cell for cell, count in counts.items() if small(count, least)]
        if hidden:
            alone, puzzle = table_puzzle(only_small_hidden(counts, least)), table_puzzle(printed(table(cells, least)))
            told += not all(is_open(alone.values({cell: 1}, least)) for cell in hidden)
            assert all(is_open(puzzle.values({cell: 1}, counts["", ""] + 1)) for cell in hidden), (cells, least)
    assert told > 150


def test_most_of_a_large_table_is_shown() -> None:
    random = Random(20260104)
    cells = {f"s{n}": {f"c{m}": random.randint(0, 60) for m in range(5)} for n in range(200)}
    found = printed(table(cells, 11))
    few = sum(small(count, 11) for count in full(cells).values())
    assert few > 100
    assert sum(count is None for count in found.values()) < 2 * few
    assert all(found[cell] is not None for cell in found if "" in cell)


# Overlap


def regions(**counts: int) -> dict[Axes, int]:
    return {frozenset(axes): count for axes, count in counts.items()}


def overlap_puzzle(found: Overlap, axes: list[str]) -> Puzzle[Axes]:
    """The regions, from what is published."""
    every = [frozenset(some) for size in range(1, len(axes) + 1) for some in combinations(axes, size)]
    figures: dict[Axes, int | None] = {frozenset(): found.people}
    figures |= {frozenset({name}): count for name, count in found.single.items()}
    figures |= {frozenset(pair): count for pair, count in found.pairs.items()}
    empty = [figure for figure, count in figures.items() if count == 0]
    possible = [region for region in every if not any(figure <= region for figure in empty)]
    known = [(figure, count) for figure, count in figures.items() if count is not None]
    return Puzzle(possible, [({r: 1 for r in possible if figure <= r}, count) for figure, count in known])


def sought(axes: list[str], counts: Mapping[Axes, int], least: int) -> list[tuple[Axes, ...]]:
    """The small numbers of persons in a region, in, or out of, one axis, and in the four parts that two axes make."""
    every = [frozenset(some) for size in range(1, len(axes) + 1) for some in combinations(axes, size)]
    parts = [tuple(r for r in every if (a in r) == is_in) for a in axes for is_in in (True, False)]
    for a, b in combinations(axes, 2):
        parts += [
            tuple(r for r in every if ((a in r), (b in r)) == sides) for sides in product((True, False), (True, False))
        ]
    parts += [(region,) for region in every]
    return [part for part in dict.fromkeys(parts) if small(sum(counts.get(r, 0) for r in part), least)]


def all_shown(counts: Mapping[Axes, int], axes: list[str], least: int) -> Overlap:
    def of(*names: str) -> int:
        return sum(count for region, count in counts.items() if set(names) <= region)

    single = {name: shown(of(name), least) for name in axes}
    return Overlap(of(), single, {pair: shown(of(*pair), least) for pair in combinations(axes, 2)}, hidden=False)


def told(puzzle: Puzzle[Axes], part: tuple[Axes, ...]) -> bool:
    return puzzle.says({region: 1 for region in part if region in puzzle.unknown}) is not None


def test_the_overlap_of_two_axes_is_known_from_what_else_is_published() -> None:
    counts = regions(a=77, b=87, ab=3)
    # 80 + 90 - 167 = 3
    alone = all_shown(counts, ["a", "b"], 5)
    assert (alone.people, alone.single, alone.pairs) == (167, {"a": 80, "b": 90}, {("a", "b"): None})
    assert overlap_puzzle(alone, ["a", "b"]).linear()[frozenset("ab")] == 3
    found = overlap(counts, 5)
    assert found == Overlap(167, {"a": None, "b": 90}, {("a", "b"): None}, hidden=False)
    # a alone = 167 - 90 = 77, which is not small; b alone + both = 90, and no more is known of either
    assert overlap_puzzle(found, ["a", "b"]).linear() == {frozenset("a"): 77}


def test_who_came_to_one_axis_only_is_covered_too() -> None:
    # 3 came to a and not to b: 40 - 37
    found = overlap(regions(a=3, b=50, ab=37), 5)
    assert found.pairs["a", "b"] is None
    assert found.single["b"] is None
    assert found.hidden is (found.single["a"] is None)
    assert not told(overlap_puzzle(found, ["a", "b"]), (frozenset("a"),))


def test_three_axes_tell_who_came_to_all() -> None:
    counts = regions(a=30, b=30, c=30, ab=20, bc=20, ac=20, abc=2)
    # 162 = 3 * 72 - 3 * 22 + all three, thus 2 came to all three, though no figure is small
    every = all_shown(counts, ["a", "b", "c"], 5)
    assert overlap_puzzle(every, ["a", "b", "c"]).linear()[frozenset("abc")] == 2
    found = overlap(counts, 5)
    assert not found.hidden
    assert list(found.single.values()) == [72, 72, 72]
    assert list(found.pairs.values()).count(None) == 2
    assert overlap_puzzle(found, ["a", "b", "c"]).linear().get(frozenset("abc")) is None


def test_who_came_to_all_is_not_given_away_by_what_a_hidden_pair_must_be() -> None:
    counts = regions(a=7, b=5, c=3, ab=5, abc=1)
    # With a and b shown, 21 - (13 + 11 - 6) = 3 came to c only, and 4 - 3 = 1 to c and another; as neither a and c nor
    # b and c is shown as 0, that one came to all three.
    assert overlap(counts, 3).pairs == {("a", "b"): None, ("a", "c"): None, ("b", "c"): None}
    assert overlap(counts, 3).single == {"a": 13, "b": 11, "c": 4}


def test_a_pair_is_not_given_away_because_nobody_is_less_than_none() -> None:
    counts = regions(b=3, c=3, ab=2, abc=2)
    # With a and b shown, 4 of 4 of a came to b; 10 - (4 + 7 - 4) = 3 to c only, and 5 - 3 = 2 to c and a or b.
    # As all of a came to b, both of these did.
    found = overlap(counts, 3)
    assert (found.single, set(found.pairs.values())) == ({"a": 4, "b": 7, "c": 5}, {None})
    both = dict.fromkeys([frozenset("bc"), frozenset("abc")], 1)
    shown_too = Overlap(found.people, found.single, {**found.pairs, ("a", "b"): 4}, hidden=False)
    assert list(overlap_puzzle(shown_too, ["a", "b", "c"]).values(both, 10)) == [2]
    assert len(list(overlap_puzzle(found, ["a", "b", "c"]).values(both, 10))) > 1


def test_what_need_not_be_hidden_is_shown_again() -> None:
    # 3 = 9 - 6 came to c only. To hide a and c as well as b is enough: b + c only is 39 - 19 = 20.
    found = overlap(regions(a=13, b=17, c=3, ac=6), 5)
    assert found.single == {"a": 19, "b": None, "c": 9}
    assert found.pairs == {("a", "b"): 0, ("a", "c"): None, ("b", "c"): 0}


def test_an_overlap_without_small_counts_is_shown_and_so_is_one_of_nobody() -> None:
    found = overlap({frozenset({"", "a"}): 12, frozenset({"a"}): 30, frozenset({""}): 20, frozenset({"b"}): 15}, 11)
    assert found == Overlap(77, {"": 32, "a": 42, "b": 15}, {("", "a"): 12, ("", "b"): 0, ("a", "b"): 0}, hidden=False)
    assert overlap({}, 5) == Overlap(0, {}, {}, hidden=False)
    assert overlap(regions(a=9), 5) == Overlap(9, {"a": 9}, {}, hidden=False)


def test_an_overlap_of_a_few_people_is_hidden() -> None:
    assert overlap(regions(a=3, b=1), 5) == Overlap(None, {"a": None, "b": None}, {("a", "b"): None}, hidden=True)
    # one each, as nobody came to two
    assert overlap(regions(a=1, b=1, c=1), 3).hidden
    # 43 - 40 = 3; that nobody came to both tells of neither
    assert overlap(regions(a=40, b=3), 5) == Overlap(43, {"a": None, "b": None}, {("a", "b"): 0}, hidden=False)


@pytest.mark.parametrize("counts", [{frozenset[str](): 1}, {frozenset({"a"}): -1}])
def test_persons_without_an_axis_or_less_than_none_are_refused(counts: dict[Axes, int]) -> None:
    with pytest.raises(ValueError):
        overlap(counts, 5)


def people(random: Random, axes: list[str]) -> dict[Axes, int]:
    counts: Counter[Axes] = Counter()
    chance, high = random.choice([0.1, 0.3, 0.6]), random.choice([2, 8, 30])
    for size in range(1, len(axes) + 1):
        for some in combinations(axes, size):
            if size == 1 or random.random() < chance:
                counts[frozenset(some)] = random.randint(0, high * (10 if size == 1 else 1))
    return dict(counts)


def test_no_small_part_of_an_overlap_is_found() -> None:
    """1,000 cycles of two to five axes; in many of them one is found when only the small figures are left out."""
    random = Random(20260105)
    naive = partly = whole = 0
    for _ in range(1000):
        axes, least = list("abcde")[: random.randint(2, 5)], random.choice([3, 5, 11])
        counts = people(random, axes)
        names = sorted(frozenset[str]().union(*counts))
        parts = sought(names, counts, least)
        alone, found = overlap_puzzle(all_shown(counts, names, least), names), overlap(counts, least)
        naive += any(told(alone, part) for part in parts)
        whole += found.hidden
        partly += not found.hidden and None in [*found.single.values(), *found.pairs.values()]
        if found.people is not None:
            puzzle = overlap_puzzle(found, names)
            assert not any(told(puzzle, part) for part in parts), (counts, least, found)
    assert naive > 200
    assert partly > 400
    assert whole > 10


def test_trying_every_world_finds_no_small_part_of_an_overlap() -> None:
    random = Random(20260106)
    tried = 0
    for _ in range(1000):
        axes, least = list("abc")[: random.randint(2, 3)], random.choice([3, 5])
        counts = people(random, axes)
        parts = sought(axes, counts, least)
        found = overlap(counts, least)
        if found.hidden or not parts:
            continue
        tried += 1
        puzzle = overlap_puzzle(found, axes)
        for part in parts:
            assert is_open(puzzle.values(dict.fromkeys(part, 1), sum(counts.values()))), (counts, least, found)
    assert tried > 300


@settings(deadline=None, max_examples=300)
@given(
    st.dictionaries(st.frozensets(st.sampled_from(["", "a", "b", "c"]), min_size=1), st.integers(0, 30)),
    LEAST,
    st.randoms(use_true_random=False),
)
def test_what_is_shown_of_an_overlap_is_true(counts: dict[Axes, int], least: int, random: Random) -> None:
    found = overlap(counts, least)
    items = list(counts.items())
    random.shuffle(items)
    assert overlap(dict(items), least) == found
    names = sorted(frozenset[str]().union(*counts))
    true = all_shown(counts, names, 1)
    assert found.people in (None, true.people)
    assert all(count in (None, true.single[name]) for name, count in found.single.items())
    assert all(count in (None, true.pairs[pair]) for pair, count in found.pairs.items())
    figures = [*found.single.values(), *found.pairs.values()]
    assert not any(small(count, least) for count in figures if count is not None)
    assert found.hidden or figures.count(None) != 1
    assert not found.hidden or figures.count(None) == len(figures)
    if not sought(names, counts, least):
        assert None not in [found.people, *figures]
