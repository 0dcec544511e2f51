"""What import writes, and its undoing: the records file by file, the ledger last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from webcycle.cli import terminal
from webcycle.cli.state import shown
from webcycle.errors import Language

if TYPE_CHECKING:
    from webcycle.folder import Folder
    from webcycle.imports import Ledger
    from webcycle.store import Records, Sheet

Writing = tuple[str, "Sheet", bool]
"""A file of records: its path in the folder, its bytes, whether it is private."""


def changed(sessions: Mapping[str, Records], before: Mapping[str, Records]) -> list[Writing]:
    """The files of records that are to be written."""
    from webcycle import store  # noqa: PLC0415 - `--help` must not pay for it

    return list(store.files(sessions, before))


def keep(
    folder: Folder, writing: Iterable[Writing], ledger: Ledger, agreed: Callable[[], None], lang: Language
) -> None:
    """Write them once the user has agreed; RefusedError where git would track one that is private."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard, imports  # noqa: PLC0415

    writing = list(writing)
    personal = [folder.root / name for name, _data, private in writing if private]
    guard.refuse_tracked(folder, personal)
    agreed()
    folders.shut(folder)
    folders.make_private(*{place: None for file in personal for place in (folder.sessions, file.parent)})
    for name, data, private in writing:
        new = folders.write(folder.root / name, data, private=private)
        terminal.say(lang, "command.written" if new else "command.unchanged", file=shown(folder.root / name))
    # Last: rows without an entry are put again, but an entry would hide that rows are missing; and by the entry an
    # import is known that is taken back, where that was interrupted.
    folders.write(folder.imports, imports.write_ledger(ledger))
