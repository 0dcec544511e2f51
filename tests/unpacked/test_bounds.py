"""No bytes stop the reader, and none make it work without end."""

from __future__ import annotations

import base64
import gzip
import zipfile
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exposure.made import workbook, zipped
from webcycle.unpacked import Bounds, Found, Names, Piece, Unread, pieces
from webcycle.unpacked import glyphs as glyphs_of

from .test_damaged import BROKEN, NOISE, PACKED, WHOLE, archive, listless, pdf

THOROUGH = Bounds(thorough=True)


def unread(found: list[Found]) -> list[str]:
    return [one.part for one in found if isinstance(one, Unread)]


def size(found: list[Found]) -> int:
    return sum(len(one.text) for one in found if isinstance(one, Piece))


def sealed(data: bytes) -> bytes:
    """An archive that says to be encrypted."""
    local, entry = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    return data[: local + 6] + b"\1" + data[local + 7 : entry + 8] + b"\1" + data[entry + 9 :]


def spoilt(method: int) -> bytes:
    data = archive(method, {"member": NOISE})
    at = data.index(b"member") + 40
    return data[:at] + bytes(one ^ 0xFF for one in data[at : at + 60]) + data[at + 60 :]


UNREADABLE: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "bzip2": lambda: spoilt(zipfile.ZIP_BZIP2),
        "lzma": lambda: spoilt(zipfile.ZIP_LZMA),
        "encrypted": lambda: sealed(zipped({"member": b"x"})),
    }
)


@pytest.mark.parametrize("how", UNREADABLE)
def test_a_member_that_cannot_be_had_is_named(how: str) -> None:
    assert unread(list(pieces(UNREADABLE[how]()))) == ["member"]


def test_a_member_that_is_not_where_the_list_says_is_named() -> None:
    data = zipped({"member": b"x"})
    entry = data.index(b"PK\x01\x02")
    moved = data[: entry + 42] + b"\3" + data[entry + 43 :]
    assert unread(list(pieces(moved))) == ["member"]


def test_a_member_that_would_begin_before_the_file_is_named() -> None:
    data = zipped({"a.txt": NOISE, "b.txt": b"x"}, comment=b"PK\x03\x04" + b"x" * 16)
    assert unread(list(pieces(data[:60] + data[80:]))) == ["a.txt"]


def test_members_of_a_lost_list_that_hold_nothing_are_passed_over() -> None:
    found = list(pieces(listless(sealed(zipped({"member": b"x"})))))
    assert unread(found) == [""]
    assert not [one for one in found if isinstance(one, Names)]


def test_too_many_files_of_a_lost_list_are_not_looked_for() -> None:
    data = listless(zipped({f"{number}.txt": b"x" for number in range(9)}))
    found = [one for one in pieces(data, Bounds(members=3)) if isinstance(one, Names)]
    assert [one.names for one in found] == [("0.txt",), ("1.txt",), ("2.txt",)]


def test_a_lost_list_is_not_gone_through_too_deep() -> None:
    data = listless(zipped({"a.txt": b"x"}))
    assert not [one for one in pieces(data, Bounds(depth=0)) if isinstance(one, Names)]


def test_a_text_in_every_cell_is_put_in_so_often() -> None:
    cell = b'<c r="A1" t="s"><v>0</v></c>'
    members = {"xl/sharedStrings.xml": b"<si>" + b"x" * 1000, "xl/worksheets/sheet1.xml": cell * 1000}
    found = list(pieces(zipped(members), Bounds(file=100_000)))
    assert unread(found) == ["xl/worksheets/sheet1.xml"]
    assert size(found) < 300_000


def test_the_thorough_see_the_beginning_of_what_is_too_large() -> None:
    data = zipped({"a.txt": b"x" * 2000})
    assert size(list(pieces(data, Bounds(file=1000)))) == 0
    assert size(list(pieces(data, Bounds(file=1000, thorough=True)))) == 1000
    assert size(list(pieces(b"x" * 2000, Bounds(file=1000, thorough=True)))) == 1000


def test_what_is_packed_too_deep_in_a_text_is_read_as_it_stands() -> None:
    data = b"to ada@example.org " + base64.b64encode(b"Ada Lovelace, ada@example.org")
    found = list(pieces(data, Bounds(depth=0)))
    assert unread(found) == [""]
    assert [one.kind for one in found if isinstance(one, Piece)] == ["text", "binary"]


def test_a_workbook_without_its_texts_is_read() -> None:
    found = list(pieces(zipped({"xl/worksheets/sheet1.xml": b'<c t="s"><v>0</v></c>'})))
    assert [one.text for one in found if isinstance(one, Piece)] == ['<c t="s"><v>0</v></c>']


def test_a_workbook_is_read_by_the_thorough_too() -> None:
    assert any("Ada" in one.text for one in pieces(workbook("Ada L"), THOROUGH) if isinstance(one, Piece))


TWO = b"1 0 obj <</Type/Page/Contents 3 0 R/Font<</F1 2 0 R/F2 2 0 R>>>> endobj 2 0 obj <</ToUnicode 4 0 R>> endobj "


def fonts(table: bytes, content: bytes) -> bytes:
    body = b"3 0 obj <</Filter/FlateDecode>> stream\n" + zlib.compress(content) + b"\nendstream endobj "
    return b"%PDF-1.4\n" + TWO + body + b"4 0 obj <<>> stream\n" + table + b"\nendstream endobj"


def test_a_code_does_not_stand_for_too_much() -> None:
    table = b"beginbfchar <41> <" + b"0042" * 5000 + b"> endbfchar"
    found = list(pieces(fonts(table, b"/F1 1 Tf (" + b"A" * 100_000 + b") Tj"), Bounds(whole=1 << 20)))
    assert unread(found) == [""]
    assert size(found) < 4 << 20
    assert not unread(list(pieces(fonts(table, b"/F1 1 Tf (A) Tj"))))


def test_tables_of_characters_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs_of, "MOST_CODES", 100)
    table = b"beginbfrange <0000> <ffff> <0041> endbfrange"
    assert unread(list(pieces(fonts(table, b"/F1 1 Tf (A) Tj")))) == [""]


def test_streams_that_lead_nowhere_end() -> None:
    data = pdf(PACKED) + b"stream\n" + PACKED[:40] + b"stream\nx\x9c" * 1000
    found = list(pieces(data, Bounds(whole=100_000, thorough=True)))
    assert unread(found) == [""]
    assert not unread(list(pieces(data, THOROUGH)))


def test_a_stream_is_not_salvaged_beyond_its_bound() -> None:
    bomb = zlib.compressobj(wbits=15)
    head = bomb.compress(b" " * 200_000) + bomb.flush(zlib.Z_FULL_FLUSH)
    found = list(pieces(pdf(head + b"\xff" * 20), Bounds(file=1000, thorough=True)))
    assert "" in unread(found)


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"9 0 obj", head=b"/Type/ObjStm/First " + b"9" * 5000),
        pdf(b"9" * 5000 + b" 0 x", head=b"/Type/ObjStm/First 5003"),
        fonts(b"beginbfrange <ffffffff> <fffffffff> <0041> endbfrange", b"/F1 1 Tf (A) Tj"),
        fonts(b"beginbfrange <f> <ff> <0041> endbfrange beginbfchar <> <> endbfchar", b"/F1 1 Tf (A) Tj"),
        fonts(b"beginbfchar <000041> <42> <01000041> <42> endbfchar", b"/F1 1 Tf (AAA) Tj"),
        b"%PDF-1.4 2 0 obj /Resources " + b"9" * 5000 + b" 0 R",
        gzip.compress(b"", mtime=0) * 50,
        b"PK\x03\x04" * 50,
    ],
    ids=["objects", "first", "range", "empty-codes", "long-codes", "resources", "gzip", "zip"],
)
@pytest.mark.parametrize("bounds", [Bounds(), THOROUGH])
def test_odd_bytes_do_not_stop_it(data: bytes, bounds: Bounds) -> None:
    assert list(pieces(data, bounds))


WELL = [made() for made in (*BROKEN.values(), *WHOLE.values()) if len(made()) < 20_000]


@given(st.sampled_from(WELL), st.data())
def test_whatever_is_damaged_nothing_breaks(data: bytes, chance: st.DataObject) -> None:
    at = chance.draw(st.integers(0, len(data)))
    put, gone = chance.draw(st.binary(max_size=8)), chance.draw(st.integers(0, 40))
    assert list(pieces(data[:at] + put + data[at + gone :], THOROUGH))
