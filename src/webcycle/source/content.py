"""A file that turned out to be TOML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is TOML: the name to show, its bytes, its text without byte order mark, and its data."""

    file: str
    raw: bytes
    text: str
    data: dict[str, Any]
