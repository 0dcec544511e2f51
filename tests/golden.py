"""Golden files: an output that somebody has read, kept beside its input."""

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(path: Path, text: str) -> None:
    """The text is that of the file; with UPDATE_GOLDEN=1 the file is written anew first, to be read before a commit."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
