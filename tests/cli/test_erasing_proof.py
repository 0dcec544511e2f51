"""What forget finds beside the records: the programme, cells of others, names of folders and links, git, large files;
and what it asks where several people use an address."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_erasing import REGISTRATIONS, everything, small
from webcycle import folder as folders
from webcycle.cli import searching, terminal

JOURNAL = "sessions/.forgetting.json"
SPEAKER = 'speakers = [{ name = "Ada Lovelace", organisation = "Example Town" }]\n'


def with_speaker(folder: Path, more: str = "") -> int:
    """The programme of the real cycle with Ada as a speaker; the line on which she stands."""
    programme = folder / "cycle.toml"
    text = programme.read_text("utf-8")
    at = text.index("\n", text.index('id = "maroc"')) + 1
    programme.write_text(text[:at] + SPEAKER + more + text[at:], "utf-8")
    return text.count("\n", 0, at) + 1


def test_what_the_programme_says_of_a_person_is_named_apart_and_ends_well(run: Run, guide: Path) -> None:
    small(guide)
    line = with_speaker(guide)
    published = guide / "out" / "public"
    published.mkdir(parents=True)
    (published / "review.md").write_text("Speaker: Ada Lovelace\n", "utf-8")
    kinds = {one["file"]: one["kind"] for one in json.loads(run("whois", "ada@example.org", "--json").stdout)["held"]}
    assert kinds["cycle.toml"] == "programme"
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 0, done.output
    assert f"cycle.toml:{line}: the programme names this person here" in done.stdout
    assert "out/public/review.md:1: names this person as the programme does" in done.stdout
    assert "still tells" not in done.stdout
    assert "is yours to decide" in done.stderr
    assert SPEAKER in (guide / "cycle.toml").read_text("utf-8")
    assert not (guide / JOURNAL).exists()
    assert run("forget", "x.ada@example.org", "--yes").exit_code == 0
    assert "erasure-unfinished" not in run("check", "--json").stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.md", "Ada Lovelace"),
        ("out/public/review.md", "Ada Lovelace, ada@example.org"),
        ("out/public/Ada Lovelace ada@example.org.md", "of nobody"),
    ],
)
def test_what_the_programme_does_not_say_still_counts(run: Run, guide: Path, name: str, text: str) -> None:
    small(guide)
    with_speaker(guide)
    (guide / name).parent.mkdir(parents=True, exist_ok=True)
    (guide / name).write_text(f"{text}\n", "utf-8")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert f"{name}" in done.stdout
    assert "still tells" in done.stdout
    assert (guide / JOURNAL).exists()
    (guide / name).unlink()
    assert run("forget", "ada@example.org", "--yes").exit_code == 0


def test_a_comment_in_the_programme_is_published_by_nobody_and_counts(run: Run, guide: Path) -> None:
    small(guide)
    line = with_speaker(guide, '# ask "Ada Lovelace" first\n')
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert f"cycle.toml:{line + 1}: still tells" in done.stdout
    assert f"cycle.toml:{line}: the programme names this person here" in done.stdout


@pytest.mark.parametrize("cell", ['"Lovelace, Ada (cabinet)"', '"Ada, Lovelace"', '"Office of\nLovelace, Ada"'])
def test_a_name_with_a_comma_in_the_cell_of_somebody_else_is_seen(run: Run, guide: Path, cell: str) -> None:
    small(guide, "")
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    (guide / "sessions" / "maroc" / "attendance.csv").unlink()
    rows.write_text(
        REGISTRATIONS
        + "maroc,,ada@example.org,Ada Lovelace,,,,,participant,,confirmed,aaaaaaaaaaaaaaaa\n"
        + f"maroc,,bob@example.org,Bob Martin,,,{cell},,participant,,confirmed,aaaaaaaaaaaaaaaa\n",
        "utf-8",
    )
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1, done.output
    line = 3 if "\n" in cell else 2
    assert f"sessions/maroc/registrations.csv:{line}: still tells" in done.stdout


def test_words_of_two_cells_are_no_name(run: Run, guide: Path) -> None:
    small(guide, "")
    (guide / "sessions" / "maroc" / "attendance.csv").unlink()
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    rows.write_text(
        REGISTRATIONS
        + "maroc,,ada@example.org,Ada Lovelace,,,,,participant,,confirmed,aaaaaaaaaaaaaaaa\n"
        + 'maroc,,bob@example.org,"Martin, Ada",,,"Lovelace, Sons",,participant,,confirmed,aaaaaaaaaaaaaaaa\n',
        "utf-8",
    )
    assert run("forget", "ada@example.org", "--yes").exit_code == 0


def test_names_of_folders_and_links_and_where_links_lead_are_searched(run: Run, guide: Path) -> None:
    small(guide)
    own = guide / "own"
    own.mkdir()
    (guide / "Ada Lovelace").mkdir()
    (own / "ada@example.org").symlink_to("/nowhere/x")
    (own / "link.csv").symlink_to("/nowhere/Ada Lovelace.csv")
    (own / "other.csv").symlink_to("/nowhere/list.csv")
    os.mkfifo(own / "AdaLovelace.pipe")
    names = ["Ada Lovelace", "own/AdaLovelace.pipe", "own/ada@example.org", "own/link.csv"]
    told = json.loads(run("whois", "ada@example.org", "--json").stdout)["held"]
    assert [one["file"] for one in told if one["kind"] == "own"] == names
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert all(f"{name}: still tells" in done.stdout for name in names)
    assert "other.csv" not in done.stdout
    for name in names[1:]:
        (guide / name).unlink()
    (guide / "Ada Lovelace").rmdir()
    assert run("forget", "ada@example.org", "--yes").exit_code == 0


def test_git_repositories_inside_the_folder_are_named_as_out_of_reach(run: Run, guide: Path) -> None:
    small(guide)
    (guide / "sub" / ".git").mkdir(parents=True)
    (guide / "sub" / ".git" / "COMMIT_EDITMSG").write_text("Ada Lovelace\n", "utf-8")
    bare = guide / "kept.git"
    for name in ("objects", "refs"):
        (bare / name).mkdir(parents=True)
    (bare / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    told = json.loads(run("whois", "ada@example.org", "--json").stdout)
    assert told["repositories"] == ["kept.git", "sub"]
    assert "git" not in told["not-looked-for-in"]
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 0, done.output
    assert "what git keeps in sub" in done.stdout
    assert "what git keeps in kept.git" in done.stdout
    assert "but for what git keeps" in done.stderr


def shared(folder: Path) -> Path:
    """Two people who use one address, and the file in which they stand."""
    small(folder, "")
    rows = folder / "sessions" / "maroc" / "registrations.csv"
    added = "".join(
        f"maroc,,town@example.org,{name},,,,,participant,,confirmed,aaaaaaaaaaaaaaaa\n"
        for name in ("Alan Kay", "Kay A.", "Betty Snyder")
    )
    rows.write_text(rows.read_text("utf-8") + added, "utf-8")
    return rows


def test_several_people_under_one_address_are_not_erased_unasked(run: Run, guide: Path) -> None:
    rows = shared(guide)
    told = json.loads(run("whois", "town@example.org", "--json").stdout)
    assert told["several-people"] == ["Alan Kay", "Betty Snyder"]
    assert "Several people seem to use this address" in run("whois", "town@example.org").stdout
    before = {**everything(guide), ".webcycle.lock": b""}
    done = run("forget", "town@example.org", "--yes")
    assert done.exit_code == 1
    assert "Alan Kay · Betty Snyder" in done.stdout
    assert "--all-names" in done.stderr
    assert "Betty" not in done.stderr
    assert {**everything(guide), ".webcycle.lock": b""} == before
    assert run("forget", "town@example.org", "--dry-run").exit_code == 0
    assert run("forget", "town@example.org", "--all-names").exit_code == 2  # nobody is there to ask
    assert {**everything(guide), ".webcycle.lock": b""} == before
    done = run("forget", "town@example.org", "--yes", "--all-names")
    assert done.exit_code == 0, done.output
    assert "town@" not in rows.read_text("utf-8")
    assert json.loads(run("whois", "ada@example.org", "--json").stdout)["several-people"] == []


def test_on_a_terminal_several_people_are_asked_for_apart(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = shared(guide)
    monkeypatch.setattr(terminal, "interactive", lambda: True)
    done = run("forget", "town@example.org", answers="n\n")
    assert done.exit_code == 1
    assert "Erase all of them" in done.stderr
    assert "town@" in rows.read_text("utf-8")
    assert "Erase this person" in run("forget", "town@example.org", "--all-names", answers="n\n").stderr
    assert run("forget", "town@example.org", answers="y\n").exit_code == 0
    assert "town@" not in rows.read_text("utf-8")


def test_what_was_agreed_to_is_not_asked_again(run: Run, guide: Path) -> None:
    shared(guide)
    (guide / JOURNAL).write_text(json.dumps([{"asked": "town@example.org", "keys": ["town@example.org"]}]), "utf-8")
    assert run("forget", "town@example.org", "--yes").exit_code == 0


def test_names_that_were_decided_to_be_one_person_s_are_one(run: Run, guide: Path) -> None:
    shared(guide)
    (guide / "people.toml").write_text('[[alias]]\nperson = "town@example.org"\nis = ["name:betty snyder"]\n', "utf-8")
    assert run("forget", "town@example.org", "--yes").exit_code == 0


def test_a_long_search_shows_how_far_it_is(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(guide)
    shown: list[tuple[str, int]] = []
    done: list[int] = []
    real = terminal.progress

    def progress(text: str, total: int) -> Any:
        shown.append((text, total))
        with real(text, total):
            pass
        return nullcontext(done.append)

    monkeypatch.setattr(terminal, "progress", progress)
    assert run("whois", "ada@example.org").exit_code == 0
    assert shown == []
    monkeypatch.setattr(searching, "_LARGE", 10_000)
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    assert [text for text, _total in shown] == ["Searching the files of the folder"] * 2
    assert sum(done) == sum(total for _text, total in shown)


def test_nobody_is_looked_for_by_reading_the_folder_twice(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(guide)
    (guide / "note.txt").write_text("of nobody\n", "utf-8")
    read: list[str] = []
    real = folders.read

    def counted(path: Path, **options: Any) -> Any:
        read.append(path.name)
        return real(path, **options)

    monkeypatch.setattr(folders, "read", counted)
    assert run("forget", "nobody@example.org", "--yes").exit_code == 1
    assert read.count("note.txt") == 2


def test_a_mention_in_the_row_of_somebody_else_is_told_of_somebody_unknown(run: Run, guide: Path) -> None:
    small(guide)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    row = "maroc,,bob@example.org,Bob Martin,,,for cy@example.org,,participant,,confirmed,aaaaaaaaaaaaaaaa\n"
    rows.write_text(rows.read_text("utf-8") + row, "utf-8")
    (found,) = json.loads(run("whois", "cy@example.org", "--json").stdout)["held"]
    assert (found["file"], found["line"], found["kind"]) == ("sessions/maroc/registrations.csv", 4, "own")
    done = run("forget", "cy@example.org", "--yes")
    assert done.exit_code == 1
    assert "sessions/maroc/registrations.csv:4: still tells" in done.stdout


def test_people_toml_that_cannot_be_edited_stops_after_the_records(run: Run, guide: Path) -> None:
    people = '[staff]\nemails = [ "ada@example.org" # of the office\n , "bea@example.org"]\n'
    small(guide, people)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    (guide / "sessions" / "maroc" / "attendance.csv").unlink()
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert "people.toml: `staff.emails.0` cannot be removed without changing something else" in done.stderr
    assert "Remove it by hand, then run the command again" in done.stderr
    assert ",ada@example.org" not in rows.read_text("utf-8")
    assert (guide / "people.toml").read_text("utf-8") == people
    assert [one["asked"] for one in json.loads((guide / JOURNAL).read_text("utf-8"))] == ["ada@example.org"]
    (guide / "people.toml").write_text('[staff]\nemails = ["bea@example.org"]\n', "utf-8")
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    assert not (guide / JOURNAL).exists()
