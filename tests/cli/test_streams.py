"""Standard streams that are full, closed, gone or poor in characters."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

WEBCYCLE = shlex.quote(str(Path(sys.executable).with_name("webcycle")))


def shell(command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell in which W is webcycle."""
    script = f'W() {{ {WEBCYCLE} "$@"; }}; {command}'
    given = {**os.environ, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000", **env}
    return subprocess.run(["bash", "-c", script], env=given, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("command", ["-h", "--version", "check -h", "schema", "list", "list --json", "show maroc"])
def test_a_full_disk_under_the_output_is_one_line_and_3(guide: Path, command: str) -> None:
    done = shell(f"W {command} >/dev/full")
    assert done.returncode == 3
    assert b"The system refused" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("command", ["check", "list", "export-ics", "report", "nothing"])
@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
def test_words_that_cannot_be_written_are_3(guide: Path, command: str, where: str) -> None:
    assert shell(f"W {command} {where}").returncode == 3


READ = (
    "-h",
    "--version",
    "list",
    "check",
    "show maroc",
    "schema",
    "--cycle . list",
    "texts",
    "status",
    "diff . . --json",
    "diff moved.toml .",
    "explain",
    "explain participations",
    "attendance",
    "attendance --json",
    "people --json",
    'query "select session from sessions"',
)


@pytest.mark.parametrize("command", READ)
def test_a_reader_that_is_gone_is_3_without_a_word(guide: Path, command: str) -> None:
    """The reading end is closed before the command starts."""
    with (guide / "cycle.toml").open("a", encoding="utf-8") as programme:
        programme.write('[colour]\nred = "x"\n' if command == "check" else "")
    moved = (guide / "cycle.toml").read_text("utf-8").replace("2020-10-26T14", "2020-10-27T14")
    (guide / "moved.toml").write_text(moved.replace("2020-10-26T16", "2020-10-27T16"), "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    line = f"{WEBCYCLE} {command}"
    done = subprocess.run(["sh", "-c", line], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"refused" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("command", ["texts", 'query --format csv "select range from range(100000)"'])
def test_a_reader_that_goes_after_the_first_line_is_3_without_a_word(guide: Path, command: str) -> None:
    done = shell(f"W {command} | head -n 1; exit ${{PIPESTATUS[0]}}")
    assert done.returncode == 3
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_a_closed_output_is_an_ordinary_sentence(guide: Path) -> None:
    done = shell("W list >&-")
    assert done.returncode == 3
    assert b"The system refused" in done.stderr
    assert b"not your doing" not in done.stderr


def test_a_closed_input_is_nobody(tmp_path: Path) -> None:
    done = shell(f"cd {shlex.quote(str(tmp_path))}; W init x <&-")
    assert done.returncode == 2
    assert b"--title" in done.stderr


@pytest.mark.parametrize("command", ["check", "list", "show maroc", "report"])
def test_an_encoding_that_lacks_characters_stops_nothing(guide: Path, command: str) -> None:
    assert shell(f"W {command}", PYTHONIOENCODING="ascii").returncode == 0
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert shell(f"W {command}", **poor).returncode == 0


def test_json_stays_json_in_ascii(guide: Path) -> None:
    poor, rich = shell("W list --json", PYTHONIOENCODING="ascii"), shell("W list --json")
    assert poor.stdout.isascii()
    assert not rich.stdout.isascii()
    assert json.loads(poor.stdout) == json.loads(rich.stdout)
    assert shell("W schema", PYTHONIOENCODING="ascii").stdout == shell("W schema").stdout
