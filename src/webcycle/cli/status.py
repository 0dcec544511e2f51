"""The command status: what is due, what is late, and a private calendar of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import measuring, terminal
from webcycle.cli.moments import weekday
from webcycle.cli.state import CycleOption, JsonOption, LangOption, State, language, now, shown, sound
from webcycle.errors import ExitCode, Language

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.duties import Duty, Imported
    from webcycle.programme import Programme

CALENDAR = "duties.ics"

_DAYS = 30
# The width that a table's frame and its last column, the sentences, cannot do without.
_SENTENCE_ROOM = 45


def status(
    ctx: typer.Context,
    within: Annotated[
        int | None, typer.Option("--within", metavar="DAYS", min=0, max=3660, help="How far ahead; 30 if not given.")
    ] = None,
    ics: Annotated[
        bool, typer.Option("--ics", help="Write all that is to be done as out/private/duties.ics too.")
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Say what is due and what is late.

    Dates to confirm, details to send, exports to fetch, documents owed, data to delete.

    Exit code 1 when something is late.
    """
    from webcycle import duties  # noqa: PLC0415 - `--help` must not pay for it

    said = language(lang, State.of(ctx).lang)
    at_hand = sound(ctx, cycle)
    programme = at_hand.programme
    found = duties.duties(programme, now(), _imported(at_hand, said))
    days = _DAYS if within is None else within
    chosen = _chosen(programme, found, days)
    if as_json:
        terminal.as_json([_data(programme, one, said) for one in (found if within is None else chosen)])
    elif chosen:
        _print([_row(one, said) for one in chosen], said)
    if ics:
        _write(at_hand, found, said)
    late = sum(one.state == "late" for one in chosen)
    key = "command.status.tally" if chosen else "command.status.nothing"
    counts = {"late": str(late), "due": str(len(chosen) - late)} if chosen else {}
    terminal.say(said, key, count=days, days=str(days), **counts)
    if late:
        raise typer.Exit(ExitCode.FINDINGS)


def _imported(at_hand: Work, lang: Language) -> Imported:
    from webcycle import store  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.duties import Imported  # noqa: PLC0415

    # The ledger remembers what was read when the records themselves are deleted.
    read = measuring.ledger(at_hand).entries.values()
    ever = {part.session for entry in read if entry.kind in ("attendance", "both") for part in entry.stored}
    return Imported(
        visits=frozenset(ever) | frozenset(store.visited(at_hand.folder)),
        personal=frozenset(store.sessions(at_hand.folder)),
        measured=measuring.for_claims(at_hand, at_hand.findings, lang),
    )


def _chosen(programme: Programme, found: Sequence[Duty], days: int) -> list[Duty]:
    """What is late, what is to be done within so many days, and what has no date."""
    last = programme.local(now()).date() + timedelta(days=days)
    return [one for one in found if one.open and (one.state == "late" or one.due is None or _day(one) <= last)]


def _day(duty: Duty) -> Any:
    return duty.due.date() if isinstance(duty.due, datetime) else duty.due


def _row(duty: Duty, lang: Language) -> tuple[str, ...]:
    from webcycle import duties  # noqa: PLC0415 - `--help` must not pay for it

    due = duty.due
    when = texts.say(lang, "command.status.no-date") if due is None else weekday(due, lang)
    hour = f" {due:%H:%M}" if isinstance(due, datetime) else ""
    session = duty.session or texts.say(lang, "command.status.cycle")
    return f"{when}{hour}", texts.say(lang, f"duty.state.{duty.state}"), session, duties.sentence(duty, lang)


def _print(rows: Sequence[tuple[str, ...]], lang: Language) -> None:
    columns = [texts.say(lang, f"command.status.{name}") for name in ("due", "state", "session", "what")]
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    console = terminal.console()
    if console.width >= sum(widths[:-1]) + _SENTENCE_ROOM:
        console.print(terminal.table(columns, rows, widths, None))
        return
    for *facts, sentence in rows:
        terminal.data("  ".join(facts))
        terminal.data(f"  {sentence}")


def _data(programme: Programme, duty: Duty, lang: Language) -> dict[str, Any]:
    from webcycle import duties  # noqa: PLC0415 - `--help` must not pay for it

    due = programme.aware(duty.due) if isinstance(duty.due, datetime) else duty.due
    return {
        "kind": duty.kind,
        "session": duty.session,
        "due": due and due.isoformat(),
        "state": duty.state,
        "source": duty.source,
        "values": dict(duty.values),
        "text": duties.sentence(duty, lang),
    }


def _write(at_hand: Work, found: Sequence[Duty], lang: Language) -> None:
    """The private calendar, in the language of the words."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard  # noqa: PLC0415
    from webcycle.calendar import duties as private  # noqa: PLC0415

    folder = at_hand.folder
    path = folders.output(folder.private, CALENDAR)
    guard.refuse_tracked(folder, [path])
    with folders.lock(folder, "webcycle status"):
        folders.shut(folder)
        folders.make_private(folder.private)
        before = folders.read(path, optional=True).data
        made = private.calendar(at_hand.programme, found, now(), lang, before)
        changed = folders.write(path, made, private=True)
    terminal.say(lang, "command.written" if changed else "command.unchanged", file=shown(path))
