"""What a publication changes for those who follow: planned before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Literal

from webcycle import texts
from webcycle.calendar import events, files, slots, words
from webcycle.calendar.events import Body
from webcycle.calendar.ledger import Entry, Ledger
from webcycle.errors import Language, RefusedError
from webcycle.programme import Programme, Session, Slot
from webcycle.values import Text

# After the old date of a session that was cancelled and left the programme.
_REMEMBERED = timedelta(days=30)

Kind = Literal["added", "moved", "retitled", "changed", "cancelled", "postponed", "reinstated", "confirmed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One session that subscribers will see change; slots are on the clocks of the cycle's zone."""

    session: str
    kind: Kind
    before: Slot | None
    after: Slot
    title: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Publication:
    """The ledger as it will be, and what changed since the last one.

    `left_out` are the ids of sessions that never had a date, `gone` of those that were published and cancelled, are no
    longer in the programme, and have been shown as cancelled long enough.
    """

    programme: Programme
    ledger: Ledger
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    gone: tuple[str, ...]
    bodies: Mapping[str, Body]

    def feed(self, axis: str | None = None) -> bytes:
        """The feed of the cycle, or of one axis."""
        return files.feed(self.programme, self.ledger, axis, self.bodies)

    def session_file(self, session: str) -> bytes:
        """The file of one session; KeyError for one that is left out."""
        return files.session_file(self.programme, self.ledger, self.bodies[session])

    def files(self, *axes: str) -> Iterator[tuple[str, bytes]]:
        """Every file to publish with its name: the feed, the feeds of these axes, the sessions'."""
        yield feed_name(self.programme), self.feed()
        for axis in axes:
            yield feed_name(self.programme, axis), self.feed(axis)
        for session in self.bodies:
            yield f"{session}.ics", self.session_file(session)


def feed_name(programme: Programme, axis: str | None = None) -> str:
    """The name of the file of the feed, or of the feed of one axis."""
    return f"{programme.cycle.id}.ics" if axis is None else f"{programme.cycle.id}-{axis}.ics"


def plan(programme: Programme, ledger: Ledger, now: datetime) -> Publication:
    """What publishing the programme now would change.

    Raises RefusedError when a session that was published, and not as cancelled, is no longer in the programme:
    it would vanish from calendars without a word; and when a session's file would have the name of a feed.
    """
    _refuse_vanished(programme, ledger)
    _refuse_same_name(programme)
    programme = programme.as_of(programme.local(now).date())
    bodies = events.bodies(_with_tombstones(programme, ledger, now), ledger)
    stamp = now.astimezone(UTC).replace(microsecond=0)
    entries, changes = dict(ledger.entries), []
    for session, body in bodies.items():
        before = ledger.entries.get(session)
        fingerprint = body.fingerprint
        if before is not None and before.fingerprint == fingerprint:
            continue
        entries[session] = _entry(programme, body, fingerprint, before, stamp)
        changes.append(_change(programme, body, before, entries[session]))
    return Publication(
        programme,
        Ledger(MappingProxyType(entries)),
        tuple(changes),
        left_out=tuple(session.id for session in programme.sessions if session.id not in bodies),
        gone=tuple(key for key in sorted(ledger.entries) if key not in programme.session_by_id and key not in bodies),
        bodies=MappingProxyType(bodies),
    )


def feed(programme: Programme, ledger: Ledger, axis: str | None = None) -> bytes:
    """The feed of what the ledger says is published."""
    return files.feed(programme, ledger, axis, _published(programme, ledger))


def session_file(programme: Programme, ledger: Ledger, session: str) -> bytes:
    """The file of a published session; KeyError for one that is not."""
    return files.session_file(programme, ledger, _published(programme, ledger)[session])


def _published(programme: Programme, ledger: Ledger) -> dict[str, Body]:
    return {key: body for key, body in events.bodies(programme, ledger).items() if key in ledger.entries}


def _refuse_vanished(programme: Programme, ledger: Ledger) -> None:
    vanished = [
        key
        for key, entry in sorted(ledger.entries.items())
        if key not in programme.session_by_id and entry.status != "cancelled"
    ]
    if vanished:
        raise RefusedError("calendar.published-session-vanished", sessions=", ".join(vanished))


def _with_tombstones(programme: Programme, ledger: Ledger, now: datetime) -> Programme:
    """The programme with the cancelled sessions that left it: for some time, calendars must still see them given up."""
    gone = (entry for entry in sorted(ledger.entries.items()) if entry[0] not in programme.session_by_id)
    tombstones = tuple(_tombstone(programme, key, entry) for key, entry in gone if _is_recent(programme, entry, now))
    return programme.model_copy(update={"sessions": (*programme.sessions, *tombstones)}) if tombstones else programme


def _tombstone(programme: Programme, key: str, entry: Entry) -> Session:
    slot = slots.local(programme, entry.start, entry.end)
    return Session(id=key, title=Text(plain=entry.title), start=slot.start, end=slot.end, status="cancelled")


def _is_recent(programme: Programme, entry: Entry, now: datetime) -> bool:
    _start, end = slots.instants(programme, slots.local(programme, entry.start, entry.end))
    return now < end + _REMEMBERED


def _refuse_same_name(programme: Programme) -> None:
    cycle = programme.cycle.id
    feeds = {cycle, *(f"{cycle}-{axis.id}" for axis in programme.axes)}
    for session in programme.sessions:
        if session.id in feeds:
            raise RefusedError("calendar.same-name", session=session.id, file=f"{session.id}.ics")


def _entry(programme: Programme, body: Body, fingerprint: str, before: Entry | None, stamp: datetime) -> Entry:
    """The entry of a session that is new or changed; stamps never go back, whatever the clock says."""
    slot = body.slot
    start, end = (slot.start, slot.end) if slot.all_day else slots.instants(programme, slot)
    modified = stamp if before is None else max(stamp, before.modified)
    return Entry(
        uid=body.uid,
        sequence=0 if before is None else before.sequence + 1,
        created=modified if before is None else before.created,
        modified=modified,
        start=start,
        end=end,
        title=events.title(programme, body.session),
        status=body.session.status,
        fingerprint=fingerprint,
    )


def _change(programme: Programme, body: Body, before: Entry | None, after: Entry) -> Change:
    former = slots.local(programme, before.start, before.end) if before is not None else None
    kind: Kind = "added" if before is None else _kind(before, after)
    return Change(body.session.id, kind, former, body.slot, after.title, after.sequence)


def _kind(before: Entry, after: Entry) -> Kind:
    """What a change is first of all: its status, then its slot, then its title."""
    if after.status != before.status:
        if after.status == "cancelled":
            return "cancelled"
        if after.status == "postponed":
            return "postponed"
        if before.status == "cancelled":
            return "reinstated"
    if (after.start, after.end) != (before.start, before.end):
        return "moved"
    if after.status != before.status and after.status == "confirmed":
        return "confirmed" if before.status == "tentative" else "reinstated"
    return "retitled" if after.title != before.title else "changed"


def describe(change: Change, lang: Language) -> str:
    """A change in one line: "maroc: 26 Oct 14:00 -> 2 Nov 14:00, SEQUENCE 1"."""
    before = change.before or change.after
    values = {
        "session": change.session,
        "sequence": str(change.sequence),
        "title": change.title,
        "before": _shown(before, change.after, lang),
        "after": _shown(change.after, before, lang),
    }
    return texts.say(lang, f"calendar.change.{change.kind}", values)


def _shown(slot: Slot, other: Slot, lang: Language) -> str:
    """A slot by its start; with the end when the starts are equal, with the year when the years differ."""
    year = slot.start.year != other.start.year
    start = words.moment(slot.start, lang, year=year)
    if slot.start != other.start or slot.end == other.end:
        return start
    end = words.hour(slot.end, lang) if isinstance(slot.end, datetime) else words.moment(slot.end, lang, year=year)
    return f"{start}–{end}"
