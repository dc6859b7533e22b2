"""DuckDB as most would write it, in DOUBLE: half up by floor(x × 100 + 0.5), its own round(x, 2) is wrong more often."""

from __future__ import annotations

import duckdb

from benchmarks.rivals import common, duckdb_exact
from benchmarks.workload.check import Digits
from benchmarks.workload.units import Columns


def prepare(columns: Columns, threads: int) -> duckdb_exact.State:
    return duckdb_exact.prepared(common.values(columns), threads, _query)


score = duckdb_exact.score


def digits(result: duckdb.DuckDBPyConnection) -> Digits:
    return common.from_points(result.execute("SELECT * FROM scored").fetchnumpy())


def _query(source: str, small: bool) -> str:
    scores = ", ".join(f"floor(({rule}) * 100 + 0.5::DOUBLE) / 100 AS {name}" for name, rule in _RULES.items())
    return duckdb_exact.graded(f"SELECT {scores} FROM {source}", (60, 80, 90))


def _up(name: str, weight: int) -> str:
    return f"{weight} * least({name}_a / {name}_t, 1.0::DOUBLE)"


def _down(name: str, weight: int) -> str:
    return f"CASE WHEN {name}_a = 0 THEN {weight} ELSE {weight} * least({name}_t / {name}_a, 1.0::DOUBLE) END"


def _line(name: str, start: float, weight: int) -> str:
    return f"{weight} * least(greatest(({name}_a / {name}_t - {start}::DOUBLE) / {1 - start}::DOUBLE, 0), 1)"


_RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": "CASE WHEN n5_a >= n5_t THEN 5.0::DOUBLE ELSE 0 END",
    "s6": "CASE WHEN s6_a / s6_t >= 1 THEN 6::DOUBLE WHEN s6_a / s6_t >= 0.9::DOUBLE THEN 4.8 WHEN s6_a / s6_t >= 0.75 THEN 3 ELSE 0 END",
    "l7": _line("l7", 0.6, 9), "p8": "greatest(6 - 0.75::DOUBLE * greatest(p8_a - p8_t, 0), 0)",
    "q9": "CASE q9 WHEN 0 THEN 5::DOUBLE WHEN 1 THEN 3.5 ELSE 1.5 END",
    "c10": f"{_up('c10a', 5)} + {_up('c10b', 4)} + {_up('c10c', 3)}",
    "o11": "CASE WHEN o11_a / o11_t <= 1.3::DOUBLE THEN 7 * least(o11_a / o11_t, 1.0::DOUBLE)"
           " ELSE greatest(7 - 7 * (o11_a / o11_t - 1.3::DOUBLE), 0) END",
    "l12": _line("l12", 0.5, 7),
}
