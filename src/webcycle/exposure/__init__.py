"""Nobody exposed: whose address or name, and which join link, stands in a file that is to be published, and where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from webcycle import folder as folders
from webcycle import texts, unpacked
from webcycle.errors import Finding, Place, RefusedError, Severity
from webcycle.exposure.people import Private, addresses, by_first, known, names_one_of, private
from webcycle.exposure.said import Said, said, spellings
from webcycle.exposure.words import WORD, Form, decoded, forms, placed, words
from webcycle.identity.keys import CIVILITIES
from webcycle.unpacked import Bounds, Found, Unread

__all__ = [
    "Hit",
    "HitKind",
    "Private",
    "common",
    "findings",
    "hits",
    "keep_private",
    "known",
    "names_one_of",
    "private",
    "told",
]

HitKind = Literal["address", "name", "link", "unread"]
"""What was found; "unread" is a part of a file that could not be looked into."""

MAX_FILE = Bounds().file

_PERSONAL = frozenset({"address", "name"})
# The places that are told of one person: in each published file, and in a file that is refused.
_MOST, _FEW = 10, 3

# Words of file formats that stand in what they write.
_FORMATS = frozenset(
    "typst adobe custom identity srgb microsoft excel word office worksheets sheet macintosh webcycle http https "
    "mailto gregorian publish request true false null".split()
)

# What stands in the tags of our pages and sheets: a name that is no more than that is nobody's.
_MARKUP = (
    'charset="utf-8"',
    'meta name="viewport" content',
    "width=device-width, initial-scale=1",
    'xml version="1.0" encoding="UTF-8" standalone="yes"',
    "xml version encoding",
    "DOCTYPE html",
)
_DOCUMENTS = ("document", "attendance", "calendar", "rolls", "metrics", "status", "wording", "privacy")
_BETWEEN = re.compile(r"\{[^{}]*\}|[\n|]")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Something that must not be published: where in the file ("" is the file itself), and its line (0: none).

    It never holds what was found, but where that stands in the records ("sessions/maroc/attendance.csv:12").
    """

    kind: HitKind
    inner: str
    line: int
    record: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """The place as it is told: "xl/worksheets/sheet1.xml:1", "12"."""
        return ":".join(filter(None, (self.inner, str(self.line or "")))) or "-"


def hits(held: Private, name: str, data: bytes, *, own: bool = False, bounds: Bounds | None = None) -> tuple[Hit, ...]:
    """What must not be published in a file, by its name and its bytes; each place once, in their order.

    An address is found whatever its case, a name as whole words in either order ("Dupont Marie"), whatever parts them;
    accents, entities, percent signs, folds, quoted-printable and base64 hide nothing. Archives, office files and PDFs
    are looked into. A name of one word is looked for in what a reader sees alone, and only where it is no word of the
    programme, of this program's sentences, of a calendar or of a country. In a file of our `own` making names are
    looked for in what is seen or read aloud alone.
    """
    named = (hit for text in spellings(name) for hit in _hits(held, Said("", text, text, text, 1)))
    inside = (hit for one in unpacked.pieces(data, bounds) for hit in told(held, one, own=own))
    return tuple(sorted(dict.fromkeys(chain(named, inside)), key=lambda hit: (hit.inner, hit.line, hit.kind)))


def told(held: Private, one: Found, *, own: bool = False) -> Iterator[Hit]:
    """The same of something that was found in a file; a place may be told several times."""
    if isinstance(one, Unread):
        yield Hit("unread", one.part, 0)
    for text in said(one, own=own):
        yield from _hits(held, text)


def _hits(held: Private, one: Said) -> Iterator[Hit]:
    return (Hit(kind, one.inner, one.line or line, record) for kind, line, record in _found(held, one))


def keep_private(held: Private, files: Iterable[tuple[str, bytes]]) -> None:
    """Raise RefusedError, which names the file, the place and the record but nobody, where a file (name and content)
    of our making tells what it must not; to be called before anything is written.
    """
    for name, data in files if held.people else ():
        found = [hit for hit in hits(held, name, data, own=True) if hit.kind != "unread"]
        if found:
            raise _refused(name, found[0], [hit.place for hit in found if _whose(hit) == _whose(found[0])])


def _refused(file: str, hit: Hit, places: Sequence[str]) -> RefusedError:
    """The error of what was found in a file: its first places, and how many more there are."""
    values = {"file": file, "place": ", ".join(places[:_FEW])}
    values |= {"record": hit.record or "-"} if hit.kind in _PERSONAL else {}
    if len(places) <= _FEW:
        return RefusedError(f"exposed.{hit.kind}", **values)
    return RefusedError(f"exposed.{hit.kind}-more", **values, count=str(len(places) - _FEW))


def findings(held: Private, public: Path, show: Callable[[Path], str]) -> Iterator[Finding]:
    """What must not be published and lies in a folder of published files, or below it; `show` writes a path.

    Raises OutsideError for a file that cannot be read.
    """
    for path in sorted(folders.below(public, git=True)):
        if path.stat().st_size > MAX_FILE:
            yield _finding(Hit("unread", "", 0), show(path))
        else:
            found = hits(held, str(path.relative_to(public)), folders.read(path).data)
            yield from _bounded(found, show(path))


def _bounded(found: Iterable[Hit], file: str) -> Iterator[Finding]:
    """What was found in a file; of one person the first places, and how many more there are."""
    told: Counter[tuple[str, str]] = Counter()
    for hit in found:
        told[_whose(hit)] += hit.kind in _PERSONAL
        if told[_whose(hit)] <= _MOST:
            yield _finding(hit, file)
    for (_kind, record), count in told.items():
        if count > _MOST:
            values = {"file": file, "record": record or "-", "count": str(count - _MOST)}
            yield Finding("published-more", Severity.ERROR, values=values)


def _whose(hit: Hit) -> tuple[str, str]:
    return hit.kind, hit.record


def _finding(hit: Hit, file: str) -> Finding:
    severity = Severity.WARNING if hit.kind == "unread" else Severity.ERROR
    where = None if hit.inner or not hit.line else Place(file, hit.line, 1)
    record = {"record": hit.record or "-"} if hit.kind in _PERSONAL else {}
    return Finding(f"published-{hit.kind}", severity, values={"file": file, "place": hit.place, **record}, place=where)


_Look = Callable[[str], Iterator[tuple[int, str]]]


def _found(held: Private, one: Said) -> Iterator[tuple[HitKind, int, str]]:
    read = _read(one.text)
    named = read if one.named is one.text else _read(one.named)
    looks: tuple[tuple[HitKind, list[tuple[Form, str]], _Look], ...] = (
        ("address", read, partial(_addresses, held)),
        ("name", named, partial(_names, held)),
        ("name", _read(one.seen) if held.alone else [], partial(_alone, held)),
    )
    for kind, forms_of, look in looks:
        yield from ((kind, line, record) for line, record in _places(forms_of, look).items())
    if held.links.addresses:
        yield from (("link", line, "") for line in _links(held, read))


def _read(text: str) -> list[tuple[Form, str]]:
    return [(form, decoded(form.text)) for form in forms(text)]


def _places(read: Iterable[tuple[Form, str]], look: _Look) -> Mapping[int, str]:
    """The lines in which something is found in one of the forms of a text; once, where lines were joined too. With the
    record of each."""
    found: dict[int, str] = {}
    for form, text in read:
        for number, record in look(text):
            lines = form.lines(number)
            if found.keys().isdisjoint(lines):
                found[lines.start] = record
    return found


def _links(held: Private, read: Iterable[tuple[Form, str]]) -> Iterator[int]:
    """The line of the first form of a text that tells a link."""
    for form, text in read:
        for told in (form.text, text):
            if held.links.told(told) is not None:
                yield form.lines(_line_of_link(held, told)).start
                return


def _line_of_link(held: Private, text: str) -> int:
    """The line that ends the shortest beginning of a text that tells a link."""
    lines = text.split("\n")
    low, high = 1, len(lines)
    while low < high:
        middle = (low + high) // 2
        told = held.links.told("\n".join(lines[:middle])) is not None
        low, high = (low, middle) if told else (middle + 1, high)
    return low


def _addresses(held: Private, text: str) -> Iterator[tuple[int, str]]:
    lines = unpacked.Lines(text)
    for local, host, at in addresses(text) if held.addresses else ():
        theirs = None if _is_own(held, local, host) else _theirs(held, local, host)
        if theirs is not None:
            yield lines.of(at), held.places.get(f"{theirs}@{host}", "")


def _is_own(held: Private, given: str, host: str) -> bool:
    return any(_ends(given, one.rpartition("@")[0]) for one in held.own if one.endswith(f"@{host}"))


def _theirs(held: Private, given: str, host: str) -> str | None:
    return min((local for local in held.addresses.get(host, ()) if _ends(given, local)), default=None)


def _ends(given: str, local: str) -> bool:
    """Whether what stands before an @ is that local part, after what is none of it: "mailto=", "_"."""
    if not given.endswith(local):
        return False
    before = given[: len(given) - len(local)].rstrip("._+-")
    return not before or not before[-1].isalnum()


def _names(held: Private, text: str) -> Iterator[tuple[int, str]]:
    read = WORD.findall(text)
    kept, bare = _untitled([] if held.names.keys().isdisjoint(read) else read)
    if spans := list(_spans(bare, held.names)):
        said = (*_spans(read, held.phrases), *_spans(read, _own_phrases()))
        own = {at for begin, end in said for at in range(begin, end)}
        lines = [line for _word, line in placed(text)]
        for begin, end in spans:
            if not own.issuperset(range(kept[begin], kept[end - 1] + 1)):
                yield lines[kept[begin]], held.places.get(" ".join(sorted(bare[begin:end])), "")


def _untitled(read: list[str]) -> tuple[Sequence[int], list[str]]:
    """The words that are no titles, and where they stand: a list may have a column of titles between two of names."""
    if CIVILITIES.isdisjoint(read):
        return range(len(read)), read
    kept = [at for at, word in enumerate(read) if word not in CIVILITIES]
    return kept, [read[at] for at in kept]


def _spans(read: list[str], wanted: Mapping[str, tuple[tuple[str, ...], ...]]) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(read):
        for one in wanted.get(word, ()):
            if tuple(read[at : at + len(one)]) == one:
                yield at, at + len(one)


def _alone(held: Private, text: str) -> Iterator[tuple[int, str]]:
    return (
        (line, held.places.get(word, "")) for word, line in placed(text) if word in held.alone and word not in common()
    )


@cache
def _own_phrases() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """What our documents say whoever came, and what stands in the markup of any page, by their first words."""
    tables = (texts.table(lang).get(name, {}) for lang in ("fr", "en") for name in _DOCUMENTS)
    parts = (part for table in tables for text in _sentences(table) for part in _BETWEEN.split(text))
    return by_first({phrase for part in chain(parts, _MARKUP) if len(phrase := words(part)) > 1})


@cache
def common() -> frozenset[str]:
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
