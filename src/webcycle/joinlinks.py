"""Join links are private: which session's link stands in a text, in whatever form it was put there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from types import MappingProxyType
from unicodedata import category, normalize
from urllib.parse import parse_qsl, urlsplit

from webcycle.errors import RefusedError
from webcycle.programme import Programme

_FOLD = re.compile(r"\r\n[ \t]")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")
# Zoom, Webex and GoTo number their meetings, and people write the number in groups.
_NUMBER = re.compile(r"\d{9,}")
_GROUPS = re.compile("[0-9](?:[\\s.,;:/()\\[\\]*_\u2010-\u2015-]{0,4}[0-9]){8,}")
_CODE_KEYS = frozenset({"pwd", "passcode", "password", "code", "p", "pw"})
_SHORTEST_CODE = 6
# Marks that are not format characters (Cf) and yet show nothing.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_PATHLESS = re.compile(r"[^/?#]*")
_DEEPER = re.compile(r"\w|[.:@-]\w|/?[?#]?\w")
_LONGER = re.compile(r"-?[^\W_]")
_DECODED = 4
_BEYOND = re.compile(r"[^\x00-\x7f]")
_PERCENT = re.compile("(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True)
class Known:
    """What gives a session's join link away, each with the id of its session; all of it as `normal` writes it."""

    addresses: Mapping[str, str]
    numbers: Mapping[str, str]
    codes: Mapping[str, str]

    @cached_property
    def hosts(self) -> re.Pattern[str]:
        """Where in a normal text an address may begin, also inside another one."""
        names = {re.split(r"[/?#]", address)[0] for address in self.addresses}
        return re.compile(f"(?={'|'.join(map(re.escape, sorted(names)))})")

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """The lengths of the addresses."""
        return tuple(sorted({len(address) for address in self.addresses}))

    def told(self, text: str) -> str | None:
        """The id of a session whose link, meeting number or passcode the text tells; None when it tells none.

        The text may be plain, Markdown, HTML or iCalendar: tags, escapes, folds, percent signs, entities, invisible
        characters and the case of letters do not hide a link.
        """
        if not self.addresses:
            return None
        forms = (text, _TAG.sub("", text)) if "<" in text else (text,)
        return next((found for form in forms for found in self._found(normal(form))), None)

    def _found(self, text: str) -> Iterator[str]:
        for met in self.hosts.finditer(text):
            yield from self._begins(text, met.start())
        for met in _GROUPS.finditer(text) if self.numbers else ():
            yield from _within(re.sub(r"\D", "", met[0]), self.numbers)
        for word in _WORD.findall(text) if self.codes else ():
            if word in self.codes:
                yield self.codes[word]

    def _begins(self, text: str, at: int) -> Iterator[str]:
        for size in self.sizes:
            address = text[at : at + size]
            if address in self.addresses and _stands(address, text[at - 1 : at], text[at + size : at + size + 3]):
                yield self.addresses[address]


def _stands(address: str, before: str, after: str) -> bool:
    """Whether an address is a whole one; a front page is told by that page alone, not by what lies on its host."""
    if _PATHLESS.fullmatch(address):
        return not (before.isalnum() or before in ("@", ".", "-")) and not _DEEPER.match(after)
    return not _LONGER.match(after)


def _within(digits: str, known: Mapping[str, str]) -> Iterator[str]:
    for size in {len(number) for number in known}:
        for begin in range(len(digits) - size + 1):
            if (found := known.get(digits[begin : begin + size])) is not None:
                yield found


def normal(text: str) -> str:
    """A text as it is compared: unfolded, decoded, without invisible characters and backslashes, in small letters."""
    text = _FOLD.sub("", text)
    text = re.sub(r"\\[nN]", "\n", text).replace("\\", "")
    text = undone(text)
    if not text.isascii():
        text = _BEYOND.sub(lambda found: found[0] if _shows(found[0]) else "", normalize("NFKC", text))
    return text.casefold().replace("//www.", "//")


def undone(text: str) -> str:
    """A text without percent signs (RFC 3986, 2.1) and entities, also where they were put on several times."""
    for _ in range(_DECODED):
        before = text
        text = _PERCENT.sub(_bytes, unescape(text))
        if text == before:
            break
    return text


def _bytes(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


def _shows(character: str) -> bool:
    return character not in _INVISIBLE and category(character) != "Cf" and not "\ufe00" <= character <= "\ufe0f"


def known(programme: Programme) -> Known:
    """What gives away the join links of a programme."""
    addresses: dict[str, str] = {}
    numbers: dict[str, str] = {}
    codes: dict[str, str] = {}
    for session in programme.sessions:
        if session.join is not None:
            addresses.update(dict.fromkeys(_addresses(session.join.url), session.id))
            numbers.update(dict.fromkeys(_NUMBER.findall(normal(session.join.url)), session.id))
            codes.update(dict.fromkeys(_codes(session.join.url), session.id))
    return Known(MappingProxyType(addresses), MappingProxyType(numbers), MappingProxyType(codes))


def _addresses(url: str) -> Iterator[str]:
    """The whole address without its scheme, and without its query where the path alone names the meeting."""
    whole = normal(url).partition("://")[2].removeprefix("www.").rstrip("/")
    if whole:
        yield whole
    bare = re.split(r"[?#]", whole)[0].rstrip("/")
    if "/" in bare and re.search(r"\d", bare.partition("/")[2]):
        yield bare


def _codes(url: str) -> Iterator[str]:
    """The values of the query that are secrets rather than words: passcodes, and identifiers with digits."""
    for key, value in parse_qsl(urlsplit(url).query):
        longest = max(_WORD.findall(value), key=len, default="")
        least = _SHORTEST_CODE if key.casefold() in _CODE_KEYS else _SHORTEST_CODE + 2
        if len(longest) >= least and _is_no_word(longest):
            yield normal(longest)


def _is_no_word(value: str) -> bool:
    return any(map(str.isdigit, value)) or value not in (value.lower(), value.upper(), value.capitalize())


def keep_private(programme: Programme, files: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    """The files (name and UTF-8 content), when none of them tells a join link.

    Raises RefusedError, which names the file and the session: to be called before anything is written.
    """
    private = known(programme)
    kept = tuple(files)
    for name, data in kept if private.addresses else ():
        if (session := private.told(data.decode("utf-8", "replace"))) is not None:
            raise RefusedError("join-link-published", file=name, session=session)
    return kept
