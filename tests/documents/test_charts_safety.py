"""The charts: text stays text, and the picture is the same anywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.documents import hostile
from tests.documents.chart_samples import (
    CURVE,
    ENGLISH,
    FRENCH,
    SPECIFICATIONS,
    elements,
    figures,
    four,
    said,
)
from tests.documents.pdf_reading import failures
from webcycle.documents import charts, pdf
from webcycle.documents.blocks import Block, Document
from webcycle.documents.charts import Bar, drawing, labels
from webcycle.documents.inline import plain

HOSTILE = (
    *hostile.TEXTS,
    "${x} datum.a datum['text'] event.target parent",
    "\"quoted\" 'both' `ways` \\",
    "one\ntwo\r\nthree\u2028four",
    "\u202eright to left\u202c שלום",
    "control \x00 \x1b[31m \ufffe \ud800 end",
    "2020-10-26T14:00:00Z",
    "NaN",
    "null",
    "data:image/svg+xml,<svg/> https://example.org/x.json",
    "mot " * 75,
    "W" * 300,
    "👩‍👩‍👧 日本語 Łódź",
)


def every_place(text: str) -> tuple[Block, ...]:
    words = plain(text)
    return (
        *charts.session_bars("s", [Bar(words, 1, None), Bar(words, 3, 2)], ENGLISH),
        *charts.presence_curve("c", replace(CURVE, title=words), ENGLISH),
        *charts.group_bars("g", words, words, [(words, 4), (words, 5)], words, ENGLISH, counted=words),
        *charts.stacked("l", [(words, 1, 2), (words, None, 3)], ENGLISH),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_text(text: str) -> None:
    lines = list(labels.lines(labels.text(plain(text), "en"), 76, 2))
    shape = [[one.tag for one in ElementTree.fromstring(figure.image).iter()] for figure in figures(every_place("x"))]
    for figure, expected in zip(figures(every_place(text)), shape, strict=True):
        extra = len(lines) - 1 if not figure.id.startswith("chart-c") else 0
        found = [one.tag for one in ElementTree.fromstring(figure.image).iter()]
        assert len(found) == len(expected) + 2 * extra
        assert set(found) == set(expected)
        if not figure.id.startswith("chart-c"):
            shown_lines = [line.strip() for line in said(figure)[: 2 * len(lines)]]
            assert shown_lines == [line.strip() for line in lines] * 2
        for element in ElementTree.fromstring(figure.image).iter():
            assert not any("href" in name or name.startswith("on") for name in element.keys())  # noqa: SIM118


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_charts_can_be_set(text: str) -> None:
    rendered = pdf.render_with_notes(Document(plain("T"), "en", every_place(text)))
    assert rendered.notes or failures(rendered.data) == []


def test_words_reach_no_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    """Titles and labels are in the data alone: the rest of the specification is the file, and numbers."""
    specs: list[dict[str, object]] = []

    class Engine:
        def vegalite_to_svg(self, spec: dict[str, object], **_options: object) -> str:
            specs.append(spec)
            return "<svg/>"

    monkeypatch.setattr(drawing, "_engine", Engine)
    every_place("hostile words")
    assert len(specs) == 4
    for spec in specs:
        assert "hostile words" in json.dumps(spec["datasets"]) or "Peak" in json.dumps(spec["datasets"])
        rest = {name: value for name, value in spec.items() if name != "datasets"}
        assert "hostile" not in json.dumps(rest)
        assert isinstance(spec["params"], list)
        assert all(isinstance(one["value"], int | float) for one in spec["params"])


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in SPECIFICATIONS:
        spec = json.loads(path.read_text("utf-8"))
        assert '"url"' not in json.dumps(spec)
        assert all(set(layer["data"]) == {"name"} for layer in spec["layer"])
    with pytest.raises(
        ValueError, match=r"data\.example\.org"
    ):  # what a specification would be told that asked for more
        drawing._engine().vegalite_to_svg(
            {"data": {"url": "https://data.example.org/x.json"}, "mark": "bar"}, allowed_base_urls=[]
        )


# ---- the same picture anywhere


def test_the_same_chart_is_the_same_bytes_anywhere() -> None:
    code = (
        "import sys; from tests.documents import chart_samples as t;"
        "sys.stdout.buffer.write(b''.join(f.image for b in t.four(t.FRENCH) for f in t.figures(b)))"
    )
    there = {"TZ": "Pacific/Noumea", "LC_ALL": "C", "LANG": "fr_FR", "PYTHONHASHSEED": "7"}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**os.environ, **there, "PYTHONPATH": path}, capture_output=True, check=True)
    here = b"".join(figure.image for blocks in four(FRENCH) for figure in figures(blocks))
    again = b"".join(figure.image for blocks in four(FRENCH) for figure in figures(blocks))
    assert done.stdout == here == again


def test_no_picture_asks_how_wide_a_text_is() -> None:
    """Widths of fonts differ from one machine to the next: a legend, an axis or a limit of Vega's would move."""
    for path in SPECIFICATIONS:
        spec = json.loads(path.read_text("utf-8"))
        assert spec["autosize"] == "none"
        text = path.read_text("utf-8")
        assert not re.search(r'"(legend|title|header|limit|labelExpr|format|color|shape)"', text)
        assert set(re.findall(r'"axis": (\w+)', text)) == {"null"}


def test_the_font_is_the_shipped_one_and_its_name_is_quoted() -> None:
    for figure in (figure for blocks in four(FRENCH) for figure in figures(blocks)):
        families = {one.get("font-family", "") for one in elements(figure, "text")}
        assert {family.split(",")[0] for family in families} == {'"Source Sans 3"'}
        names = [name.strip() for family in families for name in family.split(",")]
        assert all(name.startswith('"') for name in names if " " in name)
