"""The PDF writer: accessible and archivable, every text in it, the same bytes, and text stays text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf.generic import DictionaryObject

from tests.documents import hostile, sample
from tests.documents.pdf_reading import SVG, content, document, failures, named, reader, shown, squeezed, tags, texts
from webcycle.documents import pdf
from webcycle.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Column,
    DefinitionList,
    Document,
    Figure,
    Heading,
    Item,
    Paragraph,
    Table,
)
from webcycle.documents.inline import plain, text_of
from webcycle.errors import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest) -> tuple[Document, bytes]:
    told = sample.document(request.param)
    rendered = pdf.render_with_notes(told)
    assert rendered.notes == ()
    return told, rendered.data


def test_every_block_is_accessible_and_archivable(made: tuple[Document, bytes]) -> None:
    assert failures(made[1]) == []


def test_the_validator_would_find_faults(made: tuple[Document, bytes]) -> None:
    assert failures(made[1].replace(b"/Lang", b"/Gnal").replace(b"/Tabs", b"/Sbat"))


def test_every_text_of_the_document_is_in_the_pdf(made: tuple[Document, bytes]) -> None:
    told, data = made
    read = squeezed(shown(data))
    expected = list(texts(told, told.lang))
    assert len(expected) > 60
    assert [text for text in expected if squeezed(text) not in read] == []
    for text in ("57, rue des Lilas", "01 99 00 12 34", "cycle@example.org"):
        assert squeezed(text) in read


def test_french_spaces_are_kept() -> None:
    told = sample.document("fr")
    read = reader(pdf.render(told))
    narrow = "\n".join(page.extract_text() for page in read.pages)
    for text in ("plus de 1\u202f300", "communes\u202f?", "clair\u202f!"):
        assert text in narrow
    # The font draws a no-break space as a space; what it stands for is said beside (ISO 32000-1, 14.9.4).
    wide = sum(content(page).count(b"/ActualText<FEFF00A0>") for page in read.pages)
    in_feet = text_of(told.title, "fr").count("\u00a0") * (len(read.pages) - 1)
    assert wide == sum(text.count("\u00a0") for text in texts(told, "fr")) + in_feet > 20


def test_structure_that_assistive_technology_reads(made: tuple[Document, bytes]) -> None:
    found = named(made[1])
    assert found.count("H1") == 1
    assert found[: found.index("H2")].count("H1") == 1
    assert set(found) >= {"H1", "H2", "H3", "P", "L", "LI", "LBody", "Link", "BlockQuote", "Figure"}
    assert set(found) >= {"Table", "Caption", "THead", "TBody", "TFoot", "TH", "TD"}
    assert found.count("TH") == 4
    (figure,) = (tag for tag in tags(made[1]) if str(tag["/S"]) == "/Figure")
    assert str(figure["/Alt"]) in ("Deux barres\u00a0: 310 puis 180", "Two bars: 310 then 180")


def test_parts_in_another_language_are_marked() -> None:
    marked = {
        lang: {str(tag["/Lang"]) for tag in tags(pdf.render(sample.document(lang))) if "/Lang" in tag}
        for lang in LANGUAGES
    }
    assert "fr-FR" in marked["en"]
    assert "en-GB" not in marked["fr"]


def test_the_metadata_are_those_of_the_document() -> None:
    read = reader(pdf.render(sample.document("fr")))
    found = read.metadata
    assert found is not None
    assert found.title == text_of(sample.document("fr").title, "fr")
    assert (found.author, found.subject) == ("Délégation pour l’action extérieure", "Bilan du cycle")
    assert found.keywords == "webinaires, coopération"
    assert found.creation_date == found.modification_date == datetime(2021, 4, 27, tzinfo=UTC)
    root = read.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == "fr-FR"
    preferences = root["/ViewerPreferences"]
    assert isinstance(preferences, DictionaryObject)
    assert preferences["/DisplayDocTitle"]


def test_links_lead_where_the_document_says() -> None:
    annotations = [
        one.get_object() for page in reader(pdf.render(sample.document("fr"))).pages for one in page.annotations or ()
    ]
    addresses = {str(one["/A"]["/URI"]) for one in annotations if "/A" in one and "/URI" in one["/A"]}
    assert addresses == {
        "https://afrique.example.org",
        "https://guide.example.org/partenariats_(2020)?a=1&b=2",
        "https://docs.example.org/",
        "https://video.example.org/",
        "mailto:cycle@example.org",
    }
    assert len(annotations) == len(addresses) + 1  # and one to the table under the figure
    assert all(str(one["/Contents"]) for one in annotations)


def test_the_same_document_is_the_same_bytes_anywhere() -> None:
    code = (
        "import sys; from tests.documents import sample; from webcycle.documents import pdf;"
        "sys.stdout.buffer.write(pdf.render(sample.document('fr')))"
    )
    there = {"TZ": "Pacific/Noumea", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**os.environ, **there, "PYTHONPATH": path}, capture_output=True, check=True)
    assert done.stdout == pdf.render(sample.document("fr")) == pdf.render(sample.document("fr"))


def test_a_document_without_a_date_has_a_fixed_one() -> None:
    one = pdf.render(document(Paragraph(plain("a"))))
    assert one == pdf.render(document(Paragraph(plain("a"))))
    found = reader(one).metadata
    assert found is not None
    assert found.creation_date == datetime(1970, 1, 1, tzinfo=UTC)
    dated = replace(document(Paragraph(plain("a"))), date=date(2021, 4, 27))
    assert pdf.render(dated) != one


MARKUP = '#read("/etc/passwd") $x$ @ref *b* _i_ = h `c` // d /* e */ \\u{41} #panic("f") <g> https://example.org'


def every_place(text: str) -> Document:
    """The text in every place of every block."""
    blocks = (block for found in hostile.blocks(text).values() for block in found)
    drawn = (replace(block, image=SVG) if isinstance(block, Figure) else block for block in blocks)
    return hostile.document(text, tuple(drawn))


def counted(text: str) -> tuple[int, list[str], pdf.Rendered]:
    """How often the text is shown, but for the foot of each page, and the structure around it."""
    rendered = pdf.render_with_notes(every_place(text))
    feet = len(reader(rendered.data).pages) - 1
    return (
        squeezed(shown(rendered.data)).count(squeezed(text_of(plain(text), "en"))) - feet,
        named(rendered.data),
        rendered,
    )


@pytest.mark.parametrize("text", [MARKUP, *hostile.TEXTS])
def test_text_stays_text_in_every_place(text: str) -> None:
    """The same structure as round a harmless word, and the text in full as often as that word."""
    times, structure, _harmless = counted("harmless")
    assert times > 30
    found, around, rendered = counted(text)
    if any(note.key == "no-glyph" for note in rendered.notes):
        assert set(rendered.notes[-1].characters) <= {*text, " "}
        return
    assert found == times
    assert [tag for tag in around if tag != "Span"] == [tag for tag in structure if tag != "Span"]
    assert failures(rendered.data) == []


def test_headings_have_no_gap_and_no_empty_title() -> None:
    blocks: tuple[Block, ...] = (
        Heading(4, plain("a")),
        Heading(2, plain(" ")),
        Heading(6, plain("b")),
        Heading(4, plain("c")),
    )
    data = pdf.render(
        document(*blocks, BulletList((Item(plain("d"), (Heading(5, plain("e")),)),)), Heading(2, plain("f")))
    )
    assert [tag for tag in named(data) if tag.startswith("H")] == ["H1", "H2", "H3", "H2", "H3", "H2"]


def test_empty_parts_are_no_harm() -> None:
    empty = (
        BulletList(()),
        DefinitionList(()),
        Callout("quote", ()),
        Paragraph(()),
        Table("t", (), (Column(plain("a")), Column(())), ()),
    )
    assert failures(pdf.render(document(*empty))) == []


def test_the_fonts_are_those_of_the_package() -> None:
    found = set(re.findall(rb"/FontName ?/[A-Z]{6}\+([\w-]+)", pdf.render(sample.document("en"))))
    assert {name.removesuffix(b"-Identity-H") for name in found} == {
        b"SourceSans3-Regular",
        b"SourceSans3-Bold",
        b"SourceSans3-It",
        b"SourceSans3-BoldIt",
    }
