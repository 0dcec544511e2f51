"""purge: nobody is left, and the review says after it what it said before, figure by figure."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import DATA, Run
from tests.cli.test_erasing import addresses, everything, imported, small
from webcycle import folder as folders
from webcycle import legible

__all__ = ["imported"]

SYNTHETIC = DATA / "guide-2020-2021-synthetic-exports"
# Words of ours that stand in these files.
KEYED, KEYS = ("calendar.toml", "cycle.schema.json"), ("Fingerprint", "Booklet")
NOTE = re.compile(r"(?:> [^\n]*\n)+\n?")


@pytest.fixture
def cycle(imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "guide"
    shutil.copytree(imported, folder)
    monkeypatch.chdir(folder)
    return folder


def reviews(run: Run, folder: Path) -> dict[str, str]:
    """The review in Markdown of each length and language, and as data of each language."""
    told = {}
    for lang in ("fr", "en"):
        name = "review" if lang == "fr" else "review-en"
        for level in ("short", "standard", "full"):
            formats = "md,json" if level == "short" else "md"
            done = run("report", "--format", formats, "--level", level, "--lang", lang)
            assert done.exit_code == 0, done.output
            told[f"{lang} {level}"] = (folder / "out" / "public" / f"{name}.md").read_text("utf-8")
        told[f"{lang} data"] = (folder / "out" / "public" / f"{name}.json").read_text("utf-8")
    return told


def test_the_review_after_is_the_one_before_and_nobody_is_left(run: Run, cycle: Path) -> None:
    people = addresses(cycle)
    run("participants", "--format", "csv")
    run("forget", people[0], "--yes")
    before = reviews(run, cycle)
    rows = len((cycle / "sessions" / "maroc" / "registrations.csv").read_text("utf-8").splitlines())
    done = run("purge", "--yes")
    assert done.exit_code == 0, done.output
    assert not (cycle / "sessions").exists()
    assert not (cycle / "people.toml").exists()
    assert not (cycle / "out" / "private").exists()
    after = reviews(run, cycle)
    assert after.keys() == before.keys()
    for key, text in after.items():
        if key.endswith("data"):
            assert text == before[key]
        else:
            assert "deleted on" in text or "ont été supprimées" in text
            assert NOTE.sub("", text) != text
            assert NOTE.sub("", text) == NOTE.sub("", before[key]), key
    left = {name: raw for name, raw in everything(cycle).items() if not name.endswith("cycle.toml")}
    every = [legible.address(one) for one in people[1::8]]
    assert legible.search(people[1].encode(), every)
    assert not [name for name, raw in left.items() if legible.search(raw, every)]
    log = tomllib.loads((cycle / "purge-log.toml").read_text("utf-8"))["purge"]
    assert log[0]["registrations"] > rows > 1
    assert log[0]["people"] > 150
    frozen = (cycle / "frozen-review.json").read_bytes()
    assert hashlib.sha256(frozen).hexdigest() == log[0]["review-sha256"]
    assert frozen.decode() == before["fr data"]
    assert (cycle / "imports.toml").exists()
    assert run("purge", "--yes").exit_code == 0  # there is nothing more


def test_every_format_can_be_made_of_what_was_frozen(run: Run, cycle: Path) -> None:
    assert run("purge", "--yes").exit_code == 0
    done = run("report", "--format", "html,docx", "--level", "full")
    assert done.exit_code == 0, done.output
    other = run("report", "--compare-with", cycle / "frozen-review.json")
    assert other.exit_code == 0, other.output


def test_what_is_interrupted_is_ended_by_another_run_with_the_same_figures(
    run: Run, cycle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = folders.remove, [0]

    def failing(path: Path) -> bool:
        calls[0] += 1
        if calls[0] > 7:
            raise OSError(5, "Input/output error")
        return real(path)

    assert run("report", "--format", "json").exit_code == 0
    before = (cycle / "out" / "public" / "review.json").read_bytes()
    monkeypatch.setattr(folders, "remove", failing)
    assert run("purge", "--yes").exit_code == 3
    monkeypatch.setattr(folders, "remove", real)
    log = tomllib.loads((cycle / "purge-log.toml").read_text("utf-8"))["purge"]
    assert "finished" not in log[0]
    frozen = (cycle / "frozen-figures.json").read_bytes()
    assert addresses(cycle)
    # What is left of the records is no whole: nothing is counted from it.
    assert run("report", "--format", "json").exit_code == 0
    assert (cycle / "out" / "public" / "review.json").read_bytes() == before
    assert "records-after-purge" in run("check").stdout
    assert run("purge", "--yes").exit_code == 0
    assert addresses(cycle) == []
    assert (cycle / "frozen-figures.json").read_bytes() == frozen
    log = tomllib.loads((cycle / "purge-log.toml").read_text("utf-8"))["purge"]
    assert len(log) == 1
    assert "finished" in log[0]
    assert run("report", "--format", "json").exit_code == 0
    assert (cycle / "out" / "public" / "review.json").read_bytes() == before


def test_before_its_day_it_is_refused(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(guide)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1614556800")
    done = run("purge", "--yes")
    assert done.exit_code == 1
    assert "2021-08-17" in done.stderr
    assert addresses(guide)
    assert run("purge", "--yes", "--early").exit_code == 0
    assert addresses(guide) == []
    assert tomllib.loads((guide / "purge-log.toml").read_text("utf-8"))["purge"][0]["early"]


def test_a_dry_run_writes_nothing_and_without_an_answer_neither_does_purge(run: Run, guide: Path) -> None:
    small(guide)
    before = everything(guide)
    done = run("purge", "--dry-run")
    assert done.exit_code == 0
    assert "sessions/maroc/registrations.csv" in done.stdout
    assert run("purge").exit_code == 2
    assert {**everything(guide), ".webcycle.lock": b""} == {**before, ".webcycle.lock": b""}


def test_without_a_date_it_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", "spring", "--title", "Spring", "--organiser", "Council", "--email", "w@example.org")
    monkeypatch.chdir(tmp_path / "spring")
    (tmp_path / "spring" / "people.toml").write_text("", "utf-8")
    done = run("purge", "--yes")
    assert done.exit_code == 1
    assert "No session has a date" in done.stderr
    done = run("purge", "--yes", "--early")
    assert done.exit_code == 0, done.output
    assert not (tmp_path / "spring" / "frozen-review.json").exists()
    assert run("report", "--format", "md").exit_code == 0


def test_the_other_commands_tell_the_figures_that_were_kept(run: Run, cycle: Path) -> None:
    def told() -> dict[str, str]:
        shown = {name: run(*name.split()).stdout for name in ("check --json", "status --json")}
        assert run("attendance", "--format", "json,csv").exit_code == 0
        public = cycle / "out" / "public"
        return shown | {name: (public / name).read_text("utf-8") for name in ("attendance.json", "attendance.csv")}

    with (cycle / "cycle.toml").open("a", encoding="utf-8") as file:
        for number in ("equals = 168", "more-than = 500"):
            file.write(f'\n[[claim]]\nfigure = "people"\n{number}\non = 2021-04-27\nsource = "a speech"\n')
    before = told()
    assert run("purge", "--yes").exit_code == 0
    after = told()
    people = [one for one in json.loads(after["check --json"]) if "people" in one["message"]]
    assert [one["code"] for one in people] == ["claim-contradicted"]
    assert "168" in people[0]["message"]
    duties = [
        [one for one in json.loads(shown["status --json"]) if one["kind"] != "personal-data"]
        for shown in (before, after)
    ]
    assert duties[0] == duties[1]
    assert len(duties[0]) < len(json.loads(before["status --json"]))
    for name in ("check --json", "attendance.json", "attendance.csv"):
        assert after[name] == before[name], name
    done = run("attendance")
    assert "frozen-figures.json" in done.stderr
    done = run("explain", "people", "--json")
    figure = json.loads(done.stdout)
    assert figure["value"] == 168
    assert "frozen-figures.json" in {one["path"] for one in figure["files"]}
    for command in (("participants",), ("query", "--list")):
        assert "no rows of people" in run(*command).stderr


def test_replays_go_on_being_seen_and_later_sessions_are_told(run: Run, cycle: Path, tmp_path: Path) -> None:
    assert run("purge", "--yes").exit_code == 0
    before = json.loads(run("attendance", "--json").stdout)
    views = cycle / "views.csv"
    rows = views.read_text("utf-8").splitlines()
    views.write_text("\n".join([*rows, re.sub(r"[-\d]+(?=,to-date)", "2021-06-02", rows[-1])]) + "\n", "utf-8")
    with (cycle / "cycle.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[session]]\nid = "encore"\ntitle = "Encore"\nstart = 2021-03-03T14:00:00\nend = 2021-03-03T15:00:00\n'
        )
        file.write('status = "confirmed"\nstated = { participants = 7, source = "head count" }\n')
    after = json.loads(run("attendance", "--json").stdout)
    sessions = {one["id"]: one for one in after["sessions"]}
    assert sessions["encore"]["figures"]["attended"]["value"] == 7
    assert "2021-06-02" in json.dumps(after)
    assert "2021-06-02" not in json.dumps(before)
    kept = {one["id"]: one["figures"]["attended"] for one in before["sessions"]}
    assert {name: sessions[name]["figures"]["attended"] for name in kept} == kept
    assert run("report", "--format", "md").exit_code == 0


def test_after_a_purge_rows_of_people_are_neither_taken_in_nor_out(run: Run, guide: Path) -> None:
    early, late = (guide.parent / name for name in ("early.csv", "late.csv"))
    early.write_text("E-mail,Name\nbea@example.org,Bea Fisher\n", "utf-8")
    late.write_text("E-mail,Name\nada@example.org,Ada Lovelace\n", "utf-8")
    columns = guide.parent / "map.toml"
    columns.write_text('email = "E-mail"\nname = "Name"\n', "utf-8")
    arguments = ("import", "--yes", "--session", "maroc", "--columns", columns)
    assert run(*arguments, early).exit_code == 0
    assert addresses(guide)
    assert run("purge", "--yes").exit_code == 0
    entries = (guide / "imports.toml").read_bytes()
    once = [one for one in arguments if one != "--yes"]
    for refused in (
        (*arguments, late),
        (*once, "--dry-run", late),
        ("import", "--undo", "early.csv", "--yes"),
        ("import", "--undo", "early.csv", "--dry-run"),
    ):
        done = run(*refused)
        assert done.exit_code == 1
        assert "frozen-figures.json" in done.stderr
    assert addresses(guide) == []
    assert (guide / "imports.toml").read_bytes() == entries
    (guide / "frozen-figures.json").unlink()
    (guide / "purge-log.toml").unlink()
    assert run("import", "--undo", "early.csv", "--yes").exit_code == 0
    assert run(*arguments, late).exit_code == 0
    assert addresses(guide)


def test_records_that_are_there_again_are_told_not_counted_and_removed(run: Run, guide: Path) -> None:
    small(guide)
    shutil.copytree(guide / "sessions", guide.parent / "backup")
    assert "records-after-purge" not in run("check").stdout
    assert run("purge", "--yes").exit_code == 0
    assert "records-after-purge" not in run("check").stdout
    before = run("attendance", "--json").stdout
    frozen = (guide / "frozen-figures.json").read_bytes()
    shutil.copytree(guide.parent / "backup", guide / "sessions")
    assert addresses(guide)
    assert "records-after-purge" in run("check").stdout
    assert run("attendance", "--json").stdout == before
    assert run("purge", "--yes").exit_code == 0
    assert addresses(guide) == []
    assert (guide / "frozen-figures.json").read_bytes() == frozen
    assert run("attendance", "--json").stdout == before


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"version": 2}', b"[]"])
def test_frozen_figures_that_were_changed_are_refused(run: Run, guide: Path, damage: bytes) -> None:
    small(guide)
    assert run("purge", "--yes").exit_code == 0
    (guide / "frozen-figures.json").write_bytes(damage)
    done = run("report", "--format", "md")
    assert done.exit_code == 1
    assert "frozen-figures.json" in done.stderr
    log = guide / "purge-log.toml"
    known = json.loads(json.dumps(tomllib.loads(log.read_text("utf-8")), default=str))["purge"][0]["figures-sha256"]
    log.write_text(log.read_text("utf-8").replace(known, hashlib.sha256(damage).hexdigest()), "utf-8")
    done = run("report", "--format", "md")
    assert done.exit_code == 1
    assert "damaged" in done.stderr


def named_in_the_ledger(folder: Path, name: str) -> None:
    """Let the ledger hold the name of the imported file, as one does that an earlier version wrote."""
    path = folder / "imports.toml"
    text, times = re.subn(r'(?m)^file = ".*"$', f'file = "{name}"', path.read_text("utf-8"))
    assert times == 1
    path.write_text(text, "utf-8")


def test_names_of_people_go_out_of_the_names_of_files(run: Run, guide: Path) -> None:
    table = guide.parent / "registrations-bea-fisher.csv"
    table.write_text("E-mail,Name\nada@example.org,Ada Lovelace\nbea@example.org,Bea Fisher\n", "utf-8")
    columns = guide.parent / "map.toml"
    columns.write_text('email = "E-mail"\nname = "Name"\n', "utf-8")
    assert run("import", "--yes", "--session", "maroc", "--columns", columns, table).exit_code == 0
    named_in_the_ledger(guide, table.name)
    (guide / "sessions" / "maroc" / "notes.txt").write_text("mine\n", "utf-8")
    assert run("purge", "--yes").exit_code == 0
    assert "bea-fisher" not in (guide / "imports.toml").read_text("utf-8")
    assert (guide / "sessions" / "maroc" / "notes.txt").exists()  # not ours


def test_what_lies_beyond_a_link_is_not_touched(run: Run, guide: Path) -> None:
    small(guide)
    outside = guide.parent / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "thesis.txt").write_text("mine\n", "utf-8")
    (guide / "out" / "private").mkdir(parents=True)
    (guide / "out" / "private" / "archive").symlink_to(outside)
    done = run("purge", "--yes")
    assert done.exit_code == 1
    assert "out/private/archive" in done.stderr
    assert (outside / "deep" / "thesis.txt").exists()
    assert addresses(guide)
    (guide / "out" / "private" / "archive").unlink()
    assert run("purge", "--yes").exit_code == 0
    assert (outside / "deep" / "thesis.txt").exists()


@pytest.mark.parametrize(("answer", "gone"), [("\n", False), ("n\n", False), ("what?\ny\n", True)])
def test_enter_alone_removes_nobody(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, answer: str, gone: bool
) -> None:
    small(guide)
    monkeypatch.setattr("webcycle.cli.terminal.interactive", lambda: True)
    done = run("purge", answers=answer)
    assert "[y/N]" in done.stderr
    assert (done.exit_code == 0) == gone
    assert (addresses(guide) == []) == gone


# ---- what stays and tells of people


def test_what_was_downloaded_copied_and_written_by_hand_is_named_before_it_cannot_be_found(
    run: Run, cycle: Path
) -> None:
    shutil.copytree(SYNTHETIC, cycle / "downloads")
    (cycle / "downloads" / "people.toml").unlink()
    records = cycle / "sessions" / "maroc" / "registrations.csv"
    shutil.copy(records, f"{records}.bak")
    (cycle / "list.csv").write_text("Cyril Caldremont\n", "utf-8")
    (cycle / "Caldremont Cyril.txt").write_text("of the file's name\n", "utf-8")
    (cycle / "note.txt").write_text("Nobody, nobody@example.org\n", "utf-8")
    with (cycle / "cycle.toml").open("a", encoding="utf-8") as file:
        file.write("# Call back: cyril.caldremont@univ-mirageville.example.org\n")
    before = everything(cycle)
    named = re.compile(r"(?m)^(.+): stays and still tells of people")
    dry = run("purge", "--dry-run")
    assert dry.exit_code == 1
    assert {**everything(cycle), ".webcycle.lock": b""} == {**before, ".webcycle.lock": b""}
    done = run("purge", "--yes")
    assert done.exit_code == 1, done.output
    found = named.findall(done.stdout)
    assert named.findall(dry.stdout) == found
    exports = {name for name in found if name.startswith("downloads/")}
    assert len(exports) > 15
    assert {*found} - exports == {
        "sessions/maroc/registrations.csv.bak",
        "list.csv",
        "Caldremont Cyril.txt",
        "cycle.toml",
    }
    assert f"{len(found)} files named above stay and still tell of these people" in done.stderr
    assert "Caldremont" not in done.stderr
    assert not records.exists()
    assert all((cycle / name).exists() for name in found)
    again = run("purge", "--yes")
    assert again.exit_code == 0
    assert "cannot be looked for without their names" in again.stderr


def test_where_nothing_else_tells_of_people_that_is_said_of_what_was_searched(run: Run, guide: Path) -> None:
    small(guide)
    done = run("purge", "--yes")
    assert done.exit_code == 0
    assert "still tells" not in done.stdout
    assert "none tells of these people" in done.stderr


def test_who_is_in_the_programme_and_words_that_are_nobody_s_are_not_named(run: Run, guide: Path) -> None:
    """A speaker who registered is no secret, and a name of one word proves nothing where it is a key."""
    with (guide / "cycle.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[contact]]\nid = "ada"\nname = "Ada Lovelace"\nrole = "office"\nemail = "ada@example.org"\n')
    small(guide)
    with (guide / "sessions" / "maroc" / "attendance.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"maroc,,zoom,,,{word},,participant,,,60,bbbbbbbbbbbbbbbb\n" for word in KEYS)
    assert run("export-ics").exit_code == 0
    (guide / "cycle.schema.json").write_text(run("schema").stdout, "utf-8")
    assert all(key.lower() in (guide / name).read_text("utf-8") for name, key in zip(KEYED, KEYS, strict=True))
    (guide / "notes.md").write_text("Ada Lovelace, ada@example.org, opens.\n", "utf-8")
    for word in KEYS:
        (guide / f"{word}.txt").write_text("of its name\n", "utf-8")
        assert f"{word}.txt: stays and still tells of people" in run("purge", "--dry-run").stdout
        (guide / f"{word}.txt").unlink()
    done = run("purge", "--yes")
    assert done.exit_code == 0, done.output
    assert "still tells" not in done.stdout


def test_what_cannot_be_read_whole_is_named_apart(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(guide)
    (guide / "recording.mp4").write_bytes(b"x" * 2_000_000)
    (guide / "Bea Fisher.mp4").write_bytes(b"x" * 2_000_000)
    monkeypatch.setattr("webcycle.exposure.MAX_FILE", 1_000_000)
    done = run("purge", "--dry-run")
    assert done.exit_code == 1
    assert "recording.mp4: stays and cannot be read whole" in done.stdout
    assert "Bea Fisher.mp4: stays and still tells of people" in done.stdout
    (guide / "Bea Fisher.mp4").unlink()
    done = run("purge", "--yes")
    assert done.exit_code == 0
    assert "none that can be read tells of these people" in done.stderr


def test_a_link_to_what_goes_stays_and_is_not_named(run: Run, guide: Path) -> None:
    small(guide)
    (guide / "shortcut.csv").symlink_to(guide / "sessions" / "maroc" / "registrations.csv")
    done = run("purge", "--yes")
    assert done.exit_code == 0, done.output
    assert (guide / "shortcut.csv").is_symlink()


@pytest.mark.parametrize("name", ["sessions/maroc/attendance.csv", "purge-log.toml", "frozen-review.json"])
def test_neither_removed_nor_written_is_what_a_link_leads_to_elsewhere(run: Run, guide: Path, name: str) -> None:
    small(guide)
    elsewhere = guide.parent / "elsewhere"
    elsewhere.write_bytes((guide / name).read_bytes() if (guide / name).exists() else b"")
    (guide / name).unlink(missing_ok=True)
    (guide / name).symlink_to(elsewhere)
    before = everything(guide.parent)
    done = run("purge", "--yes")
    assert done.exit_code == 1
    assert f"{name} lies beyond a link" in done.stderr
    lock = {f"{guide.name}/.webcycle.lock": b""}
    assert {**everything(guide.parent), **lock} == {**before, **lock}


def test_what_an_interrupted_purge_named_is_named_again_while_it_is_known_and_else_that_is_said(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(guide)
    (guide / "list.txt").write_text("Bea Fisher\n", "utf-8")
    (guide / "other.txt").write_text("Grace Hopper\n", "utf-8")
    real = folders.remove

    def stopping(after: str) -> None:
        def remove(path: Path) -> bool:
            if path.name == after:
                raise OSError(5, "Input/output error")
            return real(path)

        monkeypatch.setattr(folders, "remove", remove)

    stopping("registrations.csv")
    done = run("purge", "--yes")
    assert done.exit_code == 3
    assert done.stdout.count("still tells of people") == 2
    assert not (guide / "sessions" / "maroc" / "attendance.csv").exists()
    stopping("maroc")
    done = run("purge", "--yes")
    assert "list.txt: stays and still tells of people" in done.stdout
    assert "other.txt" not in done.stdout
    monkeypatch.setattr(folders, "remove", real)
    done = run("purge", "--yes")
    assert done.exit_code == 0
    assert "could not be looked for any more" in done.stderr
    assert "none tells of these people" not in done.stderr
    assert "finished" in tomllib.loads((guide / "purge-log.toml").read_text("utf-8"))["purge"][0]


def test_the_name_of_an_imported_file_that_tells_of_people_goes_and_is_not_named(run: Run, guide: Path) -> None:
    table = guide.parent / "registrations-fisher-bea.csv"
    table.write_text("E-mail,First name,Last name\nbea@example.org,Bea,Fisher\n", "utf-8")
    columns = guide.parent / "map.toml"
    columns.write_text('email = "E-mail"\nfirst = "First name"\nlast = "Last name"\n', "utf-8")
    assert run("import", "--yes", "--session", "maroc", "--columns", columns, table).exit_code == 0
    named_in_the_ledger(guide, table.name)
    done = run("purge", "--yes")
    assert done.exit_code == 0, done.output
    assert "fisher" not in (guide / "imports.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["山田太郎 Madonna.csv", "list-madonna.csv", "会議山田太郎.csv", "Lund_Bo.csv"])
def test_names_of_one_word_go_out_of_the_names_of_files_too(run: Run, guide: Path, name: str) -> None:
    table = guide.parent / "people.csv"
    table.write_text("E-mail,Name\na@example.org,山田太郎\nm@example.org,Madonna\nb@example.org,Bo Lund\n", "utf-8")
    columns = guide.parent / "map.toml"
    columns.write_text('email = "E-mail"\nname = "Name"\n', "utf-8")
    assert run("import", "--yes", "--session", "maroc", "--columns", columns, table).exit_code == 0
    named_in_the_ledger(guide, name)
    done = run("purge", "--yes")
    assert done.exit_code == 0, done.output
    assert 'file = "…"' in (guide / "imports.toml").read_text("utf-8")


def test_figures_that_lack_what_was_imported_are_not_kept_unless_that_is_wanted(run: Run, cycle: Path) -> None:
    shutil.rmtree(cycle / "sessions" / "maroc")
    before = everything(cycle)
    done = run("purge", "--yes")
    assert done.exit_code == 1
    assert "the figures lack them: maroc" in done.stderr
    assert "--incomplete removes the rest" in done.stderr
    dry = run("purge", "--dry-run")
    assert dry.exit_code == 1
    assert "the figures lack them: maroc" in dry.stderr
    assert run("purge", "--dry-run", "--incomplete").exit_code == 0
    assert {name: data for name, data in everything(cycle).items() if name != ".webcycle.lock"} == {
        name: data for name, data in before.items() if name != ".webcycle.lock"
    }
    done = run("purge", "--yes", "--incomplete")
    assert done.exit_code == 0, done.output
    assert "the figures lack them: maroc" in done.stderr
    assert tomllib.loads((cycle / "purge-log.toml").read_text("utf-8"))["purge"][0]["incomplete"] is True


def test_rows_that_were_taken_out_are_not_missing(run: Run, cycle: Path) -> None:
    """Everybody of a session was erased, or the rows that are there again after a purge are few."""
    for file in ("registrations.csv", "attendance.csv"):
        rows = cycle / "sessions" / "maroc" / file
        rows.write_text(rows.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    done = run("purge", "--yes")
    assert done.exit_code == 0, done.output
    small(cycle)
    done = run("purge", "--yes")
    assert done.exit_code == 0, done.output
    log = tomllib.loads((cycle / "purge-log.toml").read_text("utf-8"))["purge"]
    assert [one.get("incomplete") for one in log] == [None, None]
