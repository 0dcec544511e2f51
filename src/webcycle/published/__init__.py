"""What was measured as everybody may be told it, how it is kept when the records are gone, and groups of people.

What is published is made of these values, so that nothing finer can get into it.
"""

from __future__ import annotations

from webcycle.published.breakdowns import KINDS, Breakdowns, Kind, breakdowns
from webcycle.published.figures import Published, brought_up, publishable
from webcycle.published.frozen import Frozen, freeze, thaw

__all__ = [
    "KINDS",
    "Breakdowns",
    "Frozen",
    "Kind",
    "Published",
    "breakdowns",
    "brought_up",
    "freeze",
    "publishable",
    "thaw",
]
