"""Tables and queries of DuckDB, SQLite and PostgreSQL: opened to be read only, and nothing is downloaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from perfdsl.batch.extra import need
from perfdsl.batch.sources import duck
from perfdsl.batch.sources.files import files_of, identity
from perfdsl.batch.sources.source import ROWS, Batch, Source, headings
from perfdsl.batch.sources.sql import in_schema
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import find_header
from perfdsl.data.kinds import unreadable
from perfdsl.data.layout import no_headings
from perfdsl.data.names import Slots

Columns = tuple[list[str], Callable[[], Iterator[Any]]]
"""The names of the columns, and a stream of record batches."""


def database(data: str, table: str | None, query: str | None, names: Slots) -> Source:
    """`duckdb:file`, `sqlite:file` or `postgresql://…`; raises `Unreadable` and `Lacking`."""
    kind, _, rest = data.partition(":")
    sql = query if query else f"SELECT * FROM {in_schema(table)}" if table else ""  # the user's own database, read only
    if not sql:
        raise Unreadable(unreadable(data, "是数据库，没有说读哪个表", "加 --table 表名，或 --query \"select …\""))
    if kind.lower() in ("postgresql", "postgres"):
        from perfdsl.batch.sources.postgres import postgres

        return postgres(data, sql, names)
    file = files_of(rest)[0]
    columns, batches = (_duckdb if kind.lower() == "duckdb" else _sqlite)(file, sql)
    return named_source(file, columns, batches, names, identity([file], sql))


def named_source(file: str, columns: list[str], batches: Callable[[], Iterator[Any]], names: Slots, who: str) -> Source:
    header_table = headings(file, columns)
    header = find_header([header_table], names)
    if header is None:
        raise Unreadable(no_headings([header_table], file, names))
    return Source(file, header, lambda: _numbered(batches(), file), who)


def _numbered(batches: Iterator[Any], file: str) -> Iterator[Batch]:
    at = 0
    for rows in batches:
        yield Batch(rows, file, np.arange(at + 1, at + 1 + rows.num_rows))
        at += rows.num_rows


def _failed(file: str, fault: Exception) -> Unreadable:
    lines = str(fault).strip().splitlines()
    return Unreadable(unreadable(file, f"的查询没有成功：{lines[0] if lines else fault}", "检查表名、列名和查询的写法"))


def _duckdb(file: str, sql: str) -> Columns:
    need("读 DuckDB ", "duckdb")
    import duckdb

    def batches() -> Iterator[Any]:
        with duck.database(file) as connection:
            yield from duck.in_blocks(duck.stream_of(connection, sql))

    try:
        with duck.database(file) as connection:
            columns = list(duck.stream_of(connection, sql).schema.names)
    except duckdb.Error as fault:
        raise _failed(file, fault) from None
    return columns, batches


def _sqlite(file: str, sql: str) -> Columns:
    import sqlite3
    from urllib.parse import quote

    def opened() -> Any:
        connection = sqlite3.connect(f"file:{quote(file)}?mode=ro", uri=True, check_same_thread=False)
        return connection, connection.execute(sql)

    def batches() -> Iterator[Any]:
        connection, cursor = opened()
        while rows := cursor.fetchmany(ROWS):
            yield _arrays(rows, len(cursor.description))
        connection.close()

    try:
        connection, cursor = opened()
        columns = [one[0] for one in cursor.description or ()]
        connection.close()
    except sqlite3.Error as fault:
        raise _failed(file, fault) from None
    return columns, batches


def _arrays(rows: list[tuple[Any, ...]], width: int) -> Any:
    """Values of SQLite: each cell has a type of its own, so columns that are not all of one become texts."""
    import pyarrow as pa

    arrays = [_array([row[at] for row in rows]) for at in range(width)]
    return pa.RecordBatch.from_arrays(arrays, [str(at) for at in range(width)])


def _array(values: list[Any]) -> Any:
    import pyarrow as pa

    from perfdsl.batch.reading.texts import text_of

    kinds = {type(value) for value in values} - {type(None)}
    if len(kinds) == 1 and kinds <= {int, float, str}:
        try:
            return pa.array(values)
        except (OverflowError, UnicodeEncodeError, pa.ArrowException):
            pass
    return pa.array([None if value is None else text_of(value) for value in values], pa.string())
