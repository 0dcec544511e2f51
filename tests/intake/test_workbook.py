"""Workbooks and archives: hostile ones are refused before or without harm, ordinary ones are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

import pytest
import xlsxwriter

from webcycle.intake import IntakeError, Options, Upload, archives, read, workbook
from webcycle.intake.archives import open_upload
from webcycle.intake.contents import Table

SHEET = "xl/worksheets/sheet1.xml"


def made(rows: list[list[object]]) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    dated = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet("Réponses")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, dated)
            else:
                sheet.write(number, column, value)
    book.add_worksheet("Vide")
    book.close()
    return held.getvalue()


def rebuilt(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return held.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(IntakeError) as refused:
        open_upload(Upload("a.xlsx", data))
    return refused.value.key


ORDINARY = made([["Nom", "Quand", "Oui"], ["Zoé", datetime(2020, 10, 26, 14, 3), True], [], [12.0, 1.5, ""]])


def test_a_workbook_gives_its_sheets_that_hold_something() -> None:
    (table,) = open_upload(Upload("a.xlsx", ORDINARY))
    assert isinstance(table, Table)
    assert table.part == "Réponses"
    assert [(line.number, line.cells) for line in table.lines()] == [
        (1, ["Nom", "Quand", "Oui"]),
        (2, ["Zoé", "2020-10-26 14:03:00", "TRUE"]),
        (4, ["12", "1.5", ""]),
    ]


def test_a_far_cell_is_refused() -> None:
    far = ORDINARY_SHEET.replace(b'r="A1"', b'r="XFD1048576"')
    assert far != ORDINARY_SHEET
    assert refusal(rebuilt(ORDINARY, {SHEET: far})) in ("intake.bomb", "intake.too-many-rows")


def test_a_wide_and_long_sheet_is_refused() -> None:
    assert refusal(rebuilt(ORDINARY, {SHEET: ORDINARY_SHEET.replace(b'r="A1"', b'r="ZZ100000"')})) == "intake.bomb"


def test_a_document_type_is_refused() -> None:
    bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + ORDINARY_SHEET
    assert refusal(rebuilt(ORDINARY, {SHEET: bad})) == "intake.bomb"


def test_a_member_that_expands_beyond_measure_is_refused() -> None:
    bomb = ORDINARY_SHEET.replace(b"<sheetData>", b"<sheetData>" + b" " * (8 << 20))
    assert len(bomb) > 8 << 20
    assert refusal(rebuilt(ORDINARY, {SHEET: bomb})) == "intake.bomb"


def test_a_workbook_that_the_child_cannot_read_is_refused() -> None:
    assert refusal(rebuilt(ORDINARY, {"xl/workbook.xml": b"<broken"})) == "intake.workbook"


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_TIMEOUT", 0.001)
    assert refusal(ORDINARY) == "intake.workbook"


def test_too_many_members_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(201):
            archive.writestr(f"{number}.csv", "a,b\n")
    assert refusal(held.getvalue()) == "intake.archive-too-large"


def test_a_cut_archive_is_refused() -> None:
    assert refusal(ORDINARY[: len(ORDINARY) // 2]) == "intake.damaged-archive"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(rebuilt(ORDINARY, {}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "intake.encrypted"


def test_an_archive_is_opened_one_level_deep_and_what_cannot_be_read_is_named() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.csv", "Date,Views\n2026-01-01,4\n")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("../../Totals.csv", "Date,Views\n2026-01-01,4\n")
        archive.writestr("photo.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("notes.txt", "Rien à voir.\n")
        archive.writestr("inner.zip", inner.getvalue())
    (reading,) = read(Upload("a.zip", held.getvalue()), Options("Europe/Paris"))
    assert reading.reader == "youtube-totals"
    assert {(finding.code, finding.values["part"]) for finding in reading.findings} == {
        ("intake-part-unread", "photo.png"),
        ("intake-part-unread", "inner.zip"),
        ("intake-part-unclaimed", "notes.txt"),
    }


def test_markup_with_entities_is_refused() -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><recording>&a;</recording>'
    assert refusal(data) == "intake.markup"


def test_json_nested_too_deeply_is_refused() -> None:
    assert refusal(b"[" * 200_000) == "intake.json"


def test_a_tree_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TREE", 5)
    assert refusal(b'{"users": {}}') == "intake.too-large"


with zipfile.ZipFile(io.BytesIO(ORDINARY)) as _opened:
    ORDINARY_SHEET = _opened.read(SHEET)
