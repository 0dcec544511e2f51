"""Commands that write what may be published: export-ics, report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle.cli import terminal
from webcycle.cli.state import CycleOption, LangOption, OutOption, State, language, now, shown, sound
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from webcycle.calendar import Ledger, Publication
    from webcycle.cli.state import Work
    from webcycle.documents.blocks import Document
    from webcycle.folder import Folder
    from webcycle.programme import Programme
    from webcycle.review import Review
    from webcycle.review.data import ReviewData

_FORMATS = ("md", "html", "pdf", "json")


def export_ics(
    ctx: typer.Context,
    axis: Annotated[str | None, typer.Option("--axis", help="Also write the feed of this axis alone.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and write nothing.")] = False,
    out: OutOption = None,
    cycle: CycleOption = None,
) -> None:
    """Write the calendar: a feed, and one file a session.

    A session keeps its identity for ever: when anything of it changes, its SEQUENCE grows and calendars follow.
    """
    from webcycle import calendar, joinlinks  # noqa: PLC0415 - brings icalendar
    from webcycle import folder as folders  # noqa: PLC0415

    said = State.of(ctx).lang
    folder = _folder(ctx, cycle)
    target = destination(out, folder)
    # A dry run changes nothing, so that it must do in a folder that cannot be written too.
    with nullcontext() if dry_run else folders.lock(folder, "webcycle export-ics"):
        programme = sound(ctx, cycle).programme
        _known_axis(programme, axis)
        publication = calendar.plan(programme, _ledger(programme, folder, target, said), now())
        files = joinlinks.keep_private(programme, publication.files(*_axes(programme, axis, target)))
        _tell(publication, target, said)
        if dry_run:
            terminal.say(said, "command.export-ics.dry-run")
            return
        # The ledger first: a number that was given is never given again, even when the feed could not be written.
        folders.write(folder.ledger, calendar.write_ledger(publication.ledger))
        written = folders.write_all(target, files)
    feed = shown(target / calendar.feed_name(programme))
    terminal.say(said, "command.export-ics.done", count=len(written), number=str(len(written)), file=feed)


def _folder(ctx: typer.Context, cycle: Path | None) -> Folder:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    return folders.find(Path.cwd(), cycle or State.of(ctx).cycle)


def destination(out: str | None, folder: Folder) -> Path:
    """Where to write what is published; a wrong usage where personal data are kept."""
    if out is None:
        return folder.public.absolute()
    if not out.strip():
        raise UsageError("out-empty")
    target = Path(out).absolute()
    for private in (folder.sessions, folder.private):
        if target.resolve().is_relative_to(private.resolve()):
            raise UsageError("out-private", folder=shown(private))
    return target


def _known_axis(programme: Programme, axis: str | None) -> None:
    known = [one.id for one in programme.axes]
    if axis is not None and axis not in known:
        raise UsageError("unknown-axis", found=axis, known=", ".join(known) or "-")


def _axes(programme: Programme, asked: str | None, target: Path) -> Iterator[str]:
    """The axes whose feeds to write: the one that is asked for, and those that were written before."""
    from webcycle import calendar  # noqa: PLC0415 - brings icalendar

    for axis in programme.axes:
        if axis.id == asked or (target / calendar.feed_name(programme, axis.id)).exists():
            yield axis.id


def _ledger(programme: Programme, folder: Folder, target: Path, lang: Language) -> Ledger:
    """The ledger; when it is lost or empty, what the published feed still tells of it."""
    from webcycle import calendar  # noqa: PLC0415 - brings icalendar
    from webcycle import folder as folders  # noqa: PLC0415

    ledger = calendar.read_ledger(folders.read(folder.ledger, optional=True).data.decode("utf-8", "replace"))
    if ledger.entries:
        return ledger
    for place in dict.fromkeys((folder.public.absolute(), target)):
        feed = place / calendar.feed_name(programme)
        if (data := folders.read(feed, optional=True).data) and (found := calendar.recover(programme, data)).entries:
            terminal.say(lang, "command.export-ics.recovered", number=str(len(found.entries)), file=shown(feed))
            return found
    return ledger


def _tell(publication: Publication, target: Path, lang: Language) -> None:
    from webcycle import calendar  # noqa: PLC0415 - brings icalendar

    for change in publication.changes:
        terminal.words(calendar.describe(change, lang))
    if publication.left_out:
        terminal.say(lang, "command.export-ics.left-out", sessions=", ".join(publication.left_out))
    if stale := [path for session in publication.gone if (path := target / f"{session}.ics").exists()]:
        terminal.say(lang, "command.export-ics.stale", files=", ".join(map(shown, stale)))
    elif not publication.changes:
        terminal.say(lang, "command.export-ics.unchanged")


def report(
    ctx: typer.Context,
    formats: Annotated[str, typer.Option("--format", help="md, html, pdf, json, or several with commas.")] = "md,html",
    compare_with: Annotated[
        Path | None,
        typer.Option("--compare-with", metavar="FILE", help="The review.json of another review, to tell the growth."),
    ] = None,
    lang: LangOption = None,
    out: OutOption = None,
    cycle: CycleOption = None,
) -> None:
    """Write the review: what was held, what came of it.

    Each figure is said with where it comes from, measured from what was imported where it can be; what is missing is
    said too.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import joinlinks  # noqa: PLC0415
    from webcycle.documents import review as builder  # noqa: PLC0415

    said = State.of(ctx).lang
    chosen = _chosen(formats)
    folder = _folder(ctx, cycle)
    target = destination(out, folder)
    before = _before(compare_with) if compare_with is not None else None
    with folders.lock(folder, "webcycle report"):
        at_hand = sound(ctx, cycle)
        own = at_hand.programme.cycle.language
        into = language(lang, own)
        made = _reviewed(at_hand, before, said)
        document = builder.build(made, into)
        stem = "review" if into == own else f"review-{into}"
        # A PDF is compressed: the guard reads the same words as Markdown first, whatever the formats.
        pages = [(f"{stem}.{ending}", _rendered(made, document, ending, said)) for ending in ("md", *chosen)]
        for name, page in list(joinlinks.keep_private(at_hand.programme, pages))[1:]:
            path = folders.output(target, name)
            changed = folders.write(path, page)
            terminal.say(said, "command.written" if changed else "command.unchanged", file=shown(path))


def _before(path: Path) -> ReviewData:
    """The review to compare with; RefusedError where the file is none."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.review import data  # noqa: PLC0415

    if not path.exists():
        raise UsageError("no-such-file", file=shown(path))
    return data.load(folders.read(path, limit=data.MAX_BYTES).data, shown(path))


def _reviewed(work: Work, before: ReviewData | None, lang: Language) -> Review:
    """The review, from the records where there are any."""
    from webcycle import review, store  # noqa: PLC0415 - `--help` must not pay for them

    if not store.paths(work.folder):
        return review.review(work.programme, now(), before=before)
    from webcycle import metrics  # noqa: PLC0415 - brings duckdb
    from webcycle.cli import measuring  # noqa: PLC0415
    from webcycle.documents import attendance_groups  # noqa: PLC0415

    results = measuring.results(work, lang)
    shown_groups = attendance_groups.breakdowns(results, work.programme, published=True)
    told = metrics.without_small(results, shown_groups.least)
    return review.review(work.programme, now(), told, before, tell_people=shown_groups.tells_people)


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


def _rendered(made: Review, document: Document, ending: str, said: Language) -> bytes:
    # Only the writers that are used: each brings its libraries.
    if ending == "pdf":
        return paged(document, said)
    if ending == "html":
        from webcycle.documents import html  # noqa: PLC0415

        return html.render(document).encode()
    if ending == "json":
        from webcycle.documents import review_data  # noqa: PLC0415
        from webcycle.review import data  # noqa: PLC0415

        return data.dump(review_data.build(made, document.lang))
    from webcycle.documents import markdown  # noqa: PLC0415

    return markdown.render(document).encode()
