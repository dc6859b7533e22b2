"""Many units for the ruleset of `tests.batch.conftest`, the same each time: round values, thresholds, empty cells, 不适用."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

SIZE = 1200


def table(size: int = SIZE, seed: int = 7) -> Any:
    """Typed columns: decimals of several widths, doubles, whole numbers, dates, texts."""
    random = np.random.default_rng(seed)

    def some(values: list[Any]) -> list[Any]:
        return [None if gone else one for one, gone in zip(values, random.random(size) < 0.004, strict=True)]

    money = [Decimal(int(n)).scaleb(-2) for n in random.integers(1, 10**6, size)]
    spent = [one * Decimal(int(n)).scaleb(-2) for one, n in zip(money, random.integers(50, 110, size), strict=True)]
    return pa.table({
        "单位": [f"单位{at:05}" for at in range(size)], "单位代码": [f"{at:06}" for at in range(size)], "年度": pa.array([2024] * size, pa.int32()),
        "全年预算数": pa.array(some(money), pa.decimal128(18, 2)), "全年执行数": pa.array(some(spent), pa.decimal128(38, 4)),
        "税收": pa.array(some([float(n) / 1000 for n in random.integers(1000, 4000, size)]), pa.float64()),
        "满意度": some([f"{n / 100}%" for n in random.integers(7500, 10001, size)]),
        "制度建设": some([str(one) for one in random.choice(["达成", "部分达成", "未达成", "不适用"], size)]),
        "制度建设.评定得分": pa.array(some([Decimal(int(n)).scaleb(-1) for n in random.integers(0, 100, size)]), pa.decimal128(9, 1)),
        "验收时间": some([date(2024, 10, 1) + timedelta(int(n)) for n in random.integers(0, 150, size)]),
        "新签约": pa.array(some([int(n) for n in random.integers(0, 40, size)]), pa.int64()),
        "新开工": pa.array(some([int(n) for n in random.integers(0, 30, size)]), pa.int32()),
        "备注": ["不用的列"] * size})
