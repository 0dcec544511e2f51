"""What is damaged: the scan of published files says so and looks at what is left, forgetting finds what is left."""

from __future__ import annotations

import base64
import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType

import pytest

from tests.exposure.made import kinds, private, workbook, zipped
from webcycle import legible
from webcycle.unpacked import Unread, pieces

ADA, ZOE = "ada.lovelace@example.org", "Zoé Faure"
BOTH = f"to {ADA}, {ZOE}. ".encode()
NEEDLES = (legible.address(ADA), legible.name(ZOE))
HELD = private(ZOE, emails=(ADA,))
# What DEFLATE cannot take for one long repetition: it is damaged somewhere, not everywhere.
NOISE = b"".join(str(number * number).encode() for number in range(400))


def unread(data: bytes) -> list[str]:
    """The parts that who forgets somebody cannot read whole."""
    return [one.part for one in pieces(data, legible.bounds(data)) if isinstance(one, Unread)]


def archive(method: int, members: Mapping[str, bytes]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as made:
        for name, body in members.items():
            made.writestr(name, body)
    return held.getvalue()


def streamed(**members: bytes) -> bytes:
    """An archive that tells sizes after each member."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    held = Pipe()
    with zipfile.ZipFile(held, "w") as made:
        for name, body in members.items():
            made.writestr(name, body)
    return held.getvalue()


def listless(data: bytes) -> bytes:
    return data[: data.index(b"PK\x01\x02")]


def garbled(data: bytes, share: float = 0.9) -> bytes:
    """A member of which a bit late in its bytes is wrong."""
    end = data.index(b"PK\x01\x02")
    at = int(end * share)
    return data[:at] + bytes((data[at] ^ 0xFF, data[at + 1] ^ 0xFF)) + data[at + 2 :]


def pdf(*streams: bytes, head: bytes = b"/Filter/FlateDecode", numbered: bool = True) -> bytes:
    made = b"%PDF-1.4\n"
    for number, stream in enumerate(streams, start=1):
        made += b"%d 0 obj " % number if numbered else b""
        made += b"<<" + head + b">> stream\n" + stream + b"\nendstream endobj\n"
    return made + b"trailer <<>>\n%%EOF"


SAID = b"BT (to ada.lovelace@example.org, Zo\\351 Faure.) Tj ET "
PACKED = zlib.compress(SAID + NOISE)
TABLE = b"begincmap 1 beginbfrange <0000> <00ff> <0000> endbfrange endcmap"
GLYPHS = b"BT <" + f"to {ADA}, {ZOE}.".encode("utf-16-be").hex().encode() + b"> Tj ET"

BROKEN: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "zip without its list": lambda: listless(zipped({"a.txt": BOTH})),
        "stored, without its list": lambda: listless(archive(zipfile.ZIP_STORED, {"a": BOTH})),
        "streamed, without its list": lambda: listless(streamed(a=b"x", b=BOTH)),
        "zip that breaks off": lambda: zipped({"a.txt": BOTH + NOISE})[:-150],
        "member garbled late": lambda: garbled(zipped({"a.txt": BOTH + NOISE})),
        "stored member garbled late": lambda: garbled(archive(zipfile.ZIP_STORED, {"a": BOTH + NOISE})),
        "another member garbled": lambda: zipped({"first.txt": NOISE, "b": BOTH}).replace(
            b"first.txt" + zlib.compress(NOISE)[2:6], b"first.txt\xff\xff\xff\xff", 1
        ),
        "wrong checksum": lambda: zipped({"a.txt": BOTH}).replace(struct.pack("<I", zlib.crc32(BOTH)), b"\1\2\3\4"),
        "zip in a damaged zip": lambda: listless(zipped({"b.zip": zipped({"a.txt": BOTH})})),
        "bytes that only begin as a zip": lambda: b"PK\x03\x04 " + BOTH,
        "docx without its list": lambda: listless(zipped({"word/document.xml": b"<w:t>" + BOTH + b"</w:t>"})),
        "xlsx without its list": lambda: listless(workbook(f"{ADA} {ZOE}")),
        "xlsx with damaged texts": lambda: garbled(
            zipped({"xl/worksheets/sheet1.xml": BOTH, "xl/sharedStrings.xml": NOISE})
        ),
        "a list of too many": lambda: listless(zipped({"a.txt": BOTH})) + b"PK\x01\x02" * 65_536,
        "gzip that breaks off": lambda: gzip.compress(BOTH + NOISE, mtime=0)[:-40],
        "gzip garbled late": lambda: garbled(gzip.compress(BOTH + NOISE, mtime=0) + b"PK\x01\x02", 0.95)[:-4],
        "gzip and more behind it": lambda: gzip.compress(b"x", mtime=0) + BOTH,
        "pdf without objects": lambda: pdf(PACKED, numbered=False),
        "pdf stream that breaks off": lambda: pdf(PACKED)[:-100],
        "pdf stream garbled late": lambda: pdf(PACKED[:-30] + b"\xff\xff" + PACKED[-28:]),
        "pdf stream of another filter": lambda: pdf(PACKED, head=b"/Filter/Unheard"),
        "pdf said to be encrypted": lambda: pdf(PACKED) + b"/Encrypt",
        "pdf glyphs without their font": lambda: pdf(zlib.compress(GLYPHS), zlib.compress(TABLE), numbered=False),
    }
)


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_left_of_it_is_seen_by_both_and_that_it_is_damaged_is_said(how: str) -> None:
    data = BROKEN[how]()
    assert {one.label for one in legible.search(data, NEEDLES)} == {"address", "name"}
    assert unread(data)
    assert {kind for kind, _place, _line in kinds(HELD, data)} == {"address", "name", "unread"}


WHOLE: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "zip": lambda: zipped({"a.txt": BOTH}),
        "streamed": lambda: streamed(a=b"x", b=BOTH),
        "bzip2": lambda: archive(zipfile.ZIP_BZIP2, {"a": BOTH}),
        "xlsx": lambda: workbook(f"{ADA} {ZOE}"),
        "gzip": lambda: gzip.compress(BOTH, mtime=0),
        "gzip twice, and zeros": lambda: gzip.compress(b"x", mtime=0) + gzip.compress(BOTH, mtime=0) + b"\0\0",
        "zip in base64": lambda: b"a\n" + base64.encodebytes(zipped({"a.txt": BOTH})),
        "text that tells of PDF": lambda: b"%PDF- is how it begins: %PDF-\n".replace(b"%", b"A %", 1) + BOTH,
        "folder with something in it": lambda: zipped({"a/": BOTH}),
        "base64 with words behind it": lambda: base64.encodebytes(BOTH * 3) + b"Regards\n",
        "base64 of windows": lambda: base64.b64encode(BOTH.decode().encode("cp1252")),
        "one letter that is none": lambda: b"\xff " + BOTH,
        "pdf": lambda: pdf(PACKED),
    }
)


@pytest.mark.parametrize("how", WHOLE)
def test_what_is_whole_is_seen_by_both_and_not_said_to_be_damaged(how: str) -> None:
    data = WHOLE[how]()
    assert {one.label for one in legible.search(data, NEEDLES)} == {"address", "name"}
    assert not unread(data)
    assert {kind for kind, _place, _line in kinds(HELD, data)} == {"address", "name"}
