"""Text from outside: it reads back as it was cleaned, and is never anything but text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendar.cycles import LATER, NOW, events, published, session
from tests.calendar.ics_lint import lint
from webcycle.calendar import Ledger, contentlines, plan

ALL = st.text(st.characters(), max_size=300)
_BREAKS = ("\r\n", "\r", "\n", "\u2028", "\u2029", "\x85", "\t", " ")
_CONTROLS = ("\x00", "\x1b", "\ufeff", "\u202e", "\u2067", "\ud800")
_MARKS = ("\\", "\\n", ";", ",", '"', ":", "^", "^n", "ATTENDEE:mailto:x@example.org")
_LETTERS = ("👩\u200d👩\u200d👧", "é", "e\u0301", "في", "a" * 40)
NASTY = st.lists(st.sampled_from((*_BREAKS, *_CONTROLS, *_MARKS, *_LETTERS)), max_size=60).map("".join)
_GONE = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0xD800, 0xE000)), "\ufeff", "\u061c"}
_GONE |= {"\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
_GONE -= {"\n"}


def _cleaned(text: str) -> str:
    """The documented cleaning, written another way."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    for character in "\r\x0b\x0c\x85\u2028\u2029":
        text = text.replace(character, "\n")
    return "".join(character for character in text if character not in _GONE)


@settings(deadline=None)
@given(ALL | NASTY)
def test_any_text_reads_back_as_it_was_cleaned(text: str) -> None:
    base = published(session())
    (original,) = base.programme.sessions
    # The programme refuses most of these; the calendar does not rely on it.
    changed = original.model_copy(
        update={"title": replace(original.title, plain=f"x{text}"), "place": f"x{text}", "mode": "in-person"}
    )
    contact = base.programme.organiser.model_copy(
        update={"name": replace(original.title, plain=f"x{text}"), "short_name": None}
    )
    publication = plan(base.programme.model_copy(update={"sessions": (changed,), "organiser": contact}), Ledger(), NOW)
    feed = publication.feed()
    assert lint(feed) == []
    found = events(feed)["maroc"]
    line = f"x{_cleaned(text)}".replace("\n", " ").strip()
    assert found["SUMMARY"] == found["LOCATION"] == line
    assert str(found["DESCRIPTION"]).endswith(f"Renseignements\u00a0: {line}, cycle@example.org")
    assert lint(publication.session_file("maroc")) == []
    assert plan(publication.programme, publication.ledger, LATER).changes == ()


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1, max_size=400))
def test_a_fold_hides_nothing_and_cuts_no_character(text: str) -> None:
    folded = contentlines.fold(text)
    lines = folded.removesuffix(b"\r\n").split(b"\r\n ")
    assert b"".join(lines).decode() == text
    assert all(line.decode() and len(line) <= 74 for line in lines)


@pytest.mark.parametrize("width", range(70, 80))
def test_a_fold_never_cuts_an_escape(width: int) -> None:
    content = "a" * width + "\\\\" * 40 + "\\n" * 40
    for line in contentlines.fold(content).split(b"\r\n"):
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0
