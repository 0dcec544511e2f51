"""XLSX workbooks: checked for bombs before they are opened, then read in a guarded child process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from webcycle.intake.contents import HEAD, Line, Table, Upload
from webcycle.intake.problems import IntakeError

MAX_FILE = 25 << 20
MAX_MEMBERS = 200
MAX_EXPANDED = 200 << 20
MAX_RATIO = 200
MAX_CELLS = 2_000_000
MAX_ROWS = 200_000
_TIMEOUT = 60
_CHILD = Path(__file__).with_name("workbook_child.py")
# Of a cell ("B7") or of a row ("7"), and the beginning of one of either, whatever its namespace is called.
_REFERENCE = re.compile(rb"""\br\s{0,9}=\s{0,9}["']\$?([A-Za-z]{0,4})\$?([0-9]{1,12})""")
_TAG = re.compile(rb"[<:](row|c)(?=[\s/>])")
_OVERLAP = 64
_LONGEST_TAG = 1 << 16
# Of other spreadsheets, which a reader that fails on the workbook would try, and which are not looked through here.
_OTHERS = frozenset({"xl/workbook.bin", "content.xml"})


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is an Office Open XML workbook."""
    return any(name.startswith("xl/workbook.") for name in archive.namelist())


def check_archive(archive: zipfile.ZipFile, upload: Upload) -> None:
    """Refuse an archive that would expand beyond all measure, or that is encrypted."""
    members = archive.infolist()
    if upload.size > MAX_FILE or len(members) > MAX_MEMBERS:
        raise IntakeError("archive-too-large", file=upload.name)
    if sum(member.file_size for member in members) > MAX_EXPANDED or any(_bomb(member) for member in members):
        raise IntakeError("bomb", file=upload.name)
    if any(member.flag_bits & 1 for member in members):
        raise IntakeError("encrypted", file=upload.name)


def _bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > 1 << 20 and member.file_size > MAX_RATIO * max(1, member.compress_size)


def workbook_tables(upload: Upload, archive: zipfile.ZipFile) -> tuple[Table, ...]:
    """The sheets of a workbook that hold anything; `archive` has passed `check_archive`."""
    check_workbook(upload, archive)
    return tuple(_tables(upload.name, _run(upload)))


def check_workbook(upload: Upload, archive: zipfile.ZipFile) -> None:
    """Refuse a workbook in which anything would make a reader reserve gigabytes, or that is none of Office Open XML.

    Every member is looked through: relations may call any of them a sheet.
    """
    if any(name.lower() in _OTHERS for name in archive.namelist()):
        raise IntakeError("bomb", file=upload.name)
    for member in archive.infolist():
        _check_member(archive, member, upload.name)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> None:
    """Refuse a document type (entities), an encoding that hides one, and a sheet whose farthest cell is too far."""
    is_text = member.filename.lower().endswith((".xml", ".rels"))
    rows = columns = found = run = 0
    for piece in _pieces(archive, member):
        if b"<!DOCTYPE" in piece or (is_text and b"\0" in piece):
            raise IntakeError("bomb", file=file)
        for letters, digits in _REFERENCE.findall(piece):
            rows, columns = max(rows, int(digits)), max(columns, _column(letters))
        # Without a reference, a row or a cell is the next one.
        first, *others = b"".join(_TAG.findall(piece)).split(b"row")
        found, run = found + len(others), run + len(first)
        columns = max(columns, run, *map(len, others))
        run = len(others[-1]) if others else run
        # At once: the rest of a bomb need not be read.
        if max(rows, found) > MAX_ROWS:
            raise IntakeError("too-many-rows", file=file, limit=str(MAX_ROWS))
    if max(rows, found) * columns > MAX_CELLS:
        raise IntakeError("bomb", file=file)


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member in pieces that end where a tag begins, so that nothing sought is cut.

    Never more than the directory promises.
    """
    kept, left = b"", member.file_size
    with archive.open(member) as stream:
        while piece := stream.read(min(1 << 20, left + 1)):
            left -= len(piece)
            whole = kept + piece
            tag = whole.rfind(b"<")
            if tag < len(whole) - _LONGEST_TAG:
                yield whole
                kept = whole[-_OVERLAP:]
            else:
                yield whole[:tag]
                kept = whole[tag:]
    yield kept


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _run(upload: Upload) -> list[list[Any]]:
    """What the child wrote, a list for each line: ["sheet", name], or a number and cells."""
    with upload.open() as stream:
        data = stream.read()
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, no word from outside
            [sys.executable, "-B", "-P", str(_CHILD)], input=data, capture_output=True, timeout=_TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise IntakeError("workbook", file=upload.name) from problem
    if done.returncode:
        raise IntakeError("workbook", file=upload.name)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _tables(file: str, written: list[list[Any]]) -> Iterator[Table]:
    name, lines = "", list[Line]()
    for first, *rest in [*written, ["sheet", ""]]:
        if first != "sheet":
            lines.append(Line(first, rest))
            continue
        if lines:
            yield _table(file, name, tuple(lines))
        name, lines = rest[0], []


def _table(file: str, part: str, lines: tuple[Line, ...]) -> Table:
    return Table(file=file, part=part, encoding="xlsx", delimiter="", head=lines[:HEAD], lines=lambda: iter(lines))
