"""The command line: parse, call, print, exit. The only clock, terminal and catch-all."""

from __future__ import annotations

import gc
import os


def main() -> None:
    """Run the command line; never returns normally."""
    # Nearly all that a start creates lives to the end: looking through it for rubbish costs a tenth of the start.
    gc.disable()
    # Pydantic would look through the metadata of every installed package for plug-ins, of which we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from webcycle.cli import streams  # noqa: PLC0415 - after the variable that Pydantic reads at import
    from webcycle.cli.app import app  # noqa: PLC0415

    streams.prepare()
    app(prog_name="webcycle")
