"""What a review says when the records behind its figures were removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from webcycle.documents import inline
from webcycle.documents.blocks import Block, Callout, Document, Heading
from webcycle.documents.voice import Voice
from webcycle.documents.wording import day


def noted(document: Document, voice: Voice, purged: date) -> Document:
    """The document with the note, before whom to write to, that the records were removed on that day."""
    note = Callout("note", voice.say("document.purged.note", day=inline.plain(day(purged, voice.lang))))
    return replace(document, blocks=_before_contact(document.blocks, note))


def _before_contact(told: tuple[Block, ...], note: Block) -> tuple[Block, ...]:
    at = next((at for at, one in enumerate(told) if isinstance(one, Heading) and one.id == "contact"), len(told))
    return (*told[:at], note, *told[at:])
