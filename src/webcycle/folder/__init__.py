"""Where a cycle's files live; the only package that writes files, whole or not at all.

POSIX only: locks are `flock`, and a rename is made durable by `fsync` of its folder. What any replacement costs: a hard
link to a file keeps the old content.
"""

from __future__ import annotations

from webcycle.folder.locking import LOCK, lock
from webcycle.folder.places import PROGRAMME, PURGES, Folder, find, is_temporary, is_within, output
from webcycle.folder.reading import ABSENT, Identity, Snapshot, read, size
from webcycle.folder.walking import below, beside, listed, repositories
from webcycle.folder.writing import make, make_private, remove, replaced, shut, write, write_all

__all__ = [
    "ABSENT",
    "LOCK",
    "PROGRAMME",
    "PURGES",
    "Folder",
    "Identity",
    "Snapshot",
    "below",
    "beside",
    "find",
    "is_temporary",
    "is_within",
    "listed",
    "lock",
    "make",
    "make_private",
    "output",
    "read",
    "remove",
    "replaced",
    "repositories",
    "shut",
    "size",
    "write",
    "write_all",
]
