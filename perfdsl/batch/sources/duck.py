"""DuckDB as a reader: of its own files, and of Parquet files with many exact decimals."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from perfdsl.batch.sources.source import ROWS

_OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""Nothing is downloaded."""


def database(file: str) -> Any:
    """A database that is only read; a query that sorts may need room on the disk.  Raises `duckdb.Error`."""
    import duckdb

    return duckdb.connect(file, read_only=True, config={**_OFFLINE, "threads": 2})


def reader() -> Any:
    """What reads files and writes nothing; raises `duckdb.Error`."""
    import duckdb

    return duckdb.connect(config={**_OFFLINE, "threads": os.cpu_count() or 1, "temp_directory": ""})


def stream_of(connection: Any, sql: str) -> Any:
    """The rows of a query as a stream of Arrow, in their order; raises `duckdb.Error`."""
    import duckdb

    found = connection.sql(sql)
    if found is None:
        raise duckdb.ProgrammingError("这不是 SELECT 查询")
    return found.to_arrow_reader(ROWS)


def in_blocks(batches: Iterator[Any]) -> Iterator[Any]:
    """The same rows in batches of `ROWS`, the last one smaller: an interrupted run finds its place again."""
    import pyarrow as pa

    held: list[Any] = []
    missing = ROWS
    for batch in batches:
        while batch.num_rows >= missing:
            part = batch.slice(0, missing)
            yield pa.concat_batches([*held, part]) if held else part
            batch = batch.slice(missing)
            held, missing = [], ROWS
        if batch.num_rows:
            held.append(batch)
            missing -= batch.num_rows
    if held:
        yield pa.concat_batches(held)
