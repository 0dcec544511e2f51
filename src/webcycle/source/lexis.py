"""The few lexical facts of TOML that are needed before, or in spite of, a parser."""

from __future__ import annotations

import re

from webcycle import plain
from webcycle.errors import Place

_SHOWN = 80

# Possessive throughout, so that no input makes these patterns look back. Up to two quotes may stand before the closing
# three (TOML 1.0, "String"). In `_STRING` a string that never closes runs to the end of its line or of the text.
_BASIC = r'"""(?:[^"\\]++|\\(?s:.)|"{1,2}+(?!"))*+'
_LITERAL = r"'''(?:[^']++|'{1,2}+(?!'))*+"
_BASIC_LINE = r'"(?!"")(?:[^"\\\n]++|\\[^\n])*+'
_LITERAL_LINE = r"'(?!'')[^'\n]*+"
_STRING = rf"(?:{_BASIC}(?:\"{{3,5}}+|)|{_LITERAL}(?:'{{3,5}}+|)|{_BASIC_LINE}\"?+|{_LITERAL_LINE}'?+)"
_CLOSED = rf"(?:{_BASIC}\"{{3,5}}+|{_LITERAL}'{{3,5}}+|{_BASIC_LINE}\"|{_LITERAL_LINE}')"
_COMMENT = r"#[^\n]*+"
_STRUCTURE = re.compile(rf"(?:[^\[\]{{}}.,#\"'\n]++|{_STRING}|{_COMMENT})*+([\[\]{{}}.,\n]|\Z)")
_UNCLOSED = rf"(?:[^#\"']++|{_CLOSED}|{_COMMENT})*+([\"'])"
_LONG = re.compile(r"\d\w{99}")
_NUMBER = rf"(?:[^#\"'\d]++|{_STRING}|{_COMMENT}|\d\w{{0,98}}+(?!\w))*+(\d\w{{99,}}+)"


def place(file: str, text: str, offset: int) -> Place:
    """The place of a character offset in a text, as an editor counts."""
    return Place(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def shown(words: str) -> str:
    """Words from outside, fit to stand in a sentence: one line of at most 80 characters, harmless to print."""
    return plain.clean(words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…")


def too_deep(text: str, limit: int) -> int | None:
    """The offset at which a statement is nested deeper than `limit` (brackets, braces, dots of keys), or None."""
    frames: list[int] = []
    depth = dots = 0
    for match in _STRUCTURE.finditer(text):
        mark = match[1]
        if mark == ".":
            dots += 1
        elif mark == "," or (mark == "\n" and not frames):
            dots = 0
        elif mark in ("[", "{"):
            frames.append(dots + 1)
            depth, dots = depth + dots + 1, 0
        elif mark in ("]", "}") and frames:
            depth, dots = depth - frames.pop(), 0
        if depth + dots + (mark == ".") > limit:
            return match.start(1)
    return None


def long_number(text: str) -> tuple[int, int] | None:
    """Offset and length of the first number of a hundred digits or more; TOML's integers have 64 bits."""
    found = re.match(_NUMBER, text) if _LONG.search(text) else None
    return (found.start(1), len(found[1])) if found else None


def unclosed_string(text: str) -> int:
    """The offset of the opening quotes of the first string that never closes; the end of the text when all do."""
    found = re.match(_UNCLOSED, text)
    return found.start(1) if found else len(text)
