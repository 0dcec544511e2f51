"""What is held of somebody in a cycle's folder, file by file, and each of these files without it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from webcycle import exposure, forgotten, legible, records
from webcycle import folder as folders
from webcycle.ledger import Entry, Ledger, read_ledger, shortened, write_ledger
from webcycle.legible import Needle
from webcycle.privacy import decisions
from webcycle.privacy.matching import matcher
from webcycle.privacy.subject import JOURNAL, Subject
from webcycle.records import Registration, Visit
from webcycle.store import Sheet

Kind = Literal["registration", "visit", "perhaps", "decision", "file-name", "made", "left", "own", "public"]
"""What it is, a key below `privacy.kind` in the texts: a row, or one that is perhaps of somebody else; a line of
people.toml; the name of an imported file; a file that commands made of several people, or that was left behind; a file
of the user's; one that is published."""

GOES: frozenset[Kind] = frozenset({"registration", "visit", "decision", "file-name", "made", "left"})
"""What `forget` removes; the rest only its owner can."""

Files = Iterable[tuple[str, bytes]]
"""Every file of the folder: its path in it, with slashes, and its bytes."""

_ROWS: Mapping[str, type[Registration] | type[Visit]] = MappingProxyType(
    {"registrations.csv": Registration, "attendance.csv": Visit}
)
_KINDS: Mapping[type[Registration] | type[Visit], Kind] = MappingProxyType(
    {Registration: "registration", Visit: "visit"}
)
_OURS = frozenset({forgotten.FILE, JOURNAL, ".webcycle.lock"})
# What the commands participants, whois, export-ics --invite and status write to out/private.
_MADE = (
    r"(?:participants(?:-{session})?|sign-in-{session})(?:-(?:fr|en))?\.(?:csv|xlsx|html|pdf|docx|json)",
    r"whois-[0-9a-f]{{16,64}}\.(?:md|html|pdf|json)",
    r"invitations/{session}(?:-[0-9a-f]{{16}}\.ics|\.csv)",
    r"duties\.ics",
)
_PRIVATE = "out/private/"
_CAPITAL = re.compile(r"(?<![A-Z\W\d_])(?=[A-Z])")
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
) -> tuple[Holding, ...]:
    """All that is held of this person, in the order of the files and lines; `made` is what `maker` gave, `beyond` the
    files that are reached through a link out of the folder: whatever their names, they are somebody's own."""
    found = [one for path, raw in files for one in _in(path, raw, subject, ledger, made, ours=path not in beyond)]
    return tuple(sorted(found, key=lambda one: (one.file, one.line or 0, one.part)))


def without(path: str, raw: bytes, subject: Subject) -> bytes | None:
    """The file as it is without this person; None for one that goes. RefusedError where people.toml cannot be edited,
    RecordsError for a file that is not ours or was damaged."""
    if kind := _records(path):
        session = path.split("/")[1]
        rest = tuple(one for one, _line in _rows(path, raw, kind) if not subject.made(one))
        return bytes(Sheet(kind, ((session, rest),)))
    if path == decisions.FILE:
        return decisions.without(raw, subject)
    if path == "imports.toml":
        return write_ledger(unnamed(read_ledger(raw.decode("utf-8", "replace")), lambda name: _tells(name, subject)))
    return None


def proof(subject: Subject, files: Files) -> tuple[Holding, ...]:
    """Every place where the bytes of a file, its name, or a row of the records still tell of this person; what webcycle
    needs to know whom to forget is no such place."""
    return tuple(one for path, raw in files if path not in _OURS for one in _told(path, raw, subject))


def _told(path: str, raw: bytes, subject: Subject) -> Iterator[Holding]:
    hits = _hits(path, raw, subject)
    yield from (Holding(path, hit.line, _stays(path), hit.part) for hit in hits)
    if kind := _records(path):
        lines = {hit.line for hit in hits}
        made = (line for one, line in _rows(path, raw, kind) if subject.made(one) and line not in lines)
        yield from (Holding(path, line, "own") for line in made)


def unread(files: Files) -> tuple[tuple[str, str], ...]:
    """The files, and the parts of them, that cannot be read whole: nobody can prove what they do not tell."""
    return tuple((path, part) for path, raw in files if path not in _OURS for part in legible.unread(raw))


def _in(
    path: str, raw: bytes, subject: Subject, ledger: Ledger, made: Callable[[str], bool], *, ours: bool
) -> Iterator[Holding]:
    if path in _OURS:
        return
    if kind := _records(path):
        yield from _held_rows(path, raw, kind, subject, ledger)
    elif path == decisions.FILE:
        for one in decisions.decisions(raw, subject):
            yield Holding(path, one.line, "decision", fields=MappingProxyType({"decision": one.text}))
    elif path == "imports.toml":
        for entry in ledger.entries.values():
            if any(_tells(words, subject) for words in (entry.file, entry.part)):
                fields = MappingProxyType({"file": entry.file} | ({"part": entry.part} if entry.part else {}))
                yield Holding(path, _line_of(raw, entry.source), "file-name", fields=fields)
    else:
        yield from _whole(path, raw, subject, made=ours and made(path), left=ours and _is_left(path))


def _whole(path: str, raw: bytes, subject: Subject, *, made: bool, left: bool) -> Iterator[Holding]:
    """A file that goes or stays whole. Of what commands made only a calendar surely shows whom it tells of."""
    if left and path.startswith((_PRIVATE, "sessions/", "people.toml")):
        yield Holding(path, None, "left")
    elif made and not path.endswith(".ics"):
        yield Holding(path, None, "made")
    elif hits := _hits(path, raw, subject):
        if left or made:
            yield Holding(path, None, "left" if left else "made")
        else:
            yield from (Holding(path, hit.line, _stays(path), hit.part) for hit in hits)


def _stays(path: str) -> Kind:
    return "public" if path.startswith("out/public/") else "own"


def _is_left(path: str) -> bool:
    """Whether a command that was killed or refused left the file behind: by the names that `folder` gives."""
    folder, _, name = path.rpartition("/")
    if folders.is_temporary(name):
        return not folder or path.startswith(("out/", "sessions/"))
    of = path.removesuffix(".rej")
    return of != path and (_records(of) is not None or of in _REWRITTEN)


def _hits(path: str, raw: bytes, subject: Subject) -> tuple[legible.Hit, ...]:
    """Where a file tells of a person, by what `check` would find too: the first place in each of its parts."""
    found: dict[tuple[str, str], legible.Hit] = {}
    held, data = _sought(path, raw, subject)
    for hit in exposure.hits(held, "", data, bounds=legible.bounds(raw)):
        if hit.kind != "unread":
            line = None if hit.inner else hit.line or None
            found.setdefault((hit.kind, hit.inner), legible.Hit(hit.kind, hit.inner, line))
    more = [hit for hit in legible.search(raw, subject.needles) if not _is_known(hit, found)]
    named = (legible.Hit("file", "", None),) if _tells(path, subject) else ()
    return (*found.values(), *more, *named)


def _sought(path: str, raw: bytes, subject: Subject) -> tuple[exposure.Private, bytes]:
    """What is looked for, and in what: of the records, rows of others too, names within one cell."""
    if _records(path) is None:
        return subject.private, raw
    return replace(subject.private, addresses={}), raw.replace(b",", b",0,")


def _is_known(hit: legible.Hit, found: Iterable[tuple[str, str]]) -> bool:
    return any(kind == hit.label and (not hit.part or f"{inner}/".startswith(f"{hit.part}/")) for kind, inner in found)


def _tells(name: str, subject: Subject) -> bool:
    """Whether the name of a file tells of a person; what stands before an address and a hyphen is none of it."""
    for address in subject.addresses:
        name = re.sub(rf"[-_](?={re.escape(address)})", " ", name, flags=re.IGNORECASE)
    return _names(name, subject.needles, subject.private)


def _names(name: str, needles: Iterable[Needle], private: exposure.Private) -> bool:
    """Whether it does with its words parted by blanks, by signs or by capitals."""
    parted = _CAPITAL.sub(" ", name)
    spellings = [legible.folded(text) for text in (name, re.sub(r"[-_.]+", " ", parted))]
    strict = any(one.pattern.search(text) for one in needles for text in spellings)
    return strict or any(exposure.hits(private, f"{name} 0 {parted}", b""))


def naming(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether the name of a file tells of somebody of such a name."""
    known = sorted(names)
    needles, private = tuple(map(legible.name, known)), matcher((), known)
    return lambda name: _names(name, needles, private)


# ---- rows


def _records(path: str) -> type[Registration] | type[Visit] | None:
    parts = path.split("/")
    return _ROWS.get(parts[2]) if len(parts) == 3 and parts[0] == "sessions" else None


def _rows(path: str, raw: bytes, kind: type[Registration] | type[Visit]) -> Iterator[tuple[Registration | Visit, int]]:
    """Each record with the line that it begins on."""
    text = raw.decode("utf-8", "strict") if raw else ""
    if not text:
        return
    found: Any = records.load(kind, text, path)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(lines)
    starts, last = [], lines.line_num
    for _cells in lines:
        starts.append(last + 1)
        last = lines.line_num
    yield from zip(found, starts, strict=True)


def _held_rows(
    path: str, raw: bytes, kind: type[Registration] | type[Visit], subject: Subject, ledger: Ledger
) -> Iterator[Holding]:
    for one, line in _rows(path, raw, kind):
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
    ours = _records(path) is not None or path in (decisions.FILE, forgotten.FILE, JOURNAL)
    return ours or path.startswith(_PRIVATE) or (_is_left(path) and path.startswith(("sessions/", "people.toml")))
