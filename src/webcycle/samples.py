"""The real cycles that come with the program: inside the package when installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def cycle(name: str) -> Path:
    """The folder of the sample cycle of that name."""
    return next(path for path in (_HERE / "data" / name, _HERE.parents[1] / "data" / name) if path.is_dir())
