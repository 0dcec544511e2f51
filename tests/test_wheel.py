"""The package works when it is installed, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an empty environment in which the wheel was installed."""
    work = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(work), str(ROOT)], check=True, cwd=work
    )
    (wheel,) = work.glob("webcycle-*.whl")
    environment = work / "environment"
    venv.create(environment)
    target = str(environment / "bin" / "python")
    constraints = str(ROOT / "constraints.txt")
    subprocess.run([*pip, "--python", target, "install", "--constraint", constraints, str(wheel)], check=True, cwd=work)
    return environment / "bin"


def test_the_installed_package_runs_the_demonstration(installed: Path, tmp_path: Path) -> None:
    env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    command = [str(installed / "webcycle"), "demo", "demo"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    public = tmp_path / "demo" / "out" / "public"
    assert {path.name for path in public.iterdir()} >= {"review.html", "review.md", "guide-2020-2021.ics", "maroc.ics"}


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = "import webcycle; print(webcycle.__file__)"
    done = subprocess.run(
        [str(installed / "python"), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(installed.parent) in done.stdout
