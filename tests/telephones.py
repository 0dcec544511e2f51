"""What is kept of a telephone number, a second time: from `docs/metrics.md` alone."""

from __future__ import annotations

from hashlib import sha256


def kept(digits: str) -> str:
    """The name of who called from a number of these digits."""
    return f"…{digits[-4:]} #{sha256(digits[-9:].encode()).hexdigest()[:3]}"
