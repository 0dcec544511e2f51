"""Text from outside, made harmless to show: no control, separator or invisible direction character survives."""

from __future__ import annotations

from unicodedata import category

# Joiners shape Persian and emoji; the soft hyphen only tells where a word may break.
_KEPT_FORMAT = "\u200c\u200d\u00ad"


def clean(text: str) -> str:
    """`text` on one line: line breaks and tabs become a space, other controls U+FFFD, bidi and other marks go.

    Controls, surrogates and the line and paragraph separators (Unicode categories Cc, Cs, Zl, Zp) show as U+FFFD;
    format characters (Cf) are dropped but for the two joiners and the soft hyphen.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text.replace("\r\n", "\n")))


def _shown(character: str) -> str:
    if character in "\n\r\t":
        return " "
    kind = category(character)
    if kind in ("Cc", "Cs", "Zl", "Zp"):
        return "\ufffd"
    return "" if kind == "Cf" and character not in _KEPT_FORMAT else character
