"""TOML text to programme and back: read, explain what is wrong and where, append, edit one key."""

from __future__ import annotations

from dataclasses import dataclass

from webcycle.errors import Finding
from webcycle.programme import Programme
from webcycle.source.append import append_table
from webcycle.source.content import Source
from webcycle.source.edit import add_item, assign, remove
from webcycle.source.places import Position, Span, locate, positions
from webcycle.source.reading import MAX_BYTES, MAX_DEPTH, parse
from webcycle.source.shape import MAX_FINDINGS, validate, validate_as

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_FINDINGS",
    "Loaded",
    "Position",
    "Source",
    "Span",
    "add_item",
    "append_table",
    "assign",
    "load",
    "locate",
    "parse",
    "positions",
    "remove",
    "validate",
    "validate_as",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: its source if it is TOML, its programme if that fits, and what is wrong, in file order."""

    source: Source | None
    programme: Programme | None
    findings: tuple[Finding, ...]


def load(raw: bytes, file: str) -> Loaded:
    """Read, parse and validate a programme; every finding has its place. `file` is the name to show."""
    source, findings = parse(raw, file)
    if source is None:
        return Loaded(None, None, findings)
    programme, findings = validate(source)
    located = locate(source, findings) if findings else ()
    return Loaded(source, programme, tuple(sorted(located, key=_order)))


def _order(finding: Finding) -> tuple[bool, int, int]:
    place = finding.place
    return (place is None, place.line, place.column) if place else (True, 0, 0)
