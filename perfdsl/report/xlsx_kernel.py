"""A reader of the kernel that writes spreadsheet formulas: one function a node."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from perfdsl.model import kernel as k
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.report.xlsx_piece import (
    SUM,
    Piece,
    Unsayable,
    arithmetic,
    compared,
    day_piece,
    either,
    extreme,
    floated,
    half_up,
    joined,
    number,
    text_piece,
)
from perfdsl.report.xlsx_rounding import rounded
from perfdsl.units import DAY, PURE

NOTHING = Piece("NA()", None)
_STEPS = {k.StepRounding.DROP: RoundingMode.TRUNCATE, k.StepRounding.FULL: RoundingMode.UP}
_DEEPEST, _LONG = 60, 80


class Formulas:
    """Writes the expressions of one rule.  `named` gives the cell of a name, `chosen` that of the officer's score,
    `aside` a cell of its own for what is used more than once."""

    def __init__(self, named: Callable[[k.Name], Piece], chosen: Callable[[], Piece], aside: Callable[[str, Piece], Piece]) -> None:
        self.named, self.chosen, self.aside = named, chosen, aside

    def expr(self, node: k.Expr) -> Piece:
        """The formula of a node.  Raises `Unsayable`."""
        match node:
            case k.Number():
                return number(node.value.amount, node.value.unit)
            case k.Word():
                return text_piece(node.text)
            case k.Day():
                return day_piece(node.value)
            case k.Name():
                return self.named(node)
            case k.Arithmetic():
                return self._arithmetic(node)
            case k.Choice():
                return self._choice(node)
            case k.Extreme():
                return extreme(node.op, [self.expr(operand) for operand in node.operands])
            case k.Stepped():
                return self._stepped(node)
            case k.Interpolation():
                return self._interpolation(node)
            case k.Rounded():
                return self._rounded(node)
            case k.Judgement():
                return self.chosen()
            case k.NotCounted():
                return NOTHING
            case _:
                assert_never(node)

    def condition(self, node: k.Condition) -> Piece:
        match node:
            case k.Comparison():
                return compared(node.op, self.expr(node.left), self.expr(node.right))
            case k.Logic():
                return joined(node.op, [self.condition(part) for part in node.operands])
            case _:
                assert_never(node)

    def short(self, label: str, piece: Piece) -> Piece:
        """*piece*, in a cell of its own where it is long."""
        return piece if len(piece.text) <= _LONG else self.aside(label, piece)

    def _arithmetic(self, node: k.Arithmetic) -> Piece:
        made = arithmetic(node.op, self.expr(node.left), self.expr(node.right))
        days = node.op == "−" and isinstance(node.left, k.Day)
        return Piece(made.text, made.value, DAY, made.level) if days else made

    def _choice(self, node: k.Choice) -> Piece:
        if len(node.cases) > _DEEPEST:
            raise Unsayable("情形太多，公式里写不下")
        made = NOTHING if node.otherwise is None else self.expr(node.otherwise)
        for case in reversed(node.cases):
            made = either(self.condition(case.condition), self.expr(case.value), made)
        return made

    def _rounded(self, node: k.Rounded) -> Piece:
        """The number before the unit is rounded."""
        value = self.expr(node.value)
        factor = number(value.unit.factor)
        if value.unit.factor == 1:
            return self._kept(value, node.rounding)
        return arithmetic("×", self._kept(Piece(*_fields(arithmetic("÷", value, factor))), node.rounding), _in(factor, value))

    def _kept(self, value: Piece, rounding: Rounding) -> Piece:
        plain = rounding.mode in (RoundingMode.HALF_UP, RoundingMode.TRUNCATE)
        return rounded(value if plain else self.short("取舍前", value), rounding)

    # ---- steps

    def _stepped(self, node: k.Stepped) -> Piece:
        made = self.expr(node.start)
        for clause in node.totals:
            points = self._adjusted(clause) if isinstance(clause, k.Adjustment) else self._step_points(clause)
            made = arithmetic("+" if clause.sign > 0 else "−", made, points)
        return made

    def _adjusted(self, clause: k.Adjustment) -> Piece:
        points = self.expr(clause.points)
        return points if clause.condition is None else either(self.condition(clause.condition), points, number(Fraction(0), points.unit))

    def _step_points(self, clause: k.StepTotal) -> Piece:
        points = arithmetic("×", self._count(clause.steps), self.expr(clause.each))
        return points if clause.limit is None else extreme("min", [points, self.expr(clause.limit)])

    def _count(self, steps: k.Steps) -> Piece:
        amount, size = self.expr(steps.amount), steps.size
        if size.unit.kind == "ratio" and amount.unit.kind not in ("ratio", "number"):
            amount = arithmetic("÷", amount, self.expr(steps.base))
        counted = arithmetic("÷", extreme("max", [amount, number(Fraction(0))]), number(size.amount))
        if steps.rounding is k.StepRounding.SHARE:
            return Piece(counted.text, counted.value, PURE, counted.level)
        return _whole_steps(counted, "ROUNDDOWN" if steps.rounding is k.StepRounding.DROP else "ROUNDUP", _STEPS[steps.rounding])

    # ---- interpolation

    def _interpolation(self, node: k.Interpolation) -> Piece:
        at = self.short("插值的依据", self.expr(node.at))
        points = [(self.expr(where), self.expr(what)) for where, what in node.anchors]
        if any(floated(where) is None for where, _ in points):
            raise Unsayable("插值的各点还没有值")
        points.sort(key=lambda point: floated(point[0]) or 0.0)
        made = points[-1][1]
        for (x0, y0), (x1, y1) in reversed(list(zip(points, points[1:], strict=False))):
            share = arithmetic("÷", arithmetic("−", at, x0), arithmetic("−", x1, x0))
            line = arithmetic("+", y0, arithmetic("×", share, arithmetic("−", y1, y0)))
            made = either(_up_to(at, x1), line, made)
        first = points[0]
        return either(_up_to(at, first[0]), first[1], made)


def _fields(piece: Piece) -> tuple[str, float | str | bool | None]:
    return f"({piece.text})", piece.value


def _in(factor: Piece, value: Piece) -> Piece:
    return Piece(factor.text, factor.value, value.unit, factor.level)


def _up_to(at: Piece, end: Piece) -> Piece:
    """At the very end both lines give the same: floats may fall on either side."""
    a, b = floated(at), floated(end)
    return Piece(f"{at.within(SUM)}<={end.within(SUM)}", None if a is None or b is None else a <= b, level=0)


def _whole_steps(counted: Piece, function: str, mode: RoundingMode) -> Piece:
    value = floated(counted)
    trusted = None if value is None else half_up(value, 9)
    whole = None if trusted is None else float(-(-trusted // 1) if mode is RoundingMode.UP else trusted // 1)
    return Piece(f"{function}(ROUND({counted.text},9),0)", whole, PURE)
