"""The command that takes platforms' exports in: import."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import measuring, terminal
from webcycle.cli.asking import agree
from webcycle.cli.state import CycleOption, JsonOption, State, YesOption, now, shown, sound
from webcycle.cli.storing import changed, keep
from webcycle.errors import ExitCode, Language, OutsideError, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.folder import Folder
    from webcycle.imports import Delivery, Ledger, Plan, Question
    from webcycle.intake import IntakeError, Options, Reading
    from webcycle.programme import Programme
    from webcycle.records import Registration, Visit

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
    """What came of reading: the tables, the files that are refused, and those of a folder that are none of ours."""

    deliveries: tuple[Delivery, ...]
    refused: tuple[IntakeError, ...]
    passed: tuple[IntakeError, ...]


def import_files(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Exports; folders and zip archives too.")
    ] = None,
    session: Annotated[str | None, typer.Option("--session", help="Id of the session that they are all of.")] = None,
    platform: Annotated[
        str | None, typer.Option("--platform", help="Only formats of this one: zoom, teams ...")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", help="IANA name, for files that name none; else the cycle's.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option("--date-order", metavar="dmy|mdy|ymd", help="For files whose dates are ambiguous.")
    ] = None,
    columns: Annotated[
        Path | None, typer.Option("--columns", metavar="MAP.TOML", help='For any other table: email = "E-mail" ...')
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", metavar="ID", help="Take this import back: its id or the file's name; repeatable."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and write nothing.")] = False,
    as_json: JsonOption = False,
    yes: YesOption = False,
    cycle: CycleOption = None,
) -> None:
    """Read platforms' exports: who registered, who came.

    Each file is identified by what it holds, and every row that is not kept is accounted for.

    Only what figures and lists need is kept; the files stay where they are and are not copied.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.cli import imported, undoing  # noqa: PLC0415

    reading = (session, platform, timezone, date_order, columns)
    if undo:
        if files or any(option is not None for option in reading):
            raise UsageError("import.undo-alone")
        undoing.undo(ctx, cycle, undo, dry_run=dry_run, as_json=as_json, yes=yes)
        return
    if not files:
        raise UsageError("import.no-file")
    said = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    folder = at_hand.folder
    options = _options(at_hand.programme, session, platform, timezone, date_order, columns)
    told = _read(_found(files, folder), options, at_hand, said, timezone=timezone)
    with nullcontext() if dry_run else folders.lock(folder, "webcycle import"):
        plan = _plan(at_hand, told, session or "", said)
        imported.tell(plan, told, said, zone=partial(_why_zone, timezone, at_hand.programme))
        if as_json:
            terminal.as_json(imported.data(plan, told, said))
        writing = [] if dry_run else changed(plan.sessions, plan.before)
        if writing:
            measuring.still_counts(at_hand, private=any(private for _name, _data, private in writing))

            def agreed() -> None:
                if not yes:
                    agree(said, "command.import.ask", folder=shown(folder.root))

            keep(folder, writing, plan.ledger, agreed, said)
        elif not dry_run:
            folders.shut(folder)
    imported.end(told, said, written=bool(writing), dry_run=dry_run)
    if told.refused or plan.questions:
        raise typer.Exit(ExitCode.FINDINGS)


def _options(
    programme: Programme,
    session: str | None,
    platform: str | None,
    timezone: str | None,
    date_order: str | None,
    columns: Path | None,
) -> Options:
    from webcycle import zones  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.intake import READERS, Options  # noqa: PLC0415
    from webcycle.intake.moments import Order  # noqa: PLC0415

    known = list(programme.session_by_id)
    platforms = {name: None for reader in READERS for name in (reader.platform, reader.name) if name}
    _among("session", session, known)
    _among("platform", platform, platforms)
    _among("date-order", date_order, [order.value for order in Order])
    if timezone is not None and timezone not in zones.names():
        raise UsageError("import.zone", found=timezone)
    chosen = known if session is None else [session]
    return Options(
        timezone or programme.cycle.timezone,
        date_order=Order(date_order) if date_order else None,
        expected=tuple(day for name in chosen for day in _days(programme, name)),
        columns=_columns(columns) if columns else {},
        session=session or "",
        platform=platform or "",
    )


def _among(option: str, given: str | None, known: Iterable[str]) -> None:
    if given is not None and given not in known:
        raise UsageError("import.option", option=option, found=given, known=", ".join(known) or "-")


def _days(programme: Programme, session: str) -> Iterator[date]:
    """The days of a session, on the clocks of the cycle's zone."""
    from webcycle.imports import match  # noqa: PLC0415 - `--help` must not pay for it

    span = match.span(programme, programme.session_by_id[session])
    if span:
        first, last = programme.local(span.start).date(), programme.local(span.end - timedelta(seconds=1)).date()
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def _columns(file: Path) -> Mapping[str, str]:
    """The map of our columns to the headers of a table."""
    import tomllib  # noqa: PLC0415 - few need it

    from webcycle import folder as folders  # noqa: PLC0415

    if not file.exists():
        raise UsageError("import.missing", file=shown(file))
    try:
        found = tomllib.loads(folders.read(file).data.decode("utf-8"))
    except ValueError as problem:
        raise UsageError("import.columns", file=shown(file), reason=str(problem)) from problem
    if not found or not all(isinstance(header, str) for header in found.values()):
        raise UsageError("import.columns", file=shown(file), reason='key = "header"')
    return found


def _found(given: Iterable[Path], folder: Folder) -> tuple[Found, ...]:
    """The files to read, each once; a folder gives all that it holds but what we wrote ourselves."""
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


def _is_ours(path: Path, folder: Folder) -> bool:
    real = path.resolve()
    return real.is_relative_to(folder.sessions) or real.is_relative_to(folder.root / "out")


def _walk(root: Path) -> Iterator[Path]:
    """The files below a folder, in the order of their names; nothing hidden, and nothing of a cycle's own."""
    for place, folders, names in os.walk(root):
        own = "cycle.toml" in names
        folders[:] = sorted(one for one in folders if one[0] != "." and not (own and one in ("out", "sessions")))
        for name in sorted(names):
            path = Path(place, name)
            if name[0] not in ".~" and not (own and name in _OURS) and path.is_file():
                yield path


def _read(found: tuple[Found, ...], options: Options, at_hand: Work, lang: Language, *, timezone: str | None) -> Told:
    from webcycle.imports import Delivery  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.intake import IntakeError, Upload, fingerprint, read  # noqa: PLC0415

    programme, ledger = at_hand.programme, _ledger(at_hand.folder)
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


def _forgotten(folder: Folder) -> Callable[[Registration | Visit], tuple[str, str]]:
    """What a row is to those who asked to be forgotten."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import forgotten, privacy  # noqa: PLC0415

    return privacy.standing(forgotten.read(folders.read(folder.root / forgotten.FILE, optional=True).data))


def _ledger(folder: Folder) -> Ledger:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import imports  # noqa: PLC0415

    return imports.read_ledger(folders.read(folder.imports, optional=True).data.decode("utf-8", "replace"))


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
    return replace(options, orders=orders, expected=tuple(_days(programme, *of)))


def _why_zone(given: str | None, programme: Programme, reading: Reading) -> str:
    """Why the times of a table are of their zone, a key of the texts."""
    if reading.zone_reason != "option":
        return f"intake.zone.{reading.zone_reason}"
    if given is not None:
        return "command.import.given"
    return "intake.zone.option" if reading.zone == programme.cycle.timezone else "command.import.how.ledger"


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


def _plan(at_hand: Work, told: Told, session: str, lang: Language) -> Plan:
    """What would be stored; on a terminal, after the sessions that only the user can tell were asked for."""
    from webcycle import imports, store  # noqa: PLC0415 - `--help` must not pay for them

    stored = store.load(at_hand.folder)
    ledger = _ledger(at_hand.folder)
    left_out = _forgotten(at_hand.folder)
    made = partial(
        imports.plan,
        at_hand.programme,
        stored,
        ledger,
        told.deliveries,
        now=now(),
        session=session,
        forgotten=left_out,
    )
    plan = made()
    if plan.questions and terminal.interactive():
        return made(_answers(plan, at_hand.programme, lang))
    return plan


def _answers(plan: Plan, programme: Programme, lang: Language) -> dict[Question, str]:
    """What the user says to each question: the id of a session, or nothing to leave the rows out."""
    from webcycle.cli import imported  # noqa: PLC0415 - only where there is a question

    answers: dict[Question, str] = {}
    for question, reading, placement in imported.questions(plan):
        known = placement.match.candidates or tuple(programme.session_by_id)
        imported.ask(reading, placement, [programme.session_by_id[name] for name in known], programme, lang)
        given = ""
        while given not in known:
            given = terminal.ask(texts.say(lang, "command.import.which"), default="", show_default=False)
            if not given:
                break
        answers[question] = given
    return answers
