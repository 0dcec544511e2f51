"""check, list, show and schema, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import DATA, Run


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
    assert "error[unknown-key]" in english.stdout
    assert "erreur[unknown-key]" in french.stdout
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
