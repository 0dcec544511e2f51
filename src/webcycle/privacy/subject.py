"""Who is meant by an address: all that reviewed decisions and records join to it, and what cannot be told apart."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from webcycle import exposure, legible
from webcycle.errors import RefusedError
from webcycle.exposure.people import person
from webcycle.exposure.typed import plain
from webcycle.identity import Directory, People, Person, key_of, keys, strength
from webcycle.legible import Needle
from webcycle.privacy.matching import borne, matcher
from webcycle.records import Registration, Visit

JOURNAL = "sessions/.forgetting.json"
"""Who is being forgotten, from the first change until the proof: a crash in between loses nothing of it."""

_LEAST_LETTERS = 5
_NOBODY = frozenset({"bot", "anonymous"})


@dataclass(frozen=True)
class Subject:
    """A person, by the normalised address that was asked for.

    `keys` are all of theirs, the strongest first, `names` those that they are known by. Of these `shared` are somebody
    else's too, or a part of such a name, and `short` are one word: neither is proof of anybody. `alike` are addresses
    of others that look alike. `perhaps` are the keys of rows without any address that bear the same name, of which
    nobody decided yet whose they are, `distinct` the keys that were decided to be somebody else's; `forms` those of
    their names (`keys.forms`) that nobody else bears. Of the names `loose` are those that are theirs in whatever
    order and without accents, `alone` those of one word that is nobody else's nor a word of anything else.
    """

    asked: str
    keys: tuple[str, ...]
    names: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The normalised ones."""
        return tuple(key for key in self.keys if strength(key) == "email")

    @property
    def proper(self) -> tuple[str, ...]:
        """The names, folded, that are this person's alone."""
        return tuple(sorted({keys.folded(one) for one in self.names} - {*self.shared, *self.short}))

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """What must not be found anywhere once this person is forgotten."""
        return (*map(legible.address, self.addresses), *map(legible.name, self.proper))

    @cached_property
    def private(self) -> exposure.Private:
        """The same, for the search of what must not be published."""
        return matcher(self.addresses, (*self.loose, *self.alone))

    @property
    def unsought(self) -> int:
        """How many of the names cannot be looked for."""
        return len({*self.shared, *self.short} - {*self.alone})

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.keys)

    def made(self, record: Registration | Visit) -> bool:
        """Whether the record is of this person."""
        return key_of(record) in self._known

    def may_have_made(self, record: Registration | Visit) -> bool:
        """Whether the record is perhaps of this person: nobody decided yet."""
        return key_of(record) in self.perhaps


def normal(text: str) -> str:
    """An address, or the key of somebody without one, as compared; RefusedError, which does not repeat it, where this
    is neither."""
    found = keys.normal_key(text)
    if found is None:
        raise RefusedError("privacy.no-address")
    return found


def subject(
    asked: str,
    directory: Directory,
    people: People,
    former: Mapping[str, Subject] | None = None,
    common: Collection[str] = (),
) -> Subject:
    """The person of a normalised address or key; `former` are those whom interrupted runs were about to forget,
    `common` words that stand in the folder whoever came."""
    before = [one for one in (former or {}).values() if asked in one.keys]
    first = {asked, *(key for one in before for key in one.keys)}
    roots = {people.same.root(key) for key in first}
    persons = {id(one): one for key in first | roots if (one := directory.person_of.get(key))}
    persons |= {id(one): one for root in roots if (one := directory.persons.get(root))}
    decided = chain.from_iterable(people.same.groups.get(root, ()) for root in roots)
    theirs = first | set(decided) | {key for one in persons.values() for key in one.keys}
    names = {name for one in persons.values() for name in one.names} | {name for one in before for name in one.names}
    names |= {keys.name_in(key) for key in theirs if strength(key) == "name"}
    names |= set(_alone(names, persons.values(), theirs))
    others = [one for one in directory.persons.values() if id(one) not in persons]
    distinct = _distinct(theirs, people).union(*(one.distinct for one in before)) - theirs
    return _named(asked, theirs, names, _Others(others, distinct, frozenset(common)), before)


def _distinct(theirs: Iterable[str], people: People) -> frozenset[str]:
    """By what those go of whom it was decided that they are somebody else."""
    own = {people.same.root(key) for key in theirs}
    decided = ({people.same.root(key) for key in one.keys} for one in people.distinct)
    return frozenset(chain.from_iterable(one for one in decided if one & own)) - own


@dataclass(frozen=True, slots=True)
class _Others:
    """Everybody else in the records, and by what those go who were decided to be somebody else."""

    persons: Sequence[Person]
    distinct: frozenset[str]
    common: frozenset[str]

    def loose(self, names: Iterable[str], before: Iterable[str]) -> Collection[str]:
        """Those of the names that are nobody else's in whatever order."""
        wanted = {one for one in names if len(person(one)) > 1}
        decided = (keys.name_in(key) for key in self.distinct if strength(key) == "name")
        known = (name for one in self.persons for name in one.names)
        return wanted - borne(wanted, chain(known, decided, before))

    def alone(self, names: Iterable[str]) -> Collection[str]:
        """Those of one word that tells nobody and nothing else."""
        words = {one: person(one) for one in names}
        wanted = {one for one, found in words.items() if len(found) == 1 and not self._is_common(found[0])}
        told = (
            text for one in self.persons for text in (*one.names, *one.emails, one.organisation, one.territory, one.key)
        )
        return wanted - borne(wanted, told)

    def _is_common(self, word: str) -> bool:
        return word in self.common or word in exposure.common()

    def perhaps(self, folded: Collection[str], forms: Collection[str]) -> list[Person]:
        """Those who are known by such a name alone, and of whom nothing was decided."""
        return [
            one
            for one in self.persons
            if not (one.emails or one.key in self.distinct or one.role in _NOBODY)
            and any(keys.folded(name) in folded or not keys.forms(name).isdisjoint(forms) for name in one.names)
        ]


def _named(asked: str, theirs: set[str], names: set[str], others: _Others, before: Sequence[Subject]) -> Subject:
    spelled = {keys.folded(name) for name in names}
    elsewhere = {keys.folded(name) for one in others.persons for name in one.names}
    elsewhere |= {name for one in before for name in one.shared}
    shared = {one for one in spelled if any(map(legible.name(one).pattern.search, elsewhere))}
    addresses = {address for one in others.persons for address in one.emails} - theirs
    perhaps = others.perhaps(spelled, _forms(spelled))
    undecided = {id(one) for one in perhaps}
    short = {one for one in spelled - shared if len(one.split()) < 2 or len(one) < _LEAST_LETTERS}
    decided = (name for one in others.persons if id(one) not in undecided for name in one.names)
    return Subject(
        asked=asked,
        keys=tuple(sorted(theirs, key=keys.rank)),
        names=tuple(sorted(_once(names))),
        shared=tuple(sorted(shared)),
        short=tuple(sorted(short)),
        alike=tuple(sorted(one for one in addresses if any(_alike(one, own) for own in theirs if "@" in own))),
        distinct=tuple(sorted(others.distinct, key=keys.rank)),
        perhaps=tuple(sorted({key for one in perhaps for key in one.keys}, key=keys.rank)),
        forms=tuple(sorted(_forms(spelled - shared) - _forms(chain(decided, *(one.shared for one in before))))),
        loose=tuple(sorted(others.loose(spelled - shared, chain.from_iterable(one.shared for one in before)))),
        alone=tuple(sorted(others.alone(short))),
    )


def _forms(names: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(keys.forms, names)))


def _alone(names: Iterable[str], persons: Collection[Person], theirs: Collection[str]) -> Iterator[str]:
    """The names without the office or the body that was typed beside them."""
    local = " ".join(sorted(key.partition("@")[0] for key in theirs if strength(key) == "email"))
    bodies = [body for one in persons for body in (one.organisation, one.territory)]
    for name in names:
        alone = plain(name, local, bodies)
        if alone and person(alone) != person(name):
            yield alone


def _once(names: Iterable[str]) -> Iterable[str]:
    """Each name in the spelling with most capitals: that of a record rather than that of a key."""
    spelled: dict[str, str] = {}
    for name in sorted(names):
        spelled.setdefault(keys.folded(name), name)
    return spelled.values()


def _alike(one: str, other: str) -> bool:
    """Whether two addresses are one but for a tag, dots or hyphens before the @, or for what comes after it."""
    (name, _, host), (name_too, _, host_too) = one.rpartition("@"), other.rpartition("@")
    plain, plain_too = _plain(name), _plain(name_too)
    return plain == plain_too and (host == host_too or len(plain) >= _LEAST_LETTERS)


def _plain(local: str) -> str:
    return "".join(filter(str.isalnum, keys.unaccented(local.partition("+")[0])))


# ---- the journal


def dump(subjects: Mapping[str, Subject]) -> bytes:
    """The journal of these people."""
    return (
        json.dumps([asdict(subjects[key]) for key in sorted(subjects)], ensure_ascii=False, indent=1) + "\n"
    ).encode()


def load(raw: bytes) -> dict[str, Subject]:
    """Those of whom the journal tells, by the address that was asked for. RefusedError for one that is damaged."""
    try:
        found = json.loads(raw) if raw else []
        every = [_subject(one) for one in found]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise RefusedError("privacy.journal-damaged", file=JOURNAL) from None
    return {one.asked: one for one in every}


def _subject(found: Any) -> Subject:
    lists = {name: texts for name, texts in found.items() if name != "asked"}
    every = [found["asked"], *chain.from_iterable(lists.values())]
    if not all(isinstance(one, list) for one in lists.values()) or not all(isinstance(one, str) for one in every):
        raise ValueError("keys")
    return Subject(asked=found["asked"], **{name: tuple(texts) for name, texts in lists.items()})
