"""Trees of yes and no, and of small numbers, as array operations."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.columns.program import Register
from perfdsl.batch.columns.writer import Writer
from perfdsl.plan.tree import Leaf, Tree


class Masks(Writer):
    """Writes trees of what holds of a unit, and of codes."""

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


def _short(value: Register | int) -> Any:
    return np.asarray(value, np.int8) if isinstance(value, int) else value
