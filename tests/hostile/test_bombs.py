"""Files made to exhaust a machine: refused in a moment, in little memory, by a program that lives on."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.intake.test_workbook import ORDINARY, SHEET, rebuilt

_PROBE = """
import resource, sys
from webcycle import source
from webcycle.intake import IntakeError, Options, Upload, read
from pathlib import Path
path, kind = sys.argv[1:]
try:
    if kind == "toml":
        loaded = source.load(Path(path).read_bytes(), "cycle.toml")
        told = loaded.findings[0].code if loaded.findings else "taken"
    else:
        readings = read(Upload("export", Path(path)), Options("Europe/Paris"))
        told = f"read {sum(one.rows for one in readings)}"
except IntakeError as problem:
    told = problem.key
# Its own since it began: what `getrusage` tells of a process begins with the size of the one that started it.
own = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line[:5] == "VmHWM")
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(told, peak // 1024)
"""
# In seconds of the processor and in MiB; the limits of the issue, and what the start of Python takes of them.
_SECONDS, _MEMORY = 2.0, 500
_SHEETS = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>%s</worksheet>"


def _sheet(rows: bytes, before: bytes = b"") -> bytes:
    return rebuilt(ORDINARY, {SHEET: _SHEETS % (before + b"<sheetData>" + rows + b"</sheetData>")})


def _more(name: str, data: bytes) -> bytes:
    held = io.BytesIO(ORDINARY)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def _rows(number: int) -> bytes:
    return b"Email,First Name,Last Name,Registration Time\n" + b"".join(
        b"p%d@example.org,Ada,Exemple,2020-10-26 14:00\n" % one for one in range(number)
    )


_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
# How each is made, whether it is a programme, and what is said of it.
BOMBS: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
    "far-cell": (lambda: _sheet(b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>'), "export", "intake.too-many-rows"),
    "far-cell-in-single-quotes": (
        lambda: _sheet(b"<row r='1'><c r='XFD1048576'><v>1</v></c></row>"),
        "export",
        "intake.too-many-rows",
    ),
    "far-row": (lambda: _sheet(b'<row r="1048576"><c><v>1</v></c></row>'), "export", "intake.too-many-rows"),
    "far-cell-of-another-namespace": (
        lambda: rebuilt(ORDINARY, {SHEET: b'<x:worksheet xmlns:x="x"><x:c r="ZZ100000"/></x:worksheet>'}),
        "export",
        "intake.bomb",
    ),
    "wide-and-long": (lambda: _sheet(b'<row r="1"><c r="ZZ100000"><v>1</v></c></row>'), "export", "intake.bomb"),
    "million-rows": (
        lambda: _sheet(b"".join(b'<row r="%d"><c r="A%d"/></row>' % (one, one) for one in range(1, 1_000_001))),
        "export",
        "intake.too-many-rows",
    ),
    "rows-without-numbers": (
        lambda: _sheet(os.urandom(9000).hex().encode() + b"<row/>" * 900_000),
        "export",
        "intake.bomb",
    ),
    "sheet-by-another-name": (
        lambda: _more("xl/media/a.png", b'<c r="XFD1048576"/>'),
        "export",
        "intake.too-many-rows",
    ),
    "workbook-of-another-kind": (lambda: _more("xl/workbook.bin", b"x"), "export", "intake.bomb"),
    "huge-dimension": (
        lambda: _sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>', b'<dimension ref="A1:XFD1048576"/>'),
        "export",
        "intake.unclaimed",
    ),
    "huge-count": (
        lambda: rebuilt(
            ORDINARY,
            {"xl/sharedStrings.xml": b'<sst count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'},
        ),
        "export",
        "intake.workbook",
    ),
    "zip-bomb": (lambda: _more("xl/big.xml", b" " * (190 << 20)), "export", "intake.bomb"),
    "entities": (
        lambda: _sheet(b"&b;", b"") and rebuilt(ORDINARY, {SHEET: _ENTITIES + b"<worksheet>&b;</worksheet>"}),
        "export",
        "intake.bomb",
    ),
    "entities-in-another-encoding": (
        lambda: rebuilt(ORDINARY, {SHEET: (_ENTITIES + b"<worksheet>&b;</worksheet>").decode().encode("utf-16")}),
        "export",
        "intake.bomb",
    ),
    "entities-in-xml": (lambda: _ENTITIES + b"<recording>&b;</recording>", "export", "intake.markup"),
    "deep-json": (lambda: b"[" * 500_000, "export", "intake.json"),
    "unclosed-quote": (lambda: _rows(50_000) + b'"a@example.org,x\n' + _rows(50_000), "export", "intake.long-cell"),
    "long-field": (
        lambda: _rows(3) + b"a@example.org," + b"x" * 200_000 + b",y,2020-10-26 14:00\n",
        "export",
        "intake.long-cell",
    ),
    "deep-toml": (lambda: b"a = " + b"[" * 500_000, "toml", "file-too-deep"),
    "deep-tables": (lambda: b"[" + b".".join([b"a"] * 100_000) + b"]\n", "toml", "file-too-deep"),
    "long-number": (lambda: b"a = " + b"1" * 500_000, "toml", "number-too-long"),
    "large-toml": (lambda: b"# x\n" * 1_000_000, "toml", "file-too-large"),
}


def probed(data: bytes, kind: str, folder: Path) -> tuple[str, int, float]:
    """What another Python says of a file, how many MiB it and its child took, and how many seconds of the processor."""
    path = folder / "bomb"
    path.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        (sys.executable, "-c", _PROBE, str(path), kind), capture_output=True, text=True, timeout=120, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said, _, peak = done.stdout.strip().rpartition(" ")
    return said, int(peak), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What a workbook of a few rows takes, the start of Python included."""
    said, peak, seconds = probed(ORDINARY, "export", tmp_path_factory.mktemp("ordinary"))
    assert said == "intake.unclaimed"
    assert peak < _MEMORY
    return seconds


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_told_of_in_a_moment_and_in_little_memory(name: str, ordinary: float, tmp_path: Path) -> None:
    make, kind, said = BOMBS[name]
    found, peak, seconds = probed(make(), kind, tmp_path)
    assert found == said
    assert peak < _MEMORY
    assert seconds - ordinary < _SECONDS
