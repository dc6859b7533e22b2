"""Which units have been met before: 16 bytes a unit, whatever it is called."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from perfdsl.batch.block import Flags, Integers
from perfdsl.batch.reading.digits import texts_of

Hashes = npt.NDArray[np.uint64]

_ROW_BITS = 40
_ROW = np.uint64((1 << _ROW_BITS) - 1)
_SMALLEST = 1 << 16
_FULL = 0.6
_M1, _M2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_S1, _S2 = np.uint64(29), np.uint64(32)
_KEEP = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [0xFFFFFFFFFFFFFFFF], np.uint64)


def hashes(texts: Any, seed: Hashes) -> tuple[Hashes, Hashes]:
    """Two hashes of each text in a pyarrow array of strings without nulls, and of its seed."""
    offsets, data = texts_of(texts)
    first = int(offsets[0])
    length = np.diff(offsets)
    padded = np.zeros((int(offsets[-1]) - first + 24) & ~7, np.uint8)
    padded[: int(offsets[-1]) - first] = data[first : int(offsets[-1])]
    words, starts = padded.view(np.uint64), offsets[:-1] - first
    one, two = seed * _M2 + length.astype(np.uint64), (seed ^ _M1) * _M2
    for back in range(0, int(length.max(initial=0)), 8):
        rows = np.flatnonzero(length > back)
        word = _word(words, starts[rows] + back, np.minimum(length[rows] - back, 8))
        one[rows] = _mixed((one[rows] ^ word) * _M1, _S1)
        two[rows] = _mixed((two[rows] + word) * _M2, _S2)
    return _mixed(one * _M2, _S2), _mixed(two * _M1, _S1)


def _word(words: Hashes, place: Integers, size: Integers) -> Hashes:
    whole, shift = place >> 3, ((place & 7) << 3).astype(np.uint64)
    made: Hashes = ((words[whole] >> shift) | ((words[whole + 1] << np.uint64(1)) << (np.uint64(63) - shift))) & _KEEP[size]
    return made


def _mixed(value: Hashes, by: np.uint64) -> Hashes:
    return value ^ (value >> by)


class Seen:
    """An open table of hashes: 64 bits to find a place, 24 more to tell units apart, and 40 for the row where each was met first.

    Two units of ten million look the same with a chance of some 10^-13.
    """

    def __init__(self) -> None:
        self._hash, self._tag = np.zeros(_SMALLEST, np.uint64), np.zeros(_SMALLEST, np.uint64)
        self._count = 0

    def twice(self, one: Hashes, two: Hashes, rows: Integers) -> tuple[Flags, Integers]:
        """Which of these units were met before (here or in earlier calls), and the row of the first; *rows* are theirs, from 0."""
        while self._count + len(one) > _FULL * len(self._hash):
            self._grow()
        tags = ((two >> np.uint64(_ROW_BITS)) << np.uint64(_ROW_BITS)) | (rows.astype(np.uint64) + np.uint64(1))
        met = self._insert(one, tags)
        again = met != 0
        self._count += len(one) - int(again.sum())
        return again, (met & _ROW).astype(np.int64) - 1

    def _grow(self) -> None:
        kept = self._tag != 0
        hashed, tags = self._hash[kept], self._tag[kept]
        self._hash, self._tag = np.zeros(2 * len(self._hash), np.uint64), np.zeros(2 * len(self._hash), np.uint64)
        self._insert(hashed, tags)

    def _insert(self, hashed: Hashes, tags: Hashes) -> Hashes:
        """Put them in; the tag of what stood there before where it is the same unit, else 0.  Of equal ones the first is put in."""
        mask = np.uint64(len(self._hash) - 1)
        met = np.zeros(len(hashed), np.uint64)
        left, place = np.arange(len(hashed)), (hashed & mask).astype(np.int64)
        while left.size:
            free = np.flatnonzero(self._tag[place] == 0)[::-1]  # of several for one place the one written last stays: the first row
            self._tag[place[free]], self._hash[place[free]] = tags[left[free]], hashed[left[free]]
            stands = self._tag[place]
            mine = stands == tags[left]
            same = ~mine & (self._hash[place] == hashed[left]) & (stands >> np.uint64(_ROW_BITS) == tags[left] >> np.uint64(_ROW_BITS))
            met[left[same]] = stands[same]
            on = ~(mine | same)
            left, place = left[on], (place[on] + 1) & np.int64(mask)
        return met
