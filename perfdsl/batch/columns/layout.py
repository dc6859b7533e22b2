"""The program of a ruleset for blocks of one shape: item after item, then the whole."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.columns import extras
from perfdsl.batch.columns.assumed import INT32, Range, Unsafe
from perfdsl.batch.columns.numbers import Numbers
from perfdsl.batch.columns.program import Program, Register, Sink, stored
from perfdsl.batch.columns.pruned import ANYTHING, pruned
from perfdsl.batch.columns.soft import Soft, soft
from perfdsl.batch.columns.sums import rounded_sum
from perfdsl.batch.columns.tests import Tests
from perfdsl.batch.columns.trees import Points, Trees
from perfdsl.model.ruleset import Kind
from perfdsl.plan import polynomial as p
from perfdsl.plan.behind import Said
from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.items import Reached
from perfdsl.plan.plan import Plan, Stage
from perfdsl.plan.quotients import Terms
from perfdsl.plan.shown import shown
from perfdsl.plan.tree import SignTest, Tree, leaves, mapped
from perfdsl.plan.tree import tests as tests_of
from perfdsl.plan.unit import SCORE
from perfdsl.plan.unknowns import CellDay, CellNumber, Step
from perfdsl.plan.unknowns import Points as PointsOf
from perfdsl.plan.whole import Whole
from perfdsl.quantity import Rounding
from perfdsl.record import record
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import Status


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


class Drafter:
    """Makes the layout of a plan for one shape; *whole*: only if no way to a score is left out because numbers may be too great."""

    def __init__(self, plan: Plan, shape: Shape, whole: bool = False) -> None:
        self.plan, self.shape, self.whole = plan, shape, whole
        unknowns = plan.frame.unknowns
        self.program = Program()
        binding = Binding(unknowns, {cell: places for cell, places, _ in shape.numbers})
        sources = {unknowns.number(_origin(plan, cell)): at for at, (cell, _, _) in enumerate(shape.numbers)}
        ranges = {unknowns.number(_origin(plan, cell)): span for cell, _, span in shape.numbers}
        self.numbers = Numbers(self.program, binding, ranges, sources)
        first = len(shape.numbers)
        words = {name: first + at for at, (name, _) in enumerate(shape.words)}
        states = {cell: first + len(words) + at for at, cell in enumerate(shape.states)}
        self.tests = Tests(self.numbers, states, words, {n: {w: at for at, w in enumerate(v)} for n, v in shape.words}, shape.missing)
        self.suspects = self.program.new("m")
        self.trees = Trees(self.numbers, self.tests, self.suspects)
        self.sum = self.program.new("i")
        self.added = p.ZERO
        self.ways: list[tuple[Reached, ...]] = []
        self.program.do(stored, 0, self.suspects)
        self.program.do(stored, 0, self.sum)

    def layout(self) -> Layout:
        """The whole program; raises `Unsafe` or `Unplanned` where there is none for this shape."""
        for stage in self.plan.stages:
            if stage.part is None:
                self._item(stage)
                self.program.end()
        wholes, said = self._whole()
        self.numbers.look_at_the_rest()
        self.program.do(stored, self.suspects, Sink(len(self.plan.items) + 2))
        return Layout(self.program, tuple(self.ways), wholes, said)

    # ---- items

    def _item(self, stage: Stage) -> None:
        with self.program.scope():
            parts = [one for one in self.plan.stages if one.part is not None and one.path in stage.looks_at and one.indicator is stage.indicator]
            for part in parts:
                self._part(part)
            at = self.plan.items.index(stage.path)
            rounding = shown(stage.rounding)
            tree = self._scored(self.plan.tree(stage, tuple(Status.SCORED for _ in stage.looks_at)), rounding)
            self._load(tree)
            with self.trees.bounded():
                self._write(at, self.trees.points(tree, lambda leaf: self._leaf(leaf, rounding)))
            self._keep(stage, at, tree)
        self._forget()

    def _part(self, stage: Stage) -> None:
        """A part as a numerator and a denominator that the item's own tree reads."""
        tree = self._scored(self.plan.tree(stage, ()), None)
        self._load(tree)
        top, bottom = self.trees.quotients(tree, lambda leaf: self.numbers.positive(self.numbers.binding.quotient(leaf.points or ()), leaf.upright))
        self._ready(stage.path, (top, bottom), tree)

    def _ready(self, path: str, pair: tuple[Any, Any], tree: Tree[Reached | None]) -> None:
        quotients = [(leaf, self.numbers.binding.quotient(leaf.points or ())) for leaf in leaves(tree) if leaf is not ANYTHING]
        tops = [_kept(self.numbers.range(q.top), leaf.not_negative) for leaf, q in quotients]
        bottoms = [_kept(self.numbers.range(q.bottom), leaf.upright) for leaf, q in quotients]
        for bottom, (number, ranges) in enumerate(zip(pair, (tops, bottoms), strict=True)):
            one = self.plan.frame.unknowns.number(PointsOf(path, SCORE, None, bool(bottom)))
            register = number if isinstance(number, Register) else self.program.made(stored, "f", number)
            self.numbers.ready[one] = register
            self.numbers.ranges[one] = _hull(ranges)

    def _scored(self, tree: Tree[Reached], rounding: Rounding | None) -> Tree[Any]:
        """The ways that give a score which can be told; units that take another are suspects."""
        left = {leaf: leaf.status is not Status.SCORED or bool(leaf.fault) or not self._is_safe(leaf, rounding)
                for leaf in leaves(pruned(tree, self.tests))}
        open_ = mapped(pruned(tree, self.tests), left.__getitem__)
        open_ = pruned(open_, self.tests)
        self._load(open_)
        flags = self.trees.flags(open_)
        if flags is True:
            raise Unsafe
        if flags is not False:
            self.program.do(np.logical_or, self.suspects, flags, self.suspects)
        return pruned(mapped(tree, lambda leaf: ANYTHING if left.get(leaf, True) else leaf), self.tests)

    def _is_safe(self, leaf: Reached, rounding: Rounding | None) -> bool:
        """Whether the points at a leaf can be written at all."""
        trial = self.numbers.trial()
        terms = leaf.points or ()
        try:
            self._load_into(trial, terms)
            if rounding is None:
                pair = trial.positive(trial.binding.quotient(terms), leaf.upright)
                trial.check(pair.top, pair.bottom)
            elif not _is_sum(terms):
                points = soft(trial, terms, rounding, leaf.upright, self._ends_of(leaf, rounding))
                Trees(trial, self.tests, self.suspects).whole(points)
        except Unsafe:
            if self.whole:
                raise
            return False
        return True

    def _load_into(self, numbers: Numbers, terms: Terms) -> None:
        """Read whatever the terms name."""
        for one in p.unknowns_of(top for factors, over in terms for top in (*factors, over)):
            origin = self.plan.frame.unknowns.origins[one]
            if isinstance(origin, PointsOf) and one not in numbers.ready:
                numbers.ready[one] = Register("f", 0)
            numbers.unknown(one)

    def _leaf(self, leaf: Reached, rounding: Rounding) -> Points:
        terms = leaf.points or ()
        if _is_sum(terms):
            return self._summed(leaf, rounding)
        return soft(self.numbers, terms, rounding, leaf.upright, self._ends_of(leaf, rounding))

    def _ends_of(self, leaf: Reached, rounding: Rounding) -> tuple[int, int]:
        return 0 if leaf.not_negative else -INT32, int(leaf.weight * 10 ** (rounding.places or 0)) if leaf.in_weight else INT32

    def _summed(self, leaf: Reached, rounding: Rounding) -> Register:
        out = self.program.new("i")
        with self.program.scope():
            whole, undecided = self.program.new("f"), self.program.new("m")
            self.program.do(stored, 0, undecided)
            rounded_sum(self.numbers, leaf.points or (), rounding, leaf.upright, whole, undecided)
            if not leaf.in_weight:
                self.trees.suspect_beyond(whole)
            self.program.do(stored, whole, out)
            self.program.do(np.logical_or, self.suspects, undecided, self.suspects)
        return out

    def _write(self, at: int, points: Points) -> None:
        """Write the points of an item out."""
        if isinstance(points, Soft):
            self.trees.cut(points, Sink(at))
        else:
            self.program.do(stored, points, Sink(at))

    def _keep(self, stage: Stage, at: int, tree: Tree[Any]) -> None:
        """Add the points of an item up, and suspect those that are out of bounds."""
        register = Sink(at)
        self.program.do(np.add, self.sum, register, self.sum)
        places = 10 ** (shown(stage.rounding).places or 0)
        low, high = self._ends(stage, tree, places)
        for bad, end in ((np.less, low), (np.greater, high)):
            if end is not None:
                mask = self.program.made(bad, "m", register, end)
                self.program.do(np.logical_or, self.suspects, mask, self.suspects)
        one = self.plan.frame.unknowns.number(PointsOf(stage.path, SCORE, shown(stage.rounding).places))
        self.numbers.ranges[one] = Range(0 if low is None or low >= 0 else low, INT32 if high is None else high)
        self.added = p.plus(self.added, p.unknown(one))
        self._code(tree, at)
        if self.shape.coded:
            self._beside(stage, at)

    def _beside(self, stage: Stage, at: int) -> None:
        """Deviation and reasons, behind the ways of all items."""
        count = len(self.plan.items)
        rate = self.plan.rate(stage)
        reasons = self.plan.due(stage)
        for tree in (rate, *reasons):
            self._load(pruned(tree, self.tests))
        first = 2 * count + 3 + 3 * at
        with self.program.scope():
            for offset, written in enumerate((*extras.deviation(self.trees, rate), extras.due(self.trees, reasons))):
                self.program.do(stored, written, Sink(first + offset))

    def _ends(self, stage: Stage, tree: Tree[Any], places: int) -> tuple[int | None, int | None]:
        """Bounds that are not known to be kept, to be looked after unit by unit."""
        found = list(leaves(tree))
        weights = {leaf.weight for leaf in found}
        limit = INT32 // max(2, len(self.plan.items))  # so that the sum of all items fits, and none is at the end of int32
        low, high = ends_of(stage.indicator, max(weights))
        above, below = all(leaf.not_negative for leaf in found), all(leaf.in_weight for leaf in found)
        if max(weights) * places > limit or (not below and len(weights) > 1):
            raise Unsafe
        return None if above else max(int(low * places), -limit), None if below else min(int(high * places), limit)

    def _code(self, tree: Tree[Any], at: int) -> None:
        kinds = tuple(dict.fromkeys(leaves(tree)))
        self.ways.append(kinds)
        if self.shape.coded:
            numbers = {kind: number for number, kind in enumerate(kinds)}
            if len(kinds) > 127:
                raise Unsafe
            code = self.trees.codes(mapped(tree, lambda leaf: numbers[leaf]))
            self.program.do(stored, code, Sink(len(self.plan.items) + 3 + at))

    # ---- the whole

    def _whole(self) -> tuple[tuple[Whole, ...], tuple[tuple[Said, ...] | None, ...]]:
        """The whole, and what is told behind it."""
        rounding, scored = shown(self.plan.ruleset.total_rounding), tuple(Status.SCORED for _ in self.plan.items)
        tree = pruned(self.plan.whole(scored), self.tests)
        kinds = tuple(dict.fromkeys(leaves(tree)))
        if len(kinds) > 127 or any(leaf.score is None for leaf in kinds):
            raise Unsafe
        with self.program.scope():
            total = self.program.made(stored, "f", self.sum)
            self.numbers.sums.append((self.added, total))
            self._load(mapped(tree, lambda leaf: leaf.low))
            count = len(self.plan.items)
            self.program.do(stored, self._total(tree, kinds, rounding), Sink(count))
            numbers = {kind: number for number, kind in enumerate(kinds)}
            code = self.trees.codes(mapped(tree, lambda leaf: numbers[leaf]))
            self.program.do(stored, code, Sink(count + 1))
            said = tuple(self._said(self.plan.said(at, scored), 5 * count + 3 + at) for at, _ in enumerate(self.plan.told) if self.shape.coded)
        return kinds, said

    def _said(self, tree: Tree[Said], sink: int) -> tuple[Said, ...] | None:
        """Write which way something is told; None where that cannot be told for sure in columns."""
        tree = pruned(mapped(tree, lambda said: Said(said.text)), self.tests)
        ways = tuple(dict.fromkeys(leaves(tree)))
        if len(ways) > 127 or not self._is_sure(tree):
            self.program.do(stored, 0, Sink(sink))
            return None
        self._load(mapped(tree, lambda _: ()))
        numbers = {way: number for number, way in enumerate(ways)}
        self.program.do(stored, self.trees.codes(mapped(tree, lambda way: numbers[way])), Sink(sink))
        return ways

    def _is_sure(self, tree: Tree[Said]) -> bool:
        """Whether every test of the tree can be written."""
        trial = self.numbers.trial()
        try:
            for test in tests_of(tree):
                if isinstance(test, SignTest):
                    self._load_into(trial, (((), trial.binding.bound(test.top)),))
                    trial.check(trial.binding.bound(test.top))
        except Unsafe:
            return False
        return True

    def _total(self, tree: Tree[Whole], kinds: tuple[Whole, ...], rounding: Rounding) -> Any:
        if all(self._is_sum(leaf.low) for leaf in kinds):
            return self.sum
        return self.trees.whole(self.trees.points(tree, lambda leaf: soft(self.numbers, leaf.low, rounding, True)))

    def _is_sum(self, terms: Terms) -> bool:
        pair = self.numbers.binding.quotient(terms, 10 ** (shown(self.plan.ruleset.total_rounding).places or 0))
        return pair.top == self.added and pair.bottom == p.constant(1)

    # ---- columns

    def _load(self, tree: Tree[Any]) -> None:
        """Have every number that the tree reads in a register, before a narrower scope can give one away."""
        for one in sorted(p.unknowns_of(self.numbers.apart_from_sums(self.numbers.binding.bound(top)) for top in _polynomials(tree))):
            self._load_one(one)

    def _load_one(self, number: int) -> None:
        origin = self.plan.frame.unknowns.origins[number]
        if isinstance(origin, Step):
            for one in sorted(p.unknowns_of([t for pair in origin.terms for t in (*pair[0], pair[1])])):
                self._load_one(one)
        if number not in self.numbers.ready and isinstance(origin, PointsOf):
            if origin.path not in self.plan.items or origin.places is None:
                raise Unsafe
            self.numbers.ready[number] = self.program.made(stored, "f", Sink(self.plan.items.index(origin.path)))
        self.numbers.unknown(number)

    def _forget(self) -> None:
        self.numbers.ready.clear()
        self.tests.forget()


def _polynomials(tree: Tree[Any]) -> list[p.Polynomial]:
    found = [test.top for test in tests_of(tree) if isinstance(test, SignTest)]
    for leaf in leaves(tree):
        terms = leaf.points if isinstance(leaf, Reached) else leaf
        if isinstance(terms, tuple):
            found += [one for factors, top in terms for one in (*factors, top)]
    return found


def _origin(plan: Plan, cell: Cell) -> CellNumber | CellDay:
    expected = plan.frame.wanted.get(cell[0])
    return CellDay(cell[0]) if expected is not None and expected.kind is Kind.DATE and not cell[1] else CellNumber(*cell)


def _kept(span: Range, not_negative: bool) -> Range:
    """The range of what is picked only where it is not below 0."""
    return Range(max(0, span.low), max(0, span.high)) if not_negative else span


def _is_sum(terms: Terms) -> bool:
    """Whether there is more than one denominator."""
    return len([factors for factors, _ in terms if factors]) > 1


def _hull(ranges: list[Range]) -> Range:
    return Range(min(one.low for one in ranges), max(one.high for one in ranges))
