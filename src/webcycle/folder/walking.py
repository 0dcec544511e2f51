"""The files that lie in a folder, wherever links lead; what cannot be listed stops the command, as it may hold any."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from webcycle.errors import OutsideError
from webcycle.folder.reasons import read_error

# What lies in a repository without a folder of work.
_BARE = frozenset({"HEAD", "objects", "refs"})
# A link that leads nowhere, or to itself, and what was removed meanwhile.
_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})


def listed(place: Path) -> tuple[Path, ...]:
    """What lies in a folder, in the order of the names; nothing where no folder is.

    Raises OutsideError, which names the folder, where nobody can tell what it holds: also where a link leads nowhere,
    such as to a disk that is not there now.
    """
    try:
        return tuple(sorted(place.iterdir()))
    except NotADirectoryError:
        return ()
    except FileNotFoundError as problem:
        if place.is_symlink():
            raise OutsideError("file-missing", file=str(place)) from problem
        return ()
    except OSError as problem:
        raise read_error(place, problem) from problem


def below(place: Path, *, git: bool = False) -> Iterator[Path]:
    """Every regular file in a folder and below it, through links too, by the paths without a link first.

    A folder is gone into once, whatever leads to it. What `git` keeps for itself is left out unless it is asked for.
    Raises OutsideError, which names it, for a folder that cannot be listed and for what cannot be looked at: nobody can
    say then that these are all files.
    """
    for _folder, modes in _folders(place, git=git):
        yield from (path for path, mode in modes.items() if stat.S_ISREG(mode))


def beside(place: Path) -> Iterator[tuple[Path, str]]:
    """What else has a name in a folder and below it: every link, with where it leads; and, with nothing, each folder in
    which nothing lies but what git keeps, and what is neither a file nor a folder."""
    for folder, modes in _folders(place):
        for path, mode in modes.items():
            if path.is_symlink():
                yield path, str(path.readlink())
            elif not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                yield path, ""
        if all(path.name == ".git" for path in modes):
            yield folder, ""


def repositories(place: Path) -> Iterator[Path]:
    """The git repositories in a folder and below it, bare ones too: `below` gives no former state of their files."""
    for folder, modes in _folders(place):
        names = {path.name for path in modes}
        if ".git" in names or names >= _BARE:
            yield folder


def _folders(place: Path, *, git: bool = False) -> Iterator[tuple[Path, dict[Path, int]]]:
    """Each folder once, with all that lies in it and what each of these leads to, as `_mode` tells it."""
    known: set[str] = set()
    linked = deque([place])
    while linked:
        waiting = [linked.popleft()]
        while waiting:
            folder = waiting.pop()
            if (real := os.path.realpath(folder)) not in known:
                known.add(real)
                modes = {path: _mode(path) for path in listed(folder)}
                folders = [path for path, mode in modes.items() if stat.S_ISDIR(mode)]
                inside = [path for path in folders if git or path.name != ".git"]
                linked.extend(path for path in inside if path.is_symlink())
                waiting.extend(path for path in reversed(inside) if not path.is_symlink())
                yield folder, modes


def _mode(path: Path) -> int:
    """What a path leads to, as `stat` tells it: 0 for nothing."""
    try:
        return path.stat().st_mode
    except OSError as problem:
        if problem.errno in _NOWHERE:
            return 0
        raise read_error(path, problem) from problem
