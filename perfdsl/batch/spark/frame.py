"""A DataFrame of units to a DataFrame of their scores."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from perfdsl.batch.api import loaded_of
from perfdsl.batch.extra import need
from perfdsl.batch.given import REJECTED, Giving, giving, usable
from perfdsl.batch.reading.plan import Plan
from perfdsl.batch.shape import basis
from perfdsl.batch.spark.columns import KEYS, KIND, ONE, REJECTS, SCORES, TWO, column, handed, plan_of, spark_schema
from perfdsl.batch.spark.sent import sent
from perfdsl.batch.spark.whole import Whole
from perfdsl.batch.spark.worker import scores, units
from perfdsl.pipeline import Loaded

_TIMES = "perfdsl_times"
PACKAGES = ("pyspark", "pandas", "numpy", "pyarrow")
"""What the driver needs."""


def score(df: Any, ruleset: Loaded | str | Path, brief: bool = False, unique: bool = False) -> Any:
    """The scores of a DataFrame of units, a row for each, worked out when they are asked for: columns as `perfdsl.batch.schema_of` says.

    A unit that cannot be read has no scores and says why under `退回原因`; so has every row of a unit that has several.  To find those,
    units are counted in the same job, which reads their names, codes and years once more; *unique*: the caller knows that there are none.
    Raises `Unreadable` for columns that mean nothing, `Refused` for a ruleset that cannot be used.
    """
    need("在 Spark 上计分", *PACKAGES)
    loaded = loaded_of(ruleset)
    return scored(df, plan_of(df.columns, usable(loaded)), loaded, brief, unique)


def scored(df: Any, plan: Plan, loaded: Loaded, brief: bool = False, unique: bool = False, counted: bool = False) -> Any:
    """*counted*: rows are marked by `KIND`, and the counts are rows too."""
    by, whole = giving(loaded, brief), Whole(df)
    asked = {"sent": sent(loaded).written(), "brief": brief, "keyed": not unique, "counted": counted, "whole": whole.works}
    more = (*(() if unique else KEYS), *(((KIND, "int32"),) if counted else ()))
    read = [plan.headings[at] for at in plan.used]
    made = _mapped(df, read, scores, asked, spark_schema(handed(by, whole.works), more), whole)
    if not unique:
        who = [plan.headings[at] for at in plan.used if at in (plan.unit, plan.code, plan.year)]
        made = made.join(_several(_mapped(df, who, units, asked, spark_schema((), KEYS), whole)), [ONE, TWO], "left")
    return made.select(_columns(by, whole, unique, counted))


def _mapped(df: Any, names: Sequence[str], function: Callable[..., Any], asked: dict[str, Any], schema: Any, whole: Whole) -> Any:
    """These columns through a function of the workers.  They go by numbers: Spark cannot hand on every name."""
    places = [whole.places(df.schema[name].dataType) for name in names]
    columns = [column(name) if n is None else whole.units(column(name)) for name, n in zip(names, places, strict=True)]
    chosen = df.select([one.alias(f"c{at}") for at, one in enumerate(columns)])
    return chosen.mapInArrow(partial(function, json.dumps({**asked, "columns": names, "places": places}, ensure_ascii=False)), schema)


def _several(keys: Any) -> Any:
    """The units with more than one row, and how many."""
    from pyspark.sql import functions as F  # noqa: N812

    return F.broadcast(keys.groupBy(ONE, TWO).agg(F.count(F.lit(1)).alias(_TIMES)).where(F.col(_TIMES) > 1))


def _columns(by: Giving, whole: Whole, unique: bool, counted: bool) -> list[Any]:
    """What is given in the end: a row of a unit with several is emptied of its scores."""
    from pyspark.sql import functions as F  # noqa: N812

    once = F.lit(True) if unique else F.col(_TIMES).isNull()
    same, made = basis(by.shape), []
    for field in by.schema:
        if field.name in same:
            one = F.when(column(REJECTED).isNull() & once, F.lit(same[field.name]))
        elif field.name == REJECTED:
            one = column(REJECTED) if unique else F.when(once, column(REJECTED)).otherwise(F.concat_ws("；", _why(), column(REJECTED)))
        else:
            one = _decimal(field, whole)
            one = one if unique or field.name in ("单位", "单位代码", "年度") else F.when(once, one)
        made.append(one.alias(field.name))
    kind = F.when(~once & (F.col(KIND) == SCORES), F.lit(REJECTS)).otherwise(F.col(KIND))
    return [*made, kind.alias(KIND)] if counted else made


def _decimal(field: Any, whole: Whole) -> Any:
    import pyarrow as pa

    is_one = whole.works and pa.types.is_decimal(field.type)
    return whole.decimal(column(field.name), field.type.precision, field.type.scale) if is_one else column(field.name)


def _why() -> Any:
    from pyspark.sql import functions as F  # noqa: N812

    return F.concat(F.lit("E407 单位「"), column("单位"), F.lit("」在数据里有 "), F.col(_TIMES), F.lit(" 行，不知道按哪一行计分"))
