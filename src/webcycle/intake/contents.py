"""What a file turns out to hold, before any platform is known: tables of cells, or a JSON or XML tree."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from webcycle.errors import Finding

HEAD = 400
"""How many rows readers see when they are asked whether a table is theirs."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as handed in: the name to show in messages, never used as a path, and its bytes or where they lie."""

    name: str
    data: bytes | Path

    def open(self) -> io.BytesIO | io.BufferedReader:
        """The bytes as a stream."""
        return io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.stat().st_size


class Line(NamedTuple):
    """A row of a table and the line of the file that it begins on, counted from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. `lines` reads them afresh from the beginning, strictly; `head` holds the first ones, leniently.

    `unescaped` reads rows whose cells are quoted but whose inner quotes are not doubled, as BigBlueButton writes them.
    `part` names the sheet or the archive member, `delimiter` is "" for a workbook.
    """

    file: str
    part: str
    encoding: str
    delimiter: str
    head: tuple[Line, ...]
    lines: Callable[[], Iterator[Line]]
    unescaped: Callable[[], Iterator[Line]] | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """A JSON value or the root of an XML document."""

    file: str
    part: str
    encoding: str
    root: object | Element
    findings: tuple[Finding, ...] = ()


Content = Table | Tree
