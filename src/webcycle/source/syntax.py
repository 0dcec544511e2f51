"""What `tomllib` says of a text that is not TOML, as a code of ours, an offset and what was seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from webcycle.errors import KeyPath
from webcycle.source import lexis, places

_POSITION = r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z"
_STRING = "toml-string"
_ESCAPE = "toml-escape"
# The beginnings of the messages of CPython 3.11 to 3.14; another message has the code "toml-syntax".
_CODES: Mapping[str, str] = MappingProxyType(
    {
        "Invalid statement": "toml-statement",
        "Expected newline or end of document after a statement": "toml-after-value",
        "Expected '=' after a key": "toml-equals",
        "Expected ']": "toml-header",
        "Invalid initial character for a key part": "toml-key",
        "Unclosed array": "toml-array",
        "Unclosed inline table": "toml-inline-table",
        "Unescaped": _ESCAPE,
        "Invalid hex value": _ESCAPE,
        "Escaped character is not a Unicode scalar value": _ESCAPE,
        "Unterminated string": _STRING,
        "Illegal character '\\n'": _STRING,
        "Found invalid character '\\n'": _STRING,
        "Expected \"'": _STRING,
        "Invalid date or datetime": "toml-date",
        "Invalid value": "toml-value",
        "Cannot": "toml-redefined",
        "Duplicate inline table key": "toml-redefined",
    }
)
_TYPOGRAPHIC = tuple("“”„«»‘’‹›")


def explain(text: str, problem: str) -> tuple[str, int, dict[str, str]]:
    """The code, character offset and values for what `tomllib` said, `problem`, of `text`."""
    offset = _offset(text, problem)
    code = next((code for start, code in _CODES.items() if problem.startswith(start)), "toml-syntax")
    if code == "toml-redefined":
        return _redefined(text, offset)
    if code == _STRING:
        offset = lexis.unclosed_string(text)
    elif code == _ESCAPE:
        offset = text.rfind("\\", 0, offset + 1)
    found = lexis.shown(text[offset:].partition("\n")[0].strip())
    if code == "toml-value" and (not found or found.startswith("#")):
        code = "toml-missing-value"
    if found.startswith(_TYPOGRAPHIC):
        code = "toml-quotes"
    return code, offset, {"found": found}


def _offset(text: str, problem: str) -> int:
    match = re.search(_POSITION, problem)
    if match is None or match[1] is None:
        return len(text.rstrip())
    start = 0
    for _ in range(int(match[1]) - 1):
        start = text.index("\n", start) + 1
    return start + int(match[2]) - 1


def _redefined(text: str, offset: int) -> tuple[str, int, dict[str, str]]:
    end = text.find("\n", offset)
    repetition = places.first_repetition(text if end < 0 else text[:end])
    if repetition is None:
        start = text.rfind("\n", 0, offset) + 1
        return "toml-redefined", start, {"found": lexis.shown(text[start:].partition("\n")[0].strip())}
    line = str(lexis.place("", text, repetition.first).line)
    code = "duplicate-table" if repetition.table else "duplicate-key"
    return code, repetition.second, {"key": _dotted(repetition.path), "line": line}


def _dotted(path: KeyPath) -> str:
    return lexis.shown(".".join(part for part in path if isinstance(part, str)))
