"""What a PDF says, to readers that are not ours: its text, its structure, and what a validator finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import Any

import pypdf
from page import ValidationProfile, validate_pdf_bytes
from pypdf.generic import DictionaryObject, IndirectObject

from webcycle.documents.blocks import (
    Anchor,
    Block,
    Break,
    Document,
    Emphasis,
    InLanguage,
    Raised,
    Run,
    Strong,
)
from webcycle.documents.inline import plain, text_of
from webcycle.errors import Language

PROFILES = (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A)
NODES = (Run, Raised, Break, Strong, Emphasis, Anchor, InLanguage)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><path d="M0 0h9v9z"/></svg>'


def failures(data: bytes) -> list[str]:
    """What a validator finds, but for its reading a stream that ends in a carriage return as one byte too long."""
    ends_in_return = any(
        data[at + int(found[1]) - 1 : at + int(found[1])] == b"\r"
        for found in re.finditer(rb"/Length (\d+)", data)
        for at in [data.index(b"stream\n", found.end()) + len(b"stream\n")]
    )
    told = [
        (one.rule_id, one.message) for profile in PROFILES for one in validate_pdf_bytes(data, profile=profile).failures
    ]
    return [f"{rule} {words}" for rule, words in told if not (ends_in_return and rule == "PDFA2A-STREAM-LENGTH-001")]


def reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(data))


def content(page: pypdf.PageObject) -> bytes:
    found = page.get_contents()
    assert found is not None
    return found.get_data()


def squeezed(text: str) -> str:
    return "".join(text.split())


def shown(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in reader(data).pages)


def texts(value: Any, lang: Language) -> Iterator[str]:
    """Every inline text in part of a document, wherever the model has one."""
    if isinstance(value, tuple) and value and all(isinstance(one, NODES) for one in value):
        yield text_of(value, lang)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one, lang)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), lang)


def tags(data: bytes) -> list[DictionaryObject]:
    """The elements of the structure tree, in reading order."""

    def below(node: Any) -> Iterator[DictionaryObject]:
        found = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(found, list):
            for one in found:
                yield from below(one)
        elif isinstance(found, DictionaryObject):
            if "/S" in found:
                yield found
            if "/K" in found:
                yield from below(found["/K"])

    root = reader(data).trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    return list(below(root["/StructTreeRoot"]))


def named(data: bytes) -> list[str]:
    return [str(tag["/S"])[1:] for tag in tags(data)]


def places(data: bytes) -> Iterator[tuple[float, float, float, float]]:
    """Where each piece of text begins, and the size of its page, in points."""
    for page in reader(data).pages:
        found: list[tuple[float, float]] = []

        def visit(text: str, page: list[float], line: list[float], _font: Any, _size: Any, found: Any = found) -> None:
            if text.strip():
                x, y = line[4], line[5]
                found.append((x * page[0] + y * page[2] + page[4], x * page[1] + y * page[3] + page[5]))

        page.extract_text(visitor_text=visit)
        yield from ((x, y, float(page.mediabox.width), float(page.mediabox.height)) for x, y in found)


def document(*blocks: Block, lang: Language = "en") -> Document:
    return Document(plain("T"), lang, blocks)
