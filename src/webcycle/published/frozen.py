"""Published figures as bytes, so that they are there when the records behind them are gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from webcycle.disclosure import Groups, Overlap, Tail
from webcycle.errors import RefusedError
from webcycle.metrics import results
from webcycle.published.breakdowns import Breakdowns
from webcycle.published.figures import Published

VERSION = 1


@dataclass(frozen=True, slots=True)
class Frozen:
    """The figures that are kept, and those of the review by its day where that is an earlier one than theirs."""

    published: Published
    reviewed: Mapping[date, Published] = field(default_factory=lambda: MappingProxyType({}))


_CLASSES: Mapping[str, type[Any]] = {
    one.__name__: one
    for one in (Published, Breakdowns, Groups, Overlap, Tail, *vars(results).values())
    if isinstance(one, type) and is_dataclass(one)
}


def freeze(frozen: Frozen) -> bytes:
    """The figures as JSON, the same bytes for the same figures."""
    told = {"version": VERSION, "published": _plain(frozen.published), "reviewed": _plain(frozen.reviewed)}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def thaw(raw: bytes, file: str) -> Frozen:
    """The figures that `freeze` kept. RefusedError where these bytes are no such thing."""
    try:
        found = json.loads(raw)
        made = Frozen(_built(found["published"]), _built(found["reviewed"]))
        if found["version"] != VERSION or not all(isinstance(one, Published) for one in _every(made)):
            raise ValueError(found["version"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise RefusedError("privacy.frozen-damaged", file=file) from problem
    return made


def _every(frozen: Frozen) -> Iterator[Published]:
    yield from (frozen.published, *frozen.reviewed.values())


def _plain(value: Any) -> Any:
    """A value of the figures as JSON has it; what has no order is put in one."""
    if is_dataclass(value):
        return {"is": type(value).__name__} | {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    kind, of = next(((kind, write) for known, kind, write in _WRITTEN if isinstance(value, known)), ("", None))
    return {"is": kind, "of": of(value)} if of else value


def _built(value: Any) -> Any:
    """The value that `_plain` wrote."""
    if isinstance(value, list):
        return tuple(map(_built, value))
    if not isinstance(value, dict):
        return value
    kind = value["is"]
    if kind in _CLASSES:
        return _CLASSES[kind](**{name: _built(one) for name, one in value.items() if name != "is"})
    return _MADE[kind](value["of"])


_WRITTEN: tuple[tuple[type[Any], str, Callable[[Any], Any]], ...] = (
    (frozenset, "set", sorted),
    (Mapping, "map", lambda pairs: [[_plain(key), _plain(one)] for key, one in pairs.items()]),
    (Fraction, "fraction", lambda number: [number.numerator, number.denominator]),
    (datetime, "instant", datetime.isoformat),
    (date, "day", date.isoformat),
)
_MADE: Mapping[str, Any] = MappingProxyType(
    {
        "set": frozenset,
        "map": lambda pairs: MappingProxyType({_built(key): _built(one) for key, one in pairs}),
        "fraction": lambda parts: Fraction(*parts),
        "instant": datetime.fromisoformat,
        "day": date.fromisoformat,
    }
)
