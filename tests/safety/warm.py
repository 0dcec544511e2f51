"""Runs commands in forks of a process that has imported all of webcycle: Python would take ten times longer to start.

`python -m tests.safety.warm` reads a request on each line of standard input and answers each with a line, both in JSON.
The command of a fork is the real one; only its streams are kept in memory, so that a fault meant for a file does not
hit what is said about it (`tests.safety.test_real_process` has the whole program under faults).
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import gc
import importlib
import io
import json
import os
import pkgutil
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)
_HEAVY = ("babel.dates", "duckdb", "docx", "icalendar", "jinja2", "markdown_it", "tempfile", "typst", "vl_convert")


def main() -> None:
    """Answer until there is no request any more."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    _import_all()
    _warm_up()
    # What is never looked at again is never copied for a child either; the program itself does without it too.
    gc.disable()
    gc.freeze()
    _answer("ready")
    for line in sys.stdin:
        _answer(_answered(json.loads(line)))
    # DuckDB complains when Python takes itself apart.
    os._exit(0)


def _answer(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _import_all() -> None:
    import webcycle

    for found in pkgutil.walk_packages(webcycle.__path__, "webcycle.", onerror=lambda _name: None):
        if not found.name.endswith(("__main__", "_child")):
            # A command that needs what cannot be imported will say so itself.
            with contextlib.suppress(Exception):
                importlib.import_module(found.name)
    for name in _HEAVY:
        importlib.import_module(name)
    importlib.import_module("tests.safety.powerloss")


def _warm_up() -> None:
    """Let the libraries build what they build once, with commands that only read and start no thread."""
    cycle = str(Path(__file__).parents[2] / "data" / "guide-2020-2021")
    for command in ("check", "export-ics --dry-run", "set maroc title x --yes -h", "import -h", "announce -h"):
        _ran(["--cycle", cycle, *command.split()], terminal=None)
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__


def _answered(request: dict[str, Any]) -> list[dict[str, Any]]:
    """What came of each child: the results of its commands, and its end as `waitpid` tells it."""
    children = [_started(one) for one in request["children"]]
    for _pid, gate, _results, tracer in children:
        if tracer is not None:
            _wait_for(tracer)
        gate.send(b"!")
    return [_finished(*child) for child in children]


_Child = tuple[int, socket.socket, socket.socket, "subprocess.Popen[str] | None"]


def _started(work: dict[str, Any]) -> _Child:
    """A child that waits at its gate, where a tracer is attached to it when faults are asked for."""
    gate, waiting = socket.socketpair()
    results, telling = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        gate.close()
        results.close()
        _child(work, waiting, telling)
    waiting.close()
    telling.close()
    return pid, gate, results, _tracer(pid, work["strace"]) if work.get("strace") else None


def _tracer(pid: int, options: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(["strace", "-p", str(pid), *options], stderr=subprocess.PIPE, text=True)


def _wait_for(tracer: subprocess.Popen[str]) -> None:
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    if "attached" not in said:
        raise SystemExit(f"strace could not attach: {said}")


def _finished(
    pid: int, gate: socket.socket, results: socket.socket, tracer: subprocess.Popen[str] | None
) -> dict[str, Any]:
    parts = []
    while part := results.recv(1 << 16):
        parts.append(part)
    _, status = os.waitpid(pid, 0)
    for one in (gate, results):
        one.close()
    if tracer is not None:
        tracer.communicate()
    commands = [json.loads(line) for line in b"".join(parts).splitlines()]
    return {"commands": commands, "end": os.waitstatus_to_exitcode(status)}


def _child(work: dict[str, Any], gate: socket.socket, telling: socket.socket) -> None:
    """Never returns: what is buffered here is the parent's."""
    try:
        # Where a process may only be traced by its parents (Yama), it has to allow its sister.
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
        _prepare(work)
        gate.recv(1)
        for command in work["commands"]:
            telling.sendall(json.dumps(_ran(command, terminal=work.get("terminal"))).encode() + b"\n")
            if work.get("then"):
                _then(work["then"])
    finally:
        os._exit(0)


def _prepare(work: dict[str, Any]) -> None:
    from webcycle import folder

    # What hangs says where, and ends.
    faulthandler.dump_traceback_later(work.get("longest_run", 60), exit=True, file=2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.update(work.get("env", {}))
    os.chdir(work["cwd"])
    if "wait" in work:
        cast(Any, folder.lock).__wrapped__.__kwdefaults__["wait"] = work["wait"]
    if "longest" in work:
        resource.setrlimit(resource.RLIMIT_FSIZE, (work["longest"], work["longest"]))
    if work.get("terminal"):
        os.setsid()
        descriptor = os.open(work["terminal"], os.O_RDWR)
        for stream in (0, 2):
            os.dup2(descriptor, stream)


def _ran(arguments: list[str], *, terminal: str | None) -> dict[str, Any]:
    from webcycle.cli.app import app

    out, err = io.StringIO(), io.StringIO()
    sys.stdout = out
    if terminal:
        sys.stdin, sys.stderr = os.fdopen(0, closefd=False), os.fdopen(2, "w", closefd=False)
    else:
        sys.stdin, sys.stderr = io.StringIO(), err
    code: Any = "returned"
    try:
        app(arguments, prog_name="webcycle")
    except SystemExit as end:
        code = end.code
    except BaseException as problem:  # noqa: BLE001 - what comes out of a command is for the test to judge
        code = repr(problem)
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    return {"code": code, "stdout": out.getvalue(), "stderr": err.getvalue()}


def _then(call: list[Any]) -> None:
    """At once after the command, as a battery does not wait."""
    from tests.safety import powerloss

    powerloss.cut(*call)


if __name__ == "__main__":
    main()
