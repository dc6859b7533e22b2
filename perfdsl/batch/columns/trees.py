"""Whole trees as array operations: both ways of a test are worked out, and the mask picks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from perfdsl.batch.columns.assumed import INT32
from perfdsl.batch.columns.masks import Masks
from perfdsl.batch.columns.numbers import Numbers
from perfdsl.batch.columns.numerators import Numerators
from perfdsl.batch.columns.program import Constant, Register, Sink, stored
from perfdsl.batch.columns.rounding import rounded
from perfdsl.batch.columns.soft import Soft
from perfdsl.batch.columns.tests import Tests
from perfdsl.plan import polynomial as p
from perfdsl.plan.tree import Leaf, SignTest, Tree

Points = Soft | Register | int
"""Last places: a number for all, a column of int32, or a quotient that is not yet rounded."""


class Trees(Masks, Numerators):
    """Writes trees into a program; `suspects` are the masks of units that are to be worked out elsewhere."""

    def __init__(self, numbers: Numbers, tests: Tests, suspects: Register) -> None:
        super().__init__(numbers, tests)
        self.suspects = suspects
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
            made = rounded(self.numbers, points.pair, points.rounding, (points.low, points.high), points.mixed)
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


def _with_ends(one: Soft, low: int, high: int) -> Soft:
    return Soft(one.pair, one.rounding, low, high)
