"""The command participants: lists of people and sign-in sheets, which go to out/private and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.people import decisions
from webcycle.cli.publishing import paged
from webcycle.cli.state import CycleOption, LangOption, State, language, now, shown, sound
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from webcycle.documents.rolls import Told
    from webcycle.programme import Session
    from webcycle.records import Registration, Visit
    from webcycle.store import Records

_FORMATS = ("csv", "xlsx", "html", "pdf", "json")
_TO_SIGN = ("csv", "xlsx", "html", "pdf")


def participants(
    ctx: typer.Context,
    session: Annotated[
        str | None, typer.Argument(help="Id of the session; else the whole cycle.", metavar="[SESSION]")
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="csv, xlsx, html, pdf, json, with commas; xlsx if not given.")
    ] = None,
    sign_in: Annotated[bool, typer.Option("--sign-in", help="Write the sign-in sheet of the session instead.")] = False,
    comma: Annotated[bool, typer.Option("--comma", help="CSV with commas instead of semicolons.")] = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Write the list of participants, of a session or of the cycle: registered, present, absent, unregistered.

    It holds personal data and goes to out/private, where only you can read it.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import guard, store  # noqa: PLC0415
    from webcycle import participants as lists  # noqa: PLC0415
    from webcycle.documents.rolls import Told  # noqa: PLC0415

    said = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    programme = at_hand.programme
    chosen = programme.session_by_id.get(session) if session is not None else None
    if session is not None and chosen is None:
        raise UsageError("unknown-session", found=session, known=", ".join(programme.session_by_id) or "-")
    endings = _to_sign(chosen, formats) if sign_in else _chosen(formats or "xlsx", _FORMATS, "unknown-format")
    into = language(lang, programme.cycle.language)
    stem = "-".join(("sign-in" if sign_in else "participants", *filter(None, (session,))))
    stem = stem if into == programme.cycle.language else f"{stem}-{into}"
    with folders.lock(at_hand.folder, "webcycle participants"):
        _, decided = decisions(at_hand.folder, said)
        records = store.load(at_hand.folder)
        if not _any(records, session):
            what = session or texts.say(said, "command.participants.cycle")
            terminal.say(said, "command.participants.empty", what=what)
            return
        rolls = lists.rolls(programme, records.registrations, records.visits, decided)
        roll = rolls.cycle if session is None else rolls.sessions[session]
        told = Told(roll, programme, now(), into)
        paths = {ending: folders.output(at_hand.folder.private, f"{stem}.{ending}") for ending in endings}
        guard.refuse_tracked(at_hand.folder, paths.values())
        made = {ending: _rendered(told, ending, said, comma=comma, sign_in=sign_in) for ending in endings}
        for ending, path in paths.items():
            changed = folders.write(path, made[ending], private=True)
            terminal.say(said, "command.written" if changed else "command.unchanged", file=shown(path))
    _sum_up(told, session, said)


def _any(records: Records, session: str | None) -> bool:
    rows: tuple[Registration | Visit, ...] = (*records.registrations, *records.visits)
    return any(session in (None, row.session) for row in rows)


def _chosen(formats: str, known: Sequence[str], error: str) -> list[str]:
    chosen = [name.strip() for name in formats.split(",") if name.strip()]
    unknown = [name for name in chosen if name not in known]
    if unknown or not chosen:
        raise UsageError(error, found=", ".join(unknown), known=", ".join(known))
    return list(dict.fromkeys(chosen))


def _to_sign(session: Session | None, formats: str | None) -> list[str]:
    """The formats of a sign-in sheet; UsageError for one that nobody could sign."""
    if session is None:
        raise UsageError("participants.sign-in-session")
    if session.mode == "online":
        raise UsageError("participants.sign-in-online", session=session.id)
    return _chosen(formats or "html", _TO_SIGN, "participants.sign-in-format")


def _rendered(told: Told, ending: str, said: Language, *, comma: bool, sign_in: bool) -> bytes:
    from webcycle.documents import rolls, signin  # noqa: PLC0415 - only the writers that are used

    if ending == "json":
        import json  # noqa: PLC0415

        return (json.dumps(rolls.data(told), ensure_ascii=False, indent=2) + "\n").encode()
    if ending in ("html", "pdf"):
        return _page(told, ending, said, sign_in=sign_in)
    from webcycle.documents import spreadsheet  # noqa: PLC0415

    if ending == "csv":
        return spreadsheet.delimited(signin.sheet(told) if sign_in else rolls.sheet(told), comma=comma)
    return spreadsheet.workbook(signin.workbook(told) if sign_in else rolls.workbook(told))


def _page(told: Told, ending: str, said: Language, *, sign_in: bool) -> bytes:
    from webcycle.documents import rollpage, signin  # noqa: PLC0415 - only the writers that are used

    document = signin.document(told) if sign_in else rollpage.document(told)
    if ending == "pdf":
        return paged(document, said)
    from webcycle.documents import html  # noqa: PLC0415

    return html.render(document).encode()


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
