"""Long runs that hold nothing cost next to nothing, and hide nothing."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from tests.exposure.made import kinds, private, zipped
from webcycle import legible
from webcycle.unpacked import Bounds, Piece, pieces
from webcycle.unpacked.encoded import emptied

NAME, MANY = "Adèle Brisefond", 1_000_000
HELD, NEEDLES = private(NAME), [legible.name(NAME)]
VOIDS = (b" ", b"\t", b"\0", b"\n", b"\r\n", b" \n", b" \r\n", b" \0", b"\0 ", b" \0\0\0", b"\0\0\0 ")


def size(data: bytes) -> int:
    return sum(len(one.text) for one in pieces(data, Bounds(thorough=True)) if isinstance(one, Piece))


@pytest.mark.parametrize("void", VOIDS)
def test_what_is_read_of_a_run_that_holds_nothing_is_short(void: bytes) -> None:
    run = void * MANY
    assert len(emptied(run)) < 600_000
    for data in (run, zipped({"a.txt": run}), gzip.compress(run), b"PK\3\4 damaged" + run):
        assert size(data) < 3_000_000
    assert len(emptied(b"x" + run + b"y" + run + b"z")) % 4 == (3 + 2 * len(run)) % 4


@pytest.mark.parametrize("void", VOIDS[:4])
@pytest.mark.parametrize("wrap", [bytes, gzip.compress, lambda data: zipped({"a.txt": data})])
def test_a_name_among_runs_is_found(void: bytes, wrap: Callable[[bytes], bytes]) -> None:
    run = void * MANY
    data = wrap(run + b"x\n" + NAME.encode() + b"\n" + run + b"y" + run)
    assert "name" in {kind for kind, _inner, _line in kinds(HELD, data)}
    assert legible.search(data, NEEDLES)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le"])
def test_what_follows_a_run_stays_in_step(encoding: str) -> None:
    data = ("x" + " " * 9999 + NAME + " " * 9999).encode(encoding)
    assert len(emptied(data)) < len(data)
    assert kinds(HELD, data)
    assert legible.search(data, NEEDLES)


def test_short_runs_stay_and_lines_are_counted() -> None:
    text = (" " * 4095 + "\n" * 65_535).encode()
    assert emptied(text) == text
    assert kinds(HELD, b" " * 9999 + b"\n" * 30_000 + NAME.encode()) == [("name", "", 30_001)]
    assert emptied(b"a" + b" " * 4096 * 2 + b"b" + b" " * 4097) == b"a" + b" " * 4096 + b"b" + b" " * 4097
