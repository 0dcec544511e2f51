"""Files that are none, or not what they look like: nothing hangs, and nothing of another program is taken."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from tests.cli.conftest import Run, guide, run
from webcycle.intake import Options, Upload, read

__all__ = ["guide", "run"]

_VIEWS = "Date,Views\n2026-01-01,4\n"


def test_what_a_mac_puts_into_an_archive_is_passed_over() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in ("Totals.csv", "__MACOSX/._Totals.csv", "__MACOSX/Totals.csv", "exports/.hidden.csv"):
            archive.writestr(name, _VIEWS)
        archive.writestr("../../exports/Other.csv", "Rien.\n")
        archive.writestr(".DS_Store", b"\x00\x00\x00\x01Bud1")
    readings = read(Upload("a.zip", held.getvalue()), Options("Europe/Paris"))
    assert [one.part for one in readings] == ["Totals.csv"]
    assert [finding.values["part"] for one in readings for finding in one.findings] == ["../../exports/Other.csv"]


def test_a_pipe_is_not_waited_for(run: Run, guide: Path) -> None:
    os.mkfifo(guide / "export.csv")
    result = run("import", "--yes", "export.csv")
    assert (result.exit_code, "export.csv" in result.stderr) == (3, True)
    (guide / "downloads").mkdir()
    os.mkfifo(guide / "downloads" / "export.csv")
    assert run("import", "--yes", "downloads").exit_code in (0, 1)


def test_a_map_of_columns_that_is_missing_is_a_wrong_usage(run: Run, guide: Path) -> None:
    (guide / "export.csv").write_text("a,b\n1,2\n")
    result = run("import", "--yes", "--columns", "map.toml", "export.csv")
    assert (result.exit_code, "map.toml" in result.stderr) == (2, True)
    (guide / "map.toml").mkdir()
    assert run("import", "--yes", "--columns", "map.toml", "export.csv").exit_code == 3
