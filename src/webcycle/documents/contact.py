"""The lines of a contact card, the same in every format."""

from __future__ import annotations

from webcycle.documents.blocks import ContactCard, Inline, Run, Strong
from webcycle.documents.inline import link


def lines(card: ContactCard) -> tuple[Inline, ...]:
    """Name and role; the bodies above; the postal address; telephone and e-mail address. Only what is known."""
    name: Inline = (Strong(card.name),)
    reach = [(Run(card.phone, verbatim=True),)] if card.phone else []
    mail = [link((Run(card.email, verbatim=True),), f"mailto:{card.email}")] if card.email else []
    known = (
        (*name, Run(", "), *card.role) if card.role else name,
        *card.lines,
        (Run(card.address),) if card.address else (),
        _beside([*reach, *mail]),
    )
    return tuple(line for line in known if line)


def _beside(parts: list[Inline]) -> Inline:
    return tuple(node for index, part in enumerate(parts) for node in ((Run(" | "), *part) if index else part))
