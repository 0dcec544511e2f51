"""The command diff: two programmes compared as programmes."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.moments import slot_words
from webcycle.cli.state import CycleOption, JsonOption, LangOption, State, language, shown
from webcycle.errors import Language, ProgrammeError, UsageError

if TYPE_CHECKING:
    from webcycle.comparison import Change, Value
    from webcycle.programme import Programme, Slot

_DOCUMENTS = ("document-added", "document-published", "document-withdrawn", "document-moved", "document-removed")


def diff(
    ctx: typer.Context,
    old: Annotated[
        str, typer.Argument(help="File, folder, or git revision: HEAD~1, HEAD~1:cycle.toml.", metavar="OLD")
    ],
    new: Annotated[
        str | None, typer.Argument(help="The same; else the programme as it is now.", metavar="[NEW]")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """Tell in words what differs between two programmes.

    Sessions moved, retitled, cancelled, added; documents; keys. Exit code 0 whether they differ or not.
    """
    from webcycle import comparison  # noqa: PLC0415 - `--help` must not pay for it

    said = language(lang, State.of(ctx).lang)
    here = _here(ctx, cycle)
    before = _programme(old, here)
    name, after = (new, _programme(new, here)) if new is not None else _present(ctx, cycle)
    found = comparison.compare(before, after)
    if as_json:
        terminal.as_json({"old": old, "new": name, "changes": [_data(one, said) for one in found]})
        return
    for session, changes_of in groupby(found, key=lambda one: one.session):
        terminal.data(session or texts.say(said, "comparison.cycle"))
        for one in changes_of:
            terminal.data(f"  {_sentence(one, said)}")
    if found:
        terminal.say(said, "command.diff.count", count=len(found), number=str(len(found)), old=old, new=name)
    else:
        terminal.say(said, "command.diff.same")


def _here(ctx: typer.Context, cycle: Path | None) -> Path:
    """Where revisions are looked up: the folder of the cycle, where there is one."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    chosen = cycle or State.of(ctx).cycle
    try:
        return folders.find(Path.cwd(), chosen).root
    except UsageError:
        if chosen is not None:
            raise
        return Path.cwd()


def _present(ctx: typer.Context, cycle: Path | None) -> tuple[str, Programme]:
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    path = folders.find(Path.cwd(), cycle or State.of(ctx).cycle).programme
    return shown(path), _programme(str(path), path.parent)


def _programme(found: str, here: Path) -> Programme:
    """The programme that this names; ProgrammeError where it could not be read as one."""
    from webcycle import revisions, source  # noqa: PLC0415 - `--help` must not pay for them

    loaded = source.load(revisions.read(found, here, source.MAX_BYTES), revisions.file_of(found))
    if loaded.programme is None:
        raise ProgrammeError(loaded.findings)
    return loaded.programme


def _sentence(change: Change, lang: Language) -> str:
    """A change in words."""
    values = {"before": _shown(change.before, lang), "after": _shown(change.after, lang), "key": change.key}
    if change.kind in _DOCUMENTS:
        values["document"] = texts.say(lang, f"duty.document-kind.{change.key}")
    if change.kind in ("added", "removed"):
        title = change.after or change.before or change.session
        date = texts.say(lang, "comparison.no-date") if change.slot is None else _slot(change.slot, lang)
        values |= {"title": _shown(title, lang), "date": date}
    return texts.say(lang, f"comparison.{change.kind}", values)


def _shown(value: Value | None, lang: Language) -> str:
    from webcycle.values import Text  # noqa: PLC0415 - `--help` must not pay for it

    if value is None:
        return texts.say(lang, "comparison.none")
    if isinstance(value, str):
        return value
    return value.pick(lang, lang)[0] if isinstance(value, Text) else _slot(value, lang)


def _slot(slot: Slot, lang: Language) -> str:
    return " ".join(filter(None, slot_words(slot, lang)))


def _data(change: Change, lang: Language) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "session": change.session,
        "key": change.key,
        "before": _plain(change.before),
        "after": _plain(change.after),
        "date": _plain(change.slot),
        "text": _sentence(change, lang),
    }


def _plain(value: Value | None) -> Any:
    """A value as JSON: a date as the start and end on the programme's clocks, a text by language where it has both."""
    from webcycle.values import Text  # noqa: PLC0415 - `--help` must not pay for it

    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Text):
        return value.plain or {"fr": value.fr, "en": value.en}
    return {"start": value.start.isoformat(), "end": value.end.isoformat()}
