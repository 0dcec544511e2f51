"""The look of the house: the colour that a programme names, and the files beside it, its logo and its letterhead."""

from __future__ import annotations

import io
import os
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from zipfile import BadZipFile, ZipFile

from webcycle import folder as folders
from webcycle.documents.blocks import Document, House, Logo, Run
from webcycle.documents.voice import Voice
from webcycle.errors import Finding, KeyPath, OutsideError, RefusedError, Severity
from webcycle.folder import Folder
from webcycle.programme import Programme

MediaType = Literal["image/svg+xml", "image/png", "image/jpeg"]
Part = Literal["logo", "letterhead"]
"""A file of the look."""

_SIGNATURES: Mapping[bytes, MediaType] = MappingProxyType(
    {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
)
# What may stand before the root element (XML 1.0, 2.8), then that element; without backtracking, for any file is read.
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?+(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE[^>\[]*+(?:\[(?>[^\]]*+\])\s*+)?+>)*+"
    rb"<(?:[A-Za-z_][\w.-]*+:)?svg[\s/>]",
    re.DOTALL,
)
# What a file of Word may hold, unpacked: far more than a letterhead, far less than a zip bomb.
_UNPACKED = 100_000_000
# The content type of a document, neither a template nor one with macros (ECMA-376-1, 11.3.10).
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def media_type(image: bytes) -> MediaType | None:
    """What an image is, by its bytes alone; None where it is neither PNG, JPEG nor SVG in UTF-8."""
    known = next((kind for signature, kind in _SIGNATURES.items() if image.startswith(signature)), None)
    return known or ("image/svg+xml" if _is_svg(image) else None)


def _is_svg(image: bytes) -> bool:
    try:
        image.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _SVG.match(image) is not None


def is_letterhead(data: bytes) -> bool:
    """Whether this is a document of Word (Office Open XML), of a size that can be unpacked."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED:
                return False
            return _WORD in archive.read("[Content_Types].xml")
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, zlib.error):
        return False


@dataclass(frozen=True, slots=True)
class _Asset:
    """What a file of the look may be: its key in the programme, its most bytes, and what tells that it is one."""

    path: KeyPath
    most: int
    fits: Callable[[bytes], bool]


_ASSETS: Mapping[Part, _Asset] = MappingProxyType(
    {
        "logo": _Asset(("style", "logo"), 1_000_000, lambda data: media_type(data) is not None),
        "letterhead": _Asset(("organiser", "letterhead"), 10_000_000, is_letterhead),
    }
)


_MOST_PIXELS = 50_000_000
"""Far more than is printed; a file of some kilobytes can claim far more, and would be unpacked to that."""


def read(folder: Folder, programme: Programme, part: Part) -> bytes | Finding | None:
    """The file that the programme names, or why it cannot be taken; None where none is named.

    Raises OutsideError for a file that cannot be read.
    """
    name = programme.style.logo if part == "logo" else programme.organiser.letterhead
    if name is None:
        return None
    asset = _ASSETS[part]
    path = Path(os.path.realpath(folder.root / name))
    if (wrong := _misplaced(folder, path)) is not None:
        return _finding(wrong, asset, name)
    if path.stat().st_size > asset.most:
        return _finding("asset-too-large", asset, name)
    data = folders.read(path, limit=asset.most).data
    if not asset.fits(data):
        return _finding(f"{part}-kind", asset, name)
    return (_too_many_pixels(data, name) if part == "logo" else None) or data


def _too_many_pixels(image: bytes, name: str) -> Finding | None:
    kind = media_type(image)
    if kind not in ("image/png", "image/jpeg"):
        return None
    from webcycle.documents.docx import pictures  # noqa: PLC0415 - most logos are drawings

    size = pictures.pixels(image, kind)
    if size is None or size[0] * size[1] <= _MOST_PIXELS:
        return None
    values = {
        "found": name,
        "width": f"{size[0]:.0f}",
        "height": f"{size[1]:.0f}",
        "limit": str(_MOST_PIXELS // 1_000_000),
    }
    return Finding("logo-pixels", Severity.ERROR, _ASSETS["logo"].path, values)


def _misplaced(folder: Folder, path: Path) -> str | None:
    """Why nothing may be taken from there: a document is published, so nothing of people and of elsewhere gets in."""
    if not path.is_relative_to(os.path.realpath(folder.root)):
        return "asset-outside"
    personal = (folder.sessions, folder.private, folder.people)
    if any(path.is_relative_to(os.path.realpath(place)) for place in personal):
        return "asset-personal"
    return None if path.exists() else "asset-missing"


def _finding(code: str, asset: _Asset, name: str) -> Finding:
    return Finding(code, Severity.ERROR, asset.path, {"found": name, "limit": str(asset.most // 1_000_000)})


def findings(
    folder: Folder, programme: Programme, parts: Iterable[Part] = ("logo", "letterhead")
) -> tuple[Finding, ...]:
    """What is wrong with these files of the look; OutsideError for one that cannot be read.

    A logo is tried in the formats that draw it: the others take it as it is.
    """
    found = {part: read(folder, programme, part) for part in parts}
    logo = found.get("logo")
    tried = _tried(programme, logo) if isinstance(logo, bytes) else None
    return tuple(one for one in (*found.values(), tried) if isinstance(one, Finding))


def _tried(programme: Programme, image: bytes) -> Finding | None:
    """Why a logo cannot be drawn; None also where what would draw it is not installed."""
    from webcycle.documents import docx, pdf  # noqa: PLC0415 - only a logo needs them

    own = Voice.of_programme(programme, programme.cycle.language)
    document = Document((Run("-"),), own.lang, (), house=house(programme, own, image, None))
    writers: Mapping[str, Callable[[Document], bytes]] = {"PDF": pdf.render, "DOCX": docx.render}
    for name, render in writers.items():
        try:
            render(document)
        except OutsideError:
            continue
        except RefusedError as problem:
            reason = ": ".join(filter(None, (name, problem.values.get("reason"))))
            values = {"found": programme.style.logo or "", "reason": reason}
            return Finding("logo-refused", Severity.ERROR, _ASSETS["logo"].path, values)
    return None


def house(programme: Programme, voice: Voice, logo: bytes | None, letterhead: bytes | None) -> House:
    """The look of the programme's documents, with these files, which are sound."""
    return House(programme.style.colour, _logo(programme, voice, logo) if logo is not None else None, letterhead)


def _logo(programme: Programme, voice: Voice, image: bytes) -> Logo:
    """The logo; where nothing is said of what it says, it says whose it is."""
    kind = media_type(image)
    assert kind is not None
    words, lang = (programme.style.logo_text or programme.organiser.name).pick(voice.lang, voice.own)
    return Logo(image, kind, words, None if lang == voice.lang else lang)
