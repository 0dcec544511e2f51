"""`webcycle texts`, and what a report and `check` make of the look and of the own texts of a programme."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.documents.test_house import SVG, docx
from webcycle.texts import own

WEBCYCLE = str(Path(sys.executable).with_name("webcycle"))
Add = Callable[[str], None]


@pytest.fixture
def add(programme: Path) -> Add:
    """Append lines to the programme of the copy."""

    def append(lines: str) -> None:
        programme.write_text(programme.read_text("utf-8") + "\n" + lines + "\n", "utf-8")

    return append


def nested(flat: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in flat.items():
        found |= nested(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return found


# ---- the list


def test_every_sentence_is_listed_in_the_language_of_the_cycle(run: Run, guide: Path) -> None:
    listed = run("texts")
    assert listed.exit_code == 0
    assert nested(tomllib.loads(listed.stdout)) == {key: one.words for key, one in own.sentences("fr").items()}
    assert "in French" in listed.stderr
    assert "0 of them" in listed.stderr


def test_the_language_and_the_prefix_are_chosen(run: Run, guide: Path) -> None:
    listed = nested(tomllib.loads(run("--lang", "fr", "texts", "document.chart", "--lang", "en").stdout))
    assert listed
    assert all(key.startswith("document.chart") for key in listed)
    assert listed["document.chart.sessions"] == own.sentences("en")["document.chart.sessions"].words
    one = run("texts", "document.contact", "--lang", "en")
    assert one.stdout == 'document.contact = "Contact"\n'
    assert one.stderr == "1 sentence in English, 0 of them in your own wording.\n"


def test_what_is_listed_can_be_pasted(run: Run, guide: Path, add: Add) -> None:
    listed = run("texts").stdout
    before = run("report", "--format", "md").stdout, Path("out/public/review.md").read_bytes()
    codes = [one["code"] for one in json.loads(run("check", "--json").stdout)]
    add("[texts.fr]\n" + listed)
    again = run("texts")
    assert nested(tomllib.loads(again.stdout)) == nested(tomllib.loads(listed))
    assert all(line.endswith("  # your own wording") for line in again.stdout.splitlines())
    assert [one["code"] for one in json.loads(run("check", "--json").stdout)] == codes
    assert (run("report", "--format", "md").stdout, Path("out/public/review.md").read_bytes()) == before


def test_own_words_are_marked_and_are_what_the_documents_say(run: Run, guide: Path, add: Add) -> None:
    add(
        '[texts.fr.document]\ncontact = "Vos *contacts* \\"ici\\"\\nmême"\n'
        '[texts.fr.metrics.counted]\nleast = "{number} min"'
    )
    listed = json.loads(run("texts", "document.contact", "--json").stdout)
    assert listed == [
        {
            "key": "document.contact",
            "text": 'Vos *contacts* "ici"\nmême',
            "own": True,
            "program": "Contact",
            "fields": [],
        }
    ]
    assert tomllib.loads(run("texts", "document.contact").stdout)["document"]["contact"] == listed[0]["text"]
    both = json.loads(run("texts", "metrics.counted.least", "--json").stdout)
    assert [(one["text"], one["own"]) for one in both] == [("{number} min", True)] * 2
    assert run("report", "--format", "md").exit_code == 0
    assert "## Vos _contacts_" in Path("out/public/review.md").read_text("utf-8")
    assert run("report", "--format", "md", "--lang", "en").exit_code == 0
    assert "Vos" not in Path("out/public/review-en.md").read_text("utf-8")


def test_on_a_terminal_keys_and_words_are_told_apart(run: Run, guide: Path, add: Add) -> None:
    add('[texts.fr]\ndocument.contact = "Vos contacts"')
    command = f"{WEBCYCLE} --lang en texts document.con"
    done = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, text=True, check=True)
    assert "document.contact (your own wording)" in done.stdout
    assert "    Vos contacts" in done.stdout


def test_an_unknown_prefix_is_a_wrong_usage_that_names_likely_keys(run: Run, guide: Path) -> None:
    wrong = run("texts", "contact")
    assert wrong.exit_code == 2
    assert "document.contact" in wrong.stderr
    assert run("texts", "xyz").exit_code == 2


# ---- what check says


def test_what_is_wrong_with_own_texts_is_shown_at_its_place(run: Run, programme: Path, add: Add) -> None:
    line = len(programme.read_text("utf-8").splitlines()) + 2
    add('[texts.fr]\ndocument.contcat = "Vos contacts"\ndocument.dateline = "{place}, {jour}"')
    found = run("check")
    assert found.exit_code == 1
    assert f"cycle.toml:{line + 1}:20: error[unknown-text]" in found.stdout
    assert f"cycle.toml:{line + 2}:21: error[unknown-text-field]" in found.stdout
    assert run("report").exit_code == 1


def test_no_sentence_of_documents_is_read_where_there_is_no_own_text(guide: Path) -> None:
    code = (
        "import sys; from webcycle.cli.app import app\n"
        "try: app(['check'])\n"
        "except SystemExit: pass\n"
        "from webcycle.texts import entries, own\n"
        "print(own.sentences.cache_info().currsize, entries.cache_info().currsize < 60)"
    )
    for lines, expected in (("", "0 True"), ('\n[texts.fr]\ndocument.contact = "Contacts"\n', "1 False")):
        Path("cycle.toml").write_text(Path("cycle.toml").read_text("utf-8") + lines, "utf-8")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == expected


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ('[style]\nlogo = "logo.svg"', "asset-missing"),
        ('[style]\nlogo = "cycle.toml"', "logo-kind"),
        ('[style]\nlogo = "../logo.svg"', "asset"),
        ('[style]\nlogo = "link.svg"', "asset-outside"),
        ('[style]\nlogo = "large.svg"', "asset-too-large"),
    ],
)
def test_a_logo_that_cannot_be_taken_is_a_finding_and_stops_the_documents(
    run: Run, guide: Path, add: Add, style: str, code: str
) -> None:
    (guide.parent / "logo.svg").write_bytes(SVG)
    (guide / "link.svg").symlink_to(guide.parent / "logo.svg")
    (guide / "large.svg").write_bytes(SVG + b" " * 1_000_000)
    add(style)
    line = len((guide / "cycle.toml").read_text("utf-8").splitlines())
    found = run("check")
    assert found.exit_code == 1
    assert f"cycle.toml:{line}:8: error[{code}]" in found.stdout
    stopped = run("report", "--format", "html")
    assert stopped.exit_code == 1
    assert f"error[{code}]" in stopped.stdout + stopped.stderr
    assert not (guide / "out").exists()


def test_the_calendar_needs_no_logo(run: Run, guide: Path, add: Add) -> None:
    add('[style]\nlogo = "logo.svg"')
    assert run("export-ics").exit_code == 0
    assert run("report", "--format", "md").exit_code == 0


def test_the_letterhead_is_read_where_word_is_asked_for(run: Run, programme: Path) -> None:
    words = programme.read_text("utf-8").replace("[organiser]\n", '[organiser]\nletterhead = "modele.docx"\n')
    programme.write_text(words, "utf-8")
    assert "error[asset-missing]" in run("check").stdout
    assert run("report", "--format", "html").exit_code == 0
    assert "error[asset-missing]" in run("report", "--format", "docx").stderr
    programme.with_name("modele.docx").write_bytes(docx())
    assert "letterhead" not in run("check").stdout
    programme.with_name("modele.docx").write_bytes(b"text")
    assert "error[letterhead-kind]" in run("check").stdout


def test_the_report_has_the_look_of_the_house(run: Run, guide: Path, add: Add) -> None:
    (guide / "style").mkdir()
    (guide / "style" / "logo.svg").write_bytes(SVG)
    add(
        '[style]\nlogo = "style/logo.svg"\nlogo-text = "Office: logo"\ncolour = "#C8102E"\nissuer-lines = ["Une ligne"]'
    )
    assert run("report", "--format", "html,pdf").exit_code == 0
    page = (guide / "out" / "public" / "review.html").read_text("utf-8")
    assert "--accent: #c8102e;" in page
    assert 'alt="Office\u00a0: logo"' in page
    assert "Une ligne" in page
    assert (guide / "out" / "public" / "review.pdf").read_bytes().startswith(b"%PDF")


def test_a_pale_colour_is_told_and_never_used(run: Run, guide: Path, add: Add) -> None:
    add('[style]\ncolour = "#ffdd00"')
    found = run("check")
    assert found.exit_code == 0
    assert "warning[colour-contrast]" in found.stdout
    assert "#7f6e00" in found.stdout
    assert run("report", "--format", "html").exit_code == 0
    page = (guide / "out" / "public" / "review.html").read_text("utf-8")
    assert "--accent: #7f6e00;" in page


def test_lists_and_tables_have_the_look_of_the_house_too(run: Run, guide: Path, add: Add) -> None:
    (guide / "logo.svg").write_bytes(SVG)
    add('[style]\nlogo = "logo.svg"\ncolour = "#c8102e"')
    exports = Path(__file__).parents[2] / "data" / "guide-2020-2021-synthetic-exports"
    assert run("import", "--yes", exports).exit_code == 0
    assert run("participants", "maroc", "--format", "html").exit_code == 0
    assert run("attendance", "--format", "html").exit_code == 0
    for name in ("private/participants-maroc.html", "public/attendance.html"):
        page = (guide / "out" / name).read_text("utf-8")
        assert "--accent: #c8102e;" in page
        assert 'class="logo"' in page
