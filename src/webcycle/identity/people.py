"""Reviewed decisions about people (`people.toml`): who is the same person, who is staff, who belongs to which body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from webcycle import source
from webcycle.errors import Finding, KeyPath
from webcycle.identity import keys
from webcycle.identity.aliases import Aliases
from webcycle.programme import Table
from webcycle.records import Role
from webcycle.values import Day, Email, Kind, Line, positioned, wrong

# What a finding would quote, and what stands for it.
_TELLING = frozenset({"found", "one", "other", "domain", "character"})
_UNSAID = "…"
_KEY = re.compile(r"[a-z0-9.-]{1,40}")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])?")


def _key(value: Any) -> str:
    found = keys.normal_key(value) if isinstance(value, str) else None
    if found is None:
        raise wrong("person-key", found=str(value)[:80])
    return found


def _domain(value: Any) -> str:
    found = keys.email_key(value).removeprefix("@") if isinstance(value, str) else ""
    if not _DOMAIN.fullmatch(found):
        raise wrong("email-domain", found=str(value)[:80])
    return found


Key = Annotated[str, Kind(_key, {"type": "string", "examples": ["ada@example.org", "name:ada lovelace"]})]
Domain = Annotated[str, Kind(_domain, {"type": "string", "examples": ["example.org"]})]


class Alias(Table):
    """Several keys of one person."""

    person: Key = Field(title="Person", description="The key that the person goes by.")
    same: tuple[Key, ...] = Field(alias="is", title="Is", description="Other keys of the same person.")
    reason: Line | None = Field(None, title="Reason", description="Why they are the same person.")
    on: Day | None = Field(None, title="Decided on", description="The day of the decision.")


class Distinct(Table):
    """Keys that look alike and are different people."""

    keys: tuple[Key, ...] = Field(title="Keys", description="Two or more, of people who are not suggested again.")
    on: Day | None = Field(None, title="Decided on", description="The day of the decision.")

    @model_validator(mode="after")
    def _several(self) -> Self:
        if len(set(self.keys)) < 2:
            raise positioned("Distinct", ("distinct-alone", ("keys",), {}))
        return self


class Group(Table):
    """By what the people of a group are recognised. A pattern is a text in which * stands for anything."""

    emails: tuple[Email, ...] = Field((), title="E-mail addresses", description="Of these people.")
    domains: tuple[Domain, ...] = Field((), title="Domains", description="Of all their e-mail addresses.")
    names: tuple[Line, ...] = Field((), title="Names", description="Whole names.")
    patterns: tuple[Line, ...] = Field((), title="Patterns", description='Of a name or an address: "*notetaker*".')

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset((*map(keys.email_key, self.emails), *map(keys.folded, self.names)))

    def recognises(self, names: frozenset[str], addresses: frozenset[str]) -> bool:
        """Whether one of these names (folded) or addresses (normalised) is of this group."""
        if not self._known.isdisjoint(names | addresses):
            return True
        if any(keys.domain(address) in self.domains for address in addresses):
            return True
        return any(matches(keys.folded(pattern), text) for pattern in self.patterns for text in names | addresses)


def matches(pattern: str, text: str) -> bool:
    """Whether `text` is `pattern`, in which * stands for any characters; in time that grows with their lengths only."""
    first, *rest = pattern.split("*")
    if not rest:
        return text == pattern
    *middle, last = rest
    if not text.startswith(first):
        return False
    at = len(first)
    for part in middle:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(text) - at >= len(last) and text.endswith(last)


class Organisation(Table):
    """The body that an e-mail domain belongs to."""

    domain: Domain = Field(title="Domain", description="What stands after the @; other domains below it are others.")
    name: Line = Field(title="Name", description="The body's.")
    type: Line | None = Field(None, title="Type", description='The sort of body: "region", "association".')
    territory: Line | None = Field(None, title="Territory", description="Where it belongs.")


class People(Table):
    """The whole file."""

    staff: Group = Field(Group.model_construct(), title="Staff", description="The organiser's own people.")
    panelists: Group = Field(Group.model_construct(), title="Panelists", description="Who speak.")
    bots: Group = Field(Group.model_construct(), title="Bots", description="Machines that take notes or record.")
    anonymous: Group = Field(Group.model_construct(), title="Anonymous", description="Names that are nobody's.")
    aliases: tuple[Alias, ...] = Field((), alias="alias", title="Aliases", description="Keys of the same person.")
    distinct: tuple[Distinct, ...] = Field((), title="Distinct", description="Look-alikes that are different people.")
    organisations: tuple[Organisation, ...] = Field(
        (), alias="organisation", title="Organisations", description="Bodies by e-mail domain."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if errors := (*_contradictions(self), *_repeated(self)):
            raise positioned("People", *errors)
        return self

    @cached_property
    def same(self) -> Aliases:
        """The keys that are the same person."""
        return Aliases((alias.person, alias.same) for alias in self.aliases)

    @cached_property
    def organisation_by_domain(self) -> Mapping[str, Organisation]:
        """The bodies by e-mail domain."""
        return {one.domain: one for one in self.organisations}

    @property
    def groups(self) -> tuple[tuple[Role, Group], ...]:
        """The groups that are never counted, in the order in which they are asked."""
        return ("staff", self.staff), ("panelist", self.panelists), ("bot", self.bots), ("anonymous", self.anonymous)

    def role_of(self, key: str, names: Iterable[str], addresses: Iterable[str]) -> Role:
        """What is decided of the person of `key` (the one that the person goes by), by names and addresses as compared.

        An address or a name that a decision gives the person counts, even where no record shows it.
        """
        decided = self.same.groups.get(key, ())
        known = frozenset((*names, *(keys.name_in(one) for one in decided if keys.strength(one) == "name")))
        theirs = frozenset((*addresses, *(one for one in decided if keys.strength(one) == "email")))
        return next((role for role, group in self.groups if group.recognises(known, theirs)), "participant")


_Error = tuple[str, KeyPath, dict[str, str]]


def _contradictions(people: People) -> Iterator[_Error]:
    for index, distinct in enumerate(people.distinct):
        for one, other in combinations(distinct.keys, 2):
            if people.same.root(one) == people.same.root(other):
                yield "distinct-and-same", ("distinct", index, "keys"), {"one": one, "other": other}


def _repeated(people: People) -> Iterator[_Error]:
    known: set[str] = set()
    for index, one in enumerate(people.organisations):
        if one.domain in known:
            yield "duplicate-domain", ("organisation", index, "domain"), {"domain": one.domain}
        known.add(one.domain)


def load(raw: bytes, file: str) -> tuple[People | None, tuple[Finding, ...]]:
    """The decisions, or what is wrong with the file; a file without any is no error.

    A finding tells its place, and nothing of what stands there that may name somebody: `check` prints it too.
    """
    parsed, findings = source.parse(raw, file)
    if parsed is None:
        empty = {finding.code for finding in findings} == {"empty-file"}
        return (People(), ()) if empty else (None, tuple(map(_unnamed, findings)))
    people, findings = source.validate_as(People, parsed)
    return people, tuple(map(_unnamed, source.locate(parsed, findings))) if findings else ()


def _unnamed(finding: Finding) -> Finding:
    values = {
        name: _UNSAID if name in _TELLING or (name == "key" and not _KEY.fullmatch(value)) else value
        for name, value in finding.values.items()
    }
    path = tuple(part if isinstance(part, int) or _KEY.fullmatch(part) else _UNSAID for part in finding.path)
    return replace(finding, values=values, path=path)


def append_alias(raw: bytes, kept: str, other: str, reason: str, on: date) -> bytes:
    """The file with the decision that both keys are the same person, who goes by `kept`."""
    return source.append_table(raw, "alias", {"person": kept, "is": [other], "reason": reason, "on": on})


def append_distinct(raw: bytes, one: str, other: str, on: date) -> bytes:
    """The file with the decision that both keys are different people."""
    return source.append_table(raw, "distinct", {"keys": [one, other], "on": on})


def append_organisation(raw: bytes, organisation: Mapping[str, str]) -> bytes:
    """The file with the body that a domain belongs to: `domain`, `name` and, if known, `type` and `territory`."""
    return source.append_table(raw, "organisation", organisation)
