"""The demonstration: the whole way from a programme to its review, on a real cycle."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from webcycle.cli import editing, publishing, reading, terminal
from webcycle.cli.state import State, shown
from webcycle.errors import RefusedError


def demo(
    ctx: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder to write to.")] = Path("webcycle-demo"),
) -> None:
    """Show all of this on a copy of a real cycle of ten webinars.

    The programme is copied to a folder, checked and listed, and its calendar and its review are written.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import samples, source  # noqa: PLC0415

    lang = State.of(ctx).lang
    target = directory.absolute()
    programme = target / folders.PROGRAMME
    sample = (samples.cycle("guide-2020-2021") / folders.PROGRAMME).read_bytes()
    if not os.path.lexists(programme):
        editing.begin(programme, sample, "webcycle demo")
        terminal.say(lang, "command.demo.copied", folder=shown(target))
    elif folders.read(programme, limit=source.MAX_BYTES).data == sample:
        terminal.say(lang, "command.demo.again", folder=shown(target))
    else:
        raise RefusedError("demo-elsewhere", file=shown(programme))
    _step("check")
    reading.check(ctx, cycle=target)
    _step("list")
    reading.list_sessions(ctx, cycle=target)
    _step("export-ics")
    publishing.export_ics(ctx, cycle=target)
    _step("report")
    publishing.report(ctx, cycle=target)
    terminal.say(lang, "command.demo.done", page=shown(target / "out" / "public" / "review.html"), folder=shown(target))


def _step(command: str) -> None:
    terminal.words("")
    terminal.words(f"$ webcycle {command}")
