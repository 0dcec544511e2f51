"""What a PDF says: ours, and those of other programs."""

from __future__ import annotations

import zlib

import pytest

from webcycle.documents import pdf
from webcycle.documents.blocks import Break, Document, Heading, Paragraph, Run, Strong
from webcycle.documents.inline import plain
from webcycle.unpacked.bounds import Bounds, Budget
from webcycle.unpacked.portable import Portable

from .made import kinds, private


def test_our_own_pdf_is_read_page_for_page() -> None:
    pytest.importorskip("typst")
    filler = tuple(Paragraph(plain("Lorem ipsum dolor sit amet. " * 40)) for _ in range(9))
    last = Paragraph((Run("Éloïse Lefè"), Strong((Run("vre et Marie"),)), Break(), Run("Dupont")))
    document = Document(plain("Le titre"), "fr", (Heading(2, plain("Paul Petit"), "paul"), *filler, last))
    data = pdf.render(document)
    assert b"Lef" not in data
    assert {inner for _, inner, _ in kinds(private("Éloïse Lefèvre"), data)} == {"page 3"}
    assert {inner for _, inner, _ in kinds(private("Dupont Marie"), data)} == {"page 3"}
    assert {inner for _, inner, _ in kinds(private("Paul Petit"), data)} >= {"metadata", "page 1"}
    assert not kinds(private("Nobody Here", "Zorglub"), data)


BOUNDS = Bounds()
CMAP = b"""/CIDInit begincmap 1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfchar <01> <004D> <02> <006100720069> endbfchar
3 beginbfrange <03> <03> <0065> <04> <06> [<0044> <00750070>] <07> <09> <006E> endbfrange endcmap"""


def made(content: bytes, *, more: bytes = b"", font: bytes = b"/ToUnicode 4 0 R", contents: bytes = b"3 0 R") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj <</Type/Page/Contents " + contents + b"/Resources 5 0 R>> endobj\n"
        b"2 0 obj <</Type/Font" + font + b">> endobj\n"
        b"3 0 obj <<>> stream\n" + content + b"\nendstream endobj\n"
        b"4 0 obj <<>> stream\n" + CMAP + b"\nendstream endobj\n"
        b"5 0 obj <</Font<</F1 2 0 R>>>> endobj\n" + more
    )


def opened(data: bytes, bounds: Bounds = BOUNDS) -> Portable:
    return Portable(data, Budget(bounds))


def read(data: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place, text in opened(data).texts():
        found.setdefault(place, []).append(text)
    return found


def test_glyphs_are_read_by_the_map_of_their_font() -> None:
    said = read(made(b"BT /F1 12 Tf [(\\001\\002)-20<03>] TJ 0 -1 Td (\\004\\005\\007\\010) Tj ET"))["page 1"]
    assert said == ["MarieDupno", "Marie\n\nDupno\n\n"]
    assert read(made(b"BT /F1 12 Tf (\\006\\012) Tj ET", contents=b"[3 0 R]"))["page 1"][0] == ""


def test_a_font_without_a_map_is_read_as_windows() -> None:
    assert read(made(b"/F1 1 Tf (Andr\\351 \\(x\\)\\n\\\n\\9) Tj", font=b""))["page 1"][0] == "André (x)\n9"
    assert read(made(b"/F9 1 Tf (Marie) '"))["page 1"][0] == "Marie"
    assert read(made(b"/F1 1 Tf (Marie) Tj", font=b"/ToUnicode 99 0 R"))["page 1"][0] == "Marie"


def test_fonts_are_looked_for_in_the_whole_file_where_a_page_names_none() -> None:
    data = made(b"/F1 1 Tf (\\001\\002\\003) Tj").replace(b"/Resources 5 0 R", b"")
    assert read(data)["page 1"][0] == "Marie"
    beside = made(b"/F1 1 Tf (\\001\\002\\003) Tj").replace(b"/Font<</F1 2 0 R>>", b"/Font 6 0 R")
    assert read(beside + b"6 0 obj <</F1 2 0 R>> endobj")["page 1"][0] == "Marie"
    lost = made(b"/F1 1 Tf (Marie) Tj").replace(b"/Font<</F1 2 0 R>>", b"/Font 66 0 R")
    assert read(lost)["page 1"][0] == "Marie"


def test_strings_and_xml_are_read_too() -> None:
    xml = b"<?xpacket?><dc:creator>Marie Dupont</dc:creator>"
    more = b"8 0 obj <</Title<FEFF00C90076>/Author(\\376\\377\\000A)/Alt(Paul)/ID<ABC>>> endobj 9 0 obj <<>> stream\n"
    said = read(made(b"x", more=more + xml + b"\nendstream endobj"))
    assert said["object 9"][0].strip() == xml.decode()
    assert said["metadata"][0].split("\n")[:3] == ["Év", "A", "Paul"]
    little = b"8 0 obj <</Title(\xff\xfe" + "Éva".encode("utf-16-le") + b")>> endobj"
    assert read(made(b"x", more=little))["metadata"][0].split("\n")[0] == "Éva"


def compressed(body: bytes, head: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"7 0 obj <<" + head + b">> stream\n" + zlib.compress(body) + b"\nendstream endobj\n"


def test_object_streams_are_opened() -> None:
    inner = b"20 0 21 14 <</Author(Ada)>> <</Title(Marie Dupont)>>"
    stream = compressed(inner, b"/Type/ObjStm/N 2/First 11/Filter[/FlateDecode]")
    found = opened(b"%PDF-1.5\n" + stream)
    assert found.whole
    assert kinds(private("Marie Dupont"), b"%PDF-1.5\n" + stream) == [("name", "metadata", 1), ("name", "object 7", 1)]
    assert set(opened(b"%PDF-1.5\n" + compressed(b"x", b"/Type/ObjStm/Filter/FlateDecode")).things) == {7}


@pytest.mark.parametrize(
    "more",
    [
        b"7 0 obj <</Filter/FlateDecode>> stream\nno deflate\nendstream endobj",
        b"7 0 obj <</Filter/LZWDecode>> stream\nx\nendstream endobj",
        b"trailer <</Encrypt 9 0 R>>",
    ],
)
def test_what_cannot_be_read_is_said(more: bytes) -> None:
    assert ("unread", "", 0) in kinds(private("Marie Dupont"), made(b"x", more=more))


def test_a_bomb_is_not_unpacked() -> None:
    assert not opened(b"%PDF-1.4\n" + compressed(b"x" * 101), Bounds(file=100)).whole
    assert opened(b"%PDF-1.4\n" + compressed(b"x" * 100), Bounds(file=100)).whole


def test_pictures_and_fonts_are_passed_over() -> None:
    data = b"7 0 obj <</Subtype/Image/Filter/DCTDecode>> stream\nMarie Dupont\nendstream endobj"
    assert not kinds(private("Marie Dupont"), b"%PDF-1.4\n" + data)


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert kinds(private("Marie Dupont"), b"%PDF-1.4\n1 0 obj <<>> stream\nMarie Dupont") == [("name", "object 1", 1)]
    assert kinds(private("Marie Dupont"), b"%PDF-1.4\n1 0 obj (Marie Dupont)") == [("name", "metadata", 1)]


@pytest.mark.parametrize(
    "piece",
    [
        b"1 0 obj ",
        b"1 ",
        b"(",
        b"<",
        b"(\\",
        b"/Font<<",
        b"/Contents[",
        b"stream\n",
        b"beginbfchar <1",
        b"/F 1",
        b"1 0 R",
        b"1" * 50,
    ],
)
def test_time_grows_with_the_length_alone(piece: bytes) -> None:
    """Were it to grow with the square, this would take minutes."""
    data = b"%PDF-1.4\n1 0 obj <<>> stream\n" + piece * (100_000 // len(piece))
    list(opened(data).texts())
    list(opened(data.replace(b"stream\n", b"", 1)).texts())
