"""The rows of a record batch as lines of CSV, by machine code: what `csv_cells.lines` makes, in a fraction of the time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from perfdsl.batch.arrays import texts_of, units_of
from perfdsl.batch.block import Integers
from perfdsl.batch.machine import Awaited, table_of
from perfdsl.batch.sinks.csv_cells import cells, said
from perfdsl.record import record

PAYS = 1 << 16
"""Rows after which it is made: Arrow writes some more while it is being made, and the next run has it from the start."""
LOOKS = 1 << 14
"""Rows after which one is looked for that an earlier run has made."""
_POWERS = np.array([*(10**n for n in range(20)), 2**64 - 1], np.uint64)
"""By the number of digits: a number of so many is below that, whatever 64 bits hold."""
_LONGEST = 22
"""Characters of the longest number."""
_TEXT = -1
_MACHINE = Awaited(Path(__file__).with_name("csv_lines.ll"), "lines", 2, 6, LOOKS, PAYS)


@record
class _Column:
    """Numbers of `places` decimals and which are given; or (`places` below 0) which text stands where, where the texts begin, their bytes."""

    places: int
    values: Any
    beside: Any
    texts: Any
    room: int


def lines(batch: Any) -> memoryview | None:
    """As `csv_cells.lines`; None where there is no machine code (yet)."""
    made = _MACHINE.after(batch.num_rows)
    if made is None:
        return None
    columns = [_column(column) for column in batch.columns]
    out = np.empty(sum(one.room for one in columns) + batch.num_rows * (len(columns) + 1) + 1, np.uint8)
    places = np.array([one.places for one in columns], np.int64)
    tables = [table_of(arrays) for arrays in zip(*((one.values, one.beside, one.texts) for one in columns), strict=True)]
    size = made.call(batch.num_rows, len(columns), places.ctypes.data, *tables, _POWERS.ctypes.data, out.ctypes.data)
    return out[:size].data


def _column(column: Any) -> _Column:
    kind, rows = column.type, len(column)
    if pa.types.is_decimal64(kind):
        given = np.ones(rows, np.uint8) if not column.null_count else column.is_valid().to_numpy(zero_copy_only=False).astype(np.uint8)
        return _Column(kind.scale, units_of(column), given, given, _LONGEST * rows)
    if pa.types.is_dictionary(kind):
        return _of_texts(_codes(column.indices), said(column.dictionary))
    texts = cells(column)
    return _of_texts(np.where(texts.is_valid(), np.arange(rows, dtype=np.int32), np.int32(-1)), texts)


def _codes(indices: Any) -> Any:
    """-1 where there is none."""
    return indices.fill_null(-1).to_numpy() if indices.null_count else indices.to_numpy()


def _of_texts(codes: Any, texts: Any) -> _Column:
    offsets, data = texts_of(texts)
    sizes: Integers = np.diff(offsets)
    return _Column(_TEXT, np.ascontiguousarray(codes, np.int32), offsets, data, int(sizes[codes[codes >= 0]].sum()))
