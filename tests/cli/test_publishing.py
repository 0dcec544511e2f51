"""export-ics, report and demo, as a user meets them."""

from __future__ import annotations

import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import icalendar
import pytest

from tests.cli.conftest import DATA, Run
from webcycle import folder


def events(file: Path) -> dict[str, icalendar.Component]:
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def edit(programme: Path, old: str, new: str) -> None:
    text = programme.read_text("utf-8")
    assert old in text
    programme.write_text(text.replace(old, new, 1), "utf-8")


def test_export_ics_writes_the_feed_a_file_a_session_and_the_ledger(run: Run, guide: Path) -> None:
    result = run("export-ics")
    assert result.exit_code == 0, result.stderr
    public = guide / "out" / "public"
    assert len(events(public / "guide-2020-2021.ics")) == 10
    assert len(events(public / "maroc.ics")) == 1
    assert len(list(public.glob("*.ics"))) == 11
    assert "maroc" in (guide / "calendar.toml").read_text("utf-8")
    assert "11 files" in result.stderr


def test_export_ics_again_changes_no_byte(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("export-ics")
    before = {path: path.read_bytes() for path in guide.rglob("*") if path.is_file()}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    result = run("export-ics")
    assert "No session has changed" in result.stderr
    assert {path: path.read_bytes() for path in guide.rglob("*") if path.is_file()} == before


def test_a_moved_session_keeps_its_uid_raises_its_sequence_and_is_told(run: Run, guide: Path, programme: Path) -> None:
    run("export-ics")
    feed = guide / "out" / "public" / "guide-2020-2021.ics"
    before = events(feed)
    edit(
        programme,
        "start = 2020-10-26T14:00:00\nend = 2020-10-26T16",
        "start = 2020-11-02T14:00:00\nend = 2020-11-02T16",
    )
    result = run("export-ics")
    assert "maroc: 26 Oct 14:00 -> 2 Nov 14:00, SEQUENCE 1" in result.stderr
    after = events(feed)
    assert set(after) == set(before)
    moved = [uid for uid in after if after[uid]["SEQUENCE"] != before[uid]["SEQUENCE"]]
    assert len(moved) == 1
    assert after[moved[0]]["SEQUENCE"] == 1
    assert str(after[moved[0]].decoded("DTSTART")) == "2020-11-02 14:00:00+01:00"


def test_a_dry_run_says_what_would_move_and_writes_nothing(run: Run, guide: Path, programme: Path) -> None:
    run("export-ics")
    edit(programme, 'title = "La santé"', 'title = "La santé pour tous"')
    before = {path: path.read_bytes() for path in guide.rglob("*") if path.is_file()}
    result = run("export-ics", "--dry-run")
    assert result.exit_code == 0
    assert "sante" in result.stderr
    assert {path: path.read_bytes() for path in guide.rglob("*") if path.is_file()} == before


def test_a_published_session_cannot_vanish_until_it_is_cancelled(run: Run, guide: Path, programme: Path) -> None:
    run("export-ics")
    text = programme.read_text("utf-8").split("[[claim]]")[0]
    block = re.search(r'\[\[session\]\]\nid = "sante".*?(?=\n\[\[)', text, re.DOTALL)
    assert block is not None
    before = (guide / "out" / "public" / "guide-2020-2021.ics").read_bytes()
    programme.write_text(text.replace(block[0], ""), "utf-8")
    result = run("export-ics")
    assert result.exit_code == 1
    assert "sante" in result.stderr
    assert (guide / "out" / "public" / "guide-2020-2021.ics").read_bytes() == before
    programme.write_text(text.replace(block[0], block[0].rstrip() + '\nstatus = "cancelled"\nreason = "x"\n'), "utf-8")
    assert run("export-ics").exit_code == 0
    cancelled = [
        e for e in events(guide / "out" / "public" / "guide-2020-2021.ics").values() if e["STATUS"] == "CANCELLED"
    ]
    assert len(cancelled) == 1


def test_the_feed_of_an_axis_holds_its_sessions_only(run: Run, guide: Path) -> None:
    assert run("export-ics", "--axis", "dispositifs").exit_code == 0
    found = events(guide / "out" / "public" / "guide-2020-2021-dispositifs.ics")
    assert {uid.split(".")[0] for uid in found} == {"appels-a-projets", "expe-ct"}


def test_an_axis_that_is_not_there_is_a_wrong_usage(run: Run, guide: Path) -> None:
    result = run("export-ics", "--axis", "nord")
    assert result.exit_code == 2
    assert "geographie" in result.stderr
    assert not (guide / "out").exists()


def test_no_join_link_in_what_is_published(run: Run, guide: Path, programme: Path) -> None:
    secret = "https://meet.example.org/secret-room"
    edit(programme, 'id = "maroc"\n', f'id = "maroc"\njoin = {{ platform = "zoom", url = "{secret}" }}\n')
    assert secret in run("show", "maroc").stdout
    run("export-ics")
    run("report")
    published = [path for path in (guide / "out" / "public").iterdir() if path.is_file()]
    assert len(published) > 10
    assert not [path for path in published if b"secret-room" in path.read_bytes().replace(b"\r\n ", b"")]


@pytest.mark.parametrize("command", ["export-ics", "report"])
def test_a_join_link_in_a_public_text_is_refused_with_its_place(
    run: Run, guide: Path, programme: Path, command: str
) -> None:
    secret = "https://zoom.example.org/j/85712345678"
    join = f'join = {{ platform = "zoom", url = "{secret}" }}\nurl = "{secret}"\n'
    edit(programme, 'id = "maroc"\n', f'id = "maroc"\n{join}')
    result = run(command)
    assert result.exit_code == 1
    assert re.search(r"cycle.toml:\d+:\d+: error\[join-link-in-public-text\]", result.stderr)
    assert not (guide / "out").exists()


@pytest.mark.parametrize("command", ["export-ics", "report --level full"])
def test_the_bytes_are_looked_at_before_anything_is_written(
    run: Run, guide: Path, programme: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    join = 'join = { platform = "zoom", url = "https://zoom.example.org/j/85712345678" }\n'
    edit(
        programme,
        'id = "maroc"\n',
        f'id = "maroc"\nurl = "https://example.org/?857-1234-5678"\nhighlights = ["857 1234 5678"]\n{join}',
    )
    monkeypatch.setattr("webcycle.checks.RULES", ())
    result = run(*command.split())
    assert result.exit_code == 1
    assert "maroc" in result.stderr
    assert not (guide / "out").exists()
    assert not (guide / "calendar.toml").exists()


@pytest.mark.parametrize("lost", [None, "", "version = 1\n"])
def test_a_lost_ledger_does_not_begin_again_at_zero(run: Run, guide: Path, programme: Path, lost: str | None) -> None:
    run("export-ics")
    edit(programme, 'title = "La santé"', 'title = "La santé pour tous"')
    run("export-ics")
    ledger = guide / "calendar.toml"
    before = ledger.read_bytes()
    ledger.unlink()
    if lost is not None:
        ledger.write_text(lost, "utf-8")
    result = run("export-ics")
    assert result.exit_code == 0, result.stderr
    assert "10 sessions were read again" in result.stderr
    assert ledger.read_bytes() == before
    assert "No session has changed" in result.stderr


def test_the_feed_of_an_axis_is_kept_up_once_it_is_written(run: Run, guide: Path, programme: Path) -> None:
    run("export-ics", "--axis", "geographie")
    edit(programme, "start = 2020-10-26T14:00:00\nend = 2020-10-26", "start = 2020-11-02T14:00:00\nend = 2020-11-02")
    run("export-ics")
    found = events(guide / "out" / "public" / "guide-2020-2021-geographie.ics")
    (maroc,) = [event for uid, event in found.items() if uid.startswith("maroc.")]
    assert str(maroc.decoded("DTSTART")) == "2020-11-02 14:00:00+01:00"
    assert not (guide / "out" / "public" / "guide-2020-2021-dispositifs.ics").exists()


def test_the_file_of_a_cancelled_session_that_left_is_named(run: Run, guide: Path, programme: Path) -> None:
    text = programme.read_text("utf-8").split("[[claim]]")[0]
    block = re.search(r'\[\[session\]\]\nid = "sante".*?(?=\n\[\[)', text, re.DOTALL)
    assert block is not None
    programme.write_text(text.replace(block[0], block[0].rstrip() + '\nstatus = "cancelled"\nreason = "x"\n'), "utf-8")
    assert "sante.ics" not in run("export-ics").stderr
    programme.write_text(text.replace(block[0], ""), "utf-8")
    result = run("export-ics")
    assert result.exit_code == 0, result.stderr
    assert "out/public/sante.ics" in result.stderr
    assert "No session has changed" not in result.stderr
    (guide / "out" / "public" / "sante.ics").unlink()
    assert "sante.ics" not in run("export-ics").stderr


@pytest.mark.parametrize("command", ["export-ics", "report --level full"])
def test_the_programme_is_read_under_the_lock(
    run: Run, guide: Path, programme: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    acquired = folder.lock

    @contextmanager
    def late(at: folder.Folder, name: str) -> Iterator[None]:
        with acquired(at, name):
            edit(programme, 'id = "maroc"\n', 'id = "rabat"\nhighlights = ["the late word"]\n')
            yield

    monkeypatch.setattr(folder, "lock", late)
    run(*command.split())
    name, words = ("rabat.ics", "rabat") if command == "export-ics" else ("review.md", "the late word")
    assert words in (guide / "out" / "public" / name).read_text("utf-8")


def test_a_session_without_a_date_is_named_as_left_out(run: Run, programme: Path) -> None:
    edit(programme, "start = 2020-10-26T14:00:00\nend = 2020-10-26T16:00:00\n", 'status = "cancelled"\nreason = "x"\n')
    result = run("export-ics")
    assert result.exit_code == 0, result.stderr
    assert "not in the calendar: maroc" in result.stderr


def test_a_dry_run_needs_to_write_nothing_not_even_a_lock(run: Run, guide: Path) -> None:
    result = run("export-ics", "--dry-run")
    assert result.exit_code == 0
    assert "Dry run" in result.stderr
    assert not (guide / folder.LOCK).exists()


@pytest.mark.parametrize("command", ["export-ics", "report"])
@pytest.mark.parametrize("out", ["", " ", "sessions", "sessions/maroc", "out/private", "out/public/../private/x"])
def test_what_is_published_goes_to_no_private_place(run: Run, guide: Path, command: str, out: str) -> None:
    before = {path for path in guide.rglob("*") if path.name != folder.LOCK}
    result = run(command, "--out", out)
    assert result.exit_code == 2
    assert "--out" in result.stderr
    assert {path for path in guide.rglob("*") if path.name != folder.LOCK} == before


def test_what_publishes_refuses_a_programme_with_errors(run: Run, guide: Path, programme: Path) -> None:
    edit(programme, 'axis = "geographie"', 'axis = "x"')
    for command in ("export-ics", "report"):
        result = run(command)
        assert result.exit_code == 1
        assert "error[unknown-axis]" in result.stderr
    assert not (guide / "out").exists()


def test_a_contradicted_claim_fails_check_and_is_told_by_the_review(run: Run, guide: Path, programme: Path) -> None:
    edit(programme, "equals = 10", "equals = 11")
    assert run("check").exit_code == 1
    assert run("export-ics").exit_code == 0
    assert run("report", "--lang", "en").exit_code == 0
    assert "contradicted" in (guide / "out" / "public" / "review-en.md").read_text("utf-8")


def test_a_damaged_ledger_is_refused_and_left_as_it_is(run: Run, guide: Path) -> None:
    (guide / "calendar.toml").write_text("[session.maroc]\nuid = 3\n", "utf-8")
    result = run("export-ics")
    assert result.exit_code in (1, 3)
    assert "calendar.toml" in result.stderr
    assert "Traceback" not in result.output
    assert not (guide / "out").exists()


def test_report_writes_markdown_and_html_and_says_where(run: Run, guide: Path) -> None:
    result = run("report")
    assert result.exit_code == 0, result.stderr
    assert "out/public/review.md" in result.stderr
    assert (guide / "out" / "public" / "review.html").read_text("utf-8").startswith("<!doctype html>")


def test_report_in_the_other_language_stands_beside(run: Run, guide: Path) -> None:
    run("report")
    own = (guide / "out" / "public" / "review.md").read_bytes()
    assert run("report", "--lang", "en", "--format", "md").exit_code == 0
    assert (guide / "out" / "public" / "review.md").read_bytes() == own
    assert b"webinars" in (guide / "out" / "public" / "review-en.md").read_bytes()


def test_report_writes_pdf_when_asked(run: Run, guide: Path) -> None:
    assert run("report").exit_code == 0
    assert not (guide / "out" / "public" / "review.pdf").exists()
    result = run("report", "--format", "pdf")
    assert result.exit_code == 0, result.stderr
    written = (guide / "out" / "public" / "review.pdf").read_bytes()
    assert written.startswith(b"%PDF-1.7")
    assert "Unchanged" in run("report", "--format", "pdf").stderr
    assert (guide / "out" / "public" / "review.pdf").read_bytes() == written


def test_report_says_what_the_fonts_do_not_have(run: Run, programme: Path) -> None:
    edit(programme, 'title = "La santé"', 'title = "La santé \\u0378"')
    result = run("report", "--format", "pdf")
    assert result.exit_code == 0, result.stderr
    assert "U+0378" in result.stderr
    assert "PDF/UA" in result.stderr


def test_report_without_typst_says_how_to_get_it(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    result = run("report", "--format", "pdf")
    assert result.exit_code == 3
    assert "webcycle[documents]" in result.stderr
    assert not (guide / "out" / "public" / "review.pdf").exists()
    assert run("report").exit_code == 0


def test_report_refuses_a_format_that_it_does_not_write(run: Run, guide: Path) -> None:
    result = run("report", "--format", "md,odt")
    assert result.exit_code == 2
    assert "odt" in result.stderr
    assert not (guide / "out").exists()


def test_a_report_and_a_communique_are_written_as_docx_too(run: Run, guide: Path) -> None:
    assert run("report", "--format", "docx").exit_code == 0
    assert run("announce", "programme", "--format", "docx").exit_code == 0
    for name in ("review.docx", "announce-programme.docx"):
        with zipfile.ZipFile(guide / "out/public" / name) as package:
            assert "coopération décentralisée" in package.read("word/document.xml").decode()


def test_report_says_more_at_each_level_in_the_same_file(run: Run, guide: Path) -> None:
    said = {}
    for level in ("short", "standard", "full"):
        assert run("report", "--level", level, "--format", "md").exit_code == 0
        said[level] = (guide / "out" / "public" / "review.md").read_text("utf-8")
    assert len(said["short"]) < len(said["standard"]) < len(said["full"])
    assert "## Ce qui manque" in said["full"]
    assert run("report", "--format", "md").exit_code == 0
    assert (guide / "out" / "public" / "review.md").read_text("utf-8") == said["standard"]


def test_a_level_that_is_not_known_is_a_wrong_usage(run: Run, guide: Path) -> None:
    result = run("report", "--level", "long")
    assert result.exit_code == 2
    assert "short, standard, full" in result.stderr
    assert not (guide / "out").exists()


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened, by file name, instead of opening it; the program of a Markdown file is missing."""
    found: list[str] = []

    def launch(url: str) -> int:
        found.append(Path(url).name)
        assert Path(url).exists()
        return int(url.endswith(".md"))

    monkeypatch.setattr("typer.launch", launch)
    return found


@pytest.mark.parametrize(
    ("formats", "name"),
    [("md,html", "review.html"), ("pdf,md", "review.pdf"), ("json,html", "review.html"), ("md", "review.md")],
)
def test_report_opens_what_is_best_read_when_asked(
    run: Run, guide: Path, launched: list[str], formats: str, name: str
) -> None:
    assert run("report", "--format", formats).exit_code == 0
    assert launched == []
    result = run("report", "--format", formats, "--open")
    assert result.exit_code == 0
    assert launched == [name]
    assert ("could not be opened" in result.stderr) == (name == "review.md")


def test_of_data_alone_there_is_nothing_to_open(run: Run, guide: Path, launched: list[str]) -> None:
    result = run("report", "--format", "json", "--open")
    assert result.exit_code == 2
    assert "nothing for --open to show: json" in result.stderr
    assert launched == []
    assert not (guide / "out").exists()
    assert run("report", "--format", "json").exit_code == 0


def test_nothing_is_opened_when_nothing_was_written(run: Run, programme: Path, launched: list[str]) -> None:
    edit(programme, 'axis = "geographie"', 'axis = "x"')
    assert run("report", "--open").exit_code == 1
    assert launched == []


def test_report_shows_how_far_it_is_on_a_terminal_alone(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, int]] = []
    done: list[int] = []

    @contextmanager
    def progress(text: str, total: int) -> Iterator[Callable[[int], object]]:
        shown.append((text, total))
        yield done.append

    assert "Writing" not in run("report").stderr
    monkeypatch.setattr("webcycle.cli.terminal.progress", progress)
    assert run("report", "--format", "md,html").exit_code == 0
    assert shown == [("Writing", 4)]
    assert sum(done) == 4


def test_report_goes_where_out_says(run: Run, guide: Path, tmp_path: Path) -> None:
    assert run("report", "--out", tmp_path / "site").exit_code == 0
    assert (tmp_path / "site" / "review.html").exists()
    assert not (guide / "out").exists()


@pytest.mark.parametrize("cycle", ["covid-19-2020", "amerique-latine-2021"])
def test_report_of_the_other_real_cycles(run: Run, tmp_path: Path, cycle: str) -> None:
    for lang in ("fr", "en"):
        result = run("--cycle", DATA / cycle, "report", "--lang", lang, "--out", tmp_path)
        assert result.exit_code == 0, result.stderr
    assert not (DATA / cycle / "out").exists()


def test_demo_does_the_whole_way_and_can_be_repeated(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = run("demo", folder)
    assert first.exit_code == 0, first.stderr
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.name for path in files} >= {"cycle.toml", "calendar.toml", "review.html", "guide-2020-2021.ics"}
    second = run("demo", folder)
    assert second.exit_code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == files


def test_demo_publishes_nothing_of_a_programme_that_is_the_users_own(run: Run, tmp_path: Path) -> None:
    run("demo", tmp_path)
    edit(tmp_path / "cycle.toml", 'title = "La santé"', 'title = "La santé de tous"')
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run("demo", tmp_path).exit_code == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_ledger_is_toml_that_names_each_session(run: Run, guide: Path) -> None:
    run("export-ics")
    ledger = tomllib.loads((guide / "calendar.toml").read_text("utf-8"))
    assert "maroc" in json.dumps(ledger, default=str)


def test_what_the_demo_makes_of_invented_people_says_so(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path / "d").exit_code == 0
    assert run("--cycle", tmp_path / "d" / "synthetic", "report").exit_code == 0
    invented = (tmp_path / "d" / "synthetic" / "out" / "public" / "review.md").read_text("utf-8")
    assert "DONNÉES SYNTHÉTIQUES" in invented
    assert "annoncé publiquement" not in invented
    assert "mesuré" in invented
    assert "SYNTHÉTIQUES" not in (tmp_path / "d" / "out" / "public" / "review.md").read_text("utf-8")
    assert list((tmp_path / "d" / "synthetic" / "out" / "private").glob("participants-maroc.xlsx"))
    assert not (tmp_path / "d" / "sessions").exists()
