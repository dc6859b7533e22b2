"""Plain decimals (`-12.5`, `30000`) in a column of texts, eight characters at a time; whatever else a text says is left to `read_cell`.

A text is looked at as two words of eight bytes, aligned at its end.  No float is made.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from perfdsl.batch.arrays import texts_of
from perfdsl.batch.block import Flags, Integers
from perfdsl.record import record

Words64 = npt.NDArray[np.uint64]

LONGEST = 16
"""Bytes of the longest text that is read here."""
_STRIPE = 16384
"""Texts at a time: what is worked on stays in the cache."""


def _every(byte: int) -> np.uint64:
    """The byte eight times."""
    return np.uint64(int.from_bytes(bytes([byte]) * 8, "little"))


def _u(number: int) -> np.uint64:
    return np.uint64(number)


_ZEROS, _DOTS, _LOW7, _TOP = _every(0x30), _every(0x2E), _every(0x7F), _every(0x80)
_HIGH_HALF, _SIX = _every(0xF0), _every(0x06)
_PAIR = _u(0x000000FF000000FF)
_FIRST, _SECOND = _u(100 + (1_000_000 << 32)), _u(1 + (10_000 << 32))
_KEEP = np.array([(0xFFFFFFFFFFFFFFFF << (64 - 8 * n)) & 0xFFFFFFFFFFFFFFFF if n else 0 for n in range(9)], np.uint64)
"""By the number of characters in a word: which of its bytes they are (the last ones)."""
_POWERS = np.array([10**n for n in range(19)], np.int64)


@record
class Plain:
    """Element i is `units[i]` × 10^−`places[i]` where `ok`; elsewhere both are 0."""

    units: Integers
    places: npt.NDArray[np.uint8]
    ok: Flags


def plain(texts: Any) -> Plain:
    """The plain decimals in a pyarrow array of strings without nulls."""
    offsets, data = texts_of(texts)
    n = len(offsets) - 1
    made = Plain(np.zeros(n, np.int64), np.zeros(n, np.uint8), np.zeros(n, bool))
    for at in range(0, n, _STRIPE):
        _stripe(offsets[at : at + _STRIPE + 1], data, made, at)
    return made


def _stripe(offsets: Integers, data: npt.NDArray[np.uint8], made: Plain, at: int) -> None:
    first, last = int(offsets[0]), int(offsets[-1])
    padded = np.zeros((last - first + 40) & ~7, np.uint8)
    padded[16 : 16 + last - first] = data[first:last]
    starts, ends = offsets[:-1] - (first - 16), offsets[1:] - (first - 16)
    length = ends - starts
    window = padded.view(np.uint64)
    high, low = _word(window, ends, length, 0), None
    if length.max(initial=0) > 8:
        low = _word(window, ends, length, 8)
    negative = (padded[starts] == 0x2D) & (length > 0)
    high, low = _unsigned(high, low, negative, length)
    units, places, ok = _value(high, low)
    ok &= (length > negative) & (length <= LONGEST) & (places < length - negative) & _dot_inside(padded, starts, ends, negative)
    units[negative] *= -1
    part = slice(at, at + len(length))
    made.units[part], made.places[part], made.ok[part] = np.where(ok, units, 0), np.where(ok, places, 0), ok


def _dot_inside(padded: npt.NDArray[np.uint8], starts: Integers, ends: Integers, negative: Flags) -> Flags:
    """A digit stands before the dot, and one behind it."""
    return (padded[starts + negative] != 0x2E) & (padded[ends - 1] != 0x2E)


def _word(window: Words64, ends: Integers, length: Integers, back: int) -> Words64:
    """The eight characters that end *back* before the end of each text; `0` where the text has not so many."""
    keep = _KEEP[np.minimum(np.maximum(length - back, 0), 8)]
    place = ends - (8 + back)
    whole, shift = place >> 3, ((place & 7) << 3).astype(np.uint64)
    word = (window[whole] >> shift) | ((window[whole + 1] << _u(1)) << (_u(63) - shift))
    return (word & keep) | (_ZEROS & ~keep)


def _unsigned(high: Words64, low: Words64 | None, negative: Flags, length: Integers) -> tuple[Words64, Words64 | None]:
    """The words with `0` for a minus at the head of the text."""
    if not negative.any():
        return high, low
    for word, back in ((high, 0), (low, 8)):
        place = length - back
        rows = np.flatnonzero(negative & (place >= 1) & (place <= 8))
        if word is not None and rows.size:
            shift = (64 - 8 * place[rows]).astype(np.uint64)
            word[rows] ^= _u(0x2D ^ 0x30) << shift
    return high, low


def _value(high: Words64, low: Words64 | None) -> tuple[Integers, npt.NDArray[np.uint8], Flags]:
    dots = _marks(high)
    many = np.bitwise_count(dots)
    at = dots >> _u(7)
    below = at - _u(1)
    has = many == 1
    behind = np.where(has, 7 - (np.bitwise_count(below) >> 3), 0).astype(np.uint8)
    moved = (high & ~(below | (at * _u(255)))) | ((high & below) << _u(8))
    if low is None:
        digits = np.where(has, moved | _u(0x30), high)
        return _eight(digits).astype(np.int64), behind, _all_digits(digits) & (many <= 1)
    low_dots = _marks(low)
    both = many + np.bitwise_count(low_dots)
    low_at = low_dots >> _u(7)
    low_below = low_at - _u(1)
    low_has = (both == 1) & ~has
    digits = np.where(has, moved | (low >> _u(56)), high)
    low_moved = (low & ~(low_below | (low_at * _u(255)))) | ((low & low_below) << _u(8)) | _u(0x30)
    lower = np.where(has, (low << _u(8)) | _u(0x30), np.where(low_has, low_moved, low))
    behind = np.where(low_has, 15 - (np.bitwise_count(low_below) >> 3), behind).astype(np.uint8)
    units = _eight(lower) * _u(10**8) + _eight(digits)
    return units.astype(np.int64), behind, _all_digits(digits) & _all_digits(lower) & (both <= 1)


def _marks(word: Words64) -> Words64:
    """0x80 in every byte that is a dot."""
    apart = word ^ _DOTS
    return ~(((apart & _LOW7) + _LOW7) | apart) & _TOP


def _all_digits(word: Words64) -> Flags:
    return ((word & _HIGH_HALF) == _ZEROS) & (((word + _SIX) & _HIGH_HALF) == _ZEROS)


def _eight(word: Words64) -> Words64:
    """The number that eight digits write."""
    digits = word - _ZEROS
    pairs = digits * _u(10) + (digits >> _u(8))
    return ((pairs & _PAIR) * _FIRST + ((pairs >> _u(16)) & _PAIR) * _SECOND) >> _u(32)
