"""The columns of a CSV file that may hold nothing but numbers, and what of such numbers Arrow takes that `perfdsl.data` does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from perfdsl.batch.reading.digits import plain, texts_of
from perfdsl.batch.reading.numbers import is_share
from perfdsl.batch.reading.plan import Column, wide_plan
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import Header, Role, is_long
from perfdsl.data.names import Actual, Slots
from perfdsl.model.ruleset import Kind

_DOT, _ZERO, _TEN = ord("."), ord("0"), 10
_STRIPE = 1 << 16
"""Bytes at a time: what is worked on stays in the cache."""


def number_columns(header: Header, names: Slots) -> tuple[int, ...]:
    """Where a table with a row for each unit may have numbers, and nothing hangs on how these are written."""
    try:
        columns = () if is_long(header) else wide_plan(header, names).columns
    except Unreadable:  # what is wrong is said where the units are read
        return ()
    return tuple(column.at for column in columns if _is_number(column))


def _is_number(column: Column) -> bool:
    place = column.place
    if place.role is Role.ACTUAL:
        return place.slot.actual is Actual.CELL and place.slot.expected.kind is Kind.QUANTITY and not is_share(column.meanings)
    return place.role is not Role.REASON


def places_of(columns: Sequence[Any]) -> list[int | None]:
    """The most decimals of each of some columns of plain numbers, all of one length; None where one holds anything else."""
    import pyarrow as pa

    if not columns:
        return []
    texts = pa.concat_arrays(columns)
    found, (offsets, _) = plain(texts), texts_of(texts)
    fine = (found.ok | (np.diff(offsets) == 0)).reshape(len(columns), -1).all(1)
    most = found.places.reshape(len(columns), -1).max(1, initial=0)
    return [int(places) if is_fine else None for places, is_fine in zip(most, fine, strict=True)]


def is_plain(block: bytes, rows: Any) -> bool:
    """Whether no number among these rows, which Arrow has read of the block, begins or ends with a dot: that is all it takes besides."""
    import pyarrow as pa

    texts = (texts_of(column) for column in rows.columns if pa.types.is_string(column.type))
    return _loose_dots(np.frombuffer(block, np.uint8)) == sum(_loose_dots(data[offsets[0] : offsets[-1]]) for offsets, data in texts)


def _loose_dots(text: npt.NDArray[np.uint8]) -> int:
    """How many dots do not stand between two digits."""
    every = int(np.count_nonzero(text == _DOT))
    return every - sum(_dots_between(text[at : at + _STRIPE + 2]) for at in range(0, len(text), _STRIPE))


def _dots_between(text: npt.NDArray[np.uint8]) -> int:
    digit = (text - np.uint8(_ZERO)) < _TEN
    return int(np.count_nonzero((text[1:-1] == _DOT) & digit[:-2] & digit[2:]))
