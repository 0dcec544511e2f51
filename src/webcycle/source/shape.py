"""TOML data to programme: every error of Pydantic becomes a finding, in the words of the file rather than of Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from webcycle import zones
from webcycle.errors import Finding, KeyPath, Severity
from webcycle.programme import Programme
from webcycle.source import lexis
from webcycle.source.content import Source

MAX_FINDINGS = 1000
"""A file with more errors than that is not a programme; one more finding then says how many are not shown."""

M = TypeVar("M", bound=BaseModel)
_Values = dict[str, str]
_Explained = tuple[str, _Values]

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "int_type": "whole-number",
        "bool_type": "true-or-false",
        "greater_than_equal": "number-too-small",
        "less_than_equal": "number-too-large",
    }
)
# What a missing key could be given, so that the hint is a line to copy.
_SAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "timezone": '"Europe/Paris"',
        "email": '"contact@example.org"',
        "url": '"https://www.example.org/"',
        "date": "2020-10-26",
        "on": "2020-10-26",
        "id": '"maroc"',
        "start": "2020-10-26T14:00:00",
        "end": "2020-10-26T16:00:00",
    }
)
_CLOCK_SAMPLES: Mapping[str, str] = MappingProxyType({"start": "15:45:00", "end": "16:30:00"})
_ZONES = ("Europe/Paris", "America/Guadeloupe", "Indian/Reunion")
_MOMENT = r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?"
_HOUR = r"(\d\d?)[:hH](\d\d)(?::(\d\d))?"


def validate(source: Source) -> tuple[Programme | None, tuple[Finding, ...]]:
    """The programme, or the findings that say why the data are none; they have key paths, not yet places."""
    return validate_as(Programme, source)


def validate_as(model: type[M], source: Source) -> tuple[M | None, tuple[Finding, ...]]:
    """The same for a file of another shape, `model`: a `webcycle.programme.Table` whose tables are of that sort too."""
    try:
        return model.model_validate(source.data), ()
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_input=False)
    findings = [_finding(error, source.data, model) for error in errors[:MAX_FINDINGS]]
    if rest := len(errors) - len(findings):
        findings.append(Finding("more-findings", Severity.ERROR, values={"count": str(rest)}))
    return None, tuple(findings)


def _finding(error: ErrorDetails, data: Mapping[str, Any], model: type[BaseModel]) -> Finding:
    path: KeyPath = error["loc"]
    value = _value_at(data, path)
    known = {"key": _key(path), "found": _shown(value)}
    code, values = _explained(error, path, value, model)
    return Finding(code, Severity.ERROR, path, {**known, **values})


def _explained(error: ErrorDetails, path: KeyPath, value: object, model: type[BaseModel]) -> _Explained:
    kind, context = error["type"], error.get("ctx", {})
    if "code" in context:
        given = {name: lexis.shown(str(text)) for name, text in context.items() if name not in ("code", "found")}
        return kind, {**given, **_samples(kind, value)}
    if kind in _EXPLAINERS:
        return _EXPLAINERS[kind](path, value, model)
    if kind in ("greater_than_equal", "less_than_equal"):
        return _CODES[kind], {"limit": str(context["ge" if kind == "greater_than_equal" else "le"])}
    return _CODES.get(kind, "wrong-value"), {}


def _missing(path: KeyPath, _value: object, model: type[BaseModel]) -> _Explained:
    key = _key(path)
    if len(path) == 1:
        return "missing-table", {}
    clock = _CLOCK_SAMPLES.get(key) if "agenda" in path else None
    choice = next((f'"{choice}"' for choice in _choices(path, model)), '"…"')
    return "missing-key", {"sample": f"{key} = {clock or _SAMPLES.get(key, choice)}"}


def _unknown_key(path: KeyPath, _value: object, model: type[BaseModel]) -> _Explained:
    known = tuple(_fields(path[:-1], model))
    alike = get_close_matches(_key(path).lower().replace("_", "-"), known, n=3, cutoff=0.6)
    return ("unknown-key" if alike else "no-such-key"), {"known": ", ".join(alike or known)}


def _unknown_choice(path: KeyPath, _value: object, model: type[BaseModel]) -> _Explained:
    return "unknown-choice", {"choices": ", ".join(_choices(path, model))}


def _no_list(path: KeyPath, value: object, _model: type[BaseModel]) -> _Explained:
    if isinstance(value, dict):
        return "single-brackets", {"header": _header(path)}
    return "list-expected", {}


def _no_table(path: KeyPath, value: object, model: type[BaseModel]) -> _Explained:
    if isinstance(value, list):
        return "double-brackets", {"header": _header(path)}
    return "table-expected", {"header": _header(path), "known": ", ".join(_fields(path, model))}


_EXPLAINERS: Mapping[str, Callable[[KeyPath, object, type[BaseModel]], _Explained]] = MappingProxyType(
    {
        "missing": _missing,
        "extra_forbidden": _unknown_key,
        "literal_error": _unknown_choice,
        "tuple_type": _no_list,
        "model_type": _no_table,
    }
)


def _samples(code: str, value: object) -> _Values:
    """What could stand there instead: the user's own value, mended, where that can be told."""
    words = value.strip() if isinstance(value, str) else ""
    if code in ("moment", "day"):
        return {"sample": _moment_sample(words, day=code == "day")}
    if code == "clock":
        return {"sample": _clock_sample(words)}
    if code == "unknown-zone":
        return {"known": ", ".join(_alike(words, zones.names()) or _ZONES)}
    return {}


def _moment_sample(words: str, *, day: bool) -> str:
    match = re.fullmatch(_MOMENT, words)
    if match is None:
        return "2020-10-26" if day else "2020-10-26T14:00:00"
    return match[1] if day or match[2] is None else f"{match[1]}T{match[2]}{match[3] or ':00'}"


def _clock_sample(words: str) -> str:
    match = re.fullmatch(_HOUR, words)
    return f"{int(match[1]):02}:{match[2]}:{match[3] or '00'}" if match else "15:45:00"


def _alike(words: str, names: frozenset[str]) -> list[str]:
    lower = {name.lower(): name for name in sorted(names)}
    # difflib's time grows with the length of both words; no zone has a name of 80 characters.
    close = get_close_matches(words.lower()[:80].replace(" ", "_"), lower, n=3, cutoff=0.7)
    return [lower[name] for name in close]


def _value_at(data: Any, path: KeyPath) -> object:
    try:
        for part in path:
            data = data[part]
    except (KeyError, IndexError, TypeError):
        return None
    return data


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else lexis.shown(str(value))


def _key(path: KeyPath) -> str:
    return lexis.shown(next((part for part in reversed(path) if isinstance(part, str)), ""))


def _header(path: KeyPath) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def _fields(path: KeyPath, model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of the table at a path below `model`, by the names that they have in the file."""
    for part in path:
        if isinstance(part, str):
            inner = _leaves(_by_name(model)[part].annotation)
            model = next(leaf for leaf in inner if isinstance(leaf, type) and issubclass(leaf, BaseModel))
    return _by_name(model)


def _by_name(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _choices(path: KeyPath, model: type[BaseModel]) -> tuple[str, ...]:
    *table, key = (part for part in path if isinstance(part, str))
    return tuple(leaf for leaf in _leaves(_fields(tuple(table), model)[key].annotation) if isinstance(leaf, str))


def _leaves(annotation: object) -> Iterator[object]:
    arguments = get_args(annotation)
    if not arguments:
        yield annotation
    for argument in arguments:
        yield from _leaves(argument)
