"""The demonstration: the whole way from a programme to its review, on a real cycle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from webcycle.cli import publishing, reading, terminal
from webcycle.cli.state import State, shown


def demo(
    ctx: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder to write to.")] = Path("webcycle-demo"),
) -> None:
    """Copy a real cycle of ten webinars to a folder, then check it, list it, publish its calendar and its review."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import samples, scaffold  # noqa: PLC0415

    lang = State.of(ctx).lang
    target = directory.absolute()
    programme = target / folders.PROGRAMME
    sample = samples.cycle("guide-2020-2021") / folders.PROGRAMME
    if not programme.exists():
        with folders.lock(folders.make(target), "webcycle demo"):
            folders.write(programme, sample.read_bytes(), expected=folders.ABSENT)
            folders.write(target / "cycle.schema.json", scaffold.schema())
            folders.write(target / ".gitignore", scaffold.gitignore())
        terminal.say(lang, "command.demo.copied", folder=shown(target))
    elif programme.read_bytes() == sample.read_bytes():
        terminal.say(lang, "command.demo.again", folder=shown(target))
    else:
        terminal.say(lang, "command.demo.yours", file=shown(programme))
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
