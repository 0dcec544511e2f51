"""Words that a PDF parts by room alone, as TeX does; for both searches."""

from __future__ import annotations

import zlib

import pytest

from webcycle import legible

from .made import kinds, private
from .test_portable import made, read

NAME = "Zephyrine Quillebeuf"
HELD = private(NAME)

SET = (
    b"[(Zephyrine)-333(Quilleb)-28(euf)]TJ",
    b"[(Zephy) -20 (rine) -300.5 (Quille) 10 (beuf)] TJ",
    b"[(Zephyrine)\n-180\n<5175696C6C6562657566>] TJ",
    b"[(Zephyrine)-100 -100(Quillebeuf)] TJ",
    b"[(Zephyrine)-.2(\\040)-333(Quillebeuf)] TJ",
    b"[(Zephyrine)-333] TJ [(Quillebeuf)] TJ",
    b"[(Zephyrine)] TJ 50 0 Td [(Quilleb)-28(euf)] TJ",
    b"[(Z)-200(ephyrine Quil)-200(lebeuf)] TJ",
)


@pytest.mark.parametrize("shown", SET)
@pytest.mark.parametrize("packed", [False, True])
def test_a_wide_gap_is_a_blank_for_both(shown: bytes, packed: bool) -> None:
    content = b"BT /F8 9.96 Tf 148 707 Td " + shown + b" ET"
    stream = zlib.compress(content) if packed else content
    head = b"/Filter/FlateDecode" if packed else b""
    data = b"%PDF-1.4\n1 0 obj <<" + head + b">> stream\n" + stream + b"\nendstream endobj\n"
    assert {kind for kind, _inner, _line in kinds(HELD, data)} == {"name"}
    assert legible.search(data, [legible.name(NAME)])


@pytest.mark.parametrize("number", [b"-179", b"333", b"-28 -28", b"-", b"-.", b"-1.2.3"])
def test_a_narrow_gap_is_none(number: bytes) -> None:
    assert read(made(b"[(Quille)" + number + b"(beuf)] TJ", font=b""))["page 1"][0] == "Quillebeuf"


def test_a_gap_is_one_whatever_the_font() -> None:
    said = read(made(b"/F1 1 Tf [(\\001\\002\\003)-333(\\004)] TJ (\\005) Tj"))["page 1"]
    assert said == ["Marie Dup", "Marie D\nup\n", "MarieDup"]


def test_time_grows_with_the_gaps_alone() -> None:
    """Were it to grow with the square, this would take minutes."""
    for piece in (b"(a)-333", b"(a) -", b"(a)- 1", b"(a)-1111111111111"):
        content = b"[" + piece * (200_000 // len(piece)) + b"] TJ"
        assert read(b"%PDF-1.4\n1 0 obj <<>> stream\n" + content)
