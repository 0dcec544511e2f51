"""The sections of a review that come from imported files; each is empty where nothing was measured."""

from webcycle.documents.measured.groups import who_came
from webcycle.documents.measured.inside import curves
from webcycle.documents.measured.making import method
from webcycle.documents.measured.returning import loyalty
from webcycle.documents.measured.sessions import sessions_chart

__all__ = ["curves", "loyalty", "method", "sessions_chart", "who_came"]
