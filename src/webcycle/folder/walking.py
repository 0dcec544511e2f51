"""The files that lie in a folder, wherever links lead."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path


def below(place: Path, *, git: bool = False) -> Iterator[Path]:
    """Every regular file in a folder and below it, through links too, by the paths without a link first.

    A folder is gone into once, whatever leads to it. What `git` keeps for itself is left out unless it is asked for.
    """
    known: set[str] = set()
    waiting = deque([place])
    while waiting:
        for root, inside, names in os.walk(waiting.popleft()):
            real = os.path.realpath(root)
            if real in known:
                inside.clear()
                continue
            known.add(real)
            inside[:] = sorted(name for name in inside if git or name != ".git")
            waiting.extend(path for name in inside if (path := Path(root, name)).is_symlink())
            yield from (path for name in sorted(names) if (path := Path(root, name)).is_file())
