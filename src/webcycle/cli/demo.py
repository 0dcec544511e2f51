"""The demonstration: the whole way from a programme to its review, on a real cycle."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from webcycle.cli import announcing, attendance, editing, importing, participants, publishing, reading, terminal
from webcycle.cli.state import State, shown
from webcycle.errors import Language, RefusedError


def demo(
    ctx: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder to write to.")] = Path("webcycle-demo"),
) -> None:
    """Show all of this on a copy of a real cycle of ten webinars.

    The programme is copied to a folder, checked and listed; its calendar, its communiqué and its review are written.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import samples  # noqa: PLC0415

    lang = State.of(ctx).lang
    target = directory.absolute()
    real = (samples.cycle("guide-2020-2021") / folders.PROGRAMME).read_bytes()
    _prepare(target, real, lang)
    _step("check")
    reading.check(ctx, cycle=target)
    _step("list")
    reading.list_sessions(ctx, cycle=target)
    _step("export-ics")
    publishing.export_ics(ctx, cycle=target)
    _step("announce programme")
    announcing.announce(ctx, "programme", cycle=target)
    _step("report")
    publishing.report(ctx, cycle=target)
    _invented(ctx, target / "synthetic", real)
    page, measured = (shown(one / "out" / "public" / "review.html") for one in (target, target / "synthetic"))
    terminal.say(lang, "command.demo.done", page=page, measured=measured, folder=shown(target))


def _prepare(target: Path, programme: bytes, lang: Language) -> None:
    """The folder of a demonstration; RefusedError where another programme lives."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import source  # noqa: PLC0415

    file = target / folders.PROGRAMME
    if not os.path.lexists(file):
        editing.begin(file, programme, "webcycle demo")
        terminal.say(lang, "command.demo.copied", folder=shown(target))
    elif folders.read(file, limit=source.MAX_BYTES).data == programme:
        terminal.say(lang, "command.demo.again", folder=shown(target))
    else:
        raise RefusedError("demo-elsewhere", file=shown(file))


def _invented(ctx: typer.Context, target: Path, real: bytes) -> None:
    """The same cycle with invented people: its exports are read and its lists written, apart from the real one."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import samples  # noqa: PLC0415

    lang = State.of(ctx).lang
    exports = samples.cycle("guide-2020-2021-synthetic-exports")
    terminal.words("")
    terminal.say(lang, "command.demo.invented")
    _prepare(target, synthetic(real), lang)
    with folders.lock(folders.Folder(target), "webcycle demo"):
        folders.write(target / "people.toml", (exports / "people.toml").read_bytes(), private=True)
    _step("import ...")
    importing.import_files(ctx, [exports / "exports"], yes=True, cycle=target)
    _step("participants maroc")
    participants.participants(ctx, "maroc", cycle=target)
    _step("attendance")
    attendance.attendance(ctx, cycle=target)
    _step("report")
    publishing.report(ctx, cycle=target)


def synthetic(real: bytes) -> bytes:
    """The programme of the invented cycle: another id, a title that says so on every document, no claim."""
    text = real.decode().split("\n[[claim]]")[0]
    text = text.replace('id = "guide-2020-2021"', 'id = "guide-synthetic"', 1)
    return text.replace('title = "Les webinaires', 'title = "DONNÉES SYNTHÉTIQUES – Les webinaires', 1).encode()


def _step(command: str) -> None:
    terminal.words("")
    terminal.words(f"$ webcycle {command}")
