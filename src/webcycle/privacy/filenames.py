"""Whether the name of a file tells of somebody: the ledger of imports, which is committed, does not hold it then."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from webcycle import exposure
from webcycle.exposure.people import person
from webcycle.exposure.typed import plain
from webcycle.exposure.words import parted, words
from webcycle.forgotten import NOBODY, Forgotten
from webcycle.identity import keys
from webcycle.privacy.marks import LIKE, WORD
from webcycle.records import Registration, Visit

_RUN = re.compile(r"[^\W_]+")
_LEAST_LETTERS = 2


def telling(rows: Iterable[Registration | Visit], held: Forgotten = NOBODY) -> Callable[[str], bool]:
    """Whether the name of a file tells of a person of these rows, or of one who was forgotten.

    It does by all the words of a name, in whatever order, parted by blanks, signs or capitals; a word that stands in
    what is published whoever came tells nobody by itself.
    """
    known: defaultdict[str, list[Registration | Visit]] = defaultdict(list)
    for row in rows:
        for name in _called(row):
            known[name].append(row)
    named: defaultdict[str, set[str]] = defaultdict(set)
    for name in known:
        for word in words(name):
            named[word].add(name)
    caseless = tuple(filter(_is_caseless, named))

    def tells(file: str) -> bool:
        said = frozenset((*words(file), *words(parted(file))))
        inside = (word for word in caseless if _is_inside(word, said))
        near = {name for word in (*said, *inside) for name in named.get(word, ())}
        theirs = (parts for name in near for parts in _names(name, known[name]))
        return any(_is_told(parts, said) for parts in theirs) or _is_marked(file, held)

    return tells


def _called(row: Registration | Visit) -> tuple[str, ...]:
    """What somebody is called in a row, which may hold the first and the last name apart alone."""
    return (row.name, f"{row.first} {row.last}") if isinstance(row, Registration) and row.last else (row.name,)


def _names(name: str, rows: Iterable[Registration | Visit]) -> Iterator[Sequence[str]]:
    """The words of a name, and of the name of the person alone in it."""
    yield person(name) or words(name)
    for form in keys.forms(name):
        yield words(form)
    for email, *bodies in {(row.email, row.organisation, getattr(row, "territory", "")) for row in rows}:
        if alone := plain(name, email, bodies):
            yield person(alone)


def _is_told(parts: Sequence[str], said: frozenset[str]) -> bool:
    if len(parts) > 1:
        return said.issuperset(parts)
    word = "".join(parts)
    if len(word) < _LEAST_LETTERS or word.isdigit():
        return False
    return (word in said and word not in exposure.common()) or (_is_caseless(word) and _is_inside(word, said))


def _is_inside(word: str, said: Iterable[str]) -> bool:
    return any(word in other for other in said)


def _is_caseless(word: str) -> bool:
    """Whether a word is of a script without case, which does not part words."""
    return len(word) >= _LEAST_LETTERS and word.isalpha() and word.upper() == word.lower()


# ---- those who were forgotten


def _is_marked(file: str, held: Forgotten) -> bool:
    if not held.marks:
        return False
    return any(held.holds(known) for run in _runs(unicodedata.normalize("NFC", file)) for known in _known(run))


def _runs(file: str) -> Iterator[str]:
    """Every run of as many words as a name may have, and of letters where nothing parts the words."""
    for said in (_RUN.findall(file), _RUN.findall(parted(file))):
        yield from _pieces(said, " ")
        for word in filter(_is_caseless, said):
            yield from _pieces(word, "")


def _pieces(said: Sequence[str], seam: str) -> Iterator[str]:
    for at in range(len(said)):
        yield from (seam.join(said[at:end]) for end in range(at + 1, min(at + keys.MOST_WORDS, len(said)) + 1))


def _known(run: str) -> Iterator[str]:
    """By what somebody may be marked who is called so."""
    yield keys.name_key(run, "")
    yield from (f"{LIKE}{form}" for form in keys.forms(run))
    if " " not in run:
        yield f"{WORD}{keys.folded(run)}"
