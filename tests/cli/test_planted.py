"""A thousand people with unheard-of names: no command that is not about people says one of them, anywhere."""

from __future__ import annotations

import json
import random
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from tests.cli.conftest import Run

PEOPLE = 1000
SESSION = "maroc"
# What writes to out/public, in every format it has; the terminal of those that are not about people.
PUBLIC = (
    ("check",),
    ("check", "--json"),
    ("list", "--json"),
    ("show", SESSION, "--json"),
    ("status", "--json"),
    ("export-ics",),
    ("report", "--format", "md,html,pdf,docx,json", "--level", "full"),
    ("report", "--format", "md", "--lang", "en"),
    ("attendance",),
    ("attendance", "--json"),
    ("attendance", "--format", "csv,xlsx,json,html"),
    ("attendance", SESSION, "--format", "csv,xlsx,json,html"),
    ("announce", "session", SESSION, "--format", "md,html,pdf,docx"),
    ("announce", "minutes", SESSION, "--format", "md,html,pdf,docx"),
    ("announce", "programme", "--format", "md,html,pdf,docx"),
    ("privacy", "notice", "--format", "md,html,pdf,docx"),
    ("privacy", "record", "--format", "md,html,pdf,docx"),
    ("explain", "participations"),
    ("explain", "attended", SESSION, "--json"),
    ("participants", SESSION, "--format", "csv,json"),
    ("participants",),
    ("diff", "cycle.toml", "cycle.toml"),
    ("texts", "document.review"),
    ("schema",),
)
FAILING = (
    ("show", "nothing"),
    ("attendance", "nothing"),
    ("participants", "nothing"),
    ("participants", SESSION, "--format", "nothing"),
    ("export-ics", "--invite", "nothing"),
    ("explain", "nothing"),
    ("query", "select nothing from visits"),
    ("query", "drop table visits"),
    ("people", "--accept", "999"),
    ("people", "--accept-domain", "nothing"),
    ("report", "--format", "nothing"),
    ("announce", "minutes", "nothing"),
    ("privacy", "nothing"),
)


def word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4)).capitalize() + "x"


@pytest.fixture(scope="module")
def tokens() -> list[tuple[str, str]]:
    chance = random.Random(20201026)
    found = {(word(chance), word(chance)) for _ in range(PEOPLE)}
    assert len(found) == PEOPLE
    return sorted(found)


def address(first: str, last: str) -> str:
    return f"{first}.{last}@example.org".lower()


@pytest.fixture
def planted(run: Run, guide: Path, tokens: list[tuple[str, str]]) -> Path:
    """The cycle with a thousand people imported, who registered and came."""
    registered = ["First name;Last name;E-mail;Body"]
    came = ["Who;E-mail;From;To"]
    for first, last in tokens:
        registered.append(f"{first};{last};{address(first, last)};Example Town")
        came.append(f"{first} {last};{address(first, last)};2020-10-26 14:00:00;2020-10-26 15:30:00")
    exports = guide.parent / "exports"
    exports.mkdir()
    (exports / "registered.csv").write_text("\n".join(registered), "utf-8")
    (exports / "came.csv").write_text("\n".join(came), "utf-8")
    maps = {
        "registered": 'first = "First name"\nlast = "Last name"\nemail = "E-mail"\norganisation = "Body"\n',
        "came": 'name = "Who"\nemail = "E-mail"\njoined = "From"\nleft = "To"\n',
    }
    for name, columns in maps.items():
        (exports / f"{name}.toml").write_text(columns, "utf-8")
        columns_of = ("--columns", exports / f"{name}.toml", "--session", SESSION)
        done = run("import", "--yes", *columns_of, exports / f"{name}.csv")
        assert done.exit_code == 0, done.output
        assert not told(done.output.encode(), tokens), "import tells of people"
    stored = (guide / "sessions" / SESSION / "attendance.csv").read_bytes()
    assert len(told(stored, tokens)) == PEOPLE
    return guide


def texts(data: bytes) -> Iterator[str]:
    """All that a file says, to readers that are not ours: also in archives and PDFs, and about itself."""
    yield data.decode("utf-8", "replace")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts(archive.read(name))
    if data.startswith(b"%PDF"):
        reader = pypdf.PdfReader(BytesIO(data))
        yield str(reader.metadata)
        yield "\n".join(page.extract_text() for page in reader.pages)


def told(data: bytes, tokens: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """The people of whom the bytes tell a name, whole or in part, or the address."""
    said = {found for text in texts(data) for found in re.findall(r"[a-z]{8}x(?![a-z])", text.lower())}
    return {(first, last) for first, last in tokens if {first.lower(), last.lower()} & said}


def published(folder: Path) -> Iterator[Path]:
    """The files that are not of people: all but those in private places."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder).parts
        if path.is_file() and inner[0] not in ("sessions", "people.toml") and inner[:2] != ("out", "private"):
            yield path


def test_the_search_would_find_them(planted: Path, run: Run, tokens: list[tuple[str, str]]) -> None:
    run("participants", SESSION, "--format", "csv,xlsx,html,pdf,docx,json")
    lists = sorted((planted / "out" / "private").iterdir())
    assert len(lists) == 6
    for path in lists:
        assert len(told(path.read_bytes(), tokens)) == PEOPLE, path
    assert told(f"{tokens[7][0].upper()}.md".encode(), tokens) == {tokens[7]}


def test_nobody_is_told_of(planted: Path, run: Run, tokens: list[tuple[str, str]]) -> None:
    for command in PUBLIC:
        done = run(*command)
        assert done.exit_code in (0, 1), done.output
        assert not told(done.output.encode(), tokens), command
    files = list(published(planted))
    assert {path.suffix for path in files} >= {
        ".md",
        ".html",
        ".pdf",
        ".docx",
        ".xlsx",
        ".json",
        ".csv",
        ".ics",
        ".toml",
    }
    for path in files:
        assert not told(str(path).encode(), tokens), path
        assert not told(path.read_bytes(), tokens), path
    assert not [one for one in json.loads(run("check", "--json").stdout) if one["code"].startswith("published-")]


def test_no_error_tells_of_anybody(planted: Path, run: Run, tokens: list[tuple[str, str]]) -> None:
    for command in FAILING:
        done = run(*command)
        assert done.exit_code in (1, 2, 3), command
        assert not told(done.output.encode(), tokens), command


def broken(planted: Path, tokens: list[tuple[str, str]]) -> dict[str, tuple[Path, str]]:
    """Ways to damage the files of people, each with a name in the damaged place."""
    (first, last), (other, another) = tokens[:2]
    people, visits = planted / "people.toml", planted / "sessions" / SESSION / "attendance.csv"
    stored = visits.read_text("utf-8")
    lines = stored.splitlines()
    return {
        "no key": (people, f'[[alias]]\nperson = "{first} {last}"\nis = ["name:{other}"]\n'),
        "no address": (people, f'[staff]\nemails = ["{first} {last}"]\n'),
        "no domain": (people, f'[staff]\ndomains = ["{address(first, last)}"]\n'),
        "unknown table": (people, f'["{first} {last}"]\nx = 1\n'),
        "no TOML": (people, f'[staff]\nnames = ["{first} {last}]\n'),
        "twice": (people, f'[staff]\n"{first}" = 1\n"{first}" = 2\n'),
        "both": (
            people,
            f'[[alias]]\nperson = "name:{first}"\nis = ["name:{other}"]\n'
            f'[[distinct]]\nkeys = ["name:{first}", "name:{other}"]\n',
        ),
        "a cell": (visits, "\n".join((*lines, lines[1].replace("participant", another)))),
        "a session": (visits, "\n".join((*lines, lines[1].replace(f"{SESSION},", f"{first},", 1)))),
        "a column": (visits, stored.replace("email", last, 1)),
        "a width": (visits, f"{stored}{first},{last}\n"),
        "a quote": (visits, f'{stored}"{first},{last}\n'),
    }


@pytest.mark.parametrize(
    "how",
    "no key,no address,no domain,unknown table,no TOML,twice,both,a cell,a session,a column,a width,a quote".split(","),
)
def test_no_damaged_file_of_people_tells_of_them(
    planted: Path, run: Run, tokens: list[tuple[str, str]], how: str
) -> None:
    path, text = broken(planted, tokens)[how]
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    results = [run(*command) for command in (("check",), ("attendance",), ("report",), ("participants",), ("status",))]
    assert any(done.exit_code for done in results)
    for done in results:
        assert "Something went wrong" not in done.output
        assert not told(done.output.encode(), tokens), done.output
