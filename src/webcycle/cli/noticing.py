"""The command privacy: the information notice, and the line of the register of processing activities."""

from __future__ import annotations

import sys
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
    sound,
)
from webcycle.errors import Finding, Language, Severity, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.documents.blocks import Document

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
    to be reviewed by your data protection officer.
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
        document = outputs.housed(_built(kind, at_hand, into), at_hand, chosen)
        stem = "-".join(filter(None, ("privacy", kind, into if into != own else None)))
        pages = [(f"{stem}.{ending}", outputs.rendered(document, ending, said)) for ending in chosen]
        outputs.publish(at_hand, target, pages, document, said)
    _tell(at_hand, said)
    if show:
        outputs.open_page(target, [name for name, _page in pages], said)


def _built(kind: str, work: Work, into: Language) -> Document:
    from webcycle.documents import privacy_notice, privacy_record  # noqa: PLC0415 - `--help` must not pay for them

    build = privacy_notice.build if kind == "notice" else privacy_record.build
    return build(work.programme, into, work.programme.local(now()).date())


def _tell(work: Work, said: Language) -> None:
    """What the programme does not say, and that somebody must read the draft."""
    from webcycle.documents import privacy_words  # noqa: PLC0415 - `--help` must not pay for it

    given = work.programme.privacy
    found = [
        Finding("privacy-missing", Severity.WARNING, path, {"key": str(path[-1])})
        for path in privacy_words.missing(given)
    ]
    if given.legal_basis and privacy_words.basis(given) is None:
        found.append(Finding("privacy-basis-unknown", Severity.WARNING, ("privacy", "legal-basis")))
    terminal.findings(placed(work, found), said, stream=sys.stderr)
    terminal.say(said, "command.privacy.review")
