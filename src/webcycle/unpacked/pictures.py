"""What is packed in a PNG beside its picture: texts about it (PNG 1.2, 4.2.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from webcycle.unpacked.bounds import Budget, Inflated, inflated

PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK = struct.Struct(">I4s")
_CHECK = 4
_ZLIB = 15


def texts(data: bytes, budget: Budget) -> Iterator[Inflated]:
    """The packed texts of a picture, as far as they can be had; what stands in it as it is needs no reader."""
    at = len(PNG)
    while data.startswith(PNG) and at + _CHUNK.size <= len(data):
        size, kind = _CHUNK.unpack_from(data, at)
        begin = at + _CHUNK.size
        at = begin + size + _CHECK
        body = data[begin : begin + size] if kind in (b"zTXt", b"iTXt") else b""
        if start := _packed(kind, body):
            yield inflated(body, start, _ZLIB, budget)


def _packed(kind: bytes, body: bytes) -> int:
    """Where in the body of a chunk its packed text begins; 0 where it has none."""
    word, _, rest = body.partition(b"\0")
    if not rest:
        return 0
    if kind == b"zTXt":
        return len(word) + 2
    *_language_and_word, text = rest[2:].split(b"\0", 2)
    return len(body) - len(text) if rest.startswith(b"\1") else 0
