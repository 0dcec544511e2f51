"""Several commands in one folder at the same time, and a folder in which somebody else works."""

from __future__ import annotations

import fcntl
import multiprocessing
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.safety.cycles import PROGRAMME, WRITING, Writing, fresh, tree
from tests.safety.running import ENVIRONMENT, Crew, Record, Warm
from webcycle import folder, source
from webcycle.folder import LOCK, Folder

WRITERS, ADDITIONS = 8, 50
WEBCYCLE = Path(sys.executable).with_name("webcycle")


def block(writer: int, number: int) -> dict[str, Any]:
    name = f"w{writer}-{number}"
    return {"id": name, "title": name, "start": datetime(2021, 1 + number % 12, 1 + writer, 10), "duration": "1h"}


def add(root: str, writer: int) -> None:
    """What `add-session` does while it holds the folder, fifty times."""
    cycle = Folder(Path(root))
    for number in range(ADDITIONS):
        with folder.lock(cycle, f"webcycle writer {writer}", wait=120):
            snapshot = folder.read(cycle.programme)
            longer = source.append_table(snapshot.data, "session", block(writer, number))
            folder.write(cycle.programme, longer, expected=snapshot.identity)


@contextmanager
def reading(programme: Path) -> Iterator[list[int]]:
    """How many sessions were seen at each moment by a reader who asks nobody."""
    ended = threading.Event()
    sizes: list[int] = []

    def read() -> None:
        while not ended.is_set():
            sizes.append(len(tomllib.loads(programme.read_text("utf-8"))["session"]))
            time.sleep(0.002)

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        yield sizes
        ended.set()
        reader.result()


def sessions(programme: Path) -> list[str]:
    return [str(one["id"]) for one in tomllib.loads(programme.read_text("utf-8"))["session"]]


def test_writers_at_the_same_time_lose_nothing_and_no_reader_sees_half_a_file(
    tmp_path: Path, record_property: Record
) -> None:
    programme = tmp_path / "cycle.toml"
    programme.write_text(PROGRAMME, "utf-8")
    before = sessions(programme)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add, args=(str(tmp_path), number)) for number in range(WRITERS)]
    with reading(programme) as sizes:
        for one in writers:
            one.start()
        for one in writers:
            one.join(200)
    assert [one.exitcode for one in writers] == [0] * WRITERS
    wanted = [f"w{writer}-{number}" for writer in range(WRITERS) for number in range(ADDITIONS)]
    assert sorted(sessions(programme)) == sorted([*before, *wanted])
    assert sizes == sorted(sizes)
    assert len(sizes) > 100
    record_property("additions kept", len(wanted))
    record_property("reads", len(sizes))


def test_commands_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    programme = tmp_path / "cycle.toml"
    programme.write_text(PROGRAMME, "utf-8")
    options = ("--start", "2021-02-01 10:00", "--duration", "1h", "--yes", "--title")
    warm = Warm()
    try:
        children = [[["add-session", *options, f"w{writer}-{number}"] for number in range(4)] for writer in range(8)]
        warm.start(*({"cwd": str(tmp_path), "commands": commands, "wait": 60} for commands in children))
        results = [ran for child in warm.end() for ran in child]
    finally:
        warm.close()
    assert [ran.code for ran in results] == [0] * 32
    assert len(sessions(programme)) == 3 + 32


@pytest.mark.parametrize("writing", WRITING, ids=lambda one: one.name)
def test_who_holds_the_folder_is_said(crew: Crew, place: Path, tmp_path: Path, writing: Writing) -> None:
    root = fresh(place, writing, tmp_path / "work")
    held = root / writing.arguments[1] if writing.arguments[0] == "init" else root
    held.mkdir(parents=True, exist_ok=True)
    before = tree(root)
    with (held / LOCK).open("w") as other:
        other.write("4711 webcycle import\n")
        other.flush()
        fcntl.flock(other, fcntl.LOCK_EX)
        ran = crew.run(root, *writing.arguments, wait=0.1)
    assert (ran.code, tree(root)) == (3, before), ran
    assert "webcycle import (process 4711)" in ran.stderr


def test_a_command_waits_ten_seconds_for_another(place: Path, tmp_path: Path) -> None:
    root = fresh(place, Writing(("set",)), tmp_path / "work")
    with (root / LOCK).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        start = time.monotonic()
        arguments = [str(WEBCYCLE), "set", "quays", "note", "x", "--yes"]
        done = subprocess.run(arguments, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        assert time.monotonic() - start >= 10
    assert done.returncode == 3
    assert "did not finish within 10 s" in done.stderr


@pytest.mark.parametrize("state", ["empty", "spaces", "vanished"])
@pytest.mark.parametrize("writing", [one for one in WRITING if one.arguments[0] != "init"], ids=lambda one: one.name)
def test_a_programme_that_is_empty_or_gone_is_an_error(
    crew: Crew, place: Path, tmp_path: Path, writing: Writing, state: str
) -> None:
    root = fresh(place, writing, tmp_path / "work")
    if state == "vanished":
        (root / "cycle.toml").unlink()
    else:
        (root / "cycle.toml").write_text("" if state == "empty" else "\n  \n")
    before = tree(root)
    ran = crew.run(root, *writing.arguments)
    assert ran.code in (1, 2, 3)
    assert tree(root) == before
    assert ran.stderr.strip()
    assert "Traceback" not in ran.stderr
    assert "not your doing" not in ran.stderr
