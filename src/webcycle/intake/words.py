"""Text from outside: made harmless to keep, and made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

from webcycle.values import MAX_LINE, is_email

ABSENT = frozenset({"", "--", "-", "null", "n/a", "na", "none", "nil"})
"""What platforms write for "no value", in lower case."""

_JOINERS = "\u200c\u200d\u00ad"
_MASK = re.compile(r"\*{2,}")
# Digits shown of a telephone number, and digits and hexadecimal ones by which it is told from others.
_LEAST, _MOST, _MARK = 4, 9, 3
_NUMBER = re.compile(r"[\d\s+*•().x/\u2010-\u2015-]+")
_MASKED = re.compile(r"[*•]|x{2,}")


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


def caller(name: str) -> str:
    """What is kept of a telephone number shown as a name, "…5678 #d50"; "" for any other name.

    The last four digits, or as many as follow what the platform masks, and a mark of the last nine, which leave the
    country aside: 0612345678 and +33 6 12 34 56 78 are the same. It hangs on the number alone: a later download of the
    same meeting, with other numbers beside it, names the same people alike. No bracket stands in it, since what follows
    one in a name is taken for a body or a role.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    digits = _digits(text) if _NUMBER.fullmatch(text) else ""
    if len(digits) < _LEAST:
        return ""
    end = _digits(_MASKED.split(text)[-1]) or digits
    return f"…{end[-_LEAST:]} #{sha256(digits[-_MOST:].encode()).hexdigest()[:_MARK]}"


def _digits(text: str) -> str:
    """The digits of any script, as those of ASCII."""
    return "".join(str(int(character)) for character in text if character.isdecimal())
