"""What import does with --undo: it takes imports back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from webcycle import texts
from webcycle.cli import measuring, terminal
from webcycle.cli.asking import agree
from webcycle.cli.imported import COUNTED, counts
from webcycle.cli.state import State, shown, sound
from webcycle.cli.storing import changed, keep, stored
from webcycle.errors import Language

if TYPE_CHECKING:
    from webcycle.imports import Taken, Undoing

_OF_PEOPLE = frozenset({"registrations", "attendance", "both"})


def undo(
    ctx: typer.Context, cycle: Path | None, given: Sequence[str], *, dry_run: bool, as_json: bool, yes: bool
) -> None:
    """Take these imports out of the folder, after saying what goes. A run that was interrupted is made again."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import imports  # noqa: PLC0415

    lang = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    folder = at_hand.folder
    with nullcontext() if dry_run else folders.lock(folder, "webcycle import"):
        before = stored(folder)
        found = imports.undo(before.records, before.ledger, given)
        of_people = any(one.entry is not None and one.entry.kind in _OF_PEOPLE for one in found.taken)
        measuring.still_counts(at_hand, private=of_people, key="purged-undo")
        _tell(found, lang)
        if as_json:
            terminal.as_json(_data(found))
        if dry_run:
            terminal.say(lang, "command.import.dry-run")
            return

        def agreed() -> None:
            if not yes:
                agree(lang, "command.import.undo-ask", for_good=True, folder=shown(folder.root))

        keep(folder, changed(found.sessions, found.before), found.ledger, before, agreed, lang)
    terminal.say(lang, "command.import.undone")


def _tell(found: Undoing, lang: Language) -> None:
    for one in found.taken:
        terminal.words(_name(one))
        for line in _lines(one, lang):
            terminal.words(f"  {line}")


def _name(one: Taken) -> str:
    if one.entry is None:
        return one.source
    part = f": {one.entry.part}" if one.entry.part else ""
    return f"{one.entry.file}{part} ({one.source}, {one.entry.imported:%Y-%m-%d %H:%M} UTC)"


def _lines(one: Taken, lang: Language) -> Iterator[str]:
    for session, records in one.records.items():
        where = session or texts.say(lang, "command.import.no-session")
        yield texts.say(lang, "command.import.take-out", {"session": where, "counts": counts([records], lang)})
    if not one.records:
        yield texts.say(lang, "command.import.take-out-nothing")


def _data(found: Undoing) -> dict[str, Any]:
    return {
        "undone": [
            {
                "source": one.source,
                "file": one.entry.file if one.entry else None,
                "part": (one.entry.part or None) if one.entry else None,
                "sessions": [
                    {
                        "session": session or None,
                        **{name: len(held) for name, held in zip(COUNTED, records.lists, strict=True)},
                    }
                    for session, records in one.records.items()
                ],
            }
            for one in found.taken
        ]
    }
