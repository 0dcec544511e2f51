"""The program as it is installed, from its start to its end: under faults, and with streams that cannot be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.safety.cycles import WRITING, Writing, fresh, temporaries, tree
from tests.safety.running import ENVIRONMENT
from webcycle.folder import Folder, lock

WEBCYCLE = str(Path(sys.executable).with_name("webcycle"))
_CHOSEN = ("init", "set", "export-ics", "import")
COMMANDS = tuple(next(one for one in WRITING if one.arguments[0] == name) for name in _CHOSEN)
FAULTS = (
    "rename:signal=SIGKILL:when=1",
    "fsync:error=ENOSPC:when=1+",
    "rename:error=EIO:when=1+",
    "rename:signal=SIGINT:when=1",
)


def ran(folder: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **ENVIRONMENT}
    command = (*before, WEBCYCLE, *arguments)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("writing", COMMANDS, ids=lambda one: one.arguments[0])
def test_a_fault_leaves_the_old_file(place: Path, tmp_path: Path, writing: Writing, fault: str) -> None:
    require_tool(shutil.which("strace"), "strace")
    folder = fresh(place, writing, tmp_path / "work")
    before = tree(folder)
    # Only what it does in the folder is hit: git has files of its own.
    strace = ("strace", "-f", "-o", str(tmp_path / "said"), "-e", f"inject={fault}")
    done = ran(folder, *writing.arguments, before=(*strace, "-e", f"trace={fault.partition(':')[0]}"))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert {"INJECTED", "SIGINT", "SIGKILL"} & {
        *(tmp_path / "said").read_text().replace("(", " ").replace(")", " ").split()
    }
    left = tree(folder)
    changed = [name for name in {*left, *before} - {*temporaries(left)} if left.get(name) != before.get(name)]
    # The first file may have been renamed when the signal was seen: then that is said.
    assert len(changed) <= ("SIGINT" in fault)
    assert ("One file was written before" in done.stderr) == bool(changed)
    with lock(Folder(folder)):
        assert temporaries(tree(folder)) == []


@pytest.mark.parametrize("where", [">/dev/full", ">&-", "2>/dev/full", "2>&-", ">/dev/full 2>&1"])
@pytest.mark.parametrize("command", ["import ../more --yes --json", "status --ics", "set quays note x --yes", "report"])
def test_words_that_cannot_be_written_are_an_error_and_tear_no_file(
    place: Path, tmp_path: Path, command: str, where: str
) -> None:
    folder = fresh(place, Writing(("set",)), tmp_path / "work")
    line = f'exec "$0" {command} {where}'
    environment = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(["sh", "-c", line, WEBCYCLE], cwd=folder, env=environment, capture_output=True, check=False)
    says_nothing_there = where.startswith(">") and "2>" not in where and command.startswith(("set", "report"))
    assert (done.returncode == 0) == says_nothing_there, done
    assert b"Traceback" not in done.stderr
    assert temporaries(tree(folder)) == []
