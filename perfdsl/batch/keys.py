"""Which units have been met before: some 30 bytes a unit, whatever it is called."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from perfdsl.batch.arrays import texts_of
from perfdsl.batch.block import Flags, Integers

Hashes = npt.NDArray[np.uint64]

_SMALLEST = 1 << 17
_LARGE = 1 << 22
_FULL = 0.6
_M1, _M2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_S1, _S2 = np.uint64(29), np.uint64(32)
_KEEP = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [0xFFFFFFFFFFFFFFFF], np.uint64)
_NONE = -1


def hashes(texts: Any, seed: Hashes) -> tuple[Hashes, Hashes]:
    """Two hashes of each text in a pyarrow array of strings without nulls, and of its seed; the first is never 0."""
    offsets, data = texts_of(texts)
    first, length = int(offsets[0]), np.diff(offsets)
    padded = np.zeros((int(offsets[-1]) - first + 24) & ~7, np.uint8)
    padded[: int(offsets[-1]) - first] = data[first : int(offsets[-1])]
    words, starts = padded.view(np.uint64), offsets[:-1] - first
    one, two = seed * _M2 + length.astype(np.uint64), (seed ^ _M1) * _M2
    shortest = int(length.min(initial=0))
    for back in range(0, int(length.max(initial=0)), 8):
        rows = slice(None) if shortest > back else np.flatnonzero(length > back)
        word = _word(words, starts[rows] + back, np.minimum(length[rows] - back, 8))
        one[rows], two[rows] = _mixed((one[rows] ^ word) * _M1, _S1), _mixed((two[rows] + word) * _M2, _S2)
    return _mixed(one * _M2, _S2) | np.uint64(1), _mixed(two * _M1, _S1)


def _word(words: Hashes, place: Integers, size: Integers) -> Hashes:
    whole, shift = place >> 3, ((place & 7) << 3).astype(np.uint64)
    made: Hashes = ((words[whole] >> shift) | ((words[whole + 1] << np.uint64(1)) << (np.uint64(63) - shift))) & _KEEP[size]
    return made


def _mixed(value: Hashes, by: np.uint64) -> Hashes:
    return value ^ (value >> by)


class Seen:
    """An open table of 63-bit hashes; 64 more bits, kept in the order of the units, tell whether one that is found is the same unit.

    Two units of ten million look the same with a chance of some 10^-24.
    """

    def __init__(self) -> None:
        self._table = np.zeros(_SMALLEST, np.uint64)
        self._count = 0
        self._kept: list[tuple[Hashes, Hashes, Integers | int]] = []

    def twice(self, one: Hashes, two: Hashes, rows: Integers) -> tuple[Flags, Integers]:
        """Which of these units were met before (here or in earlier calls), and the row of the first; *rows* are theirs, rising."""
        while self._count + len(one) > _FULL * len(self._table):
            self._grow()
        likely = np.flatnonzero(self._insert(one) | _repeated(one))
        self._count += len(one)
        again, before = np.zeros(len(one), bool), np.full(len(one), _NONE)
        self._kept.append((one, two, _short(rows)))
        if likely.size:
            before[likely] = self._firsts(one[likely], two[likely])
            again[likely] = before[likely] < rows[likely]
        return again, before

    def _firsts(self, one: Hashes, two: Hashes) -> Integers:
        """The first row of each of these units, looked for among all."""
        found = np.full(len(one), np.iinfo(np.int64).max)
        order = np.argsort(one)
        for kept, others, rows in self._kept:
            hits = np.flatnonzero(np.isin(kept, one))
            for hit in hits:
                at = np.searchsorted(one, kept[hit], sorter=order)
                while at < len(order) and one[order[at]] == kept[hit]:
                    place = order[at]
                    if two[place] == others[hit]:
                        found[place] = min(found[place], rows + hit if isinstance(rows, int) else rows[hit])
                    at += 1
        return found

    def _grow(self) -> None:
        kept = self._table[self._table != 0]
        self._table = np.zeros((4 if len(self._table) < _LARGE else 2) * len(self._table), np.uint64)
        for at in range(0, len(kept), _SMALLEST):
            self._insert(kept[at : at + _SMALLEST])

    def _insert(self, hashed: Hashes) -> Flags:
        """Put them in; which of them stood there before."""
        mask = len(self._table) - 1
        place = (hashed >> np.uint64(20)).view(np.int64) & mask
        stands = self._table[place]
        known = stands == hashed
        free = stands == 0
        self._table[place[free]] = hashed[free]
        left = np.flatnonzero(self._table[place] != hashed)
        while left.size:
            place[left] = (place[left] + 1) & mask
            stands = self._table[place[left]]
            known[left] = stands == hashed[left]
            free = left[stands == 0]
            self._table[place[free]] = hashed[free]
            left = left[self._table[place[left]] != hashed[left]]
        return known


def _short(rows: Integers) -> Integers | int:
    """The first, where the others follow one by one."""
    return int(rows[0]) if len(rows) and rows[-1] - rows[0] == len(rows) - 1 else rows


def _repeated(hashed: Hashes) -> Flags:
    """Which of them stand here more than once."""
    order = np.sort(hashed)
    twice = order[1:][order[1:] == order[:-1]]
    return np.isin(hashed, twice) if twice.size else np.zeros(len(hashed), bool)
