"""Values as they are written in TOML: on one line, date-times with a T."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import tomli_w


class _IsoMoment(datetime):
    """A date-time that tomli-w writes as people and this program do: with a T."""

    def __str__(self) -> str:
        return self.isoformat()


def own(value: Any) -> Any:
    """`value` with every date-time as this program writes it."""
    if isinstance(value, Mapping):
        return {key: own(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [own(inner) for inner in value]
    if isinstance(value, datetime):
        return _IsoMoment.fromisoformat(value.isoformat())
    return value


def inline(table: dict[str, Any]) -> str:
    """A table on one line."""
    pairs = ", ".join(pair(key, value) for key, value in table.items())
    return f"{{ {pairs} }}" if table else "{}"


def pair(key: str, value: Any) -> str:
    """A key with its value, on one line where the value is no list."""
    if isinstance(value, dict):
        return f"{quoted(key)} = {inline(value)}"
    return tomli_w.dumps({key: value}).removesuffix("\n")


def quoted(key: str) -> str:
    """A key, in quotation marks where it needs them."""
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def written(given: Any, former: str = "") -> str:
    """A value on one line, text in the quotation marks of `former` (what stood there) where it can be."""
    if isinstance(given, str) and former.startswith("'") and not former.startswith("'''") and _is_literal(given):
        return f"'{given}'"
    if isinstance(given, Mapping):
        return inline(own(given))
    if isinstance(given, list | tuple):
        return f"[{', '.join(written(one) for one in given)}]"
    line = tomli_w.dumps({"v": own(given)}).partition("=")[2].strip()
    return line.replace("T", " ") if isinstance(given, datetime) and former[10:11] == " " else line


def _is_literal(text: str) -> bool:
    # A literal string holds no quotation mark and no control character but tab (TOML 1.0, "String").
    return "'" not in text and not any(ord(character) < 0x20 or ord(character) == 0x7F for character in text)
