"""Whole trees as array operations: both ways of a test are worked out, and the mask picks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import lcm
from typing import Any

import numpy as np

from perfdsl.batch.columns.assumed import INT32
from perfdsl.batch.columns.numbers import Number, Numbers, Soft
from perfdsl.batch.columns.program import Constant, Program, Register, Sink, stored
from perfdsl.batch.columns.tests import Tests
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Quotient
from perfdsl.plan.tree import Branch, Leaf, SignTest, Tree, leaves, mapped

ANYTHING = None
"""At a leaf: what stands there does not matter, since its units are worked out elsewhere."""

Points = Soft | Register | int
"""Last places: a number for all, a column of int32, or a quotient that is not yet rounded."""


def pruned(tree: Tree[Any], tests: Tests) -> Tree[Any]:
    """The tree without tests that are settled for every unit, and without leaves at which anything may stand."""
    if isinstance(tree, Leaf):
        return tree
    settled = tests.settled(tree.test)
    if settled is not None:
        return pruned(tree.yes if settled else tree.no, tests)
    yes, no = pruned(tree.yes, tests), pruned(tree.no, tests)
    if yes == no or no == Leaf(ANYTHING):
        return yes
    return no if yes == Leaf(ANYTHING) else Branch(tree.test, yes, no)


class Trees:
    """Writes trees into a program; `suspects` are the masks of units that are to be worked out elsewhere."""

    def __init__(self, numbers: Numbers, tests: Tests, suspects: Register) -> None:
        self.numbers, self.tests, self.suspects = numbers, tests, suspects
        self.program: Program = numbers.program
        self._asked: Register | None = None
        self._is_bounded = False

    @contextmanager
    def only(self, mask: Register | bool) -> Iterator[None]:
        """What is written meanwhile is asked of the units of the mask alone: no other becomes a suspect by it."""
        before, self._asked = self._asked, mask if isinstance(mask, Register) else None
        yield
        self._asked = before

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """What is written meanwhile is held to bounds within int32 once the ways are picked: what does not fit is put beyond these."""
        before, self._is_bounded = self._is_bounded, True
        yield
        self._is_bounded = before

    # ---- points

    def points(self, tree: Tree[Any], leaf: Callable[[Any], Points]) -> Points:
        """Last places of the tree; *leaf* tells those of its ends."""
        if isinstance(tree, Leaf):
            return leaf(tree.value)
        yes, no = self.points(tree.yes, leaf), self.points(tree.no, leaf)
        for const, other, held in ((yes, no, True), (no, yes, False)):
            if isinstance(const, int) and isinstance(other, Soft) and (kept := self._kept(tree.test, held, const, other)) is not None:
                return kept
        out = self.program.new("i")
        with self.program.scope():
            self._picked(self.tests.mask(tree.test), self.whole(yes), self.whole(no), out)
        self.tests.forget()
        return out

    def _kept(self, test: object, held: bool, const: int, other: Soft) -> Soft | None:
        """A number beside a quotient that reaches it just where the test says: the quotient, kept at that number."""
        if other.mixed or not isinstance(test, SignTest) or not test.signs & {1} or not other.low <= const <= other.high:
            return None
        beyond = p.plus(p.scaled(other.pair.top, 10 ** (other.rounding.places or 0)), p.scaled(other.pair.bottom, -const))
        (whole, factor), (asked, turned) = p.primitive(beyond), p.primitive(self.numbers.binding.bound(test.top))
        if whole != asked or not self._reaches(other):
            return None
        above = (factor * turned > 0) is held
        return _with_ends(other, other.low, const) if above else _with_ends(other, const, other.high)

    def _reaches(self, one: Soft) -> bool:
        """Whether it is as great as can be where its denominator is 0; raises nothing where it has none such."""
        bottom, top = self.numbers.range(one.pair.bottom), self.numbers.range(one.pair.top)
        return bottom.low >= 1 or (bottom.low >= 0 and top.low >= 1)

    def whole(self, points: Points) -> Register | int:
        """Rounded and cut to int32."""
        if not isinstance(points, Soft):
            return points
        out = self.program.new("i")
        self.cut(points, out)
        return out

    def cut(self, points: Soft, out: Register | Sink) -> None:
        """A quotient rounded and cut to int32."""
        with self.program.scope():
            made = self.numbers.rounded(points.pair, points.rounding, (points.low, points.high), points.mixed)
            if max(-points.low, points.high) >= INT32 and self.numbers.most(points.pair, points.rounding) >= INT32:
                self.suspect_beyond(made)
            self.program.do(stored, made, out)

    def suspect_beyond(self, made: Register) -> None:
        """Units of which the points may not fit into int32, or are none, are worked out elsewhere."""
        if self._is_bounded:
            self.program.do(np.fmin, made, Constant(float(INT32)), made)
            self.program.do(np.fmax, made, Constant(-float(INT32)), made)
            return
        with self.program.scope():
            size = self.program.made(np.abs, "f", made)
            within = self.program.made(np.less, "m", size, float(INT32))
            if self._asked is not None:
                self.program.do(np.less_equal, self._asked, within, within)
            self.program.do(np.less_equal, within, self.suspects, self.suspects)

    def _picked(self, mask: Register, yes: Register | int, no: Register | int, out: Register) -> None:
        """*yes* where the mask holds, else *no*: by bits, since a branch on every unit would cost ten times as much."""
        do = self.program.do
        do(stored, mask, out)
        do(np.negative, out, out)
        if isinstance(yes, int) and isinstance(no, int):
            do(np.bitwise_and, out, yes - no, out)
            if no:
                do(np.add, out, no, out)
            return
        with self.program.scope():
            apart = self.program.new("i")
            do(np.bitwise_xor, yes, no, apart)
            do(np.bitwise_and, out, apart, out)
            do(np.bitwise_xor, out, no, out)

    # ---- other things at the leaves

    def flags(self, tree: Tree[bool]) -> Register | bool:
        """A tree of yes and no as a mask."""
        if isinstance(tree, Leaf):
            return bool(tree.value)
        yes, no = self.flags(tree.yes), self.flags(tree.no)
        out = self.program.new("m")
        with self.program.scope():
            mask = self.tests.mask(tree.test)
            self._either(mask, yes, no, out)
        self.tests.forget()
        return out

    def _either(self, mask: Register, yes: Register | bool, no: Register | bool, out: Register) -> None:
        do = self.program.do
        if yes is True:
            do(np.logical_or, mask, no, out)
        elif yes is False:
            do(np.greater, no, mask, out)
        elif no is True:
            do(np.less_equal, mask, yes, out)
        elif no is False:
            do(np.logical_and, mask, yes, out)
        else:
            with self.program.scope():
                other = self.program.made(np.greater, "m", no, mask)
                do(np.logical_and, mask, yes, out)
                do(np.logical_or, out, other, out)

    def codes(self, tree: Tree[int]) -> Register | int:
        """A tree of numbers up to 127 as int8."""
        if isinstance(tree, Leaf):
            return int(tree.value)
        yes, no = self.codes(tree.yes), self.codes(tree.no)
        out = self.program.new("b")
        with self.program.scope():
            self.program.do(np.negative, self.tests.mask(tree.test).seen_as("b"), out)
            apart = yes ^ no if isinstance(yes, int) and isinstance(no, int) else self.program.made(np.bitwise_xor, "b", _short(yes), _short(no))
            self.program.do(np.bitwise_and, out, _short(apart), out)
            self.program.do(np.bitwise_xor, out, _short(no), out)
        self.tests.forget()
        return out

    # ---- points that are not rounded

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


def _short(value: Register | int) -> Any:
    return np.asarray(value, np.int8) if isinstance(value, int) else value


def _with_ends(one: Soft, low: int, high: int) -> Soft:
    return Soft(one.pair, one.rounding, low, high)
