"""The command privacy."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import DATA, Run
from webcycle.errors import OutsideError


@pytest.mark.parametrize("kind", ["notice", "record"])
def test_it_writes_every_format_and_says_what_is_missing(run: Run, guide: Path, kind: str) -> None:
    result = run("privacy", kind, "--format", "md,html,docx")
    assert result.exit_code == 0
    for ending in ("md", "html", "docx"):
        assert (guide / "out" / "public" / f"privacy-{kind}.{ending}").stat().st_size > 1000
    assert result.stderr.count("warning[privacy-missing]") == 5
    assert "have it reviewed by your data protection officer" in result.stderr
    assert result.stdout == ""


def test_it_writes_in_the_language_that_is_asked_for(run: Run, guide: Path) -> None:
    run("privacy", "notice", "--lang", "en", "--format", "md")
    assert "Your personal data" in (guide / "out" / "public" / "privacy-notice-en.md").read_text("utf-8")


def test_a_basis_that_is_none_of_the_six_is_told(run: Run, guide: Path, programme: Path) -> None:
    with programme.open("a", encoding="utf-8") as file:
        file.write('\n[privacy]\nlegal-basis = "parce que"\ndpo = "dpo@example.org"\n')
    result = run("privacy", "record", "--format", "md")
    assert "warning[privacy-basis-unknown]" in result.stderr
    assert "`dpo`" not in result.stderr


def test_several_grounds_are_told(run: Run, guide: Path, programme: Path) -> None:
    with programme.open("a", encoding="utf-8") as file:
        file.write('\n[privacy]\nlegal-basis = "le consentement, et non l’intérêt public"\n')
    result = run("privacy", "notice", "--format", "md")
    assert "warning[privacy-basis-unclear]" in result.stderr
    assert "warning[privacy-basis-unknown]" not in result.stderr


# ---- what the folder is found to be


def record(run: Run, guide: Path) -> tuple[str, str]:
    """The English line of the register, and what was said of it."""
    result = run("privacy", "record", "--lang", "en", "--format", "md")
    assert result.exit_code == 0, result.output
    return (guide / "out" / "public" / "privacy-record-en.md").read_text("utf-8"), result.stderr


def held(guide: Path, mode: int = 0o600) -> Path:
    path = guide / "people.toml"
    path.write_text('[anonymous]\nnames = ["Main hall"]\n', "utf-8")
    path.chmod(mode)
    return path


def test_the_register_tells_how_personal_files_are_found(run: Run, guide: Path) -> None:
    assert "webcycle held no file of personal data" in record(run, guide)[0]
    path = held(guide)
    text, said = record(run, guide)
    assert "only their owner could open" in text
    assert "Git tracked none" in text
    assert "personal-file" not in said
    path.chmod(0o644)
    text, said = record(run, guide)
    assert "other users of the computer could open" in text
    assert "only their owner" not in text
    assert "warning[personal-file-open]" in said
    assert "people.toml" not in text


def test_the_register_tells_that_git_would_take_them(run: Run, guide: Path) -> None:
    held(guide)
    subprocess.run(("git", "init", "-q", guide), check=True)
    text, said = record(run, guide)
    assert "Git tracked some of them, or would have taken them: to be corrected." in text
    assert "warning[personal-file-tracked]" in said
    (guide / ".gitignore").write_text("/people.toml\n", "utf-8")
    assert "Git tracked none" in record(run, guide)[0]


def test_what_git_cannot_tell_is_not_claimed(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OutsideError("guard.no-git", folder="x")

    held(guide)
    monkeypatch.setattr("webcycle.guard.tracked", failing)
    text, _said = record(run, guide)
    assert "Neither access rights to the files of personal data nor their exclusion from git were checked." in text


def test_the_notice_tells_what_is_kept_too_long(run: Run, guide: Path) -> None:
    def notice() -> tuple[str, str]:
        result = run("privacy", "notice", "--lang", "en", "--format", "md")
        return (guide / "out" / "public" / "privacy-notice-en.md").read_text("utf-8"), result.stderr

    text, said = notice()
    assert "were to be deleted by 17 August 2021" in text
    assert "webcycle holds none any more" in text
    assert "privacy-overdue" not in said
    held(guide)
    text, said = notice()
    assert "that date is past." in text
    assert "privacy-overdue" not in said
    assert run("import", "--yes", DATA / "guide-2020-2021-synthetic-exports").exit_code == 0
    text, said = notice()
    assert "should have been deleted by 17 August 2021" in text
    assert "warning[privacy-overdue]" in said


def test_opening_it_opens_the_best_of_what_was_written(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def launch(path: str) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("typer.launch", launch)
    run("privacy", "notice", "--open")
    assert [Path(one).name for one in opened] == ["privacy-notice.html"]


@pytest.mark.parametrize("arguments", [(), ("nothing",)])
def test_another_kind_is_a_wrong_usage(run: Run, guide: Path, arguments: tuple[str, ...]) -> None:
    result = run("privacy", *arguments)
    assert result.exit_code == 2
    assert "notice, record" in result.stderr
