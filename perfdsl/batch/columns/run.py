"""Running a layout over a block: in pieces that stay in the cache, on as many threads as are wanted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import local
from typing import Any

import numpy as np

from perfdsl.batch.block import Flags
from perfdsl.batch.columns.assumed import Range
from perfdsl.batch.columns.inputs import Inputs
from perfdsl.batch.columns.layout import Layout, Shape
from perfdsl.batch.columns.program import Array, Space
from perfdsl.record import record

PIECE = 16_384
"""Units in one piece: some ten registers of them fit into the cache of a core."""

STRETCH = 4 * PIECE
"""Units of which the numbers are looked at together."""


@record
class Outputs:
    """What a program has written: int32 points by item, the total, the way of the whole, and which units it is no answer for."""

    points: list[np.ndarray[Any, Any]]
    total: np.ndarray[Any, Any]
    whole: np.ndarray[Any, Any]
    suspects: Flags
    ways: list[np.ndarray[Any, Any]]
    beside: list[tuple[np.ndarray[Any, Any], Flags, Flags]]

    def sinks(self) -> list[np.ndarray[Any, Any]]:
        return [*self.points, self.total, self.whole, self.suspects, *self.ways, *(one for three in self.beside for one in three)]


def outputs(size: int, items: int, coded: bool) -> Outputs:
    """Room for them."""
    return Outputs([np.empty(size, np.int32) for _ in range(items)], np.empty(size, np.int32), np.empty(size, np.int8), np.empty(size, np.bool_),
                   [np.empty(size, np.int8) for _ in range(items)] if coded else [],
                   [(np.empty(size, np.int32), np.empty(size, np.bool_), np.empty(size, np.bool_)) for _ in range(items)] if coded else [])


class Runner:
    """Runs one layout; each thread has registers of its own."""

    def __init__(self, layout: Layout, shape: Shape) -> None:
        self.layout = layout
        self.spans = [(at, shape.numbers[at][2]) for at in layout.sources_read]
        self._own = local()

    def run(self, inputs: Inputs, into: Outputs, threads: int) -> None:
        """Fill *into*.  Units whose numbers are not as assumed are suspects."""
        sources, sinks = inputs.sources(), into.sinks()

        def stretch(start: int) -> None:
            self._stretch(sources, sinks, into.suspects, start, min(STRETCH, inputs.size - start))

        starts = range(0, inputs.size, STRETCH)
        if threads < 2 or len(starts) < 2:
            for start in starts:
                stretch(start)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(stretch, starts))

    def _stretch(self, sources: list[Array], sinks: list[Array], suspects: Flags, start: int, length: int) -> None:
        """Some pieces: their numbers are looked at together, which takes fewer calls."""
        part = slice(start, start + length)
        given, beyond = [one[part] for one in sources], None
        for at, span in self.spans:
            own = given[at]
            if not _is_within(own, span):
                bad = (own < span.low) | (own > span.high)
                beyond = bad if beyond is None else beyond | bad
                given[at] = np.clip(own, span.low, span.high)
        written = [one[part] for one in sinks]
        space = self._space()
        with np.errstate(all="ignore"):
            for at in range(0, length, PIECE):
                piece = slice(at, at + PIECE)
                space.run([one[piece] for one in given], [one[piece] for one in written], min(PIECE, length - at))
        if beyond is not None:
            suspects[part] |= beyond

    def _space(self) -> Space:
        if not hasattr(self._own, "space"):
            self._own.space = Space(self.layout.program, PIECE)
        found: Space = self._own.space
        return found


def _is_within(numbers: np.ndarray[Any, Any], span: Range) -> bool:
    """Whether all lie in the range.  Taken as unsigned, a number below 0 is greater than any other, so one pass looks at both ends."""
    if span.low < 0:
        return bool(np.minimum.reduce(numbers) >= span.low and np.maximum.reduce(numbers) <= span.high)
    return bool(np.maximum.reduce(numbers.view(np.uint64)) <= span.high and (span.low == 0 or np.minimum.reduce(numbers) >= span.low))
