"""PostgreSQL: the result comes as CSV, in which a number is the text of its digits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from perfdsl.batch.extra import need
from perfdsl.batch.sources.csv_text import batches_of, whole_rows
from perfdsl.batch.sources.source import Source
from perfdsl.batch.sources.sql import quoted
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.kinds import unreadable
from perfdsl.data.names import Slots

_BOOLEAN = 16
"""The number of this type in every PostgreSQL."""
_SETTINGS = ("SET TRANSACTION READ ONLY", "SET LOCAL datestyle = ISO", "SET LOCAL synchronize_seqscans = off", "SET LOCAL extra_float_digits = 1")


def postgres(url: str, sql: str, names: Slots) -> Source:
    """Raises `Unreadable` where the server cannot be reached or refuses the query."""
    from perfdsl.batch.sources.database import named_source

    need("读 PostgreSQL ", "psycopg")
    import psycopg

    shown = _shown(url)
    try:
        columns = _columns(url, sql)
    except psycopg.Error as fault:
        raise Unreadable(unreadable(shown, f"的查询没有成功：{str(fault).strip().splitlines()[0]}", "检查地址、用户、表名和查询的写法")) from None
    wanted = ", ".join(_as_text(name, kind) for name, kind in columns)
    copy = f"COPY (SELECT {wanted} FROM ({sql.strip().rstrip(';')}) AS units) TO STDOUT (FORMAT csv)"  # in a transaction that only reads

    def batches() -> Iterator[Any]:
        for batch in batches_of(shown, whole_rows(_copied(url, copy), shown), len(columns)):
            yield batch.rows

    who = hashlib.sha256(f"{shown}\0{sql}".encode()).hexdigest()
    return named_source(shown, [name for name, _ in columns], batches, names, who)


def _shown(url: str) -> str:
    """The address without the password."""
    parts = urlsplit(url)
    return f"postgresql://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"


def _columns(url: str, sql: str) -> list[tuple[str, int]]:
    import psycopg

    with psycopg.connect(url) as connection:
        _settle(connection)
        found = connection.execute(f"SELECT * FROM ({sql.strip().rstrip(';')}) AS units LIMIT 0")  # as above
        return [(column.name, column.type_code) for column in found.description or ()]


def _as_text(name: str, kind: int) -> str:
    column = quoted(name)
    return f"CASE WHEN {column} THEN '是' WHEN NOT {column} THEN '否' END" if kind == _BOOLEAN else column


def _settle(connection: Any) -> None:
    for setting in _SETTINGS:
        connection.execute(setting)


def _copied(url: str, copy: str) -> Iterator[bytes]:
    import psycopg

    with psycopg.connect(url, client_encoding="utf8") as connection, connection.cursor() as cursor:
        _settle(connection)
        with cursor.copy(copy) as stream:
            pieces: list[bytes] = []
            size = 0
            for piece in stream:
                pieces.append(bytes(piece))
                size += len(pieces[-1])
                if size > 1 << 22:
                    yield b"".join(pieces)
                    pieces, size = [], 0
            yield b"".join(pieces)
