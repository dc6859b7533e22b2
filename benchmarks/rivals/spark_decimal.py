"""Spark by hand, exact: native DECIMAL columns on local cores, the session started before.

Every product and quotient is cast to the precision that it needs, for Spark would take places away from what could
exceed 38 digits; `div` is the whole quotient.  The composite takes whole cents of each part first.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from pyspark.sql import DataFrame, SparkSession

from benchmarks.rivals import common
from benchmarks.workload import files
from benchmarks.workload.check import Digits
from benchmarks.workload.names import IDS, RESULTS, SHORT
from benchmarks.workload.shape import WORD, WORDS
from benchmarks.workload.units import Columns

_SETTINGS = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "6g",
             "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.log.level": "ERROR",
             "spark.sql.ansi.enabled": "true", "spark.sql.codegen.maxFields": "200"}


class State(NamedTuple):
    scored: DataFrame


def prepare(columns: Columns, threads: int) -> State:
    """The units in Spark's own cache, from Parquet."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(f"local[{threads}]")
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    folder = tempfile.TemporaryDirectory()
    units = session.read.parquet(str(files.write(Path(folder.name) / "units.parquet", columns)))
    words = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(WORDS))
    named = units.selectExpr(*(f"`{name}` AS {SHORT[name]}" for name in SHORT), f"CASE `{WORD}` {words} END AS q9").cache()
    named.count()
    folder.cleanup()
    return State(_plan(named))


def score(state: State) -> DataFrame:
    """Everything is computed and nothing is kept, as Spark's own benchmarks do."""
    state.scored.write.format("noop").mode("overwrite").save()
    return state.scored


def digits(scored: DataFrame) -> Digits:
    table = scored.toArrow()
    return common.digits({name: table[name].to_numpy() for name in RESULTS})


def _plan(units: DataFrame) -> DataFrame:
    scored = units.selectExpr(*(f"CAST({rule} AS INT) AS {name}" for name, rule in _RULES.items()))
    total = scored.selectExpr("*", f"{' + '.join(IDS)} AS total")
    return total.selectExpr("*", "CASE WHEN total >= 9000 THEN 3 WHEN total >= 8000 THEN 2 WHEN total >= 6000 THEN 1 ELSE 0 END AS grade")


def _half_up(top: str, below: str) -> str:
    """*top* is twice the cents × below; both are 0 or more."""
    return f"(({top} + {below}) div (2 * {below}))"


def _up(name: str, weight: int) -> str:
    return f"CASE WHEN {name}_a >= {name}_t THEN {100 * weight} ELSE {_half_up(f'{200 * weight} * {name}_a', f'{name}_t')} END"


def _down(name: str, weight: int) -> str:
    quotient = _half_up(f"{200 * weight} * {name}_t", f"{name}_a")
    return f"CASE WHEN {name}_a <= {name}_t OR {name}_a = 0 THEN {100 * weight} ELSE {quotient} END"


def _composite() -> str:
    """Rests are below their targets, which have 13 digits at most, so that their products have 38."""
    parts = [f"({weight} * least(c10{part}_a, c10{part}_t))" for part, weight in zip("abc", (500, 400, 300), strict=True)]
    t, u, v = (f"CAST(c10{part}_t * 10000 AS DECIMAL(12, 0))" for part in "abc")
    x, y, z = (f"CAST(({one} % c10{part}_t) * 10000 AS DECIMAL(12, 0))" for one, part in zip(parts, "abc", strict=True))
    whole = " + ".join(f"({one} div c10{part}_t)" for one, part in zip(parts, "abc", strict=True))
    rests = f"({_product(x, u, v)} + {_product(y, t, v)} + {_product(z, t, u)})"
    common_ = _product(t, u, v)
    carry = " + ".join(f"CASE WHEN 2 * {rests} >= {odd} * {common_} THEN 1 ELSE 0 END" for odd in (1, 3, 5))
    return f"{whole} + {carry}"


def _product(one: str, two: str, three: str) -> str:
    return f"CAST({one} * {two} * {three} AS DECIMAL(37, 0))"


_RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": "CASE WHEN n5_a >= n5_t THEN 500 ELSE 0 END",
    "s6": "CASE WHEN s6_a >= s6_t THEN 600 WHEN s6_a >= 0.9 * s6_t THEN 480 WHEN s6_a >= 0.75 * s6_t THEN 300 ELSE 0 END",
    "l7": "CASE WHEN l7_a >= l7_t THEN 900 WHEN 5 * l7_a <= 3 * l7_t THEN 0 ELSE " + _half_up("900 * (5 * l7_a - 3 * l7_t)", "l7_t") + " END",
    "p8": "(1201.0 - 150 * least(greatest(p8_a - p8_t, 0), 8)) div 2",
    "q9": "CASE q9 WHEN 0 THEN 500 WHEN 1 THEN 350 ELSE 150 END",
    "c10": _composite(),
    "o11": "CASE WHEN o11_a >= o11_t AND 10 * o11_a <= 13 * o11_t THEN 700 WHEN o11_a < o11_t THEN " + _half_up("1400 * o11_a", "o11_t")
           + " ELSE " + _half_up("140 * greatest(23 * o11_t - 10 * o11_a, 0)", "o11_t") + " END",
    "l12": "CASE WHEN l12_a >= l12_t THEN 700 WHEN 2 * l12_a <= l12_t THEN 0 ELSE " + _half_up("1400 * (2 * l12_a - l12_t)", "l12_t") + " END",
}
