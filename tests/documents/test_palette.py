"""The colours of pages, of print and of charts, as their files have them: what is to be read or seen can be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcycle import colours
from webcycle.documents import charts, html
from webcycle.documents.blocks import House

PACKAGE = Path(html.__file__).parent
TEXT, GRAPHIC = 4.5, 3.0
# What is written on which grounds, and what is drawn there that has to be seen (WCAG 2.2, 1.4.3 and 1.4.11).
GROUNDS = ("paper", "soft")
INKS, MARKS = ("ink", "muted", "accent"), ("accent", "focus")
# Thin rules between what is apart without them as well.
DECORATION = {"rule"}
WRITTEN, DRAWN = ("label", "value", "unknown", "key", "tick"), ("line", "moment", "ground", "point")
FILLED = ("light", "solid")

Palette = Mapping[str, str]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definitions)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def of_page(colour: str = House().colour) -> tuple[Palette, ...]:
    """The colours of a page: light, dark, and on paper."""
    blocks = re.findall(r":root \{([^}]*)\}", html.stylesheet(colour))
    return tuple(dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block)) for block in blocks)


def of_print() -> Palette:
    """The colours of a PDF; that of the house comes as data."""
    template = (PACKAGE / "templates" / "document.typ").read_text("utf-8")
    named = dict(re.findall(r'#let ([a-z]+) = rgb\("(#[0-9a-f]{6})"\)', template))
    assert len(re.findall(r"#[0-9a-f]{6}", template)) == len(named) > 3
    return {**named, "paper": "#ffffff"}


def of_charts() -> Mapping[str, Palette]:
    theme = json.loads((Path(charts.__file__).parent / "theme.json").read_text("utf-8"))
    found: Mapping[str, Palette] = theme["style"]
    return found


def too_weak(palette: Palette) -> Iterator[str]:
    """What cannot be read or seen on a page in these colours."""
    for names, least in ((INKS, TEXT), (MARKS, GRAPHIC)):
        for name, ground in product(names, GROUNDS):
            if name in palette and contrast(palette[name], palette[ground]) < least:
                yield f"{name} on {ground}"


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_weak_palette_would_be_found() -> None:
    weak = {"paper": "#ffffff", "soft": "#eeeeee", "ink": "#777777", "muted": "#000000", "focus": "#959595"}
    assert list(too_weak(weak)) == ["ink on paper", "ink on soft", "focus on paper", "focus on soft"]


def test_what_a_page_says_can_be_read_by_day_by_night_and_on_paper() -> None:
    light, dark, printed = of_page()
    assert luminance(dark["paper"]) < 0.1 < luminance(light["paper"])
    assert set(light) == set(dark) == {*GROUNDS, *INKS, *MARKS, *DECORATION}
    assert printed == {name: light[name] for name in printed}
    assert [list(too_weak(palette)) for palette in (light, dark)] == [[], []]


@given(st.from_regex("#[0-9a-f]{6}", fullmatch=True))
def test_so_it_can_in_the_colour_of_any_house(colour: str) -> None:
    assert [list(too_weak(palette)) for palette in of_page(colour)[:2]] == [[], []]


def test_the_grounds_that_a_house_is_judged_by_are_those_of_the_page() -> None:
    light, dark, _ = of_page()
    assert (light["soft"], dark["soft"]) == (colours.LIGHT, colours.DARK)


def test_what_is_printed_can_be_read() -> None:
    palette = of_print()
    assert set(palette) == {*GROUNDS, *INKS, "alarm", *DECORATION} - {"accent"}
    assert list(too_weak({**palette, "focus": palette["alarm"]})) == []
    assert {**palette, "focus": palette["alarm"]}.items() >= of_page()[2].items() - {("accent", House().colour)}


def test_what_a_chart_says_can_be_read_and_what_it_shows_be_seen() -> None:
    """A lighter grid and fill carry nothing that the values and the outlines do not."""
    style, paper = of_charts(), "#ffffff"
    assert set(style) == {*WRITTEN, *DRAWN, *FILLED, "area", "grid"}
    assert [name for name in WRITTEN if contrast(style[name]["color"], paper) < TEXT] == []
    grounds = (paper, style["area"]["color"])
    assert [name for name in DRAWN if min(contrast(style[name]["color"], ground) for ground in grounds) < GRAPHIC] == []
    assert [name for name in FILLED if contrast(style[name]["stroke"], paper) < GRAPHIC] == []
    assert contrast(style["light"]["color"], paper) < GRAPHIC  # hence the outline


def test_two_series_of_a_chart_are_told_apart_without_colour() -> None:
    light, solid = (of_charts()[name] for name in FILLED)
    assert contrast(light["color"], solid["color"]) >= TEXT
    assert contrast(light["color"], light["stroke"]) >= TEXT
