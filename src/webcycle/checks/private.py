"""Rules about what must not be published: the join links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from webcycle import joinlinks
from webcycle.checks.found import finding
from webcycle.errors import Finding, KeyPath
from webcycle.programme import Join, Programme, Table
from webcycle.values import Text


def join_links(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A join link stands under the key `join` alone: every other text of the programme may be published."""
    private = joinlinks.known(programme)
    if not private.addresses:
        return
    for path, words in _words(programme):
        if (session := private.told(words)) is not None:
            yield finding("join-link-in-public-text", *path, found=session)


def _words(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every string with its key path, but for those of `join`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):  # own texts, by the names of their tables
        for key, words in value.items():
            yield from _words(words, (*path, *key.split(".")))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _words(item, (*path, index))
    elif isinstance(value, Text):
        for lang, words in (("fr", value.fr), ("en", value.en)):
            yield from _words(words, (*path, lang))
        yield from _words(value.plain, path)
    elif isinstance(value, Table) and not isinstance(value, Join):
        for name, field in type(value).model_fields.items():
            yield from _words(getattr(value, name), (*path, field.alias or name))
