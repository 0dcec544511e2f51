"""Draws a chart: a specification, the theme and some data become an SVG; and what every chart says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from webcycle.documents import inline
from webcycle.documents.blocks import Figure, Inline
from webcycle.documents.charts import labels
from webcycle.documents.voice import Voice, sentences

Record = Mapping[str, str | float | bool]

_HERE = Path(__file__).parent
# One of the versions that vl-convert carries; the newest would change with each of its releases.
_VEGA_LITE = "5.21"
# How much of a label an alternative text repeats, in letters.
_NAME = 80


def available() -> bool:
    """Whether charts can be drawn: vl-convert is an extra, and there is no wheel of it for every system."""
    return _module() is not None


def svg(name: str, height: float, datasets: Mapping[str, Sequence[Record]], **parameters: float) -> bytes:
    """The chart `name` as SVG, `height` CSS pixels high.

    The picture is the same on every machine: its specification places each mark and never asks how wide a text is.
    """
    spec = {
        **_json(f"{name}.vl.json"),
        "height": height,
        "params": [{"name": key, "value": value} for key, value in parameters.items()],
        "datasets": datasets,
    }
    found: str = _engine().vegalite_to_svg(
        spec, vl_version=_VEGA_LITE, config=_json("theme.json"), allowed_base_urls=[]
    )
    return found.encode()


def png(svg: str, ppi: float) -> bytes:
    """An SVG as pixels, 96 of its own units an inch, its words in the shipped fonts; RuntimeError where it is none."""
    # The unit of the engine is a point.
    found: bytes = _engine().svg_to_png(svg, scale=72 / 96, ppi=ppi)
    return found


def figure(key: str, title: Inline, alt: Iterable[Inline], image: bytes, table: str, voice: Voice) -> Figure:
    """A picture, the sentences of its alternative text, and the id of the table with the same data."""
    return Figure(f"chart-{key}", title, inline.text_of(sentences(alt), voice.lang), image, "image/svg+xml", table)


def extremes(series: Inline, named: Iterable[tuple[Inline, int | None]], voice: Voice) -> Iterator[Inline]:
    """The sentence on the highest and the lowest of a series, the first ones of equals; none where nothing is known."""
    known = [(label, value) for label, value in named if value is not None]
    if not known:
        return
    highest, lowest = max(known, key=_value), min(known, key=_value)
    most, least = voice.number(highest[1]), voice.number(lowest[1])
    if most == least:
        yield voice.say("document.chart.constant", series=series, value=most)
    else:
        yield voice.say(
            "document.chart.extremes",
            series=series,
            highest=most,
            lowest=least,
            at_highest=_name(highest[0], voice),
            at_lowest=_name(lowest[0], voice),
        )


def where(voice: Voice, *, below: bool) -> Inline:
    """The sentence that says where the same data are."""
    return voice.say(f"document.chart.{'table-below' if below else 'table-elsewhere'}")


def _value(named: tuple[Inline, int]) -> int:
    return named[1]


def _name(label: Inline, voice: Voice) -> str:
    return labels.cut(labels.text(label, voice.lang), _NAME)


def _json(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_HERE.joinpath(name).read_text("utf-8"))
    return found


def _module() -> ModuleType | None:
    try:
        import vl_convert  # noqa: PLC0415 - an extra: without it a chart is its table
    except ImportError:
        return None
    return vl_convert


@cache
def _engine() -> ModuleType:
    engine = _module()
    assert engine is not None
    engine.register_font_directory(str(_HERE.parent / "fonts"))
    return engine
