"""Colours as "#rrggbb", and how well one is read on another (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

LEAST = 4.5
"""The contrast that text of any size needs."""

LIGHT, DARK = "#eef3f8", "#1c252f"
"""The grounds of the documents on which a colour is read worst: the tinted one by day, and the one by night."""

# On a screen in the dark what just passes tires the eye: by night a colour gets more than it needs.
_BY_NIGHT = 7.0


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str) -> bool:
    """Whether a text in that colour can be read on every light ground of the documents."""
    return contrast(colour, LIGHT) >= LEAST


@cache
def by_day(colour: str) -> str:
    """The colour itself where it can be read on light grounds, else the nearest darker shade that can."""
    return next(shade for shade in _shades(colour, 0) if readable(shade))


@cache
def by_night(colour: str) -> str:
    """The colour itself where it stands out on dark grounds, else the nearest lighter shade that does."""
    return next(shade for shade in _shades(colour, 1) if contrast(shade, DARK) >= _BY_NIGHT)


def _luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _shades(colour: str, end: int) -> list[str]:
    """The colour, then 255 shades of the same hue and saturation, the last as light as `end`: 0 is black, 1 white."""
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in _parts(colour)))
    levels = (lightness + (end - lightness) * step / 255 for step in range(1, 256))
    return [colour, *(_written(hls_to_rgb(hue, level, saturation)) for level in levels)]


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
