"""What is looked into, how far, and what is said not to be."""

from __future__ import annotations

import base64
import gzip
import zipfile
from io import BytesIO

import pytest

from webcycle.exposure.words import decoded, forms
from webcycle.unpacked import Bounds, Unread, pieces

from .made import kinds, private, zipped

HELD = private("Marie Dupont", "Zorglub")


def unread(data: bytes, bounds: Bounds | None = None) -> list[str]:
    return [one.part for one in pieces(data, bounds) if isinstance(one, Unread)]


def test_archives_in_archives_are_opened_to_a_depth() -> None:
    data = b"Marie Dupont"
    for _ in range(3):
        assert kinds(HELD, data)
        assert not unread(data)
        data = zipped({"a.zip": data})
    assert unread(zipped({"a.zip": data})) == ["a.zip/a.zip/a.zip/a.zip"]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 damaged", gzip.compress(b"x" * 99, mtime=0)[:-9], b"\x1f\x8b\x08\x00damaged, all of it"]
)
def test_what_is_damaged_is_said_to_be_unread(data: bytes) -> None:
    assert unread(data)
    assert kinds(HELD, data) == [("unread", "", 0)]


def test_a_member_that_cannot_be_read_does_not_hide_the_others() -> None:
    whole = zipped({"a.txt": b"x" * 50, "b.txt": b"Marie Dupont"})
    at = whole.index(b"a.txt") + len(b"a.txt")
    broken = whole[:at] + b"\xff" + whole[at + 1 :]
    assert kinds(HELD, broken) == [("unread", "a.txt", 0), ("name", "b.txt", 1)]


def test_bounds_keep_a_bomb_from_going_off() -> None:
    small = Bounds(file=1000)
    assert unread(b"x" * 1001, small) == [""]
    assert not unread(b"x" * 1000, small)
    assert unread(gzip.compress(b"x" * 5000), small) == [""]
    assert unread(zipped({"a.txt": b"x" * 1001, "b.txt": b"x"}), small) == ["a.txt"]
    assert unread(zipped({"xl/sharedStrings.xml": b"<si>" + b"x" * 1001}), small) == ["xl/sharedStrings.xml"]
    several = zipped({f"{number}.txt": b"x" * 600 for number in range(3)})
    assert unread(several, Bounds(file=1000, whole=1500)) == ["2.txt"]
    assert unread(zipped({"a.txt": b"x", "b.txt": b"x"}), Bounds(members=1)) == ["b.txt"]


def test_folders_in_an_archive_are_no_files() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.mkdir("folder")
    assert not kinds(HELD, held.getvalue())


def test_markup_of_office_files_is_no_name() -> None:
    parts = {"word/styles.xml": b"<a>Zorglub Marie Dupont</a>", "word/document.xml": b"<w:t>Zorglub</w:t>"}
    assert kinds(HELD, zipped(parts)) == [("name", "word/document.xml", 1), ("name", "word/styles.xml", 1)]
    assert not kinds(private("Zorglub"), zipped({"word/styles.xml": b"<a>Zorglub</a>"}))


def test_pictures_are_read_for_what_they_carry_but_no_single_word() -> None:
    assert kinds(HELD, b"\x89PNG\r\n\x1a\n\0\0tEXtAuthor\0Marie Dupont\0") == [("name", "", 1)]
    assert not kinds(HELD, b"\x89PNG\0 Zorglub \0")
    assert not kinds(HELD, b"\xff\xd8\xff\xe0 Zorglub")
    assert kinds(HELD, "Zorglub".encode("utf-16-le")) == []
    svg = base64.b64encode(b"<svg><text>Zorglub</text></svg>").decode()
    assert kinds(HELD, f'a\n<img src="data:image/svg+xml;base64,{svg}">'.encode()) == [("name", "", 2)]
    inside = base64.b64encode(zipped({"a.txt": b"Marie Dupont"})).decode()
    assert kinds(HELD, f"a\n{inside}".encode()) == [("name", "a.txt", 1)]


def test_what_only_looks_like_base64_is_no_text() -> None:
    for run in ("internationalisation", "A" * 17, "////////////////////"):
        assert not list(pieces(run.encode()))[1:]


def test_bytes_in_no_known_encoding_are_windows() -> None:
    assert kinds(private("Éva Petit"), "Éva Petit".encode("cp1252")) == [("name", "", 1)]


def test_decoding_ends() -> None:
    assert decoded("%2525252525") == "%25"
    assert decoded("A\\u00c9\\nB\\,") == "ae b,"


def test_a_hyphen_at_the_end_of_a_line_hides_nothing() -> None:
    assert kinds(HELD, b"x\nMarie Du-\npont\n") == [("name", "", 2)]
    assert kinds(HELD, b"x\nMarie Du\xc2\xad\n  pont\n") == [("name", "", 2)]


def test_lines_are_those_of_the_original() -> None:
    text = "a\nb\n c\nd\n"
    joined = list(forms(text))[1]
    assert joined.text == "a\nbc\nd\n"
    assert [joined.lines(number) for number in (1, 2, 3, 4, 9)] == [
        range(1, 2),
        range(2, 4),
        range(4, 5),
        range(5, 6),
        range(5, 6),
    ]
