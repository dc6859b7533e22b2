"""numpy's arrays as Arrow's: the same bytes, and none of the modules that `pyarrow.array` imports to look at them."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.block import Flags


def as_arrow(values: np.ndarray[Any, Any], given: Flags | None = None) -> Any:
    """Whole numbers or truths as an array of Arrow; null where *given* says no."""
    import pyarrow as pa

    body = _bits(values) if values.dtype == bool else np.ascontiguousarray(values)
    mask = None if given is None or given.all() else pa.py_buffer(_bits(given))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [mask, pa.py_buffer(body)])


def _bits(flags: Flags) -> np.ndarray[Any, Any]:
    return np.packbits(flags, bitorder="little")
