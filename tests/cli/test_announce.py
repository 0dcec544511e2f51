"""announce, as a user meets it."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer

from tests.cli.conftest import DATA, Run
from tests.cli.test_publishing import edit
from tests.documents.pdf_reading import shown
from webcycle import folder

MOVE = "start = 2020-10-26T14:00:00\nend = 2020-10-26T16:00:00\n"
MOVED = "start = 2023-11-20T14:00:00\nend = 2023-11-20T16:00:00\nmoved-from = [2020-10-26T14:00:00]\n"


@pytest.fixture
def latin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real cycle that has minutes and a move, as the current folder."""
    here = tmp_path / "amerique-latine-2021"
    shutil.copytree(DATA / here.name, here, ignore=shutil.ignore_patterns(".webcycle.lock", "out", "calendar.toml"))
    monkeypatch.chdir(here)
    return here


def written(cycle: Path, name: str) -> str:
    return (cycle / "out" / "public" / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        (("programme",), "announce-programme"),
        (("session", "maroc"), "announce-session-maroc"),
        (("publication",), "announce-publication-guide"),
        (("publication", "guide"), "announce-publication-guide"),
    ],
)
def test_each_kind_writes_markdown_and_html_and_says_where(
    run: Run, guide: Path, words: tuple[str, ...], stem: str
) -> None:
    result = run("announce", *words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert f"out/public/{stem}.md" in result.stderr
    assert f"out/public/{stem}.html" in result.stderr
    assert "COMMUNIQUÉ" in written(guide, f"{stem}.md")
    page = written(guide, f"{stem}.html")
    assert page.startswith("<!doctype html>")
    assert '<html lang="fr"' in page
    assert len(list((guide / "out" / "public").iterdir())) == 2


@pytest.mark.parametrize("words", [("minutes", "seminaire"), ("change", "bordeaux")])
def test_minutes_and_a_change_of_the_real_cycle_that_has_them(run: Run, latin: Path, words: tuple[str, str]) -> None:
    result = run("announce", *words, "--format", "md")
    assert result.exit_code == 0, result.stderr
    stem = "-".join(("announce", *words))
    assert "contexte sanitaire" in written(latin, f"{stem}.md")
    assert run("announce", *words, "--lang", "en", "--format", "md").exit_code == 0
    assert "PRESS RELEASE" in written(latin, f"{stem}-en.md")
    assert "COMMUNIQUÉ" in written(latin, f"{stem}.md")


def test_the_second_run_changes_no_byte(run: Run, latin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("announce", "minutes", "seminaire", "--format", "md,html,pdf")
    before = {path: path.read_bytes() for path in latin.rglob("*") if path.is_file()}
    assert {path.suffix for path in before} >= {".md", ".html", ".pdf"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    result = run("announce", "minutes", "seminaire", "--format", "md,html,pdf")
    assert result.stderr.count("Unchanged") == 3
    assert {path: path.read_bytes() for path in latin.rglob("*") if path.is_file()} == before


def test_a_release_gives_the_day_and_without_one_it_is_today_in_the_zone_of_the_cycle(run: Run, guide: Path) -> None:
    run("announce", "publication")
    assert "28 septembre 2020" in written(guide, "announce-publication-guide.md").replace("\u00a0", " ").split("#")[0]
    run("announce", "session", "sante")
    assert "14 novembre 2023" in written(guide, "announce-session-sante.md").replace("\u00a0", " ").split("#")[0]
    edit(guide / "cycle.toml", "Europe/Paris", "Pacific/Noumea")
    run("announce", "session", "sante")
    assert "15 novembre 2023" in written(guide, "announce-session-sante.md").replace("\u00a0", " ").split("#")[0]


def test_the_pdf_read_by_another_program_says_what_changes(run: Run, guide: Path, programme: Path) -> None:
    edit(programme, MOVE, MOVED)
    result = run("announce", "change", "maroc", "--format", "pdf")
    assert result.exit_code == 0, result.stderr
    text = " ".join(shown((guide / "out" / "public" / "announce-change-maroc.pdf").read_bytes()).split())
    assert "prévu le lundi 26 octobre 2020 à 14h00, est reporté au lundi 20 novembre 2023 de 14h00 à 16h00" in text
    assert "Nouvelle date : lundi 20 novembre 2023, de 14h00 à 16h00" in text
    assert "Votre inscription reste valable" in text


def test_it_goes_where_out_says(run: Run, guide: Path, tmp_path: Path) -> None:
    assert run("announce", "programme", "--out", tmp_path / "site", "--format", "html").exit_code == 0
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["announce-programme.html"]
    assert not (guide / "out").exists()


@pytest.mark.parametrize("out", ["", " ", "sessions", "sessions/maroc", "out/private", "out/public/../private/x"])
def test_what_is_announced_goes_to_no_private_place(run: Run, guide: Path, out: str) -> None:
    result = run("announce", "programme", "--out", out)
    assert result.exit_code == 2
    assert "--out" in result.stderr
    assert not (guide / "out").exists()
    assert not (guide / "sessions").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), ("programme, session, change, minutes, publication",)),
        (("webinar",), ("“webinar”", "programme, session, change, minutes, publication")),
        (("session",), ("announce session SESSION", "maroc, egalite")),
        (("change",), ("announce change SESSION", "maroc, egalite")),
        (("minutes",), ("announce minutes SESSION", "maroc, egalite")),
        (("session", "lune"), ("lune", "maroc, egalite")),
        (("programme", "maroc"), ("leave out “maroc”",)),
        (("publication", "lune"), ("“lune”", "guide")),
        (("programme", "--format", ""), ("md, html, pdf, docx",)),
        (("programme", "--format", " , "), ("md, html, pdf, docx",)),
        (("programme", "--format", "md,json"), ("json", "md, html, pdf, docx")),
        (("programme", "--lang", "de"), ("fr | en",)),
        (("session", "maroc", "egalite"), ("egalite",)),
    ],
)
def test_a_wrong_usage_says_what_is_right_and_writes_nothing(
    run: Run, guide: Path, words: tuple[str, ...], told: tuple[str, ...]
) -> None:
    result = run("announce", *words)
    assert result.exit_code == 2
    assert [part for part in told if part not in result.stderr] == []
    assert "Traceback" not in result.output
    assert not (guide / "out").exists()


def test_it_speaks_french(run: Run, guide: Path) -> None:
    result = run("--lang", "fr", "announce", "change", "maroc")
    assert result.exit_code == 1
    assert "n’a pas changé" in result.stderr


def test_without_a_session_it_says_that_there_is_none(run: Run, tmp_path: Path) -> None:
    text = (
        '[cycle]\nid = "c"\ntitle = "C"\ntimezone = "Europe/Paris"\n[organiser]\nname = "O"\nemail = "o@example.org"\n'
    )
    (tmp_path / "cycle.toml").write_text(text, "utf-8")
    assert "The sessions are: -" in run("--cycle", tmp_path, "announce", "session").stderr
    result = run("--cycle", tmp_path, "announce", "publication")
    assert result.exit_code == 2
    assert "[[resource]]" in result.stderr


def test_of_several_publications_one_must_be_named(run: Run, guide: Path, programme: Path) -> None:
    more = '[[resource]]\nkind = "summary"\nid = "synthese"\ntitle = "La synthèse"\n\n[[session]]\nid = "maroc"'
    edit(programme, '[[session]]\nid = "maroc"', more)
    result = run("announce", "publication")
    assert result.exit_code == 2
    assert "guide, synthese" in result.stderr
    assert run("announce", "publication", "synthese", "--format", "md").exit_code == 0
    assert "synthèse" in written(guide, "announce-publication-synthese.md")
    assert "28 septembre 2020" not in written(guide, "announce-publication-synthese.md").replace("\u00a0", " ")


def test_the_only_publication_needs_no_id(run: Run, guide: Path, programme: Path) -> None:
    edit(programme, 'kind = "guide"\nid = "guide"\n', 'kind = "guide"\n')
    edit(programme, 'resource = "guide"\n', "")
    assert run("announce", "publication").exit_code == 0
    assert "28 septembre 2020" in written(guide, "announce-publication.md").replace("\u00a0", " ")


def test_several_publications_without_an_id_cannot_be_told_apart(run: Run, programme: Path) -> None:
    edit(programme, 'kind = "guide"\nid = "guide"\n', 'kind = "guide"\n')
    more = '[[resource]]\nkind = "summary"\ntitle = "La synthèse"\n\n[[session]]\nid = "maroc"'
    edit(programme, '[[session]]\nid = "maroc"', more)
    edit(programme, 'resource = "guide"\n', "")
    result = run("announce", "publication")
    assert result.exit_code == 2
    assert "The publications are: -" in result.stderr


@pytest.mark.parametrize(
    ("words", "keys", "told"),
    [
        (("session", "maroc"), 'status = "cancelled"\nreason = "x"\n', "webcycle announce change maroc"),
        (("minutes", "maroc"), 'status = "cancelled"\nreason = "x"\n', "webcycle announce change maroc"),
        (("minutes", "maroc"), 'status = "postponed"\nreason = "x"\n', "webcycle announce change maroc"),
        (("minutes", "maroc"), "", "`highlights`"),
        (("change", "maroc"), "", "`moved-from`"),
    ],
)
def test_what_would_not_be_true_is_refused(
    run: Run, guide: Path, programme: Path, words: tuple[str, str], keys: str, told: str
) -> None:
    text = programme.read_text("utf-8").split("[[claim]]")[0]
    programme.write_text(text.replace('id = "maroc"\n', f'id = "maroc"\n{keys}'), "utf-8")
    result = run("announce", *words)
    assert result.exit_code == 1, result.stderr
    assert "maroc" in result.stderr
    assert told in result.stderr
    assert not (guide / "out").exists()


def test_what_a_cancelled_session_is_refused_for_can_be_done_as_told(run: Run, guide: Path, programme: Path) -> None:
    text = programme.read_text("utf-8").split("[[claim]]")[0]
    programme.write_text(text.replace('id = "maroc"\n', 'id = "maroc"\nstatus = "cancelled"\nreason = "x"\n'), "utf-8")
    told = re.search(r"webcycle (announce change maroc)", run("announce", "session", "maroc").stderr)
    assert told is not None
    assert run(*told[1].split()).exit_code == 0
    assert "annulé" in written(guide, "announce-change-maroc.md")


def test_minutes_of_a_session_to_come_are_refused(run: Run, guide: Path, programme: Path) -> None:
    more = 'highlights = ["le retour"]\n'
    edit(programme, MOVE, "start = 2023-11-14T22:00:00\nend = 2023-11-14T23:00:00\n" + more)
    # It is the 14th of November 2023, 23:13 in Paris.
    assert run("announce", "minutes", "maroc").exit_code == 0
    edit(programme, "2023-11-14T22:00:00\nend = 2023-11-14T23:00:00", "2023-11-15T10:00:00\nend = 2023-11-15T11:00:00")
    result = run("announce", "minutes", "maroc")
    assert result.exit_code == 1
    assert "2023-11-15 10:00" in result.stderr
    assert "2023-11-14" in result.stderr


def test_a_programme_with_errors_is_not_announced(run: Run, guide: Path, programme: Path) -> None:
    edit(programme, 'axis = "geographie"', 'axis = "x"')
    result = run("announce", "programme")
    assert result.exit_code == 1
    assert "error[unknown-axis]" in result.stderr
    assert not (guide / "out").exists()


def test_no_join_link_is_announced(run: Run, guide: Path, programme: Path) -> None:
    secret = "https://meet.example.org/secret-room"
    edit(programme, MOVE, MOVED + f'join = {{ platform = "zoom", url = "{secret}" }}\n')
    assert secret in run("show", "maroc").stdout
    for words in (("programme",), ("session", "maroc"), ("change", "maroc"), ("publication",)):
        assert run("announce", *words).exit_code == 0
    published = [path for path in (guide / "out" / "public").iterdir() if path.is_file()]
    assert len(published) == 8
    assert not [path for path in published if b"secret-room" in path.read_bytes()]


@pytest.mark.parametrize("words", [("programme",), ("session", "maroc"), ("change", "maroc")])
@pytest.mark.parametrize("formats", ["md", "html", "pdf"])
def test_the_bytes_are_looked_at_before_anything_is_written(
    run: Run, guide: Path, programme: Path, words: tuple[str, ...], formats: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    join = 'join = { platform = "zoom", url = "https://zoom.example.org/j/85712345678" }\n'
    edit(programme, MOVE, MOVED + join)
    edit(programme, 'title = "Présentation', 'title = "857 1234 5678 Présentation')
    monkeypatch.setattr("webcycle.checks.RULES", ())
    result = run("announce", *words, "--format", formats)
    assert result.exit_code == 1
    assert "maroc" in result.stderr
    assert not (guide / "out").exists()


def test_the_programme_is_read_under_the_lock(
    run: Run, guide: Path, programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acquired = folder.lock

    @contextmanager
    def late(at: folder.Folder, name: str) -> Iterator[None]:
        with acquired(at, name):
            edit(programme, 'title = "La santé"', 'title = "The late word"')
            yield

    monkeypatch.setattr(folder, "lock", late)
    assert run("announce", "session", "sante").exit_code == 0
    assert "The late word" in written(guide, "announce-session-sante.md")


@pytest.mark.parametrize(("formats", "opened"), [("md,html", "html"), ("pdf,md", "pdf"), ("md", "md")])
def test_open_opens_what_is_best_read_and_only_when_asked(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch, formats: str, opened: str
) -> None:
    launched: list[str] = []

    def launch(path: str) -> int:
        launched.append(path)
        return 0

    monkeypatch.setattr(typer, "launch", launch)
    assert run("announce", "programme", "--format", formats).exit_code == 0
    assert launched == []
    assert run("announce", "programme", "--format", formats, "--open").exit_code == 0
    assert launched == [str(guide / "out" / "public" / f"announce-programme.{opened}")]


def test_without_typst_it_says_how_to_get_it(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    result = run("announce", "programme", "--format", "pdf")
    assert result.exit_code == 3
    assert "webcycle[documents]" in result.stderr
    assert not (guide / "out" / "public" / "announce-programme.pdf").exists()
    assert run("announce", "programme").exit_code == 0


def test_a_title_is_data_in_every_format(run: Run, guide: Path, programme: Path) -> None:
    edit(programme, 'title = "La santé"', 'title = "[Annulé] <b>La santé</b> [/x]"')
    result = run("announce", "session", "sante")
    assert result.exit_code == 0, result.stderr
    assert "<b>" not in written(guide, "announce-session-sante.html").split("<body")[1]
    assert "&lt;b&gt;La santé&lt;/b&gt;" in written(guide, "announce-session-sante.html")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_own_wording_is_used(run: Run, latin: Path, lang: str) -> None:
    programme = latin / "cycle.toml"
    own = f'\n[texts.{lang}]\n"document.change.registered" = "Ce que vous avez à faire"\n'
    programme.write_text(programme.read_text("utf-8") + own, "utf-8")
    edit(programme, "start = 2021-10-19", "start = 2031-10-19")
    assert run("announce", "change", "bordeaux", "--lang", lang, "--format", "md").exit_code == 0
    name = "announce-change-bordeaux.md" if lang == "fr" else "announce-change-bordeaux-en.md"
    assert "## Ce que vous avez à faire" in written(latin, name)
