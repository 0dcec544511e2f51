"""Whether several people seem to use an address: they would all be forgotten with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from webcycle.identity import key_of, keys, strength
from webcycle.privacy.subject import Subject
from webcycle.records import Registration, Visit


def bearers(subject: Subject, records: Iterable[Registration | Visit]) -> tuple[str, ...]:
    """One name of each of those who seem to use an address of this person; none where it is one.

    Two names fit each other where all words of the one stand in the other, in one of the forms of each (`keys.forms`),
    an initial for its word; so do those that people.toml joins to the address.
    """
    named: defaultdict[str, set[str]] = defaultdict(set)
    for one in records:
        key = key_of(one)
        if key in subject.addresses and keys.folded(one.name) not in _decided(subject):
            named[key].add(one.name)
    return tuple(sorted({one for names in named.values() for one in _apart(names)}))


def _decided(subject: Subject) -> frozenset[str]:
    return frozenset(keys.name_in(key) for key in subject.keys if strength(key) == "name")


def _apart(names: Iterable[str]) -> tuple[str, ...]:
    """The first name of each group of names that fit it; none where there is but one group. Those of most words come
    first: "Ada" is one of two who are called so, and joins them no more than that."""
    groups: dict[str, list[frozenset[str]]] = {}
    for name in sorted(names, key=lambda one: (-len(_words(one)), one)):
        said = _spellings(name)
        if _words(name) and not any(_fit(one, other) for group in groups.values() for one in group for other in said):
            groups[name] = said
    return tuple(groups) if len(groups) > 1 else ()


def _words(name: str) -> frozenset[str]:
    return frozenset(keys.unaccented(keys.untitled(keys.bare(keys.folded(name)))).split())


def _spellings(name: str) -> list[frozenset[str]]:
    return [_words(name), *(frozenset(form.split()) for form in keys.forms(name))]


def _fit(one: frozenset[str], other: frozenset[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return all(any(_is_same(word, there) for there in long) for word in short)


def _is_same(word: str, other: str) -> bool:
    return word == other or (word[0] == other[0] and 1 in (len(word), len(other)))
