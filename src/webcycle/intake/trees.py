"""Readers of JSON and XML, and careful hands for values of which nothing is promised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from webcycle.intake.contents import Content, Tree
from webcycle.intake.dayorder import Decision
from webcycle.intake.desk import Desk
from webcycle.intake.moments import Clock
from webcycle.intake.reading import Claim, Kind, Options, Reading

_YEAR_2100 = 4_102_444_800_000


@dataclass(frozen=True, slots=True)
class TreeReader:
    """A reader of trees, whose times are instants: `claims` looks at the tree, `gather` makes records of it."""

    name: str
    platform: str
    kind: Kind
    claims: Callable[[Tree], Claim | None]
    gather: Callable[[Desk, Tree], None]
    experimental: bool = False

    def identify(self, content: Content) -> Claim | None:
        """What gives the tree away."""
        return self.claims(content) if isinstance(content, Tree) else None

    def read(self, content: Content, claim: Claim, options: Options, source: str) -> Reading:
        """The records of the tree."""
        assert isinstance(content, Tree)
        desk = Desk(content, self.platform, options, source, Clock("UTC"))
        self.gather(desk, content)
        return desk.reading(self, claim, Decision(None, "plain"), "format")


def mapping(value: object) -> Mapping[str, Any]:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """The value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def instant(value: object) -> datetime | None:
    """Milliseconds since 1970 as an instant; None for 0, which means "not yet", and for what is no such number."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _YEAR_2100:
        return None
    return datetime.fromtimestamp(int(value) // 1000, UTC)
