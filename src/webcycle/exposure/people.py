"""Who must not be exposed: the addresses and names of a cycle's records, less what its programme says itself."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from webcycle import folder as folders
from webcycle import identity, joinlinks, legible, records, store
from webcycle.exposure.typed import plain
from webcycle.exposure.words import folded, words
from webcycle.folder import Folder
from webcycle.identity import keys
from webcycle.programme import Programme, Table
from webcycle.programme.options import LEAST_PUBLISHED
from webcycle.records import RecordsError, Registration, Visit
from webcycle.unpacked import Lines
from webcycle.values import Text

LEAST_LETTERS = 4

_NO_PERSON = frozenset({"bot", "anonymous"})
_COLUMNS = ("email", "name", "organisation", "territory", "role")
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+\Z")
_DOMAIN = re.compile(r"(?:[^\W_]|-)+(?: ?[.-](?:[^\W_]|-)+)*")
_LONGEST, _LONGEST_DOMAIN = 128, 512
_PHRASE = re.compile(r"[,;:!?()\[\]«»“”\"/|\n]|\s[-–—]\s|\.\s")


@dataclass(frozen=True, slots=True)
class Private:
    """What must stand in nothing that is published; all of it folded.

    `addresses` are the local parts by domain. `names` are names of several words by their first word, in each order
    that keeps neighbours; `alone` names of one word. `phrases` are the programme's own texts by their first word, and
    `own` its addresses. `links` gives its join links away. `places` tells where in the records an address or a name
    (its words in the order of the alphabet) stands first: "people.toml:3".
    """

    addresses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    links: joinlinks.Known = field(default_factory=lambda: joinlinks.Known({}, {}, {}))
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def people(self) -> bool:
        """Whether anybody is known."""
        return bool(self.addresses or self.names or self.alone)


@dataclass(frozen=True, slots=True)
class _Held:
    """What the records say: addresses and names, each with where it stands first; the names of persons alone, each with
    that in which it stands; and the names of bodies, each with how many gave it as theirs."""

    addresses: dict[str, str]
    names: dict[str, str]
    plain: dict[str, str]
    bodies: Mapping[str, set[str]]

    def add(self, name: str, place: str, email: str = "", bodies: Iterable[str] = ()) -> None:
        """Take a name as somebody typed it."""
        if name not in self.names:
            self.names[name] = place
            if alone := plain(name, email, bodies):
                self.plain.setdefault(alone, name)


def private(folder: Folder, programme: Programme) -> Private:
    """What must not be published of a cycle: of its records, of people.toml, and its join links.

    What the programme says itself is no secret: a speaker may have registered too. Nor is what people.toml says to be a
    bot or nobody's name, or a body that is named there or was given by as many as may be told of. Raises RecordsError
    for a file of records that is not ours.
    """
    links = joinlinks.known(programme)
    paths, raw = store.paths(folder), folders.read(folder.people, optional=True).data
    if not (paths.registrations or paths.visits or raw):
        return Private(links=links)
    held = _held(folder, paths)
    decided = identity.load(raw, folder.people.name)[0] if raw else None
    _decide(held, raw.decode("utf-8", "replace"), folder.people.name, decided)
    return known(held.addresses, _persons(held, decided), programme, links)


def known(
    emails: Mapping[str, str],
    names: Mapping[str, str],
    programme: Programme,
    links: joinlinks.Known | None = None,
) -> Private:
    """What must not be published of these people, each with where in the records it stands."""
    said = tuple(_texts(programme))
    own = frozenset(folded("@".join(found[:2])) for text in said for found in addresses(legible.unjoined(text)))
    phrases = {words(text) for text in said}
    several, alone = _names(names, {words(part) for text in said for part in _PHRASE.split(text)})
    return Private(
        _by_domain({folded(one.strip()) for one in emails} - own),
        by_first(several),
        alone - {word for phrase in phrases for word in phrase},
        by_first(phrase for phrase in phrases if len(phrase) > 1),
        own,
        joinlinks.known(programme) if links is None else links,
        {
            **{folded(one.strip()): at for one, at in reversed([*emails.items()])},
            **{" ".join(sorted(person(one))): at for one, at in reversed([*names.items()])},
        },
    )


def addresses(text: str) -> Iterator[tuple[str, str, int]]:
    """The local part, the domain and the place of every address in a text that `legible.unjoined` gave, with each
    domain that it may have; a local part may begin with more."""
    at = text.find("@")
    while at >= 0:
        local, domain = _LOCAL.search(text[max(0, at - _LONGEST) : at]), _DOMAIN.match(text, at + 1)
        if local and domain:
            hosts = (host.strip("-") for host in accumulate(domain[0][:_LONGEST_DOMAIN].split(" ")))
            yield from ((local[0], host, at) for host in hosts if host)
        at = text.find("@", at + 1)


def _texts(value: Any) -> Iterator[str]:
    """Every text of the programme but those that are private."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Text):
        yield from filter(None, (value.plain, value.fr, value.en))
    elif isinstance(value, Table):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name)) if name != "join" else ()
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, Iterable) and not isinstance(value, date):
        yield from (text for one in value for text in _texts(one))


# ---- the records


def _held(folder: Folder, paths: store.Files) -> _Held:
    held = _Held({}, {}, {}, defaultdict(set))
    kinds: tuple[tuple[Any, tuple[Any, ...]], ...] = ((Registration, paths.registrations), (Visit, paths.visits))
    for kind, files in kinds:
        for path in files:
            file = str(path.relative_to(folder.root))
            for line, row in _rows(kind, folders.read(path).data, file):
                _take(row, held, f"{file}:{line}")
    return held


def _take(row: Mapping[str, str], held: _Held, place: str) -> None:
    email, name = row.get("email", "").strip(), row.get("name", "")
    if email:
        held.addresses.setdefault(email, place)
    bodies = (row.get("organisation", ""), row.get("territory", ""))
    if row.get("role") not in _NO_PERSON:
        held.add(name, place, email, bodies)
        held.add(f"{row.get('first', '')} {row.get('last', '')}", place, email, bodies)
    for body in bodies:
        held.bodies[folded(body)].add(email or name)


def _rows(kind: Any, raw: bytes, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of a file of records that tell who, with their lines: a file of a million is not made into records for
    that."""
    lines = csv.reader(io.StringIO(raw.decode("utf-8", "replace"), newline=""))
    header = list(records.columns(kind))
    wanted = [(index, name) for index, name in enumerate(header) if name in (*_COLUMNS, "first", "last")]
    try:
        if next(lines, header) != header:
            raise RecordsError("records.header", file=file, columns=", ".join(header))
        for cells in lines:
            if len(cells) == len(header):
                yield lines.line_num, {name: records.unguarded(cells[index]) for index, name in wanted}
    except csv.Error as problem:
        raise RecordsError("records.csv", file=file, line=str(lines.line_num)) from problem


def _decide(held: _Held, text: str, file: str, decided: identity.People | None) -> None:
    """Add who stands in people.toml: every address in it, and the names of people."""
    text = legible.unjoined(text)
    numbers = Lines(text)
    for local, host, at in addresses(text):
        held.addresses.setdefault(f"{local}@{host}", f"{file}:{numbers.of(at)}")
    lines = [keys.folded(line) for line in text.split("\n")]
    for name in _decided(decided) if decided else ():
        line = next((number for number, line in enumerate(lines, start=1) if keys.folded(name) in line), 1)
        held.add(name, f"{file}:{line}")


def _decided(decided: identity.People) -> Iterator[str]:
    """The names of people in people.toml: of the groups, of aliases, of look-alikes."""
    yield from (*decided.staff.names, *decided.panelists.names)
    given = (*((one.person, *one.same) for one in decided.aliases), *(one.keys for one in decided.distinct))
    yield from (keys.name_in(key) for several in given for key in several if keys.strength(key) == "name")


def _persons(held: _Held, decided: identity.People | None) -> dict[str, str]:
    """The names that are a person's, no bot's, nobody's and no body's; and those that stand in them. What several gave
    as their body is no person's for having stood beside a person's name."""
    nobodies = _nobodies(held, decided)
    names = {one: at for one, at in held.names.items() if one not in nobodies}
    shared = {body for body, people in held.bodies.items() if len(people) > 1}
    alone = {
        one: names[whole]
        for one, whole in held.plain.items()
        if whole in names and one not in nobodies and folded(one) not in shared
    }
    return {**alone, **names}


def _nobodies(held: _Held, decided: identity.People | None) -> set[str]:
    """The names that are no person's: of bots, of nobody, and of bodies."""
    bodies = {body for body, people in held.bodies.items() if len(people) >= LEAST_PUBLISHED}
    groups = (decided.bots, decided.anonymous) if decided else ()
    if decided:
        bodies |= {folded(one.name) for one in decided.organisations}
    return {
        name
        for name in (*held.names, *held.plain)
        if folded(name) in bodies
        or any(group.recognises(frozenset({keys.folded(name)}), frozenset()) for group in groups)
    }


# ---- as it is looked for


def _by_domain(addresses: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for address in addresses:
        local, at, domain = address.rpartition("@")
        if local and at and domain:
            found[domain].add(local)
    return {domain: frozenset(locals_) for domain, locals_ in found.items()}


def by_first(found: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Phrases of words by their first word."""
    groups: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for one in found:
        groups[one[0]].add(one)
    return {first: tuple(sorted(several)) for first, several in groups.items()}


def _names(names: Iterable[str], said: set[tuple[str, ...]]) -> tuple[set[tuple[str, ...]], frozenset[str]]:
    """Names of several words in every order that keeps neighbours, and those of one; none that `said` holds."""
    several: set[tuple[str, ...]] = set()
    alone: set[str] = set()
    said = {phrase for phrase in said if len(phrase) > 1}
    every = {phrase[at : at + 2] for phrase in said for at in range(len(phrase) - 1)}
    for parts in {person(name) for name in names}:
        if len(parts) == 1:
            alone.add(parts[0])
        elif parts:
            turned = {parts[at:] + parts[:at] for at in range(len(parts))}
            if not any(_within(one, said, every) for one in turned):
                several |= turned
    return several, frozenset(alone)


def _within(name: tuple[str, ...], said: set[tuple[str, ...]], pairs: set[tuple[str, ...]]) -> bool:
    if not all(name[at : at + 2] in pairs for at in range(len(name) - 1)):
        return False
    size = len(name)
    return any(phrase[at : at + size] == name for phrase in said for at in range(len(phrase) - size + 1))


def names_one_of(text: str, names: Iterable[str]) -> bool:
    """Whether a text holds one of these names as whole words, or an address."""
    several, alone = _names(names, set())
    said = words(text)
    found = any(said[at : at + len(one)] == one for one in several for at in range(len(said)))
    return found or not alone.isdisjoint(said) or any(addresses(text))


def person(name: str) -> tuple[str, ...]:
    """The words by which a name is looked for, none where it is not.

    Without a title, what platforms add, or numbers; with fewer than four letters it is not looked for.
    """
    untitled = keys.untitled(keys.bare(keys.folded(name)))
    parts = tuple(word for word in words(untitled) if word not in keys.CIVILITIES and not word.isdigit())
    return parts if sum(map(len, parts)) >= LEAST_LETTERS else ()
