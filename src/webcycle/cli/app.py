"""The Typer application: global options, and the one place where an exception becomes words and an exit code."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from webcycle import __version__, texts
from webcycle.cli import terminal
from webcycle.cli.state import State, locale_language
from webcycle.errors import ExitCode, ProgrammeError, WebcycleError

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
    "check": Entry("reading", "check", "webcycle --cycle data/guide-2020-2021 check --strict"),
    "list": Entry("reading", "list_sessions", "webcycle --cycle data/guide-2020-2021 list --json"),
    "show": Entry("reading", "show", "webcycle --cycle data/guide-2020-2021 show maroc"),
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
    "report": Entry("publishing", "report", "webcycle --cycle data/guide-2020-2021 report --format html --lang en"),
    "schema": Entry("reading", "schema", "webcycle schema > cycle.schema.json"),
    "demo": Entry("demo", "demo", "webcycle demo /tmp/webcycle-demo"),
}


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
        alone.command(cmd_name, epilog=f"Example: {entry.example}")(function)
        return typer.main.get_command(alone)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except WebcycleError as problem:
            if State.of(ctx).debug:
                raise
            _explain(problem, ctx)
            raise typer.Exit(problem.exit_code) from None
        except BrokenPipeError:
            # The reader of our output went away (`webcycle list | head`): nothing to say, and nowhere to say it.
            sys.stdout = None
            raise typer.Exit(ExitCode.OUTSIDE) from None
        except OSError as problem:
            if State.of(ctx).debug:
                raise
            terminal.say(State.of(ctx).lang, "error.system", reason=str(problem))
            raise typer.Exit(ExitCode.OUTSIDE) from None
        except (typer.Exit, typer.Abort, KeyboardInterrupt):
            raise
        except Exception as problem:
            if State.of(ctx).debug or _is_usage(problem):
                raise
            terminal.say(State.of(ctx).lang, "error.internal", what=f"{type(problem).__name__}: {problem}")
            raise typer.Exit(ExitCode.OUTSIDE) from None


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
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Run a cycle of webinars from one programme, cycle.toml.

    Data goes to standard output, words about it to standard error.
    """
    ctx.obj = State(cycle=cycle, lang=locale_language(), debug=debug)
