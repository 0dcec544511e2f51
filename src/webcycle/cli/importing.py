"""The command that takes platforms' exports in: import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import gathering, measuring, terminal
from webcycle.cli.asking import agree
from webcycle.cli.state import CycleOption, JsonOption, State, YesOption, now, shown, sound
from webcycle.cli.storing import changed, keep, stored
from webcycle.errors import ExitCode, Language, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.cli.storing import Stored
    from webcycle.folder import Folder
    from webcycle.forgotten import Forgotten
    from webcycle.imports import Ledger, Plan, Question
    from webcycle.intake import Options, Reading
    from webcycle.programme import Programme
    from webcycle.records import Registration, Visit
    from webcycle.store import Records


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
    from webcycle import ledger  # noqa: PLC0415
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
    known = ledger.load(folder)
    found = gathering.find(files, folder)
    told = gathering.read_all(found, options, at_hand, known, said, timezone=timezone)
    told = replace(told, barren=gathering.barren(files, found, told))
    with nullcontext() if dry_run else folders.lock(folder, "webcycle import"):
        before, left_out = stored(folder), _forgotten(folder)
        plan = _plan(at_hand, told, before, left_out, session or "", said)
        imported.tell(plan, told, said, zone=partial(_why_zone, timezone, at_hand.programme))
        if as_json:
            terminal.as_json(imported.data(plan, told, said))
        writing = changed(plan.sessions, plan.before)
        measuring.still_counts(at_hand, private=any(private for _name, _data, private in writing))
        if writing and not dry_run:

            def agreed() -> None:
                if not yes:
                    agree(said, "command.import.ask", folder=shown(folder.root))

            harmless = _unnamed(plan, told, before, left_out)
            keep(folder, writing, harmless, before, agreed, said)
            imported.tell_unnamed(plan.ledger, harmless, said)
        elif not dry_run:
            folders.shut(folder)
    imported.end(told, said, written=bool(writing), dry_run=dry_run)
    if told.refused or told.barren or plan.questions:
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
        expected=tuple(day for name in chosen for day in gathering.days_of(programme, name)),
        columns=_columns(columns) if columns else {},
        session=session or "",
        platform=platform or "",
    )


def _among(option: str, given: str | None, known: Iterable[str]) -> None:
    if given is not None and given not in known:
        raise UsageError("import.option", option=option, found=given, known=", ".join(known) or "-")


def _columns(file: Path) -> Mapping[str, str]:
    """The map of our columns to the headers of a table."""
    import tomllib  # noqa: PLC0415 - few need it

    from webcycle import folder as folders  # noqa: PLC0415

    if not file.exists():
        raise UsageError("import.missing", file=shown(file))
    try:
        found = tomllib.loads(folders.read(file).data.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise UsageError("import.columns", file=shown(file), reason=str(problem)) from problem
    if not found or not all(isinstance(header, str) for header in found.values()):
        raise UsageError("import.columns", file=shown(file), reason='key = "header"')
    return found


def _forgotten(folder: Folder) -> Forgotten:
    """Who asked to be forgotten."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import forgotten  # noqa: PLC0415

    return forgotten.read(folders.read(folder.root / forgotten.FILE, optional=True).data)


def _unnamed(plan: Plan, told: gathering.Told, before: Stored, left_out: Forgotten) -> Ledger:
    """The ledger afterwards, without the names of files that tell of somebody: who was read, stored, or forgotten."""
    from webcycle import privacy  # noqa: PLC0415 - `--help` must not pay for it

    every: tuple[Records | Reading, ...] = (before.records, *(one.reading for one in told.deliveries))
    rows = (row for held in every for row in _of_people(held))
    return privacy.unnamed(plan.ledger, privacy.telling(rows, left_out))


def _why_zone(given: str | None, programme: Programme, reading: Reading) -> str:
    """Why the times of a table are of their zone, a key of the texts."""
    if reading.zone_reason != "option":
        return f"intake.zone.{reading.zone_reason}"
    if given is not None:
        return "command.import.given"
    return "intake.zone.option" if reading.zone == programme.cycle.timezone else "command.import.how.ledger"


def _of_people(held: Records | Reading) -> Iterator[Registration | Visit]:
    yield from held.registrations
    yield from held.visits


def _plan(
    at_hand: Work, told: gathering.Told, before: Stored, left_out: Forgotten, session: str, lang: Language
) -> Plan:
    """What would be stored; on a terminal, after the sessions that only the user can tell were asked for."""
    from webcycle import imports, privacy  # noqa: PLC0415 - `--help` must not pay for them

    made = partial(
        imports.plan,
        at_hand.programme,
        before.records,
        before.ledger,
        told.deliveries,
        now=now(),
        session=session,
        forgotten=privacy.standing(left_out),
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
