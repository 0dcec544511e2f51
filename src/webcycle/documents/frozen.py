"""A review kept as it may be published, in each language and length: it is told again when the records are gone.

What is kept are the finished pages and data, with the counts of small groups hidden: nothing finer is in it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args

from webcycle.documents import blocks, inline, review_data
from webcycle.documents import review as builder
from webcycle.documents.blocks import Block, Callout, Document, Heading
from webcycle.documents.review import Level
from webcycle.documents.voice import Voice
from webcycle.documents.wording import day
from webcycle.errors import Language, RefusedError
from webcycle.programme import Programme
from webcycle.review import Review
from webcycle.review.data import ReviewData

VERSION = 1
_KINDS: Mapping[str, type[Any]] = {
    name: found for name, found in vars(blocks).items() if isinstance(found, type) and is_dataclass(found)
}


@dataclass(frozen=True, slots=True)
class Pages:
    """The documents by language and length, and the data by language."""

    documents: Mapping[tuple[Language, Level], Document]
    data: Mapping[Language, ReviewData]

    def document(self, programme: Programme, lang: Language, level: Level, purged: date) -> Document:
        """One of them, with the note that the records were removed on that day."""
        found = self.documents[lang, level]
        voice = Voice.of_programme(programme, lang)
        note = Callout("note", voice.say("document.frozen.note", day=inline.plain(day(purged, lang))))
        return replace(found, blocks=_before_contact(found.blocks, note))


def _before_contact(told: tuple[Block, ...], note: Block) -> tuple[Block, ...]:
    at = next((at for at, one in enumerate(told) if isinstance(one, Heading) and one.id == "contact"), len(told))
    return (*told[:at], note, *told[at:])


def freeze(review: Review) -> bytes:
    """The pages of a review, the same bytes for the same review."""
    languages: tuple[Language, ...] = get_args(Language)
    found = {
        lang: {
            "data": review_data.build(review, lang).model_dump(mode="json"),
            **{level: _plain(builder.build(review, lang, level)) for level in builder.LEVELS},
        }
        for lang in languages
    }
    return (json.dumps({"version": VERSION, "pages": found}, ensure_ascii=False, indent=1) + "\n").encode()


def thaw(raw: bytes, file: str) -> Pages:
    """The pages that `freeze` kept. RefusedError where these bytes are no such thing."""
    try:
        found = json.loads(raw)
        if found["version"] != VERSION:
            raise ValueError(found["version"])
        pages: dict[Language, Any] = found["pages"]
        documents = {(lang, level): _built(pages[lang][level]) for lang in pages for level in builder.LEVELS}
        return Pages(
            documents, {lang: ReviewData.model_validate_json(json.dumps(pages[lang]["data"])) for lang in pages}
        )
    except (ValueError, TypeError, KeyError) as problem:
        raise RefusedError("privacy.frozen-damaged", file=file) from problem


def _plain(value: Any) -> Any:
    """A value of the document model as JSON has it."""
    if is_dataclass(value):
        return {"is": type(value).__name__} | {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, bytes):
        return {"is": "bytes", "base64": base64.b64encode(value).decode()}
    return {"is": "date", "day": value.isoformat()} if isinstance(value, date) else value


def _built(value: Any) -> Any:
    """The value that `_plain` wrote."""
    if isinstance(value, list):
        return tuple(_built(one) for one in value)
    if not isinstance(value, dict):
        return value
    kind, rest = value["is"], {name: one for name, one in value.items() if name != "is"}
    if kind == "bytes":
        return base64.b64decode(rest["base64"])
    if kind == "date":
        return date.fromisoformat(rest["day"])
    return _KINDS[kind](**{name: _built(one) for name, one in rest.items()})
