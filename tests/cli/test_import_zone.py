"""A file that is known keeps the zone and the order of dates that it was read in."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_import import AMBIGUOUS, EXPORTS, FORM, STAYS, contents, export
from webcycle import store
from webcycle.folder import Folder

PREAMBLE = """\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,Le Maroc,10/26/2020 14:00:00,10/26/2020 16:00:00,host@example.org,120,2

"""


def joined(folder: Path) -> list[str]:
    return sorted(f"{one.joined:%H:%M}" for one in store.load(Folder(folder)).visits)


def test_another_zone_for_a_known_file_is_refused_with_the_way_to_it(run: Run, guide: Path) -> None:
    for text in (STAYS, PREAMBLE + STAYS):
        file = export(guide, text)
        assert run("import", "--yes", file).exit_code == 0
        before = contents(guide)
        result = run("import", "--yes", "--timezone", "UTC", file)
        assert result.exit_code == 1
        said = " ".join(result.stderr.split())
        assert "was read before with times of Europe/Paris" in said
        assert "as --timezone says" not in said
        assert contents(guide) == before
        source = store.load(Folder(guide)).visits[0].source
        assert f"webcycle import --undo {source}" in said
        assert run("import", "--yes", "--undo", source).exit_code == 0
        again = run("import", "--yes", "--timezone", "UTC", file)
        assert again.exit_code == 0, again.stderr
        assert joined(guide) == ["14:02", "14:05"]
        assert run("import", "--yes", "--undo", source).exit_code == 0


def test_a_file_read_in_another_zone_is_known_again_without_saying_it(run: Run, guide: Path) -> None:
    """The key of a meeting holds its beginning: read in another zone, its rows would stand there twice."""
    file = export(guide, PREAMBLE + STAYS)
    assert run("import", "--yes", "--timezone", "UTC", file).exit_code == 0
    before = contents(guide)
    result = run("import", "--yes", file)
    assert result.exit_code == 0
    assert "times: UTC, as when it was imported before" in " ".join(result.stderr.split())
    assert "Nothing new" in result.stderr
    assert contents(guide) == before
    same = run("import", "--yes", "--timezone", "UTC", file)
    assert same.exit_code == 0
    assert contents(guide) == before


def test_another_order_of_dates_for_a_known_file_is_refused_too(run: Run, guide: Path) -> None:
    file = export(guide, AMBIGUOUS.replace("2019", "2020"))
    assert run("import", "--yes", "--session", "maroc", "--date-order", "dmy", file).exit_code == 0
    before = contents(guide)
    result = run("import", "--yes", "--session", "maroc", "--date-order", "mdy", file)
    assert result.exit_code == 1
    assert "was read before with days as “day, month, year”" in " ".join(result.stderr.split())
    assert contents(guide) == before
    assert run("import", "--yes", "--session", "maroc", "--date-order", "dmy", file).exit_code == 0


def test_a_zone_changes_nothing_of_a_known_file_without_times_and_does_not_stop_the_others(
    run: Run, guide: Path
) -> None:
    table = EXPORTS / "exports" / "Table data.csv"
    assert run("import", "--yes", table).exit_code == 0
    known, new = export(guide), export(guide, FORM, "maroc/inscriptions.csv")
    assert run("import", "--yes", known).exit_code == 0
    result = run("import", "--yes", "--json", "--timezone", "UTC", table, known, new)
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert [one["error"] for one in told["refused"]] == ["intake.known-zone"]
    assert {one["file"].rpartition("/")[2] for one in told["files"]} == {"Table data.csv", "inscriptions.csv"}
    assert len(store.load(Folder(guide)).registrations) == 2
