"""Who is likely the same person: suggestions for a human to accept or refuse, each with its reasons, never a guess.

Names meet in blocks (the same words in any order, the same last name with the same initials), so that the time grows
with the number of people and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeVar

from webcycle.identity import keys
from webcycle.identity.people import People
from webcycle.identity.persons import Directory, Person

B = TypeVar("B", bound=Hashable)
Reason = Literal["platform-id", "address-tag", "same-name", "suffix", "title", "accents", "order", "initials"]

REASONS: tuple[Reason, ...] = (
    "platform-id",
    "address-tag",
    "same-name",
    "suffix",
    "title",
    "accents",
    "order",
    "initials",
)
"""From the strongest to the weakest."""

# Initials that fit more people than that tell nothing.
_MOST_FITTING = 4
_NOT_PEOPLE = frozenset({"bot", "anonymous"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who are likely one; `kept` is the one whose key would stay."""

    kept: Person
    other: Person
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A name of a person, in the forms in which it is compared: `plain` is without titles, or `titled` with them."""

    folded: str
    bare: str
    plain: str
    words: tuple[str, ...]
    titled: bool = False


def suggestions(directory: Directory, people: People) -> tuple[Suggestion, ...]:
    """The pairs that nobody has decided about yet, the strongest reasons first."""
    persons = [one for one in directory.persons.values() if one.role not in _NOT_PEOPLE]
    refused = frozenset(
        frozenset((people.same.root(one), people.same.root(other)))
        for distinct in people.distinct
        for one, other in combinations(distinct.keys, 2)
    )
    found: dict[frozenset[str], Suggestion] = {}
    for kept, other, reasons in _alike(persons, refused):
        found.setdefault(frozenset((kept.key, other.key)), Suggestion(kept, other, reasons))
    return tuple(sorted(found.values(), key=_order))


def _order(one: Suggestion) -> tuple[int, str, str, str]:
    weakest = max(REASONS.index(reason) for reason in one.reasons)
    return weakest, keys.unaccented(keys.folded(one.kept.name)), one.kept.key, one.other.key


_Pair = tuple[Person, Person, tuple[Reason, ...]]


def _alike(persons: Sequence[Person], refused: frozenset[frozenset[str]]) -> Iterator[_Pair]:
    spelled = {one.key: _spellings(one) for one in persons}
    for (reason, _), members in _blocks((one, mark) for one in persons for mark in _marks(one)).items():
        for kept, other in _pairs(members, refused):
            yield kept, other, (reason,)
    yield from _of_same_words(persons, spelled, refused)
    yield from _initialled(persons, spelled, refused)


def _of_same_words(
    persons: Sequence[Person],
    spelled: Mapping[str, tuple[_Spelling, ...]],
    refused: frozenset[frozenset[str]],
) -> Iterator[_Pair]:
    """By their names without titles; those who do not meet there by the names as they are written."""
    named = {
        key: [(tuple(sorted(name.words)), name.titled) for name in names if keys.tells(name.words)]
        for key, names in spelled.items()
    }
    plain = {key: frozenset(words for words, titled in found if not titled) for key, found in named.items()}
    for words, members in _blocks((one, words) for one in persons for words, _ in named[one.key]).items():
        for kept, other in _pairs(members, refused):
            met = plain[kept.key] & plain[other.key]
            if words in met or not met:
                yield kept, other, _differences(spelled[kept.key], spelled[other.key])


def _blocks(given: Iterable[tuple[Person, B]]) -> Mapping[B, list[Person]]:
    found: defaultdict[B, dict[str, Person]] = defaultdict(dict)
    for person, block in given:
        found[block][person.key] = person
    return {block: sorted(members.values(), key=_strongest) for block, members in found.items() if len(members) > 1}


def _strongest(person: Person) -> tuple[int, int, str]:
    """Whose key would stay: the strongest, of equals the one with the longest name, without what is added to it."""
    strength, key = keys.rank(person.key)
    return strength, -len(keys.untitled(keys.bare(keys.folded(person.name)))), key


def _pairs(members: Sequence[Person], refused: frozenset[frozenset[str]]) -> Iterator[tuple[Person, Person]]:
    """Each member with the first before it that it was not refused with: not every pair, which all are after those."""
    firsts: list[Person] = []
    for member in members:
        kept = next((one for one in firsts if frozenset((one.key, member.key)) not in refused), None)
        if kept is None:
            firsts.append(member)
        else:
            yield kept, member


def _marks(person: Person) -> Iterator[tuple[Reason, str]]:
    """What tells who a person is beside the name and the key."""
    for found in person.ids:
        yield "platform-id", found
    for address in person.emails:
        yield "address-tag", keys.untagged(address)


def _spellings(person: Person) -> tuple[_Spelling, ...]:
    return tuple(found for name in dict.fromkeys(map(keys.folded, person.names)) for found in _spelled(name))


def _spelled(folded: str) -> Iterator[_Spelling]:
    bare = keys.bare(folded)
    plain = keys.untitled(bare)
    yield _Spelling(folded, bare, plain, tuple(keys.unaccented(plain).split()))
    if plain != bare:
        yield _Spelling(folded, bare, bare, tuple(keys.unaccented(bare).split()), titled=True)


def _differences(kept: Iterable[_Spelling], other: Iterable[_Spelling]) -> tuple[Reason, ...]:
    """In what the two nearest spellings of two people differ."""
    told = [_difference(one, two) for one in kept for two in other if sorted(one.words) == sorted(two.words)]
    return min(told, key=lambda reasons: sorted(map(REASONS.index, reasons), reverse=True))


def _difference(one: _Spelling, other: _Spelling) -> tuple[Reason, ...]:
    if one.folded == other.folded:
        return ("same-name",)
    same_order = one.words == other.words
    told: tuple[tuple[Reason, bool], ...] = (
        ("suffix", one.bare != one.folded or other.bare != other.folded),
        ("title", one.plain != one.bare or other.plain != other.bare),
        (
            "accents",
            sorted(one.plain.split()) != sorted(other.plain.split()) or (same_order and one.plain != other.plain),
        ),
        ("order", not same_order),
    )
    return tuple(reason for reason, differs in told if differs)


def _initialled(
    persons: Sequence[Person],
    spelled: Mapping[str, tuple[_Spelling, ...]],
    refused: frozenset[frozenset[str]],
) -> Iterator[_Pair]:
    full: defaultdict[tuple[str, str], dict[str, Person]] = defaultdict(dict)
    for person in persons:
        for name in spelled[person.key]:
            for short in _shortened(name.words):
                full[short][person.key] = person
    for person in persons:
        fitting = {key: one for name in spelled[person.key] for key, one in full[_initials(name.words)].items()}
        fitting.pop(person.key, None)
        if len(fitting) > _MOST_FITTING:
            continue
        for one in fitting.values():
            if frozenset((one.key, person.key)) not in refused:
                kept, other = sorted((one, person), key=_strongest)
                yield kept, other, ("initials",)


def _initials(words: Sequence[str]) -> tuple[str, str]:
    """The last name and the initials of "j dupont" or "dupont j p"; two empty texts for another name."""
    long = [word for word in words if len(word) > 1]
    short = [word for word in words if len(word) == 1]
    return (long[0], "".join(short)) if len(long) == 1 and short and len(words) <= keys.MOST_WORDS else ("", "")


def _shortened(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The same of a full name, with each of its words as the last name."""
    if 1 < len(words) <= keys.MOST_WORDS and all(len(word) > 1 for word in words):
        for index, last in enumerate(words):
            yield last, "".join(word[0] for word in (*words[:index], *words[index + 1 :]))
