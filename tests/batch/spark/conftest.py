"""Sessions of Spark on this machine, one a module; without Java its tests are left out, loudly."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import RULESET

sys.path.insert(0, str(Path(__file__).parent.parent.parent))
from programs import program  # lies in tests/

SETTINGS = {
    "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
    "spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false", "spark.executor.memory": "512m",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100", "spark.executorEnv.PYTHONPATH": str(Path(__file__).parents[3])}


def opened(master: str, folder: Path) -> Iterator[Any]:
    """A session; its tables and what Spark leaves lie in *folder*."""
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # of py4j's own sockets
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master(master).config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def spark(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two Python workers under one Java, which tries a task up to four times as a cluster does."""
    program("java", request)
    yield from opened("local[2,4]", tmp_path_factory.mktemp("spark"))


@pytest.fixture(scope="module")
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two executors, each a Java of its own with a Python worker."""
    program("java", request)
    yield from opened("local-cluster[2,1,1024]", tmp_path_factory.mktemp("spark"))


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rules") / "规则.perf"
    path.write_text(RULESET, encoding="utf-8")
    return path


def by_unit(table: Any) -> list[dict[str, Any]]:
    """The rows of a table of Arrow, in the order of the units."""
    return sorted(table.to_pylist(), key=lambda row: (str(row["单位"]), str(row["单位代码"])))
