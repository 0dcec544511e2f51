"""announce: the communiqués of a cycle, each made from the programme."""

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
    known_session,
    language,
    now,
    sound,
)
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.documents.announce import Kind
    from webcycle.programme import Programme


def announce(
    ctx: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(metavar="KIND", help="programme, session, change, minutes or publication.", show_default=False),
    ] = None,
    key: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="The session, or the publication, that it is about.", show_default=False),
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="md, html, pdf, docx, with commas.")] = "md,html",
    lang: LangOption = None,
    out: OutOption = None,
    show: OpenOption = False,
    cycle: CycleOption = None,
) -> None:
    """Write a communiqué of the cycle or of a session.

    KIND is programme; session, change (moved, postponed, cancelled ...) or minutes with the id of a session; or
    publication. Title, day, place, contact and links are those of its [[release]]; without one it is dated today.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them

    said = State.of(ctx).lang
    what = _kind(kind)
    chosen = outputs.formats(formats, outputs.PAGES)
    folder = folders.find(Path.cwd(), cycle or State.of(ctx).cycle)
    target = outputs.destination(out, folder)
    with folders.lock(folder, "webcycle announce"):
        at_hand = sound(ctx, cycle)
        about = _about(at_hand.programme, what, key)
        into = language(lang, at_hand.programme.cycle.language)
        names = _write(at_hand, what, about, into, chosen, target, said)
    if show:
        outputs.open_page(target, names, said)


def _kind(given: str | None) -> Kind:
    from webcycle.documents.announce import KINDS  # noqa: PLC0415 - `--help` must not pay for it

    if given is None:
        raise UsageError("announce.no-kind", known=", ".join(KINDS))
    found = next((kind for kind in KINDS if kind == given), None)
    if found is None:
        raise UsageError("announce.unknown-kind", found=given, known=", ".join(KINDS))
    return found


def _about(programme: Programme, kind: Kind, key: str | None) -> str | None:
    """The id of what it is about; a wrong usage for one that is missing, not wanted or not known."""
    if kind == "programme":
        if key is not None:
            raise UsageError("announce.unwanted-id", found=key)
        return None
    if kind == "publication":
        return _resource(programme, key)
    if key is None:
        raise UsageError("announce.no-session", kind=kind, known=", ".join(programme.session_by_id) or "-")
    return known_session(programme, key).id


def _resource(programme: Programme, key: str | None) -> str | None:
    """The id of the publication; where there is only one, it need not be given, nor have one."""
    if not programme.resources:
        raise UsageError("announce.no-resource")
    ids = [resource.id for resource in programme.resources if resource.id is not None]
    if key is None:
        if len(programme.resources) > 1:
            raise UsageError("announce.which-resource", known=", ".join(ids) or "-")
        return programme.resources[0].id
    if key not in ids:
        raise UsageError("announce.unknown-resource", found=key, known=", ".join(ids) or "-")
    return key


def _warn(work: Work, key: str | None, said: Language) -> None:
    """Say what `check` finds in the session that is told: what is published should not be a surprise."""
    index = next((index for index, one in enumerate(work.programme.sessions) if one.id == key), None)
    own = [finding for finding in work.findings if index is not None and finding.path[:2] == ("session", index)]
    terminal.findings(own, said, stream=sys.stderr)


def _write(
    work: Work, kind: Kind, key: str | None, into: Language, chosen: list[str], target: Path, said: Language
) -> list[str]:
    """Write the document in the formats that were chosen; the names of the files."""
    from webcycle.documents import announce as builder  # noqa: PLC0415 - `--help` must not pay for it

    programme = work.programme
    _warn(work, key, said)
    here = programme.local(now()).replace(tzinfo=None)
    document = outputs.housed(builder.build(programme, kind, key, into, here), work, chosen)
    parts = ("announce", kind, key, into if into != programme.cycle.language else None)
    stem = "-".join(part for part in parts if part is not None)
    pages = [(f"{stem}.{ending}", outputs.rendered(document, ending, said)) for ending in chosen]
    outputs.publish(work, target, pages, document, said)
    return [name for name, _page in pages]
