"""The outside programs of these tests, installed by `make tools`, and a small web server on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.conftest import require_tool

ROOT = Path(__file__).parents[2]
BIN = ROOT / "tools/venv/bin"
NODE_MODULES = ROOT / "tools/node_modules"


def program(name: str) -> Path:
    """A program of `tools/venv`; the test is skipped where it is not installed."""
    require_tool((BIN / name).exists(), name)
    return BIN / name


def ran(*command: str | Path, home: Path, **more: str) -> str:
    """What a program printed, with nothing of this user's own settings."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", **more}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is in the library
        """Say nothing."""


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """The address of a server on loopback that publishes a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
