"""perfdsl on Spark: the DataFrame of units, in Spark's own cache, to one of scores; nothing is kept, as of the plans by hand."""

from __future__ import annotations

from pyspark.sql import DataFrame

from benchmarks.rivals import common, spark_decimal
from benchmarks.rivals.ours import full_names
from benchmarks.rivals.spark_decimal import OTHER_PROCESS, State, score
from benchmarks.workload.check import Digits
from benchmarks.workload.shape import GRADES, ITEMS, RULESET, UNIT
from benchmarks.workload.units import Columns
from perfdsl import pipeline
from perfdsl.batch import spark

__all__ = ["OTHER_PROCESS", "State", "digits", "prepare", "score"]


def prepare(columns: Columns, threads: int) -> State:
    """It is told that no unit comes twice, as the plans by hand take for granted."""
    return State(spark.score(spark_decimal.cached(columns, threads), RULESET, brief=True, unique=True))


def digits(scored: DataFrame) -> Digits:
    table = scored.toArrow().sort_by(UNIT)
    ruleset = pipeline.load(RULESET).ruleset
    assert ruleset is not None
    known = full_names(ruleset)
    points = {one.id: table[_heading(table.column_names, known[one.name])] for one in ITEMS} | {"total": table["总分"]}
    grades = [GRADES.index(name) for name in table["等级"].to_pylist()]
    return common.from_points({name: column.to_numpy().astype(float) for name, column in points.items()} | {"grade": grades})


def _heading(names: list[str], path: str) -> str:
    """Of the points of an item: its own name, or its full name where that is not enough."""
    return next(one for one in (f"{path}.得分", f"{path.rpartition('/')[2]}.得分") if one in names)
