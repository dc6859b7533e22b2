"""Numbers of a typed column as exact decimals, each with places of its own; no Python object is made for a cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from perfdsl.batch.block import Flags, Integers
from perfdsl.record import record

MOST_PLACES = 18
_DIGITS_15 = 10**15
_INT64 = np.iinfo(np.int64)
POWERS = np.array([10**n for n in range(19)], np.int64)


@record
class Loose:
    """Element i is `units[i]` × 10^−`places[i]` where `given`; `missing` where there is none; the others are to be asked about one by one."""

    units: Integers
    places: npt.NDArray[np.uint8]
    given: Flags
    missing: Flags

    @property
    def left(self) -> Integers:
        """The rows that are neither."""
        return np.flatnonzero(~(self.given | self.missing))


def loose(array: Any) -> Loose:
    """The numbers of a pyarrow array."""
    import pyarrow as pa

    kind, missing = array.type, missing_of(array)
    if pa.types.is_floating(kind):
        return _floats(array, missing)
    if pa.types.is_integer(kind):
        return _integers(array, missing)
    if pa.types.is_decimal128(kind):
        return _decimals(array, missing)
    if pa.types.is_decimal64(kind) and 0 <= kind.scale <= MOST_PLACES:
        return _short_decimals(array, missing)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts(array, missing)
    return _none(missing)


def missing_of(array: Any) -> Flags:
    if array.null_count == 0:
        return np.zeros(len(array), bool)
    made: Flags = array.is_null().to_numpy(zero_copy_only=False)
    return made


def _none(missing: Flags) -> Loose:
    n = len(missing)
    return Loose(np.zeros(n, np.int64), np.zeros(n, np.uint8), np.zeros(n, bool), missing)


def _filled(array: Any, zero: object) -> Any:
    return array.fill_null(zero).to_numpy(zero_copy_only=False) if array.null_count else array.to_numpy(zero_copy_only=False)


def _integers(array: Any, missing: Flags) -> Loose:
    values = _filled(array, 0)
    fits = values <= _INT64.max if values.dtype == np.uint64 else np.ones(len(values), bool)
    fits &= values != _INT64.min
    given = fits & ~missing
    return Loose(np.where(given, values, 0).astype(np.int64), np.zeros(len(values), np.uint8), given, missing)


def _floats(array: Any, missing: Flags) -> Loose:
    """The decimal that `repr` writes: the one of at most 15 digits that is this float, where there is one."""
    values = _filled(array, 0.0)
    made = _none(missing)
    if values.dtype != np.float64:
        return _texts(_shortest(array), missing)
    rest = np.flatnonzero(~missing)
    for places in range(16):
        rest = _exactly(values, places, rest, made)
        if not rest.size:
            break
    return made


def _exactly(values: npt.NDArray[np.float64], places: int, rows: Integers, made: Loose) -> Integers:
    """Note the rows whose value has *places* decimals; the others are given back."""
    power = 10.0**places
    with np.errstate(all="ignore"):
        some = values[rows]
        whole = np.rint(some * power)
        held = (whole / power == some) & (np.abs(whole) < _DIGITS_15)
    if held.all() and len(rows) == len(values):
        made.units[:], made.places[:], made.given[:] = whole.astype(np.int64), places, True
        return rows[:0]
    found = rows[held]
    made.units[found], made.places[found], made.given[found] = whole[held].astype(np.int64), places, True
    return rows[~held]


def _shortest(array: Any) -> Any:
    """Floats of 16 and 32 bits as the shortest texts that give them back."""
    import pyarrow as pa

    return pa.array([None if v is None else str(np.float32(v)) if str(array.type) == "float" else str(np.float16(v)) for v in array.to_pylist()])


def _decimals(array: Any, missing: Flags) -> Loose:
    """The two halves of each 16 bytes; the upper one only repeats the sign where the lower one is all."""
    halves = np.frombuffer(array.buffers()[1], np.int64)[2 * array.offset : 2 * (array.offset + len(array))]
    low, high = halves[0::2], halves[1::2]
    places = array.type.scale
    given = ~missing & (high == low >> 63) & (low != _INT64.min) & (0 <= places <= MOST_PLACES)
    shown = min(max(places, 0), MOST_PLACES)
    return Loose(np.where(given, low, 0), np.full(len(low), shown, np.uint8), given, missing)


def _short_decimals(array: Any, missing: Flags) -> Loose:
    units = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array)]
    given = ~missing & (units != _INT64.min)
    return Loose(np.where(given, units, 0), np.full(len(units), array.type.scale, np.uint8), given, missing)


def _texts(array: Any, missing: Flags) -> Loose:
    from perfdsl.batch.reading.digits import plain

    found = plain(array.fill_null("") if array.null_count else array)
    return Loose(found.units, found.places, found.ok & ~missing, missing)
