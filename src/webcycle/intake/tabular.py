"""Text to rows of cells: which delimiter, strictly quoted, with true line numbers, streamed (RFC 4180 and its kin)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from webcycle.intake.contents import HEAD, Line, Table, Upload
from webcycle.intake.encodings import detect, legacy_finding
from webcycle.intake.problems import IntakeError

MAX_BYTES = 1 << 30
MAX_ROWS = 2_000_000
DELIMITERS = ("\t", ";", ",")
_DIRECTIVE = re.compile(r'"?sep=([,;\t|])"?\s*')


def text_table(upload: Upload, part: str = "") -> Table:
    """The table in a text file; IntakeError when it is too large or no text."""
    if upload.size > MAX_BYTES:
        raise IntakeError("too-large", file=upload.name, limit=f"{MAX_BYTES >> 20} MiB")
    encoding = detect(upload)
    skipped, delimiter = _directive(upload, encoding)
    delimiter = delimiter or best_delimiter(upload, encoding)
    head = tuple(islice(_lenient(upload, encoding, delimiter, skipped), HEAD))
    return Table(
        file=upload.name,
        part=part,
        encoding=encoding,
        delimiter=delimiter,
        head=head,
        lines=_limited(upload, lambda: _strict(upload, encoding, delimiter, skipped)),
        unescaped=_limited(upload, lambda: _unescaped(upload, encoding, delimiter)),
        findings=legacy_finding(upload, encoding),
    )


def best_delimiter(upload: Upload, encoding: str) -> str:
    """The delimiter that cuts the most rows into the same, largest number of cells; "" when none cuts any."""
    scores = {delimiter: _score(upload, encoding, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else ""


def _score(upload: Upload, encoding: str, delimiter: str) -> int:
    rows = islice(_lenient(upload, encoding, delimiter, 0), HEAD)
    widths = Counter(len(line.cells) for line in rows)
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _directive(upload: Upload, encoding: str) -> tuple[int, str]:
    """How many lines to pass over, and the delimiter, where the first line is Excel's `sep=;`."""
    with _text(upload, encoding) as stream:
        match = _DIRECTIVE.fullmatch(stream.readline(32))
    return (1, match[1]) if match else (0, "")


def _text(upload: Upload, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(upload.open(), encoding=encoding, newline="")


def _lenient(upload: Upload, encoding: str, delimiter: str, skipped: int) -> Iterator[Line]:
    try:
        yield from _rows(upload, encoding, delimiter, skipped, strict=False)
    except IntakeError:
        return


def _strict(upload: Upload, encoding: str, delimiter: str, skipped: int) -> Iterator[Line]:
    return _rows(upload, encoding, delimiter, skipped, strict=True)


def _rows(upload: Upload, encoding: str, delimiter: str, skipped: int, *, strict: bool) -> Iterator[Line]:
    # A delimiter that occurs nowhere is needed for a file of one column: csv takes none for "no delimiter".
    with _text(upload, encoding) as stream:
        for _ in range(skipped):
            stream.readline()
        reader = csv.reader(stream, delimiter=delimiter or "\x1f", strict=strict)
        before = 0
        try:
            for cells in reader:
                yield Line(before + skipped + 1, cells)
                before = reader.line_num
        except csv.Error as problem:
            key = "long-cell" if "field limit" in str(problem) else "quotes"
            raise IntakeError(key, file=upload.name, line=str(before + skipped + 1)) from problem


def _limited(upload: Upload, source: Callable[[], Iterator[Line]]) -> Callable[[], Iterator[Line]]:
    def lines() -> Iterator[Line]:
        for count, line in enumerate(source()):
            if count >= MAX_ROWS:
                raise IntakeError("too-many-rows", file=upload.name, limit=str(MAX_ROWS))
            yield line

    return lines


def _unescaped(upload: Upload, encoding: str, delimiter: str) -> Iterator[Line]:
    """Rows between a quote at the beginning and one at the end of a line; the next line begins with a quote again."""
    with _text(upload, encoding) as stream:
        yield Line(1, next(csv.reader([stream.readline()], delimiter=delimiter), []))
        held, first = "", 2
        for number, text in enumerate(stream, start=2):
            if not held and not text.startswith('"'):
                first = number + 1  # a line break within a question of the header
                continue
            if held and text.startswith('"') and held.rstrip("\r\n").endswith('"'):
                yield Line(first, _cut(held, delimiter))
                held, first = "", number
            held += text
            if len(held) > csv.field_size_limit():
                raise IntakeError("long-cell", file=upload.name, line=str(first))
        if held.strip():
            yield Line(first, _cut(held, delimiter))


def _cut(text: str, delimiter: str) -> list[str]:
    inner = text.rstrip("\r\n").removeprefix('"').removesuffix('"')
    return inner.split(f'"{delimiter}"')
