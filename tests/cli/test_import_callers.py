"""Who joined by telephone, in one download and in the next, as a user meets them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_import import export
from tests.telephones import kept
from webcycle import store
from webcycle.folder import Folder

PREAMBLE = """\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
810 0222 2222,Maroc,10/26/2020 13:55:00,10/26/2020 16:10:00,host@example.org,135,2

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ada Lovelace,ada@example.org,10/26/2020 14:00:00,10/26/2020 15:50:00,110,Yes
"""
FIRST, ALIKE, OTHER = "0612345678", "0699955678", "0611112222"


def download(folder: Path, name: str, *numbers: str) -> Path:
    rows = "".join(f"{one},,10/26/2020 14:00:00,10/26/2020 15:50:00,110,Yes\n" for one in numbers)
    return export(folder, f"{PREAMBLE}{rows}", name)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in store.load(Folder(folder)).visits)


def expected(*numbers: str) -> list[str]:
    return sorted(("Ada Lovelace", *map(kept, numbers)))


def attended(run: Run) -> int:
    found = run("attendance", "maroc", "--json")
    assert found.exit_code == 0, found.output
    (session,) = json.loads(found.stdout)["sessions"]
    return int(session["figures"]["attended"]["value"])


@pytest.mark.parametrize("later", [(FIRST, ALIKE), (ALIKE, FIRST), (OTHER, ALIKE, FIRST), (ALIKE, "0033612345678")])
def test_a_later_download_counts_nobody_twice(run: Run, guide: Path, later: Sequence[str]) -> None:
    assert run("import", "--yes", download(guide, "first.csv", FIRST)).exit_code == 0
    assert attended(run) == 2
    done = run("import", "--yes", download(guide, "later.csv", *later))
    assert done.exit_code == 0, done.output
    assert "both count" not in " ".join(done.stderr.split())
    assert names(guide) == expected(*later)
    assert attended(run) == 1 + len(later)


def test_who_was_forgotten_stays_out_of_a_later_download_and_who_ends_alike_comes_in(run: Run, guide: Path) -> None:
    run("import", "--yes", download(guide, "first.csv", FIRST))
    assert json.loads(run("whois", f"name:{kept(FIRST)}", "--json").stdout)["keys"] == [f"name:{kept(FIRST)}"]
    done = run("forget", f"name:{kept(FIRST)}", "--yes")
    assert done.exit_code == 0, done.output
    assert names(guide) == ["Ada Lovelace"]
    done = run("import", "--yes", download(guide, "later.csv", FIRST, ALIKE))
    assert done.exit_code == 0, done.output
    assert "erased at the request of the person: 1" in done.stderr
    assert names(guide) == expected(ALIKE)
    assert attended(run) == 2


def test_who_ends_alike_is_somebody_else_when_one_is_forgotten(run: Run, guide: Path) -> None:
    run("import", "--yes", download(guide, "both.csv", FIRST, ALIKE))
    assert names(guide) == expected(FIRST, ALIKE)
    assert json.loads(run("people", "--json").stdout)["suggestions"] == []
    found = json.loads(run("whois", f"name:{kept(FIRST)}", "--json").stdout)
    assert found["perhaps"] == []
    done = run("forget", f"name:{kept(FIRST)}", "--yes")
    assert done.exit_code == 0, done.output
    assert names(guide) == expected(ALIKE)


def test_the_name_stands_as_it_is_in_the_lists_of_participants(run: Run, guide: Path) -> None:
    run("import", "--yes", download(guide, "both.csv", FIRST, ALIKE))
    done = run("participants", "maroc", "--format", "csv,html,json")
    assert done.exit_code == 0, done.output
    private = guide / "out" / "private"
    lists = [path.read_text("utf-8-sig") for path in private.rglob("*") if path.suffix in (".csv", ".html", ".json")]
    assert lists
    assert all(kept(one) in text for text in lists for one in (FIRST, ALIKE))
    assert not any(one[-5:] in text for text in lists for one in (FIRST, ALIKE))
