"""How announcements are read in tests, and what must hold of each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

from webcycle.documents import html, markdown
from webcycle.documents.blocks import Document, Heading, every


def text(document: Document) -> str:
    """The Markdown with ordinary spaces."""
    return markdown.render(document).replace("\u00a0", " ").replace("\u202f", " ")


def body(document: Document) -> str:
    """The same below the title, up to who answers."""
    return text(document).partition("\n# ")[2].partition("\n\n")[2].rpartition("\n## Contact")[0]


def title(document: Document) -> str:
    return text(document).partition("\n# ")[2].partition("\n")[0]


def headings(document: Document) -> list[str]:
    return [line for line in text(document).splitlines() if line.startswith("##")]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def assert_sound(document: Document) -> None:
    """No heading twice by its id, none skipped, no sentence with an unfilled field, two stops or a lonely space."""
    found = [block for block in every(document.blocks) if isinstance(block, Heading)]
    ids = [block.id for block in found if block.id]
    assert len(ids) == len(set(ids))
    levels = [1, *(block.level for block in found)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not [one for one in _strings(document.blocks) if "{" in one]
    said = "\n".join(line.strip() for line in text(document).replace("...", "…").splitlines())
    for fault in ("..", "  ", " .", " ,", "( ", " )", "«  ", "None"):
        assert fault not in said, fault
    assert html.render(document)
