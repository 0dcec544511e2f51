"""A PDF that was saved again keeps what was in it; and what stands beside its objects, or is attached to it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest

from webcycle import legible
from webcycle.unpacked import Bounds, Unread, pieces

from .made import kinds, private, zipped

NAME, EMAIL = "Zéphyrine Quillebeuf", "zq@example.org"
PLAIN = b"Zephyrine Quillebeuf"
HELD = private(NAME, emails=(EMAIL,))
CATALOG = b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Page/Contents 4 0 R>> endobj\n"
END = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer <</Root 1 0 R>>\n%%EOF\n"


def content(said: bytes, number: int = 4, head: bytes = b"") -> bytes:
    body = b"BT (" + said + b") Tj ET"
    return stream(zlib.compress(body) if head else body, number, head)


def stream(body: bytes, number: int = 5, head: bytes = b"") -> bytes:
    return b"%d 0 obj <<%b>> stream\n%b\nendstream endobj\n" % (number, head, body)


def pdf(*objects: bytes, end: bytes = END) -> bytes:
    return b"%PDF-1.4\n" + CATALOG + b"".join(objects) + end


FLATE = b"/Filter/FlateDecode"
INNER = zlib.compress(b"4 0 <</Author(" + PLAIN + b")>>")
KEPT = {
    "a stream that was replaced": pdf(content(PLAIN)) + content(b"Rien") + END,
    "a packed one": pdf(content(PLAIN, head=FLATE)) + content(b"Rien", head=FLATE) + END,
    "a value that was replaced": pdf(b"4 0 obj <</Author(" + PLAIN + b")>> endobj\n") + content(b"Rien") + END,
    "one in a stream of objects": pdf(stream(INNER, 7, b"/Type/ObjStm/First 4" + FLATE)) + content(b"Rien") + END,
    "what follows the end": pdf(content(b"Rien")) + b"% " + NAME.encode() + b"\n",
    "what follows in windows": pdf(content(b"Rien")) + NAME.encode("cp1252"),
    "what stands between": pdf(content(b"Rien"), b"% " + PLAIN + b"\n", content(b"Rien", 8)),
    "what stands before": pdf(content(b"Rien")).replace(b"1.4\n", b"1.4\n%" + PLAIN + b"\n", 1),
    "in the trailer": pdf(end=END.replace(b"<<", b"<</Info<</Author(Zephyrine\\040Quillebeuf)>>")),
    "a file behind it": pdf() + zipped({"a.txt": NAME.encode()}),
}


@pytest.mark.parametrize("how", KEPT)
def test_what_was_kept_or_added_is_found(how: str) -> None:
    assert {kind for kind, _inner, _line in kinds(HELD, KEPT[how])} == {"name"}
    assert legible.search(KEPT[how], [legible.name(NAME), legible.name(PLAIN.decode())])


def test_an_older_page_is_read_by_the_fonts_of_the_file() -> None:
    table = stream(b"beginbfchar <01> <0061> endbfchar", 6)
    older = b"3 0 obj <</ToUnicode 6 0 R>> endobj 9 0 obj <</Font<</F1 3 0 R>>>> endobj\n" + table
    page = stream(b"/F1 1 Tf (Zorglub-Qu\\001rt) Tj", 4)
    newer = b"2 0 obj <</Type/Page/Contents 4 0 R/Font<</F2 8 0 R>>>> endobj\n"
    found = [text for text in pieces(pdf(older, page) + newer) if getattr(text, "spot", "") == "page 1"]
    assert [getattr(one, "text", "").strip() for one in found] == ["a", "a"]


def test_a_list_of_places_says_nothing() -> None:
    entries = b"".join(b"%010d 00000 n \n" % number for number in range(2000))
    found = list(pieces(pdf(end=b"xref\n0 2000\n" + entries + b"trailer <<>>")))
    assert sum(len(getattr(one, "text", "")) for one in found) < 500


ATTACHED: dict[str, Callable[[bytes], bytes]] = {
    "text": bytes,
    "wide text": lambda raw: raw.decode().encode("utf-16"),
    "zip": lambda raw: zipped({"list.csv": raw}),
    "gzip": lambda raw: gzip.compress(raw, mtime=0),
    "pdf": lambda raw: pdf(content(raw.decode().encode("cp1252"))),
}


@pytest.mark.parametrize("how", ATTACHED)
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_in_a_pdf_is_looked_into(how: str, packed: bool) -> None:
    raw = ATTACHED[how](f"{NAME} {EMAIL}".encode())
    head = b"/Type/EmbeddedFile" + (FLATE if packed else b"")
    data = pdf(stream(zlib.compress(raw) if packed else raw, head=head))
    found = [one for one in kinds(HELD, data) if one[0] != "unread"]
    assert {kind for kind, _inner, _line in found} == {"name", "address"}
    assert how == "pdf" or all(inner.startswith("object 5") for _kind, inner, _line in found)
    assert {hit.label for hit in legible.search(data, [legible.name(NAME), legible.address(EMAIL)])} == {
        "name",
        "address",
    }


def test_files_in_files_end() -> None:
    data = pdf(stream(zipped({"a": b"x"}), head=b"/Type/EmbeddedFile"))
    assert [one.part for one in pieces(data, Bounds(depth=0)) if isinstance(one, Unread)] == ["object 5"]
    assert not [one for one in pieces(data) if isinstance(one, Unread)]
