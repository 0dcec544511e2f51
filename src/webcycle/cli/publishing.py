"""Commands that write what may be published: export-ics, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from webcycle import texts
from webcycle.cli import inviting, outputs, terminal
from webcycle.cli.state import (
    CycleOption,
    LangOption,
    OpenOption,
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
    from webcycle.calendar import Ledger, Publication
    from webcycle.cli.state import Work
    from webcycle.documents.blocks import Document
    from webcycle.documents.review import Level
    from webcycle.folder import Folder
    from webcycle.programme import Programme
    from webcycle.review import Review
    from webcycle.review.data import ReviewData

_FORMATS = (*outputs.PAGES, "json")


def export_ics(
    ctx: typer.Context,
    axis: Annotated[str | None, typer.Option("--axis", help="Also write the feed of this axis alone.")] = None,
    invite: Annotated[
        str | None,
        typer.Option("--invite", metavar="SESSION", help="Also write a message for each person registered for it."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and write nothing.")] = False,
    out: OutOption = None,
    cycle: CycleOption = None,
) -> None:
    """Write the calendar: a feed, and one file a session.

    A session keeps its identity for ever: when anything of it changes, its SEQUENCE grows and calendars follow.

    With --invite, messages (REQUEST, or CANCEL of a cancelled session) go to out/private/invitations: one a person.
    """
    from webcycle import calendar, exposure, joinlinks  # noqa: PLC0415 - brings icalendar
    from webcycle import folder as folders  # noqa: PLC0415

    said = State.of(ctx).lang
    folder = _folder(ctx, cycle)
    target = outputs.destination(out, folder)
    # A dry run changes nothing, so that it must do in a folder that cannot be written too.
    with nullcontext() if dry_run else folders.lock(folder, "webcycle export-ics"):
        at_hand = sound(ctx, cycle)
        programme = at_hand.programme
        _known_axis(programme, axis)
        if invite is not None:
            known_session(programme, invite)
        publication = calendar.plan(programme, _ledger(programme, folder, target, said), now())
        files = joinlinks.keep_private(programme, publication.files(*_axes(programme, axis, target)))
        exposure.keep_private(exposure.private(folder, programme), files)
        _tell(publication, target, said)
        if dry_run:
            terminal.say(said, "command.export-ics.dry-run")
            return
        # The ledger first: a number that was given is never given again, even when the feed could not be written.
        folders.write(folder.ledger, calendar.write_ledger(publication.ledger))
        written = folders.write_all(target, files)
        if invite is not None:
            inviting.invite(at_hand, publication, invite, said)
    feed = shown(target / calendar.feed_name(programme))
    terminal.say(said, "command.export-ics.done", count=len(written), number=str(len(written)), file=feed)


def _folder(ctx: typer.Context, cycle: Path | None) -> Folder:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    return folders.find(Path.cwd(), cycle or State.of(ctx).cycle)


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
    formats: Annotated[str, typer.Option("--format", help="md, html, pdf, docx, json, with commas.")] = "md,html",
    compare_with: Annotated[
        Path | None,
        typer.Option("--compare-with", metavar="FILE", help="The review.json of another review, to tell the growth."),
    ] = None,
    level: Annotated[
        str, typer.Option("--level", metavar="short|standard|full", help="A page, a few pages, or all.")
    ] = "standard",
    lang: LangOption = None,
    out: OutOption = None,
    show: OpenOption = False,
    cycle: CycleOption = None,
) -> None:
    """Write the review: what was held, what came of it.

    Each figure is said with where it comes from, measured from what was imported where it can be; what is missing is
    said too.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them

    said = State.of(ctx).lang
    chosen, length = outputs.formats(formats, _FORMATS), _level(level)
    if show:
        outputs.openable(chosen)
    folder = _folder(ctx, cycle)
    target = outputs.destination(out, folder)
    before = _before(compare_with) if compare_with is not None else None
    with folders.lock(folder, "webcycle report"):
        at_hand = sound(ctx, cycle)
        own = at_hand.programme.cycle.language
        into = language(lang, own)
        stem = "review" if into == own else f"review-{into}"
        pages = []
        with terminal.progress(texts.say(said, "command.writing"), len(chosen) + 2) as advance:
            bare, data = _told(at_hand, before, into, length, said)
            advance(1)
            document = outputs.housed(bare, at_hand, chosen)
            advance(1)
            for ending in chosen:
                pages.append((f"{stem}.{ending}", _rendered(data, document, ending, said)))
                advance(1)
        outputs.publish(at_hand, target, pages, document, said)
    if show:
        outputs.open_page(target, [name for name, _page in pages], said)


def _level(asked: str) -> Level:
    from webcycle.documents.review import LEVELS  # noqa: PLC0415 - `--help` must not pay for it

    found = next((level for level in LEVELS if level == asked), None)
    if found is None:
        raise UsageError("unknown-level", found=asked, known=", ".join(LEVELS))
    return found


def _before(path: Path) -> ReviewData:
    """The review to compare with; RefusedError where the file is none."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.review import data  # noqa: PLC0415

    if not path.exists():
        raise UsageError("no-such-file", file=shown(path))
    return data.load(folders.read(path, limit=data.MAX_BYTES).data, shown(path))


def _told(
    work: Work, before: ReviewData | None, into: Language, length: Level, lang: Language
) -> tuple[Document, Callable[[], ReviewData]]:
    """The review as a document and, when it is asked for, as data."""
    from webcycle.cli import measuring  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.documents import purged, review_data  # noqa: PLC0415
    from webcycle.documents import review as builder  # noqa: PLC0415
    from webcycle.documents.voice import Voice  # noqa: PLC0415

    made = _review(work, before, lang)
    document = builder.build(made, into, length)
    if (purge := measuring.purged(work)) is not None:
        day = work.programme.local(purge.begun).date()
        document = purged.noted(document, Voice.of_programme(work.programme, into), day)
    return document, lambda: review_data.build(made, into)


def _review(work: Work, before: ReviewData | None, lang: Language) -> Review:
    """The review, from the records where there are any."""
    from webcycle import review, store  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.cli import measuring  # noqa: PLC0415

    measured = store.paths(work.folder) or measuring.purged(work) is not None
    return review.review(work.programme, now(), measuring.of_review(work, lang) if measured else None, before)


def _rendered(told: Callable[[], ReviewData], document: Document, ending: str, said: Language) -> bytes:
    if ending != "json":
        return outputs.rendered(document, ending, said)
    from webcycle.review import data  # noqa: PLC0415 - only where it is used

    return data.dump(told())
