"""Numbers of a typed column as exact decimals, each with places of its own; no Python object is made for a cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from perfdsl.batch.arrays import texts_of, units_of
from perfdsl.batch.block import Flags, Integers
from perfdsl.record import record

MOST_PLACES = 18
_DIGITS_15 = 10**15
_SOME = 64
"""Values that are looked at to guess how many places the others have."""
_INT64 = np.iinfo(np.int64)
LONGEST_EXACT = 16
"""Characters of a text of at most 15 digits, which a float keeps: with a sign or a dot."""
_DOT, _MINUS, _BLANK = ord("."), ord("-"), ord(" ")
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
    if pa.types.is_decimal64(kind):
        return _short_decimals(array, missing)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts(array, missing)
    return _none(missing)


def all_given(array: Any) -> Integers | None:
    """The last places of a column of decimals in which nothing is missing and all fit into 64 bits; None for any other."""
    import pyarrow as pa

    if not pa.types.is_decimal(array.type) or array.null_count or not 0 <= array.type.scale <= MOST_PLACES:
        return None
    if pa.types.is_decimal64(array.type):
        return units_of(array)
    if not pa.types.is_decimal128(array.type):
        return None
    low, fits = _halves(array)
    return low.copy() if fits.all() else None


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
    if values.dtype != np.float64:
        return _texts(_shortest(array), missing)
    usual = _usual(values)
    units, held = _exactly(values, usual)
    given = held & ~missing
    if given.all():
        return Loose(units, np.full(len(values), usual, np.uint8), given, missing)
    made = Loose(np.where(given, units, 0), np.where(given, usual, 0).astype(np.uint8), given, missing)
    rest = np.flatnonzero(~(given | missing))
    for places in range(usual + 1, 16):
        if not rest.size:
            break
        units, held = _exactly(values[rest], places)
        found = rest[held]
        made.units[found], made.places[found], made.given[found] = units[held], places, True
        rest = rest[~held]
    for places in range(usual - 1, -1, -1):
        if not rest.size:
            break
        units, held = _exactly(values[rest], places)
        found = rest[held]
        made.units[found], made.places[found], made.given[found] = units[held], places, True
        rest = rest[~held]
    return made


def _usual(values: npt.NDArray[np.float64]) -> int:
    """The number of places that some values have."""
    some = values[:: max(1, len(values) // _SOME)]
    return next((places for places in range(10) if _exactly(some, places)[1].all()), 2)


def _exactly(values: npt.NDArray[np.float64], places: int) -> tuple[Integers, Flags]:
    """The values in units of 10^−*places*, and which of them are that."""
    power = 10.0**places
    with np.errstate(all="ignore"):
        whole = np.rint(values * power)
        held = (whole / power == values) & (np.abs(whole) < _DIGITS_15)
        return whole.astype(np.int64), held


def _shortest(array: Any) -> Any:
    """Floats of 16 and 32 bits as the shortest texts that give them back."""
    import pyarrow as pa

    return pa.array([None if v is None else str(np.float32(v)) if str(array.type) == "float" else str(np.float16(v)) for v in array.to_pylist()])


def _decimals(array: Any, missing: Flags) -> Loose:
    low, fits = _halves(array)
    return _scaled(low.copy(), fits, array.type.scale, missing)


def _halves(array: Any) -> tuple[Integers, Flags]:
    """The lower half of each 16 bytes, and where it is all: where the upper one only repeats its sign."""
    halves = np.frombuffer(array.buffers()[1], np.int64)[2 * array.offset : 2 * (array.offset + len(array))]
    low, high = halves[0::2], halves[1::2]
    return low, low >= 0 if not high.any() else (high == low >> 63) & (low != _INT64.min)


def _short_decimals(array: Any, missing: Flags) -> Loose:
    """Decimals of 64 bits."""
    units = units_of(array)
    return _scaled(units.copy(), units != _INT64.min, array.type.scale, missing)


def _scaled(units: Integers, fits: Flags, places: int, missing: Flags) -> Loose:
    given = fits & ~missing
    if not 0 <= places <= MOST_PLACES:
        given[:] = False
    if not given.all():
        units = np.where(given, units, 0)
    return Loose(units, np.full(len(units), min(max(places, 0), MOST_PLACES), np.uint8), given, missing)


def _texts(array: Any, missing: Flags) -> Loose:
    """By way of floats where every text is short enough for that to be exact, and a number; else by arrays."""
    from perfdsl.batch.reading import digits

    made = _through_floats(array, missing)
    if made is not None:
        return made
    found = digits.plain(array.fill_null("") if array.null_count else array)
    return Loose(found.units, found.places, found.ok & ~missing, missing)


def _has_exponents(text: npt.NDArray[np.uint8]) -> bool:
    return any(mark in text.tobytes() for mark in (b"e", b"E"))


def _through_floats(array: Any, missing: Flags) -> Loose | None:
    """None where a text is none of a plain number's length, or no number.  What begins or ends with a dot is left to be asked about."""
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets, data = texts_of(array)
    length = np.diff(offsets)
    if not len(data) or length.max(initial=0) > LONGEST_EXACT or (length == 0).any() or _has_exponents(data[offsets[0] : offsets[-1]]):
        return None
    try:
        made = _floats(pc.cast(array, pa.float64()), missing)
    except pa.ArrowException:
        return None
    starts = offsets[:-1]
    first = data[starts]
    odd = (first == _DOT) | (data[offsets[1:] - 1] == _DOT) | (first <= _BLANK)
    signed = np.flatnonzero(first == _MINUS)
    odd[signed] |= data[starts[signed] + 1] == _DOT
    if odd.any():
        made.units[odd], made.places[odd], made.given[odd] = 0, 0, False
    return made
