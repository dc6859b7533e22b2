"""The part of a program that is an item: its points, its way, and what stands beside them."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.columns import extras
from perfdsl.batch.columns.assumed import INT32, Range, Unsafe
from perfdsl.batch.columns.draft import Draft
from perfdsl.batch.columns.program import Register, Sink, stored
from perfdsl.batch.columns.pruned import ANYTHING, pruned
from perfdsl.batch.columns.soft import Soft, soft
from perfdsl.batch.columns.sums import rounded_sum
from perfdsl.batch.columns.trees import Points, Trees
from perfdsl.plan import polynomial as p
from perfdsl.plan.items import Reached
from perfdsl.plan.plan import Stage
from perfdsl.plan.quotients import Terms
from perfdsl.plan.shown import shown
from perfdsl.plan.tree import Tree, leaves, mapped
from perfdsl.plan.unit import SCORE
from perfdsl.plan.unknowns import Points as PointsOf
from perfdsl.quantity import Rounding
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import Status


class Scored(Draft):
    """Writes items."""

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


def _kept(span: Range, not_negative: bool) -> Range:
    """The range of what is picked only where it is not below 0."""
    return Range(max(0, span.low), max(0, span.high)) if not_negative else span


def _is_sum(terms: Terms) -> bool:
    """Whether there is more than one denominator."""
    return len([factors for factors, _ in terms if factors]) > 1


def _hull(ranges: list[Range]) -> Range:
    return Range(min(one.low for one in ranges), max(one.high for one in ranges))
