"""What tests of several folders share."""

from __future__ import annotations

import os
import signal

import pytest

# A shell that runs the tests in the background ignores Ctrl-C, and what it starts inherits that: tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)


def require_tool(found: object, name: str) -> None:
    """Skip the test when an outside program is absent; fail instead where WEBCYCLE_REQUIRE_TOOLS=1 wants them all."""
    if found:
        return
    reason = f"{name} is not installed (make tools)"
    if os.environ.get("WEBCYCLE_REQUIRE_TOOLS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
