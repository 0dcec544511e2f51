"""The three standard streams, whatever they were left as by who started us."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper


def prepare() -> None:
    """Open the streams that are closed, and let no character that their encoding lacks stop a command.

    A closed output stays one that cannot be written, and is said to be; a closed input holds nothing.
    """
    # No file that is opened later may take the number of a standard stream, and be written to as one.
    while (descriptor := os.open(os.devnull, os.O_RDONLY)) <= 2:
        pass
    os.close(descriptor)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush() -> None:
    """Write what is still held back; OSError when it cannot be written."""
    sys.stdout.flush()
    sys.stderr.flush()


def discard() -> None:
    """Send what is still held back to nowhere, so that Python does not fail on it at its end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            try:
                os.dup2(nowhere, stream.fileno())
            finally:
                os.close(nowhere)
