"""Parquet: each part is a row group; the file is its row groups behind one another and a footer for all."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from perfdsl.batch.sinks.sink import Sink, Written
from perfdsl.batch.sinks.thrift import I64, Items, Reader, Struct, written

_MARK = b"PAR1"
_ROWS, _GROUPS = 3, 4
"""Fields of the footer."""
_COLUMNS, _GROUP_OFFSET, _ORDINAL = 1, 5, 7
"""Fields of a row group."""
_CHUNK_OFFSETS = (2, 4, 6)
"""Fields of a column chunk that are places in the file: of itself and of its indexes; `_META` has more."""
_META, _META_OFFSETS = 3, (9, 10, 11, 14)


class ParquetSink(Sink):
    def load(self) -> None:
        from pyarrow import parquet  # noqa: F401

    def part(self, batches: list[Any], is_first: bool) -> tuple[bytes | memoryview, str]:
        whole = _encoded(batches, self.metadata)
        size = int.from_bytes(whole[-8:-4], "little")
        body = whole[0 if is_first else len(_MARK) : -8 - size]
        return body, base64.b64encode(whole[-8 - size : -8]).decode()

    def finish(self, hidden: Path, parts: list[Written], schema: Any) -> None:
        if not parts:
            body, memo = self.part([_empty(schema)], True)
            hidden.write_bytes(body)
            parts = [Written(0, len(body), memo)]
        footer = _merged([(base64.b64decode(part.memo), part.offset - (len(_MARK) if part.offset else 0)) for part in parts])
        with open(hidden, "ab") as stream:
            stream.write(footer + len(footer).to_bytes(4, "little") + _MARK)


def _empty(schema: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([pa.array([], kind) for kind in schema.types], schema.names)


def _encoded(batches: list[Any], metadata: dict[str, str]) -> memoryview:
    import pyarrow as pa
    from pyarrow import parquet

    schema = batches[0].schema
    table = pa.Table.from_batches(batches).unify_dictionaries()
    made = io.BytesIO()
    texts = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    numbers = {field.name: "DELTA_BINARY_PACKED" for field in schema if pa.types.is_decimal(field.type) or pa.types.is_integer(field.type)}
    with parquet.ParquetWriter(made, schema, compression="zstd", compression_level=1, use_dictionary=texts, column_encoding=numbers,
                               store_schema=False, store_decimal_as_integer=True, write_statistics=False) as writer:
        writer.add_key_value_metadata(metadata)
        writer.write_table(table, row_group_size=max(1, table.num_rows))
    return made.getbuffer()


def _merged(footers: list[tuple[bytes, int]]) -> bytes:
    """One footer for all row groups, each *shift* bytes further on than its own footer says."""
    whole: Struct = {}
    groups: list[Struct] = []
    rows = 0
    for data, shift in footers:
        footer = Reader(bytes(data)).struct()
        whole = whole or footer
        rows += footer[_ROWS][1]
        groups += [_moved(group, shift) for group in footer[_GROUPS][1].values]
    for at, group in enumerate(groups):
        if _ORDINAL in group:
            group[_ORDINAL] = group[_ORDINAL][0], at
    return written({**whole, _ROWS: (I64, rows), _GROUPS: (whole[_GROUPS][0], Items(whole[_GROUPS][1].kind, groups))})


def _moved(group: Struct, shift: int) -> Struct:
    _shift(group, (_GROUP_OFFSET,), shift)
    for chunk in group[_COLUMNS][1].values:
        _shift(chunk, _CHUNK_OFFSETS, shift)
        if _META in chunk:
            _shift(chunk[_META][1], _META_OFFSETS, shift)
    return group


def _shift(fields: Struct, numbers: tuple[int, ...], shift: int) -> None:
    for number in numbers:
        if number in fields:
            kind, place = fields[number]
            fields[number] = kind, place + shift if place else place
