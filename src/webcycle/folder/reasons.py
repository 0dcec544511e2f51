"""Why the system refuses a file, as it is told."""

from __future__ import annotations

import errno
from pathlib import Path

from webcycle.errors import OutsideError

_WRITE_REASONS = {
    errno.EACCES: "write-denied",
    errno.EPERM: "write-denied",
    errno.EROFS: "write-read-only",
    errno.ENOSPC: "write-no-space",
    errno.EDQUOT: "write-no-space",
}


def write_error(path: Path, problem: OSError) -> OutsideError:
    """What stops a command that cannot write a file."""
    key = _WRITE_REASONS.get(problem.errno or 0, "write-failed")
    return OutsideError(key, file=str(path), **({"reason": reason(problem)} if key == "write-failed" else {}))


def read_error(path: Path, problem: OSError) -> OutsideError:
    """What stops a command that cannot read a file or list a folder."""
    if isinstance(problem, PermissionError):
        return OutsideError("file-denied", file=str(path))
    return OutsideError("file-unreadable", file=str(path), reason=reason(problem))


def reason(problem: OSError) -> str:
    """In the words of the system."""
    return problem.strerror or type(problem).__name__
