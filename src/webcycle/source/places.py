"""Key paths to places: which bytes of a TOML text are a key and its value."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from webcycle.errors import Finding, KeyPath, Place

if TYPE_CHECKING:
    from tree_sitter import Node

    from webcycle.source.content import Source

Span = tuple[int, int]
"""Byte offsets in the UTF-8 of a text, the end excluded."""

# A wrong value is shown at the value, a key that should not be there at the key.
_AT_KEY = frozenset({"unknown-key", "no-such-key", "unknown-language"})


@dataclass(frozen=True, slots=True)
class Position:
    """Where a key path stands. An array's item is its own key; the value of a table is its header, or where it starts.

    A table without a header (`a` of `a.b = 1` and of `[a.b]`) has the first key or header that makes it.
    """

    key: Span
    value: Span


@dataclass(frozen=True, slots=True)
class Repetition:
    """A key or table that is given twice: character offsets of both keys."""

    path: KeyPath
    first: int
    second: int
    table: bool


def positions(text: str) -> Mapping[KeyPath, Position]:
    """The position of every key path of a TOML document that `parse` accepted (text without byte order mark)."""
    return MappingProxyType(_Walk(text.encode()).found)


def locate(source: Source, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with their places; a path that the text has not is placed at the table or array that lacks it."""
    found = tuple(findings)
    if not found:
        return ()
    known = positions(source.text)
    starts = [_start(known, finding) for finding in found]
    place_of = _places(source, set(starts))
    return tuple(
        finding if finding.place is not None else replace(finding, place=place_of[start])
        for finding, start in zip(found, starts, strict=True)
    )


def first_repetition(text: str) -> Repetition | None:
    """The first key or table that a text gives twice; the rest of it need not be TOML."""
    data = text.encode()
    repeated = _Walk(data).repeated
    if not repeated:
        return None
    path, first, second, table = min(repeated, key=lambda one: one[2])
    return Repetition(path, len(data[:first].decode()), len(data[:second].decode()), table)


def _start(known: Mapping[KeyPath, Position], finding: Finding) -> int:
    path = finding.path
    while path:
        if path in known:
            at_key = finding.code in _AT_KEY and path == finding.path
            return (known[path].key if at_key else known[path].value)[0]
        path = path[:-1]
    return 0


def _places(source: Source, offsets: Iterable[int]) -> dict[int, Place]:
    data = source.text.encode()
    lines = [0, *(index + 1 for index, character in enumerate(source.text) if character == "\n")]
    places: dict[int, Place] = {}
    done = characters = 0
    for offset in sorted(offsets):
        characters += len(data[done:offset].decode())
        done = offset
        line = bisect_right(lines, characters)
        places[offset] = Place(source.file, line, characters - lines[line - 1] + 1)
    return places


class _Walk:
    """One pass over the syntax tree of a document, in its order; what the grammar does not know is passed over."""

    def __init__(self, data: bytes) -> None:
        from tree_sitter import Language, Parser  # noqa: PLC0415 - needed only when there is something to locate
        from tree_sitter_toml import language  # noqa: PLC0415

        self.data = data
        self.found: dict[KeyPath, Position] = {}
        self.repeated: list[tuple[KeyPath, int, int, bool]] = []
        self._given: set[KeyPath] = set()
        self._items: dict[KeyPath, int] = {}
        self._document(Parser(Language(language())).parse(data).root_node)

    def _document(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def _table(self, node: Node) -> None:
        opening, key, closing, *pairs = node.children
        path = self._header(key, (opening.start_byte, closing.end_byte), repeats=node.type == "table_array_element")
        for pair in pairs:
            if pair.type == "pair":
                self._pair(pair, path)

    def _header(self, key: Node, header: Span, *, repeats: bool) -> KeyPath:
        *parents, (last, span) = self._parts(key)
        path: KeyPath = ()
        for name, part in parents:
            path = (*path, name)
            self.found.setdefault(path, Position(part, header))
            path = self._last_item(path)
        path = (*path, last)
        if not repeats:
            self._give(path, Position(span, header), table=True)
            return path
        self.found.setdefault(path, Position(span, header))
        self._items[path] = self._items.get(path, 0) + 1
        path = self._last_item(path)
        self.found[path] = Position(span, header)
        return path

    def _last_item(self, path: KeyPath) -> KeyPath:
        return (*path, self._items[path] - 1) if path in self._items else path

    def _pair(self, node: Node, table: KeyPath) -> None:
        children = [child for child in node.named_children if child.type != "comment"]
        if len(children) != 2:
            return
        key, value = children
        *parents, (last, span) = self._parts(key)
        for name, part in parents:
            table = (*table, name)
            self.found.setdefault(table, Position(part, part))
        path = (*table, last)
        self._give(path, Position(span, (value.start_byte, value.end_byte)), table=False)
        self._value(value, path)

    def _give(self, path: KeyPath, position: Position, *, table: bool) -> None:
        if path in self._given:
            self.repeated.append((path, self.found[path].key[0], position.key[0], table))
            return
        self._given.add(path)
        self.found[path] = position

    def _value(self, node: Node, path: KeyPath) -> None:
        if node.type == "inline_table":
            for pair in node.named_children:
                if pair.type == "pair":
                    self._pair(pair, path)
        elif node.type == "array":
            items = (child for child in node.named_children if child.type != "comment")
            for index, item in enumerate(items):
                span = (item.start_byte, item.end_byte)
                self.found[*path, index] = Position(span, span)
                self._value(item, (*path, index))

    def _parts(self, key: Node) -> Iterator[tuple[str, Span]]:
        if key.type != "dotted_key":
            yield self._name(key), (key.start_byte, key.end_byte)
            return
        for part in key.named_children:
            yield from self._parts(part)

    def _name(self, key: Node) -> str:
        words = self.data[key.start_byte : key.end_byte].decode()
        if key.type == "bare_key":
            return words
        if "\\" not in words or words.startswith("'"):
            return words[1:-1]
        try:
            return next(iter(tomllib.loads(f"{words} = 0")), words)
        except tomllib.TOMLDecodeError:
            return words
