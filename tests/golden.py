"""Golden files: an output that somebody has read, kept beside its input."""

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(path: Path, text: str) -> None:
    """The text is that of the file; with UPDATE_GOLDEN=1 the file is written anew, and the test fails once."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, "utf-8")
        raise AssertionError(f"{path.name} was written: read it, then run again without UPDATE_GOLDEN")
    assert text == path.read_text("utf-8")
