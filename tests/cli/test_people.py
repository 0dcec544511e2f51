"""people and participants, as a user meets them."""

from __future__ import annotations

import json
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from webcycle.cli import terminal
from webcycle.records import Registration, Visit, dump

SECRET = ("Ada", "Lovelace", "ada@example.org")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 10, 26, hour, minute, tzinfo=UTC)


@pytest.fixture
def held(guide: Path) -> Path:
    """The cycle with registrations and attendance of one session, in which one person goes by three keys."""
    registrations = [
        Registration("maroc", email="ada@example.org", name="Ada Lovelace", organisation="Ville"),
        Registration("maroc", email="bob@region.example", name="=1+1"),
    ]
    visits = [
        Visit("maroc", platform="zoom", name="Lovelace Ada", joined=at(13), left=at(14)),
        Visit("maroc", platform="zoom", name="A. Lovelace", joined=at(14), left=at(15)),
        Visit("maroc", platform="zoom", name="Hôte", role="host", joined=at(13), left=at(15)),
    ]
    folder = guide / "sessions" / "maroc"
    folder.mkdir(parents=True)
    (folder / "registrations.csv").write_text(dump(Registration, registrations), "utf-8")
    (folder / "attendance.csv").write_text(dump(Visit, visits), "utf-8")
    return guide


def answers(monkeypatch: pytest.MonkeyPatch, *given: Any) -> None:
    """Somebody is there, who answers so."""
    left = list(given)

    def answer(*_arguments: object, **_options: object) -> Any:
        return left.pop(0)

    monkeypatch.setattr(terminal, "interactive", lambda: True)
    monkeypatch.setattr("typer.prompt", answer)


# ---- people


def test_people_lists_who_is_likely_the_same_and_why(run: Run, held: Path) -> None:
    result = run("people")
    assert result.exit_code == 0, result.stderr
    lines = [line for line in result.stdout.splitlines() if "Lovelace" in line]
    assert "Ada Lovelace <ada@example.org>, Ville" in lines[0]
    assert "the words stand in another order" in lines[0]
    assert "the initials fit" in lines[1]
    assert [line for line in result.stdout.splitlines() if "region.example" in line]
    assert "5 people in the records, 3 known by name only" in result.stderr
    assert not (held / "people.toml").exists()


def test_people_says_the_same_as_json(run: Run, held: Path) -> None:
    data = json.loads(run("people", "--json").stdout)
    assert (data["people"], data["by_name_only"]) == (5, 3)
    assert [one["reasons"] for one in data["suggestions"]] == [["order"], ["initials"], ["initials"]]
    assert data["suggestions"][0]["kept"]["key"] == "ada@example.org"
    assert data["domains"][0] == {"domain": "example.org", "people": 1, "named": "Ville"}


def test_what_is_accepted_is_written_and_merged_and_what_is_refused_not_asked_again(run: Run, held: Path) -> None:
    result = run(
        "people", "--accept", "1", "--refuse", "2", "--accept-domain", "region.example=R; region; Sud", "--yes"
    )
    assert result.exit_code == 0, result.stderr
    file = held / "people.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text("utf-8")
    assert text.startswith("# Decisions about people")
    assert 'territory = "Sud"' in text
    assert "2023-11-14" in text
    data = json.loads(run("people", "--json").stdout)
    assert (data["people"], len(data["suggestions"])) == (4, 0)
    assert [one["domain"] for one in data["domains"]] == ["example.org"]
    assert "Nobody in the records looks like somebody else" in run("people").stderr


def test_comments_of_the_file_stay(run: Run, held: Path) -> None:
    file = held / "people.toml"
    file.write_text("# mine\n[staff] # ours\nnames = []\n", "utf-8")
    assert run("people", "--accept", "1", "--yes").exit_code == 0
    assert file.read_text("utf-8").startswith("# mine\n[staff] # ours\nnames = []\n\n[[alias]]\n")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--accept", "9"), "9"),
        (("--refuse", "0"), "0"),
        (("--accept", "1", "--refuse", "1"), "both"),
        (("--accept-domain", "region.example"), "example.org="),
        (("--accept-domain", "region.example="), "example.org="),
        (("--accept-domain", "=x"), "example.org="),
        (("--accept-domain", "region.example=a;b;c;d"), "example.org="),
        (("--accept", "1"), "--yes"),
    ],
)
def test_a_wrong_decision_is_a_wrong_usage_and_writes_nothing(
    run: Run, held: Path, options: tuple[str, ...], word: str
) -> None:
    result = run("people", *options)
    assert result.exit_code == 2, result.stderr
    assert word in result.stderr
    assert not (held / "people.toml").exists()


def test_decisions_that_contradict_each_other_are_refused(run: Run, held: Path) -> None:
    result = run("people", "--accept", "1", "--accept", "2", "--refuse", "3", "--yes")
    assert result.exit_code == 1
    assert "error[distinct-and-same]" in result.stderr
    assert not (held / "people.toml").exists()


def test_a_domain_is_accepted_once_and_must_be_one(run: Run, held: Path) -> None:
    assert run("people", "--accept-domain", "@Region.example=R", "--yes").exit_code == 0
    again = run("people", "--accept-domain", "region.example=R", "--yes")
    assert again.exit_code == 2
    assert "region.example" in again.stderr
    wrong = run("people", "--accept-domain", "region=R", "--yes")
    assert wrong.exit_code == 1
    assert "error[email-domain]" in wrong.stderr


def test_a_people_file_with_errors_stops_both_commands_and_is_told(run: Run, held: Path) -> None:
    (held / "people.toml").write_text('[staff]\nemail = ["x"]\n', "utf-8")
    for command in ("people", "participants"):
        result = run(command)
        assert result.exit_code == 1
        assert "people.toml:2:1: error[unknown-key]" in result.stderr
    assert not (held / "out").exists()


def test_somebody_at_a_terminal_is_asked(run: Run, held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "1", "2", "y")
    result = run("people")
    assert result.exit_code == 0, result.stderr
    assert "same person: ada@example.org = name:lovelace ada" in result.stderr
    text = (held / "people.toml").read_text("utf-8")
    assert text.count("\n[[alias]]\n") == text.count("\n[[distinct]]\n") == 1


def test_no_answer_decides_nothing(run: Run, held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "", "")
    assert run("people").exit_code == 0
    assert not (held / "people.toml").exists()


def test_a_decision_can_still_be_taken_back(run: Run, held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "n")
    result = run("people", "--accept", "1")
    assert result.exit_code == 1
    assert "Nothing was changed" in result.stderr
    assert not (held / "people.toml").exists()


def test_people_of_a_cycle_without_records(run: Run, guide: Path) -> None:
    result = run("people")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "0 people" in result.stderr


# ---- participants


def private(cycle: Path) -> list[str]:
    folder = cycle / "out" / "private"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    return sorted(path.name for path in folder.iterdir())


def test_participants_are_written_where_only_the_user_reads_them(run: Run, held: Path) -> None:
    result = run("participants", "maroc", "--format", "csv,xlsx,html,json")
    assert result.exit_code == 0, result.stderr
    assert private(held) == [f"participants-maroc.{ending}" for ending in ("csv", "html", "json", "xlsx")]
    assert not (held / "out" / "public").exists()
    assert "out/private/participants-maroc.csv" in result.stderr
    assert "maroc: registered 2, present among them 0, absent among them 2, came unregistered 2." in result.stderr
    assert "Not counted: host 1." in result.stderr
    assert "17 August 2021" in result.stderr
    assert result.stdout == ""
    assert not [word for word in SECRET if word in result.stderr]


def test_the_list_is_in_the_language_of_the_cycle_or_the_one_asked_for(run: Run, held: Path) -> None:
    run("participants", "maroc", "--format", "csv")
    text = (held / "out" / "private" / "participants-maroc.csv").read_text("utf-8-sig")
    assert text.startswith("Situation;Nom de famille;")
    assert "'=1+1" in text
    run("participants", "maroc", "--format", "csv", "--lang", "en", "--comma")
    text = (held / "out" / "private" / "participants-maroc-en.csv").read_text("utf-8-sig")
    assert text.startswith("Standing,Last name,")


def test_the_list_of_the_cycle_follows_the_decisions(run: Run, held: Path) -> None:
    run("people", "--accept", "1", "--accept", "3", "--yes")
    attendance = held / "sessions" / "maroc" / "attendance.csv"
    attendance.write_text(attendance.read_text("utf-8").replace(",host,", ",participant,"), "utf-8")
    result = run("participants")
    assert result.exit_code == 0
    assert "Not counted" not in result.stderr
    assert private(held) == ["participants.xlsx"]
    assert run("participants", "--format", "json").exit_code == 0
    data = json.loads((held / "out" / "private" / "participants.json").read_text("utf-8"))
    assert [(one["key"], one["standing"], one["minutes"]) for one in data["participants"]] == [
        ("bob@region.example", "absent", None),
        ("ada@example.org", "present", 120),
        ("name:hôte", "walk-in", 120),
    ]


def test_the_same_list_again_is_unchanged(run: Run, held: Path) -> None:
    run("participants", "--format", "csv,xlsx,html,json")
    result = run("participants", "--format", "csv,xlsx,html,json")
    assert result.stderr.count("Unchanged") == 4


def test_a_pdf_is_made_where_the_writer_is_there(run: Run, held: Path) -> None:
    pytest.importorskip("typst")
    result = run("participants", "maroc", "--format", "pdf")
    assert result.exit_code == 0, result.stderr
    assert (held / "out" / "private" / "participants-maroc.pdf").read_bytes().startswith(b"%PDF-")


def test_where_nothing_was_imported_nothing_is_written(run: Run, guide: Path) -> None:
    for arguments, what in (((), "the cycle"), (("maroc",), "maroc")):
        result = run("participants", *arguments)
        assert result.exit_code == 0
        assert f"was imported for {what}" in result.stderr
    assert not (guide / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nord",), "maroc"),
        (("maroc", "--format", "csv,odt"), "odt"),
        (("maroc", "--format", ","), "xlsx"),
        (("--sign-in",), "--sign-in"),
        (("maroc", "--sign-in"), "online"),
    ],
)
def test_what_cannot_be_made_is_a_wrong_usage(run: Run, held: Path, arguments: tuple[str, ...], word: str) -> None:
    result = run("participants", *arguments)
    assert result.exit_code == 2
    assert word in result.stderr
    assert not (held / "out").exists()


def test_the_sign_in_sheet_of_a_session_where_people_meet(run: Run, held: Path, programme: Path) -> None:
    text = programme.read_text("utf-8")
    programme.write_text(text.replace('id = "maroc"\n', 'id = "maroc"\nmode = "hybrid"\nplace = "Paris"\n', 1), "utf-8")
    assert run("participants", "maroc", "--sign-in").exit_code == 0
    result = run("participants", "maroc", "--sign-in", "--format", "csv,xlsx")
    assert result.exit_code == 0, result.stderr
    assert private(held) == [f"sign-in-maroc.{ending}" for ending in ("csv", "html", "xlsx")]
    assert "émargement" in (held / "out" / "private" / "sign-in-maroc.html").read_text("utf-8")
    refused = run("participants", "maroc", "--sign-in", "--format", "json")
    assert refused.exit_code == 2
    assert "csv, xlsx, html, pdf" in refused.stderr


def test_a_sign_in_sheet_can_be_all_free_lines(run: Run, guide: Path, programme: Path) -> None:
    text = programme.read_text("utf-8")
    programme.write_text(text.replace('id = "maroc"\n', 'id = "maroc"\nmode = "hybrid"\nplace = "Paris"\n', 1), "utf-8")
    result = run("participants", "maroc", "--sign-in")
    assert result.exit_code == 0, result.stderr
    assert private(guide) == ["sign-in-maroc.html"]


def test_personal_files_that_git_would_track_are_not_written(run: Run, held: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=held, check=True)
    for arguments in (("participants", "maroc"), ("people", "--accept", "1", "--yes")):
        result = run(*arguments)
        assert result.exit_code == 1
        assert ".gitignore" in result.stderr
    assert not (held / "out").exists()
    assert not (held / "people.toml").exists()
    (held / ".gitignore").write_text("/out/\n/people.toml\n", "utf-8")
    assert run("participants", "maroc").exit_code == 0
    assert run("people", "--accept", "1", "--yes").exit_code == 0


def test_a_damaged_record_is_told_without_what_stands_in_it(run: Run, held: Path) -> None:
    file = held / "sessions" / "maroc" / "registrations.csv"
    file.write_text(file.read_text("utf-8").replace("confirmed", "Lovelace?"), "utf-8")
    result = run("participants", "maroc")
    assert result.exit_code == 1
    assert "sessions/maroc/registrations.csv" in result.stderr
    assert "Lovelace" not in result.stderr
