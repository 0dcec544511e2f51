"""An import taken back: its rows, totals and views leave the records, and its entry the ledger. Nothing is written.

Marks of those who are forgotten stay, so that to import the same file again brings none of them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from webcycle import store
from webcycle.errors import UsageError
from webcycle.ledger import Entry, Ledger, shortened
from webcycle.store import Records


@dataclass(frozen=True, slots=True)
class Taken:
    """A table that is taken back: its source, its entry (None where the ledger lost it), what is held by session."""

    source: str
    entry: Entry | None
    records: Mapping[str, Records]


@dataclass(frozen=True, slots=True)
class Undoing:
    """The tables that are taken back; what each session holds before and after; the ledger after."""

    taken: tuple[Taken, ...]
    before: Mapping[str, Records]
    sessions: Mapping[str, Records]
    ledger: Ledger


def undo(stored: Records, ledger: Ledger, given: Iterable[str]) -> Undoing:
    """What is held without these imports; each is named by its id (the `source` of its rows) or the name of its file.

    The tables of an archive or workbook are all meant by the name of the file. Raises UsageError for what names none,
    and for the name of several files.
    """
    held = store.grouped(stored, lambda one: (one.source, one.session))
    known = {*ledger.entries, *(source for source, _session in held)} - {""}
    sources = {source for name in given for source in _meant(name, known, ledger)}
    before = store.by_session(stored)
    reached = {session for source, session in held if source in sources}
    parts = {
        name: [rows for (source, of), rows in held.items() if of == name and source not in sources] for name in reached
    }
    sessions = {name: store.joined(parts[name]) if name in reached else rows for name, rows in before.items()}
    entries = {source: entry for source, entry in ledger.entries.items() if source not in sources}
    taken = (_taken(source, ledger, held) for source in sorted(sources))
    return Undoing(tuple(taken), before, sessions, Ledger(MappingProxyType(entries)))


def _taken(source: str, ledger: Ledger, held: Mapping[tuple[str, str], Records]) -> Taken:
    records = {session: rows for (of, session), rows in sorted(held.items(), key=lambda one: one[0]) if of == source}
    return Taken(source, ledger.entries.get(source), MappingProxyType(records))


def _meant(name: str, known: set[str], ledger: Ledger) -> tuple[str, ...]:
    if name in known:
        return (name,)
    found = [entry for entry in ledger.entries.values() if entry.file == shortened(name)]
    if not found:
        raise UsageError("import.undo-unknown", found=name, known=", ".join(_named(known, ledger)) or "-")
    if len({entry.sha256 for entry in found}) > 1:
        several = ", ".join(_named({entry.source for entry in found}, ledger))
        raise UsageError("import.undo-several", found=name, known=several)
    return tuple(entry.source for entry in found)


def _named(sources: Iterable[str], ledger: Ledger) -> Iterator[str]:
    """The imports as a user can tell them apart, in the order of importing."""
    entries = [ledger.entries[source] for source in sources if source in ledger.entries]
    for one in sorted(entries, key=lambda entry: (entry.imported, entry.source)):
        yield f"{one.source} ({one.file}{': ' if one.part else ''}{one.part}, {one.imported:%Y-%m-%d %H:%M} UTC)"
    yield from sorted(source for source in sources if source not in ledger.entries)
