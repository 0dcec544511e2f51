"""Pictures in a document of Word: as they are, or drawn as pixels where they are SVG."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from webcycle.documents.docx.wml import Element, Xml, safe, tagged, w
from webcycle.errors import OutsideError, RefusedError
from webcycle.plain import clean

MediaType = Literal["image/svg+xml", "image/png", "image/jpeg"]

PIXELS_PER_INCH = 220
"""How fine a picture is that we draw."""

_EMU_IN_MM = 36_000
_MM_IN_INCH = 25.4
_MM_IN_PIXEL = _MM_IN_INCH / 96
# Lengths of CSS in its pixels; others, and percentages, say nothing outside a page.
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)(px|pt|pc|mm|cm|in)?\s*")
_PNG = b"\x89PNG\r\n\x1a\n"
# Start of frame, the tables and the extension between them left out (ITU-T T.81, table B.1).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xDA)})
_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class _UnreadableError(Exception):
    """The image is not what its media type says."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that Word can show, and how large it is shown, in millimetres."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: float
    height: float


def picture(image: bytes, media_type: MediaType, alt: str, room: tuple[float, float]) -> Picture:
    """The image for Word, 96 of its own pixels an inch, made smaller where there is no `room` (in millimetres) for it.

    RefusedError where it cannot be read, OutsideError where there is nothing to draw an SVG with.
    """
    try:
        if media_type == "image/svg+xml":
            return _drawn(image, room)
        size = _size_of_png(image) if media_type == "image/png" else _size_of_jpeg(image)
        return Picture(image, media_type, *_within(size, room))
    except _UnreadableError as problem:
        raise RefusedError("document.docx-picture", name=clean(alt)[:80]) from problem


def pixels(image: bytes, media_type: Literal["image/png", "image/jpeg"]) -> tuple[float, float] | None:
    """How wide and how high an image says that it is, before it is unpacked; None where it does not say so."""
    try:
        return _size_of_png(image) if media_type == "image/png" else _size_of_jpeg(image)
    except _UnreadableError:
        return None


def inline(shown: Picture, relation: str, number: int, alt: str) -> Xml:
    """A run with the picture in the line; `number` is unique in the document."""
    width, height = round(shown.width * _EMU_IN_MM), round(shown.height * _EMU_IN_MM)
    name, said = f"Picture {number}", safe(alt)
    shape = tagged(
        "pic:spPr",
        tagged("a:xfrm", tagged("a:off", x=0, y=0), tagged("a:ext", cx=width, cy=height)),
        tagged("a:prstGeom", tagged("a:avLst"), prst="rect"),
    )
    filled = tagged("pic:blipFill", tagged("a:blip", r_embed=relation), tagged("a:stretch", tagged("a:fillRect")))
    about = tagged("pic:nvPicPr", tagged("pic:cNvPr", id=number, name=name, descr=said), tagged("pic:cNvPicPr"))
    placed = tagged(
        "wp:inline",
        tagged("wp:extent", cx=width, cy=height),
        tagged("wp:docPr", id=number, name=name, descr=said),
        tagged("wp:cNvGraphicFramePr", tagged("a:graphicFrameLocks", noChangeAspect=1)),
        tagged("a:graphic", tagged("a:graphicData", tagged("pic:pic", about, filled, shape), uri=_NAMESPACE)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return w("r", w("drawing", placed))


def _within(size: tuple[float, float], room: tuple[float, float]) -> tuple[float, float]:
    """Millimetres of a picture of so many pixels; it is never enlarged."""
    width, height = (length * _MM_IN_PIXEL for length in size)
    scale = min(1.0, room[0] / width, room[1] / height)
    return width * scale, height * scale


def _drawn(image: bytes, room: tuple[float, float]) -> Picture:
    root = _svg(image)
    size = _size_of_svg(root)
    width, height = _within(size, room)
    # The size is ours: to be drawn as large as some files ask would end the process.
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {size[0]} {size[1]}")
    root.set("width", f"{width / _MM_IN_PIXEL:.3f}")
    root.set("height", f"{height / _MM_IN_PIXEL:.3f}")
    from webcycle.documents.charts import drawing  # noqa: PLC0415 - most documents have no chart

    if not drawing.available():
        raise OutsideError("document.docx-missing")
    try:
        data = drawing.png(etree.tostring(root, encoding="unicode"), PIXELS_PER_INCH)
    except RuntimeError as problem:
        raise _UnreadableError from problem
    return Picture(data, "image/png", width, height)


def _svg(image: bytes) -> Element:
    try:
        root = etree.fromstring(image, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as problem:
        raise _UnreadableError from problem
    for pictured in root.iter("{*}image", "{*}feImage"):
        # A picture elsewhere is not fetched, as it is not from a page of HTML either.
        for name in [name for name in pictured.attrib if etree.QName(name).localname == "href"]:
            if not pictured.get(name, "").startswith("data:"):
                del pictured.attrib[name]
    return root


def _size_of_svg(root: Element) -> tuple[float, float]:
    """Pixels of CSS, as its width and height say, or else its view box."""
    said = [_pixels(root.get(name, "")) for name in ("width", "height")]
    seen = [_pixels(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())][2:]
    if 0.0 in seen:
        raise _UnreadableError
    match said, seen:
        case [float(width), float(height)], _:
            size = width, height
        case [float(width), None], [float(across), float(down)]:
            size = width, width * down / across
        case [None, float(height)], [float(across), float(down)]:
            size = height * across / down, height
        case _, [float(across), float(down)]:
            size = across, down
        case _:
            raise _UnreadableError
    return _filled(*size)


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _UNITS[found[2] or ""] if found else None


def _filled(width: float, height: float) -> tuple[float, float]:
    if min(width, height) <= 0:
        raise _UnreadableError
    return width, height


def _size_of_png(image: bytes) -> tuple[float, float]:
    """The pixels that its first chunk tells (ISO/IEC 15948, 11.2.2)."""
    if not image.startswith(_PNG) or len(image) < 24:
        raise _UnreadableError
    return _filled(*struct.unpack(">II", image[16:24]))


def _size_of_jpeg(image: bytes) -> tuple[float, float]:
    """The pixels that the header of its frame tells (ITU-T T.81, B.2.2)."""
    at = 2
    while image[:2] == b"\xff\xd8" and at + 9 <= len(image) and image[at] == 0xFF:
        marker = image[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", image[at + 5 : at + 9])
            return _filled(width, height)
        # Bytes of 255 may fill the room before a marker.
        at += (
            1
            if marker == 0xFF
            else 2
            if marker in _WITHOUT_LENGTH
            else 2 + struct.unpack(">H", image[at + 2 : at + 4])[0]
        )
    raise _UnreadableError
