"""A Parquet file by Arrow, or by DuckDB, which makes many exact decimals in half the time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any

from perfdsl.batch.sources.duck import in_blocks, reader, stream_of
from perfdsl.batch.sources.source import ROWS, Opened
from perfdsl.batch.sources.sql import quoted, text

PAYS = 1 << 23
"""So many cells of decimals take longer by Arrow than it takes to start DuckDB."""


def parquet_file(file: str) -> Opened:
    """Raises `OSError` and `pyarrow.ArrowException`."""
    from pyarrow.parquet import ParquetFile

    path = os.path.abspath(file)  # both readers know ~
    opened = ParquetFile(path, pre_buffer=False)  # else what has been read stays in memory to the end
    return list(opened.schema_arrow.names), opened.metadata.num_rows, lambda columns: _batches(opened, path, columns)


def _batches(opened: Any, path: str, columns: list[str]) -> Iterator[Any]:
    """What DuckDB cannot read to the end Arrow reads on, or says why not."""
    rows = 0
    if _pays(opened, columns) and _is_plain(path, opened.schema_arrow.names):
        for batch in _by_duckdb(path, columns, opened.schema_arrow):
            yield batch
            rows += batch.num_rows
    if rows < opened.metadata.num_rows:  # what broke off gave whole batches only
        for batch in islice(opened.iter_batches(ROWS, columns=columns), rows // ROWS, None):
            yield batch.select(columns)


def _pays(opened: Any, columns: list[str]) -> bool:
    stored = [opened.schema.column(at) for at in range(len(opened.schema))]
    decimals = sum(one.physical_type == "FIXED_LEN_BYTE_ARRAY" and one.logical_type.type == "DECIMAL" and one.path in columns for one in stored)
    return decimals * opened.metadata.num_rows >= PAYS and find_spec("duckdb") is not None


def _is_plain(path: str, names: list[str]) -> bool:
    """DuckDB takes a name with * ? [ { for a pattern, and two columns for one whose names differ only in capital letters."""
    return not set(path) & set("*?[{") and len({name.casefold() for name in names}) == len(names)


def _by_duckdb(path: str, columns: list[str], schema: Any) -> Iterator[Any]:
    """Nothing where a column would be of another type than by Arrow; ends early where DuckDB does not read on."""
    of_file = f"read_parquet({text(path)}, hive_partitioning = false)"
    try:
        with reader() as connection:
            stream = stream_of(connection, f"SELECT {', '.join(map(quoted, columns))} FROM {of_file}")
            if stream.schema.types == [schema.field(name).type for name in columns] and stream.schema.names == columns:
                yield from in_blocks(stream)
    except Exception:  # noqa: BLE001  # whatever it is, Arrow goes on
        return
