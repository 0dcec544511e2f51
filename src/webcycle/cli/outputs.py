"""What commands that write documents share: the formats asked for, where files go, and the writer of each format."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from webcycle.cli import terminal
from webcycle.cli.state import placed, shown
from webcycle.errors import Finding, Language, ProgrammeError, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.documents.blocks import Document
    from webcycle.folder import Folder

PAGES = ("md", "html", "pdf", "docx")
_READ_BEST = ("html", "pdf", "docx", "md")


def formats(asked: str, known: Sequence[str], error: str = "unknown-format") -> list[str]:
    """The formats of a comma list, each once; UsageError for one that is not known, or for none."""
    chosen = [name.strip() for name in asked.split(",") if name.strip()]
    unknown = [name for name in chosen if name not in known]
    if unknown or not chosen:
        raise UsageError(error, found=", ".join(unknown), known=", ".join(known))
    return list(dict.fromkeys(chosen))


def openable(chosen: Collection[str]) -> None:
    """UsageError where none of these formats is one that is opened to be read."""
    if not set(chosen) & set(_READ_BEST):
        raise UsageError("open-nothing", found=", ".join(chosen), known=", ".join(_READ_BEST))


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


def publish(work: Work, target: Path, pages: Sequence[tuple[str, bytes]], document: Document, said: Language) -> None:
    """Write pages made of `document` (name, bytes) to a public folder, and say so.

    RefusedError where the document tells a private join link or exposes a person; then nothing is written.
    """
    from webcycle import exposure, joinlinks  # noqa: PLC0415
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them

    # A PDF or a DOCX is compressed: the guard reads the same words as Markdown first, whatever the formats.
    read = any(name.endswith(".md") for name, _page in pages)
    words = () if read else ((pages[0][0], rendered(document, "md", said)),)
    joinlinks.keep_private(work.programme, (*words, *pages))
    exposure.keep_private(exposure.private(work.folder, work.programme), (*words, *pages))
    for name, page in pages:
        path = folders.output(target, name)
        changed = folders.write(path, page)
        terminal.say(said, "command.written" if changed else "command.unchanged", file=shown(path))


def open_page(target: Path, names: Sequence[str], said: Language) -> None:
    """Open the file that is best read, of those that were written to a folder, in the program that shows such files."""
    import typer  # noqa: PLC0415 - looked up when it is used, so that a test can stand in for it

    endings = [Path(name).suffix.removeprefix(".") for name in names]
    best = next(ending for ending in _READ_BEST if ending in endings)
    path = target / names[endings.index(best)]
    if typer.launch(str(path)):
        terminal.say(said, "command.not-opened", file=shown(path))


def housed(document: Document, work: Work, endings: Collection[str] = PAGES) -> Document:
    """The document in the look of the house: the colour, the logo and the letterhead that the programme names.

    Only the files that these formats show are read. ProgrammeError where such a file is not what it should be,
    OutsideError where it cannot be read.
    """
    from webcycle.documents import house  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle.documents.voice import Voice  # noqa: PLC0415

    programme = work.programme
    logo = house.read(work.folder, programme, "logo") if {"html", "pdf", "docx"} & set(endings) else None
    letterhead = house.read(work.folder, programme, "letterhead") if "docx" in endings else None
    if isinstance(logo, Finding) or isinstance(letterhead, Finding):
        raise ProgrammeError(placed(work, [one for one in (logo, letterhead) if isinstance(one, Finding)]))
    look = house.house(programme, Voice.of_programme(programme, document.lang), logo, letterhead)
    return replace(document, house=look)


def rendered(document: Document, ending: str, said: Language) -> bytes:
    """The document in one of `PAGES`; where a PDF is less than it should be, the user is told in `said`."""
    # Only the writers that are used: each brings its libraries.
    if ending == "pdf":
        return _paged(document, said)
    if ending == "docx":
        from webcycle.documents import docx  # noqa: PLC0415

        return docx.render(document)
    if ending == "html":
        from webcycle.documents import html  # noqa: PLC0415

        return html.render(document).encode()
    from webcycle.documents import markdown  # noqa: PLC0415

    return markdown.render(document).encode()


def _paged(document: Document, said: Language) -> bytes:
    from webcycle.documents import pdf  # noqa: PLC0415 - brings typst

    made = pdf.render_with_notes(document)
    for note in made.notes:
        terminal.say(said, f"document.pdf-note.{note.key}", characters=note.characters)
    return made.data
