"""The program of a ruleset for blocks of one shape: item after item, then the whole."""

from __future__ import annotations

from typing import Any

from perfdsl.batch.columns.assumed import Unsafe
from perfdsl.batch.columns.program import Sink, stored
from perfdsl.batch.columns.pruned import pruned
from perfdsl.batch.columns.scored import Scored
from perfdsl.batch.columns.shape import Layout
from perfdsl.batch.columns.soft import soft
from perfdsl.plan import polynomial as p
from perfdsl.plan.behind import Said
from perfdsl.plan.quotients import Terms
from perfdsl.plan.shown import shown
from perfdsl.plan.tree import SignTest, Tree, leaves, mapped
from perfdsl.plan.tree import tests as tests_of
from perfdsl.plan.whole import Whole
from perfdsl.quantity import Rounding
from perfdsl.score.scorecard import Status


class Drafter(Scored):
    """Makes the layout of a plan for one shape."""

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
            if self.whole:
                raise
            return False
        return True

    def _total(self, tree: Tree[Whole], kinds: tuple[Whole, ...], rounding: Rounding) -> Any:
        if all(self._is_sum(leaf.low) for leaf in kinds):
            return self.sum
        return self.trees.whole(self.trees.points(tree, lambda leaf: soft(self.numbers, leaf.low, rounding, True)))

    def _is_sum(self, terms: Terms) -> bool:
        pair = self.numbers.binding.quotient(terms, 10 ** (shown(self.plan.ruleset.total_rounding).places or 0))
        return pair.top == self.added and pair.bottom == p.constant(1)
