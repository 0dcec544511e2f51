"""What can be read out of bytes, however it is packed or written."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcycle import legible

ADA = "ada.lovelace@example.org"
NEEDLES = (legible.address(ADA), legible.name("Zoé Faure"))


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def labels(data: bytes) -> set[str]:
    return {one.label for one in legible.search(data, NEEDLES)}


BOTH = f"to {ADA}, Zoé Faure."
WRITTEN: dict[str, bytes] = {
    "plain": BOTH.encode(),
    "capitals": BOTH.upper().encode(),
    "decomposed": "to ADA.lovelace@example.org, Zoe\u0301 Faure.".encode(),
    "latin": BOTH.encode("cp1252"),
    "utf-8 with a mark": BOTH.encode("utf-8-sig"),
    "utf-16": BOTH.encode("utf-16"),
    "utf-16 without a mark": BOTH.encode("utf-16-le"),
    "utf-16 the other way": BOTH.encode("utf-16-be"),
    "percent": b"?to=ada.lovelace%40example.org&n=Zo%C3%A9+Faure",
    "quoted-printable": quopri.encodestring(BOTH.encode()),
    "soft break": b"ada.love=\r\nlace@example.org Zo=C3=A9 Fau=\r\nre",
    "base64": base64.encodebytes(("." * 40 + BOTH).encode()),
    "encoded word": b"Subject: =?utf-8?b?" + base64.b64encode(BOTH.encode()) + b"?=",
    "entities": b"ada.lovelace&#64;example.org Zo&eacute; Faure",
    "tags": "<b>ada.lovelace</b>@example.org <i>Zoé</i><i>Faure</i>".encode(),
    "runs": "<t>ada.love</t><t>lace@example.org</t> <t>Zoé Fa</t><t>ure</t>".encode(),
    "json": b'{"a": "\\nada.lovelace@example.org", "b": "Zo\\u00e9 Faure", "c": "\\xe9"}',
    "folded": "ATTENDEE:mailto:ada.lovel\r\n ace@example.org\r\nCN:Zoé Fau\r\n re".encode(),
    "file name": b"",
    "zip": zipped("inside.txt", BOTH.encode()),
    "zip in zip": zipped("b.zip", zipped("a.txt", BOTH.encode())),
    "name in zip": zipped(f"Zoé Faure {ADA}.txt", b""),
    "markup": f"_{ADA}_ **Zoé Faure**".encode(),
    "a file's name": f"{ADA}.csv, Zoé Faure".encode(),
}


@pytest.mark.parametrize("how", [one for one in WRITTEN if WRITTEN[one]])
def test_it_is_found_however_it_is_written(how: str) -> None:
    assert labels(WRITTEN[how]) == {"address", "name"}


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"x.ada.lovelace@example.org ada.lovelace@example.org.uk ada.lovelace@example.orgs",
        b"ada.lovelace@example.org-x.net",
        "Zoé Faure-Martin, Anne-Zoé Faure, Zoé Faures, O'Zoé Faure".encode(),
        b"PK\x03\x04 no archive",
        b"%PDF-1.7 stream\nnot compressed",
        b"%41 =41 &x; <> \\u12 \\",
        b"AAAABBBBCCCCDDDDEEEE====",
    ],
)
def test_somebody_else_is_not(other: bytes) -> None:
    assert labels(other) == set()


def pdf(content: bytes, table: bytes) -> bytes:
    streams = (zlib.compress(content), zlib.compress(table))
    return b"%PDF-1.7\n" + b"".join(b"<<>>\nstream\n" + one + b"\nendstream\n" for one in streams)


def test_the_glyphs_of_a_pdf_are_read_by_its_tables() -> None:
    codes = {letter: number for number, letter in enumerate(dict.fromkeys("zoéfaur "), start=1)}
    table = "begincmap 1 beginbfchar\n" + "".join(f"<{n:04x}> <{ord(one):04x}>\n" for one, n in codes.items())
    table += "endbfchar 1 beginbfrange <0041> <0043> <0061> <0050> <004f> <0061> endbfrange"
    glyphs = "".join(f"{codes[one]:04x}" for one in "zoé")
    last = "".join(f"\\{codes[one] >> 8:03o}\\{codes[one] & 255:03o}" for one in "faure" if one in codes)
    codes |= {"e": 9}
    table = table.replace("endbfchar", "<0009> <0065>\nendbfchar")
    last = "".join(f"\\{codes[one] >> 8:03o}\\{codes[one] & 255:03o}" for one in "faure")
    content = f"BT <{glyphs}> Tj 0 1 Td [({last})] TJ (\\n\\(x\\)) Tj <004> Tj ET".encode()
    assert labels(pdf(content, table.encode())) == {"name"}


def test_the_properties_of_a_pdf_are_read() -> None:
    written = "".join(f"{byte:02X}" for byte in ("\ufeff" + ADA).encode("utf-16-be"))
    assert labels(f"%PDF-1.7 /Author <{written}> /Title (a)".encode()) == {"address"}
    assert labels(b"%PDF-1.7 /Author (" + b"\xef\xbb\xbf" + ADA.encode() + b")") == {"address"}


def test_a_hit_names_its_line_or_its_part() -> None:
    assert [one.line for one in legible.search(f"a\n\n{ADA}\n{ADA}".encode(), NEEDLES)] == [3]
    assert [one.line for one in legible.search(b"a\nada.lovelace%40example.org", NEEDLES)] == [2]
    assert [one.line for one in legible.search(b"ada.love\r\n lace@example.org", NEEDLES)] == [None]
    assert {(one.part, one.line) for one in legible.search(WRITTEN["zip in zip"], NEEDLES)} == {("b.zip/a.txt", None)}


def test_archives_are_opened_three_deep() -> None:
    data = BOTH.encode()
    for _depth in range(3):
        data = zipped("a.zip", data)
    assert labels(data)
    assert not labels(zipped("a.zip", data))


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7 stream\n", b"\xff\xfe"]))
def test_no_bytes_stop_it(data: bytes, start: bytes) -> None:
    assert all(isinstance(text, str) for _part, text in legible.texts(start + data))


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_found_between_any_lines(before: str, after: str) -> None:
    text = f"{before}\n{ADA}\n{after}"
    assert "address" in labels(text.encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "make", [lambda n: "<" * n, lambda n: "A" * n, lambda n: "=\n" * n, lambda n: "&" * n + "(" * n]
)
def test_long_texts_take_no_time(make: Callable[[int], str]) -> None:
    assert labels(make(50_000).encode()) == set()
    assert labels(b"%PDF-" + make(20_000).encode()) == set()
