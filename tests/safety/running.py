"""The other end of `tests.safety.warm`: commands as tests ask for them, and what came of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "SOURCE_DATE_EPOCH": "1700000000",
    # A fault while Python writes its own cache would tear that, and say nothing of ours.
    "PYTHONDONTWRITEBYTECODE": "1",
}

Record = Callable[[str, object], None]
"""Pytest's `record_property`: how many of something a test went through, for RELIABILITY.md."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that came to its end; `code` is None where it was killed."""

    code: int | None
    stdout: str
    stderr: str


class Warm:
    """One such process; not for two threads at the same time."""

    def __init__(self, preload: str = "") -> None:
        """With `preload`, the path of a library that stands before the C library's."""
        environment = {**os.environ, **ENVIRONMENT, **({"LD_PRELOAD": preload} if preload else {})}
        environment.pop("WEBCYCLE_CYCLE", None)
        arguments = [sys.executable, "-m", "tests.safety.warm"]
        self._process = subprocess.Popen(
            arguments, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._answer() == "ready"

    def start(self, *children: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"children": children}) + "\n")
        self._process.stdin.flush()

    def end(self) -> list[list[Ran]]:
        """What came of what was started, a list for each child."""
        return [_results(child) for child in self._answer()]

    def run(self, cwd: Path, *arguments: str | Path, **more: Any) -> Ran:
        """One command in a child of its own."""
        self.start({"cwd": str(cwd), "commands": [[str(one) for one in arguments]], **more})
        return self.end()[0][0]

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the warm process ended"
        return json.loads(line)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


def _results(child: Mapping[str, Any]) -> list[Ran]:
    ran = [Ran(**command) for command in child["commands"]]
    if child["end"] == 0:
        return ran
    assert child["end"] == -signal.SIGKILL, f"a child ended with {child['end']}"
    return [*ran, Ran(None, "", "")]


class Crew:
    """As many warm processes as there are processors."""

    def __init__(self) -> None:
        self._free: SimpleQueue[Warm] = SimpleQueue()
        self._all = [Warm() for _ in range(min(os.cpu_count() or 1, 4))]
        for one in self._all:
            self._free.put(one)

    def each(self, work: Any, items: Sequence[Any]) -> list[Any]:
        """`work(warm, item)` for each item, several at a time."""

        def done(item: Any) -> Any:
            warm = self._free.get()
            try:
                return work(warm, item)
            finally:
                self._free.put(warm)

        with ThreadPoolExecutor(len(self._all)) as pool:
            return list(pool.map(done, items))

    def run(self, cwd: Path, *arguments: str | Path, **more: Any) -> Ran:
        found: Ran = self.each(lambda warm, _item: warm.run(cwd, *arguments, **more), [None])[0]
        return found

    def close(self) -> None:
        for one in self._all:
            one.close()
