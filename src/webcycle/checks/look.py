"""The rule about the look of the documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from webcycle import colours
from webcycle.checks.found import finding
from webcycle.errors import Finding
from webcycle.programme import Programme


def colour_contrast(programme: Programme, _now: datetime) -> Iterator[Finding]:
    """The colour of headings and links can be read on white and on the tinted ground of the documents."""
    colour = programme.style.colour
    if not colours.readable(colour):
        # Cut off, not rounded: 4.49 must not be told as enough.
        white, tinted = (
            f"{int(colours.contrast(colour, ground) * 100) / 100:.2f}" for ground in ("#ffffff", colours.LIGHT)
        )
        values = {"found": colour, "white": white, "tinted": tinted, "shade": colours.by_day(colour)}
        yield finding("colour-contrast", "style", "colour", **values)
