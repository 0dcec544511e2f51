"""The sections of a review that come from imported files; each is empty where nothing was measured."""

from webcycle.documents.measured.groups import who_came, who_came_in_short
from webcycle.documents.measured.inside import curve_of_most_attended, curves
from webcycle.documents.measured.making import method, method_in_short
from webcycle.documents.measured.returning import loyalty, loyalty_in_short
from webcycle.documents.measured.sessions import sessions_chart

__all__ = [
    "curve_of_most_attended",
    "curves",
    "loyalty",
    "loyalty_in_short",
    "method",
    "method_in_short",
    "sessions_chart",
    "who_came",
    "who_came_in_short",
]
