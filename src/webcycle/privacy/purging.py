"""What a purge leaves behind: a log that names nobody, and which file holds the figures from then on; and whether all
is there that these figures are counted from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import tomli_w
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from webcycle.errors import RefusedError
from webcycle.folder import PURGES
from webcycle.ledger import Ledger
from webcycle.store import Stored

FROZEN = "frozen-review.json"
"""The review as data, as `report --format json` writes it."""
FIGURES = "frozen-figures.json"
"""The figures from which everything that is published is made from then on."""

_FILES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "registrations": ("registrations.csv",),
        "attendance": ("attendance.csv",),
        "both": ("registrations.csv", "attendance.csv"),
    }
)
_HEADER = "# Kept by webcycle: when people's data were removed, and what was kept. It names nobody; commit this file.\n"


class _Entry(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-"), populate_by_name=True
    )

    begun: AwareDatetime
    finished: AwareDatetime | None = None
    files: int = Field(ge=0)
    registrations: int = Field(ge=0)
    visits: int = Field(ge=0)
    people: int = Field(ge=0)
    early: bool = False
    incomplete: bool = False
    review_sha256: str = ""
    figures_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Purge:
    """A purge: when it began and ended (aware, UTC), how much went, whether before its date, whether rows were missing,
    and the hashes of what was frozen ("": there were no figures)."""

    begun: datetime
    files: int
    registrations: int
    visits: int
    people: int
    early: bool = False
    review_sha256: str = ""
    figures_sha256: str = ""
    incomplete: bool = False
    finished: datetime | None = None


def kept(log: Sequence[Purge]) -> Purge | None:
    """The purge whose figures are told from then on, also while it is not ended: what is left then is no whole."""
    return next((one for one in reversed(log) if one.figures_sha256), None)


def missing(ledger: Ledger, stored: Stored) -> tuple[str, ...]:
    """The sessions of which rows of people were imported that are not there: the file that would hold them is none.

    One of which the last row was erased or taken back keeps its header; of a platform's total there are no rows.
    """
    totals = {(one.source, one.session) for one in stored.records.totals}
    parts = ((entry, part.session) for entry in ledger.entries.values() for part in entry.stored)
    return tuple(
        sorted(
            {
                session
                for entry, session in parts
                if entry.kind in _FILES and session and (entry.source, session) not in totals
                if not any(f"sessions/{session}/{file}" in stored.files for file in _FILES[entry.kind])
            }
        )
    )


def read_log(raw: bytes) -> tuple[Purge, ...]:
    """The purges, oldest first. RefusedError for a log that is damaged."""
    try:
        entries = tomllib.loads(raw.decode()).get("purge", [])
        return tuple(Purge(**{**dict(_Entry.model_validate(one)), **_aware(one)}) for one in entries)
    except (ValueError, TypeError, AttributeError, ValidationError, OverflowError, RecursionError):
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
