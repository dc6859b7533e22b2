"""Files to files by DuckDB's exact query: `python -m benchmarks.rivals.whole_duckdb IN OUT`, Parquet or CSV."""

from __future__ import annotations

import sys

import duckdb

from benchmarks.rivals.duckdb_exact import exact_query
from benchmarks.workload.names import SHORT
from benchmarks.workload.shape import GRADES, ITEMS, NUMBERS, UNIT, WORD, WORDS


def main(source: str, out: str) -> None:
    form = "(FORMAT parquet)" if out.endswith(".parquet") else "(FORMAT csv, HEADER)"
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": True})
    connection.execute(f"COPY ({_query(source)}) TO '{out}' {form}")


def _query(source: str) -> str:
    names = ", ".join(f'{item.id} * 0.01::DECIMAL(2, 2) AS "{item.name}"' for item in ITEMS)
    grade = " ".join(f"WHEN {at} THEN '{name}'" for at, name in enumerate(GRADES))
    scored = exact_query(f"({_whole_numbers(source)})", carried="unit")
    return f'SELECT unit AS "{UNIT}", {names}, total * 0.01::DECIMAL(2, 2) AS "总分", CASE grade {grade} END AS "等级" FROM ({scored})'


def _whole_numbers(source: str) -> str:
    """Ten-thousandths.  From CSV by way of DOUBLE, which is right to 15 digits and faster to read than DECIMAL."""
    exact = "({} * 10000)::BIGINT" if source.endswith(".parquet") else "round({} * 10000)::BIGINT"
    numbers = ", ".join(f"{exact.format(_quoted(name))} AS {SHORT[name]}" for name in NUMBERS)
    word = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(WORDS))
    return f'SELECT "{UNIT}" AS unit, {numbers}, CASE "{WORD}" {word} END AS q9 FROM {_read(source)}'


def _quoted(name: str) -> str:
    return f'"{name}"'


def _read(source: str) -> str:
    if source.endswith(".parquet"):
        return f"read_parquet('{source}')"
    types = {UNIT: "VARCHAR", **dict.fromkeys(NUMBERS, "DOUBLE"), WORD: "VARCHAR"}
    return f"read_csv('{source}', header = true, auto_detect = false, delim = ',', columns = {types})"


if __name__ == "__main__":
    main(*sys.argv[1:])
