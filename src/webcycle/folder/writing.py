"""Files and folders, written whole or not at all, and for good."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from webcycle.errors import OutsideError, RefusedError
from webcycle.folder.places import Folder, output
from webcycle.folder.reading import Identity, read
from webcycle.folder.reasons import reason, write_error
from webcycle.folder.walking import listed

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# What was changed is told when a command is stopped between two files: it must be known wherever the stop comes.
_REPLACED: list[Path] = []


def make(root: Path) -> Folder:
    """The folder of a new cycle, made where it is missing; OutsideError when it cannot be."""
    try:
        for parent in _make_folders(root, private=False):
            _sync_folder(parent)
    except OSError as problem:
        raise write_error(root, problem) from problem
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
            raise write_error(one, problem) from problem


def shut(folder: Folder) -> None:
    """Take from others all rights to the files of people that exist: the records, people.toml, all of out/private.

    What a link leads to is left as it is: it may be anybody's. OutsideError where it cannot be looked at.
    """
    for place in (folder.people, folder.sessions, folder.private):
        try:
            for path in _unlinked(place):
                _shut(path)
        except OSError as problem:
            raise write_error(place, problem) from problem


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
        raise write_error(path, problem) from problem
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
        raise write_error(path, problem) from problem
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
                "write-unconfirmed", file=str(named.get(folder, folder)), reason=reason(problem)
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
        raise write_error(path, problem) from problem
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


def _unlinked(place: Path) -> Iterator[Path]:
    """A file or folder, if it is there and no link, and all that is in it."""
    if place.is_symlink() or not place.exists():
        return
    yield place
    for one in listed(place):
        yield from _unlinked(one)


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
