"""What the programme itself says of somebody: it is published, and no secret until its author takes it out."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import replace

from webcycle.privacy.search import seen
from webcycle.privacy.subject import Subject

# A text of TOML in any of its four kinds of quotes, or a comment.
_TOKEN = re.compile(rb'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)


def parted(raw: bytes) -> tuple[bytes, bytes]:
    """What a programme says, and what only its comments do, each on the lines where it stands. Of one that cannot be
    read all is a comment."""
    try:
        tomllib.loads(raw.removeprefix(codecs.BOM_UTF8).decode())
    except (ValueError, RecursionError):
        return b"", raw
    said = _TOKEN.sub(_uncommented, raw)
    notes = bytes(own if own in b"\n" or own != other else 0x20 for own, other in zip(raw, said, strict=True))
    return said, notes


def _uncommented(token: re.Match[bytes]) -> bytes:
    return b" " * len(token[0]) if token[0].startswith(b"#") else token[0]


def unsaid(subject: Subject, programme: bytes) -> Subject:
    """The person without the addresses and names that the programme says: by what is left, what is published tells of
    them what the programme does not."""
    said, _notes = parted(programme)

    def is_said(keys: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> bool:
        return bool(seen("", said, Subject("", keys, names, loose=names)).hits)

    if not seen("", said, subject).hits:
        return subject
    keys = tuple(one for one in subject.keys if one not in subject.addresses or not is_said(keys=(one,)))
    names, loose, alone = (
        tuple(one for one in several if not is_said(names=(one,)))
        for several in (subject.names, subject.loose, subject.alone)
    )
    return replace(subject, keys=keys, names=names, loose=loose, alone=alone)
