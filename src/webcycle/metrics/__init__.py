"""The figures of a cycle: definitions as SQL views, an engine that runs them, and frozen results.

`docs/metrics.md` says each definition in words.
"""

from __future__ import annotations

from webcycle.metrics.engine import Engine, open_cycle
from webcycle.metrics.results import (
    CYCLE_FIGURES,
    LEAST_FOR_A_RATE,
    SESSION_FIGURES,
    Absence,
    CurvePoint,
    CycleFigure,
    CycleResults,
    Fate,
    Figure,
    FigureName,
    PlatformFigure,
    Replay,
    RowAccount,
    SessionFigure,
    SessionResults,
    Threshold,
)
from webcycle.metrics.small import without_small

__all__ = [
    "CYCLE_FIGURES",
    "LEAST_FOR_A_RATE",
    "SESSION_FIGURES",
    "Absence",
    "CurvePoint",
    "CycleFigure",
    "CycleResults",
    "Engine",
    "Fate",
    "Figure",
    "FigureName",
    "PlatformFigure",
    "Replay",
    "RowAccount",
    "SessionFigure",
    "SessionResults",
    "Threshold",
    "open_cycle",
    "without_small",
]
