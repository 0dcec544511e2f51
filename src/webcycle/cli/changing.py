"""Commands that change a session: postpone, confirm, cancel, reinstate, set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import unified_diff
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.moments import moment
from webcycle.cli.rewriting import Rewriting, errors, rewrite
from webcycle.cli.state import CycleOption, State, YesOption, examine, known_session, now, shown, sound
from webcycle.errors import Language, RefusedError, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.programme import Programme, Session

Edit = Callable[[bytes, "Programme", "Session"], bytes]

SessionArgument = Annotated[str, typer.Argument(help="Id of the session.", metavar="SESSION")]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="Why, as it is published.")]


def postpone(
    ctx: typer.Context,
    session: SessionArgument,
    to: Annotated[str | None, typer.Option("--to", help='"2021-10-19 09:00"; else the date is to come.')] = None,
    end: Annotated[str | None, typer.Option("--end", help="Like --to; else the session keeps its length.")] = None,
    reason: ReasonOption = None,
    yes: YesOption = False,
    cycle: CycleOption = None,
) -> None:
    """Postpone a session to another date, or to a date to come.

    The former date is kept, so that the calendar, the notes and the review can tell it.
    """
    from webcycle import rescheduling  # noqa: PLC0415 - `--help` must not pay for it

    if end is not None and to is None:
        raise UsageError("end-without-to")
    start, last = (moment(name, given) if given else None for name, given in (("--to", to), ("--end", end)))

    def edit(raw: bytes, programme: Programme, chosen: Session) -> bytes:
        if start is None:
            return rescheduling.postponed(raw, programme, chosen)
        return rescheduling.moved(raw, programme, chosen, start, last)

    _change(ctx, cycle, "postpone", session, _with_reason(edit, reason), yes=yes)


def confirm(ctx: typer.Context, session: SessionArgument, yes: YesOption = False, cycle: CycleOption = None) -> None:
    """Confirm the date of a tentative session."""
    from webcycle import rescheduling  # noqa: PLC0415 - `--help` must not pay for it

    _change(ctx, cycle, "confirm", session, rescheduling.confirmed, yes=yes)


def cancel(
    ctx: typer.Context,
    session: SessionArgument,
    reason: ReasonOption = None,
    yes: YesOption = False,
    cycle: CycleOption = None,
) -> None:
    """Cancel a session.

    It stays in the programme and in the calendar, so that everybody sees that it does not take place.
    """
    from webcycle import rescheduling  # noqa: PLC0415 - `--help` must not pay for it

    _change(ctx, cycle, "cancel", session, _with_reason(rescheduling.cancelled, reason), yes=yes)


def reinstate(ctx: typer.Context, session: SessionArgument, yes: YesOption = False, cycle: CycleOption = None) -> None:
    """Reinstate a session that was cancelled or postponed.

    It takes place at the date that had been given up.
    """
    from webcycle import rescheduling  # noqa: PLC0415 - `--help` must not pay for it

    _change(ctx, cycle, "reinstate", session, rescheduling.reinstated, yes=yes)


def set_value(
    ctx: typer.Context,
    session: SessionArgument,
    key: Annotated[str, typer.Argument(help="title, recording.url, documents.slides.url ...", metavar="KEY")],
    value: Annotated[str | None, typer.Argument(help="As it is to stand there.", metavar="VALUE")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the key instead.")] = False,
    yes: YesOption = False,
    cycle: CycleOption = None,
) -> None:
    """Set one key of a session, or remove it."""
    from webcycle import rescheduling  # noqa: PLC0415 - `--help` must not pay for it

    if (value is None) != remove:
        raise UsageError("set-value-or-remove")

    def edit(raw: bytes, programme: Programme, chosen: Session) -> bytes:
        if value is None:
            return rescheduling.without_value(raw, programme, chosen, key)
        return _fitting(raw, programme, chosen, key, value)

    _change(ctx, cycle, "set", session, edit, yes=yes)


def _with_reason(edit: Edit, reason: str | None) -> Edit:
    from webcycle import rescheduling  # noqa: PLC0415 - `--help` must not pay for it

    def edited(raw: bytes, programme: Programme, session: Session) -> bytes:
        after = edit(raw, programme, session)
        if reason is None:
            return rescheduling.without_former_reason(after, programme, session)
        return rescheduling.with_reason(after, programme, session, reason)

    return edited


def _fitting(raw: bytes, programme: Programme, session: Session, key: str, given: str) -> bytes:
    """The programme with the value as words where the key takes words, else as TOML reads it: a date, a number."""
    from webcycle import rescheduling  # noqa: PLC0415 - `--help` must not pay for it

    tried = [rescheduling.with_value(raw, programme, session, key, value) for value in _readings(given)]
    return min(tried, key=_faults)


def _faults(raw: bytes) -> tuple[bool, int]:
    """What is wrong with a programme: a claim is held against one of the right shape only."""
    loaded, findings = examine(raw, "")
    return loaded.programme is None, len(errors(findings))


def _readings(given: str) -> Iterator[Any]:
    import tomllib  # noqa: PLC0415 - `--help` must not pay for it

    yield given
    try:
        yield moment("VALUE", given)
    except UsageError:
        try:
            yield tomllib.loads(f"v = {given}")["v"]
        except ValueError:
            return


def _change(ctx: typer.Context, cycle: Any, command: str, session: str, edit: Edit, *, yes: bool) -> None:
    lang = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    before = known_session(at_hand.programme, session)
    made: list[Session] = []

    def edited(work: Work) -> bytes:
        if work.loaded.programme is None:
            raise RefusedError("edit-not-toml")
        return edit(work.snapshot.data, work.programme, known_session(work.programme, session))

    def show(work: Work, after: bytes, programme: Programme) -> None:
        made.append(known_session(programme, session))
        _show(work, after, programme, lang)

    change = Rewriting(command, edited, show, "command.change.ask", "change-would-not-check")
    file = shown(at_hand.folder.programme)
    if not rewrite(at_hand, change, lang, yes=yes):
        terminal.say(lang, "command.change.unchanged", session=session, file=file)
        return
    terminal.say(lang, "command.change.done", session=session, file=file)
    following = "next" if made and _is_told(before, made[-1]) else "next-calendar"
    terminal.say(lang, f"command.change.{following}", session=session)


def _is_told(before: Session, after: Session) -> bool:
    """Whether a note of change would tell what became of the date."""
    from webcycle.documents.announce import notes  # noqa: PLC0415 - `--help` must not pay for it

    dates = [(one.slot, one.status, one.moved_from) for one in (before, after)]
    return dates[0] != dates[1] and notes.state(after) != "unchanged"


def _show(work: Work, after: bytes, programme: Programme, lang: Language) -> None:
    """The lines that change, and what followers of the calendar will see."""
    file = shown(work.folder.programme)
    before, new = (raw.decode("utf-8-sig").splitlines() for raw in (work.snapshot.data, after))
    for line in unified_diff(before, new, file, file, lineterm="", n=1):
        terminal.words(f"  {line}")
    for line in _in_calendar(work, programme, lang):
        terminal.words(line)


def _in_calendar(work: Work, programme: Programme, lang: Language) -> Iterator[str]:
    from webcycle import calendar  # noqa: PLC0415 - brings icalendar
    from webcycle import folder as folders  # noqa: PLC0415

    text = folders.read(work.folder.ledger, optional=True).data.decode("utf-8", "replace")
    ledger = calendar.read_ledger(text)
    if not ledger.entries:
        return
    for change in calendar.plan(programme, ledger, now()).changes:
        yield texts.say(lang, "command.change.calendar", {"change": calendar.describe(change, lang)})
