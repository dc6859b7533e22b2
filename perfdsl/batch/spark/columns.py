"""Which columns of a DataFrame are read, and which come of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfdsl.batch.given import Giving
from perfdsl.batch.reading.plan import Plan, wide_plan
from perfdsl.batch.shape import basis
from perfdsl.batch.sources.columnar import no_headings
from perfdsl.batch.sources.source import headings
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import Role, find_header, is_long, role_of
from perfdsl.data.kinds import unreadable
from perfdsl.data.names import Slots
from perfdsl.model.ruleset import Ruleset

ONE, TWO = "perfdsl_unit_1", "perfdsl_unit_2"
KEYS = ((ONE, "int64"), (TWO, "int64"))
"""Two columns that tell units apart."""
KIND = "perfdsl_kind"
SCORES, REJECTS, COUNTS = range(3)
"""What a row is, under `KIND`."""


def plan_of(columns: Sequence[str], ruleset: Ruleset, called: str = "<spark>") -> Plan:
    """Raises `Unreadable` for columns that mean nothing, or that do not make a row a unit."""
    names = Slots(ruleset)
    header = find_header([headings(called, list(columns))], names)
    if header is None:
        raise Unreadable(no_headings(called, names, list(columns)))
    if is_long(header):
        raise Unreadable(unreadable(called, "每行是一个指标，在 Spark 上要每行一个单位",
                                    "先用 Spark 的 groupBy(单位).pivot(指标) 转过来"))
    plan = wide_plan(header, names)
    if plan.unit is None:
        raise Unreadable(no_headings(called, names, list(columns)))
    return plan


def who_plan(columns: Sequence[str]) -> Plan:
    """For columns that only say which unit a row is about."""
    at = {role_of(name): place for place, name in enumerate(columns)}
    return Plan(at[Role.UNIT], at.get(Role.CODE), at.get(Role.YEAR), (), tuple(columns))


def column(name: str) -> Any:
    """By its name as it is, points and all."""
    from pyspark.sql import functions as F  # noqa: N812  # as everybody calls it

    return F.col("`" + name.replace("`", "``") + "`")


def handed(by: Giving, whole: bool) -> Any:
    """The columns that a worker gives, as a schema of Arrow: without those that say the same of every unit; *whole*: decimals as whole numbers."""
    import pyarrow as pa

    fields = [field for field in by.schema if field.name not in basis(by.shape)]
    return pa.schema([pa.field(field.name, pa.int64()) if whole and pa.types.is_decimal(field.type) else field for field in fields])


def spark_type(kind: Any) -> Any:
    """The type of Spark that holds what this type of Arrow does."""
    import pyarrow as pa
    from pyspark.sql import types

    if pa.types.is_decimal(kind):
        return types.DecimalType(kind.precision, kind.scale)
    found = {pa.string(): types.StringType, pa.bool_(): types.BooleanType, pa.int32(): types.IntegerType, pa.int64(): types.LongType}
    return found[kind]()


def spark_schema(schema: Any, more: Sequence[tuple[str, str]] = ()) -> Any:
    """*more* are columns behind those of *schema*, with the names of their types of Arrow."""
    import pyarrow as pa
    from pyspark.sql import types

    fields = [*((field.name, field.type) for field in schema), *((name, pa.type_for_alias(kind)) for name, kind in more)]
    return types.StructType([types.StructField(name, spark_type(kind)) for name, kind in fields])
