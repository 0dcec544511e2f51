"""Personal files do not enter a git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from webcycle.errors import OutsideError, RefusedError
from webcycle.folder import Folder
from webcycle.guard import refuse_tracked


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def test_outside_of_a_repository_all_is_well(tmp_path: Path) -> None:
    refuse_tracked(Folder(tmp_path), [tmp_path / "people.toml"])


def test_a_file_that_no_rule_ignores_is_refused_and_named(repository: Path) -> None:
    path = repository / "sessions" / "maroc" / "attendance.csv"
    with pytest.raises(RefusedError) as caught:
        refuse_tracked(Folder(repository), [path])
    assert caught.value.key == "guard.tracked"
    assert caught.value.values["file"] == "sessions/maroc/attendance.csv"
    (repository / ".gitignore").write_text("/sessions/\n", "utf-8")
    refuse_tracked(Folder(repository), [path])


def test_one_file_of_several_is_enough(repository: Path) -> None:
    (repository / ".gitignore").write_text("/out/\n", "utf-8")
    with pytest.raises(RefusedError) as caught:
        refuse_tracked(Folder(repository), [repository / "out" / "a.csv", repository / "people.toml"])
    assert caught.value.values["file"] == "people.toml"


def test_a_file_that_is_tracked_already_is_refused_though_a_rule_ignores_it(repository: Path) -> None:
    (repository / "people.toml").write_text("", "utf-8")
    git(repository, "add", "people.toml")
    (repository / ".gitignore").write_text("/people.toml\n", "utf-8")
    with pytest.raises(RefusedError):
        refuse_tracked(Folder(repository), [repository / "people.toml"])
    git(repository, "rm", "-q", "--cached", "people.toml")
    refuse_tracked(Folder(repository), [repository / "people.toml"])


def test_a_cycle_may_lie_below_the_top_of_the_repository(repository: Path) -> None:
    cycle = repository / "cycles" / "spring"
    cycle.mkdir(parents=True)
    with pytest.raises(RefusedError) as caught:
        refuse_tracked(Folder(cycle), [cycle / "people.toml"])
    assert caught.value.values["file"] == "people.toml"
    (cycle / ".gitignore").write_text("/people.toml\n", "utf-8")
    refuse_tracked(Folder(cycle), [cycle / "people.toml"])


def test_a_link_is_followed_to_the_repository_that_the_file_is_really_in(tmp_path: Path) -> None:
    cycle, inside = tmp_path / "cycle", tmp_path / "cycle" / "vault"
    inside.mkdir(parents=True)
    (cycle / "sessions").symlink_to(inside)
    refuse_tracked(Folder(cycle), [cycle / "sessions" / "a.csv"])
    git(inside, "init", "-q")
    with pytest.raises(RefusedError) as caught:
        refuse_tracked(Folder(cycle), [cycle / "sessions" / "a.csv"])
    assert caught.value.key == "guard.tracked"
    assert caught.value.values["file"] == "vault/a.csv"


@pytest.mark.parametrize("link", ["sessions", "sessions/maroc", "people.toml"])
def test_a_file_beyond_a_link_out_of_the_folder_is_refused(tmp_path: Path, link: str) -> None:
    cycle, elsewhere = tmp_path / "cycle", tmp_path / "elsewhere"
    (cycle / link).parent.mkdir(parents=True, exist_ok=True)
    elsewhere.mkdir()
    (cycle / link).symlink_to(elsewhere)
    path = cycle / link if link == "people.toml" else cycle / "sessions" / "maroc" / "attendance.csv"
    with pytest.raises(RefusedError) as caught:
        refuse_tracked(Folder(cycle), [cycle / "other.csv", path])
    assert caught.value.key == "privacy.beyond-a-link"
    assert caught.value.values["file"] == str(path.relative_to(cycle))


def test_the_folder_of_the_cycle_may_itself_lie_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "cycle").symlink_to(tmp_path / "real")
    for root in (tmp_path / "cycle", tmp_path / "real"):
        refuse_tracked(Folder(root), [root / "sessions" / "a.csv", root / "people.toml"])


def test_names_of_any_script_are_asked_for_as_they_are(repository: Path) -> None:
    (repository / ".gitignore").write_text("/séances/\n", "utf-8")
    refuse_tracked(Folder(repository), [repository / "séances" / "présence\nété.csv"])
    with pytest.raises(RefusedError):
        refuse_tracked(Folder(repository), [repository / "séance" / "présence\nété.csv"])


def test_the_variables_of_a_hook_do_not_lead_astray(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / ".gitignore").write_text("/people.toml\n", "utf-8")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    refuse_tracked(Folder(repository), [repository / "people.toml"])


def test_a_folder_that_only_looks_like_a_repository_tracks_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    refuse_tracked(Folder(tmp_path), [tmp_path / "people.toml"])


def test_without_git_nothing_is_written_into_a_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository / "nothing"))
    with pytest.raises(OutsideError) as caught:
        refuse_tracked(Folder(repository), [repository / "people.toml"])
    assert caught.value.key == "guard.no-git"


def test_a_git_that_fails_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / ".git" / "config").write_text("[broken\n", "utf-8")
    with pytest.raises(OutsideError) as caught:
        refuse_tracked(Folder(repository), [repository / "people.toml"])
    assert caught.value.key == "guard.failed"
    assert "config" in caught.value.values["reason"]


def test_a_git_that_hangs_is_not_waited_for(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_arguments: object, **_options: object) -> None:
        raise subprocess.TimeoutExpired("git", 30)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(OutsideError) as caught:
        refuse_tracked(Folder(repository), [repository / "people.toml"])
    assert caught.value.values["reason"] == "TimeoutExpired"
