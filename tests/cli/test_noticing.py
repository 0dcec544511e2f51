"""The command privacy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


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
