"""The Typer application: global options, and the one place where an exception becomes words and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from webcycle import __version__, texts
from webcycle.cli import demo, editing, publishing, reading, terminal
from webcycle.cli.state import State, locale_language
from webcycle.errors import ExitCode, ProgrammeError, WebcycleError


class Group(TyperGroup):
    """Runs a command and turns what stops it into one clear line; `--debug` shows the traceback instead."""

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
    context_settings={"help_option_names": ["-h", "--help"]},
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


for module in (editing, reading, publishing, demo):
    module.register(app)
