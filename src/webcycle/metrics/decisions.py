"""The relation `people`: what the reviewed decisions say of the keys in the records, and of e-mail domains.

Of the many records only those reach Python that SQL cannot compare by itself: keys that are not plain ASCII, the keys
that decisions name, and all of them where people are recognised by their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from webcycle.identity import People, keys
from webcycle.identity.people import Group
from webcycle.records import Role, Visit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SEPARATOR = "\x1f"

_PEOPLE = """
create table people as
select
  unnest($key::varchar[]) as key,
  unnest($normal::varchar[]) as normal,
  unnest($person::varchar[]) as person,
  unnest($strength::integer[]) as strength,
  unnest($role::varchar[]) as role,
  unnest($organisation::varchar[]) as organisation,
  unnest($type::varchar[]) as type,
  unnest($territory::varchar[]) as territory
"""

_UNUSUAL = """
select distinct key
from (select key from visit_rows union all select key from registration_rows)
where starts_with(key, chr(31))
"""

_EVERYBODY = """
select distinct email, platform, person, name, organisation
from (
  select email, platform, person, name, organisation from visits
  union all
  select email, '', '', name, organisation from registrations
)
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of a key, or (`key` = "@domain") of the body of an e-mail domain.

    `key` is as the views write it, `normal` in its normal form, `person` the key that the person goes by ("" is
    nobody's), `strength` that of the best key that a decision gives the person (1 address, 2 platform's id, 3 name).
    """

    key: str
    normal: str
    person: str
    strength: int | None = None
    role: Role = "participant"
    organisation: str = ""
    type: str = ""
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Insider:
    """What somebody is who is no participant, and the keys by which the records show that person."""

    role: Role
    keys: frozenset[str]


def create(connection: DuckDBPyConnection, people: People) -> None:
    """Make the relation, of the records that the connection's views read."""
    unusual = {key: _normal(key) for (key,) in connection.execute(_UNUSUAL).fetchall()}
    insiders = _insiders(connection, people) if any(group != Group() for _role, group in people.groups) else {}
    rows = sorted((*_of_keys(people, unusual, insiders), *_of_domains(people)), key=lambda one: one.key)
    names = [field.name for field in fields(Decision)]
    columns = zip(*map(astuple, rows), strict=True) if rows else ([] for _ in names)
    connection.execute(_PEOPLE, dict(zip(names, map(list, columns), strict=True)))


def _normal(key: str) -> str:
    """The normal form of a key that the views left as it is spelled: its fields, after the character 31."""
    email, platform, person, name, organisation = key.removeprefix(_SEPARATOR).split(_SEPARATOR, 4)
    return keys.key_of(Visit(email=email, platform=platform, person=person, name=name, organisation=organisation))


def _of_keys(people: People, unusual: Mapping[str, str], insiders: Mapping[str, Insider]) -> Iterator[Decision]:
    decided = (key for group in people.same.groups.values() for key in group)
    plain = {*decided, *(key for one in insiders.values() for key in one.keys)}
    for key, normal in (*unusual.items(), *((key, key) for key in plain)):
        person = people.same.root(normal)
        group = people.same.groups.get(person)
        strength = keys.STRENGTHS.index(keys.strength(group[0])) + 1 if group else None
        yield Decision(key, normal, person, strength, insiders[person].role if person in insiders else "participant")


def _of_domains(people: People) -> Iterator[Decision]:
    for body in people.organisations:
        key = f"@{body.domain}"
        yield Decision(key, key, "", None, "participant", body.name, body.type or "", body.territory or "")


def _insiders(connection: DuckDBPyConnection, people: People) -> dict[str, Insider]:
    """The people who are no participants, by the key that each goes by."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    theirs: defaultdict[str, set[str]] = defaultdict(set)
    for email, platform, person, name, organisation in connection.execute(_EVERYBODY).fetchall():
        one = Visit(email=email, platform=platform, person=person, name=name, organisation=organisation)
        if key := keys.key_of(one):
            root = people.same.root(key)
            theirs[root].add(key)
            names[root].update(_folded(name))
    found = {root: people.role_of(root, names[root], _addresses(mine)) for root, mine in theirs.items()}
    return {root: Insider(role, frozenset(theirs[root])) for root, role in found.items() if role != "participant"}


def _folded(name: str) -> Iterable[str]:
    return (keys.folded(name),) if name.strip() else ()


def _addresses(theirs: Iterable[str]) -> Iterator[str]:
    return (key for key in theirs if keys.strength(key) == "email")
