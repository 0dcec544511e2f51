"""Files and folders that are removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from webcycle import folder as folders
from webcycle.errors import OutsideError


def test_a_file_and_an_empty_folder_go(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_text("x", "utf-8")
    with pytest.raises(OutsideError):
        folders.remove(tmp_path / "a")
    assert folders.remove(tmp_path / "a" / "b")
    assert not folders.remove(tmp_path / "a" / "b")
    assert folders.remove(tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_of_a_link_only_the_link_goes(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    assert folders.remove(tmp_path / "link")
    assert (tmp_path / "target").is_dir()
    assert not (tmp_path / "link").is_symlink()
