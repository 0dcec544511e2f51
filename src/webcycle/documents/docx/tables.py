"""Tables: those with data, and key figures side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from webcycle.documents import widths
from webcycle.documents.blocks import Inline, KeyFigure, KeyFigures, Table
from webcycle.documents.docx.styles import SOFT, Styles, line, room
from webcycle.documents.docx.wml import Paragraph, Xml, joined, twips, w
from webcycle.documents.docx.words import Look

Words = Callable[[Inline, Look], Xml]

_HEAD, _BODY = Look(bold=True), Look()
# How wide a character of a table is, in millimetres, as `widths` counts them.
_CHARACTER = 166 / widths.UPRIGHT
# How many rows a table has at most that is kept on one page.
_SHORT = 15
# The room beside the words of a key figure, in twentieths of a point.
_ROOM = 160


def data(table: Table, styles: Styles, words: Words, place: tuple[int, float], name: str) -> Xml:
    """A table with its header row and its total; `place` is its indent in twips and the room it has in millimetres."""
    indent, room = place
    asked = widths.bounds(table)
    columns = _columns(widths.widths(asked, room / _CHARACTER), twips(room))
    cells = _Cells(styles.name("cell"), columns, [column.kind == "number" for column in table.columns], words)
    own = (
        w("tblStyle", val=styles.name("table")),
        w("tblW", w=sum(columns), type="dxa"),
        w("tblInd", w=indent, type="dxa"),
        w("tblLayout", type="fixed"),
        _look(total=bool(table.total), named=table.row_header == 0),
        *((w("tblCaption", val=name),) if name else ()),
    )
    below = [(row, _BODY) for row in table.rows] + ([(table.total, _HEAD)] if table.total else [])
    # A short table stays on one page, a long one begins with some rows below its header.
    kept = len(below) - 1 if len(below) <= _SHORT else 2
    return w(
        "tbl",
        w("tblPr", *own),
        _grid(columns),
        cells.row([column.title for column in table.columns], _HEAD, True, w("cantSplit"), w("tblHeader")),
        *(cells.row(row, look, number < kept, w("cantSplit")) for number, (row, look) in enumerate(below)),
    )


def _columns(shares: Sequence[float], width: int) -> list[int]:
    """Shares of a width in whole numbers that add up to it."""
    ends = [0, *(round(width * end / sum(shares)) for end in accumulate(shares))]
    return [after - before for before, after in pairwise(ends)]


def _look(*, total: bool, named: bool) -> Xml:
    """Which rows and columns of the table are headers or totals, for the style and for who listens."""
    flags = {
        "firstRow": 1,
        "lastRow": int(total),
        "firstColumn": int(named),
        "lastColumn": 0,
        "noHBand": 1,
        "noVBand": 1,
    }
    value = 0x0020 | 0x0040 * total | 0x0080 * named | 0x0200 | 0x0400
    return w("tblLook", val=f"{value:04X}", **flags)


def _grid(columns: Sequence[int]) -> Xml:
    return w("tblGrid", *(w("gridCol", w=width) for width in columns))


class _Cells:
    """Writes the rows of a table: what its cells begin with is the same in each row."""

    def __init__(self, style: str, columns: Sequence[int], right: Sequence[bool], words: Words) -> None:
        self._words = words
        plain, flush = w("pStyle", val=style), w("jc", val="right")
        sizes = [w("tcPr", w("tcW", w=width, type="dxa")) for width in columns]
        self._begin = {
            kept: [
                (size, w("pPr", plain, *(w("keepNext"),) * kept, *(flush,) * to_right))
                for size, to_right in zip(sizes, right, strict=True)
            ]
            for kept in (False, True)
        }

    def row(self, cells: Sequence[Inline], look: Look, kept: bool, *properties: Xml) -> Xml:
        made = (
            f"<w:tc>{own}<w:p>{paragraph}{self._words(nodes, look) if nodes else ''}</w:p></w:tc>"
            for nodes, (own, paragraph) in zip(cells, self._begin[kept], strict=True)
        )
        return w("tr", w("trPr", *properties), joined(map(Xml, made)))


def tiles(block: KeyFigures, styles: Styles, words: Words, place: tuple[int, float], name: str) -> Xml:
    """Figures side by side, each with what it counts and where it comes from."""
    indent, wide = place
    across = _across(len(block.figures), wide)
    columns = _columns([1] * across, twips(wide))
    own = (
        w("tblStyle", val=styles.name("plain-table")),
        w("tblW", w=sum(columns), type="dxa"),
        w("tblInd", w=indent, type="dxa"),
        w("tblLayout", type="fixed"),
        room(80, _ROOM),
        w("tblLook", val="0600", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        *((w("tblCaption", val=name),) if name else ()),
    )
    rows = (block.figures[at : at + across] for at in range(0, len(block.figures), across))
    return w("tbl", w("tblPr", *own), _grid(columns), *(_tiled(row, columns, styles, words) for row in rows))


def _across(count: int, room: float) -> int:
    most = max(1, min(6 if room > 200 else 3, int(room // 40)))
    return min(2 if count == 4 and most < 4 else count, most)


def _tiled(figures: Sequence[KeyFigure], columns: Sequence[int], styles: Styles, words: Words) -> Xml:
    blank = w("tc", w("tcPr", w("tcW", w=columns[-1], type="dxa")), w("p"))
    missing = len(columns) - len(figures)
    cells = (_tile(figure, columns, number, styles, words) for number, figure in enumerate(figures))
    return w("tr", w("trPr", w("cantSplit")), *cells, *(blank,) * missing)


def _tile(figure: KeyFigure, columns: Sequence[int], number: int, styles: Styles, words: Words) -> Xml:
    gaps = [side for side, first in (("left", 0), ("right", len(columns) - 1)) if number != first]
    sides = (w(side, val="single", sz=36, space=0, color="FFFFFF") for side in gaps)
    edges = w("tcBorders", line("top", styles.colour, 16, 0), *sides)
    shade = w("shd", val="clear", color="auto", fill=SOFT)
    lines = (("figure-value", figure.value), ("figure-label", figure.label), ("figure-note", figure.note))
    own = w("tcPr", w("tcW", w=columns[number], type="dxa"), edges, shade)
    said = [
        Paragraph(words(nodes, _BODY), {"pStyle": w("pStyle", val=styles.name(key))}).written()
        for key, nodes in lines
        if nodes
    ]
    return w("tc", own, *(said or [w("p")]))
