"""`calendar.toml`: what was published of each session, so that the next publication knows what changed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timezone
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from webcycle.errors import RefusedError
from webcycle.programme import Status
from webcycle.values import Slug

_HEADER = (
    "# Kept by webcycle: the UID and SEQUENCE of each published session. Commit this file and do not edit it:\n"
    "# without it, calendars that follow the cycle show a moved session at its old hour.\n"
)


def _instant(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("not a date-time with an offset")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("outside the calendar") from None


def _published(value: Any) -> date | datetime:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    instant = _instant(value)
    # The local offset is kept for those who read the file; TOML has no seconds in it (Paris before 1911).
    offset = value.utcoffset()
    return instant if offset.seconds % 60 else instant.astimezone(timezone(offset))


Instant = Annotated[datetime, PlainValidator(_instant)]
Published = Annotated[date | datetime, PlainValidator(_published)]


class Entry(BaseModel):
    """A session as it was last published.

    `created` and `modified` are in UTC; the hours are instants with the offset of the place; a slot of whole days is
    two days, the last one included.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    uid: str = Field(pattern=r"^[^\x00-\x20\x7f-\xa0]{1,700}$")
    sequence: int = Field(ge=0, lt=2**31)
    created: Instant
    modified: Instant
    start: Published
    end: Published
    title: str
    status: Status
    fingerprint: str = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if isinstance(self.start, datetime) != isinstance(self.end, datetime) or self.end < self.start:
            raise ValueError("end before start")
        return self


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    version: Literal[1] = 1
    session: dict[Slug, Entry] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries by session id; a session keeps its entry for ever, also after it left the programme."""

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))


def read_ledger(text: str) -> Ledger:
    """The ledger in `text`; an empty text is an empty ledger. Raises RefusedError, naming the place of the damage."""
    try:
        found = _File.model_validate(tomllib.loads(text))
    except ValidationError as problem:
        where = ".".join(str(part) for part in problem.errors()[0]["loc"])
        raise RefusedError("calendar.ledger-damaged", where=where) from None
    except ValueError as problem:  # what tomllib says of a number without end is no error of its own
        raise RefusedError("calendar.ledger-damaged", where=str(problem)) from None
    except RecursionError:
        raise RefusedError("calendar.ledger-damaged", where="[") from None
    return Ledger(MappingProxyType(found.session))


def write_ledger(ledger: Ledger) -> bytes:
    """The ledger as TOML, sessions in the order of their ids: the same entries give the same bytes."""
    sessions = {key: ledger.entries[key].model_dump() for key in sorted(ledger.entries)}
    return (_HEADER + tomli_w.dumps({"version": 1, "session": sessions})).encode()
