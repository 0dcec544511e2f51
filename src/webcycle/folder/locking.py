"""One command at a time in a folder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, islice
from pathlib import Path

from webcycle.errors import OutsideError
from webcycle.folder.places import Folder, is_temporary
from webcycle.folder.reasons import reason, write_error

LOCK = ".webcycle.lock"

_RETRY_SECONDS = 0.05


@contextmanager
def lock(folder: Folder, command: str = "webcycle", *, wait: float = 10.0) -> Iterator[None]:
    """Work alone in a folder: every command that writes holds this from its first read to its last write.

    `command` is what another one is told, so it must hold nothing private. What a killed command left is removed.
    Raises OutsideError when another one holds it longer than `wait` seconds.
    """
    path = folder.root / LOCK
    try:
        # A link of that name, in a folder that came from elsewhere, must not be written through.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as problem:
        raise write_error(path, problem) from problem
    with closing(os.fdopen(descriptor, "r+", encoding="utf-8")) as file:
        _acquire(file.fileno(), folder, wait)
        _note(file.fileno(), f"{os.getpid()} {command}\n")
        try:
            _remove_stale(folder)
            yield
        finally:
            _note(file.fileno(), "")


def _acquire(descriptor: int, folder: Folder, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            if time.monotonic() >= deadline:
                pid, _, command = os.pread(descriptor, 500, 0).decode("utf-8", "replace").strip().partition(" ")
                holder = {"pid": pid or "?", "command": command or "?"}
                raise OutsideError("locked", folder=str(folder.root), seconds=f"{wait:g}", **holder) from problem
            time.sleep(_RETRY_SECONDS)
        except OSError as problem:
            raise OutsideError("lock-failed", file=str(folder.root / LOCK), reason=reason(problem)) from problem
        else:
            return


def _note(descriptor: int, words: str) -> None:
    # Who holds the lock is told for comfort only: a full disk must not stop the command here.
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, words.encode(), 0)


def _remove_stale(folder: Folder) -> None:
    """Remove the temporary files of killed commands: no other command can be writing while the lock is held."""
    walks = (islice(os.walk(folder.root), 1), os.walk(folder.root / "out"), os.walk(folder.sessions))
    for place, _, names in chain.from_iterable(walks):
        for path in (Path(place, name) for name in names if is_temporary(name)):
            if path.is_file() and not path.is_symlink():
                with suppress(OSError):
                    path.unlink()
