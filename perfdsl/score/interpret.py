"""The exact interpreter: the value of a kernel expression, and how it came about.

A value that is not there is a `Gap`, never zero; it spreads to whatever needs it and to nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from perfdsl.data.facts import NOTHING, Absent, Fact, Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.quantity import Quantity, score
from perfdsl.record import record
from perfdsl.regions import holds
from perfdsl.score.scorecard import (
    AdjustmentStep,
    BoundStep,
    CaseStep,
    DeductionStep,
    InterpolationStep,
    JudgementStep,
    LetStep,
    OtherwiseStep,
    Status,
    Step,
)
from perfdsl.score.values import days_between, interval_text, ordinal, quantity, round_steps, rounded


@record
class Gap:
    """Why there is no value: what is waited for, and the fault if it is one."""

    status: Status
    waiting_for: tuple[str, ...] = ()
    fault: Diagnostic | None = None
    unread: bool = False


def lapsing(a: Gap, b: Gap) -> Gap:
    """Two gaps in what needs both: where one does not apply, the whole does not."""
    return b if b.status is Status.NOT_APPLICABLE else a


def waited(a: Gap, b: Gap) -> Gap:
    """Two gaps in what one of them can decide: what does not apply decides nothing, so the other is waited for."""
    if Status.NOT_APPLICABLE in (a.status, b.status):
        return b if a.status is Status.NOT_APPLICABLE else a
    return Gap(a.status, (*a.waiting_for, *b.waiting_for), a.fault or b.fault, a.unread and b.unread)


Result = Value | Gap
Lookup = Callable[[], Result]


def of_fact(name: str, fact: Fact) -> Result:
    """The value of a cell, or the gap that an absent one leaves."""
    match fact.value:
        case Absent.NOT_APPLICABLE:
            return Gap(Status.NOT_APPLICABLE, (name,))
        case Absent():
            return Gap(Status.MISSING, (name,), unread=fact.value is Absent.UNREADABLE)
    return fact.value


class Interpreter:
    """Evaluates one rule for an item with this *fact*.  `names`, and behind them what is `around`, are looked up when needed, each once.

    `trial`: a chosen score counts wherever it lies, to find what the rule can give.
    """

    def __init__(self, names: dict[str, Lookup], around: Callable[[k.Name], Result], fact: Fact = NOTHING, *,
                 trial: bool = False) -> None:
        self.names = names
        self.around = around
        self.known: dict[str, Result] = {}
        self.fact = fact
        self.cell = fact.cell
        self.trial = trial
        self.steps: list[Step] = []
        self.bounds: tuple[Fraction, Fraction] | None = None

    @property
    def chosen(self) -> Fraction | None:
        """评定得分, asked for only where an officer gives the score."""
        return self.fact.chosen

    def let(self, let: k.Let) -> Lookup:
        """The lookup of an intermediate value, which is noted when it is used."""

        def value() -> Result:
            made = self.expr(let.value)
            if not isinstance(made, Gap):
                self.steps.append(LetStep(let, made))
            return made

        return value

    def expr(self, node: k.Expr) -> Result:
        match node:
            case k.Number() | k.Day():
                return node.value
            case k.Word():
                return node.text
            case k.Name():
                return self.name(node)
            case k.Arithmetic():
                return self._arithmetic(node)
            case k.Choice():
                return self._choice(node)
            case k.Extreme():
                return self._extreme(node)
            case k.Stepped():
                return self._stepped(node)
            case k.Interpolation():
                return self._interpolation(node)
            case k.Rounded():
                value = self.expr(node.value)
                return value if isinstance(value, Gap) else rounded(quantity(value), node)
            case k.Judgement():
                return self.judgement(node)
            case k.NotCounted():
                return Gap(Status.NOT_APPLICABLE)
            case _:
                assert_never(node)

    def name(self, node: k.Name) -> Result:
        """The value of a name: its own, or that of the interpreter around it."""
        if node.name not in self.known:
            lookup = self.names.get(node.name)
            self.known[node.name] = lookup() if lookup else self.around(node)
        return self.known[node.name]

    def _both(self, left: k.Expr, right: k.Expr) -> tuple[Value, Value] | Gap:
        a = self.expr(left)
        b = self.expr(right) if not isinstance(a, Gap) or a.status is not Status.NOT_APPLICABLE else a
        if isinstance(a, Gap) and isinstance(b, Gap):
            return lapsing(a, b)
        if isinstance(a, Gap):
            return a
        return b if isinstance(b, Gap) else (a, b)

    def _arithmetic(self, node: k.Arithmetic) -> Result:
        sides = self._both(node.left, node.right)
        if isinstance(sides, Gap):
            return sides
        a, b = sides
        if not isinstance(a, Quantity) or not isinstance(b, Quantity):
            return days_between(a, b)
        match node.op:
            case "+":
                return a + b
            case "−":
                return a - b
            case "×":
                return a * b
        return self._zero_divisor(node) if b.amount == 0 else a / b

    def _zero_divisor(self, node: k.Arithmetic) -> Gap:
        message = f"「{node.span.text}」除数「{node.right.span.text}」为 0，算不出来"
        return Gap(Status.MANUAL, (), Diagnostic("E452", message, self.cell or node.span,
                                                 "核对数据；确实为 0 的，在规则里先写「当 … = 0 得 …」，或在数据里填「不适用」"))

    def condition(self, node: k.Condition, seen: list[tuple[Value, Value]]) -> bool | Gap:
        if isinstance(node, k.Comparison):
            return self._comparison(node, seen)
        gap: Gap | None = None
        decisive = node.op == "或"
        for part in node.operands:
            held = self.condition(part, seen)
            if isinstance(held, Gap):
                gap = held if gap is None else (waited if decisive else lapsing)(gap, held)
            elif held is decisive:
                return decisive
        return gap if gap is not None else not decisive

    def _comparison(self, node: k.Comparison, seen: list[tuple[Value, Value]]) -> bool | Gap:
        sides = self._both(node.left, node.right)
        if isinstance(sides, Gap):
            return sides
        seen.append(sides)
        a, b = sides
        if isinstance(a, Quantity) and isinstance(b, Quantity):
            return holds(node.op, a.amount, b.amount)
        if isinstance(a, str) or isinstance(b, str):
            assert node.op in (k.Comparator.EQ, k.Comparator.NE), node  # the type check lets words only be equal or not
            return (a == b) is (node.op is k.Comparator.EQ)
        return holds(node.op, ordinal(a), ordinal(b))

    def _choice(self, node: k.Choice) -> Result:
        for case in node.cases:
            seen: list[tuple[Value, Value]] = []
            held = self.condition(case.condition, seen)
            if isinstance(held, Gap):
                return held
            self.steps.append(CaseStep(case, tuple(seen), held))
            if held:
                return self.expr(case.value)
        if node.otherwise is None:
            return Gap(Status.MANUAL, (), Diagnostic("E453", "没有一条规则适用于这个值", self.cell or node.span,
                                                     "核对数据；或给规则集补上这一段或「否则」"))
        self.steps.append(OtherwiseStep(node))
        return self.expr(node.otherwise)

    def _extreme(self, node: k.Extreme) -> Result:
        values: list[Quantity] = []
        for operand in node.operands:
            value = self.expr(operand)
            if isinstance(value, Gap):
                return value
            values.append(quantity(value))
        picked = (min if node.op == "min" else max)(values, key=lambda q: q.amount)
        if picked.amount != values[0].amount:
            self.steps.append(BoundStep(node, values[0]))
        return picked

    # ---- steps

    def _stepped(self, node: k.Stepped) -> Result:
        start = self.expr(node.start)
        gap = start if isinstance(start, Gap) else None
        points: list[Fraction] = []
        for clause in node.totals:
            made = self._adjusted(clause) if isinstance(clause, k.Adjustment) else self._step_points(clause)
            if isinstance(made, Gap):
                gap = made if gap is None else lapsing(gap, made)
            else:
                points.append(made)
        if gap is not None:
            return gap
        total = quantity(start)  # type: ignore[arg-type]  # no gap
        return Quantity(total.amount + sum(points, Fraction(0)), total.unit)

    def _adjusted(self, clause: k.Adjustment) -> Fraction | Gap:
        seen: list[tuple[Value, Value]] = []
        held = True if clause.condition is None else self.condition(clause.condition, seen)
        if isinstance(held, Gap):
            return held
        points = self.expr(clause.points) if held else score(0)
        if isinstance(points, Gap):
            return points
        signed = clause.sign * quantity(points).amount
        self.steps.append(AdjustmentStep(clause, tuple(seen), held, signed))
        return signed

    def _step_points(self, clause: k.StepTotal) -> Fraction | Gap:
        counted = self._count(clause)
        if isinstance(counted, Gap):
            return counted
        amount, steps = counted
        each = self.expr(clause.each)
        if isinstance(each, Gap):
            return each
        limit = self.expr(clause.limit) if clause.limit else None
        if isinstance(limit, Gap):
            return limit
        one = quantity(each).amount
        points = steps * one
        if limit is not None:
            points = min(points, quantity(limit).amount)
        self.steps.append(DeductionStep(clause, amount, steps, one, clause.sign * points))
        return clause.sign * points

    def _count(self, clause: k.StepTotal) -> tuple[Quantity, Fraction] | Gap:
        """What is counted, not below 0, and how many steps it is."""
        found = self.expr(clause.steps.amount)
        if isinstance(found, Gap):
            return found
        amount, size = quantity(found), clause.steps.size
        if size.unit.kind == "ratio" and amount.unit.kind not in ("ratio", "number"):
            base = self.expr(clause.steps.base)
            if isinstance(base, Gap):
                return base
            if quantity(base).amount <= 0:
                return Gap(Status.MANUAL, (), Diagnostic("E452", "目标不大于 0，算不出是它的百分之几", self.cell or clause.span))
            amount = Quantity(amount.amount / quantity(base).amount, size.unit)
        amount = Quantity(max(amount.amount, Fraction(0)), amount.unit)
        return amount, round_steps(amount.amount / size.amount, clause.steps.rounding)

    # ---- interpolation and judgement

    def _interpolation(self, node: k.Interpolation) -> Result:
        at = self.expr(node.at)
        points: list[tuple[Quantity, Quantity]] = []
        for where, what in node.anchors:
            pair = self._both(where, what)
            if isinstance(pair, Gap):
                return pair
            points.append((quantity(pair[0]), quantity(pair[1])))
        if isinstance(at, Gap):
            return at
        return self._on_line(quantity(at), sorted(points, key=lambda point: point[0].amount))

    def _on_line(self, at: Quantity, points: list[tuple[Quantity, Quantity]]) -> Quantity:
        if at.amount <= points[0][0].amount:
            return points[0][1]
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            if at.amount <= x1.amount:
                self.steps.append(InterpolationStep(at, (x0, y0), (x1, y1)))
                share = (at.amount - x0.amount) / (x1.amount - x0.amount)
                return Quantity(y0.amount + share * (y1.amount - y0.amount), y1.unit)
        return points[-1][1]

    def judgement(self, node: k.Judgement) -> Result:
        low, high = self.expr(node.low), self.expr(node.high)
        if isinstance(low, Gap) or isinstance(high, Gap):
            return low if isinstance(low, Gap) else high
        bottom, top = quantity(low).amount, quantity(high).amount
        self.bounds = bottom, top
        self.steps.append(JudgementStep(node, bottom, top, self.chosen))
        if self.chosen is None:
            return Gap(Status.MANUAL, ("评定得分",))
        inside = (bottom < self.chosen or (node.low_closed and bottom == self.chosen)) and (
            self.chosen < top or (node.high_closed and top == self.chosen)
        )
        return score(self.chosen) if inside or self.trial else Gap(Status.MANUAL, (), _outside(node, bottom, top, self))


def _outside(node: k.Judgement, low: Fraction, high: Fraction, at: Interpreter) -> Diagnostic:
    return Diagnostic("E451", f"评定得分 {score(at.chosen or 0)} 不在允许的范围内：{interval_text(node, low, high)}", at.cell or node.span,
                      "改成范围内的分数，并写明理由")
