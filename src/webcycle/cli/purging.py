"""The command purge: a cycle without persons, its figures kept as they may be published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle.cli import terminal
from webcycle.cli.asking import agree
from webcycle.cli.state import CycleOption, LangOption, State, YesOption, language, now, shown, sound
from webcycle.errors import Language, RefusedError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.folder import Folder
    from webcycle.identity import Directory
    from webcycle.privacy import Purge


def purge(
    ctx: typer.Context,
    early: Annotated[bool, typer.Option("--early", help="Before the day that the programme sets.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and write nothing.")] = False,
    yes: YesOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Remove everybody from the folder; keep the figures.

    On the day that [privacy] purge-after sets. The review is frozen as it may be published, and `report` tells it from
    then on. A log says what went, and no name.
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
        for path in going:
            terminal.data(shown(path))
        terminal.say(said, "command.purge.going", count=len(going), number=str(len(going)))
        if dry_run:
            terminal.say(said, "command.purge.dry-run")
            return
        if not yes:
            agree(said, "command.purge.ask", for_good=True)
        if not under_way:
            log = (*log, _begin(at_hand, going, log, said, early=early))
        _remove(folder, going)
        _write_log(folder, (*log[:-1], replace(log[-1], finished=now())))
    terminal.say(said, "command.purge.done", file=shown(folder.purges))


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

    RefusedError where one of them lies beyond a link that leads out of the folder: what is there may be anybody's.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import privacy  # noqa: PLC0415

    going = [path for path in folders.below(folder.root) if privacy.personal(path.relative_to(folder.root).as_posix())]
    if beyond := next((one for one in going if not folders.is_within(one.parent, folder.root)), None):
        raise RefusedError("privacy.beyond-a-link", file=shown(beyond))
    return going


def _in_time(work: Work, *, early: bool) -> None:
    from webcycle import duties  # noqa: PLC0415 - `--help` must not pay for it

    until, today = duties.kept_until(work.programme), work.programme.local(now()).date()
    if early or (until is not None and today >= until):
        return
    if until is None:
        raise RefusedError("privacy.purge-undated")
    raise RefusedError("privacy.purge-early", day=until.isoformat())


# ---- first the figures, and what will be told of the purge


def _begin(work: Work, going: Sequence[Path], log: Sequence[Purge], lang: Language, *, early: bool) -> Purge:
    """Freeze the review, if there are records and no earlier purge did; then the log says that the purge has begun:
    another run ends it, and does not make the review of what is left."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import identity, privacy, store  # noqa: PLC0415
    from webcycle.cli.people import decisions  # noqa: PLC0415

    _snapshot, people = decisions(work.folder, lang)
    records = store.load(work.folder)
    directory = identity.resolve(records.registrations, records.visits, people)
    hashes = ("", "") if privacy.kept(log) or not store.sessions(work.folder) else _freeze(work, lang)
    _hide_names(work.folder, directory)
    begun = privacy.Purge(
        begun=now(),
        files=len(going),
        registrations=len(records.registrations),
        visits=len(records.visits),
        people=len(directory.persons),
        early=early,
        review_sha256=hashes[0],
        figures_sha256=hashes[1],
    )
    _write_log(work.folder, (*log, begun))
    for name in (privacy.FROZEN, privacy.FIGURES) if hashes[0] else ():
        terminal.say(lang, "command.written", file=shown(folders.output(work.folder.root, name)))
    return begun


def _freeze(work: Work, lang: Language) -> tuple[str, str]:
    """Write the review and the figures as they may be published; the hashes of both files."""
    from webcycle import exposure, joinlinks, privacy, published, review  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import folder as folders  # noqa: PLC0415
    from webcycle.cli import measuring  # noqa: PLC0415
    from webcycle.documents import review_data  # noqa: PLC0415
    from webcycle.review import data  # noqa: PLC0415

    figures = measuring.publishable(work, lang)
    made = review.review(work.programme, now(), figures)
    told = data.dump(review_data.build(made, work.programme.cycle.language))
    files = ((privacy.FROZEN, told), (privacy.FIGURES, published.freeze(figures)))
    joinlinks.keep_private(work.programme, files)
    exposure.keep_private(exposure.private(work.folder, work.programme), files)
    for name, raw in files:
        folders.write(work.folder.root / name, raw)
    of_review, of_figures = (hashlib.sha256(raw).hexdigest() for _name, raw in files)
    return of_review, of_figures


def _hide_names(folder: Folder, directory: Directory) -> None:
    """Take the names of people out of those of the files that were imported."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import imports, privacy  # noqa: PLC0415

    found = folders.read(folder.imports, optional=True)
    if found.data:
        names = {name for one in directory.persons.values() for name in one.names if " " in name}
        ledger = imports.read_ledger(found.data.decode("utf-8", "replace"))
        hidden = privacy.unnamed(ledger, privacy.naming(names))
        folders.write(folder.imports, imports.write_ledger(hidden), expected=found.identity)


# ---- then the files


def _remove(folder: Folder, going: Sequence[Path]) -> None:
    """Remove the files, then the folders that hold nothing any more."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    for path in going:
        folders.remove(path)
    for top in (folder.private, folder.sessions):
        inside = sorted((one for one in top.rglob("*") if one.is_dir()), reverse=True)
        for one in (*inside, top):
            if one.is_dir() and not one.is_symlink() and not any(one.iterdir()):
                folders.remove(one)
