"""Steps and adjustments in words: `5 − 0.5 × 5步 = 2.50分（105% 超过 100% 5个百分点，每超过 1个百分点扣 0.5分）`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.model import kernel as k
from perfdsl.quantity import Quantity, decimal_text
from perfdsl.score.scorecard import AdjustmentStep, BoundStep, DeductionStep, Row
from perfdsl.score.wording import lost_text, pair_text, signed_text
from perfdsl.units import SCORE

Counted = DeductionStep | AdjustmentStep
_BOUNDS = ("扣完为止", "最低得", "最高得", "最多加", "最多扣", "to_zero", "at_", "add_at", "deduct_at")
"""How the clauses begin that bound a whole rule."""


def bounded(row: Row) -> str:
    """Says that 最低得, 最高得 or 扣完为止 decided, and what the rule alone gave."""
    return "".join(f"，算得 {signed_text(s.was.amount)}，按「{s.bound.span.text}」" for s in _bounds(row))


def _bounds(row: Row) -> list[BoundStep]:
    """The bounds around the whole rule that took effect; a 最大 or 最小 inside it is arithmetic."""
    use = row.indicator.method
    outer: list[k.Extreme] = []
    node = use.rule.score if use else None
    while isinstance(node, k.Extreme) and node.span.text.startswith(_BOUNDS):
        outer.append(node)
        node = node.operands[0]
    return [s for s in row.outcome.steps if isinstance(s, BoundStep) and s.bound in outer and s.was.unit.dimension == SCORE.dimension]


def stepped(row: Row, counted: Sequence[Counted], final: str) -> str:
    """The arithmetic from where the points start to the score, and what each term rests on."""
    bounds = _bounds(row)
    reached = bounds[0].was.shown if bounds else _reached(row)
    begin = reached - sum((s.points for s in counted), Fraction(0))
    shown = [s for s in counted if s.points] or counted[:1]
    terms = [signed_text(begin), *(_term(s) for s in shown)]
    remarks = "；".join(_remark(row, s) for s in shown)
    sums = f"{' '.join(terms)} = {signed_text(reached)}{bounded(row)}得 {final}" if bounds else f"{' '.join(terms)} = {final}"
    return f"{sums}分（{remarks}）{lost_text(row)}"


def _reached(row: Row) -> Fraction:
    return Fraction(0) if row.outcome.score is None else row.outcome.score


def _term(step: Counted) -> str:
    if isinstance(step, AdjustmentStep):
        return f"{'−' if step.adjustment.sign < 0 else '+'} {decimal_text(abs(step.points))}"
    sign = "−" if step.points < 0 or step.total.sign < 0 else "+"
    return f"{sign} {decimal_text(abs(step.points)) if _capped(step) else _product(step)}"


def _product(step: DeductionStep) -> str:
    return f"{decimal_text(step.each)} × {decimal_text(step.steps)}步"


def _capped(step: DeductionStep) -> bool:
    return step.each * step.steps != abs(step.points)


def _remark(row: Row, step: Counted) -> str:
    if isinstance(step, AdjustmentStep):
        return f"{step.adjustment.span.text}{'' if step.held else '，不成立'}"
    most = f"，{_product(step)}，最多{'扣' if step.total.sign < 0 else '加'} {decimal_text(abs(step.points))}" if _capped(step) else ""
    return f"{_amount(row, step)}，{step.total.span.text}{most}"


def _amount(row: Row, step: DeductionStep) -> str:
    """What was counted: `105% 超过 100% 5个百分点`, `计 3例`."""
    unit = step.total.steps.size.unit
    relative = unit.dimension != step.amount.unit.dimension
    amount = str(step.amount) if relative else str(Quantity(step.amount.amount, unit))
    word, actual, target = _compared(step.total.steps.amount), row.outcome.actual, row.outcome.target_value
    if not word or actual is None or target is None:
        return f"计 {amount}"
    here, wanted = pair_text(actual, target)
    if step.amount.amount == 0:
        return f"{here} 没有{word} {wanted}"
    share = isinstance(actual, Quantity) and actual.unit.kind not in ("ratio", "number") and unit.kind == "ratio"
    if share:
        return f"{here} {word} {wanted}，是目标的 {amount}"
    points = f"{amount.removesuffix('%')}个百分点" if unit.symbol == "%" else amount
    return f"{here} {word} {wanted} {points}" if unit.symbol else f"{here} {word} {wanted}，相差 {points}"


def _compared(node: k.Expr) -> str:
    """How the actual value stands to the target where they are what is counted; nothing for a count."""
    if isinstance(node, k.Extreme):
        return "偏离"
    if isinstance(node, k.Arithmetic) and isinstance(node.left, k.Name):
        return "超过" if node.left.name == "实际值" else "低于"
    return ""
