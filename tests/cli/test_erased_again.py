"""Erasures that were begun, addresses of which nothing is held, and those who were forgotten and come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_erasing import addresses, everything, small

JOURNAL = "sessions/.forgetting.json"


def test_no_run_ends_well_while_another_erasure_waits(run: Run, guide: Path) -> None:
    small(guide)
    note = guide / "note.txt"
    note.write_text("ada@example.org\n", "utf-8")
    assert run("forget", "ada@example.org", "--yes").exit_code == 1
    other = run("forget", "x.ada@example.org", "--yes")
    assert other.exit_code == 1
    assert "The erasure of ada@example.org was begun" in other.stdout
    assert "ada@example.org" not in other.stderr
    assert [one["asked"] for one in json.loads((guide / JOURNAL).read_text("utf-8"))] == ["ada@example.org"]
    told = run("check", "--json")
    assert told.exit_code == 1
    (found,) = (one for one in json.loads(told.stdout) if one["code"] == "erasure-unfinished")
    assert found["severity"] == "error"
    assert "ada@" not in json.dumps(found)
    note.unlink()
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    assert not (guide / JOURNAL).exists()
    assert "erasure-unfinished" not in run("check", "--json").stdout


def test_an_erasure_of_whom_nothing_is_found_any_more_ends_with_the_next(run: Run, guide: Path) -> None:
    small(guide)
    note = guide / "note.txt"
    note.write_text("ada@example.org\n", "utf-8")
    assert run("forget", "ada@example.org", "--yes").exit_code == 1
    note.unlink()
    assert run("forget", "x.ada@example.org", "--yes").exit_code == 0
    assert not (guide / JOURNAL).exists()


def test_an_erasure_is_taken_up_by_any_address_of_the_person(run: Run, guide: Path) -> None:
    small(guide, '[[alias]]\nperson = "ada@example.org"\nis = ["name:ada lovelace", "al@example.org"]\n')
    note = guide / "note.txt"
    note.write_text("Ada Lovelace\n", "utf-8")
    assert run("forget", "ada@example.org", "--yes").exit_code == 1
    again = run("forget", "al@example.org", "--yes")  # people.toml does not join the two any more
    assert again.exit_code == 1
    assert "note.txt:1: still tells" in again.stdout
    assert "was begun" not in again.stdout  # it is the same erasure
    note.unlink()
    assert run("forget", "al@example.org", "--yes").exit_code == 0
    assert not (guide / JOURNAL).exists()


def test_rows_of_an_interrupted_erasure_are_not_passed_over(run: Run, guide: Path) -> None:
    small(guide, "")
    rows = guide / "sessions" / "maroc" / "attendance.csv"
    rows.write_text(rows.read_text("utf-8") + "maroc,,teams,8f3a,,,,participant,,,60,bbbbbbbbbbbbbbbb\n", "utf-8")
    under_way = [{"asked": "al@example.org", "keys": ["al@example.org", "id:teams/8f3a"]}]
    (guide / JOURNAL).write_text(json.dumps(under_way), "utf-8")
    done = run("forget", "x.ada@example.org", "--yes")
    assert done.exit_code == 1
    assert "The erasure of al@example.org was begun" in done.stdout
    assert run("forget", "al@example.org", "--yes").exit_code == 0
    assert "8f3a" not in rows.read_text("utf-8")


def imports(run: Run, folder: Path, name: str, lines: list[str]) -> str:
    """What `import` says of a table of these lines of address and name."""
    table = folder.parent / name
    table.write_text("\n".join(("E-mail,Name", *lines)) + "\n", "utf-8")
    columns = folder.parent / "map.toml"
    columns.write_text('email = "E-mail"\nname = "Name"\n', "utf-8")
    done = run("import", "--yes", "--session", "maroc", "--columns", columns, table)
    assert done.exit_code == 0, done.output
    return str(done.stderr)


def test_an_address_of_which_nothing_is_held_may_be_misspelled(run: Run, guide: Path) -> None:
    small(guide)
    run("participants", "--format", "csv")
    before = {**everything(guide), ".webcycle.lock": b""}
    for options in (("--yes",), ("--dry-run",)):
        done = run("forget", "adda@example.org", *options)
        assert done.exit_code == 1
        assert "is it spelled right?" in done.stderr
        assert "adda" not in done.stderr
        assert {**everything(guide), ".webcycle.lock": b""} == before
    assert run("whois", "adda@example.org").exit_code == 0


def test_somebody_of_an_export_to_come_is_forgotten_once_it_was_imported(run: Run, guide: Path) -> None:
    lines = ["ada@example.org,Ada Lovelace", "bea@example.org,Bea Fisher"]
    imports(run, guide, "new.csv", lines)
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    said = imports(run, guide, "again.csv", [*lines, "cy@example.org,Cy Young"])
    assert "erased at the request of the person" in said
    assert addresses(guide) == ["bea@example.org", "cy@example.org"]
    again = run("forget", "ada@example.org", "--yes")  # the mark says that it was no misspelling
    assert again.exit_code == 0, again.output


def test_who_was_forgotten_does_not_come_back_under_a_like_name(run: Run, guide: Path) -> None:
    imports(run, guide, "first.csv", ["adele.brise@example.org,Adèle Brise", "bea@example.org,Bea Fisher"])
    assert run("forget", "adele.brise@example.org", "--yes").exit_code == 0
    come_back = [
        "adele.brise+zoom@example.org,A.",
        ",Adèle Brise",
        ",Adèle Brise (Externe)",
        ",Adele BRISE",
        ",Brise Adèle",
        ",Adèle Brise - Example Town",
        ",Adèle Brise [EXT] (Example Town)",
    ]
    others = [",Adèle Brise-Martin", ",Grace Hopper", "a.brise@example.com,Adele BRISE", "adele@example.org,Adèle"]
    said = imports(run, guide, "second.csv", [*come_back, *others])
    assert "erased at the request of the person: 1" in said
    assert "the name of a person who was erased: 6" in said
    assert "of a person who was erased, with another address: 1" in said
    assert "brise" not in said.casefold()
    kept = (guide / "sessions" / "maroc" / "registrations.csv").read_text("utf-8")
    assert len(kept.splitlines()) == 1 + 1 + len(others)
    assert "a.brise@example.com" in kept


def test_a_name_that_others_bear_is_no_mark(run: Run, guide: Path) -> None:
    imports(run, guide, "first.csv", ["ada@example.org,Ada Love", "al@example.org,Áda LOVE", "o+a@example.org,Al O."])
    assert run("forget", "ada@example.org", "--yes").exit_code == 0
    said = imports(run, guide, "second.csv", [",Ada Love"])
    assert "who was erased" not in said
    assert run("forget", "o+a@example.org", "--yes").exit_code == 0
    said = imports(run, guide, "third.csv", ["o+b@example.org,Bo O."])
    assert "of a person who was erased, with another address: 1" in said
    assert "o+b@example.org" in addresses(guide)


@pytest.mark.parametrize(
    ("own", "other", "third"),
    [
        ("Marie Dupont", "Mme Marie DUPONT", "Pr Dupont Marie"),
        ("Mme Marie DUPONT", "Marie Dupont", "DUPONT Marie (Mme)"),
        ("Dr. Jean-Pierre O'Neill", "Jean Pierre O'Neill", "M. Jean-Pierre O'NEILL"),
        ("Jean Pierre O'Neill", "Dr. Jean-Pierre O'Neill", "Prof. Jean-Pierre O'NEILL - Example Town"),
    ],
)
def test_a_row_under_a_name_with_a_title_waits_for_a_decision_and_does_not_come_back(
    run: Run, guide: Path, own: str, other: str, third: str
) -> None:
    lines = [f"marie@example.org,{own}", f",{other}", "bea@example.org,Mme Bea Fisher"]
    imports(run, guide, "first.csv", lines)
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    assert other in rows.read_text("utf-8")
    assert len(json.loads(run("whois", "marie@example.org", "--json").stdout)["perhaps"]) == 1
    done = run("forget", "marie@example.org", "--yes")
    assert done.exit_code == 1
    assert "Decide first" in done.stderr
    (found,) = json.loads(run("people", "--json").stdout)["suggestions"]
    assert (found["kept"]["key"], found["other"]["name"]) == ("marie@example.org", other)
    assert "title" in found["reasons"]
    assert run("people", "--accept", "1", "--yes").exit_code == 0
    done = run("forget", "marie@example.org", "--yes")
    assert done.exit_code == 0, done.output
    left = rows.read_text("utf-8")
    assert own not in left
    assert other not in left
    assert "Mme Bea Fisher" in left
    said = imports(run, guide, "again.csv", [*lines, f",{third}", ",Mme Grace Hopper"])
    assert "erased at the request of the person: 2" in said  # the address, and the name that was decided to be theirs
    assert "the name of a person who was erased: 1" in said
    left = rows.read_text("utf-8")
    assert not any(one in left for one in (own, other, third))
    assert "Mme Grace Hopper" in left


def test_somebody_under_the_name_with_a_title_may_be_another(run: Run, guide: Path) -> None:
    imports(run, guide, "first.csv", ["marie@example.org,Marie Dupont", ",Mme Marie DUPONT"])
    assert run("people", "--refuse", "1", "--yes").exit_code == 0
    done = run("forget", "marie@example.org", "--yes")
    assert done.exit_code == 0, done.output
    rows = guide / "sessions" / "maroc" / "registrations.csv"
    assert "Mme Marie DUPONT" in rows.read_text("utf-8")
    assert "marie@example.org" not in rows.read_text("utf-8")
    said = imports(run, guide, "again.csv", [",Mme Marie DUPONT", "bea@example.org,Bea Fisher"])
    assert "who was erased" not in said


@pytest.mark.parametrize("name", ["Adèle Brise.csv", "brise_adele-2020.csv", "AdeleBrise.csv", "list Madonna.csv"])
def test_the_name_of_a_file_is_forgotten_too(run: Run, guide: Path, name: str) -> None:
    """Also where the file comes back, and where another one of that name comes that holds others alone."""
    ledger = guide / "imports.toml"
    lines = ["adele@example.org,Adèle Brise", "madonna@example.org,Madonna", "bea@example.org,Bea Fisher"]
    imports(run, guide, "people.csv", lines)
    assert 'file = "people.csv"' in ledger.read_text("utf-8")
    for asked in ("adele@example.org", "madonna@example.org"):
        done = run("forget", asked, "--yes")
        assert done.exit_code == 0, done.output
    for here in (lines, ["bo@example.org,Bo Lund"]):
        ledger.unlink()
        imports(run, guide, name, here)
        assert 'file = "…"' in ledger.read_text("utf-8")
        assert not any(one in ledger.read_text("utf-8").casefold() for one in ("brise", "madonna"))
    imports(run, guide, "Bea.csv", ["cy@example.org,Cy Young"])
    assert 'file = "Bea.csv"' in ledger.read_text("utf-8")
