"""One key of a file that a person wrote, set, added to or removed: every other byte stays."""

from __future__ import annotations

import codecs
import copy
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from webcycle.errors import KeyPath, RefusedError
from webcycle.source import literals, places
from webcycle.source.places import Position

_BARE_NEWLINE = re.compile(r"(?<!\r)\n")


def assign(raw: bytes, path: KeyPath, value: Any, *, after: Sequence[str] = ()) -> bytes:
    """`raw` (TOML) with `value` at `path`: in the bytes of the value that stood there, else as a new key of its table.

    A new key takes the indentation and the spacing of the one before it: the last of the keys `after` of its table, or
    of all of them. A table that is missing is written on one line. Raises RefusedError where there is no place for it,
    or where the result would differ in anything else.
    """
    text = _Text(raw)
    expected = _with(text.data, path, value)
    if path in text.known:
        if text.is_header(path):
            raise _no_place(path)
        start, end = text.known[path].value
        new = text.replaced(start, end, literals.written(value, text.part(start, end)))
    else:
        new = _added(text, path, value, after)
    return _proved(new, expected, path)


def add_item(raw: bytes, path: KeyPath, value: Any, *, after: Sequence[str] = ()) -> bytes:
    """`raw` (TOML) with `value` after the last item of the array at `path`, which is made where there is none.

    A table goes under a header of its own where the others do. Raises RefusedError as `assign` does.
    """
    text = _Text(raw)
    if path not in text.known:
        return assign(raw, path, [value], after=after)
    items = _at(text.data, path)
    if not isinstance(items, list):
        raise _no_place(path)
    expected = _with(text.data, (*path, len(items)), value)
    last = (*path, len(items) - 1)
    if items and text.is_header(last):
        return _proved(_another_table(text, last, value), expected, path)
    return _proved(_another_item(text, path, len(items), value), expected, path)


def remove(raw: bytes, path: KeyPath) -> bytes:
    """`raw` (TOML) without the key at `path` and, where it stood alone on its lines, without these lines.

    Raises RefusedError for a key that is not there or is a table under a header of its own.
    """
    text = _Text(raw)
    if path not in text.known:
        raise RefusedError("edit-absent", name=_shown(path))
    if text.is_header(path) or not isinstance(path[-1], str):
        raise _no_place(path)
    start, end = text.line_start(text.known[path].key[0]), text.known[path].value[1]
    if text.is_inline(path[:-1]):
        start, end = _with_comma(text, path)
    else:
        end = text.line_end(end)
    return _proved(text.replaced(start, end, ""), _without(text.data, path), path)


class _Text:
    """A TOML document with the place of each of its keys."""

    def __init__(self, raw: bytes) -> None:
        body = raw.removeprefix(codecs.BOM_UTF8)
        self.mark = raw[: len(raw) - len(body)]
        self.bytes = body
        try:
            self.data: dict[str, Any] = tomllib.loads(body.decode())
        except ValueError:
            raise RefusedError("edit-not-toml") from None
        self.known: Mapping[KeyPath, Position] = places.positions(body.decode())
        self.newline = "\r\n" if b"\r\n" in body and body.count(b"\r\n") == body.count(b"\n") else "\n"

    def part(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.bytes[start:end].decode()

    def replaced(self, start: int, end: int, words: str) -> bytes:
        """The file with other words between two offsets, its newlines in them; those of its own parts stay."""
        return self.mark + self.bytes[:start] + _BARE_NEWLINE.sub(self.newline, words).encode() + self.bytes[end:]

    def is_header(self, path: KeyPath) -> bool:
        """Whether the table at `path` stands under a header: there the key is inside what is taken for the value."""
        found = self.known[path]
        return found.value[0] < found.key[0]

    def is_inline(self, path: KeyPath) -> bool:
        """Whether the table at `path` is written in braces."""
        found = self.known.get(path)
        return found is not None and self.bytes[found.value[0] : found.value[0] + 1] == b"{"

    def line_start(self, at: int) -> int:
        """The beginning of the line."""
        return self.bytes.rfind(b"\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """The beginning of the next line, or the end."""
        found = self.bytes.find(b"\n", at)
        return len(self.bytes) if found < 0 else found + 1

    def body(self, path: KeyPath) -> tuple[int, int]:
        """From the end of a table's header to the next header; of the root, from the beginning."""
        start = self.known[path].value[1] if path else 0
        headers = (position.value[0] for key, position in self.known.items() if self.is_header(key))
        return start, min((at for at in headers if at >= start), default=len(self.bytes))

    def pairs(self, path: KeyPath) -> Iterator[tuple[KeyPath, Position]]:
        """The keys with values in the body of a table, in the file's order; a value in braces or brackets is one."""
        start, end = self.body(path)
        done = start
        for key, position in sorted(self.known.items(), key=lambda one: one[1].value):
            begin, stop = position.key[0], position.value[1]
            if done <= begin and stop <= end and position.value[0] > position.key[0]:
                yield key, position
                done = stop


# ---- a new key


def _added(text: _Text, path: KeyPath, value: Any, after: Sequence[str]) -> bytes:
    *parents, key = path
    table = tuple(parents)
    if not isinstance(key, str):
        raise _no_place(path)
    if table and table not in text.known:
        return _added(text, table, {key: value}, ())
    if text.is_inline(table):
        return _into_braces(text, table, f"{literals.quoted(key)} = {literals.written(value)}")
    if not table or text.is_header(table):
        return _new_line(text, table, (literals.quoted(key), value), after)
    return _beside(text, table, literals.quoted(key), value)


def _into_braces(text: _Text, table: KeyPath, pair: str) -> bytes:
    start, end = text.known[table].value
    inside = text.part(start + 1, end - 1).rstrip()
    at = start + 1 + len(inside.encode())
    return text.replaced(at, at, f", {pair}") if inside.strip() else text.replaced(start, end, f"{{ {pair} }}")


def _new_line(text: _Text, table: KeyPath, pair: tuple[str, Any], after: Sequence[str]) -> bytes:
    """A line after some key of a table, in the manner of that key; the first one stands under the header."""
    key, value = pair
    every = list(text.pairs(table))
    chosen = [one for one in every if one[0][:-1] == table and one[0][-1] in after] or every
    last = max((position.value[1] for _, position in chosen), default=text.body(table)[0])
    at = text.line_end(last) if table or every else 0
    indent, equals = _manner(text, [one for path, one in every if path[:-1] == table], key)
    line = f"{indent}{key}{equals}{literals.written(value)}\n"
    closed = at == 0 or text.bytes[at - 1 : at] == b"\n"
    return text.replaced(at, at, line if closed else f"\n{line}")


def _manner(text: _Text, pairs: list[Position], key: str) -> tuple[str, str]:
    """The indentation, and what stands between key and value: columns stay columns."""
    if not pairs:
        return "", " = "
    before = text.part(text.line_start(pairs[-1].key[0]), pairs[-1].key[0])
    indent = before[: len(before) - len(before.lstrip())]
    column, shared = Counter(one.value[0] - text.line_start(one.value[0]) for one in pairs).most_common(1)[0]
    aligned = [one for one in pairs if one.value[0] - text.line_start(one.value[0]) == column]
    last = text.part(pairs[-1].key[1], pairs[-1].value[0])
    if shared > 1 and len({one.value[0] - one.key[1] for one in aligned}) > 1:
        equals = text.part(aligned[-1].key[1], aligned[-1].value[0]).strip()
        return indent, f"{' ' * max(column - len(indent.encode()) - len(equals) - 1 - len(key.encode()), 1)}{equals} "
    return indent, last


def _beside(text: _Text, table: KeyPath, key: str, value: Any) -> bytes:
    """A line after the last one of a table that dotted keys make, with the same words before its key."""
    inside = ((len(path), one) for path, one in text.known.items() if path[: len(table)] == table)
    pairs = ((one.value[1], -depth, one) for depth, one in inside if one.key[0] < one.value[0])
    _end, _depth, last = max(pairs, key=lambda found: found[:2])
    at = text.line_end(last.value[1])
    first = text.known[table].key
    before = text.part(text.line_start(first[0]), first[1])
    line = f"{before}.{key}{text.part(last.key[1], last.value[0])}{literals.written(value)}\n"
    return text.replaced(at, at, line if text.bytes[at - 1 : at] == b"\n" else f"\n{line}")


# ---- a new item


def _another_item(text: _Text, path: KeyPath, count: int, value: Any) -> bytes:
    start, end = text.known[path].value
    item = literals.written(value)
    if count == 0:
        return text.replaced(start, end, f"[{item}]")
    last = text.known[*path, count - 1].value[1]
    tail = text.part(last, end - 1)
    if "\n" not in tail:
        return text.replaced(last, last, f", {item}")
    # The items stand on lines of their own: so does the new one, after what is said of the last.
    first = text.known[*path, 0].value[0]
    lead = text.part(text.line_start(first), first)
    indent = lead if not lead.strip() else "  "
    comma = "" if tail.split("#")[0].strip() == "," else ","
    at = start + 1 + len(text.part(start + 1, end - 1).rstrip().encode())
    words = f"{comma}{text.part(last, at)}\n{indent}{item}{'' if comma else ','}"
    return text.replaced(last, at, words)


def _another_table(text: _Text, last: KeyPath, value: Mapping[str, Any]) -> bytes:
    start, end = text.known[last].value
    header = text.part(text.line_start(start), end)
    inside = [one.value[1] for path, one in text.known.items() if path[: len(last)] == last]
    at = text.line_end(max(inside))
    indent = _manner(text, [one for path, one in text.pairs(last) if path[:-1] == last], "")[0]
    lines = "".join(f"{indent}{literals.quoted(key)} = {literals.written(one)}\n" for key, one in value.items())
    closed = "" if text.bytes[at - 1 : at] == b"\n" else "\n"
    return text.replaced(at, at, f"{closed}\n{header}\n{lines}")


# ---- a key that goes


def _with_comma(text: _Text, path: KeyPath) -> tuple[int, int]:
    """The bytes of a pair in braces, with the comma after it or, of the last one, before it."""
    start, end = text.known[path].key[0], text.known[path].value[1]
    table = text.known[path[:-1]].value
    after = text.part(end, table[1])
    rest = after.lstrip()
    if rest.startswith(","):
        kept = len(rest[1:]) - len(rest[1:].lstrip(" \t"))
        return start, end + len(after.encode()) - len(rest.encode()) + 1 + kept
    before = text.part(table[0], start).rstrip()
    return (table[0] + len(before[:-1].encode()) if before.endswith(",") else start), end


# ---- proof


def _proved(new: bytes, expected: dict[str, Any], path: KeyPath) -> bytes:
    try:
        found = tomllib.loads(new.removeprefix(codecs.BOM_UTF8).decode())
    except ValueError:
        found = None
    if found != expected:
        raise RefusedError("edit-changes-more", name=_shown(path))
    return new


def _no_place(path: KeyPath) -> RefusedError:
    return RefusedError("edit-no-place", name=_shown(path))


def _shown(path: KeyPath) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def _at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _with(data: dict[str, Any], path: KeyPath, value: Any) -> dict[str, Any]:
    new = copy.deepcopy(data)
    place: Any = new
    try:
        for part in path[:-1]:
            place = place.setdefault(part, {}) if isinstance(part, str) else place[part]
        if isinstance(place, list) and path[-1] == len(place):
            place.append(value)
        else:
            place[path[-1]] = value
    except (AttributeError, IndexError, TypeError):
        raise _no_place(path) from None
    return new


def _without(data: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    new = copy.deepcopy(data)
    del _at(new, path[:-1])[path[-1]]
    return new
