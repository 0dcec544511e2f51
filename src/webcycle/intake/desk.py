"""Where the rows of one content are sorted: records made, rows counted, what was left out accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from webcycle.errors import Finding, Severity
from webcycle.intake import words
from webcycle.intake.contents import Content, Table
from webcycle.intake.dayorder import Decision
from webcycle.intake.moments import Clock, UnreadableError, take_apart
from webcycle.intake.pairing import Log
from webcycle.intake.problems import IntakeError
from webcycle.intake.reading import Claim, Kind, Meeting, Options, Reader, Reading
from webcycle.records import PlatformTotal, Registration, Role, ViewCount, Visit, mark

_LINES_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The columns of one section of a table: its kind, our fields with the cells that may hold them, what is dropped.

    Of several cells for one field the first that is not empty counts. A kind that begins with "skip:" gives rows to
    ignore, and why.
    """

    kind: str
    at: Mapping[str, tuple[int, ...]]
    dropped: tuple[str, ...] = ()


class Row:
    """A row of data, read by our names of its fields."""

    __slots__ = ("cells", "layout", "number")

    def __init__(self, number: int, layout: Layout, cells: list[str]) -> None:
        self.number, self.layout, self.cells = number, layout, cells

    @property
    def kind(self) -> str:
        """The kind of its layout."""
        return self.layout.kind

    def raw(self, name: str) -> str:
        """The cell as it stands, "" when there is none or it holds a placeholder."""
        for index in self.layout.at.get(name, ()):
            if index < len(self.cells) and (cell := self.cells[index].strip()) and cell.lower() not in words.ABSENT:
                return cell
        return ""

    def text(self, name: str) -> str:
        """The cell made harmless."""
        return words.value(self.raw(name))

    def email(self, name: str = "email") -> str:
        """The e-mail address in the cell, "" when it is none."""
        return words.email(self.raw(name))

    def word(self, name: str) -> str:
        """The cell as compared with words of a platform."""
        return words.norm(self.raw(name))


class SkipRowError(Exception):
    """The row is left out; the reason is a key below `intake.reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Desk:
    """Gathers what one content gives. Local to one reading. `hosts` are the address and the name of a meeting's host,
    both as compared, "" where the file tells neither."""

    content: Content
    platform: str
    options: Options
    source: str
    clock: Clock
    kept: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    dropped: dict[str, None] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    registrations: list[Registration] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    views: list[ViewCount] = field(default_factory=list)
    totals: list[PlatformTotal] = field(default_factory=list)
    logs: dict[tuple[str, str], Log] = field(default_factory=dict)
    ids: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    notes: dict[str, list[int]] = field(default_factory=dict)
    _registered: set[Registration] = field(default_factory=set)
    hosts: dict[str, tuple[str, str]] = field(default_factory=dict)
    _shared: dict[str, str] = field(default_factory=dict)

    def moment(self, row: Row, name: str, near: datetime | None = None) -> datetime | None:
        """The instant in a cell, None for an empty one; the row is left out when the cell is no date."""
        return self.instant(row.raw(name), row.number, near)

    def instant(self, cell: str, line: int, near: datetime | None = None) -> datetime | None:
        """The same of a cell that was put together."""
        if not cell:
            return None
        try:
            return self.clock.read(cell, near)
        except UnreadableError:
            self.note("intake-unreadable-time", line)
            raise SkipRowError("unreadable-time") from None

    def interval(self, row: Row) -> tuple[datetime | None, datetime | None]:
        """When the person of a row joined and left; an hour alone is of the day of joining, or the next one."""
        joined = self.moment(row, "joined")
        left = self.moment(row, "left", joined)
        if joined and left and left < joined:
            if take_apart(row.raw("left")).day is None:
                return joined, left + timedelta(days=1)
            self.note("intake-left-before-joined", row.number)
            return joined, None
        return joined, left

    def address(self, row: Row, name: str = "email") -> str:
        """The e-mail address in a cell; one that is none is noted."""
        found = row.email(name)
        if not found and "@" in row.raw(name) and not words.stands_in(row.raw(name)):
            self.note("intake-bad-email", row.number)
        return found

    def note(self, code: str, line: int) -> None:
        """Remember a line for a warning of that code."""
        self.notes.setdefault(code, []).append(line)

    def shared(self, text: str) -> str:
        """The same string object for equal texts: what many rows repeat is held once."""
        return self._shared.setdefault(text, text)

    def register(self, made: Registration) -> None:
        """Keep a registration, but the same one only once: a report may repeat it for each stay."""
        if made not in self._registered:
            self._registered.add(made)
            self.registrations.append(made)

    def visit(
        self,
        email: str,
        name: str,
        joined: datetime | None,
        left: datetime | None,
        *,
        seconds: int | None = None,
        person: str = "",
        organisation: str = "",
        role: Role = "participant",
        meeting: str = "",
    ) -> None:
        """Keep a stay; of a telephone number shown as a name, what `words.caller` gives."""
        session, platform = self.options.session, self.platform
        email, called = self.shared(email), self.shared(words.caller(name) or name)
        made = Visit(
            session, meeting, platform, person, email, called, organisation, role, joined, left, seconds, self.source
        )
        self.visits.append(made)

    def meeting(self, key: str, topic: str = "", start: datetime | None = None, end: datetime | None = None) -> str:
        """Keep what the file tells of a meeting; gives the key that its records hold.

        A meeting without an id goes by the mark of its topic: totals, which name the meeting too, are shared.
        """
        known = key or mark(topic)
        named = f"{known}@{start:%Y%m%dT%H%M%SZ}" if start else known
        self.meetings.setdefault(named, Meeting(named, topic, start, end))
        return named

    def total(self, name: str, cell: str, meeting: str = "") -> None:
        """Keep a figure of the platform's own, where the cell holds one."""
        digits = "".join(cell.replace(",", "").split())
        if digits.isascii() and digits.isdigit() and len(digits) < 13:
            self.totals.append(
                PlatformTotal(self.options.session, meeting, self.platform, name, int(digits), self.source)
            )

    def leave_out(self, reason: str) -> None:
        """Count a row that is not kept."""
        self.ignored[reason] += 1

    def reading(self, reader: Reader, claim: Claim, decision: Decision, zone_reason: str) -> Reading:
        """All of it, finished; IntakeError when most rows with a date could not be read."""
        unread = self.ignored["unreadable-time"]
        if unread > max(self.kept, 1):
            raise IntakeError(
                "unreadable-times", file=self.content.file, line=str(self._first("intake-unreadable-time"))
            )
        return Reading(
            file=self.content.file,
            part=self.content.part,
            source=self.source,
            reader=reader.name,
            platform=reader.platform,
            kind=_kind(self, reader),
            why=claim.why,
            experimental=reader.experimental or claim.unproven,
            encoding=self.content.encoding,
            delimiter=self.content.delimiter if isinstance(self.content, Table) else "",
            zone=self.clock.zone,
            zone_reason=zone_reason,
            order=decision.order,
            order_reason=decision.reason,
            rows=self.kept + self.ignored.total(),
            kept=self.kept,
            ignored=dict(sorted(self.ignored.items())),
            dropped=tuple(self.dropped),
            meetings=tuple(self.meetings.values()),
            registrations=tuple(self.registrations),
            visits=tuple(self.visits),
            views=tuple(self.views),
            totals=tuple(self.totals),
            findings=tuple(self._findings()),
        )

    def _first(self, code: str) -> int:
        return self.notes[code][0]

    def _findings(self) -> Iterator[Finding]:
        yield from self.content.findings
        for code, lines in sorted(self.notes.items()):
            yield self._finding(code, count=str(len(lines)), lines=_shown(lines))
        if self.clock.repeated:
            yield self._finding("intake-repeated-hour", zone=self.clock.zone)
        if self.clock.skipped:
            yield self._finding("intake-skipped-hour", zone=self.clock.zone)

    def _finding(self, code: str, **values: str) -> Finding:
        return Finding(code, Severity.WARNING, values={"file": self.content.file, **values})


def _kind(desk: Desk, reader: Reader) -> Kind:
    """What was found, where the reader's files may hold both."""
    if reader.kind != "both" or (desk.registrations and desk.visits):
        return reader.kind
    return "registrations" if desk.registrations else "attendance"


def _shown(lines: list[int]) -> str:
    first = ", ".join(str(line) for line in lines[:_LINES_SHOWN])
    return f"{first}, …" if len(lines) > _LINES_SHOWN else first


def ended(start: datetime | None, seconds: int | None) -> datetime | None:
    """When a meeting of that length ended."""
    return start + timedelta(seconds=seconds) if start and seconds is not None else None
