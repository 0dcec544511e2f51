"""The command participants: lists of people and sign-in sheets, which go to out/private and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import measuring, outputs, terminal
from webcycle.cli.people import decisions
from webcycle.cli.state import CycleOption, LangOption, State, known_session, language, now, shown, sound
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.documents.rolls import Told
    from webcycle.folder import Folder
    from webcycle.programme import Session

_FORMATS = ("csv", "xlsx", "html", "pdf", "docx", "json")
_TO_SIGN = ("csv", "xlsx", "html", "pdf", "docx")


def participants(
    ctx: typer.Context,
    session: Annotated[
        str | None, typer.Argument(help="Id of the session; else the whole cycle.", metavar="[SESSION]")
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="csv, xlsx, html, pdf, docx, json, with commas; xlsx if not given.")
    ] = None,
    sign_in: Annotated[bool, typer.Option("--sign-in", help="Write the sign-in sheet of the session instead.")] = False,
    comma: Annotated[bool, typer.Option("--comma", help="CSV with commas instead of semicolons.")] = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Write the list of participants, or a sign-in sheet.

    Of a session or of the cycle: registered, present, absent, present without registration.

    It holds personal data and goes to out/private, where only you can read it.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    said = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    chosen = known_session(at_hand.programme, session) if session is not None else None
    endings = _to_sign(chosen, formats) if sign_in else outputs.formats(formats or "xlsx", _FORMATS)
    own = at_hand.programme.cycle.language
    into = language(lang, own)
    stem = ("sign-in" if sign_in else "participants", session, into if into != own else None)
    with folders.lock(at_hand.folder, "webcycle participants"):
        told = _told(at_hand, chosen, into, said)
        if not (told.roll.rows or sign_in):
            what = session or texts.say(said, "command.participants.cycle")
            terminal.say(said, "command.participants.empty", what=what)
            return
        made = {ending: _rendered(told, at_hand, ending, said, comma=comma, sign_in=sign_in) for ending in endings}
        _write(at_hand.folder, "-".join(filter(None, stem)), made, said)
    _sum_up(told, session, said)


def _told(at_hand: Work, session: Session | None, into: Language, said: Language) -> Told:
    """The list, as it is told in the language `into`."""
    from webcycle import participants as lists  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import store  # noqa: PLC0415
    from webcycle.documents.rolls import Told  # noqa: PLC0415

    measuring.tell_purged(at_hand, "gone", said)
    _, decided = decisions(at_hand.folder, said)
    records = store.load(at_hand.folder)
    found = lists.rolls(at_hand.programme, records.registrations, records.visits, decided)
    roll = found.sessions[session.id] if session else found.cycle
    return Told(roll, at_hand.programme, now(), into)


def _write(folder: Folder, stem: str, made: Mapping[str, bytes], said: Language) -> None:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard  # noqa: PLC0415

    paths = {ending: folders.output(folder.private, f"{stem}.{ending}") for ending in made}
    guard.refuse_tracked(folder, paths.values())
    folders.shut(folder)
    folders.make_private(folder.private)
    for ending, path in paths.items():
        changed = folders.write(path, made[ending], private=True)
        terminal.say(said, "command.written" if changed else "command.unchanged", file=shown(path))


def _to_sign(session: Session | None, formats: str | None) -> list[str]:
    """The formats of a sign-in sheet; UsageError for one that nobody could sign."""
    if session is None:
        raise UsageError("participants.sign-in-session")
    if session.mode == "online":
        raise UsageError("participants.sign-in-online", session=session.id)
    return outputs.formats(formats or "html", _TO_SIGN, "participants.sign-in-format")


def _rendered(told: Told, work: Work, ending: str, said: Language, *, comma: bool, sign_in: bool) -> bytes:
    from webcycle.documents import rollpage, rolls, signin  # noqa: PLC0415 - only the writers that are used

    if ending == "json":
        import json  # noqa: PLC0415

        return (json.dumps(rolls.data(told), ensure_ascii=False, indent=2) + "\n").encode()
    if ending in outputs.PAGES:
        document = signin.document(told) if sign_in else rollpage.document(told)
        return outputs.rendered(outputs.housed(document, work, (ending,)), ending, said)
    from webcycle.documents import spreadsheet  # noqa: PLC0415

    if ending == "csv":
        return spreadsheet.delimited(signin.sheet(told) if sign_in else rolls.sheet(told), comma=comma)
    return spreadsheet.workbook(signin.workbook(told) if sign_in else rolls.workbook(told))


def _sum_up(told: Told, session: str | None, lang: Language) -> None:
    """What the list says, without a name."""
    from webcycle.documents import rolls  # noqa: PLC0415

    told = replace(told, lang=lang)
    figures = (f"{texts.say(lang, f'command.participants.{key}')} {number}" for key, number in rolls.figures(told.roll))
    what = session or texts.say(lang, "command.participants.cycle")
    terminal.say(lang, "command.participants.counts", what=what, figures=", ".join(figures))
    if reasons := rolls.reasons(told):
        terminal.say(lang, "command.participants.left-out", reasons=reasons)
    terminal.say(lang, "command.participants.until", day=rolls.until(told))
