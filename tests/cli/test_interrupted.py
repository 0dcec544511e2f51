"""What is said when a command is stopped between two files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("problem", "code", "words"),
    [
        (KeyboardInterrupt(), 1, "Interrupted."),
        (OSError(28, "No space left on device"), 3, "full"),
        (ValueError("a fault of ours"), 3, "a fault of ours"),
    ],
)
def test_what_was_written_before_the_stop_is_said(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException, code: int, words: str
) -> None:
    real = os.replace
    done: list[str] = []

    def replace(source: str, target: str) -> None:
        if len(done) == 2:
            raise problem
        done.append(target)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    result = run("export-ics")
    assert result.exit_code == code
    assert words in result.stderr
    assert "2 files were written before that; each is whole and stays." in result.stderr
    assert "nothing was changed" not in result.stderr


def test_a_stop_before_the_first_file_changed_nothing(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(source: str, target: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    result = run("export-ics")
    assert result.exit_code == 1
    assert result.stderr.endswith("Interrupted: nothing was changed.\n")
