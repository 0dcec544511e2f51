"""Keeps personal files where they belong: in the folder of the cycle, and out of git, which itself is asked whether it
would track them."""

from __future__ import annotations

import os
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from webcycle.errors import OutsideError, RefusedError
from webcycle.folder import Folder, is_within

_SECONDS = 30
# Set in a hook, they would send git to another repository than that of the file.
_REDIRECTIONS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"})


def refuse_tracked(folder: Folder, paths: Iterable[Path]) -> None:
    """Raise RefusedError where git tracks one of these personal files of `folder`, or would: no rule ignores it; also
    where one lies beyond a link, as `keep_inside` does.

    A file needs not exist yet, and links are followed, as `webcycle.folder.write` does. Outside of a repository all is
    well. Raises OutsideError where the file lies in a repository but git cannot be asked.
    """
    paths = tuple(paths)
    keep_inside(folder, paths)
    for path, top in tracked(paths).items():
        raise RefusedError("guard.tracked", file=_shown(Path(os.path.realpath(path)), folder), folder=str(top))


def keep_inside(folder: Folder, paths: Iterable[Path]) -> None:
    """Raise RefusedError where a link leads one of these files of `folder` out of it: what is there may be anybody's.

    The folder itself may lie behind a link.
    """
    if beyond := next((path for path in paths if not is_within(path, folder.root)), None):
        raise RefusedError("privacy.beyond-a-link", file=str(beyond.relative_to(folder.root)))


def tracked(paths: Iterable[Path]) -> Mapping[Path, Path]:
    """Those of these files that git tracks, or would, with the top of the working tree that each is really in.

    Raises OutsideError as `refuse_tracked` does.
    """
    found: dict[Path, Path] = {}
    for top, names in _by_repository(paths).items():
        ignored = _ignored(top, names.values())
        found |= {path: top for path, name in names.items() if name not in ignored}
    return found


def _by_repository(paths: Iterable[Path]) -> Mapping[Path, Mapping[Path, str]]:
    """The real names of the files, relative to the working tree that each is in; others are left out."""
    found: defaultdict[Path, dict[Path, str]] = defaultdict(dict)
    for path in paths:
        real = Path(os.path.realpath(path))
        top = next((parent for parent in real.parents if os.path.lexists(parent / ".git")), None)
        if top is not None:
            found[top][path] = str(real.relative_to(top))
    return found


def _ignored(top: Path, names: Iterable[str]) -> frozenset[str]:
    """Those names that a rule ignores and that are not tracked all the same (gitignore(5), git-check-ignore(1))."""
    asked = b"".join(os.fsencode(name) + b"\0" for name in names)
    environment = {name: value for name, value in os.environ.items() if name not in _REDIRECTIONS}
    try:
        answer = subprocess.run(
            # A repository that came from elsewhere may name a program to run.
            ("git", "-c", "core.fsmonitor=false", "check-ignore", "-z", "--stdin"),  # noqa: S607 - the user's git
            cwd=top,
            env={**environment, "LC_ALL": "C"},
            input=asked,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as problem:
        raise OutsideError("guard.no-git", folder=str(top)) from problem
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise OutsideError("guard.failed", folder=str(top), reason=type(problem).__name__) from problem
    said = os.fsdecode(answer.stderr)
    if answer.returncode in (0, 1):
        return frozenset(os.fsdecode(answer.stdout).split("\0"))
    if "not a git repository" in said:
        return frozenset(names)
    raise OutsideError("guard.failed", folder=str(top), reason=said.strip().removeprefix("fatal: ") or "?")


def _shown(path: Path, folder: Folder) -> str:
    return str(path.relative_to(os.path.realpath(folder.root)))
