"""Bytes of a file to TOML data; whatever is not TOML is one finding with its place, never an exception."""

from __future__ import annotations

import codecs
import re
import tomllib

from webcycle.errors import Finding, Place, Severity
from webcycle.source import lexis, syntax
from webcycle.source.content import Source

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 100

# TOML 1.0 allows no control character but tab and the newlines LF and CRLF, not even in a comment.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_OTHER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def parse(raw: bytes, file: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """The source, or the one finding that says why these bytes are not a TOML document with something in it."""
    text = _decoded(raw, file)
    if isinstance(text, Finding):
        return None, (text,)
    refusal = _refusal(text, file)
    if refusal is not None:
        return None, (refusal,)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        code, offset, values = syntax.explain(text, str(problem))
        return None, (_error(code, lexis.place(file, text, offset), **values),)
    except RecursionError:
        return None, (_error("file-too-deep", Place(file, 1, 1), limit=str(MAX_DEPTH)),)
    if not data:
        return None, (_error("empty-file", Place(file, 1, 1)),)
    return Source(file, raw, text, data), ()


def _error(code: str, place: Place, **values: str) -> Finding:
    return Finding(code, Severity.ERROR, values=values, place=place)


def _decoded(raw: bytes, file: str) -> str | Finding:
    if len(raw) > MAX_BYTES:
        return _error("file-too-large", Place(file, 1, 1), size=str(len(raw)), limit=str(MAX_BYTES))
    for mark, encoding in _OTHER_MARKS:
        if raw.startswith(mark):
            return _error("not-utf-8-mark", Place(file, 1, 1), encoding=encoding)
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = body[: problem.start].decode("utf-8")
        byte = body[problem.start : problem.start + 1]
        guess = lexis.shown(byte.decode("cp1252", "replace"))
        values = {"byte": f"0x{byte[0]:02X}", "character": guess}
        return _error("not-utf-8", lexis.place(file, before, len(before)), **values)


def _refusal(text: str, file: str) -> Finding | None:
    if control := _CONTROL.search(text):
        shown = f"U+{ord(control[0]):04X}"
        return _error("control-in-file", lexis.place(file, text, control.start()), character=shown)
    if (deep := lexis.too_deep(text, MAX_DEPTH)) is not None:
        return _error("file-too-deep", lexis.place(file, text, deep), limit=str(MAX_DEPTH))
    if number := lexis.long_number(text):
        return _error("number-too-long", lexis.place(file, text, number[0]), length=str(number[1]))
    return None
