"""Two programmes compared as programmes: what became of each session, and of the cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from webcycle import joinlinks
from webcycle.programme import Document, Programme, Recording, Session, Slot, Speaker, Status, Table
from webcycle.values import Text

Kind = Literal[
    "added",
    "removed",
    "cancelled",
    "postponed",
    "reinstated",
    "confirmed",
    "tentative",
    "moved",
    "date-added",
    "date-removed",
    "retitled",
    "axis",
    "recording-added",
    "recording-removed",
    "recording-moved",
    "document-added",
    "document-published",
    "document-withdrawn",
    "document-moved",
    "document-removed",
    "speaker-added",
    "speaker-removed",
    "join",
    "key-added",
    "key-changed",
    "key-removed",
]
Value = Slot | Text | str
"""What is told before and after: a date, a title, an address, a name, an id."""

_STATUS: Mapping[Status, Kind] = MappingProxyType(
    {"cancelled": "cancelled", "postponed": "postponed", "confirmed": "confirmed", "tentative": "tentative"}
)
# Told by kinds of their own; that a session was moved tells where it was moved from.
_TOLD = frozenset(
    {"id", "title", "start", "end", "duration", "status", "axis", "documents", "recording", "speakers", "join"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs; `session` is None for the cycle.

    `key` is the key of the programme that says it ("registration.deadline", "cycle.introduction"); for a document it is
    its kind. `slot` is that of a session that was added or removed, whose title is `after` or `before`.
    """

    kind: Kind
    session: str | None
    key: str = ""
    before: Value | None = None
    after: Value | None = None
    slot: Slot | None = None


def compare(old: Programme, new: Programme) -> tuple[Change, ...]:
    """What differs: the cycle first, then the sessions by their date in the new programme, those that are gone last.

    A session is known by its id. Nothing of a join link is told: where a value would, only its key is named.
    """
    private = tuple(joinlinks.known(programme) for programme in (old, new))
    return tuple(_discreet(change, private) for change in _all(old, new))


def _all(old: Programme, new: Programme) -> Iterator[Change]:
    yield from _cycle(old, new)
    for session in _unique(new):
        before = old.session_by_id.get(session.id)
        if before is None:
            yield Change("added", session.id, "session", after=session.title, slot=session.slot)
        else:
            yield from _session(before, session)
    for session in _unique(old):
        if session.id not in new.session_by_id:
            yield Change("removed", session.id, "session", before=session.title, slot=session.slot)


def _unique(programme: Programme) -> list[Session]:
    """By date; of two with the same id the first in the programme."""
    return [one for one in programme.chronological() if programme.session_by_id[one.id] is one]


def _discreet(change: Change, private: Sequence[joinlinks.Known]) -> Change:
    told = " ".join(text for value in (change.before, change.after) for text in _texts(value))
    if all(known.told(told) is None for known in private):
        return change
    kind: Kind = change.kind if change.kind in ("added", "removed") else "key-changed"
    return replace(change, kind=kind, before=None, after=None)


def _texts(value: Value | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Text):
        yield from filter(None, (value.plain, value.fr, value.en))


# ---- a session


def _session(old: Session, new: Session) -> Iterator[Change]:
    yield from _status(old, new)
    yield from _date(old, new)
    if old.title != new.title:
        yield Change("retitled", new.id, "title", old.title, new.title)
    if old.axis != new.axis:
        yield Change("axis", new.id, "axis", old.axis, new.axis)
    yield from _speakers(new.id, old.speakers, new.speakers)
    yield from _recording(new.id, old.recording, new.recording)
    yield from _documents(new.id, old.documents, new.documents)
    yield from _join(old, new)
    moved = frozenset({"moved_from"}) if old.slot != new.slot else frozenset()
    yield from _keys(new.id, "", old, new, _TOLD | moved)


def _status(old: Session, new: Session) -> Iterator[Change]:
    if old.status == new.status:
        return
    back = old.status in ("cancelled", "postponed") and new.status in ("confirmed", "tentative")
    yield Change("reinstated" if back else _STATUS[new.status], new.id, "status", old.status, new.status)


def _date(old: Session, new: Session) -> Iterator[Change]:
    if old.slot == new.slot:
        return
    kind: Kind = "date-added" if old.slot is None else "date-removed" if new.slot is None else "moved"
    yield Change(kind, new.id, "start", old.slot, new.slot)


def _speakers(session: str, old: Sequence[Speaker], new: Sequence[Speaker]) -> Iterator[Change]:
    before, after = ([one.name for one in speakers] for speakers in (old, new))
    gone, come = _without(before, after), _without(after, before)
    for name in gone:
        yield Change("speaker-removed", session, "speakers", before=name)
    for name in come:
        yield Change("speaker-added", session, "speakers", after=name)
    if old != new and not gone and not come:
        yield Change("key-changed", session, "speakers")


def _recording(session: str, old: Recording | None, new: Recording | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield Change("recording-added", session, "recording", after=new.url)
    elif old is not None and new is None:
        yield Change("recording-removed", session, "recording", before=old.url)
    elif old is not None and new is not None:
        if old.url != new.url:
            yield Change("recording-moved", session, "recording.url", old.url, new.url)
        yield from _keys(session, "recording.", old, new, frozenset({"url"}))


def _documents(session: str, old: Sequence[Document], new: Sequence[Document]) -> Iterator[Change]:
    """Documents of a kind are matched in their order, once those that did not change are left out."""
    left, come = _without(old, new), _without(new, old)
    for kind in dict.fromkeys(one.kind for one in (*left, *come)):
        before, after = ([one for one in found if one.kind == kind] for found in (left, come))
        for was, now in zip(before, after, strict=False):
            yield from _document(session, was, now)
        yield from (Change("document-removed", session, kind, one.url) for one in before[len(after) :])
        yield from (Change("document-added", session, kind, None, one.url) for one in after[len(before) :])
    if list(old) != list(new) and not left and not come:
        yield Change("key-changed", session, "documents")


def _document(session: str, old: Document, new: Document) -> Iterator[Change]:
    if old.url == new.url:
        yield Change("key-changed", session, f"documents.{new.kind}")
    else:
        kind: Kind = (
            "document-published" if old.url is None else "document-withdrawn" if new.url is None else "document-moved"
        )
        yield Change(kind, session, new.kind, old.url, new.url)


def _join(old: Session, new: Session) -> Iterator[Change]:
    before, after = (None if one.join is None else one.join.url for one in (old, new))
    if before != after:
        yield Change("join", new.id, "join.url")
    if old.join is not None and new.join is not None:
        yield from _keys(new.id, "join.", old.join, new.join, frozenset({"url"}))


# ---- the cycle


def _cycle(old: Programme, new: Programme) -> Iterator[Change]:
    if old.cycle.title != new.cycle.title:
        yield Change("retitled", None, "cycle.title", old.cycle.title, new.cycle.title)
    for name, field in Programme.model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        key = field.alias or name
        if name == "sessions":
            continue
        if isinstance(before, Table):
            yield from _keys(None, f"{key}.", before, after, frozenset({"title"} if name == "cycle" else ()))
        else:
            yield from _items(key, before, after)


def _items(key: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """The tables of a list, by their ids where all have one of their own; else only that the list changed."""
    if old == new:
        return
    before, after = _by_id(old), _by_id(new)
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    if not (names and len(before) == len(old) and len(after) == len(new)):
        yield Change("key-changed", None, key)
        return
    for name in names:
        yield Change(_kind(before.get(name), after.get(name)), None, f"{key}.{name}")


def _by_id(items: Sequence[Any]) -> dict[str, Any]:
    return {name: one for one in items if (name := getattr(one, "id", None)) is not None}


# ---- keys


def _keys(session: str | None, prefix: str, old: Table, new: Table, told: frozenset[str]) -> Iterator[Change]:
    """The keys of a table that differ, by their names; those of a table in it by theirs."""
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name in told or before == after:
            continue
        key = prefix + name.replace("_", "-")
        if isinstance(before, Table) and isinstance(after, Table):
            yield from _keys(session, f"{key}.", before, after, frozenset())
        else:
            yield Change(_kind(before, after), session, key)


def _kind(before: object, after: object) -> Kind:
    if before is None or before == ():
        return "key-added"
    return "key-removed" if after is None or after == () else "key-changed"


def _without(items: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """The items, but for as many of each as there are in the others."""
    left, found = list(others), []
    for one in items:
        if one in left:
            left.remove(one)
        else:
            found.append(one)
    return found
