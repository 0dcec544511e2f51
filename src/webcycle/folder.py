"""Where a cycle's files live; the only module that writes files, whole or not at all.

POSIX only: locks are `flock`, and a rename is made durable by `fsync` of its folder. What any replacement costs: a hard
link to a file keeps the old content.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from webcycle.errors import OutsideError, RefusedError, UsageError

PROGRAMME = "cycle.toml"
LOCK = ".webcycle.lock"

_RETRY_SECONDS = 0.05
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# What was changed is told when a command is stopped between two files: it must be known wherever the stop comes.
_REPLACED: list[Path] = []
_TEMPORARY = r"\..+\.[a-z0-9_]{8}\.tmp"
_OUTPUT = r"[a-z0-9][a-z0-9-]{0,199}(?:\.[a-z0-9]{1,8}){1,2}"
_WRITE_REASONS = {
    errno.EACCES: "write-denied",
    errno.EPERM: "write-denied",
    errno.EROFS: "write-read-only",
    errno.ENOSPC: "write-no-space",
    errno.EDQUOT: "write-no-space",
}


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
    except PermissionError as problem:
        raise OutsideError("file-denied", file=str(path)) from problem
    except OSError as problem:
        raise OutsideError("file-unreadable", file=str(path), reason=_reason(problem)) from problem
    digest = hashlib.sha256(data).hexdigest()
    return Snapshot(path, data, Identity(status.st_ino, status.st_mtime_ns, status.st_size, digest))


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


def output(folder: Path, name: str) -> Path:
    """The path of an output; `name` is a slug and one or two endings, and must not lead out of the folder.

    Raises RefusedError, also where a link of that name leads elsewhere.
    """
    if not re.fullmatch(_OUTPUT, name):
        raise RefusedError("output-name", name=name)
    path = folder / name
    # A name without a separator leads elsewhere only as a link.
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise RefusedError("output-outside", file=str(path), folder=str(folder))
    return path


def make(root: Path) -> Folder:
    """The folder of a new cycle, made where it is missing; OutsideError when it cannot be."""
    try:
        for parent in _make_folders(root, private=False):
            _sync_folder(parent)
    except OSError as problem:
        raise _write_error(root, problem) from problem
    return Folder(root)


def make_private(*folders: Path) -> None:
    """Folders for personal files, made where they are missing, with no rights to others; OutsideError when it cannot
    be."""
    for one in folders:
        try:
            for parent in _make_folders(one, private=True):
                _sync_folder(parent)
            _shut(one)
        except OSError as problem:
            raise _write_error(one, problem) from problem


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
        raise _write_error(path, problem) from problem
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
            raise OutsideError("lock-failed", file=str(folder.root / LOCK), reason=_reason(problem)) from problem
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
        for path in (Path(place, name) for name in names if re.fullmatch(_TEMPORARY, name)):
            if path.is_file() and not path.is_symlink():
                with suppress(OSError):
                    path.unlink()


def write(
    path: Path, data: bytes | Iterable[bytes], *, expected: Identity | None = None, private: bool = False
) -> bool:
    """Make `data` the content of a file, whole or not at all, and on disk when this returns; False if it was already.

    What is large may come in pieces, which are gone through twice. A link is followed, mode, owner and extended
    attributes are kept, but others lose all rights to what is `private`, also where it holds the data already. A new
    file has mode 0644 (`private`: 0600), its new folders 0755 (the file's own: 0700). With `expected` (ABSENT: no
    file), a file that is not that one any more is left as it is and the data go to `<name>.rej`: RefusedError. Raises
    OutsideError, which names the file.
    """
    target = Path(os.path.realpath(path))
    pieces = (data,) if isinstance(data, bytes) else data
    created: list[Path] = []
    try:
        if changed := not _holds(target, pieces):
            created = _make_folders(target.parent, private=private)
            _replace(target, pieces, expected, private=private)
        elif private:
            _shut(target)
    except OSError as problem:
        raise _write_error(path, problem) from problem
    # Also where it holds the data already: who wrote them may have been killed before they were on disk.
    _confirm({path: target.parent}, created)
    return changed


def write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write outputs, each by its name and content as `output` and `write` do; those that changed.

    Each file is whole or not at all, and all of them are on disk when this returns: a folder is synced once.
    """
    places: dict[Path, Path] = {}
    written: list[Path] = []
    path = folder
    try:
        created = _make_folders(folder, private=False)
        for name, data in files:
            path = output(folder, name)
            target = Path(os.path.realpath(path)) if path.is_symlink() else path
            if not _holds(target, (data,)):
                _replace(target, (data,), None, private=False)
                written.append(path)
            places[path] = target.parent
    except OSError as problem:
        raise _write_error(path, problem) from problem
    _confirm(places, created)
    return tuple(written)


def _confirm(places: Mapping[Path, Path], created: Iterable[Path]) -> None:
    """Wait until files that are in these folders by their new names, and new folders, are so on disk."""
    named = {folder: path for path, folder in places.items()}
    for folder in dict.fromkeys((*named, *created)):
        try:
            _sync_folder(folder)
        except OSError as problem:
            raise OutsideError(
                "write-unconfirmed", file=str(named.get(folder, folder)), reason=_reason(problem)
            ) from problem


def replaced() -> int:
    """How many times this process has changed a file so far; each change was whole."""
    return len(_REPLACED)


def remove(path: Path) -> bool:
    """Remove a file, or a folder in which nothing is left, for good when this returns; False if there is none.

    Of a link, the link: what it leads to may be anybody's. Raises OutsideError, which names the file.
    """
    if not os.path.lexists(path):
        return False
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
        _sync_folder(path.parent)
    except OSError as problem:
        raise _write_error(path, problem) from problem
    return True


def _holds(target: Path, pieces: Iterable[bytes]) -> bool:
    """Whether the file holds these bytes already."""
    try:
        if not stat.S_ISREG(target.stat().st_mode):
            raise OutsideError("file-not-regular", file=str(target))
        with target.open("rb") as file:
            return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)
    except FileNotFoundError:
        return False


def _make_folders(folder: Path, *, private: bool) -> list[Path]:
    """Make the folders that are missing, whatever the umask; the parents whose entries are new."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700)
        one.chmod(0o700 if private and one == folder else 0o755)
    return [one.parent for one in missing]


def _shut(path: Path) -> None:
    """Take from others all rights to what is there; only its owner can."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        with suppress(PermissionError):
            path.chmod(mode & 0o700)


def _replace(target: Path, pieces: Iterable[bytes], expected: Identity | None, *, private: bool) -> None:
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        # An interruption can come as soon as the file is there: from the first, it is ours to remove.
        with os.fdopen(os.open(temporary, _NEW, 0o600), "wb") as file:
            file.writelines(pieces)
            file.flush()
            _copy_attributes(target, file.fileno(), private=private)
            os.fsync(file.fileno())
        if expected is not None and read(target, optional=True).identity != expected:
            rejected = target.with_name(f"{target.name}.rej")
            temporary.replace(rejected)
            _sync_folder(target.parent)
            raise RefusedError("changed-since-read", file=str(target), rejected=str(rejected))
        _rename(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _rename(temporary: Path, target: Path) -> None:
    try:
        _REPLACED.append(target)
        temporary.replace(target)
    except BaseException:
        # An interruption may come on either side of the call: what is still there was not renamed.
        if temporary.exists():
            _REPLACED.pop()
        raise


def _copy_attributes(target: Path, descriptor: int, *, private: bool) -> None:
    try:
        status = target.stat()
    except FileNotFoundError:
        os.fchmod(descriptor, 0o600 if private else 0o644)
        return
    # Only the owner of a file may give it away, and only to a group of theirs.
    with suppress(PermissionError):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    for name in _attributes(target):
        with suppress(OSError):
            os.setxattr(descriptor, name, os.getxattr(target, name))
    # Last: an access list is an attribute, and to set it sets the rights of the group.
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode) & (0o700 if private else 0o7777))


def _attributes(target: Path) -> list[str]:
    try:
        return os.listxattr(target)
    except (OSError, AttributeError):
        return []


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_error(path: Path, problem: OSError) -> OutsideError:
    key = _WRITE_REASONS.get(problem.errno or 0, "write-failed")
    return OutsideError(key, file=str(path), **({"reason": _reason(problem)} if key == "write-failed" else {}))


def _reason(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__
