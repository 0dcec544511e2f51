"""What other programs find in every document: the W3C's checker, axe-core in Chromium, a checker of PDF."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.documents.every_document import documents
from tests.documents.pdf_reading import failures
from webcycle.documents import html, pdf

TOOLS = Path(__file__).parents[2] / "tools" / "node_modules"
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
PLAYWRIGHT = TOOLS / "playwright-core" / "index.mjs"
AXE = TOOLS / "axe-core" / "axe.min.js"
# vnu matches no address of scheme "data" with a source "data:"; that the pictures are shown, the browser tells.
ALLOWED = re.compile(r"Resource violates Content Security Policy \(meta tag\): image “data:image/")

Found = Mapping[str, list[str]]

_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">{head}<title>Fault</title></head>'
    "<body><main><h1>Fault</h1>{body}</main></body></html>"
)
_POLICY = '<meta http-equiv="Content-Security-Policy" content="img-src \'none\'">'
_PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
# Pages with a known fault, and how what finds it begins.
FAULTS = {
    "twice": ("", '<p id="a">A</p><p id="a">B</p>', "error: Duplicate ID"),
    "trailing-slash": ("", "<p>A<br/>B</p>", "info: Trailing slash"),
    "faint": ("<style>p { color: #ccc }</style>", "<p>Grey</p>", "axe 1200 light color-contrast"),
    "faint-by-night": (
        "<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }</style>",
        "<p>Grey</p>",
        "axe 320 dark color-contrast",
    ),
    "no-alt": ("", f'<img src="{_PIXEL}">', "axe 768 light image-alt"),
    "too-wide": ("<style>p { width: 500px }</style>", "<p>Wide</p>", "scroll: 320"),
    "elsewhere": ("", '<img src="http://127.0.0.1:9/x.png" alt="x">', "request: http://127.0.0.1:9/x.png"),
    "forbidden": (_POLICY, f'<img src="{_PIXEL}" alt="a picture">', "picture: a picture"),
    "style": (
        '<meta http-equiv="Content-Security-Policy" content="style-src \'none\'"><style>p { color: red }</style>',
        "",
        "console: Applying inline style violates",
    ),
}
OF_VNU = ("twice", "trailing-slash")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every document as a page, then the pages with a fault."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {name: html.render(document) for name, document in documents().items()}
    pages |= {name: _PAGE.format(head=head, body=body) for name, (head, body, _) in FAULTS.items()}
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture(scope="module")
def validated(files: Mapping[str, Path]) -> Found:
    """What the W3C's checker, vnu, says of each page."""
    java = shutil.which("java")
    require_tool(java, "java")
    require_tool(VNU.exists(), "vnu-jar")
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    told = json.loads(_run(str(java), "-jar", VNU, *options, *files.values()))["messages"]
    found = defaultdict(list)
    for message in told:
        words = f"{message['type']}: {message['message']}"
        if not ALLOWED.search(words):
            found[Path(message["url"]).stem].append(words)
    return found


@pytest.fixture(scope="module")
def browsed(files: Mapping[str, Path]) -> Found:
    """What Chromium and axe-core in it find in each page, at three widths, light and dark."""
    node = shutil.which("node")
    chromium = shutil.which("chromium")
    require_tool(node, "node")
    require_tool(chromium, "chromium")
    require_tool(PLAYWRIGHT.exists() and AXE.exists(), "playwright-core or axe-core")
    script = Path(__file__).with_name("browse.mjs")
    told = json.loads(_run(str(node), script, PLAYWRIGHT, AXE, str(chromium), *files.values()))
    return {name: told[str(file)] for name, file in files.items()}


def _run(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout


def _of_documents(found: Found) -> Found:
    """What was found in the documents, but for those in which nothing was."""
    return {name: found[name] for name in documents() if found.get(name)}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_would_be_found(request: pytest.FixtureRequest, fault: str) -> None:
    found: Found = request.getfixturevalue("validated" if fault in OF_VNU else "browsed")
    assert any(words.startswith(FAULTS[fault][2]) for words in found[fault]), found[fault]


def test_the_checker_of_the_w3c_has_nothing_to_say(validated: Found) -> None:
    assert _of_documents(validated) == {}


def test_pages_are_accessible_fit_a_telephone_and_fetch_nothing(browsed: Found) -> None:
    assert _of_documents(browsed) == {}


def test_every_pdf_is_accessible_and_archivable() -> None:
    """But that of a list with names for which no font that is shipped has a shape: it says so."""
    rendered = {name: pdf.render_with_notes(document) for name, document in documents().items()}
    noted = {name for name, one in rendered.items() if one.notes}
    assert {name.partition(".")[0] for name in noted} == {"participants-hostile"}
    found = {name: failures(one.data) for name, one in rendered.items() if name not in noted}
    assert len(found) > 40
    assert {name: told for name, told in found.items() if told} == {}
