"""Which keys are the same person: a union-find over reviewed decisions, whose result no order of theirs changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from webcycle.identity import keys


class Aliases:
    """Sets of keys of the same person, each with the key that the person goes by.

    That is the `person` of a decision which is nobody's alias; where there are several, or none, the strongest.
    """

    def __init__(self, decisions: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._parent: dict[str, str] = {}
        named: set[str] = set()
        others: set[str] = set()
        for person, same in decisions:
            named.add(person)
            others.update(key for key in same if key != person)
            for key in same:
                self._parent[self._find(key)] = self._find(person)
        self._root = self._roots(named - others)

    def root(self, key: str) -> str:
        """The key that the person of `key` goes by; the key itself when nothing was decided of it."""
        return self._root.get(key, key)

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that were decided to be of one person, the strongest first, by the key that the person goes by."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._root, key=keys.rank):
            found[self._root[key]].append(key)
        return {root: tuple(members) for root, members in found.items()}

    def _find(self, key: str) -> str:
        while (parent := self._parent.setdefault(key, key)) != key:
            self._parent[key] = self._parent[parent]
            key = parent
        return key

    def _roots(self, preferred: set[str]) -> Mapping[str, str]:
        sets: defaultdict[str, list[str]] = defaultdict(list)
        for key in list(self._parent):
            sets[self._find(key)].append(key)
        found: dict[str, str] = {}
        for members in sets.values():
            chosen = min(preferred.intersection(members) or members, key=keys.rank)
            found.update(dict.fromkeys(members, chosen))
        return found
