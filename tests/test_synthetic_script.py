"""The script that writes the exports of an invented cycle, and the files that it wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMITTED = ROOT / "data" / "guide-2020-2021-synthetic-exports"
SCRIPT = ROOT / "scripts" / "synthetic_exports.py"


def run(*arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **env},
    )


def test_the_committed_files_are_what_the_script_writes_now() -> None:
    truth = json.loads((COMMITTED / "truth.json").read_text("utf-8"))
    arguments = (ROOT / "data" / "guide-2020-2021", COMMITTED, "--seed", truth["seed"], "--people", truth["people"])
    done = run(*arguments, "--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(path.stat().st_size for path in COMMITTED.rglob("*") if path.is_file()) < 600_000


def test_the_committed_files_say_that_they_are_synthetic() -> None:
    readme = (COMMITTED / "README.md").read_text("utf-8")
    assert "nothing here is real" in readme
    assert "tous inventés" in readme
    assert "invented" in json.loads((COMMITTED / "truth.json").read_text("utf-8"))["notice"]


def test_the_same_seed_gives_the_same_bytes_anywhere_and_a_difference_is_told(tmp_path: Path) -> None:
    arguments = (ROOT / "data" / "covid-19-2020" / "cycle.toml", tmp_path, "--seed", 2, "--people", 20)
    assert run(*arguments, TZ="Asia/Kathmandu", LC_ALL="C", PYTHONHASHSEED="1").returncode == 0
    same = run(*arguments, "--check", TZ="America/St_Johns", PYTHONHASHSEED="2")
    assert (same.returncode, same.stderr) == (0, "")
    (tmp_path / "truth.json").write_bytes(b"{}")
    (tmp_path / "README.md").unlink()
    (tmp_path / "exports" / "more.csv").write_bytes(b"")
    told = run(*arguments, "--check")
    assert told.returncode == 1
    assert told.stderr.splitlines() == [
        "missing: README.md",
        "not up to date: truth.json",
        "unexpected: exports/more.csv",
    ]
    assert run(*arguments[:2], "--seed", 3, "--people", 20, "--check").returncode == 1


def test_a_programme_that_is_none_and_a_public_of_nobody_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cycle.toml").write_text("[cycle]\n", "utf-8")
    refused = run(tmp_path, tmp_path / "out")
    assert (refused.returncode, (tmp_path / "out").exists()) == (1, False)
    assert "webcycle check" in refused.stderr
    assert run(ROOT / "data" / "covid-19-2020", tmp_path / "out", "--people", 0).returncode == 2


def test_files_of_another_time_are_not_left_among_the_new_ones(tmp_path: Path) -> None:
    arguments = (ROOT / "data" / "covid-19-2020", tmp_path, "--seed", 2, "--people", 20)
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    refused = run(*arguments)
    assert refused.returncode == 1
    assert "notes.txt" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
