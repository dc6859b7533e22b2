"""Each unit once: a second row of a unit is a fault, with the place of the first."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from perfdsl.batch.block import Flags, Integers
from perfdsl.batch.keys import Hashes, Seen, hashes
from perfdsl.batch.reading.about import About
from perfdsl.batch.reading.who import met_twice
from perfdsl.batch.rejects import cell_of
from perfdsl.diagnostics import Cell, Diagnostic


class Met:
    """The units of a run so far; `mark` is a checksum of all of them, in their order."""

    def __init__(self) -> None:
        self.mark, self._rows = 0, 0
        self._seen = Seen()
        self._places: list[tuple[int, str, Integers | int]] = []

    def twice(self, who: About, file: str, lines: Integers, counts: Flags) -> dict[int, Diagnostic]:
        """The rows of a batch whose unit was met before; only those that *counts* are looked at."""
        one, two = unit_hashes(who.names, who.codes, who.years, who.has_codes)
        self.mark = zlib.crc32(one.tobytes(), self.mark)
        first, self._rows = self._rows, self._rows + len(one)
        self._places.append((first, file, _lines(lines)))
        rows = np.flatnonzero(counts)
        again, before = self._seen.twice(one[rows], two[rows], rows + first)
        return {int(row): self._fault(who, int(row), int(old), file, lines) for row, old in zip(rows[again], before[again], strict=True)}

    def _fault(self, who: About, row: int, before: int, file: str, lines: Integers) -> Diagnostic:
        return met_twice(who.names[row].as_py(), self._place(before), cell_of(file, int(lines[row]), None, ""))

    def _place(self, row: int) -> Cell:
        first, file, lines = next(place for place in reversed(self._places) if place[0] <= row)
        line = lines + row - first if isinstance(lines, int) else int(lines[row - first])
        return cell_of(file, line, None, "")


def _lines(lines: Integers) -> Integers | int:
    """The first, where the others follow one by one."""
    return int(lines[0]) if len(lines) and bool((np.diff(lines) == 1).all()) else lines


def unit_hashes(names: Any, codes: Any, years: Integers, has_codes: bool = True) -> tuple[Hashes, Hashes]:
    """Two numbers that tell units apart: by the code, by the name where there is none.

    A code and a name that read the same are two units, and so is a unit in two years.
    """
    import pyarrow.compute as pc

    if not has_codes:
        return hashes(names, (years * 2).astype(np.uint64))
    coded = pc.not_equal(codes, "")
    seeds = (years * 2 + coded.to_numpy(zero_copy_only=False)).astype(np.uint64)
    return hashes(pc.if_else(coded, codes, names), seeds)
