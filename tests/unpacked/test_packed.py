"""What other programs pack in their ways: prefixes of namespaces, programs that unpack themselves, pictures."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest

from tests.exposure.made import kinds, private, zipped
from webcycle import legible
from webcycle.unpacked import Bounds, Names, Piece, Unread, pieces

NAME = "Zéphyrine Quillebeuf"
HELD, NEEDLES = private(NAME), [legible.name(NAME)]


def workbook(prefix: str, cell: str = '<{0}c r="A1" t="s"><{0}v>{1}</{0}v></{0}c>') -> bytes:
    texts = "".join(f"<{prefix}si>{one}</{prefix}si>" for one in ("<t>Zéphyrine</t>", "x", "<t>Quillebeuf</t>"))
    texts = texts.replace(f"<{prefix}si>x</{prefix}si>", f"<{prefix}si/>")
    cells = "".join(cell.format(prefix, number) for number in (0, 2))
    shared = f"<{prefix}sst xmlns:x='u'>{texts}</{prefix}sst>".encode()
    return zipped({"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": f"<row>{cells}</row>".encode()})


def commented() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        member = zipfile.ZipInfo("ok.txt")
        member.comment = NAME.encode()
        archive.writestr(member, "x")
    return held.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + picture + chunk(b"IEND", b"")


PACKED = zlib.compress(NAME.encode())
PROGRAM = b"MZ" + bytes(range(256)) * 40
WAYS: dict[str, Callable[[], bytes]] = {
    "cells": lambda: workbook(""),
    "cells with a prefix": lambda: workbook("x:"),
    "cells with other quotes": lambda: workbook("", "<{0}c t='s' r='A1'>\n <{0}v> {1} </{0}v></{0}c>"),
    "comment of a member": commented,
    "script before a zip": lambda: b"#!/bin/sh\nexit\n" + zipped({"a.txt": NAME.encode()}),
    "program before a zip": lambda: PROGRAM + zipped({"a.txt": NAME.encode()}, b"more"),
    "zip within one": lambda: zipped({"setup.exe": PROGRAM + zipped({"a.txt": NAME.encode()})}),
    "voids before a zip": lambda: PROGRAM + bytes(1 << 20) + zipped({"a.txt": NAME.encode()}),
    "zTXt": lambda: png(chunk(b"zTXt", b"Author\0\0" + PACKED)),
    "packed iTXt": lambda: png(chunk(b"iTXt", b"Author\0\1\0fr\0Auteur\0" + PACKED)),
    "iTXt": lambda: png(chunk(b"iTXt", b"Author\0\0\0fr\0Auteur\0" + NAME.encode())),
    "zTXt after voids": lambda: png(chunk(b"IDAT", bytes(99_999)), chunk(b"zTXt", b"Author\0\0" + PACKED)),
}


@pytest.mark.parametrize("how", WAYS)
def test_a_name_is_found_by_both(how: str) -> None:
    data = WAYS[how]()
    assert {kind for kind, _inner, _line in kinds(HELD, data)} == {"name"}
    assert not kinds(private("Nobody Here"), data)
    assert legible.search(data, NEEDLES) or how.startswith("cells")


@pytest.mark.parametrize(
    "data",
    [
        png(chunk(b"zTXt", b"Author\0\0" + PACKED[:-6])),
        png(chunk(b"zTXt", b"Author\0\0no stream")),
    ],
)
def test_texts_of_a_picture_that_are_damaged_are_said(data: bytes) -> None:
    assert kinds(HELD, data)[0][0] == "unread" or kinds(HELD, data)[-1][0] == "unread"


@pytest.mark.parametrize("body", [b"", b"Author", b"Author\0", b"Author\0\1", b"Author\0\1\0fr"])
def test_pictures_with_odd_texts_end(body: bytes) -> None:
    for kind in (b"zTXt", b"iTXt"):
        for data in (png(chunk(kind, body)), png(chunk(kind, body))[:45], png() + b"\xff" * 9):
            assert [one for one in pieces(data) if isinstance(one, Piece)]


def test_what_only_ends_as_an_archive_is_none() -> None:
    data = b"tells of PK\5\6 alone" * 9
    assert [one for one in pieces(data) if not isinstance(one, Piece)] == []
    assert [one for one in pieces(PROGRAM + zipped({"a": b"x"}), Bounds(depth=0)) if isinstance(one, Names)] == []
    assert [one for one in pieces(PROGRAM + zipped({"a": b"x"})) if isinstance(one, Unread)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Quillebeuf;Mme;Zéphyrine",
        "Zéphyrine,Mrs,Quillebeuf",
        "<td>Quillebeuf</td><td>M.</td><td>Zéphyrine</td>",
        "Mme Quillebeuf (Mme) Zéphyrine",
    ],
)
def test_a_title_between_two_columns_parts_no_name(text: str) -> None:
    assert kinds(HELD, f"x\n{text}\n".encode()) == [("name", "", 2)]
    assert not kinds(HELD, text.replace("é", "i").encode())
    assert not kinds(HELD, b"Quillebeuf;Ville;Zephyrine")
