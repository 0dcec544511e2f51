"""File systems of our own: small, full, read-only, or about to lose their power. They need the right to mount."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = 4096
_MAKERS = {"ext4": ("mkfs.ext4", "-q", "-F"), "xfs": ("mkfs.xfs", "-q", "-f")}
# No smaller XFS is made.
_SIZES = {"ext4": 32 << 20, "xfs": 320 << 20}


def require_mounts(place: Path) -> None:
    """Skip the test where nothing can be mounted, in a container without the right or as an ordinary user."""
    try:
        with mounted(place / "probe", "-t", "tmpfs", "none"):
            return
    except subprocess.CalledProcessError as problem:
        pytest.skip(f"nothing can be mounted here: {problem.stderr.strip()}")


@contextmanager
def mounted(point: Path, *options: str) -> Iterator[Path]:
    """A folder on which this is mounted meanwhile."""
    point.mkdir(exist_ok=True)
    _run("mount", *options, str(point))
    try:
        yield point
    finally:
        # Also while a process of a test that failed still stands in it.
        _run("umount", "--lazy", str(point))


@contextmanager
def tmpfs(point: Path, pages: int) -> Iterator[Path]:
    """A disk in memory with so many pages of 4 KiB."""
    with mounted(point, "-t", "tmpfs", "-o", f"size={pages * PAGE}", "none"):
        yield point


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder cannot be written meanwhile, not by root either."""
    with mounted(folder, "--bind", str(folder)):
        _run("mount", "-o", "remount,bind,ro", str(folder))
        yield


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk in a file, which can be taken out and put in again."""

    image: Path
    point: Path

    def put_in(self) -> None:
        _run("mount", "-o", "loop", str(self.image), str(self.point))

    def take_out(self) -> None:
        _run("umount", str(self.point))

    def sync(self) -> None:
        """All that was written so far is safe."""
        descriptor = os.open(self.point, os.O_RDONLY)
        try:
            assert ctypes.CDLL(None, use_errno=True).syncfs(descriptor) == 0
        finally:
            os.close(descriptor)


@contextmanager
def disk(place: Path, kind: str) -> Iterator[Disk]:
    """A new disk with that file system, put in; the test is skipped where it cannot be."""
    made = Disk(place / f"{kind}.img", place / kind)
    made.point.mkdir()
    with made.image.open("wb") as file:
        file.truncate(_SIZES[kind])
    try:
        _run(*_MAKERS[kind], str(made.image))
        made.put_in()
    except subprocess.CalledProcessError as problem:
        pytest.skip(f"no {kind} can be mounted here: {problem.stderr.strip()}")
    try:
        yield made
    finally:
        subprocess.run(("umount", "--lazy", str(made.point)), check=False, capture_output=True)


def _run(*command: str) -> None:
    # Where the programs of the administrator are, also of who is not one.
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    environment = {**os.environ, "PATH": path, "LC_ALL": "C"}
    subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
