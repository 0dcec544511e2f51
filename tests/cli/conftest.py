"""The command line as tests call it: in this process, with what it printed and its exit code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from webcycle.cli.app import app

DATA = Path(__file__).parents[2] / "data"

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run webcycle with these arguments, in English, in November 2023."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv("WEBCYCLE_CYCLE", raising=False)
    # Those who run the tests on several cores set it.
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str | Path, answers: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=answers)

    return call


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real cycle of ten webinars, as the current folder."""
    folder = tmp_path / "guide-2020-2021"
    shutil.copytree(
        DATA / "guide-2020-2021", folder, ignore=shutil.ignore_patterns(".webcycle.lock", "out", "calendar.toml")
    )
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def programme(guide: Path) -> Path:
    """The programme of that copy."""
    return guide / "cycle.toml"
