"""Spark by hand, exact and as fast as its author can: BIGINT ten-thousandths, DECIMAL only for the composite."""

from __future__ import annotations

from benchmarks.rivals import spark_decimal
from benchmarks.workload.units import Columns

score, digits, OTHER_PROCESS = spark_decimal.score, spark_decimal.digits, spark_decimal.OTHER_PROCESS


def prepare(columns: Columns, threads: int) -> spark_decimal.State:
    return spark_decimal.prepared(columns, threads, whole=True)
