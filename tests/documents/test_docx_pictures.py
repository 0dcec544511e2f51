"""Pictures in DOCX: charts with their words, logos as they are, and what cannot be read."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from tests.documents import every_document, sample
from tests.documents.docx_reading import alts, findings, names, part
from tests.documents.pdf_reading import document
from webcycle.documents import docx
from webcycle.documents.blocks import Document, Figure, House, Logo, every
from webcycle.documents.charts import drawing
from webcycle.documents.docx import pictures
from webcycle.documents.inline import plain
from webcycle.errors import OutsideError, RefusedError

EMU_IN_MM = 36_000


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, shade: bytes = b"\xff") -> bytes:
    rows = b"".join(b"\0" + shade * width for _ in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, before: bytes = b"\xff\xee\x00\x04ab") -> bytes:
    """The beginning of a JPEG: a segment, bytes that fill, the tables, the frame."""
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + before + b"\xff\xff\xc4\x00\x03\x00" + b"\xff\x01" + frame + b"\xff\xd9"


def svg(attributes: str, content: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{content}</svg>'.encode()


def file(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def sizes(data: bytes) -> list[tuple[float, float]]:
    """How large each picture is shown, in millimetres."""
    return [
        (round(int(one.get("cx")) / EMU_IN_MM, 1), round(int(one.get("cy")) / EMU_IN_MM, 1))
        for one in part(data).iter("{*}extent")
    ]


def of_house(logo: Logo) -> Document:
    return replace(document(), house=House(logo=logo))


def test_charts_are_fine_pictures_with_their_alternative_texts() -> None:
    told = every_document.documents()["review-measured-full.fr"]
    data = docx.render(told)
    charts = [one for one in every(told.blocks) if isinstance(one, Figure)]
    assert len(charts) > 5
    assert alts(data) == [chart.alt for chart in charts]
    shown = sizes(data)
    for number, (wide, high) in enumerate(shown, 1):
        pixels = struct.unpack(">II", file(data, f"word/media/image{number}.png")[16:24])
        assert abs(pixels[0] - wide / 25.4 * pictures.PIXELS_PER_INCH) < 3
        assert abs(pixels[1] - high / 25.4 * pictures.PIXELS_PER_INCH) < 3
        assert wide <= 140


def test_the_words_of_a_chart_are_in_its_picture() -> None:
    told = every_document.documents()["review-measured-standard.fr"]
    for chart in (one for one in every(told.blocks) if isinstance(one, Figure)):
        drawn = pictures.picture(chart.image, "image/svg+xml", "", (140, 190))
        without = re.sub(rb"<text.*?</text>", b"", chart.image, flags=re.DOTALL)
        assert without != chart.image
        assert len(pictures.picture(without, "image/svg+xml", "", (140, 190)).data) < 0.7 * len(drawn.data)
        elsewhere = re.sub(rb"font-family=(['\"]).*?\1", b'font-family="monospace"', chart.image)
        assert pictures.picture(elsewhere, "image/svg+xml", "", (140, 190)).data != drawn.data


@pytest.mark.parametrize(
    ("media_type", "image"), [("image/png", png(96, 48)), ("image/jpeg", jpeg(96, 48))], ids=["png", "jpeg"]
)
def test_a_picture_of_pixels_stays_as_it_is(media_type: str, image: bytes, tmp_path: Path) -> None:
    data = docx.render(of_house(Logo(image, media_type, "Conseil")))  # type: ignore[arg-type]
    (name,) = (name for name in names(data) if "media" in name)
    assert file(data, name) == image
    assert sizes(data) == [(25.4, 12.7)]
    assert alts(data) == ["Conseil"]
    assert findings(data, tmp_path) == []


def test_the_words_of_a_logo_are_said_in_their_language() -> None:
    logo = Logo(sample.SVG, "image/svg+xml", "Conseil: l'Exemple", "fr")
    assert alts(docx.render(of_house(logo))) == ["Conseil\u00a0: l’Exemple"]


def test_a_large_logo_is_made_smaller() -> None:
    assert sizes(docx.render(of_house(Logo(png(4000, 1000), "image/png", "x")))) == [(76.0, 19.0)]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="96" height="48"', (25.4, 12.7)),
        ('width="1in" height="0.5in"', (25.4, 12.7)),
        ('width="72pt" viewBox="0 0 10 5"', (25.4, 12.7)),
        ('height="12.7mm" viewBox="0 0 10 5"', (25.4, 12.7)),
        ('width="100%" height="100%" viewBox="-5 -5 96 48"', (25.4, 12.7)),
        ('viewBox="0,0,96,48"', (25.4, 12.7)),
        ('width="900000" height="450000"', (140.0, 70.0)),
        ('viewBox="0 0 900000 450000"', (140.0, 70.0)),
    ],
)
def test_a_drawing_has_the_size_that_it_says_where_there_is_room(
    attributes: str, expected: tuple[float, float]
) -> None:
    figure = Figure("f", plain("f"), "alt", svg(attributes, '<path d="M0 0h9v9z"/>'), "image/svg+xml")
    assert sizes(docx.render(document(figure))) == [expected]


BROKEN: tuple[tuple[str, bytes], ...] = (
    ("image/svg+xml", b"<svg/>"),
    ("image/svg+xml", b"no picture"),
    ("image/svg+xml", svg("")),
    ("image/svg+xml", svg('width="0" height="9"')),
    ("image/svg+xml", svg('width="9999999" height="9"')),
    ("image/svg+xml", svg('viewBox="0 0 0 9"')),
    ("image/svg+xml", svg('width="9" viewBox="0 0 0 9"')),
    ("image/svg+xml", svg('height="9" viewBox="0 0 9 0"')),
    ("image/svg+xml", b'<html xmlns="http://www.w3.org/1999/xhtml" width="9" height="9"/>'),
    ("image/png", b"no picture"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/png", png(0, 4)),
    ("image/jpeg", b"no picture"),
    ("image/jpeg", b"\xff\xd8\xff\xd9"),
    ("image/jpeg", jpeg(0, 4)),
    ("image/jpeg", b"\xff\xd8" + b"\xff\xe0\xff\xff" + bytes(20)),
    ("image/jpeg", b"\xff\xd8" + bytes(20)),
)


@pytest.mark.parametrize(("media_type", "image"), BROKEN, ids=range(len(BROKEN)))
def test_a_picture_that_cannot_be_read_is_refused(media_type: str, image: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        docx.render(of_house(Logo(image, media_type, "Exemple\x1b[0m")))  # type: ignore[arg-type]
    assert caught.value.key == "document.docx-picture"
    assert caught.value.values["name"] == "Exemple\ufffd[0m"


def test_a_drawing_fetches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.png"
    path.write_bytes(png(40, 40, b"\x20"))
    shape = '<image {}href="{}" width="40" height="40"/>'
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:'
    inside = "data:image/png;base64," + b64encode(png(40, 40, b"\x20")).decode()
    room = (140.0, 190.0)

    def drawn(content: str) -> bytes:
        return pictures.picture(svg('width="40" height="40"', content), "image/svg+xml", "", room).data

    empty = drawn("")
    assert drawn(shape.format("", inside)) != empty
    for prefix in ("", link):
        assert drawn(shape.format(prefix, path)) == empty


def test_without_the_library_a_drawing_is_not_lost_silently(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "available", lambda: False)
    with pytest.raises(OutsideError) as caught:
        docx.render(of_house(Logo(sample.SVG, "image/svg+xml", "x")))
    assert caught.value.key == "document.docx-missing"
