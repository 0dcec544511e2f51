"""Whoever registers by a word that this program writes itself stops no publication."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from webcycle.records import Registration, Visit, dump

NAMES = (
    "Light", "Action", "Scale", "Loyalty", "Percent", "Média", "Management", "Saved", "Trapped", "Registry", "Calname",
    "Description", "Viewport", "Trailer", "Srgb", "Trailer Size", "Content Types", "Word Settings", "Shared Strings",
    "Color Scheme", "Light Dark", "Value Percent", "Live Participations", "Startxref Trailer", "Instance Id",
)  # fmt: skip
WRITTEN = (
    ("report", "--format", "md,html,pdf,docx,json"),
    ("report", "--lang", "en", "--format", "md,html,pdf,docx,json"),
    ("attendance", "--format", "csv,xlsx,html,json"),
    ("attendance", "maroc", "--lang", "en", "--format", "html,json"),
    ("announce", "session", "maroc", "--format", "md,html,pdf,docx"),
    ("privacy", "notice", "--format", "md,html,pdf,docx"),
    ("export-ics",),
)
DAYS = {"maroc": datetime(2020, 10, 26, 13, tzinfo=UTC), "senegal": datetime(2020, 11, 16, 13, tzinfo=UTC)}
HOUR = timedelta(hours=1)


@pytest.fixture
def named(guide: Path) -> Path:
    """The cycle with sixty people, some of them of such names."""
    for session, day in DAYS.items():
        place = guide / "sessions" / session
        place.mkdir(parents=True, mode=0o700)
        people = [(f"p{n}@example.org", NAMES[n] if n < len(NAMES) else f"Ada Brisefond{n}") for n in range(60)]
        registered = [Registration(session, email=email, name=name) for email, name in people]
        came = [Visit(session, email=email, name=name, joined=day, left=day + HOUR) for email, name in people[:50]]
        (place / "registrations.csv").write_text(dump(Registration, registered), "utf-8")
        (place / "attendance.csv").write_text(dump(Visit, came), "utf-8")
    return guide


@pytest.mark.parametrize("command", WRITTEN, ids=" ".join)
def test_a_cycle_with_people_of_these_names_is_published(run: Run, named: Path, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 0, result.output
    assert "Written" in result.output or "written" in result.output


def test_what_was_published_so_passes_the_check(run: Run, named: Path) -> None:
    for command in WRITTEN:
        assert run(*command).exit_code == 0
    people = named / "sessions" / "maroc" / "registrations.csv"
    several = {
        f"maroc/registrations.csv:{line}"
        for line, row in enumerate(people.read_text("utf-8").splitlines(), 1)
        if any(name in row for name in NAMES if " " in name)
    }
    told = [line for line in run("check").stdout.splitlines() if "published-" in line]
    assert not [line for line in told if not any(f"{one}." in line for one in several)]
    page = named / "out" / "public" / "review.html"
    page.write_text(page.read_text("utf-8").replace("</main>", "<p>Ada Brisefond55</p></main>"), "utf-8")
    assert "published-name" in run("check").stdout
