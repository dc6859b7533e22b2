"""numpy's arrays as Arrow's and the other way: the same bytes, and none of the modules that `pyarrow.array` imports to look at them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from perfdsl.batch.block import Flags, Integers

DIGITS = 18
"""Of a decimal of 64 bits: so many always fit."""


def as_arrow(values: np.ndarray[Any, Any], given: Flags | None = None) -> Any:
    """Whole numbers or truths as an array of Arrow; null where *given* says no."""
    import pyarrow as pa

    body = bits(values) if values.dtype == bool else pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [_mask(given), body])


def decimals(units: Integers, given: Flags | None, places: int) -> Any:
    """Exact decimals of 64 bits from their last places; null where *given* says no."""
    import pyarrow as pa

    body = pa.py_buffer(np.ascontiguousarray(units, np.int64))
    return pa.Array.from_buffers(pa.decimal64(DIGITS, places), len(units), [_mask(given), body])


def bits(flags: Flags) -> Any:
    """A buffer of one bit each."""
    import pyarrow as pa

    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def _mask(given: Flags | None) -> Any:
    return None if given is None or given.all() else bits(given)


def units_of(decimals: Any) -> Integers:
    """The last places of decimals of 64 bits, whatever stands where there is none."""
    return np.frombuffer(decimals.buffers()[1], np.int64)[decimals.offset : decimals.offset + len(decimals)]


def texts_of(texts: Any) -> tuple[Integers, npt.NDArray[np.uint8]]:
    """Where each text begins (and the last ends), and their bytes."""
    _, offsets, data = texts.buffers()
    wide = np.int64 if str(texts.type).startswith("large") else np.int32
    starts = np.frombuffer(offsets, wide, len(texts) + 1, texts.offset * np.dtype(wide).itemsize).astype(np.int64)
    return starts, np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
