"""init and add-session, as a user meets them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import Run

INIT = (
    "--title",
    "Webinaires de printemps",
    "--organiser",
    "Conseil régional",
    "--email",
    "webinaires@example.org",
)
SESSION = ("--id", "climat", "--title", "Le climat", "--start", "2021-10-12 10:00", "--duration", "2h30")


def test_init_writes_a_programme_that_checks(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "printemps"
    result = run("init", folder, *INIT, "--lang", "fr")
    assert result.exit_code == 0, result.stderr
    written = tomllib.loads((folder / "cycle.toml").read_text("utf-8"))
    assert written["cycle"] == {
        "id": "webinaires-de-printemps",
        "title": "Webinaires de printemps",
        "language": "fr",
        "timezone": "Europe/Paris",
    }
    assert run("--cycle", folder, "check").exit_code == 0
    assert (folder / "cycle.schema.json").exists()
    assert "/sessions/" in (folder / ".gitignore").read_text("utf-8")


def test_init_keeps_the_rules_that_a_gitignore_already_has(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n/out/", "utf-8")
    assert run("init", tmp_path, *INIT).exit_code == 0
    rules = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert rules[:2] == ["mine", "/out/"]
    assert rules.count("/out/") == 1
    assert "/sessions/" in rules


def test_init_never_overwrites_a_programme(run: Run, programme: Path) -> None:
    before = programme.read_bytes()
    result = run("init", programme.parent, *INIT)
    assert result.exit_code == 1
    assert programme.read_bytes() == before


def test_init_without_a_terminal_names_everything_that_is_missing_at_once(run: Run, tmp_path: Path) -> None:
    result = run("init", tmp_path / "new")
    assert result.exit_code == 2
    for option in ("--title", "--organiser", "--email"):
        assert option in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--email", "nobody", "email"),
        ("--timezone", "Europe/Pars", "unknown-zone"),
        ("--id", "../x", "slug"),
        ("--lang", "de", "unknown-choice"),
    ],
)
def test_init_refuses_what_would_not_check(run: Run, tmp_path: Path, option: str, value: str, code: str) -> None:
    result = run("init", tmp_path / "new", *INIT, option, value)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert "cycle.toml:" not in result.stderr  # there is no such file
    assert not (tmp_path / "new").exists()


def test_add_session_appends_the_block_and_touches_nothing_else(run: Run, programme: Path) -> None:
    before = programme.read_bytes()
    result = run("add-session", *SESSION, "--axis", "thematique", "--country", "FR", "--yes")
    assert result.exit_code == 0, result.stderr
    after = programme.read_bytes()
    assert after.startswith(before)
    added = tomllib.loads(after.decode())["session"][-1]
    assert added["id"] == "climat"
    assert added["start"].isoformat() == "2021-10-12T10:00:00"
    assert added["countries"] == ["FR"]
    assert 'id = "climat"' in result.stderr


def test_add_session_takes_every_key(run: Run, programme: Path) -> None:
    result = run(
        "add-session",
        *SESSION,
        "--speaker",
        "Ada Example; directrice; Ville d'Exemple",
        "--join-url",
        "https://meet.example.org/1",
        "--set",
        "registration.capacity=350",
        "--set",
        'agenda=[{ start = 10:00:00, end = 12:30:00, title = "Tout" }]',
        "--set",
        "reason=pas du TOML",
        "--registration-url",
        "https://example.org/inscription",
        "--yes",
    )
    assert result.exit_code == 0, result.stderr
    added = tomllib.loads(programme.read_text("utf-8"))["session"][-1]
    assert added["speakers"] == [{"name": "Ada Example", "role": "directrice", "organisation": "Ville d'Exemple"}]
    assert added["registration"] == {"capacity": 350, "url": "https://example.org/inscription"}
    assert added["agenda"][0]["title"] == "Tout"
    assert added["reason"] == "pas du TOML"
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--id", "maroc"), "duplicate-id"),
        (("--axis", "climat"), "unknown-axis"),
        (("--end", "2021-10-12 09:00"), ""),
        (("--set", "colour='red'"), "no-such-key"),
        (("--set", "titel='red'"), "unknown-key"),
        (("--status", "maybe"), "unknown-choice"),
    ],
)
def test_add_session_refuses_what_would_not_check_and_changes_nothing(
    run: Run, programme: Path, arguments: tuple[str, ...], code: str
) -> None:
    before = programme.read_bytes()
    result = run("add-session", *SESSION, *arguments, "--yes")
    assert result.exit_code == 1
    assert code in result.stderr
    assert programme.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("--start", "tomorrow"),
        ("--start", "2021-02-30 10:00"),
        ("--speaker", "a;b;c;d"),
        ("--set", "no equals sign"),
    ],
)
def test_add_session_says_how_an_option_is_written(run: Run, programme: Path, arguments: tuple[str, ...]) -> None:
    before = programme.read_bytes()
    result = run("add-session", *SESSION, *arguments, "--yes")
    assert result.exit_code == 2
    assert arguments[0] in result.stderr
    assert programme.read_bytes() == before


def test_add_session_without_anybody_to_agree_needs_yes(run: Run, programme: Path) -> None:
    before = programme.read_bytes()
    result = run("add-session", *SESSION)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert programme.read_bytes() == before


def test_add_session_without_options_names_what_is_missing(run: Run, programme: Path) -> None:
    result = run("add-session")
    assert result.exit_code == 2
    assert "--title" in result.stderr
    assert "--start" in result.stderr


def test_add_session_keeps_the_mode_and_the_newlines_of_the_file(run: Run, programme: Path) -> None:
    programme.write_bytes(programme.read_bytes().replace(b"\n", b"\r\n"))
    programme.chmod(0o640)
    assert run("add-session", *SESSION, "--yes").exit_code == 0
    written = programme.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert stat.S_IMODE(programme.stat().st_mode) == 0o640


def test_add_session_of_a_whole_day(run: Run, programme: Path) -> None:
    result = run("add-session", "--title", "Journée", "--start", "2021-06-02", "--yes")
    assert result.exit_code == 0, result.stderr
    added = tomllib.loads(programme.read_text("utf-8"))["session"][-1]
    assert added["start"].isoformat() == "2021-06-02"
    assert added["id"] == "journee"


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to answer."""
    monkeypatch.setattr("webcycle.cli.terminal.interactive", lambda: True)


@pytest.mark.usefixtures("somebody")
def test_init_asks_for_what_was_not_given(run: Run, tmp_path: Path) -> None:
    answers = "Printemps\n\nRégion\nregion@example.org\n\nfr\n"
    result = run("init", tmp_path / "p", answers=answers)
    assert result.exit_code == 0, result.stderr
    written = tomllib.loads((tmp_path / "p" / "cycle.toml").read_text("utf-8"))
    assert written["cycle"]["id"] == "printemps"
    assert written["organiser"] == {"name": "Région", "email": "region@example.org"}


@pytest.mark.usefixtures("somebody")
def test_add_session_asks_shows_and_waits_for_a_yes(run: Run, programme: Path) -> None:
    before = programme.read_bytes()
    answers = "Le climat\n\nthematique\n2021-10-12 10:00\n2h\n"
    refused = run("add-session", answers=answers + "n\n")
    assert refused.exit_code == 1
    assert programme.read_bytes() == before
    result = run("add-session", answers=answers + "y\n")
    assert result.exit_code == 0, result.stderr
    added = tomllib.loads(programme.read_text("utf-8"))["session"][-1]
    assert (added["id"], added["axis"], added["duration"]) == ("le-climat", "thematique", "2h")


@pytest.mark.usefixtures("somebody")
def test_an_answer_of_nothing_leaves_the_axis_out(run: Run, programme: Path) -> None:
    result = run("add-session", "--title", "Jour", "--start", "2021-10-12", answers="\n\ny\n")
    assert result.exit_code == 0, result.stderr
    assert "axis" not in tomllib.loads(programme.read_text("utf-8"))["session"][-1]


@pytest.mark.usefixtures("somebody")
def test_a_prompt_that_is_interrupted_changes_nothing(run: Run, programme: Path) -> None:
    before = programme.read_bytes()
    result = run("add-session", answers="Le climat\n")  # then the end of the input
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert programme.read_bytes() == before


def test_a_programme_that_changed_under_our_hands_is_left_as_it_is(
    run: Run, programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webcycle import source

    append = source.append_table

    def meanwhile(*arguments: object) -> bytes:
        programme.write_bytes(programme.read_bytes() + b"# an editor saved this\n")
        return append(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(source, "append_table", meanwhile)
    result = run("add-session", *SESSION, "--yes")
    assert result.exit_code == 1
    assert programme.read_bytes().endswith(b"# an editor saved this\n")
    assert b"climat" in (programme.parent / "cycle.toml.rej").read_bytes()
    assert "cycle.toml.rej" in result.stderr


def test_add_session_to_a_programme_without_axes(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path, *INIT)
    result = run("--cycle", tmp_path, "add-session", *SESSION, "--end", "2021-10-12 12:00", "--yes")
    assert result.exit_code == 1  # an end and a duration
    result = run("--cycle", tmp_path, "add-session", *SESSION, "--yes")
    assert result.exit_code == 0, result.stderr
    assert run("--cycle", tmp_path, "export-ics").exit_code == 0


def test_a_hostile_title_stays_text_everywhere(run: Run, programme: Path) -> None:
    title = '"]]>\\n[evil] = 1 <script>alert(1)</script> [bold]x[/] =1+1 {{7*7}} `x` é😀'
    result = run("add-session", "--id", "x", "--title", title, "--start", "2021-10-12", "--yes")
    assert result.exit_code == 0, result.stderr
    assert tomllib.loads(programme.read_text("utf-8"))["session"][-1]["title"] == title
    assert run("report").exit_code == 0
    page = (programme.parent / "out" / "public" / "review.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page


def test_a_text_with_a_control_character_is_refused_and_shown_clean(run: Run, programme: Path) -> None:
    result = run("add-session", "--id", "x", "--title", "a\x1b[31mb", "--start", "2021-10-12", "--yes")
    assert result.exit_code == 1
    assert "control-character" in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("command", [("init", *INIT), ("demo",)])
def test_a_programme_that_is_a_link_to_nowhere_is_not_written_through(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder, elsewhere = tmp_path / "g", tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "cycle.toml").symlink_to(elsewhere)
    result = run(command[0], folder, *command[1:])
    assert result.exit_code in (1, 3)
    assert not elsewhere.exists()


def test_sessions_added_at_the_same_time_are_all_there(programme: Path) -> None:
    webcycle = str(Path(sys.executable).with_name("webcycle"))
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    running = [
        subprocess.Popen(
            [webcycle, "add-session", "--title", f"Jour {number}", "--start", f"2030-03-0{number}", "--yes"],
            stderr=subprocess.PIPE,
            env=env,
        )
        for number in range(1, 6)
    ]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * 5, said
    ids = [session["id"] for session in tomllib.loads(programme.read_text("utf-8"))["session"]]
    assert {f"jour-{number}" for number in range(1, 6)} <= set(ids)
    assert not (programme.parent / "cycle.toml.rej").exists()


@pytest.mark.parametrize("name", [".gitignore", "cycle.schema.json"])
def test_init_that_cannot_write_all_writes_nothing(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert run("init", tmp_path, *INIT).exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == [name]
    (tmp_path / name).rmdir()
    assert run("init", tmp_path, *INIT).exit_code == 0


def test_init_keeps_a_schema_that_is_not_ours(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cycle.schema.json").write_text("{}", "utf-8")
    result = run("init", tmp_path, *INIT)
    assert result.exit_code == 1
    assert "cycle.schema.json" in result.stderr
    assert (tmp_path / "cycle.schema.json").read_text("utf-8") == "{}"


@pytest.mark.parametrize("option", ["--title", "--country"])
def test_a_text_that_cannot_be_decoded_is_a_wrong_usage_that_names_the_option(
    run: Run, programme: Path, option: str
) -> None:
    before = programme.read_bytes()
    result = run("add-session", *SESSION, option, "a\udcff", "--yes")
    assert result.exit_code == 2
    assert option in result.stderr
    assert programme.read_bytes() == before


@pytest.mark.usefixtures("somebody")
def test_a_wrong_answer_is_said_at_once_and_asked_for_again(run: Run, tmp_path: Path) -> None:
    answers = "Printemps\n../x\n\nRégion\nnobody\nregion@example.org\nEurope/Pars\n\nde\nfr\n"
    result = run("init", tmp_path / "p", answers=answers)
    assert result.exit_code == 0, result.stderr
    for code in ("slug", "email", "unknown-zone", "unknown-choice"):
        assert result.stderr.count(f"[{code}]") == 1
    assert (tmp_path / "p" / "cycle.toml").exists()


@pytest.mark.usefixtures("somebody")
def test_a_wrong_answer_about_a_session_is_asked_for_again(run: Run, programme: Path) -> None:
    answers = "Le climat\nmaroc\n\nnothing\nthematique\ntomorrow\n2030-10-12 10:00\nlong\n2h\nperhaps\ny\n"
    result = run("add-session", answers=answers)
    assert result.exit_code == 0, result.stderr
    for wrong in ("[duplicate-id]", "[unknown-axis]", '"tomorrow" is not a date', "[duration]"):
        assert wrong in result.stderr
    added = tomllib.loads(programme.read_text("utf-8"))["session"][-1]
    assert (added["id"], added["axis"], added["duration"]) == ("le-climat", "thematique", "2h")


@pytest.mark.usefixtures("somebody")
def test_in_french_the_questions_and_their_answers_are_french(run: Run, programme: Path) -> None:
    result = run("--lang", "fr", "add-session", "--title", "Jour", "--start", "2030-10-12", answers="\n\nnon\n")
    assert result.exit_code == 1
    assert "[O/n]" in result.stderr
    assert "Rien n’a été changé." in result.stderr
    stopped = run("--lang", "fr", "add-session", answers="")
    assert "Titre\u00a0:" in stopped.stderr
    assert "Interrompu" in stopped.stderr


def test_a_list_that_is_written_as_a_value_is_named(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path, *INIT)
    file = tmp_path / "cycle.toml"
    text = file.read_text("utf-8")
    file.write_text('session = [{ id = "a", title = "A", start = 2030-01-07 }]\n' + text, "utf-8")
    result = run("--cycle", tmp_path, "add-session", *SESSION, "--yes")
    assert result.exit_code == 1
    assert "session = [ … ]" in result.stderr
