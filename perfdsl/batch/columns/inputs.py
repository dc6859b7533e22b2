"""The columns of a block as a program wants them, and the shape that they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from perfdsl.batch.block import Block, Codes, Column, Days, Integers, Marks, Numbers, State, States, Words
from perfdsl.batch.columns.assumed import Range, envelope
from perfdsl.batch.columns.shape import Shape
from perfdsl.plan.binding import Cell
from perfdsl.plan.code import Values
from perfdsl.plan.items import Frame
from perfdsl.plan.whole_numbers import NA
from perfdsl.record import record

RUNS, RUN = 8, 2_048
"""So many runs of so many units each are looked at to guess what all are like: single units far apart would each cost a trip to memory."""


@record
class Inputs:
    """Arrays of a block by cell, all of one length; what is not there is missing in every unit."""

    size: int
    numbers: dict[Cell, tuple[Integers, int]]
    words: dict[str, tuple[Codes, tuple[str, ...]]]
    states: dict[Cell, States]
    missing: frozenset[Cell]

    def shape(self, ranges: Mapping[Cell, Range], coded: bool) -> Shape:
        return Shape(
            tuple((cell, places, ranges[cell]) for cell, (_, places) in self.numbers.items()),
            tuple((name, words) for name, (_, words) in self.words.items()), tuple(self.states), self.missing, coded)

    def sources(self) -> list[np.ndarray[Any, Any]]:
        """The columns in the order of the shape."""
        return [*(array for array, _ in self.numbers.values()), *(codes for codes, _ in self.words.values()), *self.states.values()]

    def ranges(self) -> dict[Cell, Range]:
        """What numbers of a sample are like."""
        starts = range(0, self.size, max(RUN, -(-self.size // RUNS)))
        return {cell: _hull([array[at:at + RUN] for at in starts]) for cell, (array, _) in self.numbers.items()}

    def values(self, at: np.ndarray[Any, Any], cells: Mapping[Cell, int]) -> list[Values]:
        """These units one by one, as `plan.single` wants them: values in the order of *cells*."""
        columns: list[list[Any]] = []
        for cell in cells:
            columns.append(self.column(cell, at))
        return [list(row) for row in zip(*columns, strict=True)]

    def column(self, cell: Cell, at: np.ndarray[Any, Any]) -> list[Any]:
        """What these units have in a cell."""
        if cell in self.numbers:
            found: list[Any] = self.numbers[cell][0][at].tolist()
        elif not cell[1] and cell[0] in self.words:
            codes, words = self.words[cell[0]]
            said = [*words, None]  # a column without a word has codes too
            found = [said[code] for code in codes[at].tolist()]
        else:
            found = [None] * len(at)
        if cell in self.states:
            states = self.states[cell][at].tolist()
            found = [value if state == State.GIVEN else NA if state == State.NOT_APPLICABLE else None
                     for value, state in zip(found, states, strict=True)]
        return found


def _hull(runs: list[Integers]) -> Range:
    return envelope(min(int(run.min()) for run in runs), max(int(run.max()) for run in runs)) if runs else Range(0, 1)


def inputs_of(block: Block, frame: Frame) -> Inputs:
    """The cells of a block that the ruleset knows."""
    numbers: dict[Cell, tuple[Integers, int]] = {}
    words: dict[str, tuple[Codes, tuple[str, ...]]] = {}
    states: dict[Cell, States] = {}
    columns: dict[Cell, Column] = {**{(n, False): c for n, c in block.cells.items()}, **{(n, True): c for n, c in block.chosen.items()}}
    known = {*((n, False) for n in (*frame.wanted, *frame.marks)), *((n, True) for n in frame.judged)}
    for cell in sorted(known & columns.keys()):
        column = columns[cell]
        match column:
            case Numbers():
                numbers[cell] = column.units, column.places
            case Days():
                numbers[cell] = column.ordinals, 0
            case Words():
                words[cell[0]] = column.codes, column.words
        given = None if column.state is None else column.state
        if given is not None and (isinstance(column, Marks) or given.any()):
            states[cell] = given
    missing = frozenset(known - columns.keys())
    return Inputs(block.size, numbers, words, states, missing)
