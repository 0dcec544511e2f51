"""whois, forget and the imports after: what is held, what goes, what is proved."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import DATA, Run
from tests.exposure.made import zipped
from webcycle import folder as folders
from webcycle import guard, legible

SYNTHETIC = DATA / "guide-2020-2021-synthetic-exports"
REGISTRATIONS = "session,meeting,email,name,first,last,organisation,territory,role,registered,status,source\n"
VISITS = "session,meeting,platform,person,email,name,organisation,role,joined,left,seconds,source\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic cycle of 168 people, all of whose exports were imported."""
    from typer.testing import CliRunner

    from webcycle.cli.app import app

    folder = tmp_path_factory.mktemp("erasing") / "guide"
    shutil.copytree(DATA / "guide-2020-2021", folder, ignore=shutil.ignore_patterns("out", "calendar.toml"))
    env = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000", "WEBCYCLE_CYCLE": ""}
    done = CliRunner().invoke(app, ["--cycle", str(folder), "import", "--yes", str(SYNTHETIC)], env=env)
    assert done.exit_code == 0, done.output
    shutil.copy(SYNTHETIC / "people.toml", folder)
    (folder / "people.toml").chmod(0o600)
    return folder


@pytest.fixture
def cycle(imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, as the current folder."""
    folder = tmp_path / "guide"
    shutil.copytree(imported, folder)
    monkeypatch.chdir(folder)
    return folder


def addresses(folder: Path) -> list[str]:
    found = {
        address.casefold()
        for path in folder.glob("sessions/*/*.csv")
        for address in re.findall(r"[\w.+-]+@[\w.-]+", path.read_text("utf-8"))
        if not address[0].isdigit() and "Z" not in address
    }
    return sorted(found)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def holds(folder: Path, address: str) -> list[str]:
    return [name for name, raw in everything(folder).items() if legible.search(raw, [legible.address(address)])]


def test_twenty_people_are_forgotten_and_no_old_export_brings_one_back(run: Run, cycle: Path) -> None:
    people = addresses(cycle)
    assert len(people) > 150
    chosen = people[:: len(people) // 20][:20]
    theirs = {key for one in chosen for key in json.loads(run("whois", one, "--json").stdout)["keys"]}
    assert all(holds(cycle, one) for one in chosen)
    run("participants", "--format", "xlsx,csv,html")
    for one in chosen:
        done = run("forget", one, "--yes")
        assert done.exit_code == 0, done.output
        assert one not in done.stderr.casefold()
    raw = b"\n".join(everything(cycle).values()).lower()
    assert not [one for one in chosen if one.encode() in raw]
    shutil.rmtree(cycle / "sessions" / "maroc")
    (cycle / "imports.toml").unlink()
    again = run("import", "--yes", SYNTHETIC)
    assert again.exit_code == 0, again.output
    assert "erased at the request of the person" in again.stderr
    left = addresses(cycle)
    assert set(left) == set(people) - theirs  # and everybody else is there


def test_whois_shows_what_forget_removes_and_nothing_else(run: Run, cycle: Path) -> None:
    address = "yasmine.wandrelle@example.org"
    run("participants", "--format", "csv")
    told = json.loads(run("whois", address, "--json").stdout)
    assert told["asked"] == address
    assert "name:yasmine wandrelle" in told["keys"]
    assert {one["kind"] for one in told["held"]} == {"registration", "visit", "decision", "made"}
    assert told["kept-until"] == "2021-08-17"
    before = everything(cycle)
    assert run("forget", address.upper(), "--yes").exit_code == 0
    after = everything(cycle)
    changed = {name for name in before if before[name] != after.get(name) and name != ".webcycle.lock"}
    assert changed == {one["file"] for one in told["held"] if one["removed-by-forget"]}
    for name in changed & after.keys():
        gone = [line for line in before[name].split(b"\n") if line not in after[name].split(b"\n")]
        lines = {one["line"] for one in told["held"] if one["file"] == name}
        if name.endswith(".csv"):
            assert {before[name].split(b"\n").index(line) + 1 for line in gone} == lines
    assert after.keys() - before.keys() == {"sessions/.forgotten.toml"}
    assert stat.S_IMODE((cycle / "sessions" / ".forgotten.toml").stat().st_mode) == 0o600
    assert json.loads(run("whois", address, "--json").stdout)["held"] == []
    assert "(unverified)" in (cycle / "people.toml").read_text("utf-8")  # others' decisions stay
    assert (cycle / "people.toml").read_text("utf-8").startswith("# Synthetic, as the exports beside it")


def test_what_cannot_be_read_whole_is_named(run: Run, cycle: Path) -> None:
    (cycle / "notes.zip").write_bytes(b"PK\x03\x04 damaged")
    (cycle / "more.zip").write_bytes(zipped({"deep.gz": gzip.compress(b"x")[:-4], "a.txt": b"x"}))
    result = run("forget", "yasmine.wandrelle@example.org", "--yes", "--lang", "en")
    assert result.exit_code == 0
    told = [line for line in result.stdout.splitlines() if "cannot be read whole" in line]
    assert [line.partition(": ")[0] for line in told] == ["more.zip (deep.gz)", "notes.zip"]


@pytest.mark.parametrize("failing", [0, 1, 2, 4, 7])
def test_what_is_interrupted_can_be_run_again(
    run: Run, cycle: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    address = "yasmine.wandrelle@example.org"
    run("participants", "--format", "csv")
    real_write, real_remove, calls = folders.write, folders.remove, [0]

    def counted(real: Callable[..., bool]) -> Callable[..., bool]:
        def call(*given: Any, **named: Any) -> bool:
            calls[0] += 1
            if calls[0] > failing * 2:
                raise OSError(5, "Input/output error")
            return real(*given, **named)

        return call

    monkeypatch.setattr(folders, "write", counted(real_write))
    monkeypatch.setattr(folders, "remove", counted(real_remove))
    assert run("forget", address, "--yes").exit_code == 3
    monkeypatch.setattr(folders, "write", real_write)
    monkeypatch.setattr(folders, "remove", real_remove)
    again = run("forget", address, "--yes")
    assert again.exit_code == 0, again.output
    assert holds(cycle, address) == []
    assert not (cycle / "sessions" / ".forgetting.json").exists()
    assert b"wandrelle yasmine" not in b"".join(everything(cycle).values()).lower()


ALIAS = '# Ours.\n\n# Ada joins by telephone.\n[[alias]]\nperson = "ada@example.org"\nis = ["name:ada lovelace"]\n'


def small(folder: Path, people: str = ALIAS) -> None:
    """Two people of the Moroccan session, one of whom is also there under her name alone."""
    place = folder / "sessions" / "maroc"
    place.mkdir(parents=True, mode=0o700)
    (place / "registrations.csv").write_text(
        REGISTRATIONS
        + "maroc,,ada@example.org,Ada Lovelace,Ada,Lovelace,,,participant,,confirmed,aaaaaaaaaaaaaaaa\n"
        + "maroc,,x.ada@example.org,Bea Fisher,,,,,participant,,confirmed,aaaaaaaaaaaaaaaa\n",
        "utf-8",
    )
    (place / "attendance.csv").write_text(
        VISITS
        + "maroc,,zoom,,,Ada Lovelace,,participant,,,60,bbbbbbbbbbbbbbbb\n"
        + "maroc,,zoom,,,Grace Hopper,,participant,,,60,bbbbbbbbbbbbbbbb\n",
        "utf-8",
    )
    if people:
        (folder / "people.toml").write_text(people, "utf-8")


def test_a_name_alone_goes_where_it_is_decided_to_be_the_person_s(run: Run, guide: Path) -> None:
    small(guide)
    assert run("forget", "Ada@Example.org", "--yes").exit_code == 0
    assert "Ada" not in (guide / "sessions" / "maroc" / "attendance.csv").read_text("utf-8")
    assert "Grace Hopper" in (guide / "sessions" / "maroc" / "attendance.csv").read_text("utf-8")
    assert "x.ada@example.org" in (guide / "sessions" / "maroc" / "registrations.csv").read_text("utf-8")
    assert (guide / "people.toml").read_text("utf-8") == "# Ours.\n\n"


def test_rows_under_the_same_name_alone_are_listed_apart_and_wait_for_a_decision(run: Run, guide: Path) -> None:
    small(guide, "")
    rows = guide / "sessions" / "maroc" / "attendance.csv"
    rows.write_text(
        rows.read_text("utf-8")
        + "maroc,,teams,8f3a,,LOVELACE Áda (Externe),,participant,,,60,bbbbbbbbbbbbbbbb\n"
        + "maroc,,zoom,,,Ada Lovelace - Example Town,,participant,,,60,bbbbbbbbbbbbbbbb\n"
        + "maroc,,zoom,,,Ada Lovelace-King,,participant,,,60,bbbbbbbbbbbbbbbb\n",
        "utf-8",
    )
    told = json.loads(run("whois", "ada@example.org", "--json").stdout)
    assert told["perhaps-keys"] == ["id:teams/8f3a", "name:ada lovelace", "name:ada lovelace - example town"]
    assert [(one["line"], one["kind"], one["removed-by-forget"]) for one in told["perhaps"]] == [
        (2, "perhaps", False),
        (4, "perhaps", False),
        (5, "perhaps", False),
    ]
    assert [one["kind"] for one in told["held"]] == ["registration"]
    before = {**everything(guide), ".webcycle.lock": b""}
    for options in (("--yes",), ("--dry-run",)):
        done = run("forget", "ada@example.org", *options)
        assert done.exit_code == 1
        assert "Perhaps the same person" in done.stdout
        assert "LOVELACE Áda (Externe)" in done.stdout
        assert "Decide first" in done.stderr
        assert "velace" not in done.stderr.casefold()
        assert {**everything(guide), ".webcycle.lock": b""} == before
    keys = json.dumps(told["perhaps-keys"])
    (guide / "people.toml").write_text(f'[[alias]]\nperson = "ada@example.org"\nis = {keys}\n', "utf-8")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 0, done.output
    left = rows.read_text("utf-8")
    assert "Grace Hopper" in left
    assert "Ada Lovelace-King" in left
    assert len(left.splitlines()) == 3


def test_what_people_proposes_and_is_refused_is_somebody_else(run: Run, guide: Path) -> None:
    small(guide, "")
    note = guide / "note.txt"
    note.write_text("ada@example.org", "utf-8")
    assert run("forget", "ada@example.org", "--yes").exit_code == 1
    assert run("people", "--refuse", "1", "--yes").exit_code == 0
    told = json.loads(run("whois", "ada@example.org", "--json").stdout)
    assert (told["perhaps"], told["shared-names"]) == ([], ["ada lovelace"])
    assert run("forget", "ada@example.org", "--yes").exit_code == 1  # for the note
    assert "ada@example.org" not in (guide / "people.toml").read_text("utf-8")
    note.unlink()
    done = run("forget", "ada@example.org", "--yes")  # the decision went with the rest, and is remembered
    assert done.exit_code == 0, done.output
    assert "Not searched for: 1 name" in done.stderr
    assert "Ada Lovelace" in (guide / "sessions" / "maroc" / "attendance.csv").read_text("utf-8")
    assert not (guide / "sessions" / ".forgetting.json").exists()


def test_a_name_that_somebody_else_bears_too_stays_and_is_said(run: Run, guide: Path) -> None:
    small(guide, "")
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    rows.write_text(
        rows.read_text("utf-8") + "maroc,,bea.two@example.org,Bea Fisher,,,,,participant,,confirmed,\n", "utf-8"
    )
    told = json.loads(run("whois", "x.ada@example.org", "--json").stdout)
    assert told["shared-names"] == ["bea fisher"]
    done = run("forget", "x.ada@example.org", "--yes")
    assert done.exit_code == 0, done.output
    assert "borne by somebody else too" in done.stderr
    assert "bea fisher" not in done.stderr.casefold()
    assert "Bea Fisher" in rows.read_text("utf-8")


def test_similar_addresses_are_said_and_stay(run: Run, guide: Path) -> None:
    small(guide)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    rows.write_text(rows.read_text("utf-8") + "maroc,,a.da+w@example.org,Cy,,,,,participant,,confirmed,\n", "utf-8")
    told = json.loads(run("whois", "ada@example.org", "--json").stdout)
    assert told["look-alikes"] == ["a.da+w@example.org"]
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    assert "a.da+w@example.org" in rows.read_text("utf-8")


def test_files_that_are_not_ours_are_named_and_fail_the_proof(run: Run, guide: Path) -> None:
    small(guide)
    (guide / "downloads").mkdir()
    (guide / "downloads" / "raw.csv").write_text("a\nb\nmail\nADA%40EXAMPLE.ORG\n", "utf-8")
    (guide / "out" / "public").mkdir(parents=True)
    with zipfile.ZipFile(guide / "out" / "public" / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", "<p>ada&#64;example.org</p>")
    (guide / "notes ada@example.org.md").write_text("", "utf-8")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert "downloads/raw.csv:4: still tells" in done.stdout
    assert "out/public/pages.zip (a.html): still tells" in done.stdout
    assert "notes ada@example.org.md: still tells" in done.stdout
    assert "ada@example.org" not in done.stderr
    assert (guide / "sessions" / ".forgetting.json").exists()  # so that the next search knows the names too
    for path in ("downloads/raw.csv", "out/public/pages.zip", "notes ada@example.org.md"):
        (guide / path).unlink()
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    assert not (guide / "sessions" / ".forgetting.json").exists()


def test_what_was_left_behind_goes(run: Run, guide: Path) -> None:
    small(guide)
    for name in (
        "people.toml.rej",
        "sessions/maroc/attendance.csv.rej",
        "out/private/participants-maroc.csv",
        "out/private/duties.ics",
        ".cycle.toml.0123abcd.tmp",
    ):
        (guide / name).parent.mkdir(parents=True, exist_ok=True)
        (guide / name).write_text("Ada@example.org", "utf-8")
    invitations = guide / "out" / "private" / "invitations"
    invitations.mkdir()
    hers, other = invitations / f"maroc-{'a' * 16}.ics", invitations / f"maroc-{'b' * 16}.ics"
    hers.write_text("BEGIN:VCALENDAR\r\nATTENDEE:mailto:ada@exam\r\n ple.org\r\n", "utf-8")
    other.write_text("BEGIN:VCALENDAR\r\nATTENDEE:mailto:bea@example.org\r\n", "utf-8")
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    left = {path.name for path in guide.rglob("*") if path.is_file()}
    gone = {"people.toml.rej", "attendance.csv.rej", "participants-maroc.csv", "duties.ics", ".cycle.toml.0123abcd.tmp"}
    assert not left & {*gone, hers.name}
    assert other.name in left


OWN = (
    "sessions/liste.rejets.txt",
    "sessions/maroc/notes.md.rej",
    "sessions/maroc/compte.rendu.v1.tmpl.docx",
    "people.toml.rejected-by-boss",
    "people.toml.rej.bak",
    "out/private/emargement-signe-scan.pdf",
    "out/private/participants-final.xlsx",
    "out/private/participants-maroc-annotated.xlsx",
    "out/private/sub/participants.xlsx",
    "out/private/invitations/list.csv",
    "out/private/agenda.ics",
)


def test_files_of_the_user_s_are_named_and_never_removed(run: Run, guide: Path) -> None:
    small(guide)
    run("participants", "--format", "csv")
    for name in OWN:
        (guide / name).parent.mkdir(parents=True, exist_ok=True)
        (guide / name).write_text("of nobody\n", "utf-8")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 0, done.output
    assert not (guide / "out" / "private" / "participants.csv").exists()
    assert [name for name in OWN if not (guide / name).exists()] == []
    for name in OWN:
        assert (f"{name}: stays, as no command would write it now" in done.stdout) == name.startswith("out/private/")
    for name in OWN:
        (guide / name).write_text("ada@example.org\n", "utf-8")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert [name for name in OWN if f"{name}:1: still tells" not in done.stdout] == []
    assert [name for name in OWN if not (guide / name).exists()] == []


def test_a_dry_run_writes_nothing_and_without_an_answer_neither_does_forget(run: Run, guide: Path) -> None:
    small(guide)
    before = everything(guide)
    done = run("forget", "ada@example.org", "--dry-run")
    assert done.exit_code == 0
    assert "sessions/maroc/registrations.csv" in done.stdout
    assert "Nothing was written" in done.stderr
    assert run("forget", "ada@example.org").exit_code == 2
    assert {**everything(guide), ".webcycle.lock": b""} == {**before, ".webcycle.lock": b""}


HOSTILE = [
    "=cmd|' /C calc'!A0 Smith",
    "<b>Ada</b> [red]Love",
    "Ada\u202e Love\u2028lace",
    "../../etc passwd",
    "Ö" * 400,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(run: Run, guide: Path, name: str) -> None:
    from webcycle import records
    from webcycle.records import Registration

    small(guide)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    evil = Registration("maroc", "", "eve@example.org", name)
    rows.write_text(
        records.dump(Registration, [*records.load(Registration, rows.read_text("utf-8"), ""), evil]), "utf-8"
    )
    told = run("whois", "eve@example.org", "--format", "md,html,json")
    assert told.exit_code == 0, told.output
    pages = sorted((guide / "out" / "private").iterdir())
    assert [path.suffix for path in pages] == [".html", ".json", ".md"]
    assert all(re.fullmatch(r"whois-[0-9a-f]{16}\.\w+", path.name) for path in pages)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in pages)
    assert "<b>Ada" not in pages[0].read_text("utf-8")
    shown = run("whois", "eve@example.org")
    assert shown.exit_code == 0
    assert "\u202e" not in shown.stdout
    done = run("forget", "eve@example.org", "--yes")
    assert done.exit_code == 0, done.output
    assert name not in done.stderr
    assert holds(guide, "eve@example.org") == []


@pytest.mark.parametrize("given", ["ada", "", "name:ada", "a@b", "ada@example.org\x00", "[red]@example.org"])
def test_what_is_no_address_is_refused_and_not_repeated(run: Run, guide: Path, given: str) -> None:
    done = run("forget", given, "--yes")
    assert done.exit_code in (1, 2)
    assert not given or given not in done.stderr


def test_a_decision_in_a_list_on_one_line_goes_too(run: Run, guide: Path) -> None:
    small(guide, 'alias = [{ person = "ada@example.org", is = ["name:ada lovelace"] }]\n')
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 0, done.output
    assert "ada" not in (guide / "people.toml").read_text("utf-8")


def test_a_tracked_folder_is_no_place_for_whom_to_forget(run: Run, guide: Path) -> None:
    import subprocess

    small(guide)
    subprocess.run(["git", "init", "-q", str(guide)], check=True, capture_output=True)
    (guide / ".gitignore").unlink(missing_ok=True)
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert "git" in done.stderr
    assert json.loads(run("whois", "ada@example.org", "--json").stdout)["not-looked-for-in"][-1] == "git"


def test_what_lies_beyond_a_link_is_searched_and_never_touched(run: Run, guide: Path) -> None:
    small(guide)
    outside = guide.parent / "outside"
    (outside / "invitations").mkdir(parents=True)
    kept = [outside / "thesis.txt", outside / "participants.csv", outside / "duties.ics", outside / "people.toml.rej"]
    kept.append(outside / "invitations" / "maroc.csv")
    for path in kept:
        path.write_text("of nobody\n", "utf-8")
    (guide / "out").mkdir()
    (guide / "out" / "private").symlink_to(outside)
    (guide / "sessions" / "away").symlink_to(outside)
    (guide / "people.toml.rej").symlink_to(outside / "people.toml.rej")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 0, done.output
    kept[1].write_text("ada@example.org\n", "utf-8")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert "out/private/participants.csv:1: still tells" in done.stdout
    assert [path.name for path in kept if not path.exists()] == []
    assert (guide / "people.toml.rej").is_symlink()


@pytest.mark.parametrize("what", ["sessions/maroc", "sessions/maroc/attendance.csv", "people.toml", "sessions"])
def test_records_beyond_a_link_are_refused_before_anything_is_written(run: Run, guide: Path, what: str) -> None:
    small(guide)
    (guide.parent / "outside").mkdir()
    (guide / what).rename(guide.parent / "outside" / "there")
    (guide / what).symlink_to(guide.parent / "outside" / "there")
    before = {**everything(guide.parent), "guide-2020-2021/.webcycle.lock": b""}
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 1
    assert "beyond a link" in done.stderr
    assert {**everything(guide.parent), "guide-2020-2021/.webcycle.lock": b""} == before


def test_a_link_that_appears_meanwhile_is_not_followed(run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(guide)
    asked: list[Path] = []
    real = folders.is_within

    def within(path: Path, root: Path) -> bool:
        asked.append(path)
        last = path.name == "attendance.csv" and asked.count(path) > 2
        return not last and real(path, root)

    monkeypatch.setattr(folders, "is_within", within)
    monkeypatch.setattr(guard, "is_within", within)
    rows = (guide / "sessions" / "maroc" / "attendance.csv").read_bytes()
    assert run("forget", "ada@example.org", "--yes").exit_code == 1
    assert (guide / "sessions" / "maroc" / "attendance.csv").read_bytes() == rows


WRITTEN = {
    "columns.csv": b"name;first\nO\xe2\x80\x99Brien;Zo\xc3\xa9\n",
    "order.txt": "O’BRIEN Zoé".encode(),
    "accents.txt": b"zoe o'brien",
    "entities.html": b"<td>Zo&eacute;</td><td>O&rsquo;Brien</td>",
    "cells.xlsx": zipped({"xl/worksheets/sheet1.xml": b"<c><v>O'Brien</v></c><c><v>Zoe</v></c>"}),
    "Zoe O'Brien.txt": b"",
    "ZoeO'Brien.png": b"",
    "cv-zoe@example.org.pdf": b"",
    "attestation_zoe@example.org.pdf": b"",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_proof_sees_what_check_sees(run: Run, guide: Path, name: str) -> None:
    small(guide)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    rows.write_text(
        rows.read_text("utf-8") + "maroc,,zoe@example.org,Zoé O'Brien,,,,,participant,,confirmed,\n", "utf-8"
    )
    (guide / "notes").mkdir()
    (guide / "notes" / name).write_bytes(WRITTEN[name])
    done = run("forget", "zoe@example.org", "--yes")
    assert done.exit_code == 1, done.output
    assert "still tells" in done.stdout
    assert name in done.stdout
    (guide / "notes" / name).unlink()
    assert run("forget", "zoe@example.org", "--yes").exit_code == 0


def test_somebody_of_a_like_name_does_not_stand_in_the_way(run: Run, guide: Path) -> None:
    small(guide)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    added = "maroc,,marie@example.org,Marie Martin,,,,,participant,,confirmed,\n"
    added += "maroc,,leroy@example.org,Marie Martin-Leroy,,,Martin,,participant,,confirmed,\n"
    rows.write_text(rows.read_text("utf-8") + added, "utf-8")
    done = run("forget", "marie@example.org", "--yes")
    assert done.exit_code == 0, done.output
    assert "Marie Martin-Leroy" in rows.read_text("utf-8")


def test_what_cannot_be_read_is_no_part_of_the_proof(run: Run, guide: Path) -> None:
    small(guide)
    (guide / "damaged.zip").write_bytes(b"PK\x03\x04 damaged")
    done = run("forget", "ada@example.org", "--yes")
    assert done.exit_code == 0
    assert "Every file that can be read was searched" in done.stderr
    (guide / "damaged.zip").unlink()
    assert "Every file of the folder was searched" in run("forget", "ada@example.org", "--yes").stderr


@pytest.mark.parametrize(
    ("name", "sought"), [("Madonnina", True), ("Bo U", False), ("Zoom", False), ("Maroc", False), ("Hopper", False)]
)
def test_a_name_of_one_word_is_searched_where_it_tells_only_its_bearer(
    run: Run, guide: Path, name: str, sought: bool
) -> None:
    small(guide)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    rows.write_text(rows.read_text("utf-8") + f"maroc,,one@example.org,{name},,,,,participant,,confirmed,\n", "utf-8")
    (guide / "a.txt").write_text(f"and {name} too, but no {name}s\n", "utf-8")
    done = run("forget", "one@example.org", "--yes")
    assert (done.exit_code == 1) == sought, done.output
    assert ("a.txt:1: still tells" in done.stdout) == sought
    assert ("Not searched for: 1 name" in done.stderr) != sought


@pytest.mark.parametrize("key", ["name:Grace  Hopper", "id:teams/8f3a"])
def test_who_has_no_address_is_asked_for_by_a_key(run: Run, guide: Path, key: str) -> None:
    small(guide)
    rows = guide / "sessions" / "maroc" / "attendance.csv"
    rows.write_text(
        rows.read_text("utf-8") + "maroc,,teams,8f3a,,Alan Kay,,participant,,,60,bbbbbbbbbbbbbbbb\n", "utf-8"
    )
    name = "Grace Hopper" if key.startswith("name:") else "Alan Kay"
    assert name in run("whois", key).stdout
    done = run("forget", key, "--yes")
    assert done.exit_code == 0, done.output
    assert name.split()[1].casefold() not in done.stderr.casefold()
    assert name not in rows.read_text("utf-8")
    assert len(rows.read_text("utf-8").splitlines()) == 3


def test_the_name_of_a_page_is_made_with_the_key_of_the_folder(run: Run, guide: Path) -> None:
    import hashlib

    small(guide)
    plain = hashlib.sha256(b"ada@example.org").hexdigest()[:16]
    names: list[str] = []
    for _time in range(2):
        assert run("whois", "ada@example.org", "--format", "json").exit_code == 0
        names = [path.name for path in (guide / "out" / "private").iterdir()]
        assert len(names) == 1
    assert plain not in names[0]
    (guide / "sessions" / ".forgotten.toml").unlink()
    assert run("whois", "ada@example.org", "--format", "json").exit_code == 0
    assert len(list((guide / "out" / "private").iterdir())) == 2  # another key, another name
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    assert not list((guide / "out" / "private").iterdir())


def test_what_is_held_too_long_is_said(run: Run, guide: Path) -> None:
    small(guide)
    assert json.loads(run("whois", "ada@example.org", "--json").stdout)["overdue"] is True


def test_a_list_of_others_holds_nothing_of_somebody_unknown(run: Run, guide: Path) -> None:
    small(guide)
    assert run("participants", "maroc", "--format", "csv").exit_code == 0
    made = "out/private/participants-maroc.csv"
    assert made in {one["file"] for one in json.loads(run("whois", "ada@example.org", "--json").stdout)["held"]}
    found = json.loads(run("whois", "nobody@example.org", "--json").stdout)
    assert found["held"] == []
    assert not found["overdue"]
    shutil.rmtree(guide / "sessions")
    (guide / "people.toml").unlink()
    found = json.loads(run("whois", "ada@example.org", "--json").stdout)
    assert [one["file"] for one in found["held"]] == [made]


def test_a_link_within_the_folder_hides_no_records(run: Run, guide: Path) -> None:
    small(guide)
    (guide / "a").symlink_to(guide / "sessions")
    found = json.loads(run("whois", "ada@example.org", "--json").stdout)["held"]
    assert {one["file"] for one in found} >= {"sessions/maroc/registrations.csv", "sessions/maroc/attendance.csv"}
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    assert "Ada" not in (guide / "sessions" / "maroc" / "attendance.csv").read_text("utf-8")
