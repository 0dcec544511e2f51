"""Text for calendars: what may not stand in a content line goes, Markdown becomes plain, moments become words."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from webcycle import texts
from webcycle.errors import Language
from webcycle.values import Moment

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls but newline, lone surrogates, the byte order mark and the controls of bidirectional text.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HARMLESS = re.compile(r"[ -~\n\xa0-\u0600\u2010-\u2027\u202f-\u2065]*")
# Without any of these, Markdown reads as it stands.
_MARKUP = re.compile(r"[*_`\[\]<>&\\~#]|^\s*(?:[-+=]|\d+[.)])|^(?: {4}|\t)|  $", re.MULTILINE)
_LOCALE = {"fr": "fr", "en": "en_GB"}


def clean(text: str) -> str:
    """`text` with what RFC 5545 (section 3.1) or safety forbids taken away.

    Every line and paragraph break becomes a newline and a tab becomes a space; the other C0 and C1 controls (NUL too),
    lone surrogates, U+FEFF and bidirectional controls go. The joiners that shape emoji and Persian stay.
    """
    if _HARMLESS.fullmatch(text):
        return text
    return _REFUSED.sub("", _BREAK.sub("\n", text).replace("\t", " "))


def line(text: str) -> str:
    """`text` cleaned and on one line, without white space at its ends."""
    return clean(text).replace("\n", " ").strip()


def compact(text: str) -> str:
    """`text` cleaned, without any white space."""
    return "".join(clean(text).split())


def plain(markdown: str) -> str:
    """Markdown as plain text, cleaned: the address of a link follows its words, a list item has a hyphen."""
    text = clean(markdown).strip()
    if not _MARKUP.search(text):
        return text
    return re.sub(r"\n{3,}", "\n\n", "".join(map(_block, _reader().parse(text)))).strip()


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - few calendars hold Markdown

    return MarkdownIt("commonmark", {"html": False})


def _block(token: Token) -> str:
    if token.type == "inline":
        return _inline(token.children or ())
    if token.type == "list_item_open":
        return "- "
    if token.type in ("paragraph_close", "heading_close"):
        return "\n" if token.hidden or token.level > 1 else "\n\n"
    if token.type.endswith("_list_close"):
        return "\n"
    return token.content


def _inline(tokens: list[Token] | tuple[Token, ...]) -> str:
    words: list[str] = []
    addresses: list[tuple[str, int]] = []
    for token in tokens:
        if token.type == "link_open":
            addresses.append((str(token.attrs["href"]), len(words)))
        elif token.type == "link_close":
            address, begin = addresses.pop()
            if "".join(words[begin:]) != address:
                words.append(f" ({address})")
        else:
            words.append("\n" if token.type in ("softbreak", "hardbreak") else token.content)
    return "".join(words)


def full(value: Moment, lang: Language) -> str:
    """A moment in full: "Tuesday 27 October 2020 at 14:00"; a day alone has no hour."""
    from webcycle.documents import wording  # noqa: PLC0415 - brings babel; few calendars write a date

    return _at(wording.day(_day(value), lang), value, lang, "calendar.moment")


def moment(value: Moment, lang: Language, *, year: bool) -> str:
    """A moment in short: "26 Oct 14:00", "26 Oct 2020 14:00"; a day alone has no hour."""
    return _at(_date(_day(value), lang, year=year), value, lang, "calendar.short-moment")


def _day(value: Moment) -> date:
    return value.date() if isinstance(value, datetime) else value


def _at(day: str, value: Moment, lang: Language, key: str) -> str:
    return texts.say(lang, key, {"day": day, "hour": hour(value, lang)}) if isinstance(value, datetime) else day


@cache
def _date(day: date, lang: Language, *, year: bool) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - few calendars write a date

    number = "d'er'" if lang == "fr" and day.day == 1 else "d"
    return format_date(day, f"{number} MMM y" if year else f"{number} MMM", locale=_LOCALE[lang])


def hour(value: time | datetime, lang: Language) -> str:
    """ "14h00"; "14:00"."""
    return texts.say(lang, "wording.hour", {"hour": f"{value.hour:02}", "minute": f"{value.minute:02}"})
