"""What other programs make of a hostile cycle: a spreadsheet, a browser, a terminal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, guide, run
from tests.conftest import require_tool
from tests.documents import every_document
from tests.hostile.outputs import cells, document, screen
from tests.hostile.strings import CLASSES, TEXTS, cleaned
from webcycle import records
from webcycle.documents import html, spreadsheet
from webcycle.documents.spreadsheet import Workbook
from webcycle.records import Registration, Visit

__all__ = ["guide", "run"]

PLAYWRIGHT = Path(__file__).parents[2] / "tools/node_modules/playwright-core/index.mjs"
_FORMULA = re.compile(r"table:formula=|<text:a ")


# ---- a spreadsheet


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Every table as LibreOffice has it after opening it, and one that is not guarded."""
    office = shutil.which("soffice")
    require_tool(office, "libreoffice-calc-nogui")
    folder = tmp_path_factory.mktemp("tables")
    sheet = cells(TEXTS)
    book = Workbook("=1+1", "=1+1", every_document.NOW, "=1+1", (("=1+1", "=2+2"),), (sheet,))
    people = [Registration(email=f"p{n}@example.org", name=text) for n, text in enumerate(TEXTS) if text.isprintable()]
    files = {
        "semicolons.csv": spreadsheet.delimited(sheet),
        "commas.csv": spreadsheet.delimited(sheet, comma=True),
        "book.xlsx": spreadsheet.workbook(book),
        "registrations.csv": records.dump(Registration, people).encode(),
        "bare.csv": b'Number,Name\n1,=1+1\n2,"=HYPERLINK(""http://evil.example.org"";""x"")"\n',
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    convert = [str(office), "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "fods"]
    convert += ["--outdir", str(folder / "out")]
    # Semicolons and commas, quotation marks, UTF-8.
    rules = "--infilter=CSV:59/44,34,UTF-8"
    lists = [str(folder / name) for name in files if name.endswith(".csv")]
    for command in ([*convert, rules, *lists], [*convert, str(folder / "book.xlsx")]):
        subprocess.run(command, capture_output=True, timeout=180, check=True)
    return {name: (folder / "out" / f"{Path(name).stem}.fods").read_text("utf-8") for name in files}


def test_a_formula_would_be_seen_in_a_table_that_is_not_guarded(opened: Mapping[str, str]) -> None:
    assert len(_FORMULA.findall(opened["bare.csv"])) >= 1


@pytest.mark.parametrize("name", ["semicolons.csv", "commas.csv", "book.xlsx", "registrations.csv"])
def test_no_cell_is_a_formula_or_a_link(opened: Mapping[str, str], name: str) -> None:
    assert opened[name].count("<table:table-row") > 100
    assert _FORMULA.findall(opened[name]) == []


# ---- a browser

_LIVE = {
    "dialog": "<script>alert(1)</script>",
    "request": '<img src="http://127.0.0.1:9/x.png" alt="">',
    "console": "<script>console.log(1)</script>",
}


@pytest.fixture(scope="module")
def browsed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """What happens when Chromium opens each page, and some that are alive."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    require_tool(node, "node")
    require_tool(chromium, "chromium")
    require_tool(PLAYWRIGHT.exists(), "playwright-core")
    folder = tmp_path_factory.mktemp("pages")
    made = every_document.documents()
    pages = {name: html.render(one) for name, one in made.items() if "hostile" in name and name.endswith(".fr")}
    pages["every-class"] = html.render(document(TEXTS))
    pages |= {f"live-{name}": f"<!doctype html><title>x</title>{page}" for name, page in _LIVE.items()}
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    files = {name: str(folder / f"{name}.html") for name in pages}
    script = Path(__file__).with_name("browse.mjs")
    command = (str(node), str(script), str(PLAYWRIGHT), str(chromium), *files.values())
    told = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout)
    return {name: told[file] for name, file in files.items()}


@pytest.mark.parametrize("name", _LIVE)
def test_a_page_that_is_alive_would_be_seen(browsed: Mapping[str, list[str]], name: str) -> None:
    assert any(event.startswith(name) for event in browsed[f"live-{name}"])


def test_no_page_does_anything_but_be_read(browsed: Mapping[str, list[str]]) -> None:
    found = {name: events for name, events in browsed.items() if not name.startswith("live-")}
    assert len(found) > 5
    assert {name: events for name, events in found.items() if events} == {}


def test_every_page_has_a_policy_that_allows_nothing() -> None:
    for texts in CLASSES.values():
        assert "default-src &#39;none&#39;" in html.render(document(texts)).partition("<body")[0]


# ---- a terminal

COMMANDS = (
    ("people",),
    ("people", "--json"),
    ("participants", "maroc"),
    ("participants", "maroc", "--format", "json"),
    ("check",),
    ("check", "--json"),
    ("status",),
    ("attendance", "maroc"),
    ("attendance", "--json"),
    ("explain", "participations", "--json"),
    ("query", "select * from registrations"),
    ("query", "select * from registrations", "--format", "csv"),
    ("query", "select * from visits", "--format", "json"),
    ("query", "select '\x1b[2J\x9b2J' as \"\x1b]0;x\x07\""),
    ("show", "\x1b[2J\x9b2J"),
    ("set", "maroc", "\x1b[2J", "\x9b2J"),
    ("--\x1b]52;c;AA\x07\x9b2J",),
    ("import", "-\x9b2J"),
    ("import", "\x1b]0;evil\x07.csv"),
    ("import", "--dry-run", "\x1b]0;named\x07\x9b2J.csv"),
    ("import", "--session", "\x1b[2J", "\x1b]0;named\x07\x9b2J.csv"),
    ("announce", "\x1b[2J"),
)


def test_an_escape_would_be_seen() -> None:
    assert screen("\x1b]0;evil\x07\n").title == "evil"
    assert not "".join(screen("gone\x9b2J\n").display).strip()


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda one: repr(one[:3]))
def test_no_command_of_a_hostile_cycle_commands_a_terminal(run: Run, guide: Path, arguments: tuple[str, ...]) -> None:
    place = guide / "sessions" / "maroc"
    place.mkdir(parents=True, mode=0o700)
    usable = [text for text in TEXTS if "\ud800" not in text]
    session: dict[str, Any] = {"session": "maroc", "source": "0" * 16}
    told = [
        Registration(email=f"p{n}@example.org", name=text, organisation=text, **session)
        for n, text in enumerate(usable)
    ]
    came = [Visit(email=f"p{n}@example.org", name=text, seconds=3600, **session) for n, text in enumerate(usable)]
    (place / "registrations.csv").write_text(records.dump(Registration, told), "utf-8", newline="")
    (place / "attendance.csv").write_text(records.dump(Visit, came), "utf-8", newline="")
    (guide / "\x1b]0;named\x07\x9b2J.csv").write_text("\x1b[2J,\x9b2J\n1,2\n", "utf-8")
    result = run(*arguments)
    assert "Traceback" not in result.output
    for printed in (result.stdout, result.stderr):
        assert {one for one in printed if one != "\n" and cleaned(one) != one} == set()
        end = screen(printed)
        assert (end.title, end.icon_name) == ("", "")
    assert result.output.strip()
