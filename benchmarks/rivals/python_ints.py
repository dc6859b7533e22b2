"""Plain Python by hand, exact: one function (python_one.py) over ten-thousandths, one unit after another."""

from __future__ import annotations

from benchmarks.rivals import common
from benchmarks.rivals.python_one import one
from benchmarks.workload.units import Columns


def prepare(columns: Columns, threads: int) -> list[tuple[int, ...]]:
    return list(common.rows(common.short(columns)))


digits = common.from_rows


def score(units: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    return [one(*unit) for unit in units]
