"""The units of W as files: decimals of four places, the word of q9 as text, a code of the unit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from benchmarks.workload.halves import Ints
from benchmarks.workload.shape import NUMBERS, UNIT, WORD, WORDS
from benchmarks.workload.units import Columns, blocks

MONEY = pa.decimal128(18, 4)
_BARE = csv.WriteOptions(quoting_style="none", quoting_header="none")
SCHEMA = pa.schema([(UNIT, pa.string()), *((name, MONEY) for name in NUMBERS), (WORD, pa.string())])


def decimals(scaled: Ints) -> pa.Array:
    """Ten-thousandths as decimal(18, 4): the low half is the number, the high half its sign."""
    halves = np.empty((len(scaled), 2), np.int64)
    halves[:, 0], halves[:, 1] = scaled, scaled >> 63
    return pa.Array.from_buffers(MONEY, len(scaled), [None, pa.py_buffer(halves)])


def code(at: int) -> str:
    """What a unit is called: their order is that of the units."""
    return f"U{at:08}"


def table(columns: Columns, first: int = 0) -> pa.Table:
    """*columns* as they stand in a file; the codes count from *first*."""
    words = pa.array(WORDS).take(pa.array(columns[WORD]))
    codes = pa.array([code(at) for at in range(first, first + len(words))])
    return pa.table([codes, *(decimals(columns[name]) for name in NUMBERS), words], schema=SCHEMA)


def write(path: Path, columns: Columns) -> Path:
    """Parquet or CSV, by the suffix of *path*."""
    return write_blocks(path, [(0, columns)])


def write_units(path: Path, count: int) -> Path:
    """*count* units of the mixture, one block in memory at a time."""
    return write_blocks(path, blocks(count))


def write_blocks(path: Path, pieces: Iterable[tuple[int, Columns]]) -> Path:
    parquet = path.suffix == ".parquet"
    with (pq.ParquetWriter(path, SCHEMA) if parquet else csv.CSVWriter(path, _as_text(SCHEMA), write_options=_BARE)) as writer:
        for first, columns in pieces:
            one = table(columns, first)
            writer.write_table(one if parquet else one.cast(_as_text(SCHEMA)))
    return path


def _as_text(schema: pa.Schema) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in schema.names])


def read(path: Path) -> Columns:
    """The columns of a Parquet file that was written here, back as whole numbers."""
    whole = pq.read_table(path)
    words = pc.index_in(whole[WORD], pa.array(WORDS)).to_numpy().astype(np.int8)
    return {name: _scaled(whole[name].combine_chunks()) for name in NUMBERS} | {WORD: words}


def _scaled(column: pa.Array) -> Ints:
    low_and_high = np.frombuffer(column.buffers()[1], np.int64)[2 * column.offset:2 * (column.offset + len(column))]
    return low_and_high[::2].copy()
