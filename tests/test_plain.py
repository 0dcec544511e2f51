"""Text from outside, made harmless to show."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle.plain import clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoé, 日本 🎥", "Zoé, 日本 🎥"),
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("\x1b]52;c;AA\x07 \x9b2J \x00", "\ufffd]52;c;AA\ufffd \ufffd2J \ufffd"),
        ("Ada\u202egnp.exe\u2066\ufeff\u200b", "Adagnp.exe"),
        ("a\u2028b\u2029c\ud800", "a\ufffdb\ufffdc\ufffd"),
        ("👩\u200d💻 می\u200cخواهم so\u00adlong", "👩\u200d💻 می\u200cخواهم so\u00adlong"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_only_what_a_terminal_or_a_reader_of_bidi_obeys_goes(text: str, shown: str) -> None:
    assert clean(text) == shown


@settings(deadline=None)
@given(st.text(st.characters()))
def test_nothing_that_acts_is_left_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert not {category(character) for character in once} & {"Cc", "Cs", "Zl", "Zp"}
    assert clean(once) == once
