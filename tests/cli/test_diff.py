"""diff, with real git, files and folders, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.conftest import DATA, Run
from tests.cli.test_status import GONE, HEAD, HELD, TO_COME
from tests.test_revisions import git

SHAPE: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["old", "new", "changes"],
    "properties": {
        "old": {"type": "string"},
        "new": {"type": "string"},
        "changes": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind", "session", "key", "before", "after", "date", "text"],
                "properties": {
                    "kind": {"type": "string"},
                    "session": {"type": ["string", "null"]},
                    "key": {"type": "string"},
                    "before": {"type": ["string", "object", "null"]},
                    "after": {"type": ["string", "object", "null"]},
                    "date": {"type": ["object", "null"]},
                    "text": {"type": "string", "minLength": 1},
                },
            },
        },
    },
}


@pytest.fixture
def cycle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The programme of a cycle, committed in a repository that begins above it; its folder is the current one."""
    folder = tmp_path / "cycles" / "spring"
    folder.mkdir(parents=True)
    (folder / "cycle.toml").write_text(HEAD + HELD + TO_COME + GONE, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "the plan")
    monkeypatch.chdir(folder)
    return folder / "cycle.toml"


def changed(programme: Path, *pairs: tuple[str, str]) -> None:
    text = programme.read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    programme.write_text(text, "utf-8")


LIFE = (
    ("start = 2023-10-02T14:00:00", "start = 2023-10-09T14:00:00"),
    ("end = 2023-10-02T16:00:00", "end = 2023-10-09T16:00:00"),
    ('status = "tentative"', 'status = "confirmed"\nrecording = { url = "https://www.example.org/v" }'),
    ('title = "To come"', 'title = { fr = "À venir", en = "Coming" }'),
    ('[{ kind = "minutes" }]', '[{ kind = "minutes", url = "https://www.example.org/m" }]'),
    ('title = "Spring"', 'title = "Summer"'),
)


def test_a_revision_alone_is_compared_with_the_programme_as_it_is(run: Run, cycle: Path) -> None:
    changed(cycle, *LIFE)
    result = run("diff", "HEAD")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "The cycle",
        "  retitled: “Spring” is now “Summer”",
        "gone",
        "  document published (minutes): https://www.example.org/m",
        "held",
        "  moved: Mon 2023-10-02 14:00–16:00 → Mon 2023-10-09 14:00–16:00",
        "to-come",
        "  confirmed",
        "  retitled: “To come” is now “Coming”",
        "  recording published: https://www.example.org/v",
    ]
    assert result.stderr == "6 changes from HEAD to cycle.toml.\n"


def test_the_same_in_french(run: Run, cycle: Path) -> None:
    changed(cycle, *LIFE)
    said = run("diff", "HEAD", "--lang", "fr").stdout
    assert "nouveau titre\u00a0: «\u00a0To come\u00a0» devient «\u00a0À venir\u00a0»" in said
    assert "déplacée\u00a0: lun. 2023-10-02 14:00–16:00 → lun. 2023-10-09 14:00–16:00" in said
    assert "document publié (compte rendu)" in said


def test_json_holds_the_values_before_and_after(run: Run, cycle: Path) -> None:
    changed(cycle, *LIFE)
    found = json.loads(run("diff", "HEAD", "--json").stdout)
    jsonschema.validate(found, SHAPE)
    assert (found["old"], found["new"]) == ("HEAD", "cycle.toml")
    by_kind = {(one["kind"], one["session"]): one for one in found["changes"]}
    assert by_kind["moved", "held"]["before"] == {"start": "2023-10-02T14:00:00", "end": "2023-10-02T16:00:00"}
    assert by_kind["retitled", "to-come"]["after"] == {"fr": "À venir", "en": "Coming"}
    assert by_kind["retitled", "to-come"]["before"] == "To come"


def test_nothing_changed_is_said(run: Run, cycle: Path) -> None:
    result = run("diff", "HEAD", "HEAD")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "The two programmes say the same.\n"
    assert json.loads(run("diff", "HEAD", "--json").stdout)["changes"] == []


def test_files_folders_and_revisions_with_a_path_can_be_named(run: Run, cycle: Path, tmp_path: Path) -> None:
    changed(cycle, ('title = "Spring"', 'title = "Summer"'))
    for old in ("HEAD:cycles/spring/cycle.toml", "HEAD:./cycle.toml", "main"):
        assert "retitled" in run("diff", old, cycle.parent).stdout
    other = tmp_path / "other.toml"
    other.write_text(HEAD + TO_COME, "utf-8")
    told = run("diff", cycle, other).stdout
    assert "removed: “[red]Held[/red]”, Mon 2023-10-02 14:00–16:00" in told
    assert "added: “[red]Held[/red]”" in run("diff", other, cycle).stdout


def test_outside_of_a_cycle_two_files_are_compared_all_the_same(
    run: Run, cycle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run("diff", cycle, cycle).exit_code == 0
    assert run("diff", cycle).exit_code == 2
    assert run("--cycle", elsewhere, "diff", cycle, cycle).exit_code == 2
    assert run("--cycle", cycle.parent, "diff", "HEAD").exit_code == 0
    assert run("diff", "HEAD", "--cycle", cycle.parent).exit_code == 0


def test_added_removed_and_without_a_date(run: Run, cycle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    text = '\n[[session]]\nid = "later"\ntitle = "Later"\nstatus = "postponed"\nreason = "x"\naxis = "a"\n'
    other.write_text(f'{HEAD}{text}[[axis]]\nid = "a"\ntitle = "A"\n', "utf-8")
    assert "added: “Later”, date to come" in run("diff", "HEAD", other).stdout
    plain = tmp_path / "plain.toml"
    plain.write_text(HEAD + text.replace('axis = "a"\n', ""), "utf-8")
    assert "axis: a → none" in run("diff", other, plain).stdout
    assert "`axis.a` removed" in run("diff", other, plain).stdout


def test_a_join_link_is_never_printed(run: Run, cycle: Path) -> None:
    changed(cycle, ("90210123456?pwd=Sesame1234", "55550123456?pwd=Secret9876"))
    for options in ((), ("--json",), ("--lang", "fr")):
        output = run("diff", "HEAD", *options).output
        assert "90210" not in output
        assert "55550" not in output
        assert "Se" + "cret" not in output
    assert "the join link changed" in run("diff", "HEAD").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing",), 2, "nothing"),
        (("HEAD~7",), 2, "HEAD~7"),
        (("HEAD:nothing.toml",), 2, "nothing.toml"),
        (("--", "--output=x"), 2, "hyphen"),
        (("HEAD", "--no-such-option"), 2, "no-such-option"),
        (("$(touch x); [red]",), 2, "[red]"),
        (("HEAD", "\x1b[31m"), 2, "[31m"),
        ((), 2, "OLD"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(
    run: Run, cycle: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = run("diff", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    assert sorted(path.name for path in cycle.parent.iterdir()) == ["cycle.toml"]


def test_a_version_with_errors_shows_them_at_their_places(run: Run, cycle: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[cycle]\nid = 3\n", "utf-8")
    result = run("diff", "HEAD", broken)
    assert result.exit_code == 1
    assert f"{broken}:2:6: error" in result.stderr
    changed(cycle, ('id = "spring"', "id = 3"))
    git(cycle.parent, "commit", "-q", "-a", "-m", "broken")
    assert "HEAD:cycle.toml:3:6: error" in run("diff", "HEAD~1", "HEAD").stderr


def test_two_real_cycles_have_nothing_in_common(run: Run) -> None:
    result = run("diff", DATA / "covid-19-2020", DATA / "guide-2020-2021")
    assert result.exit_code == 0
    assert result.stdout.count("added:") == 10
    assert "removed:" in result.stdout


def test_what_is_wrong_in_a_programme_is_told_at_its_file(run: Run, cycle: Path) -> None:
    """Neither a folder nor a revision has lines."""
    git(cycle.parent, "tag", "sound")
    changed(cycle, ('title = "Spring"', "title = 1"))
    git(cycle.parent, "commit", "-q", "-a", "-m", "broken")
    places = {".": "cycle.toml:", "cycle.toml": "cycle.toml:", "HEAD": "HEAD:cycle.toml:"}
    places |= {"HEAD:./cycle.toml": "HEAD:./cycle.toml:", str(cycle.parent): f"{cycle}:"}
    for old, place in places.items():
        result = run("diff", old, "sound")
        assert result.exit_code == 1, old
        assert result.stderr.startswith(place), result.stderr
        assert result.stderr.removeprefix(place)[0].isdigit()
