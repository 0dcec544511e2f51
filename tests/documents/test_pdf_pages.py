"""The PDF writer: what is long, wide or high stays on its pages."""

from __future__ import annotations

from dataclasses import is_dataclass

import pytest

from tests.documents.pdf_reading import SVG, document, failures, named, places, reader, shown, squeezed
from webcycle.documents import pdf
from webcycle.documents.blocks import (
    Block,
    Break,
    BulletList,
    Callout,
    Column,
    Definition,
    DefinitionList,
    Figure,
    Item,
    NumberedList,
    Paragraph,
    Raised,
    Run,
    Table,
)
from webcycle.documents.inline import plain

# Two pixels in a row.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000020000000108020000007b40e8dd0000000d4944415478da63f8"
    "cf0004ff01070001ff3d7d8c490000000049454e44ae426082"
)
LONG = "mot " * 3000
MANY = BulletList(tuple(Item(plain(f"point {n}")) for n in range(90)))
LONG_CELL = Table("t", (), (Column(plain("a")), Column(plain("b"), "number")), ((plain(LONG), plain("1")),))
NARROW = tuple(Column(plain(f"titre {n}")) for n in range(40))


@pytest.mark.parametrize(
    ("block", "word", "times"),
    [
        (Paragraph(plain("é" * 700)), "é", 700),
        (Callout("note", plain("N"), (Paragraph(plain(LONG)),)), "mot", 3000),
        (Callout("quote", (), (MANY,)), "point", 90),
        (Callout("date", plain("D"), (NumberedList(MANY.items),)), "point", 90),
        (DefinitionList((Definition(plain("T"), (MANY, LONG_CELL)),)), "point", 90),
        (LONG_CELL, "mot", 3000),
        (Table("t", (), NARROW, ((plain("anticonstitutionnellement"),) * 40,)), "titre", 40),
        (Figure("f", plain("figure"), "a", SVG.replace(b"90 9", b"9 900"), "image/svg+xml"), "figure", 1),
    ],
    ids=lambda found: type(found).__name__ if is_dataclass(found) else str(found),
)
def test_what_is_long_runs_on_and_nothing_leaves_the_page(block: Block, word: str, times: int) -> None:
    data = pdf.render(document(block, lang="fr"))
    assert squeezed(shown(data)).count(word) == times
    for x, y, width, height in places(data):
        assert 50 < x < width - 50
        assert 20 < y < height - 50


def test_a_word_longer_than_its_line_is_broken() -> None:
    word = Paragraph(plain("é" * 700))
    address = Table(
        "t", (), (Column(plain("a")), *NARROW[:9]), ((plain("prenom.nom@" + "a" * 40 + ".example.org"), *[()] * 9),)
    )
    for block, lines in ((word, 7), (address, 3)):
        heights = [y for _x, y, _width, height in places(pdf.render(document(block))) if y < height - 100]
        assert len(set(heights)) >= lines


def test_the_head_of_a_table_stands_on_every_page() -> None:
    rows = tuple((plain(f"Commune {n}"), plain(str(n))) for n in range(120))
    data = pdf.render(
        document(Table("t", plain("Caption"), (Column(plain("Nom")), Column(plain("Minutes"), "number")), rows))
    )
    pages = [page.extract_text() for page in reader(data).pages]
    assert len(pages) > 2
    assert all(text.count("Minutes") == 1 for text in pages)
    assert [text.count("Caption") for text in pages] == [1, *[0] * (len(pages) - 1)]
    assert [f"{n} / {len(pages)}" in text for n, text in enumerate(pages, 1)] == [True] * len(pages)
    assert named(data).count("TH") == 2


def test_one_page_has_no_number() -> None:
    assert "1 / 1" not in shown(pdf.render(document(Paragraph(plain("a")))))


def test_a_table_that_needs_it_turns_the_page() -> None:
    def size(columns: int) -> tuple[float, float]:
        table = Table("t", (), NARROW[:columns], ((plain("anticonstitutionnellement"),) * columns,))
        box = reader(pdf.render(document(Callout("note", (), (table,))))).pages[0].mediabox
        return float(box.width), float(box.height)

    assert size(3)[0] < size(3)[1]
    assert size(5)[0] > size(5)[1]


def test_a_picture_of_pixels_is_taken_too() -> None:
    drawn = pdf.render(document(Figure("f", plain("f"), "alt", PNG, "image/png", "absent")))
    assert failures(drawn) == []
    assert b"/Width 2" in drawn
    assert b"/Height 1" in drawn


def test_a_line_break_begins_a_line() -> None:
    broken = shown(pdf.render(document(Paragraph((Run("one"), Break(), Run("two"), Raised("x"))))))
    assert [line.strip() for line in broken.splitlines()][-2:] == ["one", "twox"]
