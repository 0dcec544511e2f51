"""Nobody exposed: whose address or name, and which join link, stands in a file that is to be published, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from webcycle import folder as folders
from webcycle import texts
from webcycle.errors import Finding, Place, RefusedError, Severity
from webcycle.exposure.people import Private, addresses, known, names_one_of, private
from webcycle.exposure.said import Said, said
from webcycle.exposure.words import Form, decoded, forms, placed, words
from webcycle.unpacked import Bounds, Unread

__all__ = ["Hit", "HitKind", "Private", "findings", "hits", "keep_private", "known", "names_one_of", "private"]

HitKind = Literal["address", "name", "link", "unread"]
"""What was found; "unread" is a part of a file that could not be looked into."""

MAX_FILE = Bounds().file

# Words of file formats that stand in what they write.
_FORMATS = frozenset(
    "typst adobe custom identity microsoft excel word office worksheets sheet macintosh webcycle http https mailto "
    "gregorian publish request true false null".split()
)


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Something that must not be published: where in the file ("" is the file itself), and its line (0: none).

    It never holds what was found.
    """

    kind: HitKind
    inner: str
    line: int

    @property
    def place(self) -> str:
        """The place as it is told: "xl/worksheets/sheet1.xml:1", "12"."""
        return ":".join(filter(None, (self.inner, str(self.line or "")))) or "-"


def hits(held: Private, name: str, data: bytes) -> tuple[Hit, ...]:
    """What must not be published in a file, by its name and its bytes; each place once, in their order.

    An address is found whatever its case, a name as whole words in either order ("Dupont Marie"), whatever parts them;
    accents, entities, percent signs, folds, quoted-printable and base64 hide nothing. Archives, office files and PDFs
    are looked into. A name of one word is looked for in what a reader sees alone, and only where it is no word of the
    programme, of this program's sentences, of a calendar or of a country.
    """
    found: set[Hit] = set()
    for one in chain((Said("", name, name, 1),), said(data)):
        if isinstance(one, Unread):
            found.add(Hit("unread", one.part, 0))
        else:
            found |= {Hit(kind, one.inner, one.line or line) for kind, line in _found(held, one)}
    return tuple(sorted(found, key=lambda hit: (hit.inner, hit.line, hit.kind)))


def keep_private(held: Private, files: Iterable[tuple[str, bytes]]) -> None:
    """Raise RefusedError, which names the file and the place but nobody, where a file (name and content) tells what it
    must not; to be called before anything is written.
    """
    for name, data in files if held.people else ():
        for hit in hits(held, name, data):
            if hit.kind != "unread":
                raise RefusedError(f"exposed.{hit.kind}", file=name, place=hit.place)


def findings(held: Private, public: Path, show: Callable[[Path], str]) -> Iterator[Finding]:
    """What must not be published and lies in a folder of published files, or below it; `show` writes a path.

    Raises OutsideError for a file that cannot be read.
    """
    for path in sorted(one for one in public.rglob("*") if one.is_file()):
        if path.stat().st_size > MAX_FILE:
            yield _finding(Hit("unread", "", 0), show(path))
        else:
            name = str(path.relative_to(public))
            yield from (_finding(hit, show(path)) for hit in hits(held, name, folders.read(path).data))


def _finding(hit: Hit, file: str) -> Finding:
    severity = Severity.WARNING if hit.kind == "unread" else Severity.ERROR
    where = None if hit.inner or not hit.line else Place(file, hit.line, 1)
    return Finding(f"published-{hit.kind}", severity, values={"file": file, "place": hit.place}, place=where)


def _found(held: Private, one: Said) -> Iterator[tuple[HitKind, int]]:
    read = _read(one.text)
    yield from (("address", line) for line in _places(read, partial(_addresses, held)))
    yield from (("name", line) for line in _places(read, partial(_names, held)))
    if held.alone:
        yield from (("name", line) for line in _places(_read(one.seen), partial(_alone, held)))
    if held.links.told(one.text) is not None:
        yield "link", _line_of_link(held, one.text)


def _read(text: str) -> list[tuple[Form, str]]:
    return [(form, decoded(form.text)) for form in forms(text)]


def _places(read: Iterable[tuple[Form, str]], look: Callable[[str], Iterator[int]]) -> set[int]:
    """The lines in which something is found in one of the forms of a text; once, where lines were joined too."""
    found: set[int] = set()
    for form, text in read:
        for number in look(text):
            lines = form.lines(number)
            if found.isdisjoint(lines):
                found.add(lines.start)
    return found


def _line_of_link(held: Private, text: str) -> int:
    """The line that ends the shortest beginning of a text that tells a link."""
    lines = text.split("\n")
    low, high = 1, len(lines)
    while low < high:
        middle = (low + high) // 2
        told = held.links.told("\n".join(lines[:middle])) is not None
        low, high = (low, middle) if told else (middle + 1, high)
    return low


def _addresses(held: Private, text: str) -> Iterator[int]:
    for local, host, at in addresses(text) if held.addresses else ():
        if not _is_own(held, local, host) and _is_theirs(held, local, host):
            yield text.count("\n", 0, at) + 1


def _is_own(held: Private, given: str, host: str) -> bool:
    return any(_ends(given, one.rpartition("@")[0]) for one in held.own if one.endswith(f"@{host}"))


def _is_theirs(held: Private, given: str, host: str) -> bool:
    return any(_ends(given, local) for local in held.addresses.get(host, ()))


def _ends(given: str, local: str) -> bool:
    """Whether what stands before an @ is that local part, after what is none of it: "mailto=", "_"."""
    if not given.endswith(local):
        return False
    before = given[: len(given) - len(local)].rstrip("._+-")
    return not before or not before[-1].isalnum()


def _names(held: Private, text: str) -> Iterator[int]:
    there = set(words(text))
    if not any(first in there for first in held.names):
        return
    read = list(placed(text))
    only = [word for word, _line in read]
    spans = list(_spans(only, held.names))
    if spans:
        own = {at for begin, end in _spans(only, held.phrases) for at in range(begin, end)}
        yield from (read[begin][1] for begin, end in spans if own.isdisjoint(range(begin, end)))


def _spans(read: list[str], wanted: Mapping[str, tuple[tuple[str, ...], ...]]) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(read):
        for one in wanted.get(word, ()):
            if tuple(read[at : at + len(one)]) == one:
                yield at, at + len(one)


def _alone(held: Private, text: str) -> Iterator[int]:
    return (line for word, line in placed(text) if word in held.alone and word not in _common())


@cache
def _common() -> frozenset[str]:
    """Words that stand in what is published whoever came: of our sentences, of dates and countries, of formats."""
    from babel import Locale  # noqa: PLC0415 - only where a word may be a name

    found = set(_FORMATS)
    for lang in ("fr", "en"):
        locale: Any = Locale(lang)
        for width in ("wide", "abbreviated"):
            found |= _all((*locale.months["format"][width].values(), *locale.days["format"][width].values()))
        found |= _all(locale.territories.values()) | _all(_sentences(texts.table(lang)))
    return frozenset(found)


def _all(said: Iterable[Any]) -> set[str]:
    return {word for one in said for word in words(str(one))}


def _sentences(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _sentences(one)
    else:
        yield str(value)
