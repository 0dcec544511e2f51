"""webcycle: run a cycle of webinars from one hand-edited programme, from announcement to review."""

__version__ = "0.1.0"
