"""Nobody is exposed: `check` looks through out/public, and what is published is refused where it tells of a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.exposure.made import zipped
from webcycle.records import Registration, dump

PUBLISHING = (
    ("report", "--format", "md"),
    ("report", "--format", "pdf"),
    ("report", "--format", "docx"),
    ("announce", "session", "maroc", "--format", "html"),
    ("export-ics",),
    ("attendance", "--format", "xlsx"),
    ("privacy", "notice", "--format", "md"),
)


@pytest.fixture
def peopled(guide: Path) -> Path:
    """The cycle with somebody registered."""
    place = guide / "sessions" / "maroc"
    place.mkdir(parents=True, mode=0o700)
    someone = Registration("maroc", email="zoe@example.org", name="Zoé Quintrec")
    (place / "registrations.csv").write_text(dump(Registration, [someone]), "utf-8")
    (place / "registrations.csv").chmod(0o600)
    place.parent.chmod(0o700)
    return guide


def test_what_lies_in_out_public_is_looked_through(run: Run, peopled: Path) -> None:
    assert not [one for one in json.loads(run("check", "--json").stdout) if one["code"].startswith("published-")]
    public = peopled / "out" / "public"
    (public / "below").mkdir(parents=True)
    (public / "below" / "list.csv").write_text("a\nQuintrec;Zoé;zoe@example.org\n", "utf-8")
    (public / "book.zip").write_bytes(zipped({"inner.txt": "Zoé Quintrec".encode()}))
    (public / "bad.zip").write_bytes(b"PK\x03\x04")
    result = run("check", "--json")
    assert result.exit_code == 1
    found = [(one["code"], one["file"], one["line"]) for one in json.loads(result.stdout) if "published" in one["code"]]
    assert found == [
        ("published-unread", None, None),
        ("published-address", "out/public/below/list.csv", 2),
        ("published-name", "out/public/below/list.csv", 2),
        ("published-name", None, None),
    ]
    assert "quintrec" not in result.output.casefold()
    assert "inner.txt:1" in result.output


def test_a_programme_with_errors_is_not_looked_through(run: Run, peopled: Path, programme: Path) -> None:
    (peopled / "out" / "public").mkdir(parents=True)
    programme.write_text("x", "utf-8")
    assert "published-" not in run("check").output


@pytest.mark.parametrize("command", PUBLISHING, ids=" ".join)
def test_what_would_expose_somebody_is_refused_and_nothing_is_written(
    run: Run, peopled: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Somebody is registered under a name that every document says: as if it had leaked there."""
    from webcycle.exposure import people

    place = peopled / "sessions" / "maroc" / "registrations.csv"
    leaked = ("guide opérationnel", "données personnelles", "Délégation pour", "Webinaires du", "Séance Maroc")
    names = [Registration("maroc", email=f"p{n}@example.org", name=name) for n, name in enumerate(leaked)]
    place.write_text(dump(Registration, names), "utf-8")
    before = sorted(peopled.rglob("*"))
    monkeypatch.setattr(people, "_texts", lambda _value: iter(()))
    result = run(*command)
    assert result.exit_code == 1, result.output
    assert "nothing was written" in result.stderr
    assert not any(name in result.output for name in leaked)
    assert [one for one in sorted(peopled.rglob("*")) if one.name != ".webcycle.lock"] == [
        one for one in before if one.name != ".webcycle.lock"
    ]


@pytest.mark.parametrize("command", PUBLISHING, ids=" ".join)
def test_what_exposes_nobody_is_written(run: Run, peopled: Path, command: tuple[str, ...]) -> None:
    assert run(*command).exit_code == 0


def test_looking_costs_no_library(peopled: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from webcycle import exposure, source;"
        "from webcycle.folder import Folder;"
        "of = source.load(Path('cycle.toml').read_bytes(), 'x').programme;"
        "held = exposure.private(Folder(Path('.')), of); exposure.hits(held, 'a.md', b'x' * 9999); assert held.people;"
        "print(sorted({'duckdb', 'babel', 'jinja2', 'lxml', 'docx', 'icalendar'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=peopled, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
