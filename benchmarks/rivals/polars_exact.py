"""Polars by hand, exact: expressions over ten-thousandths, Int64 where that is enough and Int128 for the composite.

One select makes the scores, one more the total and the grade.  Polars reads POLARS_MAX_THREADS when it is imported.
"""

from __future__ import annotations

import polars as pl

from benchmarks.rivals import common
from benchmarks.workload.check import Digits
from benchmarks.workload.names import IDS, RESULTS
from benchmarks.workload.units import Columns


def prepare(columns: Columns, threads: int) -> pl.DataFrame:
    if pl.thread_pool_size() != threads:
        raise RuntimeError(f"polars has {pl.thread_pool_size()} threads, not {threads}")
    return pl.DataFrame(common.short(columns))


def digits(result: pl.DataFrame) -> Digits:
    return common.digits({name: result[name].to_numpy() for name in RESULTS})


def score(frame: pl.DataFrame) -> pl.DataFrame:
    most = max(frame.select(pl.col("^c10._t$").max()).row(0))
    return plan(frame.lazy(), 2500 * most**3 < 2**127).collect(engine="streaming")


def plan(frame: pl.LazyFrame, small: bool, carried: tuple[str, ...] = ()) -> pl.LazyFrame:
    """Cents, total and grade, after the columns *carried*."""
    made = rules(small)
    return (frame.select(*carried, *(made[name].cast(pl.Int64).alias(name) for name in IDS))
            .with_columns(total=pl.sum_horizontal(IDS))
            .with_columns(grade=GRADE))


def _a(name: str) -> pl.Expr:
    return pl.col(f"{name}_a")


def _t(name: str) -> pl.Expr:
    return pl.col(f"{name}_t")


def _half_up(top: pl.Expr, below: pl.Expr) -> pl.Expr:
    """*top* is twice the cents × below; both are 0 or more, and unsigned division is faster."""
    return _unsigned(top + below) // _unsigned(2 * below)


def _unsigned(whole: pl.Expr) -> pl.Expr:
    return whole.cast(pl.UInt64, wrap_numerical=True)


def _up(name: str, weight: int) -> pl.Expr:
    return _half_up(pl.min_horizontal(_a(name), _t(name)) * (200 * weight), _t(name))


def _down(name: str, weight: int) -> pl.Expr:
    least = pl.min_horizontal(_a(name), _t(name))
    return pl.when(_a(name) == 0).then(100 * weight).otherwise(_half_up(least * (200 * weight), _a(name)))


def _bands(name: str) -> pl.Expr:
    return (pl.when(_a(name) >= _t(name)).then(600).when(_a(name) * 10 >= _t(name) * 9).then(480)
            .when(_a(name) * 4 >= _t(name) * 3).then(300).otherwise(0))


def _line_from_06(name: str) -> pl.Expr:
    above = pl.min_horizontal((_a(name) * 5 - _t(name) * 3).clip(0), _t(name) * 2)
    return _half_up(above * 900, _t(name))


def _line_from_05(name: str) -> pl.Expr:
    above = pl.min_horizontal((_a(name) * 2 - _t(name)).clip(0), _t(name))
    return _half_up(above * 1400, _t(name))


def _over(name: str) -> pl.Expr:
    excess = (_a(name) - _t(name)).clip(0, 80_000)
    return (12_010_000 - excess * 150) // 20_000


def _returning(name: str) -> pl.Expr:
    top = pl.min_horizontal(_a(name) * 10, _t(name) * 10, (_t(name) * 23 - _a(name) * 10).clip(0))
    return _half_up(top * 140, _t(name))


def _composite(name: str, small: bool) -> pl.Expr:
    """One division over the common denominator; where that could leave Int128, whole cents of each part go ahead."""
    whole, rests = pl.lit(0, pl.Int64), []
    targets = [_t(name + part) for part in "abc"]
    for part, weight, target in zip("abc", (500, 400, 300), targets, strict=True):
        cents = pl.min_horizontal(_a(name + part), target) * weight
        rests.append((cents if small else cents % target).cast(pl.Int128))
        whole += 0 if small else cents // target
    t, u, v = (target.cast(pl.Int128) for target in targets)
    x, y, z = rests
    common_ = t * u * v
    quotient = (2 * ((x * u + y * t) * v + z * (t * u)) + common_) // (2 * common_)
    return quotient.cast(pl.Int64) + whole


def rules(small: bool) -> dict[str, pl.Expr]:
    """*small*: 2500 × the product of three targets stays below 2¹²⁷."""
    return RULES | {"c10": _composite("c10", small)}


RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": pl.when(_a("n5") >= _t("n5")).then(500).otherwise(0), "s6": _bands("s6"), "l7": _line_from_06("l7"),
    "p8": _over("p8"), "q9": pl.when(pl.col("q9") == 0).then(500).when(pl.col("q9") == 1).then(350).otherwise(150),
    "o11": _returning("o11"), "l12": _line_from_05("l12"),
}
_TOTAL = pl.col("total")
GRADE = sum(((least <= _TOTAL).cast(pl.Int8) for least in (8000, 9000)), start=(_TOTAL >= 6000).cast(pl.Int8))
