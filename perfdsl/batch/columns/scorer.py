"""Blocks of units by columns; what columns cannot tell for sure goes to whole numbers of any size, and the rest to the interpreter."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import numpy as np
import numpy.typing as npt

from perfdsl.batch.apart import score_apart
from perfdsl.batch.block import Block
from perfdsl.batch.columns.assembled import Assembled
from perfdsl.batch.columns.assumed import Range, Unsafe, roomy
from perfdsl.batch.columns.inputs import Inputs, inputs_of
from perfdsl.batch.columns.layout import Drafter
from perfdsl.batch.columns.run import Outputs, Runner, outputs
from perfdsl.batch.columns.shape import Layout, Shape
from perfdsl.batch.columns.told import Column, Teller, untold
from perfdsl.batch.one import note_of
from perfdsl.batch.possible import Possible
from perfdsl.batch.scores import Scores
from perfdsl.batch.told import gathered, headings
from perfdsl.model.ruleset import Ruleset
from perfdsl.plan.binding import Cell
from perfdsl.plan.plan import Plan
from perfdsl.plan.single import PATIENCE, Single
from perfdsl.plan.world import Unplanned

Indices = npt.NDArray[np.intp]

MOST = (2**44, 2**40, 2**36, 2**32)
"""The greatest numbers of last places that a program is tried for, where there is none for all that come up."""


class Scorer:
    """The scores of blocks under one ruleset; may be asked by several threads.

    *gradeable*: no error stands in the ruleset.  *coded*: clauses, deviations, reasons, 预警 and 结果应用 are told, not only points and grades; so they are
    where weights hang on the unit, as these come with the clause.  *content*: see `plan.Plan`.
    """

    def __init__(self, ruleset: Ruleset, gradeable: bool = True, coded: bool = True, threads: int = 1, content: str = "") -> None:
        self.ruleset, self.gradeable, self.threads = ruleset, gradeable, threads
        self.coded = coded or any(indicator.weights for indicator in ruleset.indicators())
        self.plan = Plan(ruleset, gradeable, content)
        self._possible = Possible(ruleset, gradeable)
        self._ranges: dict[Cell, Range] = {}
        self._runners: dict[tuple[Shape, bool], Runner | None] = {}
        self._usual = False
        self._singles: dict[tuple[tuple[Cell, int], ...], Single] = {}
        self._lock = Lock()

    def room(self, size: int) -> Outputs:
        """Room for the scores of that many units, to be used again and again: new memory costs as much as the scores."""
        return outputs(size, len(self.plan.items), len(self.plan.told), self.coded)

    def score(self, block: Block, room: Outputs | None = None) -> Scores:
        """The scores of every unit of the block, in its order; they stand in *room* where it is given, until that is used again."""
        if not block.size:
            return score_apart(self.ruleset, block)
        inputs = inputs_of(block, self.plan.frame)
        into = self.room(block.size) if room is None else room
        runner = self._runner(inputs)
        if runner is None:
            into.suspects.fill(True)
        else:
            runner.run(inputs, into, self.threads)
            self._remember(inputs, runner)
        return self._assembled(block, inputs, into, runner).scores()

    def wait(self) -> None:
        """Until programs that are becoming machine code are ready, so that what comes next is scored by them."""
        for runner in list(self._runners.values()):
            if runner is not None:
                runner.maker.wait()

    # ---- columns

    def _runner(self, inputs: Inputs) -> Runner | None:
        """A program for blocks like this one; None where there is none."""
        with self._lock:
            if found := self._known(inputs):
                return found
            for ranges, whole in self._tries(inputs):
                shape = inputs.shape(ranges, self.coded)
                if (shape, whole) not in self._runners:
                    self._runners[shape, whole] = self._drafted(shape, whole)
                if (found := self._runners[shape, whole]) is not None:
                    self._ranges |= ranges
                    self._usual = whole
                    return found
        return None

    def _known(self, inputs: Inputs) -> Runner | None:
        """The program of earlier blocks.  It looks itself whether numbers are as assumed, so that these are not looked at."""
        if not inputs.numbers.keys() <= self._ranges.keys():
            return None
        return self._runners.get((inputs.shape(self._ranges, self.coded), self._usual))

    def _tries(self, inputs: Inputs) -> Iterator[tuple[dict[Cell, Range], bool]]:
        """Ranges to draft a program for, the widest first: what lies beyond those that can be had is worked out one by one.

        The widest only if the program then has an answer for all that it has one for at all.
        """
        ranges = inputs.ranges()
        known = self._widened(ranges)
        yield {cell: roomy(span) for cell, span in known.items()}, True
        yield known, False
        yield ranges, False
        for most in MOST:
            yield {cell: Range(max(span.low, -most), min(span.high, most)) for cell, span in ranges.items()}, False

    def _drafted(self, shape: Shape, whole: bool) -> Runner | None:
        def make() -> Layout | None:
            try:
                return Drafter(self.plan, shape, whole).layout()
            except (Unsafe, Unplanned):
                return None

        layout = self.plan.program((shape, whole), make)
        return None if layout is None else Runner(layout)

    def _remember(self, inputs: Inputs, runner: Runner) -> None:
        """Take note of numbers that were other than assumed: the next block may have the like."""
        cells = [*inputs.numbers]
        with self._lock:
            for at, span in list(runner.met.items()):  # another thread may put more there
                known = self._ranges.get(cells[at], span)
                self._ranges[cells[at]] = Range(min(known.low, span.low), max(known.high, span.high))
            runner.met.clear()

    def _widened(self, ranges: dict[Cell, Range]) -> dict[Cell, Range]:
        """What numbers have been like so far and are now, so that most blocks share one program."""
        known = ((cell, self._ranges.get(cell, span), span) for cell, span in ranges.items())
        return {cell: Range(min(a.low, b.low), max(a.high, b.high)) for cell, a, b in known}

    # ---- one by one

    def _assembled(self, block: Block, inputs: Inputs, into: Outputs, runner: Runner | None) -> Assembled:
        layout = None if runner is None else runner.layout
        made = Assembled(self.plan, into, layout, block.size, self._told(inputs, into, layout) if self.coded else ())
        suspects = np.flatnonzero(into.suspects)
        if suspects.size:
            left = self._one_by_one(block, inputs, suspects, made)
            if left:
                made.put_interpreted(left, score_apart(self.ruleset, block, left, self.gradeable))
        return made

    def _told(self, inputs: Inputs, into: Outputs, layout: Layout | None) -> list[Column]:
        """What is told of the units that are no suspects; where that cannot be worked out, all of them become suspects."""
        if layout is not None and self.plan.told:
            try:
                return Teller(layout, inputs, into, self._single(inputs)).columns()
            except Unplanned:
                into.suspects.fill(True)
        return untold(len(headings(self.ruleset)), inputs.size)

    def _one_by_one(self, block: Block, inputs: Inputs, suspects: Indices, made: Assembled) -> list[int]:
        """Put what whole numbers give for these units; those that are left to the interpreter come back."""
        single = self._single(inputs)
        left: list[int] = []
        for at, values in zip(suspects.tolist(), inputs.values(suspects, single.cells), strict=True):
            try:
                counted = single.score(values)
                beside = single.beside(counted) if self.coded else None
                told = gathered(self.ruleset, single.told(counted)) if self.coded else ()
            except Unplanned:
                left.append(at)
            else:
                if not made.put_counted(at, counted, beside, told):
                    left.append(at)
                elif any(note := note_of(counted, self._possible, lambda at=at: block.facts(at, self.ruleset))):  # type: ignore[misc]  # a default
                    made.notes[at] = note
        return left

    def _single(self, inputs: Inputs) -> Single:
        places = {cell: places for cell, (_, places) in inputs.numbers.items()}
        key = tuple(sorted(places.items()))
        with self._lock:
            if key not in self._singles:
                self._singles[key] = Single(self.plan, places, PATIENCE)
            return self._singles[key]
