"""The command attendance: how many came, in the terminal, as JSON, and as files that hold no person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle.cli import outputs, terminal
from webcycle.cli.state import (
    CycleOption,
    JsonOption,
    LangOption,
    OutOption,
    State,
    known_session,
    language,
    now,
    shown,
    sound,
)
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from webcycle.cli.state import Work
    from webcycle.documents.attendance import Told
    from webcycle.programme import Session

_FORMATS = ("csv", "xlsx", "json", "html")


def attendance(
    ctx: typer.Context,
    session: Annotated[
        str | None, typer.Argument(help="Id of the session; else the whole cycle.", metavar="[SESSION]")
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="Write files instead: csv, xlsx, json, html, with commas.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    out: OutOption = None,
    cycle: CycleOption = None,
) -> None:
    """Count who came: per session and for the cycle.

    Each figure is measured from what was imported, or stated by hand, or said to be missing.

    Files go to out/public: they hold no person, and small groups of people are hidden in them.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    said = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    chosen = known_session(at_hand.programme, session) if session is not None else None
    if formats is None and out is not None:
        raise UsageError("out-without-format")
    if formats is not None and as_json:
        raise UsageError("json-and-format")
    if formats is None:
        _show(at_hand, chosen, language(lang, said), as_json=as_json)
        return
    endings, target = outputs.formats(formats, _FORMATS), outputs.destination(out, at_hand.folder)
    with folders.lock(at_hand.folder, "webcycle attendance"):
        _write(at_hand, chosen, endings, target, (language(lang, at_hand.programme.cycle.language), said))


def _told(work: Work, session: Session | None, into: Language, said: Language, *, public: bool) -> Told:
    from webcycle.cli import measuring  # noqa: PLC0415 - brings duckdb
    from webcycle.documents.attendance import Told  # noqa: PLC0415 - brings Babel
    from webcycle.published import breakdowns  # noqa: PLC0415

    programme = work.programme
    day = programme.local(now()).date()
    measuring.tell_purged(work, "kept", said)
    if public or measuring.purged(work) is not None:
        found = measuring.publishable(work, said)
        return Told(found.results, found.groups, programme, into, day, session)
    results = measuring.results(work, said)
    return Told(results, breakdowns(results, programme, published=False), programme, into, day, session)


# ---- in the terminal


def _show(work: Work, session: Session | None, lang: Language, *, as_json: bool) -> None:
    from webcycle.cli import attendance_view  # noqa: PLC0415 - brings Babel
    from webcycle.documents import attendance as words  # noqa: PLC0415
    from webcycle.documents import attendance_data  # noqa: PLC0415

    told = _told(work, session, lang, lang, public=False)
    if as_json:
        terminal.as_json(attendance_data.data(told))
        return
    if words.is_empty(told.results):
        terminal.say(lang, "command.attendance.empty")
    attendance_view.show(told)


# ---- files


def _write(
    work: Work, session: Session | None, endings: Sequence[str], target: Path, langs: tuple[Language, Language]
) -> None:
    """Write the files in the first of the languages, and say so in the second."""
    from webcycle import exposure, joinlinks  # noqa: PLC0415
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.documents import attendance as words  # noqa: PLC0415

    into, said = langs
    told = _told(work, session, into, said, public=True)
    if words.is_empty(told.results):
        terminal.say(said, "command.attendance.empty")
        return
    other = into if into != work.programme.cycle.language else None
    stem = "-".join(filter(None, ("attendance", session.id if session else None, other)))
    pages = [(f"{stem}.{ending}", _rendered(told, work, ending, said)) for ending in endings]
    # A workbook is compressed: the guard reads its sheets as text.
    joinlinks.keep_private(work.programme, (*pages, *_as_text(told, f"{stem}.xlsx")))
    exposure.keep_private(exposure.private(work.folder, work.programme), pages)
    changed = folders.write_all(target, pages)
    for name, _ in pages:
        path = folders.output(target, name)
        terminal.say(said, "command.written" if path in changed else "command.unchanged", file=shown(path))


def _rendered(told: Told, work: Work, ending: str, said: Language) -> bytes:
    # Only the writers that are used: each brings its libraries.
    if ending == "html":
        from webcycle.documents import attendance_page  # noqa: PLC0415

        return outputs.rendered(outputs.housed(attendance_page.document(told), work, (ending,)), ending, said)
    if ending == "json":
        import json  # noqa: PLC0415

        from webcycle.documents import attendance_data  # noqa: PLC0415

        return (json.dumps(attendance_data.data(told), ensure_ascii=False, indent=2) + "\n").encode()
    from webcycle.documents import attendance_sheets, spreadsheet  # noqa: PLC0415

    if ending == "csv":
        return spreadsheet.delimited(attendance_sheets.sheet(told))
    return spreadsheet.workbook(attendance_sheets.workbook(told))


def _as_text(told: Told, name: str) -> Iterator[tuple[str, bytes]]:
    from webcycle.documents import attendance_sheets, spreadsheet  # noqa: PLC0415 - only where a file is written

    book = attendance_sheets.workbook(told)
    yield name, "\n".join((book.title, book.author, *(said for _, said in book.about))).encode()
    for sheet in book.sheets:
        yield name, spreadsheet.delimited(sheet)
