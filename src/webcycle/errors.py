"""What can be wrong: findings with a place, and the few exceptions that stop a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Literal

Language = Literal["fr", "en"]
"""The languages that the program speaks and writes."""

KeyPath = tuple[str | int, ...]
"""Where a value stands in a TOML file: ("session", 2, "start") is `start` of the third `[[session]]`."""

_NO_VALUES: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """How bad a finding is: an error stops what depends on the programme, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class ExitCode(IntEnum):
    """What a command returns to the shell."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    OUTSIDE = 3


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the user: what (code and values), how bad, and where.

    The sentence is not kept here: `webcycle.texts` writes it from the code and the values in the user's language.
    `place` is absent until `webcycle.source.locate` has turned `path` into one.
    """

    code: str
    severity: Severity
    path: KeyPath = ()
    values: Mapping[str, str] = field(default_factory=lambda: _NO_VALUES)
    place: Place | None = None


class WebcycleError(Exception):
    """Root of what stops a command. `key` and `values` name the sentence in `webcycle.texts`."""

    exit_code: ExitCode = ExitCode.FINDINGS

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values


class UsageError(WebcycleError):
    """The command was called wrongly: an option that does not fit, a folder that holds no programme."""

    exit_code = ExitCode.USAGE


class RefusedError(WebcycleError):
    """The command would have done harm, or its result would not check; nothing was changed."""

    exit_code = ExitCode.FINDINGS


class OutsideError(WebcycleError):
    """Something outside failed: the disk, a lock held elsewhere, a missing program or package."""

    exit_code = ExitCode.OUTSIDE


class ProgrammeError(WebcycleError):
    """The programme has errors; `findings` holds all of them, errors and warnings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("programme-has-errors", count=str(len(findings)))
        self.findings = findings
