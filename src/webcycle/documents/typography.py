"""Typography of the two languages: spaces that do not break, raised letters; never in an address or code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webcycle.errors import Language

THIN = "\u202f"
"""Narrow no-break space: before ; ! ? and between thousands."""
FIXED = "\u00a0"
"""No-break space: before a colon, inside guillemets, before %."""

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s«»<>]+|mailto:\S+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_TITLES = ("M.", "MM.", "Mme", "Mmes", "Mlle", "Dr", "Pr", "Me")
_GROUP = "|".join(rf"(?<=(?<![0-9]){'[0-9]' * digits})" for digits in (1, 2, 3))
_SPACE = f"[ {FIXED}{THIN}]"
_CLOSED = r"(?<=[\w»”)\]’%…°])"
_END = r"(?=[\s»”)\]]|$)"

# Each pattern matches only what is replaced, so that an edit never reaches over the border of two inline nodes.
# The rules are those of the Imprimerie nationale ("Lexique des règles typographiques").
_ELLIPSIS = (re.compile(r"(?<!\.)\.{3}(?!\.)"), "…")
_FRENCH = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # A pair of quotation marks, apostrophes inside a word aside; then every other apostrophe.
        (r"(?<!\w)'(?=\w(?:[^'\n]|(?<=\w)'(?=\w))*'(?!\w))", "‘"),
        (r"(?<=\w)'|(?<=[^\s'])'(?!\w)", "’"),
        (rf"(?<=\S){_SPACE}(?=[;!?])|{_CLOSED}(?=[;!?]+{_END})", THIN),
        (rf"(?<=\S){_SPACE}(?=:{_END})|{_CLOSED}(?=:{_END})", FIXED),
        (rf"(?<=«){_SPACE}|(?<=«)(?=[^\s»])|{_SPACE}(?=»)|(?<=[^\s«])(?=»)", FIXED),
        (rf"(?<=[0-9]){_SPACE}?(?=[%€])", FIXED),
        (rf"(?<=\b[nN]°){_SPACE}?(?=[0-9])", FIXED),
        ("|".join(rf"(?<=\b{re.escape(title)}) (?=[A-ZÀ-Ý])" for title in _TITLES), FIXED),
        (rf"(?:{_GROUP})[ {FIXED}](?=[0-9]{{3}}(?![0-9]))", THIN),
        (rf"(?:(?<=[0-9])|(?<=\b1er)) (?=(?:{_MONTHS})\b)", FIXED),
    )
)
_RULES = {"fr": (_ELLIPSIS, *_FRENCH), "en": (_ELLIPSIS,)}
# Where this is not found no rule has anything to do, which is so for most cells of a list.
_TOUCHED = re.compile(rf"['!?;:«»%€°]|\.{{3}}|[0-9][ {FIXED}]|1er |(?:{'|'.join(map(re.escape, _TITLES))}) ")
# Roman numerals of I, V and X only: with L and C, "Le" and "Ce" would be taken for ordinals.
_ORDINAL = re.compile(
    r"\b((?:1|I)(?=(?:ers?|res?)\b)|[0-9]+(?=(?:es?|nde?s?|des?)\b)|[IVX]{2,}(?=es?\b)|[VX](?=e\b))(\w+)"
)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character, the part that it belongs to, and whether typography may touch it."""

    character: str
    part: int
    free: bool


def set_text(text: str, lang: Language) -> str:
    """`text` with the typography of `lang`."""
    return set_parts((text,), lang)[0]


def french(text: str) -> str:
    """`text` with French spaces, apostrophes and ellipses; doing it again changes nothing."""
    return set_text(text, "fr")


def set_parts(parts: Sequence[str], lang: Language, fixed: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """A sentence that stands in several parts (bold, link ...), set as one; the parts in `fixed` stay as they are."""
    whole = "".join(parts)
    if not _TOUCHED.search(whole) or not any(pattern.search(whole) for pattern, _replacement in _RULES[lang]):
        return tuple(parts)
    letters = _letters(parts, fixed)
    for pattern, replacement in _RULES[lang]:
        letters = _replaced(letters, pattern, replacement)
    found: list[list[str]] = [[] for _ in parts]
    for letter in letters:
        found[letter.part].append(letter.character)
    return tuple("".join(characters) for characters in found)


def _letters(parts: Sequence[str], fixed: frozenset[int]) -> list[_Letter]:
    held = [range(*match.span()) for match in _ADDRESS.finditer("".join(parts))]
    held_places = {place for span in held for place in span}
    letters: list[_Letter] = []
    for index, part in enumerate(parts):
        for character in part:
            letters.append(_Letter(character, index, index not in fixed and len(letters) not in held_places))
    return letters


def _replaced(letters: list[_Letter], pattern: re.Pattern[str], replacement: str) -> list[_Letter]:
    found: list[_Letter] = []
    done = 0
    for match in pattern.finditer("".join(letter.character for letter in letters)):
        start, end = match.span()
        heir = _heir(letters, start, end)
        if heir is not None:
            found += letters[done:start]
            found += (_Letter(character, heir, True) for character in replacement)
            done = end
    return found + letters[done:]


def _heir(letters: list[_Letter], start: int, end: int) -> int | None:
    """The part that takes what replaces letters[start:end]; none where that is not free or reaches over two parts."""
    if start == end:
        return next((one.part for one in (*letters[start : start + 1], *letters[start - 1 : start]) if one.free), None)
    parts = {one.part for one in letters[start:end] if one.free}
    return parts.pop() if len(parts) == 1 and all(one.free for one in letters[start:end]) else None


def ordinals(text: str, lang: Language) -> tuple[tuple[str, bool], ...]:
    """`text` cut into pieces, each with whether it stands raised: the "er" of "1er", the "e" of "XXIe" in French."""
    if lang != "fr" or not _ORDINAL.search(text):
        return ((text, False),)
    held = [match.span() for match in _ADDRESS.finditer(text)]
    pieces: list[tuple[str, bool]] = []
    done = 0
    for match in _ORDINAL.finditer(text):
        if not any(start <= match.start() < end for start, end in held):
            pieces += [(text[done : match.end(1)], False), (match[2], True)]
            done = match.end()
    return (*pieces, (text[done:], False)) if done < len(text) or not pieces else tuple(pieces)
