"""What was observed, as files of a cycle's folder: two of personal data a session, two without any at its root."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from webcycle import folder as folders
from webcycle import records as csv
from webcycle.folder import Folder, Identity, Snapshot
from webcycle.records import PlatformTotal, Record, RecordsError, Registration, ViewCount, Visit

_Key = TypeVar("_Key", bound=Hashable)

# So many lines are put together at once: a file of a million is never whole in memory.
_PIECE = 10_000
_SMALL = 1 << 20


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a cycle, of a session, or of a part of an imported file."""

    registrations: tuple[Registration, ...] = ()
    visits: tuple[Visit, ...] = ()
    views: tuple[ViewCount, ...] = ()
    totals: tuple[PlatformTotal, ...] = ()

    @property
    def lists(self) -> tuple[tuple[Record, ...], ...]:
        """The four of them, in the order above."""
        return self.registrations, self.visits, self.views, self.totals

    def __iter__(self) -> Iterator[Record]:
        """Every record."""
        return chain(*self.lists)

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self.lists))


def grouped(found: Records, key: Callable[[Record], _Key]) -> dict[_Key, Records]:
    """The records that share a key, by that key, in their order."""
    if len(keys := set(map(key, found))) < 2:
        return dict.fromkeys(keys, found)
    groups: defaultdict[_Key, tuple[list[Any], ...]] = defaultdict(lambda: ([], [], [], []))
    for index, records in enumerate(found.lists):
        for one in records:
            groups[key(one)][index].append(one)
    return {name: Records(*map(tuple, lists)) for name, lists in groups.items()}


def joined(parts: Sequence[Records]) -> Records:
    """The records of several, one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Records(*(tuple(chain(*lists)) for lists in zip(*(part.lists for part in parts), strict=True)))


def named(session: str, found: Records) -> Records:
    """The same records, all of that session."""
    lists: Iterator[tuple[Any, ...]] = (tuple(replace(one, session=session) for one in held) for held in found.lists)
    return Records(*lists)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file in pieces, made anew each time that it is gone through.

    `parts` are records by the session that they are written for, whatever session they name themselves. The same
    records give the same bytes, in the order of `records.dump`; above 10,000 lines a session in that of the addresses.
    """

    kind: type[Record]
    parts: tuple[tuple[str, Sequence[Record]], ...]

    def __iter__(self) -> Iterator[bytes]:
        """The header, then pieces of many lines."""
        header = csv.dump(self.kind, ())  # type: ignore[type-var]
        yield header.encode()
        for session, found in self.parts:
            for piece in _pieces(found):
                placed = [one if one.session == session else replace(one, session=session) for one in piece]
                yield csv.dump(self.kind, placed).removeprefix(header).encode()  # type: ignore[type-var]

    def __bytes__(self) -> bytes:
        """The whole file."""
        return b"".join(self)


def _pieces(found: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """The records cut where the address changes, so that the cuts hang on the records alone, not on their order."""
    if len(found) <= _PIECE:
        yield found
        return
    ordered = sorted(found, key=_address)
    start = 0
    for stop in range(1, len(ordered)):
        if stop - start >= _PIECE and _address(ordered[stop]) != _address(ordered[stop - 1]):
            yield ordered[start:stop]
            start = stop
    yield ordered[start:]


def _address(one: Record) -> str:
    return one.email if isinstance(one, Registration | Visit) else ""


_PERSONAL: Mapping[str, type[Record]] = MappingProxyType({"registrations.csv": Registration, "attendance.csv": Visit})
_SHARED: Mapping[str, type[Record]] = MappingProxyType({"views.csv": ViewCount, "totals.csv": PlatformTotal})


def _stored(folder: Folder) -> Iterator[tuple[Path, type[Record]]]:
    """The files of people's records, session by session, in the order of their names. OutsideError for a folder that
    cannot be listed: it may hold some."""
    for place in folders.listed(folder.sessions):
        found = {path.name: path for path in folders.listed(place)}
        yield from ((found[file], kind) for file, kind in _PERSONAL.items() if file in found)


@dataclass(frozen=True, slots=True)
class Stored:
    """All that is stored in a cycle's folder, and the files that it stands in as they were read, by their paths in the
    folder."""

    records: Records
    files: Mapping[str, Identity]


def load(folder: Folder) -> Records:
    """All that is stored in a cycle's folder; raises as `read` does."""
    return read(folder).records


def read(folder: Folder) -> Stored:
    """The same with its files; RecordsError names the file that is not ours or was damaged, OutsideError what cannot be
    read or listed."""
    found: dict[type[Record], list[Any]] = {kind: [] for kind in (*_PERSONAL.values(), *_SHARED.values())}
    known: dict[str, Identity] = {}
    for path, kind in (*_stored(folder), *((folder.root / file, kind) for file, kind in _SHARED.items())):
        snapshot, file = folders.read(path, optional=True), path.relative_to(folder.root).as_posix()
        records, session = _records(snapshot, kind, file), path.parent.name
        if kind in _PERSONAL.values() and (strays := {one.session for one in records} - {session}):
            raise RecordsError("records.session", file=file, found=min(strays), session=session)
        found[kind] += records
        known[file] = snapshot.identity
    return Stored(Records(*map(tuple, found.values())), MappingProxyType(known))


@dataclass(frozen=True, slots=True)
class Files:
    """The files that hold a cycle's records, CSV (those of this module) or Parquet with the same columns."""

    registrations: tuple[Path, ...] = ()
    visits: tuple[Path, ...] = ()
    views: tuple[Path, ...] = ()
    totals: tuple[Path, ...] = ()

    def of(self, sessions: Collection[str]) -> Files:
        """Those of the people of these sessions, and those that hold nobody."""
        people = (self.registrations, self.visits)
        registrations, visits = (tuple(path for path in paths if path.parent.name in sessions) for paths in people)
        return Files(registrations, visits, self.views, self.totals)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.registrations or self.visits or self.views or self.totals)


def paths(folder: Folder) -> Files:
    """The files of records that stand in a cycle's folder, in the order of their names.

    Raises OutsideError where it cannot be told which there are.
    """
    stored = tuple(_stored(folder))
    found = ([path for path, kind in stored if kind is wanted] for wanted in _PERSONAL.values())
    shared = ([path] if (path := folder.root / file).exists() else [] for file in _SHARED)
    return Files(*map(tuple, (*found, *shared)))


def sessions(folder: Folder) -> tuple[str, ...]:
    """The sessions, by the names of their folders, of which people's records are stored: more than a header.

    Raises OutsideError where it cannot be told.
    """
    return _holding(folder, Registration, Visit)


def visited(folder: Folder) -> tuple[str, ...]:
    """The sessions, by the names of their folders, of which somebody's visits are stored; raises as `sessions` does."""
    return _holding(folder, Visit)


def _holding(folder: Folder, *kinds: type[Record]) -> tuple[str, ...]:
    headers = {kind: len(csv.dump(kind, ())) for kind in kinds}  # type: ignore[type-var]
    stored = ((path, headers[kind]) for path, kind in _stored(folder) if kind in headers)
    return tuple(dict.fromkeys(path.parent.name for path, header in stored if folders.size(path) > header))


def few_visits(folder: Folder, session: str) -> tuple[Path, tuple[Visit, ...]]:
    """The file of a session's stays, and those in it; none of a file that takes longer to read than a moment (1 MiB).

    Raises RecordsError as `load` does.
    """
    path = folder.sessions / session / "attendance.csv"
    if folders.size(path) > _SMALL:
        return path, ()
    return path, _records(folders.read(path, optional=True), Visit, path.relative_to(folder.root).as_posix())


def _records(found: Snapshot, kind: type[Record], file: str) -> tuple[Any, ...]:
    try:
        return csv.load(kind, found.data.decode("utf-8"), file) if found.data else ()
    except UnicodeDecodeError as problem:
        raise RecordsError("records.encoding", file=file) from problem


def by_session(found: Records) -> dict[str, Records]:
    """The records of each session; those of none below ""."""
    return grouped(found, lambda one: one.session)


def files(
    sessions: Mapping[str, Records], before: Mapping[str, Records] = MappingProxyType({})
) -> Iterator[tuple[str, Sheet, bool]]:
    """The files of these records by session: path in the folder, bytes in pieces, whether they are private.

    With what was stored `before`, only the files that a change reaches; one that holds nothing any more keeps its
    header.
    """
    changed = [name for name in sorted({*sessions, *before}) if sessions.get(name) is not before.get(name)]
    for session in filter(None, changed):
        for index, (file, kind) in enumerate(_PERSONAL.items()):
            new, old = (_list(holder, session, index) for holder in (sessions, before))
            if new or old:
                yield f"sessions/{session}/{file}", Sheet(kind, ((session, new),)), True
    for index, (file, kind) in enumerate(_SHARED.items(), start=len(_PERSONAL)):
        if any(_list(holder, session, index) for holder in (sessions, before) for session in changed):
            parts = tuple((session, _list(sessions, session, index)) for session in sorted(sessions))
            yield file, Sheet(kind, parts), False


def _list(holder: Mapping[str, Records], session: str, index: int) -> tuple[Record, ...]:
    return holder.get(session, Records()).lists[index]
