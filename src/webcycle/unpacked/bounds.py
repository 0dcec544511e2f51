"""How much of a file may be unpacked, so that no bomb goes off; and DEFLATE within that, as far as it is whole."""

from __future__ import annotations

import zlib
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

_STEP = 1024
# What a try costs, however little comes out: its work, told in bytes.
_TRY, _DAMAGE = 8192, 65_536


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of one file and of all that is unpacked from it, files in archives, archives in archives.

    Seconds are bounded by these alone: the same bytes are read in the same way on any machine. `thorough` is who would
    rather see too much: also bytes that no program shows, and the beginning of what is too large.
    """

    file: int = 64 << 20
    whole: int = 256 << 20
    members: int = 5_000
    depth: int = 3
    thorough: bool = False


class Budget:
    """What is left of the bounds while one file is read, however deep in it."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.left = bounds.whole
        self.members = bounds.members

    @property
    def most(self) -> int:
        """The bytes that the next part may have."""
        return min(self.bounds.file, self.left)

    def spend(self, size: int) -> None:
        """Take what was unpacked off."""
        self.left = max(0, self.left - size)


@dataclass(frozen=True, slots=True)
class Inflated:
    """What came out of a stream, whether that is all of it, and where in the source it ends or breaks off."""

    data: bytes
    whole: bool
    end: int


def inflated(source: bytes, start: int, window: int, budget: Budget) -> Inflated:
    """The stream that begins there, up to its own end; of one that is damaged, cut off or too large what comes first.

    `window` tells its wrapping, as in `zlib.decompressobj`.
    """
    machine, view, most = zlib.decompressobj(window), memoryview(source), budget.most
    found, at, cost = bytearray(), start, _TRY
    while most and not machine.eof and at < len(source) and len(found) <= most:
        step, before = view[at : at + _STEP], machine.copy()
        try:
            found += machine.decompress(step, most - len(found) + 1)
        except zlib.error:
            _salvage(before, step, found)
            cost = _DAMAGE
            break
        at += len(step)
    budget.spend(max(len(found), cost))
    whole = machine.eof and len(found) <= most
    return Inflated(bytes(found[:most]), whole, at - len(machine.unused_data))


def _salvage(machine: zlib._Decompress, step: memoryview, found: bytearray) -> None:
    """Add what comes out of a step before its damage: byte by byte, as an error takes all of its call with it."""
    with suppress(zlib.error):
        deque(map(found.extend, (machine.decompress(step[at : at + 1]) for at in range(len(step)))), maxlen=0)
