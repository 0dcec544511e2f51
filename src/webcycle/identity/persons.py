"""The people behind the records: each once, with what the records and the reviewed decisions tell of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from webcycle.identity import keys
from webcycle.identity.people import Organisation, People
from webcycle.records import Registration, Role, Visit

Observed = Registration | Visit


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, known by `key`; `keys` are all of theirs that records show.

    `name` is the one that records show most, a registration's rather than a visit's; `first` and `last` are "" where no
    registration gives them apart. `organisation` and `territory` are the form's, else those of the reviewed domain,
    else "" (not determined), as is `type`, which only the reviewed domain gives. `role` is what `people.toml` says,
    `ids` are those of platforms.
    """

    key: str
    keys: tuple[str, ...]
    name: str
    first: str
    last: str
    email: str
    emails: tuple[str, ...]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    organisation: str
    type: str
    territory: str
    role: Role

    @property
    def weak(self) -> bool:
        """Whether only a name tells who this is."""
        return all(keys.strength(key) == "name" for key in self.keys)


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody in the records, by key, and the person of each key that the records show."""

    persons: Mapping[str, Person]
    person_of: Mapping[str, Person]

    def of(self, record: Observed) -> Person | None:
        """The person of one of the records; None for a record that tells nothing of anybody."""
        key = keys.key_of(record)
        return self.person_of[key] if key else None


def resolve(registrations: Iterable[Registration], visits: Iterable[Visit], people: People) -> Directory:
    """The people behind these records; neither their order nor that of the decisions matters."""
    rows: defaultdict[str, list[Observed]] = defaultdict(list)
    records: tuple[Observed, ...] = (*registrations, *visits)
    for record in records:
        rows[people.same.root(keys.key_of(record))].append(record)
    rows.pop("", None)
    persons = {key: _person(key, rows[key], people) for key in sorted(rows)}
    person_of = {key: person for person in persons.values() for key in person.keys}
    return Directory(MappingProxyType(persons), MappingProxyType(person_of))


def _person(key: str, rows: Sequence[Observed], people: People) -> Person:
    emails = Counter(row.email.strip() for row in rows if row.email.strip())
    email = _most(Counter({found: n for found, n in emails.items() if keys.email_key(found) == key}) or emails)
    addresses = frozenset(map(keys.email_key, emails))
    names = Counter(" ".join(row.name.split()) for row in rows if row.name.strip())
    name, first, last = _named(rows, names)
    body = _body(email, addresses, people)
    return Person(
        key=key,
        keys=tuple(sorted({keys.key_of(row) for row in rows}, key=keys.rank)),
        name=name,
        first=first,
        last=last,
        email=email,
        emails=tuple(sorted(addresses)),
        ids=tuple(sorted({f"{row.platform}/{row.person}" for row in rows if isinstance(row, Visit) and row.person})),
        names=tuple(sorted(names)),
        organisation=_most(_given(rows, "organisation")) or (body.name if body else ""),
        type=(body.type or "") if body else "",
        territory=_most(_given(rows, "territory")) or ((body.territory or "") if body else ""),
        role=people.role_of(key, map(keys.folded, names), addresses),
    )


def _most(counted: Counter[str]) -> str:
    """What is said most; of equals the longest, then the first in the order of their letters."""
    return min(counted, key=lambda text: (-counted[text], -len(text), text), default="")


def _named(rows: Sequence[Observed], names: Counter[str]) -> tuple[str, str, str]:
    registered = [row for row in rows if isinstance(row, Registration)]
    apart = Counter((row.name, row.first, row.last) for row in registered if row.last and row.name)
    if apart:
        return min(apart, key=lambda found: (-apart[found], -len(found[0]), found))
    said = Counter(" ".join(row.name.split()) for row in registered if row.name.strip())
    return _most(said or names), "", ""


def _given(rows: Sequence[Observed], field: str) -> Counter[str]:
    """What forms say, else what platforms do; only a registration has a territory."""
    registered = Counter(text for row in rows if isinstance(row, Registration) and (text := getattr(row, field)))
    return registered or Counter(text for row in rows if (text := getattr(row, field, "")))


def _body(email: str, addresses: frozenset[str], people: People) -> Organisation | None:
    """The body of the first of a person's addresses that has one, the main address before the others."""
    for address in (email, *sorted(addresses)):
        if found := people.organisation_by_domain.get(keys.domain(address)):
            return found
    return None
