"""Text from outside, made harmless to show."""

import json
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcycle.plain import clean, escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoé, 日本 🎥", "Zoé, 日本 🎥"),
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("\x1b]52;c;AA\x07 \x9b2J \x00", "\ufffd]52;c;AA\ufffd \ufffd2J \ufffd"),
        ("Ada\u202egnp.exe\u2066\ufeff\u200b", "Adagnp.exe"),
        ("a\u2028b\u2029c\ud800", "a\ufffdb\ufffdc\ufffd"),
        ("👩\u200d💻 می\u200cخواهم so\u00adlong", "👩\u200d💻 می\u200cخواهم so\u00adlong"),
        ("a\ufffe\uffffb\ufdd0\U0010ffff \U000e0fff", "a\ufffd\ufffdb\ufffd\ufffd \U000e0fff"),
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


@settings(deadline=None)
@given(st.text(st.characters()))
def test_escaped_json_says_the_same_and_shows_nothing_that_acts(text: str) -> None:
    written = escaped(json.dumps([text], ensure_ascii=False, indent=1))
    assert json.loads(written) == [text]
    assert clean(written.replace("\n", "")) == written.replace("\n", "")


def test_what_json_itself_does_not_escape_is_escaped() -> None:
    assert escaped('"Zoé \x9b2J \x7f \u202e \U000e0001 👩\u200d💻"') == (
        '"Zoé \\u009b2J \\u007f \\u202e \\udb40\\udc01 👩\u200d💻"'
    )
