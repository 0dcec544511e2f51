"""Counts in two directions: rows and columns whose sums, and the sum of all, are published.

A table is a circulation of persons: from the sum of the rows to a row, from a row to a column, from a column to the sum
of the columns, and back through the sum of all. What enters a node leaves it, which is all that the published sums say.
A hidden count can be another one exactly if persons can be sent round a circle of hidden counts through it; as a
network's solutions are whole, what holds for fractions holds for persons. Source: D. Gusfield, "A graph theoretic
approach to statistical data security", SIAM Journal on Computing 17 (1988).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from operator import itemgetter

from webcycle.disclosure.rule import check_counts, is_small

_Node = tuple[str, str]
_Arc = tuple[_Node, _Node]
_ROWS: _Node = ("sum", "rows")
_COLUMNS: _Node = ("sum", "columns")
_TOTAL: _Arc = (_COLUMNS, _ROWS)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the sums of its rows and columns and of all; None is a hidden count.

    A sum is hidden where it is small itself, and then another one with it; else only where the cells cannot do.
    """

    cells: Mapping[str, Mapping[str, int | None]]
    rows: Mapping[str, int | None]
    columns: Mapping[str, int | None]
    total: int | None


def table(cells: Mapping[str, Mapping[str, int]], least: int) -> Table:
    """The table with its small counts hidden, and with them what would give them away.

    A column that a row lacks counts 0 there; 0 is always shown. Rows and columns keep their order. Raises ValueError
    for a negative count.
    """
    for row in cells.values():
        check_counts(row.values())
    flows = _flows(cells)
    hidden = _hidden(flows, least)

    def seen(arc: _Arc) -> int | None:
        return None if arc in hidden else flows.get(arc, 0)

    columns = dict.fromkeys(column for row in cells.values() for column in row)
    return Table(
        cells={row: {column: seen((_row(row), _column(column))) for column in columns} for row in cells},
        rows={row: seen((_ROWS, _row(row))) for row in cells},
        columns={column: seen((_column(column), _COLUMNS)) for column in columns},
        total=seen(_TOTAL),
    )


def _row(name: str) -> _Node:
    return "row", name


def _column(name: str) -> _Node:
    return "column", name


def _flows(cells: Mapping[str, Mapping[str, int]]) -> dict[_Arc, int]:
    """The counts that are not 0, sums included."""
    flows: defaultdict[_Arc, int] = defaultdict(int)
    for name, row in cells.items():
        for column, count in row.items():
            around = (_ROWS, _row(name), _column(column), _COLUMNS, _ROWS)
            for arc in pairwise(around):
                flows[arc] += count
    return {arc: count for arc, count in flows.items() if count}


def _hidden(flows: Mapping[_Arc, int], least: int) -> set[_Arc]:
    """The small counts, and for each the cheapest circle, which costs nothing where hidden counts make one.

    To hide more never opens a circle again, so that one look at each is enough. Not all is kept from somebody who
    replays this choice: which circle was the cheapest can tell, in a few small tables, what the counts on it are.
    """
    small = sorted(arc for arc, count in flows.items() if is_small(count, least))
    network = _Network(flows, set(small))
    for arc in small:
        network.hidden.update(network.circle(arc))
    return network.hidden


class _Network:
    """The counts as arcs; those in `hidden` are free to walk, the others at the price of hiding them."""

    def __init__(self, flows: Mapping[_Arc, int], hidden: set[_Arc]) -> None:
        self.flows = flows
        self.hidden = hidden
        self._steps: defaultdict[_Node, list[tuple[_Node, _Arc]]] = defaultdict(list)
        for arc, count in sorted(flows.items()):
            self._steps[arc[0]].append((arc[1], arc))
            # A hidden count of 1 cannot become 0: 0 would be shown.
            if count > 1:
                self._steps[arc[1]].append((arc[0], arc))
        persons = flows.get(_TOTAL, 0)
        # All cells together cost less than one sum, and all of these less than the sum of all.
        self._sum_price = 1 + persons
        self._total_price = self._sum_price * (1 + len(flows))

    def circle(self, arc: _Arc) -> Iterable[_Arc]:
        """The other arcs of the cheapest circle on which this count can be one more, or one less if that is cheaper.

        There is always one for more: a person more goes round through the sums and the sum of all.
        """
        ways = [self._way(arc, *reversed(arc))]
        if ways[0][0] and self.flows[arc] > 1:
            ways.append(self._way(arc, *arc))
        return min(ways, key=itemgetter(0))[1]

    def _way(self, without: _Arc, start: _Node, end: _Node) -> tuple[int, Iterable[_Arc]]:
        """Price and arcs of the cheapest way; where there is none, more than any price."""
        queue: list[tuple[int, _Node, _Node, _Arc]] = [(0, start, start, without)]
        came: dict[_Node, tuple[_Node, _Arc]] = {}
        while queue:
            price, node, previous, arc = heappop(queue)
            if node not in came:
                came[node] = previous, arc
                if node == end:
                    return price, self._back(came, start, end)
                for other, step in self._steps[node]:
                    if step != without:
                        heappush(queue, (price + self._price(step), other, node, step))
        return 2 * self._total_price, ()

    @staticmethod
    def _back(came: Mapping[_Node, tuple[_Node, _Arc]], start: _Node, end: _Node) -> Iterator[_Arc]:
        node = end
        while node != start:
            node, arc = came[node]
            yield arc

    def _price(self, arc: _Arc) -> int:
        if arc in self.hidden:
            return 0
        if arc == _TOTAL:
            return self._total_price
        return self._sum_price if _ROWS in arc or _COLUMNS in arc else self.flows[arc]
