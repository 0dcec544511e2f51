"""The command privacy: the information notice, and the line of the register of processing activities."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle.cli import outputs, terminal
from webcycle.cli.state import (
    CycleOption,
    LangOption,
    OpenOption,
    OutOption,
    State,
    language,
    now,
    placed,
    shown,
    sound,
)
from webcycle.errors import Finding, Language, OutsideError, Severity, UsageError

if TYPE_CHECKING:
    from datetime import date

    from webcycle.cli.state import Work
    from webcycle.documents.blocks import Document
    from webcycle.documents.privacy_words import Files
    from webcycle.folder import Folder

_KINDS = ("notice", "record")


def privacy(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="notice or record.", show_default=False)] = None,
    formats: Annotated[str, typer.Option("--format", help="md, html, pdf, docx, with commas.")] = "md,html",
    lang: LangOption = None,
    out: OutOption = None,
    show: OpenOption = False,
    cycle: CycleOption = None,
) -> None:
    """Write a privacy notice, or a register line.

    KIND is notice (GDPR, articles 13 and 14) or record (article 30). Both are drafts from [privacy] of the programme,
    to be completed where they say so, and to be reviewed by your data protection officer.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    said = State.of(ctx).lang
    if kind is None:
        raise UsageError("privacy-no-kind", known=", ".join(_KINDS))
    if kind not in _KINDS:
        raise UsageError("privacy-kind", found=kind, known=", ".join(_KINDS))
    chosen = outputs.formats(formats, outputs.PAGES)
    folder = folders.find(Path.cwd(), cycle or State.of(ctx).cycle)
    target = outputs.destination(out, folder)
    with folders.lock(folder, "webcycle privacy"):
        at_hand = sound(ctx, cycle)
        own = at_hand.programme.cycle.language
        into = language(lang, own)
        files, faults = _files(at_hand.folder)
        document = outputs.housed(_built(kind, at_hand, into, files), at_hand, chosen)
        stem = "-".join(filter(None, ("privacy", kind, into if into != own else None)))
        pages = [(f"{stem}.{ending}", outputs.rendered(document, ending, said)) for ending in chosen]
        outputs.publish(at_hand, target, pages, document, said)
    _tell(at_hand, files, faults if kind == "record" else (), said)
    if show:
        outputs.open_page(target, [name for name, _page in pages], said)


def _files(folder: Folder) -> tuple[Files, tuple[Finding, ...]]:
    """What there is of personal files now, and what is wrong with how they are kept: the paper tells it and is made."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import personal, store  # noqa: PLC0415
    from webcycle.documents.privacy_words import Files  # noqa: PLC0415

    places = (folder.people, folder.sessions, folder.private)
    present = any(one.is_file() or folders.listed(one) for one in places)
    # Lists and decisions about people are no records, but nobody may say then that nothing is held.
    records = True if store.sessions(folder) else None if present else False
    try:
        found = personal.findings(folder, None, shown)
    except OutsideError:
        # Git cannot be asked: the paper says that it was not checked.
        return Files(present, records), ()
    return Files(present, records, frozenset(one.code for one in found)), tuple(map(_warning, found))


def _warning(found: Finding) -> Finding:
    return replace(found, severity=Severity.WARNING)


def _built(kind: str, work: Work, into: Language, files: Files) -> Document:
    from webcycle.documents import privacy_notice, privacy_record  # noqa: PLC0415 - `--help` must not pay for them

    build = privacy_notice.build if kind == "notice" else privacy_record.build
    return build(work.programme, into, _today(work), files)


def _today(work: Work) -> date:
    return work.programme.local(now()).date()


def _tell(work: Work, files: Files, faults: Iterable[Finding], said: Language) -> None:
    """What the programme does not say, what of the folder the paper tells, and that somebody must read the draft."""
    terminal.findings((*placed(work, _findings(work, files)), *faults), said, stream=sys.stderr)
    terminal.say(said, "command.privacy.review")


def _findings(work: Work, files: Files) -> Iterator[Finding]:
    from webcycle.documents import privacy_basis, privacy_words  # noqa: PLC0415 - `--help` must not pay for them

    given = work.programme.privacy
    for path in privacy_words.missing(given):
        yield Finding("privacy-missing", Severity.WARNING, path, {"key": str(path[-1])})
    if given.legal_basis and privacy_basis.basis(given) is None:
        code = "privacy-basis-unclear" if privacy_basis.unclear(given) else "privacy-basis-unknown"
        yield Finding(code, Severity.WARNING, ("privacy", "legal-basis"))
    if day := privacy_words.overdue(work.programme, _today(work), files):
        yield Finding("privacy-overdue", Severity.WARNING, ("privacy", "purge-after"), {"day": str(day)})
