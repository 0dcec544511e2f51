"""DOCX in LibreOffice: what comes out of it as ODT and PDF still says and marks all that went in."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.conftest import require_tool
from tests.documents import every_document
from tests.documents.pdf_reading import reader, squeezed, texts
from webcycle.documents import docx
from webcycle.documents.blocks import Document, Figure, Heading, Table, every
from webcycle.documents.inline import text_of

NAMES = (
    "sample.fr",
    "sample-of-a-house.en",
    "review-measured-standard.fr",
    "announce-guide-2020-2021-programme.fr",
    "participants-session.fr",
    "participants-hostile.en",
)
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents as ODT and as PDF."""
    office = shutil.which("soffice")
    require_tool(office, "LibreOffice")
    assert office is not None
    folder = tmp_path_factory.mktemp("office")
    for name in NAMES:
        (folder / f"{name}.docx").write_bytes(docx.render(every_document.documents()[name]))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for ending in ("odt", "pdf"):
        files = [str(folder / f"{name}.docx") for name in NAMES]
        command = [office, profile, "--headless", "--convert-to", ending, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(params=NAMES)
def told(request: pytest.FixtureRequest, converted: Path) -> tuple[Document, Path]:
    return every_document.documents()[request.param], converted / request.param


def content(path: Path) -> Any:
    with zipfile.ZipFile(f"{path}.odt") as archive:
        return etree.fromstring(archive.read("content.xml"))


def said(element: Any) -> str:
    return squeezed("".join(element.itertext()).replace("\u2011", "-"))


def named(prefix: str, name: str) -> str:
    return f"{{{ODF}{prefix}:1.0}}{name}"


def test_all_texts_are_in_the_open_document(told: tuple[Document, Path]) -> None:
    document, path = told
    read = said(content(path))
    assert [text for text in texts(document, document.lang) if squeezed(text) not in read] == []


def test_headings_alternative_texts_and_header_rows_are_kept(told: tuple[Document, Path]) -> None:
    document, path = told
    root = content(path)
    headings = [said(one) for one in root.iter(named("text", "h")) if said(one)]
    expected = [
        squeezed(text_of(one.text, document.lang)) for one in every(document.blocks) if isinstance(one, Heading)
    ]
    title = squeezed(text_of(document.title, document.lang))
    assert [heading for heading in headings if heading != title] == expected
    figures = [one for one in every(document.blocks) if isinstance(one, Figure)]
    logos = 1 if document.house.logo else 0
    described = [said(one) for one in root.iter("{*}desc")]
    assert len(described) == len(figures) + logos
    heads = len(list(root.iter(named("table", "table-header-rows"))))
    assert heads == len([one for one in every(document.blocks) if isinstance(one, Table)])


def test_links_are_kept(told: tuple[Document, Path]) -> None:
    document, path = told
    found = {one.get("{http://www.w3.org/1999/xlink}href") for one in content(path).iter(named("text", "a"))}
    assert addresses(document) <= found


def addresses(value: Any) -> set[str]:
    """Every address in the words of a document."""
    if isinstance(value, tuple):
        return {address for one in value for address in addresses(one)}
    if not is_dataclass(value):
        return set()
    url, mail = getattr(value, "url", None), getattr(value, "email", None)
    own = {*([url] if url else []), *([f"mailto:{mail}"] if mail else [])}
    return own | {address for field in fields(value) for address in addresses(getattr(value, field.name))}


def test_the_pdf_has_a_page_for_all_and_all_of_its_words(told: tuple[Document, Path]) -> None:
    document, path = told
    read = reader(Path(f"{path}.pdf").read_bytes())
    words = squeezed("".join(page.extract_text() for page in read.pages)).replace("\u2011", "-")
    title = squeezed(text_of(document.title, document.lang))
    assert title in words
    assert f"{len(read.pages)}/{len(read.pages)}" in words
    box: Mapping[str, Any] = read.pages[0]
    assert [round(float(side)) for side in box["/MediaBox"][2:]] == [595, 842]
