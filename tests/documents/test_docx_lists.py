"""Lists in DOCX: real numbering of Word, nested, each numbered list from its own start."""

from __future__ import annotations

from pathlib import Path

from tests.documents.docx_reading import W, findings, part, shown
from tests.documents.pdf_reading import document
from webcycle.documents import docx
from webcycle.documents.blocks import BulletList, Column, Item, NumberedList, Paragraph, Table
from webcycle.documents.inline import plain


def numbered(data: bytes) -> list[tuple[str, int, int, str | None]]:
    """Each item: its words, level, list, and where that list starts there."""
    root = part(data, "word/numbering.xml")
    starts = {
        (one.get(f"{W}numId"), level.get(f"{W}ilvl")): level.find(f"{W}startOverride").get(f"{W}val")
        for one in root.iter(f"{W}num")
        for level in one.iter(f"{W}lvlOverride")
    }
    found = []
    for one in part(data).iter(f"{W}numPr"):
        level, number = one.find(f"{W}ilvl").get(f"{W}val"), one.find(f"{W}numId").get(f"{W}val")
        words = shown(one.getparent().getparent())
        found.append((words, int(level), int(number), starts.get((number, level))))
    return found


def test_each_numbered_list_counts_from_its_own_start() -> None:
    inner = NumberedList((Item(plain("c")),))
    lists = (
        NumberedList((Item(plain("a")), Item(plain("b"), (inner,)))),
        NumberedList((Item(plain("d")),), 7),
        BulletList((Item(plain("e")),)),
        BulletList((Item(plain("f")),)),
    )
    found = numbered(docx.render(document(*lists)))
    assert [(words, level, start) for words, level, _, start in found] == [
        ("a", 0, "1"),
        ("b", 0, "1"),
        ("c", 1, "1"),
        ("d", 0, "7"),
        ("e", 0, None),
        ("f", 0, None),
    ]
    which = {words: number for words, _, number, _ in found}
    assert which["a"] == which["b"]
    assert which["e"] == which["f"]
    assert len({which[name] for name in "acde"}) == 4


def test_an_item_without_words_takes_those_of_its_paragraph() -> None:
    items = BulletList((Item((), (Paragraph(plain("a")), Paragraph(plain("b")))), Item(())))
    assert [words for words, *_ in numbered(docx.render(document(items)))] == ["a", ""]


def test_lists_may_be_nested_deeper_than_word_counts(tmp_path: Path) -> None:
    nested = BulletList((Item(plain("x"), (Table("t", plain("c"), (Column(plain("a")),), ()),)),))
    for _ in range(11):
        nested = BulletList((Item(plain("x"), (nested,)),))
    data = docx.render(document(nested))
    assert max(level for _, level, *_ in numbered(data)) == 8
    assert findings(data, tmp_path) == []
