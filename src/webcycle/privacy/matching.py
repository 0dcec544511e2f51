"""By what somebody is searched for in a file, as `exposure` searches for everybody, whatever the programme says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from webcycle.exposure import Private
from webcycle.exposure.people import person
from webcycle.exposure.words import folded, words


def matcher(emails: Iterable[str], names: Iterable[str]) -> Private:
    """What tells of the people of these addresses and names, a name in every order that keeps neighbours."""
    hosts: defaultdict[str, set[str]] = defaultdict(set)
    for email in emails:
        local, _, host = folded(email).rpartition("@")
        hosts[host].add(local)
    several: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    parts = {person(one) for one in names} - {()}
    for turned in (turned for one in parts if len(one) > 1 for turned in _turned(one)):
        several[turned[0]].add(turned)
    return Private(
        addresses={host: frozenset(locals_) for host, locals_ in hosts.items()},
        names={first: tuple(sorted(found)) for first, found in several.items()},
        alone=frozenset(one[0] for one in parts if len(one) == 1),
    )


def borne(names: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Those of the names that stand in one of the other texts, as whole words, in whatever order."""
    there: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for said in set(map(words, others)):
        for word in said:
            there[word].add(said)
    return frozenset(one for one in names if _stands(person(one), there))


def _stands(name: tuple[str, ...], there: Mapping[str, set[tuple[str, ...]]]) -> bool:
    turned, size = _turned(name), len(name)
    near = there.get(name[0], ()) if name else ()
    return any(said[at : at + size] in turned for said in near for at in range(len(said)))


def _turned(name: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {name[at:] + name[:at] for at in range(len(name))}
