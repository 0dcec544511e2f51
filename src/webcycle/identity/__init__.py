"""Who is who: the same person under several addresses, names and platforms; decided by people, suggested by rules."""

from __future__ import annotations

from webcycle.identity import keys
from webcycle.identity.domains import OpenDomain, open_domains
from webcycle.identity.keys import Strength, key_of, normal_key, strength
from webcycle.identity.likeness import REASONS, Reason, Suggestion, suggestions
from webcycle.identity.people import (
    Organisation,
    People,
    append_alias,
    append_distinct,
    append_organisation,
    load,
)
from webcycle.identity.persons import Directory, Person, resolve

__all__ = [
    "REASONS",
    "Directory",
    "OpenDomain",
    "Organisation",
    "People",
    "Person",
    "Reason",
    "Strength",
    "Suggestion",
    "append_alias",
    "append_distinct",
    "append_organisation",
    "key_of",
    "keys",
    "load",
    "normal_key",
    "open_domains",
    "resolve",
    "strength",
    "suggestions",
]
