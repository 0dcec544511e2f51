"""What of a cycle's folder is searched for a person, and what of it cannot be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from webcycle import texts
from webcycle.cli import terminal
from webcycle.errors import Language

if TYPE_CHECKING:
    from webcycle.folder import Folder

# From so many bytes on the search is shown: it takes about a second for a million.
_LARGE = 8 << 20


@contextmanager
def files(folder: Folder, lang: Language) -> Iterator[Iterator[tuple[str, bytes]]]:
    """Every regular file of the folder, through links too, each once, not what git keeps for itself.

    Where there is much to read, a bar shows how far it is.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    sizes = {path: folders.size(path) for path in folders.below(folder.root)}
    total, words = sum(sizes.values()), texts.say(lang, "command.forget.searching")
    with terminal.progress(words, total) if total >= _LARGE else nullcontext(_unseen) as done:
        yield _read(folder, sizes, done)


def _read(folder: Folder, sizes: Mapping[Path, int], done: Callable[[int], object]) -> Iterator[tuple[str, bytes]]:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    for path, size in sizes.items():
        yield path.relative_to(folder.root).as_posix(), folders.read(path).data
        done(size)


def _unseen(_more: int) -> None:
    """The progress of what takes no time."""


def names(folder: Folder) -> Iterator[tuple[str, str]]:
    """The links of the folder, with where they lead, and what else has a name and is no file."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    return ((path.relative_to(folder.root).as_posix(), target) for path, target in folders.beside(folder.root))


def repositories(folder: Folder) -> tuple[str, ...]:
    """The git repositories inside the folder, by their paths in it."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    found = (path for path in folders.repositories(folder.root) if path != folder.root)
    return tuple(path.relative_to(folder.root).as_posix() for path in found)


def is_in_git(folder: Folder) -> bool:
    """Whether the folder is a git repository, or lies in one."""
    return any(os.path.lexists(one / ".git") for one in (folder.root, *folder.root.resolve().parents))
