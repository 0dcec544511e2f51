"""What a document of Word says, to readers that are not ours: its words, its parts, and what a validator finds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as word
from lxml import etree
from openxml_audit import OpenXmlValidator

from tests.documents import hostile
from webcycle.documents.blocks import Document, Figure

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><path d="M0 0h9v9z"/></svg>'
_SAID = {f"{W}br": " ", f"{W}tab": " "}


def findings(data: bytes, folder: Path) -> list[str]:
    """What a validator of Office Open XML finds."""
    path = folder / "audited.docx"
    path.write_bytes(data)
    return [f"{one.part_uri} {one.path} {one.description}" for one in OpenXmlValidator().validate(path).errors]


def opened(data: bytes) -> Any:
    return word.Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def shown(element: Any) -> str:
    """The words of an element, in reading order, each hyphen as the document has it."""
    words = "".join(
        _SAID.get(one.tag, one.text or "") for one in element.iter(f"{W}t", *_SAID) if one.getparent().tag == f"{W}r"
    )
    return words.replace("\u2011", "-")


def alts(data: bytes) -> list[str]:
    return [one.get("descr") for one in part(data).iter("{*}docPr")]


def links(data: bytes) -> list[tuple[str, str]]:
    """The words and the address of each link."""
    relations = opened(data).part.rels
    return [
        (shown(one), relations[one.get(f"{R}id")].target_ref)
        for one in part(data).iter(f"{W}hyperlink")
        if one.get(f"{R}id")
    ]


def paragraphs(data: bytes) -> Iterator[tuple[str, str]]:
    """The style's name and the words of each paragraph outside tables."""
    for one in opened(data).paragraphs:
        yield one.style.name, shown(one._p)


def styled(data: bytes, style: str) -> list[str]:
    return [words for name, words in paragraphs(data) if name == style]


def every_place(text: str) -> Document:
    """The text in every place of every block."""
    blocks = (block for found in hostile.blocks(text).values() for block in found)
    drawn = (replace(block, image=SVG) if isinstance(block, Figure) else block for block in blocks)
    return hostile.document(text, tuple(drawn))
