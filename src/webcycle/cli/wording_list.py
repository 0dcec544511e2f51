"""`webcycle texts`: the sentences of the documents that an organisation may word itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.state import CycleOption, JsonOption, LangOption, State, language, work
from webcycle.errors import Language, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SUGGESTED = 5


def list_texts(
    ctx: typer.Context,
    prefix: Annotated[
        str, typer.Argument(help="Only the sentences whose key begins like this: document.review.", metavar="[PREFIX]")
    ] = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
    cycle: CycleOption = None,
) -> None:
    """List the sentences of the documents by key.

    Each is shown in its present wording; yours are marked. Into a file or a pipe it writes TOML: keep the lines that
    you want to word otherwise, under [texts.fr] or [texts.en] in cycle.toml.
    """
    said = State.of(ctx).lang
    programme = work(ctx, cycle).programme
    into = language(lang, programme.cycle.language)
    entries = _entries(prefix, into, programme.texts.fr if into == "fr" else programme.texts.en)
    if as_json:
        terminal.as_json(entries)
        return
    for line in _for_people(entries, said) if sys.stdout.isatty() else _for_the_programme(entries, said):
        terminal.data(line)
    own, number = sum(entry["own"] for entry in entries), len(entries)
    told = {"number": str(number), "own": str(own), "language": texts.say(said, f"command.texts.lang.{into}")}
    terminal.say(said, "command.texts.count", count=number, **told)


def _entries(prefix: str, lang: Language, worded: Mapping[str, str]) -> list[dict[str, Any]]:
    """The sentences whose key begins like that; UsageError where there is none."""
    from webcycle.texts import own  # noqa: PLC0415 - `--help` must not pay for it

    known = own.sentences(lang)
    chosen = [key for key in known if key.startswith(prefix)]
    if not chosen:
        near = [key for key in known if prefix in key] or list(known)
        raise UsageError("texts.unknown", found=prefix, known=", ".join(near[:_SUGGESTED]))
    return [
        {
            "key": key,
            "text": worded.get(key, worded.get(key.rpartition(".")[0], known[key].words)),
            "own": key in worded or (own.is_plural(key, known) and key.rpartition(".")[0] in worded),
            "program": known[key].words,
            "fields": sorted(known[key].fields),
        }
        for key in chosen
    ]


def _for_people(entries: Iterable[dict[str, Any]], said: Language) -> Iterable[str]:
    mark = texts.say(said, "command.texts.own")
    for entry in entries:
        yield f"{entry['key']} ({mark})" if entry["own"] else entry["key"]
        yield f"    {entry['text']}"


def _for_the_programme(entries: Iterable[dict[str, Any]], said: Language) -> Iterable[str]:
    import json  # noqa: PLC0415 - only where it is used

    # A basic string of TOML 1.0 takes what a string of JSON takes.
    mark = texts.say(said, "command.texts.own")
    for entry in entries:
        line = f"{entry['key']} = {json.dumps(entry['text'], ensure_ascii=False)}"
        yield f"{line}  # {mark}" if entry["own"] else line
