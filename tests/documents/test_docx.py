"""The DOCX writer: accessible, valid, every text in it, the same bytes, and text stays text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents import every_document, hostile, sample
from tests.documents.docx_reading import (
    W,
    alts,
    every_place,
    findings,
    links,
    opened,
    paragraphs,
    part,
    shown,
    styled,
)
from tests.documents.pdf_reading import document, squeezed, texts
from webcycle.documents import docx
from webcycle.documents.blocks import (
    Break,
    BulletList,
    Callout,
    Column,
    ContactCard,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    House,
    InLanguage,
    Item,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Run,
    Strong,
    Table,
    every,
)
from webcycle.documents.inline import link, plain, rich, text_of
from webcycle.errors import Language, OutsideError
from webcycle.texts import error

LANGUAGES: tuple[Language, ...] = ("fr", "en")
DOCUMENTS = tuple(every_document.documents())


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest) -> tuple[Document, bytes]:
    told = sample.document(request.param)
    return told, docx.render(told)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_valid_and_says_all_of_its_texts(name: str, tmp_path: Path) -> None:
    told = every_document.documents()[name]
    data = docx.render(told)
    assert findings(data, tmp_path) == []
    read = squeezed(shown(part(data)))
    assert [text for text in texts(told, told.lang) if squeezed(text) not in read] == []


def test_the_validator_would_find_faults(tmp_path: Path) -> None:
    data = docx.render(sample.document("fr"))
    broken = opened(data)
    table = broken.tables[1]._tbl
    table.tblPr.insert(0, table.tblPr[-1])
    path = tmp_path / "broken.docx"
    broken.save(path)
    assert findings(path.read_bytes(), tmp_path)


def test_the_address_is_in_the_document(made: tuple[Document, bytes]) -> None:
    read = shown(part(made[1]))
    for text in ("57, rue des Lilas", "01 99 00 12 34", "cycle@example.org"):
        assert text in read


def test_french_spaces_are_kept() -> None:
    read = shown(part(docx.render(sample.document("fr"))))
    for text in ("plus de 1\u202f300", "communes\u202f?", "«\u00a0Enfin un outil clair\u202f!\u00a0»"):
        assert text in read


def test_headings_have_the_styles_of_word_and_no_level_is_skipped() -> None:
    levels = (Heading(3, plain("a")), Heading(6, plain("b")), Heading(2, plain("c")), Heading(2, plain(" ")))
    data = docx.render(document(*levels))
    assert list(paragraphs(data)) == [("Title", "T"), ("Heading 1", "a"), ("Heading 2", "b"), ("Heading 1", "c")]
    outlines = [
        one.style.element.pPr.find(f"{W}outlineLvl").get(f"{W}val")
        for one in opened(data).paragraphs
        if one.text > "a" or one.text == "a"
    ]
    assert outlines == ["0", "1", "0"]


def test_who_issues_it_stands_above_the_title() -> None:
    found = list(paragraphs(docx.render(sample.document("fr"))))[:5]
    assert [style for style, _ in found] == ["Émetteur", "Émetteur", "Lieu et date", "Type de document", "Title"]
    assert [words for _, words in found][2:4] == ["Paris, mardi 27\u00a0avril 2021", "COMMUNIQUÉ"]


def test_a_single_line_of_the_issuer_is_bold() -> None:
    (first,) = (one for one in opened(docx.render(sample.document("en"))).paragraphs if one.style.name == "Issuer")
    assert [one.bold for one in first.runs] == [True]


def test_tables_are_read_with_their_headers(made: tuple[Document, bytes]) -> None:
    told, data = made
    (table,) = (one for one in every(told.blocks) if isinstance(one, Table))
    _tiles, found = part(data).iter(f"{W}tbl")
    first, *rest = found.iter(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rest)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *rest))
    assert len(rest) == len(table.rows) + 1
    properties = found.find(f"{W}tblPr")
    assert properties.find(f"{W}tblCaption").get(f"{W}val") == text_of(table.caption, told.lang)
    look = properties.find(f"{W}tblLook")
    assert [look.get(f"{W}{name}") for name in ("firstRow", "lastRow", "firstColumn")] == ["1", "1", "0"]
    columns = [int(one.get(f"{W}w")) for one in found.iter(f"{W}gridCol")]
    assert [int(one.get(f"{W}w")) for one in rest[0].iter(f"{W}tcW")] == columns
    assert sum(columns) == int(properties.find(f"{W}tblW").get(f"{W}w"))
    sides = [cell.find(f"{W}p/{W}pPr/{W}jc") is not None for cell in rest[0].iter(f"{W}tc")]
    assert sides == [column.kind == "number" for column in table.columns]
    assert all(run.find(f"{W}rPr/{W}b") is not None for row in (first, rest[-1]) for run in row.iter(f"{W}r"))


def test_the_first_column_names_its_row() -> None:
    table = Table("t", plain("c"), (Column(plain("a")), Column(plain("b"))), ((plain("1"), plain("2")),))
    look = next(part(docx.render(document(table))).iter(f"{W}tblLook"))
    assert [look.get(f"{W}{name}") for name in ("firstRow", "lastRow", "firstColumn", "val")] == ["1", "0", "1", "06A0"]


def test_captions_are_numbered_by_word() -> None:
    data = docx.render(sample.document("fr"))
    assert styled(data, "Caption") == [
        "Tableau\u00a01\u00a0: Fréquentation des séances",
        "Figure\u00a01\u00a0: Présence",
    ]
    fields = [one.get(f"{W}instr").split()[:2] for one in part(data).iter(f"{W}fldSimple")]
    assert fields == [["SEQ", "Tableau"], ["SEQ", "Figure"]]
    assert styled(docx.render(sample.document("en")), "Caption")[0] == "Table\u00a01: Attendance of the sessions"


def test_a_picture_leads_to_the_table_with_its_data() -> None:
    table = Table("t", plain("c"), (Column(plain("a")),), ())
    figure = Figure("f", plain("f"), "alt", sample.SVG, "image/svg+xml", "t")
    apart = part(docx.render(document(figure, Paragraph(plain("p")), table)))
    (inner,) = apart.iter(f"{W}hyperlink")
    (mark,) = apart.iter(f"{W}bookmarkStart")
    assert inner.get(f"{W}anchor") == mark.get(f"{W}name")
    assert shown(mark.getparent()).endswith("c")
    for blocks in ((figure, table), (figure,), (figure, Paragraph(()), replace(table, caption=()))):
        assert list(part(docx.render(document(*blocks))).iter(f"{W}hyperlink")) == []


def test_pictures_say_what_they_show(made: tuple[Document, bytes]) -> None:
    assert alts(made[1]) in (["Deux barres\u00a0: 310 puis 180"], ["Two bars: 310 then 180"])


def test_the_languages_are_told() -> None:
    for lang, told in zip(LANGUAGES, ("fr-FR", "en-GB"), strict=True):
        data = docx.render(sample.document(lang))
        defaults = part(data, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        assert defaults.get(f"{W}val") == told
        assert opened(data).core_properties.language == told
        marked = {one.get(f"{W}val") for one in part(data).iter(f"{W}lang")}
        assert marked == ({"fr-FR"} if lang == "en" else set())


def test_words_keep_their_marks() -> None:
    words = (Strong((Run("a"), Emphasis((Run("b"),)))), Run("c", verbatim=True), Break(), InLanguage((Run("d"),), "fr"))
    first = opened(docx.render(document(Paragraph((*words, *plain("1st")))))).paragraphs[1]
    told = [(run.text, run.bold, run.italic) for run in first.runs if run.text.strip()]
    assert told[:4] == [("a", True, None), ("b", True, True), ("c", None, None), ("d", None, None)]
    assert [run.text for run in first.runs if run._r.find(f"{W}rPr/{W}noProof") is not None] == ["c"]
    french = opened(docx.render(document(Paragraph(plain("1er juin")), lang="fr"))).paragraphs[1]
    assert [run.text for run in french.runs if run.font.superscript] == ["er"]


def test_stress_in_a_quotation_stands_out() -> None:
    data = docx.render(document(Callout("quote", (), (Paragraph(rich("a *b*")),))))
    (quote,) = (one for one in opened(data).paragraphs if one.style.name == "Quote")
    assert quote.style.font.italic
    assert [run.italic for run in quote.runs] == [True, False]


def test_a_word_with_a_hyphen_before_a_figure_is_not_broken() -> None:
    data = docx.render(document(Paragraph((*plain("COVID-19, 2020-2021, "), Run("A-1", verbatim=True)))))
    assert opened(data).paragraphs[1].text == "COVID\u201119, 2020-2021, A-1"
    address = docx.render(document(Paragraph(plain("jean-2@example.org https://example.org/a-1"))))
    assert opened(address).paragraphs[1].text == "jean-2@example.org https://example.org/a-1"


def test_links_lead_where_the_document_says() -> None:
    data = docx.render(sample.document("fr"))
    assert links(data) == [
        ("Afrique anglophone", "https://afrique.example.org"),
        ("partenariats", "https://guide.example.org/partenariats_(2020)?a=1&b=2"),
        ("Retrouver la documentation", "https://docs.example.org/"),
        ("la chaîne", "https://video.example.org/"),
        ("cycle@example.org", "mailto:cycle@example.org"),
    ]


def test_an_address_that_comes_twice_is_told_once() -> None:
    twice = Paragraph((*link(plain("a"), "https://example.org/"), *link(plain("b"), "https://example.org/")))
    data = docx.render(document(twice))
    assert links(data) == [("a", "https://example.org/"), ("b", "https://example.org/")]
    assert len([one for one in opened(data).part.rels.values() if one.is_external]) == 1


def test_what_stands_apart_is_framed_with_all_that_is_in_it() -> None:
    within = (Paragraph(plain("a")), BulletList((Item(plain("b")),)), Heading(2, plain("c")))
    root = part(docx.render(document(Callout("note", plain("t"), within), Paragraph(plain("z")))))
    framed = {shown(one): one.find(f"{W}pPr/{W}pBdr") is not None for one in root.iter(f"{W}p")}
    assert framed == {"T": False, "t": False, "a": False, "b": True, "c": True, "z": False}
    data = docx.render(document(Callout("warning", plain("t"), within[:1])))
    assert styled(data, "Warning box") == ["t", "a"]
    (style,) = (one for one in opened(data).styles if one.name == "Warning box")
    assert style.element.pPr.find(f"{W}pBdr") is not None


def test_a_table_is_never_joined_to_the_next(tmp_path: Path) -> None:
    table = Table("t", (), (Column(plain("a")),), ())
    figures = KeyFigures((), (KeyFigure(plain("1"), plain("one")),))
    data = docx.render(document(table, table, figures, figures, Paragraph(plain("p")), figures))
    tags = [one.tag.removeprefix(W) for one in part(data)[0]]
    assert tags == ["p", *["tbl", "p"] * 5, "sectPr"]
    assert findings(data, tmp_path) == []


@pytest.mark.parametrize(("count", "rows"), [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2)])
def test_key_figures_stand_side_by_side(count: int, rows: int, tmp_path: Path) -> None:
    figures = tuple(KeyFigure(plain(str(number)), plain("label"), plain("note")) for number in range(count))
    data = docx.render(document(KeyFigures(plain("t"), figures)))
    assert sum(len(table.rows) for table in opened(data).tables) == rows
    assert findings(data, tmp_path) == []


def test_wide_tables_turn_the_page() -> None:
    wide = Table("w", plain("c"), tuple(Column(plain("Communication" * 1)) for _ in range(9)), ())
    upright, turned = (opened(docx.render(document(*blocks))).sections[0] for blocks in ((), (wide,)))
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert (round(turned.page_width.mm), round(turned.page_height.mm)) == (297, 210)
    assert turned.orientation == 1


def test_pages_are_numbered_by_fields() -> None:
    data = docx.render(sample.document("fr"))
    section = opened(data).sections[0]
    assert section.different_first_page_header_footer
    feet = [section.footer._element, section.first_page_footer._element]
    for foot in feet:
        assert [one.get(f"{W}instr").strip() for one in foot.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    title = text_of(sample.document("fr").title, "fr")
    assert [title in shown(foot) for foot in feet] == [True, False]


def test_a_long_title_is_cut_at_the_foot_of_a_page() -> None:
    data = docx.render(replace(document(), title=plain("long " * 60)))
    assert re.fullmatch(r"(long ?){15,}… 1 / 1", shown(opened(data).sections[0].footer._element))


def test_the_metadata_are_those_of_the_document() -> None:
    found = opened(docx.render(sample.document("fr"))).core_properties
    assert found.title == text_of(sample.document("fr").title, "fr")
    assert (found.author, found.subject) == ("Délégation pour l’action extérieure", "Bilan du cycle")
    assert found.last_modified_by == found.author
    assert found.keywords == "webinaires, coopération"
    assert found.created == found.modified == datetime(2021, 4, 27, tzinfo=UTC)


def test_a_document_without_a_date_tells_none() -> None:
    found = opened(docx.render(document(Paragraph(plain("a"))))).core_properties
    assert (found.created, found.author, found.revision) == (None, "", 0)


def test_the_colour_of_the_house_is_that_of_headings_and_links() -> None:
    data = docx.render(replace(sample.document("fr"), house=House("#8a1538")))
    colours = {
        one.name: str(one.font.color.rgb) for one in opened(data).styles if one.name in ("Heading 1", "Hyperlink")
    }
    assert colours == {"Heading 1": "8A1538", "Hyperlink": "8A1538"}
    pale = docx.render(replace(sample.document("fr"), house=House("#ffe000")))
    assert "FFE000" not in {str(one.font.color.rgb) for one in opened(pale).styles if one.name == "Heading 1"}


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    told = every_place(text)
    data = docx.render(told)
    assert findings(data, tmp_path) == []
    read = squeezed(shown(part(data)))
    assert [words for words in texts(told, told.lang) if squeezed(words) not in read] == []
    assert {address for _, address in links(data)} <= {"https://example.org/", "mailto:cycle@example.org"}


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_can_be_written(text: str) -> None:
    data = docx.render(every_place(text))
    assert text_of(plain(text), "en").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") in shown(part(data))


def test_empty_parts_are_no_harm(tmp_path: Path) -> None:
    empty = (
        BulletList(()),
        DefinitionList(()),
        Callout("quote", ()),
        Callout("date", plain("a")),
        Paragraph(()),
        Table("t", (), (Column(plain("a")), Column(())), ()),
        KeyFigures((), (KeyFigure((), ()),)),
        ContactCard(()),
    )
    assert findings(docx.render(document(*empty)), tmp_path) == []


def test_the_same_document_has_the_same_bytes_everywhere() -> None:
    code = (
        "import sys; from tests.documents import every_document; from webcycle.documents import docx;"
        "sys.stdout.buffer.write(docx.render(every_document.documents()['review-measured-standard.fr']))"
    )
    there = {"TZ": "Pacific/Noumea", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**os.environ, **there, "PYTHONPATH": path}, capture_output=True, check=True)
    assert done.stdout == docx.render(every_document.documents()["review-measured-standard.fr"])


def test_without_python_docx_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(OutsideError) as caught:
        docx.render(document())
    assert caught.value.key == "document.docx-missing"
    assert "pip install" in error("en", caught.value)
    assert "pip install" in error("fr", caught.value)
