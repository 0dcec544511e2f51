"""The rule about what is written in Markdown: the documents take it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, get_args

from webcycle import richtext
from webcycle.checks.found import finding
from webcycle.errors import Finding, KeyPath
from webcycle.programme import Programme, Table
from webcycle.values import Prose, Text

_KIND = Prose.__metadata__[0]  # type: ignore[attr-defined]
# These are set as several blocks, every other text as one paragraph.
_OF_BLOCKS = frozenset({"introduction", "next"})


def rich_texts(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """A text in Markdown holds only what documents take: no HTML, no image, no link without words or address."""
    for path, source in _sources(programme, ()):
        blocks = not _OF_BLOCKS.isdisjoint(path)
        for reason, found in richtext.refusals(source, blocks=blocks):
            yield finding(f"rich-text-{reason}", *path, found=found)


def _sources(table: Table, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    for name, key, prose in _fields(type(table)):
        for rest, value in _values(getattr(table, name)):
            if isinstance(value, Table):
                yield from _sources(value, (*path, key, *rest))
            elif prose and isinstance(value, Text):
                yield from (((*path, key, *rest, *at), words) for at, words in _words(value))


@cache
def _fields(model: type[Table]) -> tuple[tuple[str, str, bool], ...]:
    """The fields of a table that may lead to Markdown: name, key in the file, and whether they hold it themselves."""
    return tuple(
        (name, field.alias or name, _holds(_KIND, (field.annotation, *field.metadata)))
        for name, field in model.model_fields.items()
    )


def _holds(kind: object, annotations: tuple[object, ...]) -> bool:
    return any(one is kind or _holds(kind, get_args(one)) for one in annotations)


def _values(value: Any) -> Iterator[tuple[KeyPath, object]]:
    if isinstance(value, tuple):
        yield from (((index,), one) for index, one in enumerate(value))
    else:
        yield (), value


def _words(text: Text) -> Iterator[tuple[KeyPath, str]]:
    """The words of a text, a path to each: none where it is in the cycle's language alone."""
    said: tuple[tuple[KeyPath, str | None], ...] = (((), text.plain), (("fr",), text.fr), (("en",), text.en))
    yield from ((path, words) for path, words in said if words is not None)
