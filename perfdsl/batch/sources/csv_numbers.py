"""The columns of a CSV file that may hold nothing but numbers, and what of such numbers Arrow takes that `perfdsl.data` does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from perfdsl.batch.arrays import texts_of
from perfdsl.batch.block import Flags
from perfdsl.batch.reading.digits import plain
from perfdsl.batch.reading.numbers import is_share
from perfdsl.batch.reading.plan import Column, wide_plan
from perfdsl.batch.sources.counting import Bytes, as_bytes, count
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import Header, Role, is_long
from perfdsl.data.names import Actual, Slots
from perfdsl.model.ruleset import Kind

_DOT, _ZERO, _TEN = ord("."), ord("0"), 10
_E, _SMALL = ord("e"), 0x20
"""This bit makes a small letter of a great one."""


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
    """Whether no number among these rows, which Arrow has read of the block, has a dot at an end or an exponent: these it reads otherwise."""
    import pyarrow as pa

    texts = [data[offsets[0] : offsets[-1]] for offsets, data in (texts_of(one) for one in rows.columns if pa.types.is_string(one.type))]
    whole = as_bytes(block)
    return all(counted(whole) == sum(map(counted, texts)) for counted in (_loose_dots, _exponents))


def _loose_dots(text: Bytes) -> int:
    """How many dots do not stand between two digits."""
    return count(text, lambda part: part == _DOT) - count(text, _dots_between, 2)


def _dots_between(text: Bytes) -> Flags:
    digit = (text - np.uint8(_ZERO)) < _TEN
    made: Flags = (text[1:-1] == _DOT) & digit[:-2] & digit[2:]
    return made


def _exponents(text: Bytes) -> int:
    """How often e or E stands there."""
    return count(text, lambda part: part | np.uint8(_SMALL) == _E)
