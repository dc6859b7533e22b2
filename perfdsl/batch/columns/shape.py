"""What a program is made for, and what its sources and sinks are."""

from __future__ import annotations

from perfdsl.batch.columns.assumed import Range
from perfdsl.batch.columns.program import Program
from perfdsl.plan.behind import Said
from perfdsl.plan.binding import Cell
from perfdsl.plan.items import Reached
from perfdsl.plan.whole import Whole
from perfdsl.record import record


@record
class Shape:
    """What a program is made for: which input columns there are, of what kind, and what their numbers are assumed to be.

    `numbers` have their places and their range, `words` the number of each word; `states` are the cells of which some are not given,
    `missing` those that are given in no unit.
    """

    numbers: tuple[tuple[Cell, int, Range], ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    states: tuple[Cell, ...]
    missing: frozenset[Cell]
    coded: bool


@record
class Layout:
    """A program and what its sources and sinks are, in their order.

    Sources: the numbers, the words, the states of the shape.  Sinks: the points of every item (int32), the total (int32), the grade
    (int8, an index into `wholes`), the suspects (bool), then, where coded, the way of every item (int8, an index into `ways`), of
    every item in turn the deviation (int32), whether it has one, and whether a reason is due (bool), and the way of all that is told
    (int8, an index into `said`, where None stands for what the program does not know).
    """

    program: Program
    ways: tuple[tuple[Reached, ...], ...]
    wholes: tuple[Whole, ...]
    said: tuple[tuple[Said, ...] | None, ...]
