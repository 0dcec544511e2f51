"""The charts in documents, and their palette."""

from __future__ import annotations

import json
import re

import pytest

from tests.documents.chart_samples import (
    ENGLISH,
    FRENCH,
    LANGUAGES,
    PACKAGE,
    SPECIFICATIONS,
    figures,
    four,
    said,
    tables,
)
from tests.documents.pdf_reading import failures, reader, shown, squeezed, tags
from webcycle.documents import charts, html, markdown, pdf
from webcycle.documents.blocks import Document, Figure, Table, every
from webcycle.documents.charts import Bar
from webcycle.documents.inline import plain, text_of
from webcycle.documents.voice import Voice


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest) -> Document:
    blocks = tuple(block for found in four(Voice(request.param, "fr")) for block in found)
    return Document(plain("Bilan"), request.param, blocks)


def test_every_label_is_in_the_pdf_which_stays_accessible_and_archivable(told: Document) -> None:
    rendered = pdf.render_with_notes(told)
    assert rendered.notes == ()
    assert failures(rendered.data) == []
    read = squeezed(shown(rendered.data))
    words = [word for figure in figures(told.blocks) for word in said(figure)]
    assert len(words) > 30
    assert [word for word in words if squeezed(word) not in read] == []
    described = [str(tag["/Alt"]) for tag in tags(rendered.data) if str(tag["/S"]) == "/Figure"]
    assert described == [figure.alt for figure in figures(told.blocks)]


def test_forty_sessions_fit_on_pages() -> None:
    rows = [
        Bar(plain(f"Une séance au titre plutôt long, la {number}e du cycle"), number, number) for number in range(40)
    ]
    data = pdf.render(Document(plain("T"), "fr", charts.session_bars("s", rows, FRENCH)))
    assert failures(data) == []
    assert squeezed(shown(data)).count("Uneséanceautitreplutôtlong") == 80
    assert len(reader(data).pages) <= 7


def test_a_page_shows_the_picture_and_leads_to_the_table(told: Document) -> None:
    page = html.render(told)
    for figure in figures(told.blocks):
        assert f'href="#{figure.table}"' in page
        assert f'<table id="{figure.table}">' in page
    assert page.count('src="data:image/svg+xml;base64,') == 4
    style = html.stylesheet()
    assert re.search(r"\.picture img \{[^}]*max-width: 100%[^}]*background: #ffffff", style)


def test_markdown_says_the_picture_and_names_the_table(told: Document) -> None:
    written = markdown.render(told)
    assert "data:image" not in written
    for figure, table in zip(figures(told.blocks), tables(told.blocks), strict=True):
        assert figure.alt in written
        assert re.search(rf"_{re.escape(text_of(table.caption, told.lang))}_\.", written)


def test_markdown_names_no_table_that_is_not_there() -> None:
    (figure,) = figures(four(ENGLISH, "nowhere")[0])
    assert markdown.render(Document(plain("T"), "en", (figure,))).endswith(f"\n\n{figure.alt}\n")


def test_ids_are_unique_in_a_document(told: Document) -> None:
    ids = [block.id for block in every(told.blocks) if isinstance(block, Figure | Table)]
    assert len(ids) == len(set(ids)) == 8


# ---- the palette


def _theme() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((PACKAGE / "theme.json").read_text("utf-8"))["style"]
    return found


def test_colours_stand_in_one_place_and_are_those_of_the_page() -> None:
    for path in SPECIFICATIONS:
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", path.read_text("utf-8"))
    light = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", html.stylesheet().partition("@media")[0]))
    style = _theme()
    assert style["solid"]["color"] == style["line"]["color"] == light["accent"]
    assert style["label"]["color"] == light["ink"]
    assert style["tick"]["color"] == style["unknown"]["color"] == light["muted"]
    assert style["grid"]["color"] == light["rule"]
    drawn = {
        colour
        for blocks in four(FRENCH)
        for figure in figures(blocks)
        for colour in re.findall(r'(?:fill|stroke)="([^"]+)"', figure.image.decode())
    }
    ours = {value for one in style.values() for value in one.values() if str(value).startswith("#")} | {"#ffffff"}
    assert drawn - {"none"} <= ours


def test_the_specifications_come_with_the_package() -> None:
    assert [path.name for path in SPECIFICATIONS] == [
        "curve.vl.json",
        "groups.vl.json",
        "newcomers.vl.json",
        "sessions.vl.json",
    ]
