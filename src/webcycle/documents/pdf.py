"""The PDF writer: a tagged page to read, print and keep (PDF/UA-1, PDF/A-2a), set by typst from a fixed template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Literal

from webcycle.documents import pages
from webcycle.documents.blocks import Document
from webcycle.errors import OutsideError, RefusedError
from webcycle.plain import clean

NoteKey = Literal["system-fonts", "no-glyph"]

_HERE = Path(__file__).parent
# Accessible (ISO 14289-1), and fit to be archived (ISO 19005-2, level A).
_STANDARDS: tuple[Literal["ua-1", "a-2a"], ...] = ("ua-1", "a-2a")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
# How many characters without a shape a note names.
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Note:
    """What the user should know of a PDF that is less than it should be: `document.pdf-note.<key>` of the texts."""

    key: NoteKey
    characters: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF; without notes it conforms to PDF/UA-1 and PDF/A-2a and is the same on every machine."""

    data: bytes
    notes: tuple[Note, ...] = ()


class _MissingGlyphsError(Exception):
    """No font has a shape for these characters, which both standards demand."""

    def __init__(self, characters: Iterable[str]) -> None:
        super().__init__()
        self.characters = frozenset(characters)


def render(document: Document) -> bytes:
    """The document as a PDF.

    OutsideError when typst is not installed; RefusedError when the document cannot be set.
    """
    return render_with_notes(document).data


def render_with_notes(document: Document) -> Rendered:
    """The document as a PDF, and what was done about characters that the shipped fonts do not have.

    They are looked for in the fonts of the system; where these lack them too, the PDF is written all the same, an
    empty box in their place, and conforms to neither standard. Errors as in `render`.
    """
    content, created = json.dumps(pages.data(document), ensure_ascii=False), _created(document.date)
    try:
        return Rendered(_compiled(content, created, _STANDARDS))
    except _MissingGlyphsError as missing:
        wanted = missing.characters
    try:
        data = _compiled(content, created, _STANDARDS, system=True)
        return Rendered(data, _notes(wanted, frozenset()))
    except _MissingGlyphsError as missing:
        data = _compiled(content, created, (), system=True)
        return Rendered(data, _notes(wanted - missing.characters, missing.characters))


def _notes(found: frozenset[str], nowhere: frozenset[str]) -> tuple[Note, ...]:
    told: tuple[tuple[NoteKey, frozenset[str]], ...] = (("system-fonts", found), ("no-glyph", nowhere))
    return tuple(Note(key, _named(characters)) for key, characters in told if characters)


def _named(characters: Iterable[str]) -> str:
    ordered = sorted(characters)
    return " ".join([*ordered[:_NAMED], *(["…"] if len(ordered) > _NAMED else [])])


def _created(day: date | None) -> int:
    """Seconds since 1970: the midnight (UTC) of the document's day; never the clock, or no two PDFs would be equal."""
    return int(datetime.combine(day, time(), UTC).timestamp()) if day else 0


def _compiled(
    content: str, created: int, standards: Sequence[Literal["ua-1", "a-2a"]], *, system: bool = False
) -> bytes:
    engine = _engine()
    data: bytes
    try:
        data, warnings = engine.compile_with_warnings(
            _template(),
            # Nothing is read from this folder: without it the current one would be open to the template.
            root=_HERE / "templates",
            font_paths=_fonts(system=system),
            sys_inputs={"document": content},
            pdf_standards=list(standards),
            timestamp=created,
        )
    except engine.TypstError as problem:
        if missing := _MISSING.findall(problem.diagnostic):
            raise _MissingGlyphsError(_ESCAPE.sub(_code_point, text) for text in missing) from None
        raise _refused(problem.message) from problem
    if warnings:
        # A warning may tell of text that was left out.
        raise _refused(warnings[0].message)
    return data


def _code_point(escape: re.Match[str]) -> str:
    return f"U+{int(escape[1], 16):04X}"


def _refused(message: str) -> RefusedError:
    return RefusedError("document.pdf-refused", reason=clean(message))


def _engine() -> ModuleType:
    try:
        import typst  # noqa: PLC0415 - an extra: the other formats do without
    except ImportError as problem:
        raise OutsideError("document.pdf-missing") from problem
    return typst


@cache
def _template() -> bytes:
    return (_HERE / "templates" / "document.typ").read_bytes()


@cache
def _fonts(*, system: bool) -> object:
    return _engine().Fonts(include_system_fonts=system, include_embedded_fonts=True, font_paths=[_HERE / "fonts"])
