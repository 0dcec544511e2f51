"""A power loss of a mounted file system, by the ioctl that its developers test it with."""

from __future__ import annotations

import fcntl
import os
import struct

# FS_IOC_SHUTDOWN of ext4 and XFS; its flags: all that was logged is on the disk, or what was not synced is lost.
_SHUTDOWN = 0x8004587D
LOG_KEPT, LOG_LOST = 1, 2


def cut(mount: str, flags: int) -> None:
    """Nothing reaches the disk any more, until the file system is mounted again."""
    descriptor = os.open(mount, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", flags))
    finally:
        os.close(descriptor)
