"""Spark by hand, exact: native DECIMAL columns on local cores, the session started before.

`div` is the whole quotient.  The composite takes whole cents of each part first and compares the rests over their
common denominator; steps of their own keep Spark from writing every step out wherever it is used.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyspark.sql import DataFrame, SparkSession

from benchmarks.rivals import common
from benchmarks.workload import files
from benchmarks.workload.check import Digits
from benchmarks.workload.names import IDS, RESULTS, SHORT
from benchmarks.workload.shape import UNIT, WORD, WORDS
from benchmarks.workload.units import Columns

_SETTINGS = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "6g",
             "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.log.level": "ERROR",
             "spark.ui.showConsoleProgress": "false", "spark.sql.codegen.maxFields": "200",
             "spark.driver.extraJavaOptions": "-XX:-DontCompileHugeMethods"}
"""Without the last, Java interprets what Spark generates for a plan of this size, which took twice as long."""


OTHER_PROCESS = "java"
"""Its memory is not this process's."""


class State(NamedTuple):
    scored: DataFrame


def prepare(columns: Columns, threads: int) -> State:
    return prepared(columns, threads, whole=False)


def prepared(columns: Columns, threads: int, whole: bool) -> State:
    return State(plan(cached(columns, threads, lambda units: named(units, whole)), 1 if whole else 10_000))


def cached(columns: Columns, threads: int, chosen: Callable[[DataFrame], DataFrame] = lambda units: units) -> DataFrame:
    """The units in Spark's own cache, from Parquet."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(f"local[{threads}]")
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    folder = tempfile.TemporaryDirectory()
    read = session.read.parquet(str(files.write(Path(folder.name) / "units.parquet", columns)))
    units = chosen(read).repartition(threads).cache()
    units.count()
    folder.cleanup()
    return units


def named(units: DataFrame, whole: bool) -> DataFrame:
    """By short names, as decimals or as whole ten-thousandths."""
    words = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(WORDS))
    numbers = (f"CAST(`{name}` * 10000 AS BIGINT) AS {SHORT[name]}" if whole else f"`{name}` AS {SHORT[name]}" for name in SHORT)
    return units.selectExpr(f"`{UNIT}` AS unit", *numbers, f"CASE `{WORD}` {words} END AS q9")


def score(state: State) -> DataFrame:
    """Everything is computed and nothing is kept, as Spark's own benchmarks do."""
    state.scored.write.format("noop").mode("overwrite").save()
    return state.scored


def digits(scored: DataFrame) -> Digits:
    table = first(scored, "unit").toArrow().sort_by("unit")
    return common.digits({name: table[name].to_numpy() for name in RESULTS})


def first(scored: DataFrame, unit: str) -> DataFrame:
    """The units whose digits are known: more of them than that need not come here."""
    return scored.where(scored[unit] < files.code(common.CHECKED))


def plan(units: DataFrame, scale: int) -> DataFrame:
    """*scale* × the columns are whole numbers; at 10,000 they are decimals, at 1 those numbers themselves."""
    parts = units.selectExpr("*", *_parts(scale))
    rests = parts.selectExpr("*", f"2 * ({_product('x', 'u', 'v')} + {_product('y', 't', 'v')} + {_product('z', 't', 'u')}) AS top",
                             f"{_product('t', 'u', 'v')} AS below")
    rules = _RULES | {"p8": f"(12010000 - 150 * least(greatest(CAST((p8_a - p8_t) * {scale} AS BIGINT), 0), 80000)) div 20000"}
    scored = rests.selectExpr("unit", *(f"CAST({rules[name]} AS INT) AS {name}" for name in IDS))
    total = scored.selectExpr("*", f"{' + '.join(IDS)} AS total")
    return total.selectExpr("*", "CASE WHEN total >= 9000 THEN 3 WHEN total >= 8000 THEN 2 WHEN total >= 6000 THEN 1 ELSE 0 END AS grade")


def _parts(scale: int) -> Iterator[str]:
    """Whole cents, rests and targets of the three parts; rests are below targets, which have 12 digits at most."""
    for part, weight, rest, target in zip("abc", (500, 400, 300), "xyz", "tuv", strict=True):
        cents = f"{weight} * least(c10{part}_a, c10{part}_t)"
        yield f"({cents}) div c10{part}_t AS whole_{part}"
        yield f"CAST((({cents}) % c10{part}_t) * {scale} AS DECIMAL(12, 0)) AS {rest}"
        yield f"CAST(c10{part}_t * {scale} AS DECIMAL(12, 0)) AS {target}"


def _product(one: str, two: str, three: str) -> str:
    return f"CAST({one} * {two} * {three} AS DECIMAL(36, 0))"


def _half_up(top: str, below: str) -> str:
    """*top* is twice the cents × below; both are 0 or more."""
    return f"(({top} + {below}) div (2 * {below}))"


def _up(name: str, weight: int) -> str:
    return f"CASE WHEN {name}_a >= {name}_t THEN {100 * weight} ELSE {_half_up(f'{200 * weight} * {name}_a', f'{name}_t')} END"


def _down(name: str, weight: int) -> str:
    quotient = _half_up(f"{200 * weight} * {name}_t", f"{name}_a")
    return f"CASE WHEN {name}_a <= {name}_t OR {name}_a = 0 THEN {100 * weight} ELSE {quotient} END"


_RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": "CASE WHEN n5_a >= n5_t THEN 500 ELSE 0 END",
    "s6": "CASE WHEN s6_a >= s6_t THEN 600 WHEN s6_a >= 0.9 * s6_t THEN 480 WHEN s6_a >= 0.75 * s6_t THEN 300 ELSE 0 END",
    "l7": "CASE WHEN l7_a >= l7_t THEN 900 WHEN 5 * l7_a <= 3 * l7_t THEN 0 ELSE " + _half_up("900 * (5 * l7_a - 3 * l7_t)", "l7_t") + " END",
    "q9": "CASE q9 WHEN 0 THEN 500 WHEN 1 THEN 350 ELSE 150 END",
    "c10": "whole_a + whole_b + whole_c + CASE WHEN top < below THEN 0 WHEN top < 3 * below THEN 1 WHEN top < 5 * below THEN 2 ELSE 3 END",
    "o11": "CASE WHEN o11_a >= o11_t AND 10 * o11_a <= 13 * o11_t THEN 700 WHEN o11_a < o11_t THEN " + _half_up("1400 * o11_a", "o11_t")
           + " ELSE " + _half_up("140 * greatest(23 * o11_t - 10 * o11_a, 0)", "o11_t") + " END",
    "l12": "CASE WHEN l12_a >= l12_t THEN 700 WHEN 2 * l12_a <= l12_t THEN 0 ELSE " + _half_up("1400 * (2 * l12_a - l12_t)", "l12_t") + " END",
}
