"""Who asked to be forgotten, as marks that only a secret key makes: an old export brings nobody back.

A plain hash of an address can be undone by trying addresses; a keyed one (HMAC, RFC 2104) cannot be without the key,
which is kept where people's records are and goes with them. EDPB, guidelines 01/2025 on pseudonymisation.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from webcycle.errors import RefusedError

FILE = "sessions/.forgotten.toml"
_HEX = re.compile(r"[0-9a-f]{64}")
_HEADER = (
    "# Kept by webcycle: who asked to be forgotten, as marks made with the key below (HMAC-SHA256). An import leaves\n"
    "# out the rows of these people. Personal data: never publish this file, and do not remove it.\n"
)


@dataclass(frozen=True)
class Forgotten:
    """The marks of those who are forgotten, and the key (64 hexadecimal digits) that makes them; "" is none yet."""

    key: str = ""
    marks: frozenset[str] = frozenset()

    def mark(self, known: str) -> str:
        """The mark of what a person is known by."""
        return hmac.new(bytes.fromhex(self.key), known.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def with_all(self, known: Iterable[str], fresh: str) -> Forgotten:
        """The same with these keys of a person; `fresh` is a random key, taken where there is none."""
        keyed = self if self.key else replace(self, key=fresh)
        return replace(keyed, marks=keyed.marks | {keyed.mark(one) for one in known})

    def holds(self, known: str) -> bool:
        """Whether the person known by this is forgotten."""
        if not self.marks or not known:
            return False
        if known not in self._asked:
            self._asked[known] = self.mark(known) in self.marks
        return self._asked[known]

    @cached_property
    def _asked(self) -> dict[str, bool]:
        return {}


NOBODY = Forgotten()


def read(raw: bytes) -> Forgotten:
    """What `write` wrote; nobody in an empty file. RefusedError for a file that was damaged: it must not be ignored."""
    if not raw:
        return NOBODY
    try:
        found = tomllib.loads(raw.decode())
    except (ValueError, RecursionError):
        raise RefusedError("privacy.forgotten-damaged", file=FILE) from None
    key, marks = found.get("key"), found.get("forgotten")
    every = [key, *marks] if isinstance(marks, list) else [None]
    if not all(map(_is_hex, every)):
        raise RefusedError("privacy.forgotten-damaged", file=FILE)
    return Forgotten(str(key), frozenset(map(str, every[1:])))


def _is_hex(found: Any) -> bool:
    return isinstance(found, str) and bool(_HEX.fullmatch(found))


def write(found: Forgotten) -> bytes:
    """The file of these marks, in their order, so that nothing tells who was first."""
    lines = "".join(f'  "{one}",\n' for one in sorted(found.marks))
    return f'{_HEADER}key = "{found.key}"\nforgotten = [\n{lines}]\n'.encode()
