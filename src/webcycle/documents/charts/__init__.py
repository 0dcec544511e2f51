"""The charts of a review: each a picture where it can be drawn, and a table with the same data.

A chart is a Vega-Lite specification beside this file and `theme.json`, the one place of its colours and type sizes.
Words from outside go in as values of its data alone, never into an expression or a text of the specification.
"""

from webcycle.documents.charts.bars import Bar, group_bars, session_bars, stacked
from webcycle.documents.charts.curve import Curve, presence_curve
from webcycle.documents.charts.drawing import available

__all__ = ["Bar", "Curve", "available", "group_bars", "presence_curve", "session_bars", "stacked"]
