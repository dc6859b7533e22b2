"""DuckDB by hand, exact: one query over ten-thousandths, BIGINT where that is enough and HUGEINT for the composite."""

from __future__ import annotations

from typing import NamedTuple

import duckdb
import pyarrow as pa

from benchmarks.rivals import common
from benchmarks.workload.check import Digits
from benchmarks.workload.names import IDS
from benchmarks.workload.units import Columns

_GRADE = "((total >= {0})::TINYINT + (total >= {1})::TINYINT + (total >= {2})::TINYINT)::TINYINT"


class State(NamedTuple):
    connection: duckdb.DuckDBPyConnection
    query: str


def prepare(columns: Columns, threads: int) -> State:
    return prepared(common.short(columns), threads, exact_query)


def prepared(columns: Columns, threads: int, query) -> State:
    """The columns in a table in memory; *query* is asked with what it reads from and the largest part of a composite."""
    connection = duckdb.connect(config={"threads": threads})
    units = pa.table(columns)  # DuckDB finds it by this name
    connection.execute("CREATE TABLE units AS SELECT * FROM units")
    del units
    most = max(int(column.max()) for name, column in columns.items() if name.startswith("c10") and name.endswith("_t"))
    return State(connection, query("units", 2500 * most**3 < 2**127))


def score(state: State) -> duckdb.DuckDBPyConnection:
    return state.connection.execute(f"CREATE OR REPLACE TABLE scored AS {state.query}")


def digits(result: duckdb.DuckDBPyConnection) -> Digits:
    return common.digits(result.execute("SELECT * FROM scored").fetchnumpy())


def exact_query(source: str, small: bool = True, carried: str = "") -> str:
    """Cents of the units in *source*, after the column *carried*.

    *small*: 2500 × the product of three targets stays below 2¹²⁷.
    """
    scores = ", ".join(f"({rule})::BIGINT AS {name}" for name, rule in (RULES | {"c10": _composite(small)}).items())
    before = f"{carried}, " if carried else ""
    return graded(f"SELECT {before}{scores} FROM {source}", (6000, 8000, 9000))


def graded(scores: str, least: tuple[int, int, int]) -> str:
    total = f"SELECT *, {' + '.join(IDS)} AS total FROM ({scores})"
    return f"SELECT *, {_GRADE.format(*least)} AS grade FROM ({total})"


def _half_up(top: str, below: str) -> str:
    """*top* is twice the cents × below; both are 0 or more."""
    return f"({top} + {below}) // (2 * {below})"


def _up(name: str, weight: int) -> str:
    return _half_up(f"least({name}_a, {name}_t) * {200 * weight}", f"{name}_t")


def _down(name: str, weight: int) -> str:
    quotient = _half_up(f"least({name}_a, {name}_t) * {200 * weight}", f"{name}_a")
    return f"CASE WHEN {name}_a = 0 THEN {100 * weight} ELSE {quotient} END"


def _composite(small: bool) -> str:
    """One division over the common denominator; where that could leave HUGEINT, whole cents of each part go ahead."""
    parts = [f"least(c10{part}_a, c10{part}_t) * {weight}" for part, weight in zip("abc", (500, 400, 300), strict=True)]
    t, u, v = (f"c10{part}_t::HUGEINT" for part in "abc")
    whole = "0" if small else " + ".join(f"({one}) // c10{part}_t" for one, part in zip(parts, "abc", strict=True))
    x, y, z = parts if small else (f"({one}) % c10{part}_t" for one, part in zip(parts, "abc", strict=True))
    top = f"2 * ((({x}) * {u} + ({y}) * {t}) * {v} + ({z}) * ({t} * {u}))"
    return f"{whole} + {_half_up(top, f'({t} * {u} * {v})')}"


RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": "CASE WHEN n5_a >= n5_t THEN 500 ELSE 0 END",
    "s6": "CASE WHEN s6_a >= s6_t THEN 600 WHEN s6_a * 10 >= s6_t * 9 THEN 480 WHEN s6_a * 4 >= s6_t * 3 THEN 300 ELSE 0 END",
    "l7": _half_up("least(greatest(l7_a * 5 - l7_t * 3, 0), l7_t * 2) * 900", "l7_t"),
    "p8": "(12010000 - least(greatest(p8_a - p8_t, 0), 80000) * 150) // 20000",
    "q9": "CASE q9 WHEN 0 THEN 500 WHEN 1 THEN 350 ELSE 150 END",
    "c10": "",
    "o11": _half_up("least(o11_a * 10, o11_t * 10, greatest(o11_t * 23 - o11_a * 10, 0)) * 140", "o11_t"),
    "l12": _half_up("least(greatest(l12_a * 2 - l12_t, 0), l12_t) * 1400", "l12_t"),
}
