"""Help, usage errors and what surrounds every command."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from tests.cli.conftest import DATA, Run
from webcycle.cli.app import COMMANDS, app

WEBCYCLE = str(Path(sys.executable).with_name("webcycle"))


def test_the_commands_are_there() -> None:
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example_that_works_on_the_real_cycle(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    shown = run(command, "-h")
    assert shown.exit_code == 0
    example = " ".join(shown.stdout.split("Example:")[1].split())
    here = example.split(">")[0].replace("/tmp/", f"{tmp_path}/")
    words = shlex.split(re.sub(rf"data/{guide.name}(?=\s|$)", str(guide), here).replace(" data/", f" {DATA}/"))
    assert words[0] == "webcycle"
    result = run(*words[1:])
    # `check --strict` says what the sources do not give, `status` what was never counted, `forget` that nobody is held.
    assert result.exit_code == (1 if {"--strict", "status", "forget"} & set(words) else 0), result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_has_its_help(run: Run, command: str) -> None:
    group = typer.main.get_group(app)
    found = group.get_command(typer.Context(group), command)
    assert found is not None
    for parameter in found.params:
        assert getattr(parameter, "help", None), f"{command} {parameter.name}"


@pytest.mark.parametrize("arguments", [("nothing",), ("check", "--nothing"), ("show",), ("list", "extra")])
def test_a_wrong_usage_exits_with_2_and_one_message(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("--cycle", DATA / "guide-2020-2021", *arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert "Traceback" not in result.output


def test_the_version_is_the_package_s(run: Run) -> None:
    assert re.fullmatch(r"webcycle \d+\.\d+\.\d+\n", run("--version").stdout)


def test_an_error_of_ours_is_a_traceback_only_in_debug(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from webcycle import checks

    def broken(*_arguments: object) -> None:
        raise RuntimeError("[/red] boom")

    monkeypatch.setattr(checks, "check", broken)
    result = run("check")
    assert result.exit_code == 3
    assert "RuntimeError: [/red] boom" in result.stderr
    assert "Traceback" not in result.output
    assert isinstance(run("--debug", "check").exception, RuntimeError)


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    command = f"{shlex.quote(WEBCYCLE)} schema | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_output_that_cannot_be_written_is_said_and_exits_with_3() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([WEBCYCLE, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_the_locale_decides_the_language_of_the_words(guide: Path) -> None:
    for locale, word in (("fr_FR.UTF-8", "séances"), ("en_GB.UTF-8", "sessions"), ("C", "sessions")):
        done = subprocess.run(
            [WEBCYCLE, "list"], env={"LC_ALL": locale, "PATH": "/usr/bin"}, capture_output=True, text=True, check=True
        )
        assert word in done.stderr


def test_the_list_of_commands_cuts_no_sentence(run: Run) -> None:
    shown = run("-h").stdout.partition("Commands:")[2]
    assert "init " in shown
    assert "..." not in shown


def test_the_global_language_decides_the_words_of_every_command(run: Run, guide: Path) -> None:
    for command in (("check",), ("list",), ("export-ics", "--dry-run"), ("report", "--format", "md")):
        english, french = run("--lang", "en", *command), run("--lang", "fr", *command)
        assert french.exit_code == english.exit_code == 0
        assert french.stderr != english.stderr
    assert (guide / "out" / "public" / "review.md").exists()  # and not review-fr or review-en: the cycle's own
    assert run("--lang", "de", "check").exit_code == 2
