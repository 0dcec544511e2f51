"""What people may read in bytes that are no text, as the `strings` of POSIX finds it: runs of characters.

Everything is taken out by compiled patterns, so that a film or a picture costs seconds, in proportion to its size.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

# Controls that no text holds, zeros apart; and the zeros.
_CONTROLS = bytes((*range(1, 9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_BEYOND = bytes(range(0x80, 0x100))
_SHARE, _WIDE_SHARE = 50, 5
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ALIEN = re.compile("[\udc80-\udcff]")
_SAMPLE = 4096
# What is larger is searched for longer runs: the shortest are chance alone.
_SHORT = 3
_LARGE, _LONG = 1 << 16, 6
_HUGE, _LONGEST = 4 << 20, 8

# Without the last letter: its byte stands for nothing, and begins what follows the texts of an Excel 97 file.
_LATIN = rb"\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xfe"
# ASCII; letters of UTF-8; one of Windows-1252 after or before a letter.
_NARROW = re.compile(
    rb"(?:[\t -~]|[\xc3-\xdb][\x80-\xbf]|\xe2\x80[\x80-\xbf]|[\xe1\xe3-\xea][\x80-\xbf]{2}"
    rb"|(?<=[A-Za-z])[%b](?![\x80-\xff])|(?<![\x80-\xff])[%b](?=[A-Za-z])){%d,}" % (_LATIN, _LATIN, _SHORT)
)
# The same as far as it can be had at once: from three of ASCII on, and what stands before them.
_ACCENT = rb"(?:[\xc3-\xdb][\x80-\xbf]|[%b])" % _LATIN
_MORE = rb"%b[A-Za-z ,'-][\t -~]*" % _ACCENT
_FAST = {
    least: re.compile(
        rb"[\t -~]{3}(?:[\t -~]{%d,}(?:%b)*|[\t -~]{0,%d}(?:%b)+)%b?" % (least - 3, _MORE, least - 4, _MORE, _ACCENT)
    )
    for least in (_LONG, _LONGEST)
}
_LEAD = re.compile(rb"[A-Za-z]{0,2}%b\Z" % _ACCENT)
# A short run is one of words: three letters, and hardly anything but letters, figures and what stands in an address.
_SAYS = re.compile(rb"[A-Za-z\x80-\xff]{3}|[0-9]{3}|@")
_WORDS = (
    bytes(one for one in range(0x80, 0x100)) + b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 @._-"
)
_SURELY, _OTHERS = 16, 6
# UTF-16: Latin, Greek and Cyrillic, and the marks of punctuation beyond them; it is looked for where two zeros, or two
# bytes of a script, stand around one letter.
_MARKS = tuple(re.compile(rb"%b[^\x00]%b" % (one, one), re.DOTALL) for one in (rb"\x00", rb"\x03", rb"\x04"))
_LITTLE = re.compile(rb"(?:[\t -~\xa0-\xff]\x00|[\x01-\xff][\x01-\x04\x1e\x20]){%d,}" % _SHORT)
_BIG = re.compile(rb"(?:\x00[\t -~\xa0-\xff]|[\x01-\x04\x1e\x20][\x01-\xff]){%d,}" % _SHORT)
_BACK = 8


class Lines:
    """The numbers of the lines of a text, from 1: of places in ascending order, so that it is gone through once."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def of(self, place: int) -> int:
        """The line of a place that is not before the last one asked for."""
        self._line += self._text.count("\n", self._at, place)
        self._at = place
        return self._line


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding: they hold controls, or more beyond ASCII than letters with accents."""
    if _is_marked(data):
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    zeros = data.count(0)
    if controls * _SHARE > len(data):
        return True
    if zeros * _SHARE > len(data):
        return not _is_wide(data)
    return (len(data) - len(data.translate(None, _BEYOND))) * 3 > len(data) and _is_noise(data[:_SAMPLE])


def _is_wide(data: bytes) -> bool:
    """Whether the zeros stand as in UTF-16 or UTF-32: as good as all at the one place, or at the other."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    return min(even, odd) * _WIDE_SHARE <= max(even, odd) > len(data) // 4 or data.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    )


def _is_marked(data: bytes) -> bool:
    """Whether bytes begin as UTF-16 or UTF-32 does, and are that."""
    encoding = "utf-32" if data.startswith(_UTF32) else "utf-16"
    try:
        return data.startswith((*_UTF16, *_UTF32)) and bool(data[: len(data) // 4 * 4].decode(encoding))
    except UnicodeDecodeError:
        return False


def _is_noise(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") * 2 > len(text)


def strings(data: bytes) -> str:
    """The runs of printable characters in bytes, each on a line: ASCII, UTF-8, Windows-1252, UTF-16 of both orders.

    Runs have three characters, in more than 64 KiB six, in more than 4 MiB eight.
    """
    narrow = _NARROW.findall(data) if len(data) <= _LARGE else _fast(data)
    found = [run.decode("ascii") if run.isascii() else _letters(run) for run in narrow]
    return "\n".join((*found, *_wide(data)))


def _fast(data: bytes) -> Iterator[bytes]:
    least = _LONGEST if len(data) > _HUGE else _LONG
    for found in _FAST[least].finditer(data):
        if len(found[0]) >= least and _says(found[0]):
            begin = found.start()
            lead = _LEAD.search(data[max(0, begin - 4) : begin])
            yield lead[0] + found[0] if lead else found[0]


def _says(run: bytes) -> bool:
    others = len(run.translate(None, _WORDS))
    return _SAYS.search(run) is not None and (len(run) >= _SURELY or others * _OTHERS <= len(run))


def _letters(run: bytes) -> str:
    """A run in UTF-8, what of it is none in Windows-1252."""
    return _ALIEN.sub(_latin, run.decode("utf-8", "surrogateescape"))


def _latin(found: re.Match[str]) -> str:
    return found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _wide(data: bytes) -> Iterator[str]:
    for mark in _MARKS:
        for pattern, encoding in ((_LITTLE, "utf-16-le"), (_BIG, "utf-16-be")):
            yield from (run.decode(encoding, "replace") for run in _around(data, mark, pattern))


def _around(data: bytes, mark: re.Pattern[bytes], pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    """The runs of a pattern in which a mark stands; each begins as early as it can."""
    at = 0
    while found := mark.search(data, at):
        at = found.start() + 1
        begins = range(max(0, found.start() - _BACK), found.start() + 1)
        run = next((run for begin in begins if (run := pattern.match(data, begin)) and run.end() > at), None)
        if run:
            yield run[0]
            at = run.end()
