"""A program that is being written: its numbers, its tests, its trees, and the registers that they read."""

from __future__ import annotations

from typing import Any

from perfdsl.batch.columns.assumed import Unsafe
from perfdsl.batch.columns.numbers import Numbers
from perfdsl.batch.columns.program import Program, Register, Sink, stored
from perfdsl.batch.columns.shape import Shape
from perfdsl.batch.columns.tests import Tests
from perfdsl.batch.columns.trees import Trees
from perfdsl.model.ruleset import Kind
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.items import Reached
from perfdsl.plan.plan import Plan
from perfdsl.plan.quotients import Terms
from perfdsl.plan.tree import SignTest, Tree, leaves
from perfdsl.plan.tree import tests as tests_of
from perfdsl.plan.unknowns import CellDay, CellNumber, Points, Step


class Draft:
    """For one shape.  *whole*: only if no way to a score is left out because numbers may be too great."""

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

    def _load(self, tree: Tree[Any]) -> None:
        """Have every number that the tree reads in a register, before a narrower scope can give one away."""
        for one in sorted(p.unknowns_of(self.numbers.apart_from_sums(self.numbers.binding.bound(top)) for top in _polynomials(tree))):
            self._load_one(one)

    def _load_one(self, number: int) -> None:
        origin = self.plan.frame.unknowns.origins[number]
        if isinstance(origin, Step):
            for one in sorted(p.unknowns_of([t for pair in origin.terms for t in (*pair[0], pair[1])])):
                self._load_one(one)
        if number not in self.numbers.ready and isinstance(origin, Points):
            if origin.path not in self.plan.items or origin.places is None:
                raise Unsafe
            self.numbers.ready[number] = self.program.made(stored, "f", Sink(self.plan.items.index(origin.path)))
        self.numbers.unknown(number)

    def _forget(self) -> None:
        self.numbers.ready.clear()
        self.tests.forget()


    def _load_into(self, numbers: Numbers, terms: Terms) -> None:
        """Read whatever the terms name."""
        for one in p.unknowns_of(top for factors, over in terms for top in (*factors, over)):
            origin = self.plan.frame.unknowns.origins[one]
            if isinstance(origin, Points) and one not in numbers.ready:
                numbers.ready[one] = Register("f", 0)
            numbers.unknown(one)


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
