"""Platform exports to records: which reader a file belongs to, and what it says. Nothing is guessed or written."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from webcycle.errors import Finding, Severity, WebcycleError
from webcycle.intake import bigbluebutton, forms, generic, goto, meet, teams, webex, words, youtube, zoom
from webcycle.intake.archives import open_upload
from webcycle.intake.contents import Content, Table, Upload
from webcycle.intake.mapped import by_hand
from webcycle.intake.problems import ClashError, IntakeError, UnclaimedError
from webcycle.intake.reading import Claim, Options, Reader, Reading, source_of

__all__ = [
    "READERS",
    "ClashError",
    "IntakeError",
    "Options",
    "Reader",
    "Reading",
    "UnclaimedError",
    "Upload",
    "source_of",
]

_KNOWN: tuple[Reader, ...] = (
    *zoom.READERS,
    *teams.READERS,
    *bigbluebutton.READERS,
    *webex.READERS,
    *meet.READERS,
    *goto.READERS,
    *youtube.READERS,
    *forms.READERS,
)
READERS: tuple[Reader, ...] = (*_KNOWN, generic.reader(_KNOWN))
_SEEN, _SHOWN = 12, 60
_PERSONAL = re.compile(r"@|\d{4}")


def claims(content: Content, readers: tuple[Reader, ...] = READERS) -> tuple[tuple[Reader, Claim], ...]:
    """Every reader that says that the content is its own, and why."""
    asked = ((reader, reader.identify(content)) for reader in readers)
    return tuple((reader, claim) for reader, claim in asked if claim)


def identify(content: Content, options: Options) -> tuple[Reader, Claim]:
    """The one reader of a content. UnclaimedError tells what was seen, ClashError names two that claim it."""
    if options.columns:
        return by_hand(content, options.columns)
    found = claims(content, tuple(one for one in READERS if options.platform in ("", one.platform, one.name)))
    if len(found) > 1:
        raise ClashError("clash", file=content.file, readers=", ".join(sorted(reader.name for reader, _ in found)))
    if not found:
        raise UnclaimedError("unclaimed", file=content.file, seen=", ".join(seen(content)))
    return found[0]


def seen(content: Content) -> tuple[str, ...]:
    """What to show of a content that nobody knows: its fullest row near the beginning, probably the headers, or its
    keys. A row with an address or a number in it is about somebody, and not shown."""
    if isinstance(content, Table):
        cells = max((line.cells for line in content.head[:20]), key=lambda cells: sum(map(bool, cells)), default=[])
    else:
        cells = [str(key) for key in content.root] if isinstance(content.root, dict) else []
    if any(_PERSONAL.search(cell) for cell in cells):
        return ("…",)
    return tuple(words.clean(cell)[:_SHOWN] for cell in cells if cell.strip())[:_SEEN]


def read(upload: Upload, options: Options) -> tuple[Reading, ...]:
    """What a file holds: a reading for each of its contents that a reader knows.

    Raises IntakeError when it cannot be read, when nothing in it is known, or when only guessing would help.
    """
    try:
        return _readings(upload, options)
    except WebcycleError:
        raise
    except Exception as problem:  # the border: whatever a hostile file provokes becomes one line about that file
        raise IntakeError("reader-failed", file=upload.name) from problem


def fingerprint(upload: Upload) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal; its first 16 digits are the `source` of its records."""
    with upload.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _readings(upload: Upload, options: Options) -> tuple[Reading, ...]:
    source = fingerprint(upload)[:16]
    contents = open_upload(upload)
    findings = [one for one in contents if isinstance(one, Finding)]
    readings: list[Reading] = []
    unclaimed: list[UnclaimedError] = []
    for content in contents:
        if isinstance(content, Finding):
            continue
        try:
            reader, claim = identify(content, options)
            readings.append(reader.read(content, claim, options, source))
        except UnclaimedError as problem:
            unclaimed.append(problem)
            findings.append(_unclaimed(content))
    if not readings:
        raise unclaimed[0] if unclaimed else IntakeError("empty", file=upload.name)
    first, *others = readings
    return (replace(first, findings=(*first.findings, *findings)), *others)


def _unclaimed(content: Content) -> Finding:
    values = {"file": content.file, "part": content.part, "seen": ", ".join(seen(content))}
    return Finding("intake-part-unclaimed", Severity.WARNING, values=values)
