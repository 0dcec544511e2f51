"""The files that import takes in: found below what was named, and read into tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.state import now, shown
from webcycle.errors import Language, OutsideError, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.folder import Folder
    from webcycle.imports import Delivery, Ledger
    from webcycle.intake import IntakeError, Options, Reading
    from webcycle.programme import Programme

_OURS = frozenset(
    {"calendar.toml", "cycle.schema.json", "cycle.toml", "imports.toml", "people.toml", "totals.csv", "views.csv"}
)
# In a folder of downloads lie other things too: what is of no known format is only refused where it was named.
_STRANGERS = frozenset({"intake.binary", "intake.empty", "intake.markup", "intake.unclaimed"})
_LONG = 4 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `walked` when a folder was named and not the file, `folders` the names of those around it."""

    path: Path
    name: str
    walked: bool
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of reading: the tables, the files that are refused, those of a folder that are none of ours, and the
    folders in which there is nothing else."""

    deliveries: tuple[Delivery, ...]
    refused: tuple[IntakeError, ...]
    passed: tuple[IntakeError, ...]
    barren: tuple[str, ...] = ()


def find(given: Iterable[Path], folder: Folder) -> tuple[Found, ...]:
    """The files to read, each once; a folder gives all that it holds but what we wrote ourselves.

    Raises UsageError for what is not there or is our own, OutsideError for what is no file.
    """
    files: dict[Path, Found] = {}
    for path in given:
        if not path.exists():
            raise UsageError("import.missing", file=str(path))
        if not (path.is_dir() or path.is_file()):
            # A pipe would be waited for, and a device never ends.
            raise OutsideError("file-not-regular", file=shown(path))
        if _is_ours(path, folder):
            raise UsageError("import.ours", file=shown(path))
        root = path.absolute()
        for file in _walk(root) if path.is_dir() else [root]:
            around = file.relative_to(root.parent).parts[:-1] if path.is_dir() else (root.parent.name,)
            files.setdefault(file.resolve(), Found(file, shown(file), path.is_dir(), around[::-1]))
    return tuple(files.values())


def barren(given: Iterable[Path], found: Iterable[Found], told: Told) -> tuple[str, ...]:
    """The folders among what was named that hold no export: nothing that was read, nor refused as one."""
    names = {one.reading.file for one in told.deliveries} | {problem.values["file"] for problem in told.refused}
    exports = {one.path.resolve() for one in found if one.name in names}
    folders = (path for path in given if path.is_dir())
    return tuple(shown(one) for one in folders if exports.isdisjoint(map(Path.resolve, _walk(one.absolute()))))


def _is_ours(path: Path, folder: Folder) -> bool:
    real = path.resolve()
    return real.is_relative_to(folder.sessions) or real.is_relative_to(folder.root / "out")


def _walk(root: Path) -> Iterator[Path]:
    """The files below a folder, in the order of their names; nothing hidden, and nothing of a cycle's own.

    Raises OutsideError for a folder that cannot be listed.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    found = folders.listed(root)
    own = any(path.name == folders.PROGRAMME for path in found)
    for path in found:
        if path.name[0] not in ".~" and not (own and path.name in _OURS) and path.is_file():
            yield path
    for path in found:
        if path.name[0] != "." and not (own and path.name in ("out", "sessions")) and _is_gone_into(path):
            yield from _walk(path)


def _is_gone_into(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def read_all(
    found: tuple[Found, ...], options: Options, at_hand: Work, ledger: Ledger, lang: Language, *, timezone: str | None
) -> Told:
    """The tables of these files, and what could not be read; `timezone` is the one that the user gave."""
    from webcycle.imports import Delivery  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.intake import IntakeError, Upload, fingerprint, read  # noqa: PLC0415

    programme = at_hand.programme
    deliveries: list[Delivery] = []
    problems: dict[bool, list[IntakeError]] = {True: [], False: []}
    for one in _watched(found, lang):
        upload = Upload(one.name, one.path)
        try:
            sha256 = fingerprint(upload)
            known = _as_before(options, ledger, sha256, programme, timezone=timezone)
            readings = read(upload, replace(known, read_on=_day_of(one.path, programme)))
            for reading in readings:
                _refuse_otherwise(reading, options, ledger)
                around = (*PurePosixPath(reading.part).parts[-2::-1], *one.folders)
                named = next((name for name in around if name in programme.session_by_id), "")
                deliveries.append(Delivery(reading, sha256, named))
        except IntakeError as problem:
            problems[one.walked and problem.key in _STRANGERS].append(problem)
    return Told(tuple(deliveries), tuple(problems[False]), tuple(problems[True]))


def _as_before(options: Options, ledger: Ledger, sha256: str, programme: Programme, *, timezone: str | None) -> Options:
    """The same with what was found out about that file when it was imported: the order of its dates, its session, and
    its zone unless `timezone` gives one."""
    from webcycle.intake.moments import Order  # noqa: PLC0415 - `--help` must not pay for it

    entries = [entry for entry in ledger.entries.values() if entry.sha256 == sha256]
    zone = next((entry.zone for entry in entries if entry.zone_reason == "option"), options.timezone)
    options = replace(options, timezone=timezone or zone)
    orders = {entry.source: Order(entry.order) for entry in entries if entry.order}
    of = {part.session for entry in entries for part in entry.stored if part.session in programme.session_by_id}
    if options.session or len(of) != 1:
        return replace(options, orders=orders)
    return replace(options, orders=orders, expected=tuple(days_of(programme, *of)))


def days_of(programme: Programme, session: str) -> Iterator[date]:
    """The days of a session, on the clocks of the cycle's zone."""
    from webcycle.imports import match  # noqa: PLC0415 - `--help` must not pay for it

    span = match.span(programme, programme.session_by_id[session])
    if span:
        first, last = programme.local(span.start).date(), programme.local(span.end - timedelta(seconds=1)).date()
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def _refuse_otherwise(reading: Reading, options: Options, ledger: Ledger) -> None:
    """Raise IntakeError for a table that is known and was now read with other times: what is stored of it stays as it
    is, as some of its rows may have been erased since."""
    from webcycle.intake import IntakeError, source_of  # noqa: PLC0415 - `--help` must not pay for them

    before = ledger.entries.get(source_of(reading.source, reading.part))
    if before is None or not (reading.visits or reading.registrations):
        return
    values = {"file": reading.file, "source": before.source}
    if reading.zone != before.zone:
        raise IntakeError("known-zone", before=before.zone, zone=reading.zone, **values)
    if options.date_order and reading.order and before.order not in ("", reading.order.value):
        raise IntakeError(f"known-order-{before.order}", **values)


def _day_of(path: Path, programme: Programme) -> date:
    """The day on which a file was downloaded, as far as the disk knows: of which day its numbers of views are."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return programme.local(min(changed, now())).date()


def _watched(found: tuple[Found, ...], lang: Language) -> Iterator[Found]:
    """The files one after the other, with a bar when they are large."""
    sizes = [one.path.stat().st_size for one in found]
    if sum(sizes) < _LONG:
        yield from found
        return
    with terminal.progress(texts.say(lang, "command.import.reading"), sum(sizes)) as advance:
        for one, size in zip(found, sizes, strict=True):
            yield one
            advance(size)
