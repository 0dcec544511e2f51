"""A programme as it was: a file, a folder of a cycle, or what git knows of it under a revision."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from webcycle import folder as folders
from webcycle.errors import OutsideError, RefusedError, UsageError

_SECONDS = 30
# Set in a hook, they would send git to another repository than that of the folder.
_REDIRECTIONS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"})


def read(found: str, here: Path, limit: int) -> bytes:
    """The bytes of the programme that this names: a file or the folder of a cycle, else "REVISION" or "REVISION:FILE".

    A revision is looked up in the repository of the folder `here`; alone it stands for the `cycle.toml` in that folder.
    Raises UsageError for what is none of these, OutsideError where git cannot be asked, and what `folder.read` raises.
    """
    if found.startswith("-"):
        raise UsageError("revision.option", found=found)
    path = Path(found)
    if "\0" not in found and os.path.lexists(path):
        return folders.read(path / folders.PROGRAMME if path.is_dir() else path, limit=limit).data
    data = _blob(found, found if ":" in found else f"{found}:./{folders.PROGRAMME}", here)
    if len(data) > limit:
        raise RefusedError("file-too-large", file=found, size=str(len(data)), limit=str(limit))
    return data


def file_of(found: str) -> str:
    """The name of the file that `read` reads under this: "cycle.toml" in a folder, or of a revision alone."""
    path = Path(found)
    if "\0" not in found and os.path.lexists(path):
        return str(path / folders.PROGRAMME) if path.is_dir() else found
    return found if ":" in found else f"{found}:{folders.PROGRAMME}"


def _blob(found: str, name: str, here: Path) -> bytes:
    """What git keeps under a name, as it is: no filter of the repository is run, and nothing is fetched for it."""
    environment = {name: value for name, value in os.environ.items() if name not in _REDIRECTIONS}
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed list; the name cannot begin with a hyphen
            ("git", "-c", "core.fsmonitor=false", "cat-file", "blob", name),  # noqa: S607 - the user's git
            cwd=here,
            env={**environment, "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as problem:
        raise OutsideError("revision.no-git", found=found) from problem
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        raise OutsideError("revision.failed", found=found, reason=type(problem).__name__) from problem
    if answer.returncode != 0:
        said = os.fsdecode(answer.stderr).strip().removeprefix("fatal: ")
        raise UsageError("revision.unknown", found=found, reason=said or "?")
    return answer.stdout
