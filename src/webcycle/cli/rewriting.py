"""How a command changes the programme: what would change is shown and checked, agreed to, and written whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from webcycle.cli import terminal
from webcycle.cli.asking import agree
from webcycle.cli.state import again, examine, in_the_way, shown
from webcycle.errors import Finding, Language, RefusedError, Severity

if TYPE_CHECKING:
    from webcycle.cli.state import Work
    from webcycle.programme import Programme

Edit = Callable[["Work"], bytes]
Show = Callable[["Work", bytes, "Programme"], None]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A change of the programme: the command that makes it, the edit, what shows it, and its sentences by key."""

    command: str
    edit: Edit
    show: Show
    question: str
    refusal: str


def rewrite(at_hand: Work, change: Rewriting, lang: Language, *, yes: bool) -> bool:
    """Make the change when the user agrees; False where it changes nothing.

    Alone already while reading when nobody is asked. RefusedError where the result would have errors that the
    programme does not have now, where the user does not agree, and where the file was changed since it was read: the
    new text then stands beside it.
    """
    from webcycle import folder as folders  # noqa: PLC0415 - `--help` must not pay for it

    lock = folders.lock(at_hand.folder, f"webcycle {change.command}")
    file = shown(at_hand.folder.programme)
    with ExitStack() as alone:
        if yes:
            alone.enter_context(lock)
            at_hand = again(at_hand)
        after = change.edit(at_hand)
        if after == at_hand.snapshot.data:
            return False
        _checked(at_hand, after, change, lang)
        if not yes:
            agree(lang, change.question, file=file)
            alone.enter_context(lock)
        folders.write(at_hand.folder.programme, after, expected=at_hand.snapshot.identity)
    return True


def _checked(at_hand: Work, after: bytes, change: Rewriting, lang: Language) -> None:
    """Show the change with what is new to say of it; RefusedError when it would not check."""
    file = shown(at_hand.folder.programme)
    loaded, findings = examine(after, file)
    new = _added(findings, at_hand.findings)
    if loaded.programme is not None and not in_the_way(new):
        change.show(at_hand, after, loaded.programme)
    terminal.findings(new, lang, stream=sys.stderr)
    if loaded.programme is None or in_the_way(new):
        raise RefusedError(change.refusal, file=file)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that are errors."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _added(after: Iterable[Finding], before: Iterable[Finding]) -> list[Finding]:
    known = {(finding.code, finding.path) for finding in before}
    return [finding for finding in after if (finding.code, finding.path) not in known]
