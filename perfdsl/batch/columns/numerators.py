"""Trees of points that are not rounded: numerators and denominators as array operations."""

from __future__ import annotations

from collections.abc import Callable
from math import lcm
from typing import Any

import numpy as np

from perfdsl.batch.columns.numbers import Number
from perfdsl.batch.columns.program import Constant, Register, stored
from perfdsl.batch.columns.writer import Writer
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Quotient
from perfdsl.plan.tree import Leaf, SignTest, Tree, leaves, mapped


class Numerators(Writer):
    """Writes trees of quotients, over one denominator where there is one."""

    def quotients(self, tree: Tree[Any], leaf: Callable[[Any], Quotient]) -> tuple[Number, Number]:
        """A numerator and a denominator for every unit, as float64 whole numbers; raises `Unsafe`."""
        ends = [leaf(value) for value in leaves(tree)]
        common = _common([one.bottom for one in ends])
        if common is None or self.numbers.range(common).low < 1:
            top = self.numerators(mapped(tree, lambda v: leaf(v).top))
            return top, self.numerators(mapped(tree, lambda v: leaf(v).bottom))
        return self.numerators(mapped(tree, lambda v: _over(leaf(v), common))), self.numbers.polynomial(common)

    def numerators(self, tree: Tree[p.Polynomial]) -> Number:
        """A tree of polynomials as float64 whole numbers."""
        if isinstance(tree, Leaf):
            return self.numbers.polynomial(tree.value)
        if isinstance(tree.yes, Leaf) and isinstance(tree.no, Leaf) and (picks := self._extreme(tree.test, tree.yes.value, tree.no.value)):
            out = self.program.new("f")
            with self.program.scope():
                yes, no = (self._full(self.numbers.polynomial(one.value)) for one in (tree.yes, tree.no))
                self.program.do(picks, yes, no, out)
            return out
        out = self.program.new("f")
        with self.program.scope():
            yes, no = (self._full(self.numerators(one)) for one in (tree.yes, tree.no))
            self._picked_wide(self.tests.mask(tree.test), yes, no, out.seen_as("w"))
        self.tests.forget()
        return out

    def _extreme(self, test: object, yes: p.Polynomial, no: p.Polynomial) -> Callable[..., Any] | None:
        """Minimum or maximum, where the test picks just the lesser or the greater."""
        away = p.plus(yes, p.scaled(no, -1))
        if not isinstance(test, SignTest) or not test.signs & {1} or not away:
            return None
        (whole, factor), (asked, turned) = p.primitive(away), p.primitive(self.numbers.binding.bound(test.top))
        if whole != asked:
            return None
        return np.maximum if factor * turned > 0 else np.minimum

    def _full(self, number: Number) -> Any:
        return number if isinstance(number, Register) else Constant(number)

    def _picked_wide(self, mask: Register, yes: Any, no: Any, out: Register) -> None:
        do = self.program.do
        do(stored, mask, out)
        do(np.negative, out, out)
        with self.program.scope():
            a, b = self.program.new("f"), self.program.new("f")
            do(stored, yes, a)
            do(stored, no, b)
            do(np.bitwise_xor, a.seen_as("w"), b.seen_as("w"), a.seen_as("w"))
            do(np.bitwise_and, out, a.seen_as("w"), out)
            do(np.bitwise_xor, out, b.seen_as("w"), out)


def _common(bottoms: list[p.Polynomial]) -> p.Polynomial | None:
    """A denominator that all can have: the only one with unknowns, times what makes the numbers whole."""
    moving = list(dict.fromkeys(one for one in bottoms if not p.is_constant(one)))
    if len(moving) > 1:
        return None
    times = lcm(*(int(p.value_of(one)) for one in bottoms if p.is_constant(one)))
    return p.scaled(moving[0], times) if moving else p.constant(times)


def _over(one: Quotient, common: p.Polynomial) -> p.Polynomial:
    """Its numerator over that denominator."""
    factor = p.divided(common, one.bottom)
    assert factor is not None
    return p.times(one.top, factor)
