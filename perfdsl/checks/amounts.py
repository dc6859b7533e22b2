"""The exact amount of a kernel expression where the values of its names are supposed.

This is the arithmetic of the interpreter without its reasons: amounts in base units, days as their ordinals.
`tests/properties/test_soundness.py` holds the two to the same results.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from perfdsl.model import kernel as k
from perfdsl.quantity import of
from perfdsl.regions import holds
from perfdsl.units import DAY, PURE, SCORE, Unit, unit_of_result

Value = Fraction | str | None
"""An amount, a text, or None where there is no value."""


class Scope:
    """Names and what they stand for: values that are supposed, and expressions worked out when they are asked for.

    `known` has the names that were asked for.  `topmost`: a score that an officer gives is the highest allowed, else the lowest.
    """

    def __init__(self, supposed: Mapping[str, Value], written: Mapping[str, tuple[k.Expr, Scope | None]],
                 units: Mapping[str, Unit], around: Scope | None = None, *, topmost: bool = True) -> None:
        self.supposed = supposed
        self.known: dict[str, Value] = {}
        self.written = written
        self.units = units
        self.around = around
        self.topmost = topmost

    def of(self, name: str) -> Value:
        if name not in self.known:
            self.known[name] = self._found(name)
        return self.known[name]

    def _found(self, name: str) -> Value:
        if name in self.supposed:
            return self.supposed[name]
        if name not in self.written:
            return self.around.of(name) if self.around else None
        self.known[name] = None
        node, scope = self.written[name]
        return value(node, scope or self)

    def unit(self, node: k.Expr) -> Unit:
        """The unit in which the value of *node* is shown."""
        match node:
            case k.Number():
                return node.value.unit
            case k.Name():
                return self._unit_of(node.name)
            case k.Arithmetic():
                return unit_of_result("+" if node.op in "+−" else node.op, self.unit(node.left), self.unit(node.right))
            case k.Extreme():
                return self.unit(node.operands[0])
            case k.Rounded():
                return self.unit(node.value)
            case k.Day():
                return DAY
            case k.Choice() | k.Stepped() | k.Interpolation() | k.Judgement():
                return SCORE
        return PURE

    def _unit_of(self, name: str) -> Unit:
        if name in self.units:
            return self.units[name]
        if name in self.written:
            node, scope = self.written[name]
            return (scope or self).unit(node)
        return self.around._unit_of(name) if self.around else PURE


def value(node: k.Expr, scope: Scope) -> Value:
    """The value of *node*; None where a name has none, a divisor is 0, no line applies, or the item does not count."""
    match node:
        case k.Number():
            return node.value.amount
        case k.Name():
            return scope.of(node.name)
        case k.Day():
            return Fraction(node.value.toordinal())
        case k.Word():
            return node.text
        case k.Arithmetic():
            return _arithmetic(node.op, amount(node.left, scope), amount(node.right, scope))
        case k.Choice():
            line = taken(node, scope)
            return None if line is None else value(line, scope)
        case k.Extreme():
            return _extreme(node, scope)
        case k.Stepped():
            return _sum([amount(node.start, scope), *(_points(total, scope) for total in node.totals)])
        case k.Interpolation():
            return _interpolation(node, scope)
        case k.Rounded():
            return _rounded(node, scope)
        case k.Judgement():
            return value(node.high if scope.topmost else node.low, scope)
        case k.NotCounted():
            return None
        case _:
            assert_never(node)


def amount(node: k.Expr, scope: Scope) -> Fraction | None:
    found = value(node, scope)
    return found if isinstance(found, Fraction) else None


def _arithmetic(op: str, a: Fraction | None, b: Fraction | None) -> Fraction | None:
    if a is None or b is None or (op == "÷" and not b):
        return None
    match op:
        case "+":
            return a + b
        case "−":
            return a - b
        case "×":
            return a * b
    return a / b


def _sum(parts: list[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def taken(node: k.Choice, scope: Scope) -> k.Expr | None:
    """What the first line that holds gives; None where none does, or one cannot be told."""
    for case in node.cases:
        held = holding(case.condition, scope)
        if held is None:
            return None
        if held:
            return case.value
    return node.otherwise


def holding(node: k.Condition, scope: Scope) -> bool | None:
    if isinstance(node, k.Comparison):
        return _compared(node.op, value(node.left, scope), value(node.right, scope))
    parts = [holding(part, scope) for part in node.operands]
    decisive = node.op == "或"
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _compared(op: k.Comparator, a: Value, b: Value) -> bool | None:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return holds(op, a, b)
    return (a == b) is (op is k.Comparator.EQ) if isinstance(a, str) and isinstance(b, str) else None


def _extreme(node: k.Extreme, scope: Scope) -> Fraction | None:
    found = [amount(operand, scope) for operand in node.operands]
    known = [one for one in found if one is not None]
    return (min if node.op == "min" else max)(known) if len(known) == len(found) else None


def _rounded(node: k.Rounded, scope: Scope) -> Fraction | None:
    found = amount(node.value, scope)
    unit = scope.unit(node.value)
    return None if found is None else of(node.rounding.apply(found / unit.factor), unit).amount


def _interpolation(node: k.Interpolation, scope: Scope) -> Fraction | None:
    at = amount(node.at, scope)
    points = [(x, y) for a, b in node.anchors if (x := amount(a, scope)) is not None and (y := amount(b, scope)) is not None]
    if at is None or len(points) < len(node.anchors):
        return None
    points.sort(key=lambda point: point[0])
    if at <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if at <= x1:
            return y0 + (at - x0) / (x1 - x0) * (y1 - y0)
    return points[-1][1]


# ---- steps


def _points(total: k.StepTotal | k.Adjustment, scope: Scope) -> Fraction | None:
    """What one clause adds; below 0 where it takes off."""
    if isinstance(total, k.Adjustment):
        return _adjusted(total, scope)
    steps, each = _steps(total.steps, scope), amount(total.each, scope)
    most = amount(total.limit, scope) if total.limit else None
    if steps is None or each is None or (total.limit and most is None):
        return None
    points = steps * each
    return total.sign * (points if most is None else min(points, most))


def _adjusted(total: k.Adjustment, scope: Scope) -> Fraction | None:
    held = True if total.condition is None else holding(total.condition, scope)
    if held is None:
        return None
    points = amount(total.points, scope) if held else Fraction(0)
    return None if points is None else total.sign * points


def _steps(steps: k.Steps, scope: Scope) -> Fraction | None:
    counted = amount(steps.amount, scope)
    if counted is not None and steps.size.unit.kind == "ratio" and scope.unit(steps.amount).kind not in ("ratio", "number"):
        base = amount(steps.base, scope)
        counted = counted / base if base is not None and base > 0 else None
    if counted is None or not steps.size.amount:
        return None
    return _whole(max(counted, Fraction(0)) / steps.size.amount, steps.rounding)


def _whole(steps: Fraction, rounding: k.StepRounding) -> Fraction:
    match rounding:
        case k.StepRounding.DROP:
            return Fraction(steps // 1)
        case k.StepRounding.SHARE:
            return steps
        case k.StepRounding.FULL:
            return Fraction(-(-steps // 1))
