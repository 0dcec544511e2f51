"""What a purge leaves behind: a log that names nobody, and which file holds the figures from then on."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from webcycle.errors import RefusedError
from webcycle.folder import PURGES

FROZEN = "frozen-review.json"
"""The review as data, as `report --format json` writes it."""
FIGURES = "frozen-figures.json"
"""The figures from which everything that is published is made from then on."""

_HEADER = "# Kept by webcycle: when people's data were removed, and what was kept. It names nobody; commit this file.\n"


class _Entry(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-"), populate_by_name=True
    )

    begun: datetime
    finished: datetime | None = None
    files: int = Field(ge=0)
    registrations: int = Field(ge=0)
    visits: int = Field(ge=0)
    people: int = Field(ge=0)
    early: bool = False
    review_sha256: str = ""
    figures_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Purge:
    """A purge: when it began and ended (aware, UTC), how much went, whether before its date, and the hashes of what was
    frozen ("": there were no figures)."""

    begun: datetime
    files: int
    registrations: int
    visits: int
    people: int
    early: bool = False
    review_sha256: str = ""
    figures_sha256: str = ""
    finished: datetime | None = None


def kept(log: Sequence[Purge]) -> Purge | None:
    """The purge whose figures are told from then on, also while it is not ended: what is left then is no whole."""
    return next((one for one in reversed(log) if one.figures_sha256), None)


def read_log(raw: bytes) -> tuple[Purge, ...]:
    """The purges, oldest first. RefusedError for a log that is damaged."""
    try:
        entries = tomllib.loads(raw.decode()).get("purge", [])
        return tuple(Purge(**{**dict(_Entry.model_validate(one)), **_aware(one)}) for one in entries)
    except (ValueError, TypeError, AttributeError, ValidationError):
        raise RefusedError("privacy.log-damaged", file=PURGES) from None


def _aware(entry: dict[str, Any]) -> dict[str, datetime]:
    return {name: entry[name].astimezone(UTC) for name in ("begun", "finished") if name in entry}


def write_log(purges: Sequence[Purge]) -> bytes:
    """The log as TOML: the same purges give the same bytes."""
    entries = [
        {
            name.replace("_", "-"): value
            for name, value in asdict(one).items()
            if value is not None and value != "" and value is not False
        }
        for one in purges
    ]
    return (_HEADER + tomli_w.dumps({"purge": entries})).encode()
