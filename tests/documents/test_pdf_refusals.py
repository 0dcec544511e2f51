"""The PDF writer where something is missing: a character in the fonts, typst, or what typst can take."""

from __future__ import annotations

import sys

import pytest

from tests.documents.pdf_reading import document, failures, reader
from webcycle.documents import pdf
from webcycle.documents.blocks import (
    Figure,
    Paragraph,
)
from webcycle.documents.inline import plain
from webcycle.errors import OutsideError, RefusedError
from webcycle.texts import error

# A code point to which Unicode gave no character: no font has a shape for it.
NOWHERE = "\u0378"


def test_characters_that_no_font_has_are_told_and_cost_the_standards() -> None:
    rendered = pdf.render_with_notes(document(Paragraph(plain(f"a{NOWHERE}b"))))
    assert rendered.notes == (pdf.Note("no-glyph", "U+0378"),)
    assert reader(rendered.data).pages
    assert failures(rendered.data)


def test_a_note_names_some_of_many_characters() -> None:
    many = "".join(chr(plane * 0x10000 + 0xFFF0) for plane in range(1, 15))
    (note,) = pdf.render_with_notes(document(Paragraph(plain(many)))).notes
    assert note.characters.split() == [*sorted(f"U+{ord(one):04X}" for one in many)[:12], "…"]


def test_characters_of_the_systems_fonts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    def fonts(*, system: bool) -> typst.Fonts:
        # The fonts inside typst stand in for those of a system: they have Arabic letters.
        shipped = pdf.__file__.replace("pdf.py", "fonts")
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=system, font_paths=[shipped])

    monkeypatch.setattr(pdf, "_fonts", fonts)
    rendered = pdf.render_with_notes(document(Paragraph(plain("a ع"))))
    assert rendered.notes == (pdf.Note("system-fonts", "ع"),)
    assert failures(rendered.data) == []
    both = pdf.render_with_notes(document(Paragraph(plain(f"a ع {NOWHERE}"))))
    assert both.notes == (pdf.Note("system-fonts", "ع"), pdf.Note("no-glyph", "U+0378"))


def test_without_typst_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(OutsideError) as caught:
        pdf.render(document())
    assert caught.value.key == "document.pdf-missing"
    assert "pip install" in error("en", caught.value)


def test_what_cannot_be_set_is_refused() -> None:
    broken = Figure("f", plain("f"), "alt", b"no picture", "image/png")
    with pytest.raises(RefusedError) as caught:
        pdf.render(document(broken))
    assert caught.value.key == "document.pdf-refused"
    assert "image" in caught.value.values["reason"]


def test_a_warning_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    template = pdf._template()
    monkeypatch.setattr(pdf, "_template", lambda: template + b'\n#text(font: "No Such Font")[x]\n')
    with pytest.raises(RefusedError, match="unknown font"):
        pdf.render(document())
