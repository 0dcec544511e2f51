"""Who is a person: the first part of the reference, from `docs/metrics.md` alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from webcycle.identity import People
from webcycle.records import Registration, Visit

Row = Registration | Visit

INSIDERS = ("staff", "panelist", "host", "bot", "anonymous")


def caseless(text: str) -> str:
    """Without regard to capitals and Unicode form (Unicode Standard, D145)."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFC", decomposed)


def address_of(text: str) -> str:
    return caseless(text).strip()


def name_of(text: str) -> str:
    """A name on one line, without capitals and invisible characters."""
    visible = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return " ".join(caseless(visible).split())


def key_of(row: Row) -> str:
    """The address, else the platform's own id, else the name with the organisation; "" for nobody."""
    if address := address_of(row.email):
        return address
    if isinstance(row, Visit) and (own := row.person.strip()):
        return f"id:{row.platform}/{own}"
    if name := name_of(row.name):
        organisation = name_of(row.organisation)
        return f"name:{name}; {organisation}" if organisation else f"name:{name}"
    return ""


def is_address(key: str) -> bool:
    return not key.startswith(("id:", "name:"))


def strongest(keys: Iterable[str]) -> str:
    return min(keys, key=lambda key: (0 if is_address(key) else 1 if key.startswith("id:") else 2, key))


def alias_groups(people: People) -> list[tuple[str, set[str]]]:
    """The keys that the decisions say to be one person, with the one that the person goes by."""
    groups: list[set[str]] = []
    for alias in people.aliases:
        new = {alias.person, *alias.same}
        new.update(*(group for group in groups if group & new))
        groups = [group for group in groups if not group & new] + [new]
    said = {alias.person for alias in people.aliases}
    also = {key for alias in people.aliases for key in alias.same if key != alias.person}
    return [(strongest((group & said) - also or group), group) for group in groups]


class Person:
    """All that the cycle's records and the decisions tell of somebody."""

    def __init__(self, key: str, keys: set[str], rows: Sequence[Row], people: People) -> None:
        self.key = key
        self.rows = rows
        self.weak = all(one.startswith("name:") for one in keys)
        self.addresses = {one for one in keys if is_address(one)} | {address_of(row.email) for row in rows} - {""}
        named = {one.removeprefix("name:").split("; ")[0] for one in keys if one.startswith("name:")}
        self.names = named | {name_of(row.name) for row in rows} - {""}
        self.decided = {role for role in INSIDERS if self._is_one_of(role, people)}
        self.body = self._body(people)
        self.territory = self._territory()

    def _is_one_of(self, role: str, people: People) -> bool:
        decided = {
            "staff": people.staff,
            "panelist": people.panelists,
            "bot": people.bots,
            "anonymous": people.anonymous,
        }
        if (group := decided.get(role)) is None:
            return False
        texts = self.names | self.addresses
        return (
            any(address_of(address) in self.addresses for address in group.emails)
            or any(name_of(name) in self.names for name in group.names)
            or any(address.rpartition("@")[2] in group.domains for address in self.addresses)
            or any(re.fullmatch(wildcard(pattern), text) for pattern in group.patterns for text in texts)
        )

    def role(self, session: str) -> str:
        said = {row.role for row in self.rows if row.session == session} | self.decided
        return next((role for role in INSIDERS if role in said), "participant")

    def _body(self, people: People) -> tuple[str, str]:
        """The type and the territory of the reviewed body of the first address that has one."""
        used = Counter(address for row in self.rows if (address := address_of(row.email)))
        by_use = sorted(used, key=lambda one: (-used[one], -len(one), one))
        main = [self.key] if self.key in used else by_use[:1]
        candidates = [*main, *sorted(used)]
        bodies = {one.domain: one for one in people.organisations}
        for address in candidates:
            if body := bodies.get(address.rpartition("@")[2]):
                return body.type or "", body.territory or ""
        return "", ""

    def _territory(self) -> str:
        said = Counter(row.territory for row in self.rows if isinstance(row, Registration))
        del said[""]
        return min(said, key=lambda one: (-said[one], -len(one), one)) if said else self.body[1]


def wildcard(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in name_of(pattern).split("*")), re.DOTALL)


def persons_of(rows: Sequence[Row], people: People) -> dict[str, Person]:
    """The person of each key that a row has."""
    groups = alias_groups(people)
    mine: dict[str, list[Row]] = {}
    known: dict[str, set[str]] = {}
    for row in rows:
        if not (key := key_of(row)):
            continue
        root, keys = next(((root, keys) for root, keys in groups if key in keys), (key, {key}))
        mine.setdefault(root, []).append(row)
        known[root] = keys
    found = {root: Person(root, known[root], mine[root], people) for root in mine}
    return {key: found[root] for root, keys in known.items() for key in keys}
