"""A session of Spark for one run of `perfdsl batch`."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from perfdsl.batch.stopped import Refused

_LOOPBACK = "127.0.0.1"
_QUIET = {"spark.log.level": "ERROR", "spark.app.name": "perfdsl batch"}
_ALONE = {"spark.ui.enabled": "false", "spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
"""On one machine nothing listens to the network."""


@contextmanager
def session(master: str | None, settings: Sequence[str], progress: bool) -> Iterator[Any]:
    """The session of the program that this is part of (`spark-submit`), or a new one that ends with the run.

    Raises `Refused` where there is no Java.
    """
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    _prepare(master)
    builder = SparkSession.builder
    for name, value in _settings(master, settings, progress).items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    try:
        yield made
    finally:
        made.stop()


def _prepare(master: str | None) -> None:
    if java() is None:
        raise Refused("用 Spark 计分要有 Java 17 或更新的版本：装好以后设 JAVA_HOME，或让 java 在 PATH 里")
    if _is_local(master):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", _LOOPBACK)


def _settings(master: str | None, settings: Sequence[str], progress: bool) -> dict[str, str]:
    said = dict(one.split("=", 1) for one in settings)
    mine = {**_QUIET, **(_ALONE if _is_local(master) else {}), "spark.ui.showConsoleProgress": str(progress).lower()}
    return {**mine, **({"spark.master": _tried(master)} if master else {}), **said}


def _tried(master: str) -> str:
    """On one machine Spark gives a task one try; a cluster gives it four."""
    return re.sub(r"^local\[([0-9*]+)\]$", r"local[\1,4]", "local[1]" if master == "local" else master)


def _is_local(master: str | None) -> bool:
    return master is not None and master.startswith("local")


def java() -> str | None:
    """The program that runs Spark; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    inside = Path(home) / "bin" / "java" if home else None
    return str(inside) if inside and inside.exists() else shutil.which("java")
