"""What the suites of this folder share: processes that are warm, and a cycle to work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety import cycles
from tests.safety.running import Crew


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Processes that run commands."""
    made = Crew()
    yield made
    made.close()


@pytest.fixture(scope="session")
def place(crew: Crew, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what commands are run on; nothing in it is changed."""
    made = tmp_path_factory.mktemp("safety")
    cycles.make(crew, made)
    return made
