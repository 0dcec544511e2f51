"""The organisation's letterhead: a document of Word whose pages, headers, footers and styles ours takes over."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from lxml import etree

from webcycle.documents.docx.wml import Element, R, W
from webcycle.errors import RefusedError

MOST = 10_000_000
"""The most bytes of a letterhead."""

# What it may hold unpacked: far more than a letterhead needs, far less than a zip bomb.
_UNPACKED, _ENTRIES = 100_000_000, 2_000
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SAFE = {"resolve_entities": False, "no_network": True}
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    OpcError,
    PythonDocxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What is raised for a package that does not hold together."""
# What stays of a letterhead besides its headers and footers. The rest belonged to its text: pictures, notes, comments.
_OF_DOCUMENT = frozenset(
    {RT.STYLES, RT.SETTINGS, RT.NUMBERING, RT.THEME, RT.FONT_TABLE, RT.WEB_SETTINGS, RT.CUSTOM_XML}
)
_OF_PACKAGE = frozenset({RT.OFFICE_DOCUMENT, RT.CUSTOM_PROPERTIES})
# Settings that point elsewhere (a template that is fetched, a mailing list) or to the notes that are gone.
_LEADING_AWAY = frozenset(W + name for name in ("attachedTemplate", "mailMerge", "footnotePr", "endnotePr"))


def opened(data: bytes) -> Any:
    """The letterhead as python-docx's document, emptied: its last section is what remains of its body.

    RefusedError for a file that is no document of Word, has macros, is a template or encrypted, or is too large.
    """
    _look_at(data)
    try:
        found = docx.Document(io.BytesIO(data))
        _empty(found)
    except BROKEN as problem:
        raise RefusedError("document.letterhead-unreadable") from problem
    return found


def pictures(document: Any) -> list[int]:
    """The numbers of the pictures in its headers and footers."""
    drawn = [
        one
        for part in _related(document, RT.HEADER, RT.FOOTER)
        for one in part.element.iter("{*}docPr", "{*}imagedata")
    ]
    return [int(number) if (number := one.get("id", "")).isdecimal() else 0 for one in drawn]


def _look_at(data: bytes) -> None:
    """Refuse what must not be opened at all."""
    if len(data) > MOST:
        raise RefusedError("document.letterhead-size")
    if data.startswith(_COMPOUND):
        raise RefusedError(f"document.letterhead-{'encrypted' if _ENCRYPTED in data else 'unreadable'}")
    if not data.startswith(_ZIP):
        raise RefusedError("document.letterhead-unreadable")
    try:
        kinds, names = _contents(data)
    except BROKEN as problem:
        raise RefusedError("document.letterhead-unreadable") from problem
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds) or any(
        "vbaProject" in name for name in names
    ):
        raise RefusedError("document.letterhead-macros")
    if any("template.main+xml" in kind for kind in kinds):
        raise RefusedError("document.letterhead-template")
    if _MAIN not in kinds:
        raise RefusedError("document.letterhead-unreadable")


def _contents(data: bytes) -> tuple[set[str], list[str]]:
    """The content types of a package, and the names of its files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNPACKED:
            raise RefusedError("document.letterhead-bomb")
        if any(entry.flag_bits & 1 for entry in entries):
            raise RefusedError("document.letterhead-encrypted")
        types = etree.fromstring(archive.read("[Content_Types].xml"), etree.XMLParser(**_SAFE))
    kinds = {str(one.get("ContentType")) for one in types.iter(f"{_TYPES}Override", f"{_TYPES}Default")}
    return kinds, [entry.filename for entry in entries]


def _empty(document: Any) -> None:
    body = document.element.body
    section = _section(body)
    for old in list(body):
        body.remove(old)
    if section is not None:
        body.append(section)
    _forget(
        document.part,
        _OF_DOCUMENT,
        {told for one in body.iter() for name, told in one.attrib.items() if name.startswith(R)},
    )
    _forget(document.part.package, _OF_PACKAGE, set())
    _unlink(document)


def _section(body: Element) -> Element | None:
    """The section at the end of the body, with the headers and footers that it takes over from those before it."""
    *before, last = [*body.iter(W + "sectPr")] or [None]
    if last is None:
        return None
    for earlier in reversed(before):
        held = {_place(one) for one in _running(last)}
        for number, one in enumerate(one for one in _running(earlier) if _place(one) not in held):
            last.insert(number, one)
    for note in (*last.findall(W + "footnotePr"), *last.findall(W + "endnotePr")):
        last.remove(note)
    return last


def _running(section: Element) -> Iterator[Element]:
    """The headers and footers of a section."""
    yield from [one for one in section if one.tag in (W + "headerReference", W + "footerReference")]


def _place(running: Element) -> tuple[str, str]:
    return running.tag, running.get(W + "type", "default")


def _forget(part: Any, kept: frozenset[str], used: set[str]) -> None:
    """Drop what a part no longer leads to; what nothing leads to is not saved."""
    for identity in [key for key, one in part.rels.items() if one.reltype not in kept and key not in used]:
        del part.rels[identity]


def _unlink(document: Any) -> None:
    for settings in _related(document, RT.SETTINGS):
        for one in [one for one in settings.element if one.tag in _LEADING_AWAY]:
            for told in (value for inner in one.iter() for name, value in inner.attrib.items() if name.startswith(R)):
                settings.rels.pop(told, None)
            settings.element.remove(one)


def _related(document: Any, *kinds: str) -> list[Any]:
    """The parts that the document leads to by relations of these kinds."""
    return [relation.target_part for relation in document.part.rels.values() if relation.reltype in kinds]
