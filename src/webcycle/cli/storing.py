"""What import and its undoing read and write: the records file by file, the ledger last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from webcycle.cli import terminal
from webcycle.cli.state import shown
from webcycle.errors import Language, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from webcycle.folder import Folder, Identity
    from webcycle.imports import Ledger
    from webcycle.store import Records, Sheet

Writing = tuple[str, "Sheet", bool]
"""A file of records: its path in the folder, its bytes, whether it is private."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a folder holds of records, the ledger of imports, and the files of both as they were read."""

    records: Records
    ledger: Ledger
    files: Mapping[Path, Identity]


def stored(folder: Folder) -> Stored:
    """What is there now."""
    from webcycle import ledger, store  # noqa: PLC0415 - `--help` must not pay for them

    held, (known, identity) = store.read(folder), ledger.read(folder)
    files = {folder.root / name: one for name, one in held.files.items()}
    return Stored(held.records, known, {**files, folder.imports: identity})


def changed(sessions: Mapping[str, Records], before: Mapping[str, Records]) -> list[Writing]:
    """The files of records that are to be written."""
    from webcycle import store  # noqa: PLC0415 - `--help` must not pay for it

    return list(store.files(sessions, before))


def keep(
    folder: Folder,
    writing: Iterable[Writing],
    ledger: Ledger,
    before: Stored,
    agreed: Callable[[], None],
    lang: Language,
) -> None:
    """Write them once the user has agreed; RefusedError where git would track one that is private, where one lies
    beyond a link that leads out of the folder, and where one is not as it was `before`: nothing is written then, or
    nothing after it."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard, imports  # noqa: PLC0415

    writing = list(writing)
    personal = [folder.root / name for name, _data, private in writing if private]
    every = (folder.imports, *(folder.root / name for name, _data, _private in writing))
    guard.refuse_tracked(folder, personal)
    guard.keep_inside(folder, every)
    agreed()
    expected = {path: before.files.get(path, folders.ABSENT) for path in every}
    _refuse_changed(expected)
    folders.shut(folder)
    folders.make_private(*{place: None for file in personal for place in (folder.sessions, file.parent)})
    for name, data, private in writing:
        path = folder.root / name
        new = folders.write(path, data, expected=expected[path], private=private)
        terminal.say(lang, "command.written" if new else "command.unchanged", file=shown(path))
    # Last: rows without an entry are put again, but an entry would hide that rows are missing; and by the entry an
    # import is known that is taken back, where that was interrupted.
    folders.write(folder.imports, imports.write_ledger(ledger), expected=expected[folder.imports])


def _refuse_changed(expected: Mapping[Path, Identity]) -> None:
    """RefusedError for a file that somebody saved meanwhile, before anything is written."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    for path, identity in expected.items():
        if folders.read(path, optional=True).identity != identity:
            raise RefusedError("changed-meanwhile", file=shown(path))
