"""The sentences that an organisation may word itself: those that its documents say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from webcycle import texts
from webcycle.errors import Language

FAMILIES = frozenset({"attendance", "document", "metrics", "privacy", "rolls"})
"""The first part of the key of such a sentence."""

# What the writers add to a document, the names of its styles, and what the user is told of it.
_PROGRAM = ("document.writer", "document.docx", "document.style", "document.pdf-note")
_FIELD = re.compile(r"\{([^{}]*)\}")
_FORMS = ("one", "other")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the documents: its wording, and the names of all fields that it is given."""

    words: str
    fields: frozenset[str]


@cache
def sentences(lang: Language) -> Mapping[str, Sentence]:
    """Every sentence of the documents by its key, in the order of the file; the forms of a plural are two sentences."""
    found = {key: words for name in texts.names(lang) if _is_ours(name) for key, words in _entries(lang, name)}
    return MappingProxyType({key: Sentence(words, _given(key, found)) for key, words in found.items()})


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in FAMILIES and not name.startswith(_PROGRAM)


def _entries(lang: Language, name: str) -> Iterator[tuple[str, str]]:
    return ((f"{name}.{last}", words) for last, words in texts.entries(lang, name).items())


def _given(key: str, words: Mapping[str, str]) -> frozenset[str]:
    """What is known where the sentence is said: one form of a plural may leave out what the other one says."""
    return fields(words[key]) | fields(words.get(other_form(key) or "", ""))


def fields(words: str) -> frozenset[str]:
    """What stands in braces in a sentence."""
    return frozenset(_FIELD.findall(words))


def other_form(key: str) -> str | None:
    """The key of the other form of a plural; None where the key has not the last part of one."""
    name, _, last = key.rpartition(".")
    return f"{name}.{_FORMS[1 - _FORMS.index(last)]}" if last in _FORMS else None


def is_plural(key: str, known: Mapping[str, Sentence]) -> bool:
    """Whether this is a form of a plural; some sentences are called "other" without being one."""
    return key in known and other_form(key) in known
