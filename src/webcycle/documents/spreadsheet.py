"""Tables for spreadsheets, and their two writers: delimited text (CSV) and Office Open XML (XLSX)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from webcycle.plain import clean
from webcycle.records import guarded

Cell = str | int | None
"""Text as it stands, a whole number, or nothing."""

_MARK = "\ufeff"
# What a cell of Office Open XML can hold (ECMA-376, "ST_Xstring" as Excel limits it), and a readable width.
_LONGEST = 32_767
_WIDEST = 60
# What Excel does not take in the name of a sheet; a character beyond the first 65,536 would count as two.
_NOT_IN_TAB = re.compile(r"[\[\]:*?/\\]|[^\u0000-\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with one line of titles; `name` is what the tab says, cut to 31 characters."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets, and before them one that says what they are: pairs of a label and what it says."""

    title: str
    author: str
    made: datetime
    about_name: str
    about: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


def delimited(sheet: Sheet, *, comma: bool = False) -> bytes:
    """The sheet as CSV (RFC 4180) in UTF-8 with a byte order mark, cells guarded against formulas.

    With semicolons, as a French Excel opens it with a double click; `comma` for others.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if comma else ";", lineterminator="\r\n")
    writer.writerow([_guarded(title) for title in sheet.titles])
    writer.writerows([_guarded(cell) for cell in row] for row in sheet.rows)
    return (_MARK + out.getvalue()).encode()


def _guarded(cell: Cell) -> str:
    return guarded(clean(cell)) if isinstance(cell, str) else "" if cell is None else str(cell)


def workbook(book: Workbook) -> bytes:
    """The workbook as XLSX: text in text cells, never a formula or a link; the same bytes for the same workbook."""
    out = io.BytesIO()
    # The same options as where nothing is written but by write_string: an oversight must not make a formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as written:
        moment = book.made.astimezone(UTC).replace(tzinfo=None)
        written.set_properties({"title": book.title, "author": book.author, "created": moment})
        bold = written.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = written.add_format({"num_format": "@", "valign": "top"})
        label = written.add_format({"bold": True, "valign": "top"})
        wrapped = written.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        about, *names = _tabs([book.about_name, *(sheet.name for sheet in book.sheets)])
        _write_about(written.add_worksheet(about), book, label, wrapped)
        for name, sheet in zip(names, book.sheets, strict=True):
            _write_sheet(written.add_worksheet(name), sheet, bold, text)
    return out.getvalue()


def _tabs(names: Sequence[str]) -> list[str]:
    """The names as Excel takes them for sheets, for they may be own texts: short, no two alike, some signs left out."""
    found: dict[str, str] = {}
    for name in names:
        short = _NOT_IN_TAB.sub(" ", clean(name))[:31].strip("' ") or "-"
        free = (one for one in (short, *(f"{short[:28]} {n}" for n in range(2, 100))) if one.lower() not in found)
        chosen = next(free)
        found[chosen.lower()] = chosen
    return list(found.values())


def _write_about(page: Worksheet, book: Workbook, label: Format, wrapped: Format) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, _text(book.title), label)
    for index, (name, said) in enumerate(book.about, start=2):
        page.write_string(index, 0, _text(name), label)
        page.write_string(index, 1, _text(said), wrapped)
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _write_sheet(page: Worksheet, sheet: Sheet, bold: Format, text: Format) -> None:
    last = len(sheet.titles) - 1
    for column, title in enumerate(sheet.titles):
        page.set_column(column, column, _width([title, *(row[column] for row in sheet.rows)]))
        page.write_string(0, column, _text(title), bold)
    for index, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(index, column, cell)
            elif cell:
                page.write_string(index, column, _text(cell), text)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), last)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{len(sheet.rows) + 1}"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C&P/&N")


def _text(words: str) -> str:
    return clean(words)[:_LONGEST]


def _width(cells: Sequence[Cell]) -> int:
    """Characters that show the longest cell, those of East Asian scripts counted twice (Unicode Annex 11)."""
    longest = max(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in str(cell or "")) for cell in cells)
    return min(longest + 3, _WIDEST)
