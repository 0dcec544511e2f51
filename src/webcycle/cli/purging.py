"""The command purge: a cycle without persons, its figures kept as they may be published.

Names of files go to standard output, never to standard error: they may tell of people.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.asking import agree
from webcycle.cli.state import CycleOption, LangOption, State, YesOption, language, now, shown, sound
from webcycle.errors import ExitCode, Language, RefusedError
from webcycle.plain import clean

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.exposure import Private
    from webcycle.folder import Folder
    from webcycle.identity import Directory
    from webcycle.privacy import Purge
    from webcycle.store import Records

# They hold the programme, or what commands wrote: a name of one word is a key there, and nobody's.
_KEYED = frozenset({"cycle.toml", "cycle.schema.json", "calendar.toml", "imports.toml", "purge-log.toml"})


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held of people, and how they are looked for; the sessions of which rows were imported that are not there,
    where figures are to be frozen."""

    records: Records
    directory: Directory
    private: Private
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rest:
    """Of the files that stay, those that tell of people, and those that cannot be read whole."""

    telling: tuple[Path, ...]
    unread: tuple[Path, ...]


def purge(
    ctx: typer.Context,
    early: Annotated[bool, typer.Option("--early", help="Before the day that the programme sets.")] = False,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Although rows that were imported are missing from the figures.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and write nothing.")] = False,
    yes: YesOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Remove everybody from the folder; keep the figures.

    On the day that [privacy] purge-after sets. The review is frozen as it may be published, and `report` tells it from
    then on. A log says what went, and no name.

    Files of yours stay. Those that tell of these people are named, and it ends with 1.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    said = language(lang, State.of(ctx).lang)
    folder = folders.find(Path.cwd(), cycle or State.of(ctx).cycle)
    with nullcontext() if dry_run else folders.lock(folder, "webcycle purge"):
        at_hand = sound(ctx, cycle)
        log = _log(folder)
        under_way = bool(log) and log[-1].finished is None
        going = _going(folder)
        if not (going or under_way):
            terminal.say(said, "command.purge.nothing")
            return
        if not under_way:
            _in_time(at_hand, early=early)
        held = _held(at_hand, log, said)
        rest = _rest(folder, going, held, said)
        _show(going, rest, said)
        lacking = bool(held.missing) and not incomplete
        if held.missing:
            terminal.say(said, "command.purge.incomplete", sessions=", ".join(held.missing))
        if lacking and not dry_run:
            raise RefusedError("privacy.purge-incomplete")
        if not dry_run:
            if not yes:
                agree(said, "command.purge.ask", for_good=True)
            if not under_way:
                log = (*log, _begin(at_hand, going, held, log, said, early=early))
            _remove(folder, going)
            _write_log(folder, (*log[:-1], replace(log[-1], finished=now())))
    if dry_run:
        terminal.say(said, "command.purge.dry-run")
    else:
        terminal.say(said, "command.purge.done", file=shown(folder.purges))
        _end(rest, said, known=held.private.people, again=under_way)
    if rest.telling or lacking:
        raise typer.Exit(ExitCode.FINDINGS)


def _log(folder: Folder) -> tuple[Purge, ...]:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import privacy  # noqa: PLC0415

    return privacy.read_log(folders.read(folder.purges, optional=True).data)


def _write_log(folder: Folder, log: Sequence[Purge]) -> None:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import privacy  # noqa: PLC0415

    folders.write(folder.purges, privacy.write_log(log))


def _going(folder: Folder) -> list[Path]:
    """The files that go. What commands do not know in the folder of the records stays.

    RefusedError where one of them, or one that is written, lies beyond a link that leads out of the folder: what is
    there may be anybody's.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard, privacy  # noqa: PLC0415

    kept = (folder.root / name for name in (privacy.FROZEN, privacy.FIGURES))
    guard.keep_inside(folder, (folder.purges, folder.imports, *kept))
    going = [path for path in folders.below(folder.root) if privacy.personal(path.relative_to(folder.root).as_posix())]
    guard.keep_inside(folder, going)
    return going


def _in_time(work: Work, *, early: bool) -> None:
    from webcycle import duties  # noqa: PLC0415 - `--help` must not pay for it

    until, today = duties.kept_until(work.programme), work.programme.local(now()).date()
    if early or (until is not None and today >= until):
        return
    if until is None:
        raise RefusedError("privacy.purge-undated")
    raise RefusedError("privacy.purge-early", day=until.isoformat())


# ---- what tells of people and stays


def _held(work: Work, log: Sequence[Purge], lang: Language) -> _Held:
    from webcycle import exposure, identity, privacy, store  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.cli import measuring  # noqa: PLC0415
    from webcycle.cli.people import decisions  # noqa: PLC0415

    _snapshot, people = decisions(work.folder, lang)
    stored = store.read(work.folder)
    directory = identity.resolve(stored.records.registrations, stored.records.visits, people)
    missing = privacy.missing(measuring.ledger(work), stored) if _is_to_freeze(work, log) else ()
    return _Held(stored.records, directory, exposure.private(work.folder, work.programme), missing)


def _is_to_freeze(work: Work, log: Sequence[Purge]) -> bool:
    """Whether there are records, and no earlier purge kept the figures or was begun."""
    from webcycle import privacy, store  # noqa: PLC0415 - `--help` must not pay for them

    under_way = bool(log) and log[-1].finished is None
    return not (under_way or privacy.kept(log)) and bool(store.sessions(work.folder))


def _rest(folder: Folder, going: Sequence[Path], held: _Held, lang: Language) -> _Rest:
    """What the files that stay tell of people, by what `check` finds in published ones: once these are gone, nobody
    can look for them any more. Each file is read once."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    gone = set(map(os.path.realpath, going))
    every = folders.below(folder.root) if held.private.people else ()
    staying = [path for path in every if os.path.realpath(path) not in gone]
    telling: list[Path] = []
    unread: list[Path] = []
    with terminal.progress(texts.say(lang, "command.purge.searching"), sum(map(folders.size, staying))) as done:
        for path in staying:
            found = _found(folder, path, held)
            if found & {"address", "name"}:
                telling.append(path)
            elif "unread" in found:
                unread.append(path)
            done(folders.size(path))
    return _Rest(tuple(telling), tuple(unread))


def _found(folder: Folder, path: Path, held: _Held) -> set[str]:
    """What is found in a file and its name, as `exposure.hits` calls it."""
    from webcycle import exposure  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import folder as folders  # noqa: PLC0415

    name, private = path.relative_to(folder.root).as_posix(), held.private
    if name in _KEYED:
        private = replace(private, alone=frozenset())
    large = folders.size(path) > exposure.MAX_FILE
    data = b"" if large else folders.read(path).data
    if path == folder.imports:
        data = _unnamed(data, held)
    return {hit.kind for hit in exposure.hits(private, name, data)} | ({"unread"} if large else set())


def _show(going: Sequence[Path], rest: _Rest, lang: Language) -> None:
    """Name the files that go, then those that stay and that only the user can see to."""
    for path in going:
        terminal.data(shown(path))
    terminal.say(lang, "command.purge.going", count=len(going), number=str(len(going)))
    for key, paths in (("telling", rest.telling), ("unread", rest.unread)):
        for path in paths:
            terminal.data(texts.say(lang, f"command.purge.{key}", {"file": clean(shown(path))}))


def _end(rest: _Rest, lang: Language, *, known: bool, again: bool) -> None:
    """Say what the search of the files that stay came to; where an earlier run was interrupted, whom it left out."""
    if rest.telling:
        terminal.say(lang, "command.purge.left", count=len(rest.telling), number=str(len(rest.telling)))
    elif known:
        terminal.say(lang, "command.purge.searched-but" if rest.unread else "command.purge.searched")
    if again:
        terminal.say(lang, "command.purge.again")


# ---- first the figures, and what will be told of the purge


def _begin(
    work: Work, going: Sequence[Path], held: _Held, log: Sequence[Purge], lang: Language, *, early: bool
) -> Purge:
    """Freeze the review, if there are records and no earlier purge did; then the log says that the purge has begun:
    another run ends it, and does not make the review of what is left."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import privacy  # noqa: PLC0415

    hashes = _freeze(work, held.private, lang) if _is_to_freeze(work, log) else ("", "")
    _hide_names(work.folder, held)
    begun = privacy.Purge(
        begun=now(),
        files=len(going),
        registrations=len(held.records.registrations),
        visits=len(held.records.visits),
        people=len(held.directory.persons),
        early=early,
        incomplete=bool(held.missing),
        review_sha256=hashes[0],
        figures_sha256=hashes[1],
    )
    _write_log(work.folder, (*log, begun))
    for name in (privacy.FROZEN, privacy.FIGURES) if hashes[0] else ():
        terminal.say(lang, "command.written", file=shown(folders.output(work.folder.root, name)))
    return begun


def _freeze(work: Work, private: Private, lang: Language) -> tuple[str, str]:
    """Write the review and the figures as they may be published; the hashes of both files."""
    from webcycle import exposure, joinlinks, privacy, published, review  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import folder as folders  # noqa: PLC0415
    from webcycle.cli import measuring  # noqa: PLC0415
    from webcycle.documents import review_data  # noqa: PLC0415
    from webcycle.review import data  # noqa: PLC0415

    figures = measuring.to_keep(work, lang)
    made = review.review(work.programme, now(), next(iter(figures.reviewed.values()), figures.published))
    told = data.dump(review_data.build(made, work.programme.cycle.language))
    files = ((privacy.FROZEN, told), (privacy.FIGURES, published.freeze(figures)))
    joinlinks.keep_private(work.programme, files)
    exposure.keep_private(private, files)
    for name, raw in files:
        folders.write(work.folder.root / name, raw)
    of_review, of_figures = (hashlib.sha256(raw).hexdigest() for _name, raw in files)
    return of_review, of_figures


def _hide_names(folder: Folder, held: _Held) -> None:
    """Take the names of people out of those of the files that were imported."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    found = folders.read(folder.imports, optional=True)
    if found.data:
        folders.write(folder.imports, _unnamed(found.data, held), expected=found.identity)


def _unnamed(raw: bytes, held: _Held) -> bytes:
    """The ledger of imports without them."""
    from webcycle import exposure, imports, privacy  # noqa: PLC0415 - `--help` must not pay for them

    of_theirs = privacy.telling((*held.records.registrations, *held.records.visits))

    def tells(name: str) -> bool:
        return of_theirs(name) or bool(exposure.hits(held.private, name, b""))

    return imports.write_ledger(privacy.unnamed(imports.read_ledger(raw.decode("utf-8", "replace")), tells))


# ---- then the files


def _remove(folder: Folder, going: Sequence[Path]) -> None:
    """Remove the files, then the folders that hold nothing any more."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    for path in going:
        folders.remove(path)
    for top in (folder.private, folder.sessions):
        _clear(top)


def _clear(place: Path) -> None:
    """Remove the folders below in which nothing is left, and the folder itself where nothing is left in it then."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    for one in folders.listed(place):
        if one.is_dir() and not one.is_symlink():
            _clear(one)
    if place.is_dir() and not place.is_symlink() and not folders.listed(place):
        folders.remove(place)
