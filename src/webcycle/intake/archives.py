"""A file to its contents: what it is, by its first bytes and never by its name; archives are opened one level deep."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from webcycle.errors import Finding, Severity
from webcycle.intake.contents import Content, Tree, Upload
from webcycle.intake.encodings import detect
from webcycle.intake.problems import IntakeError
from webcycle.intake.tabular import text_table
from webcycle.intake.workbook import check_archive, is_workbook, workbook_tables

MAX_TREE = 200 << 20
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
# What zipfile raises for archives whose directory and contents disagree.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, LookupError, OSError, RuntimeError)


def open_upload(upload: Upload) -> tuple[Content | Finding, ...]:
    """The contents of a file: one, or one for each sheet or archive member that holds something.

    A member that cannot be opened is a finding; a file that cannot raises IntakeError.
    """
    with upload.open() as stream:
        start = stream.read(64)
    if start.startswith(b"PK\x03\x04"):
        return tuple(_archive(upload))
    return tuple(_plain(upload, start, ""))


def _archive(upload: Upload) -> Iterator[Content | Finding]:
    try:
        with upload.open() as stream, zipfile.ZipFile(stream) as archive:
            check_archive(archive, upload)
            if is_workbook(archive):
                yield from workbook_tables(upload, archive)
                return
            for member in archive.infolist():
                if not member.is_dir() and member.file_size and not _is_hidden(member.filename):
                    yield from _tried(upload.name, member.filename, archive.read(member))
    except _DAMAGED as problem:
        raise IntakeError("damaged-archive", file=upload.name) from problem


def _is_hidden(name: str) -> bool:
    """Whether a system put it there for itself: "__MACOSX/._list.csv" looks like a list and is none."""
    return any(part == "__MACOSX" or part.startswith(".") for part in name.split("/") if part not in (".", ".."))


def _tried(file: str, part: str, data: bytes) -> Iterator[Content | Finding]:
    """One unreadable member does not stop the others."""
    try:
        yield from _member(file, part, data)
    except (IntakeError, *_DAMAGED):
        yield Finding("intake-part-unread", Severity.WARNING, values={"file": file, "part": part})


def _member(file: str, part: str, data: bytes) -> Iterator[Content]:
    inner = Upload(file, data)
    if data.startswith(b"PK\x03\x04"):
        with inner.open() as stream, zipfile.ZipFile(stream) as archive:
            check_archive(archive, inner)
            if not is_workbook(archive):
                raise IntakeError("damaged-archive", file=file)
            yield from workbook_tables(inner, archive)
        return
    yield from _plain(inner, data[:64], part)


def _plain(upload: Upload, start: bytes, part: str) -> Iterator[Content]:
    if not start:
        raise IntakeError("empty", file=upload.name)
    if start.startswith(_BINARY):
        raise IntakeError("binary", file=upload.name)
    opening = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if opening.startswith((b"{", b"[")):
        yield _json(upload, part)
    elif opening.startswith(b"<"):
        yield from _xml(upload, part)
    else:
        yield text_table(upload, part)


def _text(upload: Upload) -> tuple[str, str]:
    if upload.size > MAX_TREE:
        raise IntakeError("too-large", file=upload.name, limit=f"{MAX_TREE >> 20} MiB")
    encoding = detect(upload)
    with upload.open() as stream:
        return stream.read().decode(encoding), encoding


def _json(upload: Upload, part: str) -> Content:
    """A JSON value, or the table of a text that only begins like one."""
    text, encoding = _text(upload)
    try:
        return Tree(upload.name, part, encoding, json.loads(text))
    except RecursionError as problem:
        raise IntakeError("json", file=upload.name) from problem
    except ValueError:
        return text_table(upload, part)


def _xml(upload: Upload, part: str) -> Iterator[Content]:
    """An XML document without a document type: entities could expand beyond all measure or read other files."""
    text, encoding = _text(upload)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise IntakeError("markup", file=upload.name)
    try:
        # The declaration may name another encoding than the one that the bytes were found to be in.
        root = ElementTree.fromstring(text.encode("utf-8"), ElementTree.XMLParser(encoding="utf-8"))  # noqa: S314
    except ElementTree.ParseError as problem:
        raise IntakeError("markup", file=upload.name) from problem
    yield Tree(upload.name, part, encoding, root)
