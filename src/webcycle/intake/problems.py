"""What stops the reading of one file. Keys are below `error.intake` in the texts."""

from __future__ import annotations

from webcycle.errors import ExitCode, WebcycleError


class IntakeError(WebcycleError):
    """One file cannot be read, or only by guessing; nothing of it is kept. Each sentence says what to do."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(f"intake.{key}", **values)


class UnclaimedError(IntakeError):
    """No reader knows this content: an ordinary answer, which tells what was seen and how to map columns by hand."""


class ClashError(IntakeError):
    """Two readers claim the same content: a defect of ours, never settled by chance."""
