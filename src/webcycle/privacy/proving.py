"""The proof that nobody finds a person any more: every file is searched, and the names of all else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from webcycle import folder as folders
from webcycle.privacy.held import OURS, PUBLIC, Files, Holding, Names, in_programme, named, told
from webcycle.privacy.planned import unsaid
from webcycle.privacy.rows import kind_of, rows
from webcycle.privacy.search import Seen, seen
from webcycle.privacy.subject import Subject

_PLANNED = frozenset({"programme", "as-programme"})


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a person is still found; the files, with the part of each, that cannot be read whole: nobody can prove what
    they do not tell; and where the programme says it, and what is published as it does: that is its author's to decide.
    """

    left: tuple[Holding, ...]
    unread: tuple[tuple[str, str], ...] = ()
    planned: tuple[Holding, ...] = ()


def proof(subject: Subject, files: Files, names: Names = (), programme: bytes = b"") -> Proof:
    """Every place where the bytes of a file, a name, or a row of the records still tell of this person; what webcycle
    needs to know whom to forget is no such place. Each file is read once; `programme` are the bytes of cycle.toml."""
    found: list[Holding] = []
    unread: list[tuple[str, str]] = []
    rest = unsaid(subject, programme)
    for path, raw in files:
        if path not in OURS:
            once = seen(path, raw, subject)
            unread += ((path, part) for part in once.unread)
            found += _found(path, raw, subject, once, rest) if once.hits or kind_of(path) else ()
    found += named(subject, names)
    left, planned = ([one for one in found if (one.kind in _PLANNED) is said] for said in (False, True))
    return Proof(tuple(left), tuple(unread), tuple(planned))


def _found(path: str, raw: bytes, subject: Subject, once: Seen, rest: Subject) -> Iterator[Holding]:
    if path == folders.PROGRAMME:
        yield from in_programme(raw, subject)
    elif path.startswith(PUBLIC) and rest != subject:
        more = seen(path, raw, rest)
        yield from told(path, more) if more.hits else told(path, once, "as-programme")
    else:
        yield from told(path, once)
        yield from _by_key(path, raw, subject, {hit.line for hit in once.hits})


def _by_key(path: str, raw: bytes, subject: Subject, known: set[int | None]) -> Iterator[Holding]:
    """The rows that only a key tells to be theirs."""
    if kind := kind_of(path):
        lines = (line for one, line in rows(path, raw, kind) if subject.made(one) and line not in known)
        yield from (Holding(path, line, "own") for line in lines)
