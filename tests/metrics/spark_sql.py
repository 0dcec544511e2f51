"""The views as Spark reads them."""

from __future__ import annotations

import sqlglot
from sqlglot import ErrorLevel

from webcycle.metrics.engine import sql


def spark(view: str) -> str:
    """The definition of a view in Spark's SQL; UnsupportedError for what Spark has no word for."""
    [found] = sqlglot.transpile(sql(view), read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    return found
