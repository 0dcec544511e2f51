"""Text from outside, made harmless to show: no control, separator or invisible direction character survives."""

from __future__ import annotations

from unicodedata import category

# Joiners shape Persian and emoji; the soft hyphen only tells where a word may break.
_KEPT_FORMAT = "\u200c\u200d\u00ad"


def clean(text: str) -> str:
    """`text` on one line: line breaks and tabs become a space, other controls U+FFFD, bidi and other marks go.

    Controls, surrogates, the line and paragraph separators (Unicode categories Cc, Cs, Zl, Zp) and the 66 code points
    that are no characters, of which XML holds two in no way, show as U+FFFD; format characters (Cf) are dropped but for
    the two joiners and the soft hyphen.
    """
    # What is printable has none of these.
    return text if text.isprintable() else "".join(map(_shown, text.replace("\r\n", "\n")))


def escaped(json: str) -> str:
    """JSON with what `clean` would take away escaped: the same values, and nothing that a terminal obeys.

    JSON's own escapes (RFC 8259, section 7) leave DEL, the C1 controls and the marks of direction as they are.
    """
    lines = json.split("\n")
    return "\n".join(line if line.isprintable() else "".join(map(_escape, line)) for line in lines)


def _escape(character: str) -> str:
    if _shown(character) == character:
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _shown(character: str) -> str:
    if character in "\n\r\t":
        return " "
    kind = category(character)
    if kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cn" and _is_no_character(ord(character))):
        return "\ufffd"
    return "" if kind == "Cf" and character not in _KEPT_FORMAT else character


def _is_no_character(code: int) -> bool:
    """Whether Unicode keeps it for internal use (section 23.7, "Noncharacters")."""
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
