"""Where a file tells of a person, by its bytes and by its name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from webcycle import exposure, legible, unpacked
from webcycle.privacy.rows import kind_of
from webcycle.privacy.subject import Subject
from webcycle.records import RecordsError
from webcycle.unpacked import Unread

_CAPITAL = re.compile(r"(?<![A-Z\W\d_])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a file tells of a person, the first place in each of its parts, and its parts that are not read whole."""

    hits: tuple[legible.Hit, ...]
    unread: tuple[str, ...]


def seen(path: str, raw: bytes, subject: Subject) -> Seen:
    """What a file tells of a person by what `check` would find too, and by its bytes; it is unpacked once for both."""
    loose: list[exposure.Hit] = []
    strict: dict[tuple[str, str], legible.Hit] = {}
    unread: dict[str, None] = {}
    ours = kind_of(path) is not None
    for one in unpacked.pieces(raw, legible.bounds(raw)):
        if isinstance(one, Unread):
            unread[one.part] = None
        loose += () if ours else exposure.told(subject.private, one)
        for hit in legible.told(one, raw, subject.needles, strict):
            strict[hit.label, hit.part] = hit
    if ours:
        loose += _in_cells(path, raw, subject)
    found = _first(loose)
    more = [hit for hit in strict.values() if not _is_known(hit, found)]
    named = (legible.Hit("file", "", None),) if tells(path, subject) else ()
    return Seen((*found.values(), *more, *named), tuple(unread))


def _in_cells(path: str, raw: bytes, subject: Subject) -> tuple[exposure.Hit, ...]:
    """What records tell, rows of others too: names within one cell."""
    cells = _apart(path, raw).encode()
    return exposure.hits(replace(subject.private, addresses={}), "", cells, bounds=legible.bounds(cells))


def _apart(path: str, raw: bytes) -> str:
    """The rows with a word between two cells that stands in no name; a comma within a cell is no end of it."""
    lines = csv.reader(io.StringIO(raw.decode("utf-8", "replace"), newline=""))
    try:
        return "\n".join(" 0 ".join(cells) for cells in lines)
    except csv.Error as problem:
        raise RecordsError("records.csv", file=path, line=str(lines.line_num)) from problem


def _first(hits: Iterable[exposure.Hit]) -> dict[tuple[str, str], legible.Hit]:
    """The first place of each kind in each part."""
    found: dict[tuple[str, str], legible.Hit] = {}
    for hit in sorted(hits, key=lambda one: (one.inner, one.line, one.kind)):
        if hit.kind != "unread":
            line = None if hit.inner else hit.line or None
            found.setdefault((hit.kind, hit.inner), legible.Hit(hit.kind, hit.inner, line))
    return found


def _is_known(hit: legible.Hit, found: Iterable[tuple[str, str]]) -> bool:
    return any(kind == hit.label and (not hit.part or f"{inner}/".startswith(f"{hit.part}/")) for kind, inner in found)


def tells(name: str, subject: Subject) -> bool:
    """Whether the name of a file tells of a person, its words parted by blanks, by signs or by capitals."""
    parted = _CAPITAL.sub(" ", name)
    spellings = (name, re.sub(r"[-_.]+", " ", parted))
    strict = any(one.stands(text) for one in subject.needles for text in spellings)
    return strict or any(exposure.hits(subject.private, f"{name} 0 {parted}", b""))
