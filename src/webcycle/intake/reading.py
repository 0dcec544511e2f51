"""What a reader is given and what it gives back: options, the reader's two duties, and the finished reading."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, Protocol

from webcycle.errors import Finding
from webcycle.intake.contents import Content
from webcycle.intake.moments import Order
from webcycle.records import PlatformTotal, Registration, ViewCount, Visit

Kind = Literal["registrations", "attendance", "both", "views"]
"""What a reader's files hold."""

_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_NO_ORDERS: Mapping[str, Order] = MappingProxyType({})
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows. `timezone` is of files that name none; `expected` the days that the session may have been
    on; `columns` maps our fields to headers, for a table that no reader claims; `read_on` the day of the snapshot;
    `platform` narrows the readers to those of a platform, or to one by its name; `orders` are those in which tables
    were read before, by their `source_of`."""

    timezone: str
    date_order: Order | None = None
    expected: tuple[date, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: _NO_COLUMNS)
    session: str = ""
    read_on: date | None = None
    platform: str = ""
    orders: Mapping[str, Order] = field(default_factory=lambda: _NO_ORDERS)


def source_of(source: str, part: str) -> str:
    """What the records of a table name: the tables of an archive or workbook share the hash of the file."""
    return hashlib.sha256(f"{source}/{part}".encode("utf-8", "replace")).hexdigest()[:16] if part else source


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader's yes: the words of the file that gave it away; `unproven` when only headers that nobody has shown us
    a file of were met."""

    why: tuple[str, ...]
    unproven: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that the file tells of. `key` is what the records' `meeting` holds."""

    key: str
    topic: str = ""
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One content, read. `rows` = `kept` + the sum of `ignored`, whose keys are below `intake.reason` in the texts.

    `experimental` says that the format rests on memory alone. `order_reason` and `zone_reason` are keys below
    `intake.order` and `intake.zone`. `dropped` names the columns of which nothing was kept.
    """

    file: str
    part: str
    source: str
    reader: str
    platform: str
    kind: Kind
    why: tuple[str, ...]
    experimental: bool
    encoding: str
    delimiter: str
    zone: str
    zone_reason: str
    order: Order | None = None
    order_reason: str = "plain"
    rows: int = 0
    kept: int = 0
    ignored: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    dropped: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    registrations: tuple[Registration, ...] = ()
    visits: tuple[Visit, ...] = ()
    views: tuple[ViewCount, ...] = ()
    totals: tuple[PlatformTotal, ...] = ()
    findings: tuple[Finding, ...] = ()


class Reader(Protocol):
    """One format of one platform: says whether a content is its own, from the content alone, and reads it."""

    @property
    def name(self) -> str:
        """Its name, a key below `intake.reader` in the texts."""

    @property
    def platform(self) -> str:
        """Whose export it is; "" for forms that any tool may write."""

    @property
    def kind(self) -> Kind:
        """What its files hold."""

    @property
    def experimental(self) -> bool:
        """Whether no file, parser or source code of the platform backs it."""

    def identify(self, content: Content) -> Claim | None:
        """What gives the content away as its own; None when it is not."""

    def read(self, content: Content, claim: Claim, options: Options, source: str) -> Reading:
        """The records; IntakeError when it would have to guess."""
