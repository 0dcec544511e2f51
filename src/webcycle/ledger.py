"""`imports.toml`: what was imported and how it was read. It names no person: a meeting's name is kept as its hash."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from webcycle import folder as folders
from webcycle.errors import RefusedError
from webcycle.plain import clean
from webcycle.records import mark

if TYPE_CHECKING:
    from webcycle.folder import Folder, Identity
    from webcycle.intake import Reading

_HEADER = (
    "# Kept by webcycle: which files were imported, how they were read, and to which session they belong.\n"
    "# Commit this file and do not edit it: with it the same file is known again, whatever its name.\n"
)
_LONGEST_NAME = 80
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+")
_SOURCE = Field(pattern=r"^[0-9a-f]{16}$")


def _instant(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("not a date-time with an offset")
    try:
        return value.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError("before the first year or after the last") from problem


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-")
    )


class Part(_Model):
    """The rows of one meeting in a file, and the session that they were stored for; "" for views of none."""

    meeting: str = ""
    session: str = ""


class Entry(_Model):
    """One table of an imported file. `source` is what its records name, `sha256` the hash of the file."""

    source: str = _SOURCE
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    file: str
    part: str = ""
    reader: str
    platform: str = ""
    kind: str
    encoding: str
    delimiter: str = ""
    order: str = Field("", pattern="^(dmy|mdy|ymd)?$")
    order_reason: str = ""
    zone: str
    zone_reason: str = ""
    rows: int = Field(ge=0)
    kept: int = Field(ge=0)
    ignored: dict[str, int] = Field(default_factory=dict)
    imported: Annotated[datetime, PlainValidator(_instant)]
    stored: list[Part] = Field(default_factory=list)


class _File(_Model):
    version: Literal[1] = 1
    entries: list[Entry] = Field(default_factory=list, alias="import")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries by source."""

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))

    def session(self, source: str, meeting: str) -> str | None:
        """The session that the rows of a meeting were stored for; None when they were not."""
        entry = self.entries.get(source)
        named = mark(meeting)
        parts = entry.stored if entry else []
        return next((part.session for part in parts if part.meeting == named), None)


def entry(reading: Reading, sha256: str, name: str, now: datetime, stored: list[Part]) -> Entry:
    """The entry of a table that was read; `name` is the file's, as the user calls it."""
    return Entry(
        source=reading.source,
        sha256=sha256,
        file=shortened(name),
        part=shortened(reading.part),
        reader=reading.reader,
        platform=reading.platform,
        kind=reading.kind,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        **{"order": reading.order.value, "order-reason": reading.order_reason} if reading.order else {},
        zone=reading.zone,
        **{"zone-reason": reading.zone_reason},
        rows=reading.rows,
        kept=reading.kept,
        ignored=dict(reading.ignored),
        imported=now,
        stored=stored,
    )


def shortened(name: str) -> str:
    """A file's name without its folder and without addresses, at most 80 characters."""
    return _ADDRESS.sub("…", clean(name.replace("\\", "/").rpartition("/")[2]))[:_LONGEST_NAME]


def load(folder: Folder) -> Ledger:
    """The ledger of a cycle's folder, empty where there is none; raises RefusedError as `read_ledger` does."""
    return read(folder)[0]


def read(folder: Folder) -> tuple[Ledger, Identity]:
    """The same, and the file as it was read."""
    found = folders.read(folder.imports, optional=True)
    return read_ledger(found.data.decode("utf-8", "replace")), found.identity


def read_ledger(text: str) -> Ledger:
    """The ledger in `text`; an empty text is an empty ledger. Raises RefusedError, naming the place of the damage."""
    try:
        found = _File.model_validate(tomllib.loads(text))
    except ValidationError as problem:
        where = ".".join(str(part) for part in problem.errors()[0]["loc"])
        raise RefusedError("import.ledger-damaged", where=where) from None
    except ValueError as problem:  # what tomllib says of a number without end is no error of its own
        raise RefusedError("import.ledger-damaged", where=str(problem)) from None
    except RecursionError:
        raise RefusedError("import.ledger-damaged", where="[") from None
    return Ledger(MappingProxyType({one.source: one for one in found.entries}))


def write_ledger(ledger: Ledger) -> bytes:
    """The ledger as TOML, in the order of importing: the same entries give the same bytes."""
    ordered = sorted(ledger.entries.values(), key=lambda one: (one.imported, one.file, one.part, one.source))
    entries = [one.model_dump(by_alias=True, exclude_defaults=True) for one in ordered]
    return (_HEADER + tomli_w.dumps({"version": 1, "import": entries})).encode()
