"""The Typer application: global options, and the one place where an exception becomes words and an exit code."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from webcycle import __version__, texts
from webcycle.cli import streams, terminal
from webcycle.cli.state import State, language, locale_language
from webcycle.errors import ExitCode, ProgrammeError, UsageError, WebcycleError
from webcycle.plain import clean

_HELP = {"help_option_names": ["-h", "--help"]}


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command is, and the example that ends its help."""

    module: str
    function: str
    example: str


COMMANDS: Mapping[str, Entry] = {
    "init": Entry(
        "editing",
        "init",
        'webcycle init spring --title "Spring webinars" --organiser "Regional council" --email webinars@example.org',
    ),
    "add-session": Entry(
        "editing",
        "add_session",
        'webcycle add-session --title "Le climat" --start "2021-10-12 10:00" --duration 2h30 --axis thematique --yes',
    ),
    "set": Entry(
        "changing",
        "set_value",
        "webcycle --cycle data/guide-2020-2021 set maroc recording.url https://www.example.org/maroc --yes",
    ),
    "confirm": Entry("changing", "confirm", "webcycle --cycle data/guide-2020-2021 confirm maroc --yes"),
    "postpone": Entry(
        "changing",
        "postpone",
        'webcycle --cycle data/guide-2020-2021 postpone maroc --to "2020-11-02 14:00" --reason "grève" --yes',
    ),
    "cancel": Entry(
        "changing", "cancel", 'webcycle --cycle data/guide-2020-2021 cancel maroc --reason "contexte sanitaire" --yes'
    ),
    "reinstate": Entry("changing", "reinstate", "webcycle --cycle data/guide-2020-2021 reinstate maroc --yes"),
    "check": Entry("reading", "check", "webcycle --cycle data/guide-2020-2021 check --strict"),
    "list": Entry("reading", "list_sessions", "webcycle --cycle data/guide-2020-2021 list --json"),
    "show": Entry("reading", "show", "webcycle --cycle data/guide-2020-2021 show maroc"),
    "status": Entry("status", "status", "webcycle --cycle data/guide-2020-2021 status --within 14"),
    "diff": Entry("comparing", "diff", "webcycle diff data/amerique-latine-2021 data/guide-2020-2021"),
    "export-ics": Entry("publishing", "export_ics", "webcycle --cycle data/guide-2020-2021 export-ics --dry-run"),
    "import": Entry(
        "importing",
        "import_files",
        "webcycle --cycle data/guide-2020-2021 import --dry-run data/guide-2020-2021-synthetic-exports",
    ),
    "people": Entry("people", "people", "webcycle --cycle data/guide-2020-2021 people"),
    "participants": Entry(
        "participants", "participants", "webcycle --cycle data/guide-2020-2021 participants maroc --format csv,html"
    ),
    "attendance": Entry("attendance", "attendance", "webcycle --cycle data/guide-2020-2021 attendance --lang fr"),
    "explain": Entry("explaining", "explain", "webcycle --cycle data/guide-2020-2021 explain participations"),
    "query": Entry(
        "querying",
        "query",
        'webcycle --cycle data/guide-2020-2021 query "select session, planned_start from sessions order by 2"',
    ),
    "report": Entry("publishing", "report", "webcycle --cycle data/guide-2020-2021 report --format html --lang en"),
    "whois": Entry("erasing", "whois", "webcycle --cycle data/guide-2020-2021 whois ada@example.org"),
    "forget": Entry("erasing", "forget", "webcycle --cycle data/guide-2020-2021 forget --dry-run ada@example.org"),
    "purge": Entry("purging", "purge", "webcycle --cycle data/guide-2020-2021 purge --dry-run"),
    "texts": Entry("wording_list", "list_texts", "webcycle --cycle data/guide-2020-2021 texts document.review"),
    "announce": Entry(
        "announcing", "announce", "webcycle --cycle data/guide-2020-2021 announce session maroc --format md,html"
    ),
    "privacy": Entry("noticing", "privacy", "webcycle --cycle data/guide-2020-2021 privacy notice --lang fr"),
    "schema": Entry("reading", "schema", "webcycle schema > cycle.schema.json"),
    "demo": Entry("demo", "demo", "webcycle demo /tmp/webcycle-demo"),
}


class Command(TyperCommand):
    """A command whose texts must be text: what the terminal's encoding could not read is refused by its option."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; UsageError for an undecodable text (a path may hold any byte)."""
        for parameter in self.params:
            given = ctx.params.get(parameter.name)
            texts_given = given if isinstance(given, list) else [given]
            if any(isinstance(text, str) and not _is_unicode(text) for text in texts_given):
                raise UsageError("not-utf-8-option", option=parameter.opts[0])
        return super().invoke(ctx)


def _is_unicode(text: str) -> bool:
    # What os.fsdecode could not decode it keeps as a lone surrogate (PEP 383).
    return not any("\ud800" <= character <= "\udfff" for character in text)


class Group(TyperGroup):
    """Builds only the command that is asked for, and turns what stops it into one clear line.

    With `--debug` the traceback is shown instead.
    """

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of the commands, in the order of a cycle's life."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - click's signature
        """The command of that name, its module imported now; None when there is none."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        function = getattr(importlib.import_module(f"webcycle.cli.{entry.module}"), entry.function)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_HELP)
        alone.command(cmd_name, cls=Command, epilog=f"Example: {entry.example}")(function)
        return typer.main.get_command(alone)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line and leave with its exit code: 3 for any output that cannot be written, help's too."""
        extra["standalone_mode"] = False
        code: Any = ExitCode.OUTSIDE
        try:
            code = self._run(*args, **extra)
            streams.flush()
        except (SystemExit, BrokenPipeError):
            # The reader of our output went away (`webcycle list | head`): nothing to say, and nowhere to say it.
            # Where it is not standalone, click leaves by itself for nothing else; nor does rich.
            code = ExitCode.OUTSIDE
            streams.discard()
        except OSError as problem:
            code = ExitCode.OUTSIDE
            with suppress(OSError):
                terminal.say(locale_language(), "error.system", reason=_reason(problem))
                sys.stderr.flush()
            streams.discard()
        raise SystemExit(int(code or 0))

    def _run(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except Exception as problem:
            if not _is_usage(problem):
                raise
            # It quotes what was given: `webcycle import *` gives the names of files.
            problem.message = clean(problem.message)  # type: ignore[attr-defined]
            problem.show()  # type: ignore[attr-defined]
            return problem.exit_code  # type: ignore[attr-defined]

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        before = _replaced()
        try:
            return super().invoke(ctx)
        except WebcycleError as problem:
            if State.of(ctx).debug:
                raise
            _explain(problem, ctx)
            _tell_written(before, ctx)
            raise typer.Exit(problem.exit_code) from None
        except BrokenPipeError:
            raise
        except OSError as problem:
            if State.of(ctx).debug:
                raise
            terminal.say(State.of(ctx).lang, "error.system", reason=_reason(problem))
            _tell_written(before, ctx)
            raise typer.Exit(ExitCode.OUTSIDE) from None
        except (typer.Abort, KeyboardInterrupt, EOFError):
            terminal.words("")
            terminal.say(State.of(ctx).lang, "error.no-answer" if _replaced() == before else "error.interrupted")
            _tell_written(before, ctx)
            raise typer.Exit(ExitCode.FINDINGS) from None
        except Exception as problem:
            if State.of(ctx).debug or isinstance(problem, typer.Exit) or _is_usage(problem):
                raise
            terminal.say(State.of(ctx).lang, "error.internal", what=f"{type(problem).__name__}: {problem}")
            _tell_written(before, ctx)
            raise typer.Exit(ExitCode.OUTSIDE) from None


def _replaced() -> int:
    """How many times a file was changed; a command that never writes does not load what does."""
    writer = sys.modules.get("webcycle.folder")
    return writer.replaced() if writer else 0


def _tell_written(before: int, ctx: Any) -> None:
    if number := _replaced() - before:
        terminal.say(State.of(ctx).lang, "command.partly", count=number, number=str(number))


def _reason(problem: OSError) -> str:
    words = problem.strerror or type(problem).__name__
    return f"{words}: {problem.filename}" if problem.filename else words


def _is_usage(problem: Exception) -> bool:
    """Whether this is the parser's own complaint, which it prints itself with exit code 2."""
    return hasattr(problem, "exit_code") and hasattr(problem, "show")


def _explain(problem: WebcycleError, ctx: Any) -> None:
    state = State.of(ctx)
    if isinstance(problem, ProgrammeError):
        terminal.findings(problem.findings, state.lang, stream=sys.stderr)
    terminal.words(texts.error(state.lang, problem))


app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: rich's would cost more time than the rest of the start, and read markup in it.
    rich_markup_mode=None,
    epilog="Exit codes: 0 done and nothing wrong; 1 findings, contradictions or refused; 2 wrong usage; "
    "3 something outside failed.",
    context_settings=_HELP,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"webcycle {__version__}")
        raise typer.Exit


@app.callback()
def _globals(
    ctx: typer.Context,
    cycle: Annotated[
        Path | None,
        typer.Option("--cycle", envvar="WEBCYCLE_CYCLE", help="Folder of the cycle; else looked for from here upward."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="fr|en", help="Language of our words; else the locale's.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Run a cycle of webinars from one programme, cycle.toml.

    Data goes to standard output, words about it to standard error.
    """
    ctx.obj = State(cycle=cycle, lang=language(lang, locale_language()), debug=debug)
