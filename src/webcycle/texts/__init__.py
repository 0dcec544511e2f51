"""Every sentence of the program, by key and language: `fr.toml` and `en.toml` hold the same keys and fields."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from webcycle.errors import Finding, Language, WebcycleError

_FIELD = re.compile(r"\{([a-z_]+)\}")
_NONE: Mapping[str, str] = MappingProxyType({})


def table(lang: Language) -> Mapping[str, Any]:
    """The texts of a language as nested tables."""
    return tomllib.loads(_source(lang))


@cache
def _source(lang: Language) -> str:
    return Path(__file__).with_name(f"{lang}.toml").read_text("utf-8")


@cache
def _tables(lang: Language) -> Mapping[str, str]:
    """The text of each table by its name: a command needs few of them, and to parse all would take half its start."""
    parts = re.split(r"(?m)^\[([^\]\n]+)\]$", _source(lang))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def entries(lang: Language, name: str) -> Mapping[str, str]:
    """The sentences of one table by the last part of their keys; KeyError for an unknown one."""
    return tomllib.loads(_tables(lang)[name])


def names(lang: Language) -> tuple[str, ...]:
    """The names of the tables, in the order of the file."""
    return tuple(_tables(lang))


def plural(lang: Language, count: float) -> str:
    """The CLDR plural category, of the two that both languages share: "one" or "other".

    French counts 0 and 1.5 as one, English only 1 (CLDR, "Language Plural Rules").
    """
    if lang == "fr":
        return "one" if abs(count) < 2 else "other"
    return "one" if count == 1 else "other"


def template(lang: Language, key: str, *, count: float | None = None) -> str:
    """The sentence at `key` ("command.written") with its `{named}` fields unfilled.

    With `count`, an entry that has the forms "one" and "other" gives the one that fits. KeyError for an unknown key.
    """
    if key in _tables(lang):
        return entries(lang, key)[plural(lang, 0 if count is None else count)]
    name, _, last = key.rpartition(".")
    return entries(lang, name)[last]


def say(lang: Language, key: str, values: Mapping[str, str] = _NONE, *, count: float | None = None) -> str:
    """The sentence at `key`, its fields filled; KeyError for an unknown key or a field without a value."""
    return fill(template(lang, key, count=count), values)


def fill(template: str, values: Mapping[str, str]) -> str:
    """`template` with each `{name}` replaced; a value is text, never a template, and is not read again."""
    return _FIELD.sub(lambda match: values[match[1]], template)


def message(lang: Language, finding: Finding) -> str:
    """The sentence of a finding."""
    return say(lang, f"finding.{finding.code}.message", finding.values)


def hint(lang: Language, finding: Finding) -> str:
    """What to do about a finding; every code has one."""
    return say(lang, f"finding.{finding.code}.hint", finding.values)


def error(lang: Language, problem: WebcycleError) -> str:
    """The sentence of an exception of ours."""
    return say(lang, f"error.{problem.key}", problem.values)
