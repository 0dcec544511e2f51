"""In which encoding a text file is written: by its BOM, else its NUL bytes, else UTF-8, else an old Windows one."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from webcycle.errors import Finding, Severity
from webcycle.intake.contents import Upload
from webcycle.intake.problems import IntakeError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20
_LEGACY = ("cp1252", "cp1250")
_WORD = re.compile(r"[^\s;,\t\"]{0,20}[^\x00-\x7f][^\s;,\t\"]{0,20}")
# A sign inside a word: what Polish letters become when they are read as Western European.
_BROKEN = re.compile(r"[A-Za-z][^\x00-\x7f\w’]|[^\x00-\x7f\w’][A-Za-z]|[A-Za-z][¹³²ª][A-Za-z]?")


def detect(upload: Upload) -> str:
    """The encoding's Python name; IntakeError when the file is no text in any encoding that we know."""
    with upload.open() as stream:
        start = stream.read(4096)
    for bom, name in _BOMS:
        if start.startswith(bom):
            return _checked(upload, name)
    if name := _utf16_without_bom(start):
        return _checked(upload, name)
    if _decodes(upload, "utf-8"):
        return _checked(upload, "utf-8")
    return _legacy(upload)


def legacy_finding(upload: Upload, encoding: str) -> tuple[Finding, ...]:
    """The warning that an old encoding was assumed, with words to check it by."""
    if encoding not in _LEGACY:
        return ()
    words: list[str] = []
    for _, text in _decoded(upload, encoding):
        words += (word for word in _WORD.findall(text) if word not in words)
        if len(words) >= 3:
            break
    values = {"file": upload.name, "encoding": encoding, "examples": ", ".join(words[:3])}
    return (Finding("intake-legacy-encoding", Severity.WARNING, values=values),)


def _utf16_without_bom(start: bytes) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _chunks(stream: io.BufferedIOBase) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _decoded(upload: Upload, encoding: str) -> Iterator[tuple[int, str]]:
    """Pieces of text, each with the number of line ends before it; UnicodeDecodeError when the bytes do not fit."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 0
    with upload.open() as stream:
        for chunk in _chunks(stream):
            text = decoder.decode(chunk)
            yield lines, text
            lines += text.count("\n")
        yield lines, decoder.decode(b"", final=True)


def _decodes(upload: Upload, encoding: str) -> bool:
    try:
        for _ in _decoded(upload, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _checked(upload: Upload, encoding: str) -> str:
    try:
        for lines, text in _decoded(upload, encoding):
            if (at := text.find("\0")) >= 0:
                line = lines + text.count("\n", 0, at) + 1
                raise IntakeError("nul", file=upload.name, line=str(line))
    except UnicodeDecodeError as problem:
        raise IntakeError("encoding", file=upload.name, encoding=encoding) from problem
    return encoding


def _legacy(upload: Upload) -> str:
    with upload.open() as stream:
        sample = stream.read(_CHUNK)
    fitting = [name for name in _LEGACY if _decodes(upload, name)]
    if not fitting:
        raise IntakeError("encoding", file=upload.name, encoding="UTF-8")
    name = min(fitting, key=lambda name: len(_BROKEN.findall(sample.decode(name, "ignore"))))
    return _checked(upload, name)
