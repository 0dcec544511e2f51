"""Questions on a terminal: an answer is checked as it is given, and asked for again when it is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from webcycle import texts
from webcycle.cli import terminal
from webcycle.errors import Finding, Language, RefusedError, UsageError


class Asker:
    """Takes what was given as an option; asks for the rest on a terminal, and names it all at once elsewhere.

    An answer is checked as it is given, by `complaints` (of an option, its answer and the answers before), and asked
    for again when it is wrong.
    """

    def __init__(self, lang: Language, complaints: Callable[[str, str, Mapping[str, str]], Sequence[Finding]]) -> None:
        self.lang = lang
        self.missing: list[str] = []
        self._complaints = complaints
        self._answers: dict[str, str] = {}

    def __call__(self, option: str, given: str | None, default: str | None = None) -> str:
        """What was given, else what is answered, else `default`; what is missing is remembered for `finish`."""
        if given is None and terminal.interactive():
            given = self._ask(option, default=default or None)
        if given is None and not default:
            self.missing.append(f"--{option}")
        answer = given if given is not None else default or ""
        self._answers[option] = answer
        return answer

    def optional(self, option: str, given: str | None) -> str | None:
        """Like a call, for what may stay empty."""
        if given is not None or not terminal.interactive():
            return given
        return self._ask(option, default="", show_default=False) or None

    def _ask(self, option: str, **prompt: Any) -> str:
        question, suffix = texts.say(self.lang, f"ask.{option}"), texts.say(self.lang, "ask.suffix")
        while True:
            answer = terminal.ask(question, prompt_suffix=suffix, **prompt)
            if not answer and prompt["default"] == "":
                return answer
            try:
                wrong = self._complaints(option, answer, self._answers)
            except UsageError as problem:
                terminal.words(texts.error(self.lang, problem))
                continue
            if not wrong:
                return answer
            terminal.findings((replace(one, place=None) for one in wrong), self.lang, stream=sys.stderr)

    def finish(self) -> None:
        """Raise UsageError when something is missing and nobody is there to ask."""
        if self.missing:
            raise UsageError("missing-options", options=", ".join(self.missing))


def agree(lang: Language, question: str, *, for_good: bool = False, **values: str) -> None:
    """Go on when the user says so; UsageError where nobody is there to ask.

    Enter alone is a yes; where something goes `for_good`, it is a no.
    """
    if not terminal.interactive():
        raise UsageError("needs-yes")
    key = "ask.agree-for-good" if for_good else "ask.agree"
    asked = texts.say(lang, key, {"question": texts.say(lang, question, values)})
    agreed, refused = (texts.say(lang, f"ask.{word}").split() for word in ("agreed", "refused"))
    while True:
        answer = terminal.ask(asked, default="", show_default=False, prompt_suffix="").lower()
        if answer in agreed or (not answer and not for_good):
            return
        if not answer or answer in refused:
            raise RefusedError("not-agreed")
