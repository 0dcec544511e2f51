"""Who writes in a folder, one at a time, and what a killed command leaves."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import stat
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from webcycle import texts
from webcycle.errors import Language, OutsideError, WebcycleError
from webcycle.folder import LOCK, Folder, lock, read, write

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def temporaries(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob(".*.tmp"))


def assert_told(problem: WebcycleError, *seen: str) -> None:
    for lang in LANGUAGES:
        sentence = texts.error(lang, problem)
        assert all(part in sentence for part in seen)


@pytest.fixture
def cycle(tmp_path: Path) -> Folder:
    (tmp_path / "cycle.toml").write_text("a = 1\n")
    return Folder(tmp_path)


def append_lines(root: str, name: str) -> None:
    cycle = Folder(Path(root))
    for number in range(10):
        with lock(cycle, f"append {name}"):
            snapshot = read(cycle.programme)
            write(cycle.programme, snapshot.data + f"{name}-{number}\n".encode(), expected=snapshot.identity)


def test_writers_at_the_same_time_lose_nothing(cycle: Folder) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=append_lines, args=(str(cycle.root), f"w{n}")) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 8
    lines = cycle.programme.read_text().splitlines()[1:]
    assert sorted(lines) == sorted(f"w{n}-{number}" for n in range(8) for number in range(10))


def test_who_waits_too_long_is_told_whom_for(cycle: Folder) -> None:
    with lock(cycle, "webcycle postpone"), pytest.raises(OutsideError) as caught, lock(cycle, wait=0.1):
        raise AssertionError
    assert_told(caught.value, str(os.getpid()), "webcycle postpone", "0.1")


def test_a_holder_that_left_no_name_is_told_as_unknown(cycle: Folder) -> None:
    with (cycle.root / LOCK).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(OutsideError) as caught, lock(cycle, wait=0):
            raise AssertionError
    assert caught.value.values["pid"] == "?"


def test_the_lock_is_waited_for_and_had_again(cycle: Folder) -> None:
    with ExitStack() as held:
        held.enter_context(lock(cycle))
        timer = threading.Timer(0.2, held.pop_all().close)
        timer.start()
        with lock(cycle):
            assert (cycle.root / LOCK).read_text().startswith(f"{os.getpid()} ")
    timer.join()
    assert (cycle.root / LOCK).read_text() == ""
    with lock(cycle, wait=0):
        pass


def test_the_lock_is_freed_when_its_holder_is_killed(cycle: Folder) -> None:
    script = (
        "import os, sys; from pathlib import Path; from webcycle.folder import Folder, lock\n"
        "with lock(Folder(Path(sys.argv[1])), 'webcycle import'): print('held', flush=True); sys.stdin.read()\n"
    )
    arguments = [sys.executable, "-c", script, str(cycle.root)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(OutsideError) as caught, lock(cycle, wait=0):
            raise AssertionError
        assert caught.value.values["command"] == "webcycle import"
        holder.kill()
    with lock(cycle, wait=5):
        assert "webcycle import" not in (cycle.root / LOCK).read_text()


def test_the_lock_is_the_users_alone_whatever_the_umask(cycle: Folder) -> None:
    old = os.umask(0)
    try:
        with lock(cycle):
            assert (cycle.root / LOCK).stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(old)


def test_a_lock_that_is_a_link_is_not_written_through(cycle: Folder) -> None:
    victim = cycle.root / "victim"
    victim.write_text("precious")
    (cycle.root / LOCK).symlink_to(victim)
    with pytest.raises(OutsideError) as caught, lock(cycle):
        raise AssertionError
    assert_told(caught.value, LOCK)
    assert victim.read_text() == "precious"


def test_a_file_system_without_locks_is_told(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OutsideError) as caught, lock(cycle):
        raise AssertionError
    assert_told(caught.value, LOCK, "No locks available")


def test_what_a_killed_command_left_is_removed_and_nothing_else(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    session = cycle.sessions / "maroc"
    for folder in (session, cycle.public, cycle.root / "notes"):
        folder.mkdir(parents=True)
    stale = [
        cycle.root / ".cycle.toml.abc01234.tmp",
        session / ".attendance.csv.0123abcd.tmp",
        cycle.public / ".review.md.00000000.tmp",
    ]
    kept = [
        cycle.root / ".cycle.toml.tmp",
        cycle.root / "cycle.toml.abc01234.tmp",
        cycle.root / ".cycle.toml.abc01234.tmp.bak",
        cycle.root / "notes" / ".mine.0123abcd.tmp",
    ]
    for path in (*stale, *kept):
        path.write_text("x")
    link = cycle.root / ".link.0123abcd.tmp"
    link.symlink_to(kept[0])
    with lock(cycle):
        assert [path for path in (*stale, *kept, link) if path.exists()] == [*kept, link]


def test_what_cannot_be_removed_stays(cycle: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    stale = cycle.root / ".cycle.toml.abc01234.tmp"
    stale.write_text("x")
    monkeypatch.setattr(Path, "unlink", refuse)
    with lock(cycle):
        assert stale.exists()


def test_a_killed_write_leaves_old_or_new_and_its_remains_go_at_the_next_start(cycle: Folder) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from webcycle import folder\n"
        "os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL)\n"
        "folder.write(Path(sys.argv[1]), b'new')\n"
    )
    subprocess.run([sys.executable, "-c", script, str(cycle.programme)], check=False)
    assert cycle.programme.read_bytes() == b"a = 1\n"
    assert len(temporaries(cycle.root)) == 1
    with lock(cycle):
        assert temporaries(cycle.root) == []


def test_a_user_s_file_that_only_looks_left_behind_stays(cycle: Folder) -> None:
    own = cycle.root / ".x.template.tmp"
    own.write_text("x")
    with lock(cycle):
        pass
    assert own.exists()
