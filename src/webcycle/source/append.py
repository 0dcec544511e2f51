"""A table appended to a file that a person wrote: what stands there stays, byte for byte."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w

from webcycle.errors import RefusedError
from webcycle.source import literals

_WIDTH = 100


def append_table(raw: bytes, name: str, table: Mapping[str, Any]) -> bytes:
    """`raw` (TOML) with a `[[name]]` block at its end that holds `table`, values as `tomllib` gives them.

    The block takes the newlines of the file (CRLF where all of its lines have it), a blank line before it, and closes
    a last line that is open. Raises RefusedError when the result is not the same data with that one item more.
    """
    item = literals.own(table)
    crlf = b"\r\n" in raw and raw.count(b"\r\n") == raw.count(b"\n")
    block = _gap(raw) + "".join(_block(name, item, "[[{}]]"))
    new = raw + (block.replace("\n", "\r\n") if crlf else block).encode()
    expected, found = _expected(raw, name, item), _data(new)
    if found is None and len(expected[name]) > 1:
        # TOML 1.0, "Array of Tables": a list that is written as a value cannot be added to by a header.
        raise RefusedError("append-inline-list", name=name)
    if found != expected:
        raise RefusedError("append-changes-more", name=name)
    return new


def _data(raw: bytes) -> dict[str, Any] | None:
    try:
        return tomllib.loads(raw.removeprefix(codecs.BOM_UTF8).decode())
    except ValueError:
        return None


def _expected(raw: bytes, name: str, item: dict[str, Any]) -> dict[str, Any]:
    before = _data(raw)
    if before is None or not isinstance(before.get(name, []), list):
        raise RefusedError("append-not-possible", name=name)
    return {**before, name: [*before.get(name, []), item]}


def _gap(raw: bytes) -> str:
    lines = raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    if not lines or lines.endswith(b"\n\n") or lines == b"\n":
        return ""
    return "\n" if lines.endswith(b"\n") else "\n\n"


def _block(header: str, table: dict[str, Any], brackets: str) -> Iterator[str]:
    yield f"{brackets.format(header)}\n"
    lines = {key: _line(key, value) for key, value in table.items()}
    yield from (line for line in lines.values() if line is not None)
    for key in (key for key, line in lines.items() if line is None):
        inner = f"{header}.{literals.quoted(key)}"
        items, around = (table[key], "[[{}]]") if isinstance(table[key], list) else ([table[key]], "[{}]")
        for item in items:
            yield "\n"
            yield from _block(inner, item, around)


def _line(key: str, value: Any) -> str | None:
    """`key = value`, or None for what reads better, or only, under a header of its own."""
    if isinstance(value, dict):
        line = f"{literals.quoted(key)} = {literals.inline(value)}\n"
        return line if len(line) <= _WIDTH and line.count("\n") == 1 else None
    plain = tomli_w.dumps({key: value}, indent=2)
    if plain.startswith("["):
        return None
    # A multi-line string cannot hold a carriage return as it is.
    lines = tomli_w.dumps({key: value}, indent=2, multiline_strings=True)
    return plain if lines.startswith("[") or tomllib.loads(lines) != {key: value} else lines
