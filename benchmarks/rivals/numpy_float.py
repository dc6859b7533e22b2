"""numpy as most would write it: floats, whole columns, half up by floor(x × 100 + 0.5).  Wrong wherever a half cent is."""

from __future__ import annotations

import numpy as np

from benchmarks.rivals import common
from benchmarks.workload.shape import WORD_CENTS
from benchmarks.workload.units import Columns

_WORDS = np.array(WORD_CENTS) / 100


def prepare(columns: Columns, threads: int) -> Columns:
    return common.values(columns)


digits = common.from_points


def score(inputs: Columns) -> Columns:
    results = {name: np.floor(points * 100 + 0.5) / 100 for name, points in _points(inputs).items()}
    total = sum(results.values())
    grade = (total >= 60).astype(np.int8) + (total >= 80) + (total >= 90)
    return results | {"total": total, "grade": grade}


def _points(one: Columns) -> Columns:
    rate = {name: one[f"{name}_a"] / one[f"{name}_t"] for name in ("b0", "u1", "u2", "s6", "l7", "o11", "l12")}
    over = rate["o11"]
    return {
        "b0": 10 * np.minimum(rate["b0"], 1),
        "u1": 12 * np.minimum(rate["u1"], 1),
        "u2": 8 * np.minimum(rate["u2"], 1),
        "d3": 8 * _reverse(one["d3_a"], one["d3_t"]),
        "d4": 5 * _reverse(one["d4_a"], one["d4_t"]),
        "n5": np.where(one["n5_a"] >= one["n5_t"], 5.0, 0.0),
        "s6": np.select([rate["s6"] >= 1, rate["s6"] >= 0.9, rate["s6"] >= 0.75], [6, 4.8, 3], 0),
        "l7": 9 * np.clip((rate["l7"] - 0.6) / 0.4, 0, 1),
        "p8": np.maximum(6 - 0.75 * np.maximum(one["p8_a"] - one["p8_t"], 0), 0),
        "q9": _WORDS[one["q9"]],
        "c10": sum(weight * np.minimum(one[f"c10{part}_a"] / one[f"c10{part}_t"], 1) for part, weight in zip("abc", (5, 4, 3), strict=True)),
        "o11": np.where(over <= 1.3, 7 * np.minimum(over, 1), np.maximum(7 - 7 * (over - 1.3), 0)),
        "l12": 7 * np.clip((rate["l12"] - 0.5) / 0.5, 0, 1),
    }


def _reverse(actual: np.ndarray, target: np.ndarray) -> np.ndarray:
    quotient = np.divide(target, actual, out=np.ones_like(actual), where=actual > 0)
    return np.minimum(quotient, 1)
