"""check, list, show and schema, as a user meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.conftest import DATA, Run
from webcycle.folder import Folder, make_private, write
from webcycle.records import Registration, dump


def test_check_finds_nothing_wrong_in_the_real_cycles_but_what_their_sources_do_not_say(run: Run) -> None:
    for cycle in ("guide-2020-2021", "covid-19-2020", "amerique-latine-2021"):
        result = run("--cycle", DATA / cycle, "check", "--json")
        assert result.exit_code == 0, result.stdout
        assert {finding["code"] for finding in json.loads(result.stdout)} <= {"link-without-url"}


def test_check_shows_each_finding_on_a_line_with_its_place(run: Run, programme: Path) -> None:
    text = programme.read_text("utf-8").replace('axis = "geographie"', 'axis = "geographique"', 1)
    programme.write_text(text, "utf-8")
    line = text[: text.index('"geographique"')].count("\n") + 1
    result = run("check")
    assert result.exit_code == 1
    found = [shown for shown in result.stdout.splitlines() if "error[" in shown]
    assert len(found) == 1
    assert found[0].startswith(f"cycle.toml:{line}:8: error[unknown-axis] ")
    assert "geographie" in found[0]
    assert "1 error" in result.stderr


def test_check_in_french_says_the_same_in_french(run: Run, programme: Path) -> None:
    programme.write_text(programme.read_text("utf-8").replace("start = 2020-10-26", "begin = 2020-10-26"), "utf-8")
    english, french = run("check"), run("check", "--lang", "fr")
    assert english.exit_code == french.exit_code == 1
    assert "error[no-such-key]" in english.stdout
    assert "erreur[no-such-key]" in french.stdout
    assert len(english.stdout.splitlines()) == len(french.stdout.splitlines())


def test_check_as_json_is_the_same_list(run: Run, programme: Path) -> None:
    programme.write_text(programme.read_text("utf-8").replace('axis = "geographie"', 'axis = "x"', 1), "utf-8")
    found = json.loads(run("check", "--json").stdout)
    lines = run("check").stdout.splitlines()
    assert len(found) == len(lines)
    for finding, line in zip(found, lines, strict=True):
        assert line.startswith(f"{finding['file']}:{finding['line']}:{finding['column']}: ")
        assert f"[{finding['code']}]" in line
        assert set(finding) == {"code", "severity", "message", "hint", "file", "line", "column", "path"}


def test_warnings_fail_only_when_check_is_strict(run: Run, guide: Path) -> None:
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"[cycle\n", ""),
        (b"\xff\xfe[\x00c\x00", ""),
        (b"x = " + b"[" * 5000, ""),
        (b"a = 1\na = 2\n", ""),
    ],
)
def test_a_programme_that_cannot_be_read_is_one_finding_and_never_a_traceback(
    run: Run, programme: Path, content: bytes, code: str
) -> None:
    programme.write_bytes(content)
    result = run("check")
    assert result.exit_code in (1, 3)
    assert "Traceback" not in result.output
    assert code in result.output
    assert result.output.count("cycle.toml") >= 1


def test_outside_a_cycle_the_user_is_told_how_to_say_where_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "--cycle" in result.stderr


def test_the_cycle_is_found_from_a_folder_below_it(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = guide / "sessions" / "maroc"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert run("list").exit_code == 0


def test_the_cycle_can_be_named_before_the_command_after_it_or_in_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cycle = DATA / "guide-2020-2021"
    before, after = run("--cycle", cycle, "list"), run("list", "--cycle", cycle)
    monkeypatch.setenv("WEBCYCLE_CYCLE", str(cycle))
    named = run("list")
    assert before.exit_code == 0
    assert before.stdout == after.stdout == named.stdout


def test_list_groups_the_sessions_by_axis_in_the_order_of_their_dates(run: Run, guide: Path) -> None:
    shown = run("list").stdout
    order = ["Axe géographique", "maroc", "senegal", "ameriques", "Axe thématique", "egalite", "Dispositifs", "expe-ct"]
    places = [shown.index(name) for name in order]
    assert places == sorted(places)
    assert "Mon 2020-10-26" in shown
    assert "14:00–16:00" in shown


def test_sessions_without_an_axis_have_a_heading_of_their_own(run: Run, programme: Path) -> None:
    programme.write_text(programme.read_text("utf-8").replace('axis = "dispositifs"\n', "", 1), "utf-8")
    shown = run("list").stdout
    assert shown.index("Dispositifs") < shown.index("Other sessions") < shown.index("appels-a-projets")
    assert "Other sessions" not in run("--cycle", DATA / "covid-19-2020", "list").stdout


def test_list_as_json_gives_instants_with_their_offset(run: Run, guide: Path) -> None:
    found = json.loads(run("list", "--json").stdout)
    assert len(found) == 10
    assert found[0]["id"] == "maroc"
    assert found[0]["start"] == "2020-10-26T14:00:00+01:00"


def test_a_title_is_never_read_as_markup(run: Run, programme: Path) -> None:
    hostile = r"[/red] [bold]Annulé[/] [link=http://e.example.org]x[/link] :smile: \\u001b[31m"
    text = programme.read_text("utf-8").replace("La santé", hostile.replace(r"\\u001b", ""))
    programme.write_text(text, "utf-8")
    for command in (("list",), ("show", "sante")):
        result = run(*command)
        assert result.exit_code == 0
        assert "[bold]Annulé[/]" in result.stdout.replace("\n", "")
        assert ":smile:" in result.stdout


def test_show_gives_the_hours_in_each_zone_with_the_day_where_it_changes(run: Run, programme: Path) -> None:
    zones = 'also-show = ["America/Guadeloupe", "Pacific/Noumea"]\n'
    text = programme.read_text("utf-8").replace('timezone = "Europe/Paris"\n', f'timezone = "Europe/Paris"\n{zones}')
    programme.write_text(text, "utf-8")
    shown = run("show", "maroc", "--lang", "fr").stdout
    assert "lundi 26 octobre 2020 de 14h00 à 16h00" in shown
    assert "Guadeloupe" in shown
    assert "09h00" in shown
    assert "mardi 27 octobre" in shown
    assert "dispositif conjoint franco-marocain" in shown
    hours = json.loads(run("show", "maroc", "--json").stdout)["hours"]
    assert [one["start"] for one in hours] == [
        "2020-10-26T14:00:00+01:00",
        "2020-10-26T09:00:00-04:00",
        "2020-10-27T00:00:00+11:00",
    ]


def test_show_of_a_session_that_is_not_there_names_those_that_are(run: Run, guide: Path) -> None:
    result = run("show", "morocco")
    assert result.exit_code == 2
    assert "maroc" in result.stderr


def test_show_knows_a_session_of_which_only_the_day_is_known(run: Run) -> None:
    shown = run("--cycle", DATA / "amerique-latine-2021", "show", "bordeaux", "--lang", "fr").stdout
    assert "le mardi 19 octobre 2021" in shown
    assert "mardi 8 juin 2021" in shown
    assert "contexte sanitaire" in shown
    assert "Bordeaux" in shown


def test_the_schema_takes_the_real_cycles_and_refuses_an_unknown_key(run: Run) -> None:
    import tomllib

    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    def as_json(value: object) -> object:
        """TOML as editors see it: dates and times are strings."""
        return json.loads(json.dumps(value, default=lambda moment: moment.isoformat()))

    for cycle in ("guide-2020-2021", "covid-19-2020", "amerique-latine-2021"):
        data = tomllib.loads((DATA / cycle / "cycle.toml").read_text("utf-8"))
        assert not list(validator.iter_errors(as_json(data)))
        data["cycle"]["colour"] = "red"
        assert list(validator.iter_errors(as_json(data)))


def test_the_schemas_beside_the_sample_cycles_are_fresh(run: Run) -> None:
    for cycle in ("guide-2020-2021", "covid-19-2020", "amerique-latine-2021"):
        assert (DATA / cycle / "cycle.schema.json").read_text("utf-8") == run("schema").stdout


def test_every_key_and_every_table_is_titled_and_described(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    tables = [schema, *schema["$defs"].values()]
    assert len(tables) > 20
    for table in tables:
        assert table["description"]
        assert table["title"]
        for key in table["properties"].values():
            assert "$ref" in key or (key["title"] and key["description"]), key


def test_another_language_than_the_two_is_a_wrong_usage(run: Run, guide: Path) -> None:
    result = run("check", "--lang", "de")
    assert result.exit_code == 2
    assert "fr | en" in result.stderr


FULL = """
[[session]]
id = "full"
title = "Tout"
start = 2021-10-12T10:00:00
end = 2021-10-12T12:00:00
speakers = [{ name = "Ada Example", role = "directrice", organisation = "Ville d'Exemple" }]
agenda = [{ start = 10:00:00, end = 12:00:00, title = "Tout" }]
partners = ["Un partenaire"]
registration = { url = "https://example.org/i", deadline = 2021-10-11T18:00:00 }
join = { url = "https://meet.example.org/1" }
recording = { url = "https://example.org/v" }
documents = [{ kind = "slides", url = "https://example.org/d" }, { kind = "minutes", due = 2021-11-01 }]
stated = { registered = 9, participants = 1, source = "comptage" }
"""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            (
                "10h00–12h00",
                "avant le lundi 11 octobre 2021 18h00",
                "attendu",
                "inscrits : 9",
                "Ada Example, directrice",
            ),
        ),
        ("en", ("10:00–12:00", "until Monday 11 October 2021 18:00", "owed", "9 registered", "Ville d'Exemple")),
    ],
)
def test_show_tells_everything_of_a_session(run: Run, programme: Path, lang: str, words: tuple[str, ...]) -> None:
    programme.write_text(programme.read_text("utf-8") + FULL, "utf-8")
    shown = run("show", "full", "--lang", lang).stdout.replace("\u00a0", " ")
    for word in (*words, "https://meet.example.org/1", "https://example.org/v", "comptage", "Un partenaire"):
        assert word in shown


def test_a_session_of_days_and_one_without_a_date_are_listed_and_shown(run: Run, programme: Path) -> None:
    days = '[[session]]\nid = "jours"\ntitle = "Jours"\nstart = 2021-10-12\nend = 2021-10-13\n'
    night = '[[session]]\nid = "nuit"\ntitle = "Nuit"\nstart = 2021-10-14T22:00:00\nend = 2021-10-15T01:00:00\n'
    dateless = '[[session]]\nid = "plus-tard"\ntitle = "Plus tard"\nstatus = "postponed"\nreason = "x"\n'
    programme.write_text(programme.read_text("utf-8") + days + night + dateless, "utf-8")
    shown = run("list").stdout
    assert "Tue 2021-10-12 – 2021-10-13" in shown
    assert "22:00–2021-10-15 01:00" in shown
    assert "date to come" in shown
    assert "date à venir" in run("show", "plus-tard", "--lang", "fr").stdout
    assert json.loads(run("show", "jours", "--json").stdout)["hours"] == []


def test_a_narrow_terminal_gets_lines_instead_of_a_squeezed_table(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("list").stdout.splitlines()
    assert "  Mon 2020-10-26  14:00–16:00  maroc  confirmed" in lines
    assert "─" not in "".join(lines)


def test_a_clean_programme_is_said_to_be_clean(run: Run) -> None:
    result = run("--cycle", DATA / "covid-19-2020", "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Nothing is wrong.\n"


def test_findings_have_colour_on_a_terminal_only(run: Run, programme: Path) -> None:
    from webcycle.cli import terminal
    from webcycle.errors import Finding, Severity

    finding = Finding("no-session", Severity.WARNING)
    assert "\x1b[33m" in terminal.finding_line(finding, "en", colour=True)
    assert "\x1b" not in terminal.finding_line(finding, "en")


def test_an_epoch_that_is_no_number_is_said(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = run("check")
    assert result.exit_code == 3
    assert "yesterday" in result.stderr


def test_the_clock_is_used_where_no_epoch_is_given(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert run("check").exit_code == 0


# ---- check: the files of people


def personal(guide: Path, session: str = "maroc") -> Path:
    """Records of one registered person, kept as they should be."""
    folder = Folder(guide)
    make_private(folder.sessions)
    path = folder.sessions / session / "registrations.csv"
    rows = dump(Registration, [Registration(session=session, email="ada@example.org")])
    write(path, rows.encode(), private=True)
    return path


def codes(run: Run) -> dict[str, dict[str, Any]]:
    """What `check` finds wrong beyond the programme, by code."""
    listed = json.loads(run("check", "--json").stdout)
    return {one["code"]: one for one in listed if one["code"] not in ("link-without-url", "stated-differs")}


def test_check_names_records_of_a_session_that_was_renamed(run: Run, guide: Path, programme: Path) -> None:
    personal(guide)
    assert codes(run) == {}
    programme.write_text(programme.read_text("utf-8").replace('id = "maroc"', 'id = "le-maroc"'), "utf-8")
    found = codes(run)["records-of-no-session"]
    assert "sessions/maroc" in found["message"]
    assert "“maroc”" in found["hint"]
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1


def test_check_reads_people_toml_and_shows_places(run: Run, guide: Path) -> None:
    write(guide / "people.toml", b'# reviewed\n[[alias]]\nperson = "Ana Un"\nis = []\n', private=True)
    result = run("check")
    assert result.exit_code == 1
    assert "people.toml:3:10: error[person-key]" in result.stdout
    assert codes(run)["person-key"]["line"] == 3
    (guide / "people.toml").write_bytes(b"")
    assert codes(run) == {}


def test_check_asks_git_about_files_that_are_there(run: Run, guide: Path) -> None:
    personal(guide)
    subprocess.run(["git", "init", "-q"], cwd=guide, check=True)
    (guide / ".gitignore").unlink(missing_ok=True)
    result = run("check")
    assert result.exit_code == 1
    assert "error[personal-file-tracked]" in result.stdout
    assert "`/sessions/`" in result.stdout
    assert "“sessions/maroc/registrations.csv”" in codes(run)["personal-file-tracked"]["message"]
    (guide / ".gitignore").write_text("/sessions/\n", "utf-8")
    assert codes(run) == {}


def test_check_shows_what_it_found_before_git_failed(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    personal(guide)
    subprocess.run(["git", "init", "-q"], cwd=guide, check=True)
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("check", "--json")
    assert result.exit_code == 3
    assert "link-without-url" in {one["code"] for one in json.loads(result.stdout)}
    assert "git is not installed" in result.stderr


def test_check_warns_of_personal_files_that_others_may_open(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = personal(guide)
    path.chmod(0o644)
    monkeypatch.chdir(guide.parent)
    result = run("--cycle", guide.name, "check")
    assert result.exit_code == 0
    assert "warning[personal-file-open]" in result.stdout
    assert f"`chmod -R go= {guide.name}/sessions`" in result.stdout
    assert "nobody else" in result.stdout


def test_check_of_a_cycle_without_people_brings_nothing_heavy() -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from webcycle.cli.app import app;"
        "CliRunner().invoke(app, ['--cycle', sys.argv[1], 'check']);"
        "print(sorted({'duckdb', 'webcycle.identity', 'webcycle.guard'} & set(sys.modules)))"
    )
    cycle = str(DATA / "covid-19-2020")
    done = subprocess.run([sys.executable, "-c", script, cycle], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
