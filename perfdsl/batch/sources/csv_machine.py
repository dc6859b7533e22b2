"""Rows of CSV by machine code: cells between delimiters, none between quotation marks; numbers become decimals in the same step.

Arrow takes several times as long, and takes more: here a number is `-12.5` or `30000` and nothing else.  Whatever is not so is left to Arrow,
block by block.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from perfdsl.batch.arrays import DIGITS, decimals
from perfdsl.batch.machine import Awaited, table_of

PAYS = 1 << 23
"""Bytes after which it is made: about as many as Arrow reads while it is being made."""
LOOKS = 1 << 21
"""Bytes after which one is looked for that an earlier run has made."""
_MOST_ROOM = 1 << 28
"""Bytes that the texts of a block may need while they are read."""
_POWERS = np.array([10**n for n in range(DIGITS + 1)], np.int64)
_TEXT = -1
_MACHINE = Awaited(Path(__file__).with_name("csv_rows.ll"), "rows", 4, 5, LOOKS, PAYS)


def rows(block: bytes, width: int, delimiter: str, lines: int, places: Mapping[int, int]) -> Any:
    """The rows of a block, which has so many lines: a column with *places* of decimals, the others of texts.

    None where a row is irregular, a cell of these columns no plain number or one of more places, or there is no machine code (yet).
    """
    import pyarrow as pa

    if width < 2 or len(delimiter) != 1 or not delimiter.isascii() or b'"' in block or (made := _MACHINE.after(len(block))) is None:
        return None
    if (width - len(places)) * len(block) > _MOST_ROOM:
        return None
    whole = block if block.endswith(b"\n") else block + b"\n"
    columns = [_Column(lines, len(whole), places.get(at, _TEXT)) for at in range(width)]
    values, besides = table_of([one.values for one in columns]), table_of([one.beside for one in columns])
    data, wanted = np.frombuffer(whole, np.uint8), np.array([one.places for one in columns], np.int64)
    count = made.call(len(whole), width, lines, ord(delimiter), data.ctypes.data, wanted.ctypes.data, values, besides, _POWERS.ctypes.data)
    return None if count != lines else pa.RecordBatch.from_arrays([one.array(lines) for one in columns], [str(at) for at in range(width)])


class _Column:
    """Where a column goes: units and whether there is none, or where the texts begin and their bytes."""

    def __init__(self, lines: int, size: int, places: int) -> None:
        self.places = places
        self.values: Any = np.empty(lines, np.int64) if places >= 0 else np.zeros(lines + 1, np.int32)
        self.beside = np.empty(lines if places >= 0 else size, np.uint8)

    def array(self, lines: int) -> Any:
        import pyarrow as pa

        if self.places >= 0:
            return decimals(self.values, self.beside == 0, self.places)
        return pa.Array.from_buffers(pa.string(), lines, [None, pa.py_buffer(self.values), pa.py_buffer(self.beside[: self.values[-1]].copy())])
