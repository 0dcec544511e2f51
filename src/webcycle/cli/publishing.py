"""Commands that write what may be published: export-ics, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from webcycle.cli import terminal
from webcycle.cli.state import CycleOption, LangOption, OutOption, State, language, now, shown, sound
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from webcycle.calendar import Publication
    from webcycle.documents.blocks import Document

_FORMATS = ("md", "html", "pdf")


def export_ics(
    ctx: typer.Context,
    axis: Annotated[str | None, typer.Option("--axis", help="Also write the feed of this axis alone.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and write nothing.")] = False,
    out: OutOption = None,
    cycle: CycleOption = None,
) -> None:
    """Write the calendar: one feed to subscribe to, and one file a session.

    A session keeps its identity for ever: when anything of it changes, its SEQUENCE grows and calendars follow.
    """
    from webcycle import calendar  # noqa: PLC0415 - brings icalendar
    from webcycle import folder as folders  # noqa: PLC0415

    said = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    if axis is not None and axis not in {known.id for known in at_hand.programme.axes}:
        raise UsageError("unknown-axis", found=axis, known=", ".join(a.id for a in at_hand.programme.axes) or "-")
    with folders.lock(at_hand.folder, "webcycle export-ics"):
        ledger = at_hand.folder.ledger
        held = folders.read(ledger, optional=True).data.decode("utf-8", "replace")
        publication = calendar.plan(at_hand.programme, calendar.read_ledger(held), now())
        _tell(publication, said)
        if dry_run:
            terminal.say(said, "command.export-ics.dry-run")
            return
        # The ledger first: a number that was given is never given again, even when the feed could not be written.
        folders.write(ledger, calendar.write_ledger(publication.ledger))
        target = (out or at_hand.folder.public).absolute()
        written = folders.write_all(target, publication.files(axis))
    feed = target / f"{at_hand.programme.cycle.id}.ics"
    terminal.say(said, "command.export-ics.done", count=len(written), number=str(len(written)), file=shown(feed))


def _tell(publication: Publication, lang: Language) -> None:
    from webcycle import calendar  # noqa: PLC0415 - brings icalendar

    for change in publication.changes:
        terminal.words(calendar.describe(change, lang))
    if publication.left_out:
        terminal.say(lang, "command.export-ics.left-out", sessions=", ".join(publication.left_out))
    if not publication.changes:
        terminal.say(lang, "command.export-ics.unchanged")


def report(
    ctx: typer.Context,
    formats: Annotated[str, typer.Option("--format", help="md, html, pdf, or several with commas.")] = "md,html",
    lang: LangOption = None,
    out: OutOption = None,
    cycle: CycleOption = None,
) -> None:
    """Write the review of the cycle: what was held, the figures and where they come from, what is missing."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import review  # noqa: PLC0415
    from webcycle.documents import review as builder  # noqa: PLC0415

    said = State.of(ctx).lang
    chosen = _chosen(formats)
    at_hand = sound(ctx, cycle)
    own = at_hand.programme.cycle.language
    into = language(lang, own)
    document = builder.build(review.review(at_hand.programme, now()), into)
    target = (out or at_hand.folder.public).absolute()
    stem = "review" if into == own else f"review-{into}"
    with folders.lock(at_hand.folder, "webcycle report"):
        for ending in chosen:
            path = folders.output(target, f"{stem}.{ending}")
            changed = folders.write(path, _rendered(document, ending, said))
            terminal.say(said, "command.written" if changed else "command.unchanged", file=shown(path))


def _chosen(formats: str) -> list[str]:
    chosen = [name.strip() for name in formats.split(",") if name.strip()]
    unknown = [name for name in chosen if name not in _FORMATS]
    if unknown or not chosen:
        raise UsageError("unknown-format", found=", ".join(unknown), known=", ".join(_FORMATS))
    return list(dict.fromkeys(chosen))


def paged(document: Document, said: Language) -> bytes:
    """The document as a PDF; where it is less than it should be, the user is told."""
    from webcycle.documents import pdf  # noqa: PLC0415 - brings typst

    rendered = pdf.render_with_notes(document)
    for note in rendered.notes:
        terminal.say(said, f"document.pdf-note.{note.key}", characters=note.characters)
    return rendered.data


def _rendered(document: Document, ending: str, said: Language) -> bytes:
    # Only the writers that are used: each brings its libraries.
    if ending == "pdf":
        return paged(document, said)
    if ending == "html":
        from webcycle.documents import html  # noqa: PLC0415

        return html.render(document).encode()
    from webcycle.documents import markdown  # noqa: PLC0415

    return markdown.render(document).encode()
