"""Commands that read the programme and change nothing: check, list, show, schema."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import measuring, terminal
from webcycle.cli.moments import slot_words
from webcycle.cli.state import (
    CycleOption,
    JsonOption,
    LangOption,
    State,
    examined,
    known_session,
    language,
    placed,
    shown,
    work,
)
from webcycle.errors import ExitCode, Finding, Language, Severity, WebcycleError

if TYPE_CHECKING:
    from webcycle.claims import Measured
    from webcycle.cli.state import Work
    from webcycle.folder import Folder
    from webcycle.programme import Programme, Session


# The width that a table's frame and its last column, the titles, cannot do without.
_TITLE_ROOM = 45


def check(
    ctx: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Say all that is wrong with the programme, with its place."""
    said = language(lang, State.of(ctx).lang)
    found = work(ctx, cycle)
    kept: tuple[Finding, ...] = ()
    try:
        kept = _kept(found)
        measured = measuring.for_claims(found, (*found.findings, *kept), said)
    except WebcycleError:
        _tell((*found.findings, *kept), said, as_json=as_json)
        raise
    findings = (*(examined(found.loaded, measured) if measured.sessions else found.findings), *kept)
    _tell(findings, said, as_json=as_json)
    if found.loaded.programme is not None:
        for line in _verdicts(found.loaded.programme, measured, said):
            terminal.words(line)
    errors, warnings = _count(findings, Severity.ERROR), _count(findings, Severity.WARNING)
    terminal.words(_tally(said, errors, warnings))
    if errors or (strict and warnings):
        raise typer.Exit(ExitCode.FINDINGS)


def _tell(findings: tuple[Finding, ...], lang: Language, *, as_json: bool) -> None:
    if as_json:
        terminal.as_json([terminal.finding_data(finding, lang) for finding in findings])
    else:
        terminal.findings(findings, lang, stream=sys.stdout)


def _kept(found: Work) -> tuple[Finding, ...]:
    """What is wrong with the personal files of the cycle, and with those of the look of its documents."""
    from webcycle import personal  # noqa: PLC0415 - `--help` must not pay for it

    held = personal.findings(found.folder, found.loaded.programme, shown)
    return (
        *_look(found),
        *_decided(found.folder),
        *held,
        *_again(found),
        *measuring.of_the_kept(found),
        *_unfinished(found.folder),
        *_published(found),
    )


def _again(found: Work) -> Iterator[Finding]:
    """Records of people in a folder from which they were purged: no figure counts them."""
    from webcycle import store  # noqa: PLC0415 - `--help` must not pay for it

    if (purge := measuring.purged(found)) is not None and store.sessions(found.folder):
        values = {"path": shown(found.folder.sessions), "day": purge.begun.date().isoformat()}
        yield Finding("records-after-purge", Severity.ERROR, values=values)


def _unfinished(folder: Folder) -> Iterator[Finding]:
    """The journal of an erasure that was begun: it names who asked to be forgotten until nothing is found any more."""
    if not folder.sessions.is_dir():
        return
    from webcycle import privacy  # noqa: PLC0415 - most cycles that are checked hold no records

    path = folder.root / privacy.JOURNAL
    if path.exists():
        yield Finding("erasure-unfinished", Severity.ERROR, values={"path": shown(path)})


def _published(found: Work) -> Iterator[Finding]:
    """Who is exposed in out/public, and which join link."""
    programme, public = found.loaded.programme, found.folder.public
    if programme is None or not public.is_dir():
        return
    from webcycle import exposure  # noqa: PLC0415 - only where something was published

    private = exposure.private(found.folder, programme)
    yield from exposure.findings(private, public, shown)


def _look(found: Work) -> tuple[Finding, ...]:
    """What is wrong with the logo and the letterhead, where the programme names them."""
    programme = found.loaded.programme
    if programme is None or (programme.style.logo, programme.organiser.letterhead) == (None, None):
        return ()
    from webcycle.documents import house  # noqa: PLC0415 - most cycles have no such file

    return placed(found, house.findings(found.folder, programme))


def _decided(folder: Folder) -> tuple[Finding, ...]:
    """What is wrong with people.toml, where there is one."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    raw = folders.read(folder.people, optional=True).data
    if not raw:
        return ()
    from webcycle import identity  # noqa: PLC0415 - only where somebody was decided about

    return identity.load(raw, shown(folder.people))[1]


def _verdicts(programme: Programme, measured: Measured, lang: Language) -> Iterator[str]:
    """What becomes of each figure said in public; a contradicted one is a finding."""
    from webcycle import claims  # noqa: PLC0415 - `--help` must not pay for it

    for claim in programme.claims:
        found = claims.verdict(claim, claims.recompute(programme, claim.figure, claim.on, measured))
        if found.kind != "contradicted":
            said = texts.say(lang, f"claim.{found.reason}", found.values)
            yield texts.say(lang, "command.check.claim", {"source": claim.source, "verdict": said})


def _count(findings: tuple[Finding, ...], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)


def _tally(lang: Language, errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return texts.say(lang, "command.check.clean")
    parts = {
        "errors": texts.say(lang, "command.check.errors", {"count": str(errors)}, count=errors),
        "warnings": texts.say(lang, "command.check.warnings", {"count": str(warnings)}, count=warnings),
    }
    return texts.say(lang, "command.check.tally", parts)


def list_sessions(
    ctx: typer.Context, as_json: JsonOption = False, lang: LangOption = None, cycle: CycleOption = None
) -> None:
    """List the sessions by axis and date."""
    said = language(lang, State.of(ctx).lang)
    programme = work(ctx, cycle).programme
    if as_json:
        terminal.as_json([_session_data(programme, session) for session in _by_date(programme.sessions)])
        return
    columns = [texts.say(said, f"command.list.{name}") for name in ("date", "hours", "id", "status", "title")]
    others = texts.say(said, "command.list.no-axis") if programme.axes else None
    groups = [
        (title or others, [_row(programme, session, said) for session in chosen])
        for title, chosen in _by_axis(programme)
    ]
    widths = [max(map(len, cells)) for cells in zip(columns, *(row for _, rows in groups for row in rows), strict=True)]
    console = terminal.console()
    if console.width < sum(widths[:-1]) + _TITLE_ROOM:
        _print_narrow(groups)
    else:
        for title, rows in groups:
            console.print(terminal.table(columns, rows, widths, title))
    count = len(programme.sessions)
    terminal.say(said, "command.list.count", count=count, number=str(count))


def _print_narrow(groups: list[tuple[str | None, list[tuple[str, ...]]]]) -> None:
    """The same where a table would be squeezed: two lines a session."""
    for title, rows in groups:
        if title:
            terminal.data(title)
        for *facts, name in rows:
            terminal.data(f"  {'  '.join(filter(None, facts))}")
            terminal.data(f"    {name}")


def _by_date(sessions: tuple[Session, ...]) -> list[Session]:
    return sorted(sessions, key=lambda session: (session.slot is None, str(session.start), session.id))


def _by_axis(programme: Programme) -> Iterator[tuple[str | None, list[Session]]]:
    own = programme.cycle.language
    known = {axis.id for axis in programme.axes}
    for axis in programme.axes:
        if chosen := [session for session in programme.sessions if session.axis == axis.id]:
            yield axis.title.pick(own, own)[0], _by_date(tuple(chosen))
    if rest := [session for session in programme.sessions if session.axis not in known]:
        yield None, _by_date(tuple(rest))


def _row(programme: Programme, session: Session, lang: Language) -> tuple[str, ...]:
    own = programme.cycle.language
    day, hours = _when(session, lang)
    status = texts.say(lang, f"status.{session.status}")
    return day, hours, session.id, status, session.title.pick(lang, own)[0]


def _when(session: Session, lang: Language) -> tuple[str, str]:
    slot = session.slot
    if slot is None:
        return texts.say(lang, "command.list.no-date"), ""
    return slot_words(slot, lang)


def _session_data(programme: Programme, session: Session) -> dict[str, Any]:
    own = programme.cycle.language
    slot = session.slot

    def iso(moment: Any) -> str | None:
        return programme.aware(moment).isoformat() if isinstance(moment, datetime) else moment and moment.isoformat()

    return {
        "id": session.id,
        "axis": session.axis,
        "title": session.title.pick(own, own)[0],
        "status": session.status,
        "mode": session.mode,
        "place": session.place,
        "start": iso(slot and slot.start),
        "end": iso(slot and slot.end),
        "moved_from": [iso(former) for former in session.moved_from],
    }


def show(
    ctx: typer.Context,
    session: Annotated[str, typer.Argument(help="Id of the session.", metavar="SESSION")],
    as_json: JsonOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Show one session, with its hours in each zone."""
    from webcycle.cli import card  # noqa: PLC0415 - brings Babel

    said = language(lang, State.of(ctx).lang)
    programme = work(ctx, cycle).programme
    chosen = known_session(programme, session)
    if as_json:
        terminal.as_json({**_session_data(programme, chosen), "hours": card.hours_data(programme, chosen)})
        return
    for line in card.lines(programme, chosen, said):
        terminal.data(line)


def schema(
    of_review: Annotated[
        bool, typer.Option("--review", help="Of the review that `report --format json` writes instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of cycle.toml.

    Editors use it for completion.
    """
    from webcycle import scaffold  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.review import data  # noqa: PLC0415

    # JSON is in UTF-8 whatever the terminal's encoding (RFC 8259, 8.1).
    sys.stdout.buffer.write(data.schema() if of_review else scaffold.schema())
