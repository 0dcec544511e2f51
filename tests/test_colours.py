"""Contrast as the standard measures it, and the shades that documents use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcycle import colours

PAPER_BY_NIGHT = "#12171d"

any_colour = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.478),
        ("#767676", "#ffffff", 4.542),
        ("#ff0000", "#ffffff", 3.998),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@given(any_colour)
def test_by_day_every_colour_can_be_read(colour: str) -> None:
    shade = colours.by_day(colour)
    assert min(colours.contrast(shade, ground) for ground in ("#ffffff", colours.LIGHT)) >= colours.LEAST
    assert (shade == colour) is colours.readable(colour)
    assert colours.by_day(shade) == shade


@given(any_colour)
def test_by_night_every_colour_can_be_read(colour: str) -> None:
    shade = colours.by_night(colour)
    assert min(colours.contrast(shade, ground) for ground in (PAPER_BY_NIGHT, colours.DARK)) >= colours.LEAST
    assert colours.by_night(shade) == shade


def test_the_shade_is_the_nearest_that_passes() -> None:
    assert colours.by_day("#777777") == "#6f6f6f"
    assert not colours.readable("#707070")


def test_a_shade_keeps_its_hue() -> None:
    red, green, blue = (int(colours.by_day("#ffdd00")[at : at + 2], 16) for at in (1, 3, 5))
    assert blue == 0
    assert green / red == pytest.approx(0xDD / 0xFF, abs=0.01)
    assert colours.by_night("#0000ff").endswith("ff")
