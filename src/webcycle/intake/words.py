"""Text from outside: made harmless to keep, and made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from webcycle.values import MAX_LINE, is_email

ABSENT = frozenset({"", "--", "-", "null", "n/a", "na", "none", "nil"})
"""What platforms write for "no value", in lower case."""

_JOINERS = "\u200c\u200d\u00ad"
_LEAST, _MOST = 4, 9
_MASK = re.compile(r"\*{2,}")


def clean(text: str) -> str:
    """`text` on one line: NFC, blanks collapsed, controls and lone surrogates as U+FFFD, bidi and other invisible
    controls dropped (but joiners and soft hyphens, which emoji and Persian need), at most 500 characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(map(_harmless, text))
    return " ".join(text.split())[:MAX_LINE]


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return character if character in _JOINERS else ""
    if character in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    return "\ufffd" if category in ("Cc", "Cs") else character


@lru_cache(maxsize=4096)
def norm(cell: str) -> str:
    """A header or label as compared: NFKC, straight apostrophe, case folded, blanks collapsed, no colon or star."""
    text = unicodedata.normalize("NFKC", cell.lstrip("\ufeff")).replace("’", "'").replace("ʼ", "'").casefold()
    return " ".join(text.split()).strip("*: ")


@lru_cache(maxsize=4096)
def norms(cells: tuple[str, ...]) -> tuple[str, ...]:
    """`norm` of each cell, trailing empty ones left out."""
    found = [norm(cell) for cell in cells]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def value(cell: str) -> str:
    """A cell made harmless, "" when it is a placeholder for no value."""
    text = clean(cell)
    return "" if text.lower() in ABSENT else text


def email(cell: str) -> str:
    """The e-mail address in a cell as it was written; "" when there is none, a masked one, or a platform's stand-in."""
    text = value(cell).removeprefix("mailto:").strip("<>")
    return text if valid_email(text) and not stands_in(text) else ""


def stands_in(cell: str) -> bool:
    """Whether a cell shows what a platform writes in place of an address: a masked one, or its own for guests."""
    return bool(_MASK.search(cell)) or cell.strip().lower().endswith("guest.webex.localhost")


def valid_email(text: str) -> bool:
    """Whether it is an e-mail address; its host may be written in any script (RFC 5890)."""
    if text.isascii():
        return is_email(text)
    local, _, host = text.rpartition("@")
    try:
        return is_email(f"{local}@{host.encode('idna').decode('ascii')}")
    except UnicodeError:
        return False


def number(name: str) -> str:
    """The digits of a telephone number shown as a name; "" for any other name."""
    digits = "".join(character for character in name if character.isdigit())
    phone = len(digits) >= _LEAST and all(character.isdigit() or character in "+*-.() x" for character in name)
    return digits if phone else ""


def callers(numbers: Iterable[str]) -> Mapping[str, str]:
    """What is shown of telephone numbers: the last four digits, or as many more as tell apart those that end alike.

    Nine at most, which leave the country aside: 0612345678 and 33612345678 are the same.
    """
    tails = {one: one[-_MOST:] for one in numbers}
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for tail in tails.values():
        alike[tail[-_LEAST:]].add(tail)
    shown = {end: _apart(found) for end, found in alike.items()}
    return {one: f"…{tail[-shown[tail[-_LEAST:]] :]}" for one, tail in tails.items()}


def _apart(tails: Collection[str]) -> int:
    """How many digits tell these apart."""
    return next(length for length in range(_LEAST, _MOST + 1) if len({one[-length:] for one in tails}) == len(tails))
