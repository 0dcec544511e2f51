"""Every view, transpiled, gives on Spark the rows that it gives in DuckDB: the same definitions run on a cluster."""

from __future__ import annotations

import math
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from typer.testing import CliRunner

from tests import measured
from tests.metrics.spark_sql import spark as transpiled
from tests.metrics.test_spark import FUNCTIONS
from webcycle import identity, metrics, source, store
from webcycle.cli.app import app
from webcycle.folder import Folder
from webcycle.metrics import Engine, asking
from webcycle.metrics.engine import VIEWS

DATA = Path(__file__).parents[2] / "data"


def small(root: Path) -> Folder:
    return measured.write(root)


def synthetic(root: Path) -> Folder:
    """The cycle of ten webinars, with the exports that were invented for it."""
    shutil.copytree(DATA / "guide-2020-2021", root)
    exports = DATA / "guide-2020-2021-synthetic-exports"
    shutil.copy(exports / "people.toml", root)
    env = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000"}
    done = CliRunner().invoke(app, ["--cycle", str(root), "import", "--yes", str(exports)], env=env)
    assert done.exit_code == 0, done.output
    return Folder(root)


@pytest.fixture(scope="module", params=[small, synthetic], ids=["small", "synthetic"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = request.param(tmp_path_factory.mktemp("cycle") / "cycle")
    programme = source.load(folder.programme.read_bytes(), "cycle.toml").programme
    people, _findings = identity.load(folder.people.read_bytes() if folder.people.exists() else b"", "people.toml")
    assert programme is not None
    assert people is not None
    with metrics.open_cycle(programme, people, store.paths(folder)) as found:
        yield found


@pytest.fixture(scope="session")
def session() -> Iterator[SparkSession]:
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    builder: Any = SparkSession.builder
    found = builder.master("local[2]").config(map=settings).getOrCreate()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def on_spark(engine: Engine, session: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The views on Spark, over the relations as Parquet files; worked out once, for persons are numbered anew."""
    place = tmp_path_factory.mktemp("parquet")
    for name in asking.RELATIONS:
        file = str(place / f"{name}.parquet")
        engine.connection.table(name).write_parquet(file)
        session.read.parquet(file).createOrReplaceTempView(name)
    found = {}
    for view in VIEWS:
        found[view] = session.sql(transpiled(view)).localCheckpoint()
        found[view].createOrReplaceTempView(view)
    return found


def plain(value: Any) -> Any:
    """A value of either engine: a number is what it is worth, a date one at midnight."""
    if isinstance(value, Decimal | float) and not math.isnan(value):
        return round(float(value), 9)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return tuple(map(plain, value)) if isinstance(value, list) else value


def rows(columns: list[str], found: list[tuple[Any, ...]], people: Mapping[int, str]) -> Counter[tuple[Any, ...]]:
    """Rows without an order, a person by its key and not by the number of this run."""
    place = columns.index("person") if "person" in columns else None
    return Counter(
        tuple(people[value] if index == place else plain(value) for index, value in enumerate(row)) for row in found
    )


@pytest.mark.parametrize("view", VIEWS)
def test_every_row_is_the_same(engine: Engine, on_spark: Mapping[str, Any], view: str) -> None:
    asked = engine.connection.execute("select distinct person, person_key from keys").fetchall()
    told = [tuple(row) for row in on_spark["keys"].select("person", "person_key").distinct().collect()]
    here, there = engine.connection.table(view), on_spark[view]
    assert there.columns == here.columns
    mine = rows(here.columns, here.fetchall(), dict(asked))
    theirs = rows(there.columns, [tuple(row) for row in there.collect()], dict(told))
    assert theirs == mine


def test_there_are_rows_to_compare(engine: Engine) -> None:
    filled = [name for name in VIEWS if engine.connection.table(name).limit(1).fetchall()]
    assert len(filled) > len(VIEWS) * 0.8


def test_the_functions_of_the_views_are_in_sparks_own_list(session: SparkSession) -> None:
    known = {one.name.lower() for one in session.catalog.listFunctions()}
    assert len(known) > 300
    assert FUNCTIONS - known == set()
