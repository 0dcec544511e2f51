"""Commands that write the programme: init, add-session."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from webcycle import texts
from webcycle.cli import terminal
from webcycle.cli.state import CycleOption, State, YesOption, agree, examine, shown, sound
from webcycle.errors import Language, ProgrammeError, RefusedError, Severity, UsageError

if TYPE_CHECKING:
    from webcycle.cli.state import Work

_DAY = r"\d{4}-\d{2}-\d{2}"
_MINUTE = r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?"


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
    """Start a cycle: write cycle.toml, its schema for editors, and the git rules that keep people's data out."""
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import scaffold  # noqa: PLC0415
    from webcycle.values import slugify  # noqa: PLC0415

    said = State.of(ctx).lang
    target = directory.absolute() / folders.PROGRAMME
    if target.exists():
        raise RefusedError("programme-exists", file=shown(target))
    ask = _Asker(said)
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
    _, findings = examine(raw, shown(target))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise ProgrammeError(findings)
    ignored = target.parent / ".gitignore"
    rules = ignored.read_bytes() if ignored.is_file() else b""
    with folders.lock(folders.make(target.parent), "webcycle init"):
        folders.write(target, raw, expected=folders.ABSENT)
        folders.write(target.with_name("cycle.schema.json"), scaffold.schema())
        folders.write(ignored, scaffold.gitignore(rules))
    terminal.say(said, "command.written", file=shown(target))
    terminal.say(said, "command.init.next", folder=shown(directory.absolute()))


class _Asker:
    """Takes what was given as an option; asks for the rest on a terminal, and names it all at once elsewhere."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.missing: list[str] = []

    def __call__(self, option: str, given: str | None, default: str | None = None) -> str:
        if given is not None:
            return given
        if terminal.interactive():
            question = texts.say(self.lang, f"ask.{option}")
            return str(typer.prompt(question, default=default or None, err=True)).strip()
        if not default:
            self.missing.append(f"--{option}")
        return default or ""

    def optional(self, option: str, given: str | None) -> str | None:
        """Like a call, for what may stay empty."""
        if given is not None or not terminal.interactive():
            return given
        question = texts.say(self.lang, f"ask.{option}")
        return str(typer.prompt(question, default="", show_default=False, err=True)).strip() or None

    def finish(self) -> None:
        """Raise UsageError when something is missing and nobody is there to ask."""
        if self.missing:
            raise UsageError("missing-options", options=", ".join(self.missing))


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
    """Append a session to the programme, after showing it and checking the result."""
    said = State.of(ctx).lang
    at_hand = sound(ctx, cycle)
    if any(finding.severity is Severity.ERROR for finding in at_hand.findings):
        raise ProgrammeError(at_hand.findings)
    ask = _Asker(said)
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


def _block(ask: _Asker, at_hand: Work, given: Mapping[str, str | None]) -> dict[str, Any]:
    """What a session cannot do without, from the options and, on a terminal, from questions."""
    from webcycle.values import slugify  # noqa: PLC0415 - `--help` must not pay for it

    title = ask("title", given["title"])
    session_id = ask("id", given["id"], slugify(title))
    axis = ask.optional("axis", given["axis"]) if at_hand.programme.axes else given["axis"]
    start = ask("start", given["start"])
    length = given["duration"]
    if not given["end"] and not length and re.fullmatch(_MINUTE, start):
        length = ask("duration", None)
    ask.finish()
    return {
        "id": session_id,
        "title": title,
        "axis": axis,
        "start": _moment("--start", start),
        "end": _moment("--end", given["end"]) if given["end"] else None,
        "duration": length,
    }


def _without_none(block: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if value is not None and value != []}


def _moment(option: str, given: str) -> date | datetime:
    """A date of the command line: "2021-10-19 09:00", the same with a T, or a day alone."""
    try:
        if re.fullmatch(_DAY, given):
            return date.fromisoformat(given)
        if match := re.fullmatch(_MINUTE, given):
            day, hour, minute, second = match.groups()
            return datetime.fromisoformat(f"{day}T{int(hour):02}:{minute}:{second or '00'}")
    except ValueError:
        pass
    raise UsageError("date-option", option=option, found=given)


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
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for them
    from webcycle import source  # noqa: PLC0415

    before = at_hand.snapshot.data
    after = source.append_table(before, "session", block)
    file = shown(at_hand.folder.programme)
    loaded, findings = examine(after, file)
    new = _added(findings, at_hand.findings)
    if loaded.programme is None or any(finding.severity is Severity.ERROR for finding in new):
        terminal.findings(new, lang, stream=sys.stderr)
        raise RefusedError("would-not-check", file=file)
    _preview(after[len(before) :].decode("utf-8"))
    terminal.findings(new, lang, stream=sys.stderr)
    agree(lang, "command.add-session.ask", yes=yes, file=file)
    with folders.lock(at_hand.folder, "webcycle add-session"):
        folders.write(at_hand.folder.programme, after, expected=at_hand.snapshot.identity)
    terminal.say(lang, "command.add-session.done", id=str(block["id"]), file=file)


def _added(after: Iterable[Any], before: Iterable[Any]) -> list[Any]:
    known = {(finding.code, finding.path) for finding in before}
    return [finding for finding in after if (finding.code, finding.path) not in known]


def _preview(block: str) -> None:
    for line in block.strip().splitlines():
        terminal.words(f"  {line}")
