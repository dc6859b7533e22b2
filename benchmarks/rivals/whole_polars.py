"""Files to files by Polars' exact plan: `python -m benchmarks.rivals.whole_polars IN OUT`, Parquet or CSV."""

from __future__ import annotations

import sys

import polars as pl

from benchmarks.rivals.polars_exact import plan
from benchmarks.workload.names import SHORT
from benchmarks.workload.shape import GRADES, ITEMS, NUMBERS, UNIT, WORD, WORDS


def main(source: str, out: str) -> None:
    scored = plan(_read(source).select(UNIT, *_numbers(source), _word()), small=True, carried=(UNIT,))
    named = (_points(item.id).alias(item.name) for item in ITEMS)
    grade = pl.col("grade").replace_strict(dict(enumerate(GRADES)), return_dtype=pl.String)
    whole = scored.select(UNIT, *named, _points("total").alias("总分"), grade.alias("等级"))
    if out.endswith(".parquet"):
        whole.with_columns(pl.col(pl.Float64).cast(pl.Decimal(9, 2))).sink_parquet(out)
    else:
        whole.sink_csv(out, float_precision=2)


def _read(source: str) -> pl.LazyFrame:
    if source.endswith(".parquet"):
        return pl.scan_parquet(source)
    return pl.scan_csv(source, schema={UNIT: pl.String, **dict.fromkeys(NUMBERS, pl.Float64), WORD: pl.String})


def _points(name: str) -> pl.Expr:
    """Written with two places, the float of a number of cents is that number."""
    return pl.col(name) / 100


def _numbers(source: str) -> list[pl.Expr]:
    """Ten-thousandths.  From CSV by way of floats, which are right to 15 digits and faster to read than decimals."""
    decimal = source.endswith(".parquet")
    whole = ((pl.col(name).to_physical() if decimal else (pl.col(name) * 10_000).round(), name) for name in NUMBERS)
    return [number.cast(pl.Int64).alias(SHORT[name]) for number, name in whole]


def _word() -> pl.Expr:
    return pl.col(WORD).replace_strict({word: at for at, word in enumerate(WORDS)}, return_dtype=pl.Int8).alias("q9")


if __name__ == "__main__":
    main(*sys.argv[1:])
