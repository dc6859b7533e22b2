"""Running a layout over a block, by machine code or by arrays: in pieces that stay in the cache, on as many threads as are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np

from perfdsl.batch.block import Flags
from perfdsl.batch.columns.assumed import Range, envelope
from perfdsl.batch.columns.inputs import Inputs
from perfdsl.batch.columns.native.maker import Maker
from perfdsl.batch.columns.program import Array, Space
from perfdsl.batch.columns.shape import Layout
from perfdsl.batch.machine import table_of
from perfdsl.record import record

PIECE = 16_384
"""Units in one piece: some ten registers of them fit into the cache of a core."""


@record
class Outputs:
    """What a program has written: int32 points by item, the total, the way of the whole, and which units it is no answer for."""

    points: list[np.ndarray[Any, Any]]
    total: np.ndarray[Any, Any]
    whole: np.ndarray[Any, Any]
    suspects: Flags
    ways: list[np.ndarray[Any, Any]]
    beside: list[tuple[np.ndarray[Any, Any], Flags, Flags]]
    said: list[np.ndarray[Any, Any]]

    def sinks(self) -> list[np.ndarray[Any, Any]]:
        return [*self.points, self.total, self.whole, self.suspects, *self.ways, *(one for three in self.beside for one in three), *self.said]


def outputs(size: int, items: int, told: int, coded: bool) -> Outputs:
    """Room for them, *told* of them being what is told behind the scores."""
    return Outputs([np.empty(size, np.int32) for _ in range(items)], np.empty(size, np.int32), np.empty(size, np.int8), np.empty(size, np.bool_),
                   [np.empty(size, np.int8) for _ in range(items)] if coded else [],
                   [(np.empty(size, np.int32), np.empty(size, np.bool_), np.empty(size, np.bool_)) for _ in range(items)] if coded else [],
                   [np.empty(size, np.int8) for _ in range(told)] if coded else [])


class Runner:
    """Runs one layout; whoever runs it takes registers that nobody else uses.

    `met` are the ranges of sources that were last found to be other than assumed.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.met: dict[int, Range] = {}
        self.maker = Maker(layout.program)
        self._spaces: list[Space] = []

    def run(self, inputs: Inputs, into: Outputs, threads: int) -> None:
        """Fill *into*.  Units whose numbers are not as assumed are suspects."""
        sources, sinks = inputs.sources(), into.sinks()
        machine = self.maker.machine(sources, sinks, inputs.size)
        addresses = table_of([*sources, *sinks]) if machine else None

        def piece(start: int) -> None:
            end = min(start + PIECE, inputs.size)
            if machine is None or machine.call(start, end, addresses):
                self._piece(sources, sinks, into.suspects, start, end - start)

        starts = range(0, inputs.size, PIECE)
        if threads < 2 or len(starts) < 2:
            for start in starts:
                piece(start)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(piece, starts))

    def _piece(self, sources: list[Array], sinks: list[Array], suspects: Flags, start: int, length: int) -> None:
        part = slice(start, start + length)
        given, written = [one[part] for one in sources], [one[part] for one in sinks]
        with self._space() as space, np.errstate(all="ignore"):
            space.run(given, written, length)
            beyond = space.beyond()
            if beyond:
                bad = np.zeros(length, np.bool_)
                for at, span in beyond:
                    self.met[at] = envelope(int(given[at].min()), int(given[at].max()))
                    bad |= (given[at] < span.low) | (given[at] > span.high)
                    given[at] = np.clip(given[at], span.low, span.high)
                space.run(given, written, length)
                suspects[part] |= bad

    @contextmanager
    def _space(self) -> Iterator[Space]:
        """Registers that are free; made where none are, and kept for whoever comes next."""
        try:
            space = self._spaces.pop()
        except IndexError:
            space = Space(self.layout.program, PIECE)
        yield space
        self._spaces.append(space)
