"""perfdsl on Spark: the DataFrame of units, in Spark's own cache, to one of scores; nothing is kept, as of the plans by hand."""

from __future__ import annotations

from pyspark.sql import DataFrame

from benchmarks.rivals import common, spark_decimal
from benchmarks.rivals.contestants import OUR_POINTS
from benchmarks.rivals.spark_decimal import OTHER_PROCESS, State, score
from benchmarks.workload.check import Digits
from benchmarks.workload.shape import GRADES, ITEMS, RULESET, UNIT
from benchmarks.workload.units import Columns
from perfdsl.batch import spark

__all__ = ["OTHER_PROCESS", "State", "digits", "prepare", "score"]


def prepare(columns: Columns, threads: int) -> State:
    """It is told that no unit comes twice, as the plans by hand take for granted."""
    return State(spark.score(spark_decimal.cached(columns, threads), RULESET, brief=True, unique=True))


def digits(scored: DataFrame) -> Digits:
    table = spark_decimal.first(scored, UNIT).toArrow().sort_by(UNIT)
    points = {one.id: table[OUR_POINTS.format(one.name)] for one in ITEMS} | {"total": table["总分"]}
    grades = [GRADES.index(name) for name in table["等级"].to_pylist()]
    return common.from_points({name: column.to_numpy().astype(float) for name, column in points.items()} | {"grade": grades})
