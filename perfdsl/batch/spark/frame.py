"""A DataFrame of units to a DataFrame of their scores."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from perfdsl.batch.api import loaded_of
from perfdsl.batch.extra import need
from perfdsl.batch.given import REJECTED, giving, usable
from perfdsl.batch.reading.plan import Plan
from perfdsl.batch.spark.columns import KEYS, KIND, ONE, REJECTS, SCORES, TWO, chosen, column, plan_of, spark_schema
from perfdsl.batch.spark.sent import sent
from perfdsl.batch.spark.worker import scores, units
from perfdsl.pipeline import Loaded

_TIMES, _WHO = "perfdsl_times", ("单位", "单位代码", "年度")


def score(df: Any, ruleset: Loaded | str | Path, brief: bool = False, unique: bool = False) -> Any:
    """The scores of a DataFrame of units, a row for each, worked out when they are asked for: columns as `perfdsl.batch.schema_of` says.

    A unit that cannot be read has no scores and says why under `退回原因`; so has every row of a unit that has several.  To find those,
    units are counted in the same job, which reads their names, codes and years once more; *unique*: the caller knows that there are none.
    Raises `Unreadable` for columns that mean nothing, `Refused` for a ruleset that cannot be used.
    """
    need("在 Spark 上计分", "pyspark", "numpy", "pyarrow")
    loaded = loaded_of(ruleset)
    return scored(df, plan_of(df.columns, usable(loaded)), loaded, brief, unique)


def scored(df: Any, plan: Plan, loaded: Loaded, brief: bool = False, unique: bool = False, counted: bool = False) -> Any:
    """*counted*: rows are marked by `KIND`, and the counts are rows too."""
    names, by = [plan.headings[at] for at in plan.used], giving(loaded, brief)
    asked = {"sent": sent(loaded).written(), "columns": names, "brief": brief, "keyed": not unique, "counted": counted}
    schema = spark_schema(by.schema, (*(() if unique else KEYS), *(((KIND, "int32"),) if counted else ())))
    made = chosen(df, names).mapInArrow(partial(scores, json.dumps(asked, ensure_ascii=False)), schema)
    return made if unique else _apart(made, _several(df, plan, asked), by.schema.names, counted)


def _several(df: Any, plan: Plan, asked: dict[str, Any]) -> Any:
    """The units with more than one row, and how many."""
    from pyspark.sql import functions as F  # noqa: N812

    names = [plan.headings[at] for at in plan.used if at in (plan.unit, plan.code, plan.year)]
    of_units = partial(units, json.dumps({**asked, "columns": names}, ensure_ascii=False))
    keys = chosen(df, names).mapInArrow(of_units, spark_schema((), KEYS))
    times = keys.groupBy(ONE, TWO).agg(F.count(F.lit(1)).alias(_TIMES)).where(F.col(_TIMES) > 1)
    return F.broadcast(times.select(F.col(ONE).alias(f"{ONE}_"), F.col(TWO).alias(f"{TWO}_"), _TIMES))


def _apart(made: Any, several: Any, names: list[str], counted: bool) -> Any:
    """The same with the rows of those units emptied of their scores."""
    from pyspark.sql import functions as F  # noqa: N812

    found = made.join(several, (F.col(ONE) == F.col(f"{ONE}_")) & (F.col(TWO) == F.col(f"{TWO}_")), "left")
    once = F.col(_TIMES).isNull()
    why = F.concat(F.lit("E407 单位「"), column("单位"), F.lit("」在数据里有 "), F.col(_TIMES), F.lit(" 行，不知道按哪一行计分"))
    columns = [column(name) if name in _WHO else F.when(once, column(name)).alias(name) for name in names[:-1]]
    columns.append(F.when(once, column(REJECTED)).otherwise(F.concat_ws("；", why, column(REJECTED))).alias(REJECTED))
    if counted:
        columns.append(F.when(~once & (F.col(KIND) == SCORES), F.lit(REJECTS)).otherwise(F.col(KIND)).alias(KIND))
    return found.select(columns)
