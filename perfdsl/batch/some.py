"""Some units of a block."""

from __future__ import annotations

from typing import TypeVar

from perfdsl.batch.block import Block, Column, Days, Integers, Marks, Numbers, States, Words
from perfdsl.record import changed

C = TypeVar("C", bound=Column)


def some_of(block: Block, rows: Integers) -> Block:
    """The units of these rows, in the order of *rows*."""
    return Block(len(rows), {name: some_cells(column, rows) for name, column in block.cells.items()},
                 {name: some_cells(column, rows) for name, column in block.chosen.items()},
                 {name: flags[rows] for name, flags in block.reasons.items()}, block.year)


def some_cells(column: C, rows: Integers) -> C:
    """The cells of these rows."""
    match column:
        case Numbers():
            return changed(column, units=column.units[rows], state=_kept(column.state, rows))
        case Words():
            return changed(column, codes=column.codes[rows], state=_kept(column.state, rows))
        case Days():
            return changed(column, ordinals=column.ordinals[rows], state=_kept(column.state, rows))
        case Marks():
            return changed(column, state=column.state[rows])
    raise AssertionError(column)


def _kept(state: States | None, rows: Integers) -> States | None:
    return None if state is None else state[rows]
