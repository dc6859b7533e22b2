"""The interpreter over values that are supposed, to see what a rule would give."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model import kernel as k
from perfdsl.model.walk import every
from perfdsl.quantity import Quantity
from perfdsl.score.interpret import Gap, Interpreter, Result
from perfdsl.score.scorecard import Status

_NOTHING = Gap(Status.MISSING)


class Supposing(Interpreter):
    """An interpreter whose names stand for values that are supposed, or for expressions worked out when they are asked for.

    An expression is worked out here, or in the `Supposing` that is written beside it.  `known` has the names that were
    asked for.  `topmost`: a score that an officer gives is the highest allowed, else the lowest.
    """

    def __init__(self, supposed: Mapping[str, Value], written: Mapping[str, tuple[k.Expr, Supposing | None]],
                 outside: Supposing | None = None, *, topmost: bool = True) -> None:
        super().__init__({}, lambda _: _NOTHING)
        self.supposed, self.written, self.outside, self.topmost = supposed, written, outside, topmost

    def name(self, node: k.Name) -> Result:
        if node.name not in self.known:
            self.known[node.name] = self._found(node)
        return self.known[node.name]

    def _found(self, node: k.Name) -> Result:
        if node.name in self.supposed:
            return self.supposed[node.name]
        if node.name in self.written:
            expression, place = self.written[node.name]
            return (place or self).expr(expression)
        return self.outside.name(node) if self.outside else _NOTHING

    def condition(self, node: k.Condition, seen: list[tuple[Value, Value]]) -> bool | Gap:
        """As the interpreter; a name behind the part that decides is asked for as well, so that a finding tells its value."""
        if isinstance(node, k.Logic):
            for name in (one for one in every(node) if isinstance(one, k.Name)):
                self.name(name)
        return super().condition(node, seen)

    def judgement(self, node: k.Judgement) -> Result:
        return self.expr(node.high if self.topmost else node.low)

    def amount(self, node: k.Expr) -> Fraction | None:
        """The amount of *node*; None where it has no value."""
        found = self.expr(node)
        return found.amount if isinstance(found, Quantity) else None

    def taken(self, node: k.Choice) -> k.Expr | None:
        """What the first line that holds gives; None where none does, or one cannot be told."""
        for case in node.cases:
            held = self.condition(case.condition, [])
            if held is not False:
                return case.value if held is True else None
        return node.otherwise


def amount(node: k.Expr, supposed: Mapping[str, Value]) -> Fraction | None:
    """The amount of an expression of a rule whose units nobody has checked yet; None where it may have none."""
    return None if any(map(_is_unsure, every(node))) else Supposing(supposed, {}).amount(node)


def _is_unsure(node: k.Expr | k.Condition) -> bool:
    """Whether *node* has a value only in a sound rule: words and days stand where they may, steps are above 0."""
    if isinstance(node, k.Stepped):
        return any(isinstance(total, k.StepTotal) and not total.steps.size.amount for total in node.totals)
    return isinstance(node, k.Word | k.Day)
