"""The bytes of a file, and by what it is known again."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from webcycle.errors import OutsideError, RefusedError
from webcycle.folder.reasons import read_error


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a file is known again; all is zero and empty where there is no file."""

    inode: int = 0
    mtime_ns: int = 0
    size: int = 0
    sha256: str = ""


ABSENT = Identity()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file as it was read."""

    path: Path
    data: bytes
    identity: Identity


def read(path: Path, *, optional: bool = False, limit: int | None = None) -> Snapshot:
    """The bytes of a file and what they are known by; with `optional`, a file that does not exist is empty and ABSENT.

    Raises OutsideError, which names the file, also for what is no regular file (a pipe would be waited for, a device
    never ends), and RefusedError for a file of more than `limit` bytes, before it is read.
    """
    try:
        data, status = _bytes(path, limit)
    except FileNotFoundError as problem:
        if optional and not os.path.lexists(path):
            return Snapshot(path, b"", ABSENT)
        raise OutsideError("file-missing", file=str(path)) from problem
    except OSError as problem:
        raise read_error(path, problem) from problem
    digest = hashlib.sha256(data).hexdigest()
    return Snapshot(path, data, Identity(status.st_ino, status.st_mtime_ns, status.st_size, digest))


def size(path: Path) -> int:
    """How many bytes a file has: 0 where there is none. Raises OutsideError, which names the file."""
    try:
        return path.stat().st_size
    except FileNotFoundError as problem:
        if os.path.lexists(path):
            raise OutsideError("file-missing", file=str(path)) from problem
        return 0
    except OSError as problem:
        raise read_error(path, problem) from problem


def _bytes(path: Path, limit: int | None) -> tuple[bytes, os.stat_result]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OutsideError("file-not-regular", file=str(path))
        if limit is not None and status.st_size > limit:
            raise RefusedError("file-too-large", file=str(path), size=str(status.st_size), limit=str(limit))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(-1 if limit is None else limit + 1), status
    finally:
        os.close(descriptor)
