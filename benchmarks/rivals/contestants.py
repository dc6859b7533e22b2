"""Who runs in the race in memory: to enter another, add a line and a module like the others."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple


class Contestant(NamedTuple):
    """*module* in this folder, run on at most *most* units; *needs* is imported by it."""

    name: str
    module: str
    needs: str
    threads: int
    most: int
    exact: bool

    @property
    def key(self) -> str:
        return f"{self.module} {self.threads}"

    @property
    def missing(self) -> str:
        """What must be installed first; empty if nothing."""
        package = self.needs.partition(".")[0]
        there = find_spec(package) and find_spec(self.needs)
        return "" if there else self.needs


LIMIT = "read and write, nothing else"
OURS = "perfdsl"
OUR_POINTS = "{}.得分"
"""What perfdsl batch calls the points of an item."""
_ALL = 10**8

CONTESTANTS = (
    Contestant(LIMIT, "bandwidth", "numpy", 1, _ALL, False),
    Contestant(LIMIT, "bandwidth", "numpy", 2, _ALL, False),
    Contestant(OURS, "ours", "llvmlite", 1, _ALL, True),
    Contestant(OURS, "ours", "llvmlite", 2, _ALL, True),
    Contestant("perfdsl, without llvmlite", "ours_arrays", "perfdsl.batch", 1, _ALL, True),
    Contestant("perfdsl, without llvmlite", "ours_arrays", "perfdsl.batch", 2, _ALL, True),
    Contestant("numpy exact", "numpy_exact", "numpy", 1, _ALL, True),
    Contestant("numpy exact", "numpy_exact", "numpy", 2, _ALL, True),
    Contestant("Polars Int128", "polars_exact", "polars", 1, _ALL, True),
    Contestant("Polars Int128", "polars_exact", "polars", 2, _ALL, True),
    Contestant("DuckDB HUGEINT", "duckdb_exact", "duckdb", 1, _ALL, True),
    Contestant("DuckDB HUGEINT", "duckdb_exact", "duckdb", 2, _ALL, True),
    Contestant("perfdsl on Spark", "ours_spark", "pyspark", 2, 10**7, True),
    Contestant("Spark DECIMAL", "spark_decimal", "pyspark", 2, 10**7, True),
    Contestant("Spark BIGINT", "spark_whole", "pyspark", 2, 10**6, True),
    Contestant("Python integers", "python_ints", "benchmarks", 1, 10**5, True),
    Contestant("Python Fraction", "python_fractions", "benchmarks", 1, 2 * 10**3, True),
    Contestant("Polars float", "polars_float", "polars", 1, _ALL, False),
    Contestant("Polars float", "polars_float", "polars", 2, _ALL, False),
    Contestant("numpy float", "numpy_float", "numpy", 1, _ALL, False),
    Contestant("OpenFisca", "openfisca_variables", "openfisca_core", 1, 10**6, False),
    Contestant("DuckDB DOUBLE", "duckdb_float", "duckdb", 1, _ALL, False),
    Contestant("DuckDB DOUBLE", "duckdb_float", "duckdb", 2, _ALL, False),
    Contestant("Python Decimal", "python_decimals", "benchmarks", 1, 2 * 10**4, False),
    Contestant("GoRules ZEN", "zen_engine", "zen", 1, 10**4, False),
    Contestant("rule-engine", "rule_engine_rules", "rule_engine", 1, 10**3, False),
)
"""`exact` says that its author means it to be: tests and the table hold it to that."""

LARGE = tuple(one for one in CONTESTANTS if one.module in ("bandwidth", "ours", "polars_exact", "ours_spark", "spark_decimal"))
"""Who runs where there are ten million units: all of them would take an hour."""
