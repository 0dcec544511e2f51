"""The reviews of ten sessions with synthetic records: as long as their level says, and well set on their pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner, Result

from tests.cli.conftest import DATA
from tests.documents.pdf_reading import failures
from webcycle.cli.app import app

SYNTHETIC = DATA / "guide-2020-2021-synthetic-exports"
LEVELS = ("short", "standard", "full")
LANGUAGES = ("fr", "en")

Written = Callable[[str, str], Mapping[str, bytes]]


def run(cycle: Path, *arguments: str | Path) -> Result:
    env = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000", "WEBCYCLE_CYCLE": ""}
    done = CliRunner().invoke(app, ["--cycle", str(cycle), *map(str, arguments)], env=env)
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real cycle with the records of invented people, and what was decided of their identities."""
    folder = tmp_path_factory.mktemp("levels") / "guide"
    shutil.copytree(DATA / "guide-2020-2021", folder)
    shutil.copy(SYNTHETIC / "people.toml", folder)
    run(folder, "import", "--yes", SYNTHETIC)
    return folder


@pytest.fixture(scope="module")
def written(cycle: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The files of a review, by ending."""

    @cache
    def read(level: str, lang: str) -> Mapping[str, bytes]:
        out = tmp_path_factory.mktemp(f"{level}-{lang}")
        run(cycle, "report", "--level", level, "--lang", lang, "--format", "md,pdf,json", "--out", out)
        return {path.suffix: path.read_bytes() for path in out.iterdir()}

    return read


def pages(data: bytes) -> list[str]:
    """The words of each page, its foot left out."""
    found = [page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages]
    return [re.sub(r"\n[^\n]*\d+ / \d+\s*$", "", text) for text in found]


def headings(text: bytes) -> list[str]:
    return [" ".join(line.split()) for line in re.findall(r"(?m)^##+ (.*)$", text.decode())]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_then_a_few_then_all(written: Written, lang: str) -> None:
    short, standard, full = (len(pages(written(level, lang)[".pdf"])) for level in LEVELS)
    assert short == 1
    assert 2 <= standard <= 4
    assert standard < full <= 14


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_no_page_ends_with_a_heading_and_none_is_nearly_empty(written: Written, level: str, lang: str) -> None:
    found = pages(written(level, lang)[".pdf"])
    titles = headings(written(level, lang)[".md"])
    assert len(titles) > 4
    for text in found:
        words = " ".join(text.split())
        assert len(words) > 300
        assert not [title for title in titles if words.endswith(title)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_accessible_and_archivable(written: Written, level: str, lang: str) -> None:
    assert failures(written(level, lang)[".pdf"]) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_level_says_the_longer_ones_say(written: Written, lang: str) -> None:
    short, standard, full = (headings(written(level, lang)[".md"]) for level in LEVELS)
    assert [one for one in standard if one in short] == short
    assert [one for one in full if one in standard] == standard
    curves = re.compile(r"(?m)^\*\*(?:Personnes connectées|People connected) ")
    drawn = [len(curves.findall(written(level, lang)[".md"].decode())) for level in LEVELS]
    assert drawn == [0, 1, 10]


def test_the_data_are_the_same_at_every_level(written: Written) -> None:
    assert len({written(level, "fr")[".json"] for level in LEVELS}) == 1


def test_where_figures_come_from_is_said_at_every_level(written: Written) -> None:
    for level in LEVELS:
        found = written(level, "fr")[".md"].decode().replace("\u00a0", " ")
        assert "_mesuré : 11 fichiers importés_" in found
        assert "Annonces que le décompte contredit" in found


def test_a_review_written_again_is_the_same_bytes(cycle: Path, written: Written, tmp_path: Path) -> None:
    for again in range(2):
        done = run(cycle, "report", "--format", "md,pdf,json", "--out", tmp_path)
        assert ("Unchanged" in done.stderr) == bool(again)
    files = {path.suffix: path.read_bytes() for path in tmp_path.iterdir()}
    assert files == written("standard", "fr")
