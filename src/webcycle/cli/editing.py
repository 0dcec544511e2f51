"""Commands that write the programme: init, add-session."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle.cli import terminal
from webcycle.cli.asking import Asker
from webcycle.cli.moments import has_hour, moment
from webcycle.cli.rewriting import Rewriting, errors, rewrite
from webcycle.cli.state import CycleOption, State, YesOption, examine, shown, sound
from webcycle.errors import Finding, Language, ProgrammeError, RefusedError, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.programme import Programme


def init(
    ctx: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder of the new cycle.")] = Path(),
    cycle_id: Annotated[str | None, typer.Option("--id", help="Short and permanent; else made from the title.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Name of the series.")] = None,
    organiser: Annotated[str | None, typer.Option("--organiser", help="Name of the body that runs it.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Address of the organiser.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", help="IANA name; Europe/Paris if not given.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the cycle: fr or en.")] = None,
) -> None:
    """Start a cycle: cycle.toml, its schema, the git rules.

    The schema is for editors; the git rules keep people's data out of a repository.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import scaffold  # noqa: PLC0415
    from webcycle.values import slugify  # noqa: PLC0415

    said = State.of(ctx).lang
    target = directory.absolute() / folders.PROGRAMME
    _must_be_absent(target)
    ask = Asker(said, _init_complaints)
    answers = scaffold.Answers(
        title=(asked_title := ask("title", title)),
        id=ask("id", cycle_id, slugify(asked_title)),
        organiser=ask("organiser", organiser),
        email=ask("email", email),
        timezone=ask("timezone", timezone, "Europe/Paris"),
        language=ask("lang", lang, said),
    )
    ask.finish()
    raw = scaffold.programme(answers)
    if wrong := errors(examine(raw, folders.PROGRAMME)[1]):
        # The programme does not exist: its lines would say nothing.
        terminal.findings((replace(one, place=None) for one in wrong), said, stream=sys.stderr)
        raise UsageError("options-would-not-check")
    begin(target, raw, "webcycle init")
    terminal.say(said, "command.written", file=shown(target))
    terminal.say(said, "command.init.next", folder=shown(directory.absolute()))


def begin(target: Path, raw: bytes, command: str) -> None:
    """Write a new cycle, the programme last, so that a try that failed can be made again.

    Raises RefusedError, before anything is written, when a file stands there that would be lost.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import scaffold  # noqa: PLC0415

    schema, rules = target.with_name("cycle.schema.json"), target.with_name(".gitignore")
    wanted = scaffold.schema()
    _rules_and_schema(rules, schema, wanted)
    with folders.lock(folders.make(target.parent), command):
        _must_be_absent(target)
        present = _rules_and_schema(rules, schema, wanted)
        folders.write(rules, scaffold.gitignore(present))
        folders.write(schema, wanted)
        folders.write(target, raw, expected=folders.ABSENT)


def _must_be_absent(target: Path) -> None:
    # A link that leads nowhere is there too: what it leads to is not ours to make.
    if os.path.lexists(target):
        raise RefusedError("programme-exists", file=shown(target))


def _rules_and_schema(rules: Path, schema: Path, wanted: bytes) -> bytes:
    """The .gitignore that is there; RefusedError when a schema is that is not ours."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    if folders.read(schema, optional=True).data not in (b"", wanted):
        raise RefusedError("programme-exists", file=shown(schema))
    return folders.read(rules, optional=True).data


def _init_complaints(option: str, answer: str, _before: Mapping[str, str]) -> list[Finding]:
    """What is wrong with an answer, in the place that it would have in a programme that is right otherwise."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import scaffold  # noqa: PLC0415

    right = scaffold.Answers("T", "t", "O", "contact@example.org", "Europe/Paris", "en")
    tried = replace(right, **{"language" if option == "lang" else option: answer})
    return errors(examine(scaffold.programme(tried), folders.PROGRAMME)[1])


def add_session(
    ctx: typer.Context,
    session_id: Annotated[str | None, typer.Option("--id", help="Short and permanent.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="The full title.")] = None,
    start: Annotated[str | None, typer.Option("--start", help='"2021-10-19 09:00", or a day alone.')] = None,
    end: Annotated[str | None, typer.Option("--end", help="Like --start.")] = None,
    duration: Annotated[str | None, typer.Option("--duration", help='Instead of --end: "2h30".')] = None,
    axis: Annotated[str | None, typer.Option("--axis", help="Id of an axis of the programme.")] = None,
    short_title: Annotated[str | None, typer.Option("--short-title", help="In running text.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="tentative, confirmed, ...")] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="online, in-person or hybrid.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Town or address.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A sentence under the title, in Markdown.")] = None,
    country: Annotated[list[str] | None, typer.Option("--country", help="ISO code; repeatable.")] = None,
    partner: Annotated[list[str] | None, typer.Option("--partner", help="Repeatable.")] = None,
    speaker: Annotated[
        list[str] | None, typer.Option("--speaker", help='"Name; role; organisation"; repeatable.')
    ] = None,
    contact: Annotated[str | None, typer.Option("--contact", help="Id of a contact of the programme.")] = None,
    registration_url: Annotated[str | None, typer.Option("--registration-url", help="Address of the form.")] = None,
    join_url: Annotated[str | None, typer.Option("--join-url", help="Private: never published.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Public page of the session.")] = None,
    more: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Any other key, value in TOML; repeatable."),
    ] = None,
    yes: YesOption = False,
    cycle: CycleOption = None,
) -> None:
    """Append a session to the programme, shown and checked first."""
    said = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    _no_errors(at_hand)
    ask = Asker(said, _session_complaints(at_hand))
    given = {"title": title, "id": session_id, "start": start, "end": end, "duration": duration, "axis": axis}
    block = _block(ask, at_hand, given)
    block = _without_none(
        block
        | {
            "short-title": short_title,
            "status": status,
            "mode": mode,
            "place": place,
            "note": note,
            "countries": country,
            "partners": partner,
            "speakers": [_speaker(one) for one in speaker or ()] or None,
            "contact": contact,
            "registration": registration_url and {"url": registration_url},
            "join": join_url and {"url": join_url},
            "url": url,
        }
    )
    for assignment in more or ():
        _merge(block, _assignment(assignment))
    _append(at_hand, block, said, yes=yes)


def _no_errors(at_hand: Work) -> None:
    if errors(at_hand.findings):
        raise ProgrammeError(at_hand.findings)


def _session_complaints(at_hand: Work) -> Callable[[str, str, Mapping[str, str]], list[Finding]]:
    """What is wrong with an answer about a session, in the place that it would have in the programme."""
    from webcycle import source  # noqa: PLC0415 - `--help` must not pay for it

    def complaints(option: str, answer: str, before: Mapping[str, str]) -> list[Finding]:
        start = before.get("start", "2020-10-26 14:00")
        block: dict[str, Any] = {"id": "a-session-like-no-other", "title": "T", "duration": "1h", option: answer}
        block["start"] = moment("--start", answer if option == "start" else start)
        if not isinstance(block["start"], datetime):
            del block["duration"]
        tried = examine(source.append_table(at_hand.snapshot.data, "session", block), "")[1]
        own = ("session", len(at_hand.programme.sessions))
        return [finding for finding in errors(tried) if finding.path[:2] == own]

    return complaints


def _block(ask: Asker, at_hand: Work, given: Mapping[str, str | None]) -> dict[str, Any]:
    """What a session cannot do without, from the options and, on a terminal, from questions."""
    from webcycle.values import slugify  # noqa: PLC0415 - `--help` must not pay for it

    title = ask("title", given["title"])
    session_id = ask("id", given["id"], slugify(title))
    axis = ask.optional("axis", given["axis"]) if at_hand.programme.axes else given["axis"]
    start = ask("start", given["start"])
    length = given["duration"]
    if not given["end"] and not length and has_hour(start):
        length = ask("duration", None)
    ask.finish()
    return {
        "id": session_id,
        "title": title,
        "axis": axis,
        "start": moment("--start", start),
        "end": moment("--end", given["end"]) if given["end"] else None,
        "duration": length,
    }


def _without_none(block: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if value is not None and value != []}


def _speaker(given: str) -> dict[str, str]:
    parts = [part.strip() for part in given.split(";")]
    if len(parts) > 3 or not parts[0]:
        raise UsageError("speaker-option", found=given)
    return {key: part for key, part in zip(("name", "role", "organisation"), parts, strict=False) if part}


def _assignment(given: str) -> dict[str, Any]:
    """`key=value` with the value in TOML; what is not TOML is taken as a string."""
    import tomllib  # noqa: PLC0415 - `--help` must not pay for it

    key, equals, value = given.partition("=")
    if equals and re.fullmatch(r"\s*[a-z-]+(\s*\.\s*[a-z-]+)*\s*", key):
        try:
            return tomllib.loads(given)
        except ValueError:
            return tomllib.loads(f"{key}={_quoted(value.strip())}")
    raise UsageError("set-option", found=given)


def _quoted(value: str) -> str:
    import tomli_w  # noqa: PLC0415 - `--help` must not pay for it

    return tomli_w.dumps({"v": value}).partition("=")[2].strip()


def _merge(block: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(block.get(key), dict):
            _merge(block[key], value)
        else:
            block[key] = value


def _append(at_hand: Work, block: dict[str, Any], lang: Language, *, yes: bool) -> None:
    """Show the session, agree and write it."""
    from webcycle import source  # noqa: PLC0415 - `--help` must not pay for it

    def appended(now: Work) -> bytes:
        _no_errors(now)
        return source.append_table(now.snapshot.data, "session", block)

    rewrite(
        at_hand,
        Rewriting("add-session", appended, _preview, "command.add-session.ask", "would-not-check"),
        lang,
        yes=yes,
    )
    file = shown(at_hand.folder.programme)
    terminal.say(lang, "command.add-session.done", id=str(block["id"]), file=file)


def _preview(before: Work, after: bytes, _programme: Programme) -> None:
    for line in after[len(before.snapshot.data) :].decode("utf-8").strip().splitlines():
        terminal.words(f"  {line}")
