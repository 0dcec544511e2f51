"""The organisation's letterhead: what a document takes over from it, what it leaves, and what is refused."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as word
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Mm, RGBColor
from lxml import etree

from tests.documents import sample
from tests.documents.docx_reading import W, findings, names, opened, part, shown, styled
from tests.documents.pdf_reading import document, squeezed, texts
from webcycle.documents import docx
from webcycle.documents.blocks import Document, Figure, Heading, House, Item, Logo, NumberedList, Paragraph
from webcycle.documents.docx import letterhead as letterheads
from webcycle.documents.inline import plain
from webcycle.errors import RefusedError
from webcycle.texts import error

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


def written(file: Any) -> bytes:
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def letter() -> Any:
    """A letterhead as an organisation may have it: its margins, a header, a footer, a style of its own, some words."""
    file = word.Document()
    for old in ("stylesWithEffects", "thumbnail"):
        for relations in (file.part.rels, file.part.package.rels):
            for key in [key for key, one in relations.items() if one.reltype.endswith(old)]:
                del relations[key]
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin = Mm(40), Mm(15), Mm(50)
    section.header.paragraphs[0].text = "Conseil départemental d'Exemple"
    section.footer.paragraphs[0].text = "1, place du Marché"
    file.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0x00, 0x40)
    file.add_paragraph("Madame, Monsieur, secret de la lettre d'avant")
    file.core_properties.author = "Jean Secret"
    return file


def on(file: Any, told: Document | None = None) -> bytes:
    """A document on that letterhead."""
    told = told or sample.document("fr")
    return docx.render(replace(told, house=House(letterhead=file if isinstance(file, bytes) else written(file))))


def test_pages_header_footer_and_styles_are_those_of_the_letterhead(tmp_path: Path) -> None:
    data = on(letter())
    section = opened(data).sections[-1]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin, section.top_margin)] == [40, 15, 50]
    assert section.header.paragraphs[0].text == "Conseil départemental d'Exemple"
    assert section.footer.paragraphs[0].text == "1, place du Marché"
    assert opened(data).styles["Heading 1"].font.color.rgb == RGBColor(0x80, 0x00, 0x40)
    widths = [int(one.get(f"{W}w")) for one in part(data).iter(f"{W}tblW")]
    assert all(abs(width * 25.4 / 1440 - 155) < 1 for width in widths)
    assert findings(data, tmp_path) == []


def test_all_texts_are_on_the_letterhead() -> None:
    told = sample.document("fr")
    read = squeezed(shown(part(on(letter()))))
    assert [text for text in texts(told, "fr") if squeezed(text) not in read] == []


def test_nothing_stays_of_the_words_that_stood_on_it() -> None:
    file = letter()
    file.add_picture(io.BytesIO(PNG))
    file.add_comment(file.paragraphs[-1].runs, "secret de relecture")
    assert "word/media/image1.png" in names(written(file))
    data = on(file, document(Paragraph(plain("a"))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"ecret" not in everything
    assert not [name for name in names(data) if "media" in name or "comments" in name]
    assert opened(data).core_properties.author == ""


def test_styles_with_names_of_another_language_are_found_by_their_english_name() -> None:
    file = letter()
    for name, identity in (("Heading 1", "Titre1"), ("Title", "Titre"), ("Normal", "Normal0")):
        file.styles[name].element.set(f"{W}styleId", identity)
    data = on(file, document(Heading(2, plain("a"))))
    assert [one.style.style_id for one in opened(data).paragraphs] == ["Titre", "Titre1"]
    assert styled(data, "Heading 1") == ["a"]


def test_styles_that_are_missing_are_added(tmp_path: Path) -> None:
    file = letter()
    for one in list(file.styles.element):
        if one.tag == f"{W}style" and one.get(f"{W}styleId") not in ("Header", "Footer"):
            file.styles.element.remove(one)
        for linked in one.findall(f"{W}link"):
            one.remove(linked)
    kept = file.styles.add_style("Title1", WD_STYLE_TYPE.PARAGRAPH)
    kept.element.set(f"{W}styleId", "Title")
    data = on(file)
    assert findings(data, tmp_path) == []
    (title,) = (one for one in opened(data).paragraphs if one.style.name == "Title")
    assert title.style.style_id == "Title1"
    (default,) = (one for one in part(data, "word/styles.xml").iter(f"{W}style") if one.get(f"{W}styleId") == "Normal")
    assert default.get(f"{W}default") == "1"


def test_parts_that_are_missing_are_added(tmp_path: Path) -> None:
    file = letter()
    for key in [key for key, one in file.part.rels.items() if one.reltype in (RT.STYLES, RT.NUMBERING)]:
        del file.part.rels[key]
    file.element.body.remove(file.element.body.sectPr)
    data = on(file)
    assert findings(data, tmp_path) == []
    assert round(opened(data).sections[-1].page_width.mm) == 210


def test_lists_of_the_letterhead_do_not_change_ours(tmp_path: Path) -> None:
    first = on(letter())
    second = on(first, document(NumberedList((Item(plain("a")),), 4)))
    root = part(second, "word/numbering.xml")
    number = next(part(second).iter(f"{W}numId")).get(f"{W}val")
    (ours,) = (one for one in root.iter(f"{W}num") if one.get(f"{W}numId") == number)
    assert ours.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "4"
    assert findings(second, tmp_path) == []


def test_pages_are_numbered_where_the_letterhead_has_no_footer() -> None:
    file = letter()
    file.sections[0].footer.is_linked_to_previous = True
    data = on(file)
    fields = [one.get(f"{W}instr").strip() for one in opened(data).sections[0].footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert opened(data).sections[0].header.paragraphs[0].text == "Conseil départemental d'Exemple"


def test_the_header_of_an_earlier_section_goes_on() -> None:
    file = letter()
    file.add_section()
    assert file.sections[-1].header.is_linked_to_previous
    data = on(file)
    assert len(opened(data).sections) == 1
    assert opened(data).sections[0].header.paragraphs[0].text == "Conseil départemental d'Exemple"


def test_the_language_is_that_of_the_document() -> None:
    file = letter()
    assert [one.get(f"{W}val") for one in file.styles.element.iter(f"{W}lang")] == ["en-US"]
    found = {one.get(f"{W}val") for one in part(on(file), "word/styles.xml").iter(f"{W}lang")}
    assert found == {"fr-FR"}


def test_a_page_colour_stays() -> None:
    file = letter()
    ground = etree.SubElement(file.element, f"{W}background")
    ground.set(f"{W}color", "FFFFF0")
    file.element.insert(0, ground)
    assert part(on(file))[0].get(f"{W}color") == "FFFFF0"


def test_a_template_elsewhere_is_not_fetched() -> None:
    file = letter()
    settings = file.part.part_related_by(RT.SETTINGS)
    relation = settings.relate_to("https://example.org/t.dotm", TEMPLATE, is_external=True)
    attached = etree.SubElement(settings.element, f"{W}attachedTemplate")
    attached.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", relation)
    settings.element.insert(1, attached)
    assert b"example.org/t.dotm" in zipfile.ZipFile(io.BytesIO(written(file))).read("word/_rels/settings.xml.rels")
    data = on(file)
    assert "word/_rels/settings.xml.rels" not in names(data)
    assert list(part(data, "word/settings.xml").iter(f"{W}attachedTemplate")) == []


def test_the_logo_is_not_shown_twice() -> None:
    logo = Logo(PNG, "image/png", "Conseil d'Exemple")
    without, pictured = letter(), letter()
    pictured.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(PNG))
    found = [
        len(list(part(docx.render(replace(document(), house=House("#1f4e79", logo, written(file))))).iter("{*}docPr")))
        for file in (without, pictured)
    ]
    assert found == [1, 0]


def test_a_table_stands_on_the_page_of_the_letterhead() -> None:
    file = letter()
    file.sections[0].left_margin = Mm(190)
    (first, *_) = part(on(file)).iter(f"{W}tblW")
    assert abs(int(first.get(f"{W}w")) * 25.4 / 1440 - 30) < 1


def test_the_same_letterhead_gives_the_same_bytes() -> None:
    file = written(letter())
    assert on(file) == on(file)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The same package with its files changed, and more of them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return target.getvalue()


def typed(kind: str) -> bytes:
    """A letterhead whose main part says that it is of that content type."""
    return repacked(written(letter()), lambda name, content: content.replace(MAIN.encode(), kind.encode()))


def encrypted() -> bytes:
    data = bytearray(written(letter()))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


OFFICE = "application/vnd.ms-word"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "too large": ("size", lambda: b"PK\x03\x04" + bytes(letterheads.MOST)),
    "an old document": ("unreadable", lambda: COMPOUND),
    "with a password": ("encrypted", lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le")),
    "encrypted entries": ("encrypted", encrypted),
    "a text": ("unreadable", lambda: b"Bonjour"),
    "nothing": ("unreadable", lambda: b""),
    "a PDF": ("unreadable", lambda: b"%PDF-1.7"),
    "half of a zip": ("unreadable", lambda: written(letter())[:9000]),
    "a zip of something else": ("unreadable", lambda: repacked(b"PK\x05\x06" + bytes(18), lambda _, c: c, a=b"b")),
    "macros": ("macros", lambda: typed(f"{OFFICE}.document.macroEnabled.main+xml")),
    "a template with macros": ("macros", lambda: typed(f"{OFFICE}.template.macroEnabledTemplate.main+xml")),
    "hidden macros": ("macros", lambda: repacked(written(letter()), lambda _, c: c, **{"word/vbaProject.bin": b"x"})),
    "a template": ("template", lambda: typed(MAIN.replace("document.main", "template.main"))),
    "a workbook": ("unreadable", lambda: typed(MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet"))),
    "a bomb": ("bomb", lambda: repacked(written(letter()), lambda _, c: c, bomb=bytes(101_000_000))),
    "too many files": (
        "bomb",
        lambda: repacked(written(letter()), lambda _, c: c, **{str(number): b"" for number in range(2_001)}),
    ),
    "broken XML": (
        "unreadable",
        lambda: repacked(written(letter()), lambda name, c: c[:-9] if name == "word/document.xml" else c),
    ),
    "a margin that is none": (
        "unreadable",
        lambda: repacked(written(letter()), lambda name, c: c.replace(b'w:left="2268"', b'w:left="wide"')),
    ),
    "no body": (
        "unreadable",
        lambda: repacked(written(letter()), lambda name, c: c.replace(b"w:body", b"w:buddy")),
    ),
    "a part that is not there": (
        "unreadable",
        lambda: repacked(written(letter()), lambda name, c: c.replace(b'Target="styles.xml"', b'Target="no.xml"')),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_letterhead_is_refused(name: str) -> None:
    reason, data = REFUSED[name]
    with pytest.raises(RefusedError) as caught:
        on(data())
    assert caught.value.key == f"document.letterhead-{reason}"
    assert error("fr", caught.value).startswith("Le papier à en-tête")
    assert error("en", caught.value).startswith("The letterhead")


def test_entities_are_not_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    def change(name: str, content: bytes) -> bytes:
        if name != "word/header1.xml":
            return content
        return bomb + content.split(b"?>", 1)[1].replace("Conseil départemental".encode(), b"&b;")

    data = on(repacked(written(letter()), change))
    assert not [name for name in names(data) if b"hahaha" in zipfile.ZipFile(io.BytesIO(data)).read(name)]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_letterhead_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)

    def change(name: str, content: bytes) -> bytes:
        if chance.random() > 0.3 or not content:
            return content
        at = chance.randrange(len(content))
        return content[:at] + bytes(chance.choices(b'<>/"=& aw1', k=3)) + content[at + chance.randrange(40) :]

    damaged = bytearray(repacked(written(letter()), change))
    if seed % 3 == 0:
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    try:
        said = shown(part(on(bytes(damaged))))
    except RefusedError as refused:
        said = refused.key
    assert said.startswith(("document.letterhead-", "Direction générale"))


def test_a_picture_of_ours_does_not_take_the_place_of_one_of_the_letterhead(tmp_path: Path) -> None:
    file = letter()
    file.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(PNG))
    data = on(file, document(Figure("f", plain("f"), "alt", sample.SVG, "image/svg+xml")))
    assert [name for name in names(data) if "media" in name] == ["word/media/image1.png", "word/media/image2.png"]
    assert zipfile.ZipFile(io.BytesIO(data)).read("word/media/image1.png") == PNG
    assert findings(data, tmp_path) == []
