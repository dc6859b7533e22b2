"""Trees as Python functions over whole numbers of any size: one unit at a time, exact, without a library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.cells import GIVEN, MISSING
from perfdsl.plan.items import Reached
from perfdsl.plan.quotients import Terms
from perfdsl.plan.tree import Leaf, SignTest, StateTest, Test, Tree, WordTest
from perfdsl.plan.unknowns import CellDay, CellNumber, Step
from perfdsl.plan.whole import Whole
from perfdsl.plan.whole_numbers import defined
from perfdsl.plan.world import Unplanned
from perfdsl.quantity import Rounding

Values = list[Any]
"""One unit: a whole number, a word, None or `NA` for every cell, then the unknowns that are worked out."""

Function = Callable[[Values], Any]

_SIGNS = {frozenset((1,)): ">", frozenset((0, 1)): ">=", frozenset((0,)): "=="}


class Writer:
    """Writes functions of `v`, the values of a unit.  `cells` are the places of its cells in that list."""

    def __init__(self, binding: Binding, cells: Mapping[Cell, int]) -> None:
        self.binding, self.cells = binding, cells
        self.used: set[int] = set()

    # ---- numbers

    def unknown(self, number: int) -> str:
        origin = self.binding.unknowns.origins[number]
        match origin:
            case CellNumber():
                return self.value(self.cells[origin.column, origin.chosen])
            case CellDay():
                return self.value(self.cells[origin.column, False])
            case Step():
                return self.rounded(origin.terms, origin.rounding)
        return self.value(len(self.cells) + number)

    def value(self, at: int) -> str:
        """The value at that place of the list."""
        self.used.add(at)
        return f"v{at}"

    def polynomial(self, top: p.Polynomial) -> str:
        """Its value, in parentheses."""
        terms = [self._term(unknowns, int(c)) for unknowns, c in top] or ["0"]
        return f"({' + '.join(terms)})" if len(terms) != 1 else terms[0] if "*" not in terms[0] else f"({terms[0]})"

    def _term(self, unknowns: p.Unknowns, coefficient: int) -> str:
        factors = [str(coefficient)] if coefficient != 1 or not unknowns else []
        return "*".join([*factors, *(self.unknown(one) for one in unknowns)])

    def rounded(self, terms: Terms, rounding: Rounding | None, upright: bool = False) -> str:
        """The whole number of last places that *terms* are rounded to; None: the greatest whole number not above them."""
        places = 0 if rounding is None or rounding.places is None else rounding.places
        made = self.binding.quotient(terms, 10**places)
        top, bottom = self.polynomial(made.top), self.polynomial(made.bottom)
        if rounding is None:
            return f"({top} // {bottom})"
        if p.is_constant(made.bottom) and p.value_of(made.bottom) == 1:
            return top
        mode = rounding.mode.value
        if upright and mode == "half_up":
            return f"(({self.polynomial(p.plus(p.scaled(made.top, 2), made.bottom))}) // ({self.polynomial(p.scaled(made.bottom, 2))}))"
        return f"{mode}({top}, {bottom})"

    # ---- tests

    def test(self, test: Test) -> str:
        match test:
            case SignTest():
                top = self.binding.bound(test.top)
                taken = tuple((unknowns, -c) for unknowns, c in top if c < 0)
                return f"{self.polynomial(tuple(t for t in top if t[1] > 0))} {_SIGNS[test.signs]} {self.polynomial(taken)}"
            case WordTest():
                return f"{self.value(self.cells[test.column, False])} == {test.word!r}"
            case StateTest():
                cell = self.value(self.cells[test.column, test.chosen])
                return f"({cell} is not None and {cell} is not NA)" if test.state == GIVEN else (
                    f"{cell} is None" if test.state == MISSING else f"{cell} is NA")

    # ---- functions

    def function(self, tree: Tree[Any], leaf: Callable[[Any], str]) -> Function:
        """The tree as a function; *leaf* writes what it returns at each end."""
        return compiled(self.text(tree, leaf))

    def text(self, tree: Tree[Any], leaf: Callable[[Any], str]) -> str:
        """The function as Python; `used` are then the places of the values that it looks at."""
        return self.of_lines(tree, lambda value: [f"return {leaf(value)}"])

    def of_lines(self, tree: Tree[Any], leaf: Callable[[Any], list[str]], more: str = "") -> str:
        """The same where *leaf* writes lines; *more* are parameters behind `v`."""
        self.used.clear()
        lines = self._lines(tree, leaf, 1)
        return "\n".join([f"def made(v{more}):", *(f" v{at} = v[{at}]" for at in sorted(self.used)), *lines])

    def _lines(self, tree: Tree[Any], leaf: Callable[[Any], list[str]], depth: int) -> list[str]:
        indent = " " * depth
        if isinstance(tree, Leaf):
            return [f"{indent}{line}" for line in leaf(tree.value)]
        return [f"{indent}if {self.test(tree.test)}:", *self._lines(tree.yes, leaf, depth + 1), *self._lines(tree.no, leaf, depth)]


def compiled(text: str, names: Mapping[str, Any] | None = None) -> Callable[..., Any]:
    """The function that a text of ours defines: numbers, places, quoted words; *names* are known in it too.

    Raises `Unplanned` where it is nested too deeply for Python.
    """
    try:
        return defined(compile(text, "<plan>", "exec"), names)
    except (IndentationError, RecursionError, MemoryError) as deep:
        raise Unplanned("情形太深") from deep


def reached_text(writer: Writer, rounding: Rounding | None, number: Mapping[Reached, int]) -> Callable[[Reached], str]:
    """What a stage returns: the number of the leaf, and its points (or the least and the spread) as whole numbers.

    Rounded: of last places.  Else each as a top and a bottom above 0.
    """
    def text(leaf: Reached) -> str:
        ends: Sequence[Terms] = (leaf.low, leaf.high) if leaf.points is None else (leaf.points,)
        if rounding is not None and rounding.places is not None:
            sure = leaf.not_negative and leaf.upright
            return f"({', '.join([str(number[leaf]), *(writer.rounded(end, rounding, sure) for end in ends)])},)"
        quotients = [writer.binding.quotient(end) for end in ends]
        pairs = (f"upright({writer.polynomial(q.top)}, {writer.polynomial(q.bottom)})" for q in quotients)
        return f"({', '.join([str(number[leaf]), *pairs])},)"

    return text


def whole_text(writer: Writer, rounding: Rounding | None, number: Mapping[Whole, int]) -> Callable[[Whole], str]:
    """What the tree of the whole returns: the number of the leaf, the least and the greatest total in last places; where there is no score, these
    before they are rounded, each as a top and a bottom."""
    def text(leaf: Whole) -> str:
        ends = (writer.binding.quotient(end) for end in leaf.ends or ())
        pairs = "".join(f", ({writer.polynomial(q.top)}, {writer.polynomial(q.bottom)})" for q in ends)
        return f"({number[leaf]}, {writer.rounded(leaf.low, rounding)}, {writer.rounded(leaf.high, rounding)}{pairs})"

    return text
