"""Where the files of a cycle lie, and what they are called."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from webcycle.errors import RefusedError, UsageError

PROGRAMME = "cycle.toml"
PURGES = "purge-log.toml"

# As `writing` calls them: four random bytes.
_TEMPORARY = r"\..+\.[0-9a-f]{8}\.tmp"
_OUTPUT = r"[a-z0-9][a-z0-9-]{0,199}(?:\.[a-z0-9]{1,8}){1,2}"


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one cycle."""

    root: Path

    @property
    def programme(self) -> Path:
        """The one file that a person must edit."""
        return self.root / PROGRAMME

    @property
    def ledger(self) -> Path:
        """What was published of each session: UID, SEQUENCE and dates."""
        return self.root / "calendar.toml"

    @property
    def imports(self) -> Path:
        """What was imported, and how it was read."""
        return self.root / "imports.toml"

    @property
    def people(self) -> Path:
        """Reviewed decisions about identities."""
        return self.root / "people.toml"

    @property
    def purges(self) -> Path:
        """When people's data were removed, and what was kept."""
        return self.root / PURGES

    @property
    def sessions(self) -> Path:
        """What was observed, a folder a session; personal data."""
        return self.root / "sessions"

    @property
    def public(self) -> Path:
        """What may be published."""
        return self.root / "out" / "public"

    @property
    def private(self) -> Path:
        """What is made of personal data."""
        return self.root / "out" / "private"


def find(start: Path, explicit: Path | None = None) -> Folder:
    """The nearest folder with a `cycle.toml`, from `start` upward; or that of `explicit`, the folder or the file.

    Raises UsageError where there is none.
    """
    if explicit is not None:
        return _named(explicit)
    origin = start.resolve()
    for root in (origin, *origin.parents):
        if os.path.lexists(root / PROGRAMME):
            return Folder(root)
    raise UsageError("no-programme", folder=str(origin))


def _named(explicit: Path) -> Folder:
    file = explicit if explicit.name == PROGRAMME and not explicit.is_dir() else explicit / PROGRAMME
    if not os.path.lexists(file):
        raise UsageError("no-programme-at", path=str(explicit))
    return Folder(file.parent.resolve())


def output(folder: Path, name: str) -> Path:
    """The path of an output; `name` is a slug and one or two endings, and must not lead out of the folder.

    Raises RefusedError, also where a link of that name leads elsewhere.
    """
    if not re.fullmatch(_OUTPUT, name):
        raise RefusedError("output-name", name=name)
    path = folder / name
    # A name without a separator leads elsewhere only as a link.
    if path.is_symlink() and not is_within(path, folder):
        raise RefusedError("output-outside", file=str(path), folder=str(folder))
    return path


def is_within(path: Path, root: Path) -> bool:
    """Whether a path leads to a place in a folder: it does not where a link on its way, or it itself, leads out."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def is_temporary(name: str) -> bool:
    """Whether a file of this name is what a killed command was writing."""
    return re.fullmatch(_TEMPORARY, name) is not None
