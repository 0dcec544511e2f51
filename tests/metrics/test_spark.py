"""The views are SQL that Spark reads too: the same files run on a cluster (`make test-spark` runs them on one here)."""

from __future__ import annotations

import re

import pytest
import sqlglot
from sqlglot import ErrorLevel, expressions

from tests.metrics.spark_sql import spark
from webcycle.metrics.engine import VIEWS, sql

# What the views may use of the functions of Apache Spark 3.5 (https://spark.apache.org/docs/3.5.0/api/sql/); `make
# test-spark` holds them against those that Spark itself lists. To use another one, look it up there first.
FUNCTIONS = frozenset(
    """
    abs any_value array_agg array_join array_sort bool_and bool_or ceil char chr coalesce collect_list collect_set
    concat concat_ws count date_add date_diff datediff dense_rank explode first floor greatest if lag last last_value
    lead least length lower max max_by median min min_by mod nullif rank regexp_extract regexp_replace replace round
    row_number sequence split_part startswith substring sum trim upper
    """.split()
)
# What is written like a function and is none, in any SQL.
SYNTAX = frozenset(
    "and as by cast else exists filter from in join not on or over select then union using values when where".split()
)
# What Spark 3.5 does not parse, and DuckDB does.
FOREIGN = {
    "whole division": r"(?<!/)//(?!/)",
    "a cast with colons": r"::",
    "QUALIFY": r"\bqualify\b",
    "ORDER BY ALL": r"\border\s+by\s+all\b",
    "a struct in braces": r"\{",
    "a list in brackets": r"\[",
    "EXCLUDE": r"\bexclude\b",
    "ASOF or POSITIONAL JOIN": r"\b(?:asof|positional)\b",
    "named arguments": r":=",
    "a lambda of DuckDB's": r"\blambda\b",
    "a sample": r"\busing\s+sample\b",
}


def bare(sql: str) -> str:
    """SQL without comments, and with empty texts."""
    return re.sub(r"'(?:[^'\\]|\\.|'')*'", "''", re.sub(r"/\*.*?\*/", "", sql, flags=re.DOTALL))


def functions(sql: str) -> set[str]:
    """The names before parentheses, in small letters."""
    return {name.lower() for name in re.findall(r"([A-Za-z_]+)\s*\(", bare(sql))} - SYNTAX


def test_a_function_and_a_part_of_syntax_are_told_apart() -> None:
    text = "SELECT f(a), SUM (b) FILTER(WHERE c IN (1)) /* g( */ FROM 'h(' AS x JOIN (SELECT 1) ON i(j'(')"
    assert functions(text) == {"f", "sum", "i"}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_sql_of_spark(view: str) -> None:
    found = spark(view)
    tree = sqlglot.parse_one(found, read="spark", error_level=ErrorLevel.RAISE)
    assert tree.sql("spark", unsupported_level=ErrorLevel.RAISE) == found
    assert not list(tree.find_all(expressions.Command))


@pytest.mark.parametrize("view", VIEWS)
def test_every_function_is_one_of_spark(view: str) -> None:
    assert functions(spark(view)) - FUNCTIONS == set()


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_left_that_only_duckdb_reads(view: str) -> None:
    text = bare(spark(view))
    assert [name for name, pattern in FOREIGN.items() if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("view", VIEWS)
def test_the_tables_and_columns_keep_their_names(view: str) -> None:
    def names(text: str, dialect: str) -> set[str]:
        tree = sqlglot.parse_one(text, read=dialect)
        return {one.name for kind in (expressions.Table, expressions.Alias) for one in tree.find_all(kind)}

    assert names(spark(view), "spark") == names(sql(view), "duckdb")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("select a from b asof join c using (d)", "ASOF or POSITIONAL JOIN"),
        ("from a positional join b", "ASOF or POSITIONAL JOIN"),
        ("select * exclude (a) from b", "EXCLUDE"),
        ("select a // b, a::text from c qualify a > 1 order by all", "QUALIFY"),
    ],
)
def test_what_only_duckdb_reads_is_found(text: str, name: str) -> None:
    [untouched] = sqlglot.transpile(text, read="duckdb", write="duckdb")
    assert re.search(FOREIGN[name], bare(untouched), re.IGNORECASE)


def test_a_function_that_spark_lacks_is_found() -> None:
    [found] = sqlglot.transpile("select list_zip(a, b), sum(c) from d", read="duckdb", write="spark")
    assert functions(found) - FUNCTIONS == {"list_zip"}
