"""Faults at the calls by which a command changes files: where strace saw these calls, and what it does there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    *("openat", "write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync", "close", "fchmod", "fchown"),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "chmod", "fchmodat", "flock"),
    *("setxattr", "fsetxattr", "link", "symlink"),
)
KINDS = ("kill", "ENOSPC", "EIO", "EINTR", "interrupt")
# Python makes these again when a signal came between (PEP 475); the others of a local disk are never stopped by one.
MADE_AGAIN = frozenset({"openat", "write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync", "fchmod"})
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)")
_OPENED_TO_WRITE = re.compile(r"O_CREAT|O_WRONLY|O_RDWR")
_WRITTEN_TO = re.compile(r"\.tmp>|\.webcycle\.lock>")


@dataclass(frozen=True, slots=True)
class Point:
    """The n-th call of that name, from 1, is one that changes a file; `last` is the last such call of that name."""

    call: str
    number: int
    last: int


def tracing(into: Path) -> list[str]:
    """What strace is told to write down all of these calls."""
    return ["-o", str(into), "-y", "-s", "0", "-e", f"trace={','.join(CALLS)}"]


def points(trace: str, root: Path) -> tuple[Point, ...]:
    """The calls that change something below `root`, in their order."""
    counts: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    for line in trace.splitlines():
        if match := _CALL.match(line):
            call, arguments = match.groups()
            counts[call] += 1
            if _changes(call, arguments, root):
                found.append((call, counts[call]))
    last = dict(found)
    return tuple(Point(call, number, last[call]) for call, number in found)


def _changes(call: str, arguments: str, root: Path) -> bool:
    if str(root) not in arguments:
        return False
    if call == "openat":
        return bool(_OPENED_TO_WRITE.search(arguments))
    # A failing close tells of a failed write, over a network, and of nothing else.
    return bool(_WRITTEN_TO.search(arguments)) if call == "close" else True


def injecting(point: Point, kind: str, into: Path) -> list[str]:
    """What strace is told to do this at that point.

    A full or broken disk stays so to the last of these calls: one error alone is swallowed where Python tries again.
    """
    # The texts of what is said then are opened and closed too.
    last = point.number if point.call in ("openat", "close") else point.last + 2
    until = f"when={point.number}..{last}"
    what = {
        "kill": f"signal=SIGKILL:when={point.number}",
        "interrupt": f"signal=SIGINT:when={point.number}",
        "EINTR": f"error=EINTR:when={point.number}",
    }.get(kind, f"error={kind}:{until}")
    return ["-o", str(into), "-e", f"trace={point.call}", "-e", f"inject={point.call}:{what}"]


def kinds(point: Point) -> Iterator[str]:
    """What can happen at a call: no disk is too full for a file to be closed or taken away."""
    for kind in KINDS:
        if not (kind == "ENOSPC" and point.call in ("close", "unlink", "flock", "fchmod", "chmod", "fchown")):
            yield kind
