"""A programme as it was: files and folders first, then what git keeps, with a real repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from webcycle.errors import OutsideError, RefusedError, UsageError
from webcycle.revisions import file_of, read

LIMIT = 1000


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(("git", *who, *arguments), cwd=folder, check=True, capture_output=True)


@pytest.fixture
def cycle(tmp_path: Path) -> Path:
    """A cycle in a folder of a repository, with two versions committed and a third that is not."""
    folder = tmp_path / "cycles" / "guide"
    folder.mkdir(parents=True)
    git(tmp_path, "init", "-q")
    for text in ("first", "second"):
        (folder / "cycle.toml").write_text(text, "utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", text)
    (folder / "cycle.toml").write_text("third", "utf-8")
    return folder


def test_a_revision_alone_is_the_programme_of_the_folder(cycle: Path) -> None:
    assert read("HEAD", cycle, LIMIT) == b"second"
    assert read("HEAD~1", cycle, LIMIT) == b"first"
    assert read("main", cycle, LIMIT) == b"second"


def test_a_revision_with_a_path_is_read_as_git_reads_it(cycle: Path) -> None:
    assert read("HEAD~1:cycles/guide/cycle.toml", cycle, LIMIT) == b"first"
    assert read("HEAD:./cycle.toml", cycle, LIMIT) == b"second"


def test_a_file_and_a_folder_come_before_a_revision(cycle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(str(cycle), cycle, LIMIT) == b"third"
    assert read(str(cycle / "cycle.toml"), cycle, LIMIT) == b"third"
    monkeypatch.chdir(cycle)
    (cycle / "HEAD").write_text("a file", "utf-8")
    assert read("HEAD", cycle, LIMIT) == b"a file"


def test_the_file_that_is_read_has_a_name(cycle: Path) -> None:
    assert file_of(str(cycle)) == file_of(str(cycle / "cycle.toml")) == str(cycle / "cycle.toml")
    assert (file_of("HEAD~1"), file_of("HEAD:a.toml")) == ("HEAD~1:cycle.toml", "HEAD:a.toml")
    assert file_of("HEAD\0") == "HEAD\0:cycle.toml"


def test_a_folder_without_a_programme_and_a_file_too_large_are_refused(cycle: Path) -> None:
    with pytest.raises(OutsideError):
        read(str(cycle.parent), cycle, LIMIT)
    with pytest.raises(RefusedError):
        read(str(cycle), cycle, 2)


@pytest.mark.parametrize("found", ["-", "--output=/tmp/x", "-p", "--textconv"])
def test_what_begins_with_a_hyphen_never_reaches_git(cycle: Path, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("git was run"))
    with pytest.raises(UsageError) as caught:
        read(found, cycle, LIMIT)
    assert caught.value.key == "revision.option"


@pytest.mark.parametrize(
    "found", ["nothing", "HEAD~9", "HEAD:nothing.toml", "HEAD:", "a b; touch x", "$(touch x)", "é\u202e"]
)
def test_what_git_does_not_know_is_said_and_runs_nothing(cycle: Path, found: str) -> None:
    before = sorted(cycle.iterdir())
    with pytest.raises(UsageError) as caught:
        read(found, cycle, LIMIT)
    assert caught.value.key == "revision.unknown"
    assert caught.value.values["reason"]
    assert sorted(cycle.iterdir()) == before


def test_outside_of_a_repository_git_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError) as caught:
        read("HEAD", tmp_path, LIMIT)
    assert "not a git repository" in caught.value.values["reason"]


def test_a_filter_of_the_repository_is_not_run(cycle: Path) -> None:
    (cycle / ".gitattributes").write_text("cycle.toml diff=evil filter=evil\n", "utf-8")
    for key in ("diff.evil.textconv", "filter.evil.smudge"):
        git(cycle, "config", key, f"touch {cycle}/run; cat")
    git(cycle, "show", "--textconv", "HEAD:./cycle.toml")
    assert (cycle / "run").exists()  # it could have been run
    (cycle / "run").unlink()
    assert read("HEAD", cycle, LIMIT) == b"second"
    assert not (cycle / "run").exists()


def test_the_variables_of_a_hook_do_not_lead_astray(cycle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert read("HEAD", cycle, LIMIT) == b"second"


def test_without_git_that_is_said(cycle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(cycle / "nothing"))
    with pytest.raises(OutsideError) as caught:
        read("HEAD", cycle, LIMIT)
    assert caught.value.key == "revision.no-git"


@pytest.mark.parametrize(
    "problem", [subprocess.TimeoutExpired("git", 30), PermissionError(13, "no"), ValueError("NUL")]
)
def test_a_git_that_cannot_be_asked_is_told(cycle: Path, problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise problem

    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(OutsideError) as caught:
        read("HEAD", cycle, LIMIT)
    assert caught.value.key == "revision.failed"


def test_a_nul_is_no_path_and_no_revision(cycle: Path) -> None:
    with pytest.raises(OutsideError):
        read("HEAD\0x", cycle, LIMIT)


def test_a_large_version_is_refused_as_a_large_file_is(cycle: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        read("HEAD", cycle, 3)
    assert caught.value.key == "file-too-large"
