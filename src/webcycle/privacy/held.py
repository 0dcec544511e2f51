"""What is held of somebody in a cycle's folder, file by file, and each of these files without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from webcycle import folder as folders
from webcycle import forgotten, records
from webcycle.ledger import Entry, Ledger, read_ledger, shortened, write_ledger
from webcycle.privacy import decisions
from webcycle.privacy.planned import parted
from webcycle.privacy.rows import kind_of, rows
from webcycle.privacy.search import Seen, seen, tells
from webcycle.privacy.subject import JOURNAL, Subject
from webcycle.records import Registration, Visit
from webcycle.store import Sheet

Kind = Literal[
    "registration",
    "visit",
    "perhaps",
    "decision",
    "file-name",
    "made",
    "left",
    "own",
    "public",
    "programme",
    "as-programme",
]
"""What it is, a key below `privacy.kind` in the texts: a row, or one that is perhaps of somebody else; a line of
people.toml; the name of an imported file; a file that commands made of several people, or that was left behind; a file
of the user's; one that is published; what the programme says, or what is published as it says it."""

GOES: frozenset[Kind] = frozenset({"registration", "visit", "decision", "file-name", "made", "left"})
"""What `forget` removes; the rest only its owner can."""

Files = Iterable[tuple[str, bytes]]
"""Every file of the folder: its path in it, with slashes, and its bytes."""

Names = Iterable[tuple[str, str]]
"""What has a name in the folder and is no file: its path in it, and where a link leads."""

_KINDS: Mapping[type[Registration] | type[Visit], Kind] = MappingProxyType(
    {Registration: "registration", Visit: "visit"}
)
OURS = frozenset({forgotten.FILE, JOURNAL, ".webcycle.lock"})
# What the commands participants, whois, export-ics --invite and status write to out/private.
_MADE = (
    r"(?:participants(?:-{session})?|sign-in-{session})(?:-(?:fr|en))?\.(?:csv|xlsx|html|pdf|docx|json)",
    r"whois-[0-9a-f]{{16,64}}\.(?:md|html|pdf|json)",
    r"invitations/{session}(?:-[0-9a-f]{{16}}\.ics|\.csv)",
    r"duties\.ics",
)
_PRIVATE, PUBLIC = "out/private/", "out/public/"
# What is written only where it is what was read, else to NAME.rej.
_REWRITTEN = frozenset({folders.PROGRAMME, decisions.FILE, "imports.toml"})
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that is held: in which file and line (from 1; None for a whole file), and what it says.

    `part` is where in an archive. `fields` are the columns that hold something, `source` the file that it came from.
    """

    file: str
    line: int | None
    kind: Kind
    part: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: _NO_FIELDS)
    source: str = ""


def maker(sessions: Iterable[str]) -> Callable[[str], bool]:
    """Whether the file of a path in out/private is one that commands make; `sessions` are the ids of the sessions."""
    session = "|".join(map(re.escape, sorted(sessions))) or "(?!)"
    known = re.compile("|".join(_MADE).format(session=f"(?:{session})"))
    return lambda path: path.startswith(_PRIVATE) and known.fullmatch(path.removeprefix(_PRIVATE)) is not None


def held(
    subject: Subject,
    files: Files,
    ledger: Ledger,
    made: Callable[[str], bool],
    beyond: Collection[str] = (),
    names: Names = (),
) -> tuple[Holding, ...]:
    """All that is held of this person, in the order of the files and lines; `made` is what `maker` gave, `beyond` the
    files that are reached through a link out of the folder: whatever their names, they are somebody's own."""
    found = [one for path, raw in files for one in _in(path, raw, subject, ledger, made, ours=path not in beyond)]
    found += named(subject, names)
    return tuple(sorted(found, key=lambda one: (one.file, one.line or 0, one.part)))


def without(path: str, raw: bytes, subject: Subject) -> bytes | None:
    """The file as it is without this person; None for one that goes. RefusedError where people.toml cannot be edited,
    RecordsError for a file that is not ours or was damaged."""
    if kind := kind_of(path):
        session = path.split("/")[1]
        rest = tuple(one for one, _line in rows(path, raw, kind) if not subject.made(one))
        return bytes(Sheet(kind, ((session, rest),)))
    if path == decisions.FILE:
        return decisions.without(raw, subject)
    if path == "imports.toml":
        return write_ledger(unnamed(read_ledger(raw.decode("utf-8", "replace")), lambda name: tells(name, subject)))
    return None


def named(subject: Subject, names: Names) -> Iterator[Holding]:
    """The folders, links and other things whose names, or where they lead, tell of this person."""
    for path, target in names:
        if tells(path, subject) or tells(target, subject):
            yield Holding(path, None, _stays(path))


def told(path: str, found: Seen, kind: Kind | None = None) -> Iterator[Holding]:
    """What was found in a file that stays, each place."""
    return (Holding(path, hit.line, kind or _stays(path), hit.part) for hit in found.hits)


def in_programme(raw: bytes, subject: Subject) -> Iterator[Holding]:
    """What the programme says of this person, and what only its comments do, which nobody publishes."""
    said, notes = parted(raw)
    yield from told(folders.PROGRAMME, seen(folders.PROGRAMME, said, subject), "programme")
    yield from told(folders.PROGRAMME, seen(folders.PROGRAMME, notes, subject))


def _in(
    path: str, raw: bytes, subject: Subject, ledger: Ledger, made: Callable[[str], bool], *, ours: bool
) -> Iterator[Holding]:
    if path in OURS:
        return
    if kind := kind_of(path):
        yield from _held_rows(path, raw, kind, subject, ledger)
    elif path == decisions.FILE:
        for one in decisions.decisions(raw, subject):
            yield Holding(path, one.line, "decision", fields=MappingProxyType({"decision": one.text}))
    elif path == "imports.toml":
        for entry in ledger.entries.values():
            if any(tells(words, subject) for words in (entry.file, entry.part)):
                fields = MappingProxyType({"file": entry.file} | ({"part": entry.part} if entry.part else {}))
                yield Holding(path, _line_of(raw, entry.source), "file-name", fields=fields)
    elif path == folders.PROGRAMME:
        yield from in_programme(raw, subject)
    else:
        yield from _whole(path, raw, subject, made=ours and made(path), left=ours and _is_left(path))


def _whole(path: str, raw: bytes, subject: Subject, *, made: bool, left: bool) -> Iterator[Holding]:
    """A file that goes or stays whole. Of what commands made only a calendar surely shows whom it tells of."""
    if left and path.startswith((_PRIVATE, "sessions/", "people.toml")):
        yield Holding(path, None, "left")
    elif made and not path.endswith(".ics"):
        yield Holding(path, None, "made")
    elif (found := seen(path, raw, subject)).hits:
        yield from (Holding(path, None, "left" if left else "made"),) if left or made else told(path, found)


def _stays(path: str) -> Kind:
    return "public" if path.startswith(PUBLIC) else "own"


def _is_left(path: str) -> bool:
    """Whether a command that was killed or refused left the file behind: by the names that `folder` gives."""
    folder, _, name = path.rpartition("/")
    if folders.is_temporary(name):
        return not folder or path.startswith(("out/", "sessions/"))
    of = path.removesuffix(".rej")
    return of != path and (kind_of(of) is not None or of in _REWRITTEN)


def _held_rows(
    path: str, raw: bytes, kind: type[Registration] | type[Visit], subject: Subject, ledger: Ledger
) -> Iterator[Holding]:
    for one, line in rows(path, raw, kind):
        if subject.made(one) or subject.may_have_made(one):
            entry = ledger.entries.get(one.source)
            what = _KINDS[kind] if subject.made(one) else "perhaps"
            yield Holding(path, line, what, fields=_fields(kind, one), source=entry.file if entry else "")


def _fields(kind: type[Registration] | type[Visit], one: Registration | Visit) -> Mapping[str, str]:
    """What the columns hold, as they are written, without the signs that only a spreadsheet needs."""
    cells = {name: codec.write(getattr(one, name)) for name, codec in records.columns(kind).items()}
    texts = {name: getattr(one, name) if isinstance(getattr(one, name), str) else cell for name, cell in cells.items()}
    return MappingProxyType({name: text for name, text in texts.items() if text})


# ---- the ledger of imports


def _line_of(raw: bytes, source: str) -> int:
    return raw[: raw.find(source.encode())].count(b"\n") + 1


def unnamed(ledger: Ledger, tells: Callable[[str], bool]) -> Ledger:
    """The ledger whose names of files tell of nobody, by `tells`; nor hold any address."""
    entries = {source: entry.model_copy(update=_harmless(entry, tells)) for source, entry in ledger.entries.items()}
    return Ledger(MappingProxyType(entries))


def _harmless(entry: Entry, tells: Callable[[str], bool]) -> dict[str, str]:
    names = {"file": entry.file, "part": entry.part}
    return {field: "…" if tells(name) else shortened(name) if "@" in name else name for field, name in names.items()}


def personal(path: str) -> bool:
    """Whether a file holds persons and goes with a purge: the records, people.toml, all of out/private, the marks of
    the forgotten, and what was left of such files."""
    ours = kind_of(path) is not None or path in (decisions.FILE, forgotten.FILE, JOURNAL)
    return ours or path.startswith(_PRIVATE) or (_is_left(path) and path.startswith(("sessions/", "people.toml")))
