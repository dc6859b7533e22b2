"""Polars as most would write it, in floats: half up by floor(x × 100 + 0.5)."""

from __future__ import annotations

import polars as pl

from benchmarks.rivals import common, polars_exact
from benchmarks.workload.check import Digits
from benchmarks.workload.names import IDS, RESULTS
from benchmarks.workload.units import Columns


def prepare(columns: Columns, threads: int) -> pl.DataFrame:
    polars_exact.prepare(columns, threads)
    return pl.DataFrame(common.values(columns))


def digits(result: pl.DataFrame) -> Digits:
    return common.from_points({name: result[name].to_numpy() for name in RESULTS})


def score(frame: pl.DataFrame) -> pl.DataFrame:
    return (frame.lazy()
            .select(((rule * 100 + 0.5).floor() / 100).alias(name) for name, rule in _RULES.items())
            .with_columns(total=pl.sum_horizontal(IDS))
            .with_columns(grade=_grade(pl.col("total")))
            .collect(engine="streaming"))


def _grade(total: pl.Expr) -> pl.Expr:
    return (total >= 60).cast(pl.Int8) + (total >= 80).cast(pl.Int8) + (total >= 90).cast(pl.Int8)


def _a(name: str) -> pl.Expr:
    return pl.col(f"{name}_a")


def _t(name: str) -> pl.Expr:
    return pl.col(f"{name}_t")


def _rate(name: str) -> pl.Expr:
    return _a(name) / _t(name)


def _up(name: str, weight: int) -> pl.Expr:
    return _rate(name).clip(0, 1) * weight


def _down(name: str, weight: int) -> pl.Expr:
    return pl.when(_a(name) == 0).then(float(weight)).otherwise((_t(name) / _a(name)).clip(0, 1) * weight)


def _line(name: str, start: float, weight: int) -> pl.Expr:
    return ((_rate(name) - start) / (1 - start)).clip(0, 1) * weight


_OVER = _rate("o11")
_RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": pl.when(_a("n5") >= _t("n5")).then(5.0).otherwise(0.0),
    "s6": pl.when(_rate("s6") >= 1).then(6.0).when(_rate("s6") >= 0.9).then(4.8).when(_rate("s6") >= 0.75).then(3.0).otherwise(0.0),
    "l7": _line("l7", 0.6, 9), "p8": (6 - (_a("p8") - _t("p8")).clip(0) * 0.75).clip(0),
    "q9": pl.when(pl.col("q9") == 0).then(5.0).when(pl.col("q9") == 1).then(3.5).otherwise(1.5),
    "c10": _up("c10a", 5) + _up("c10b", 4) + _up("c10c", 3),
    "o11": pl.when(_OVER <= 1.3).then(_OVER.clip(0, 1) * 7).otherwise((7 - (_OVER - 1.3) * 7).clip(0)),
    "l12": _line("l12", 0.5, 7),
}
