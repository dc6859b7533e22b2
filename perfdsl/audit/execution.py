"""The execution rate of the budget and its points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Money, Sheet
from perfdsl.audit.texts import per_cent, places_of, points_text, shown, squeezed, too_much
from perfdsl.forms.form import Said
from perfdsl.quantity import Rounding, decimal_text
from perfdsl.units import unit_of

NAME = "预算执行率"
TWO = Rounding(2)
_STEPS = (Fraction(5, 100), Fraction(1, 10), Fraction(2, 100))
"""Shares of the weight that rules in use take off for each percentage point."""


def execution(sheet: Sheet) -> Iterator[Finding]:
    """A021, A028 of the total row."""
    row = sheet.total
    rate = row.executed if row else None
    if row is None or rate is None:
        return
    yield from _rate(row, rate, sheet)
    if rate > 1:
        yield finding("A028", WARNING, NAME, row.cell, f"{_division(row, sheet)}，执行数大于全年预算数，应核对口径", basis.EXECUTION)


def execution_score(sheet: Sheet) -> Iterator[Finding]:
    """A022, A105 of the total row; a ruleset takes its place."""
    row = sheet.total
    if row is not None and row.executed is not None:
        yield from _score(row, row.executed, sheet)


def computed(row: Money) -> Fraction | None:
    """The points of the execution rate, to two places."""
    rate, weight = row.executed, row.weight.value
    return None if rate is None or weight is None else TWO.apply(min(rate, Fraction(1)) * weight)


def _rate(row: Money, rate: Fraction, sheet: Sheet) -> Iterator[Finding]:
    """The rate as printed against the division; wrong for sure where no amounts that print so give it."""
    if row.rate is None:
        return
    low, high = _between(row, sheet.form.money_unit)
    half = Fraction(1, 2 * 10 ** (places_of(row.row.rate) + 2))
    if abs(row.rate - rate) < 2 * half or (low <= 0 and row.rate == 0):
        return
    sure = row.rate + 2 * half < low or row.rate - 2 * half > high
    severity = WARNING if _by_initial(row) else ERROR if sure else REMARK
    yield finding("A021", severity, NAME, (row.row.rate or row.row.name).cell,
                  f"执行率写「{shown(row.row.rate)}」，应为 {per_cent(rate)}（{_division(row, sheet)}）"
                  + ("；写的是执行数 ÷ 年初预算数" if _by_initial(row) else ""), basis.EXECUTION)


def _by_initial(row: Money) -> bool:
    """Whether the printed rate is that of the budget at the start of the year."""
    unit = Fraction(1, 10 ** (places_of(row.row.rate) + 2))
    return bool(row.initial) and row.spent is not None and row.rate is not None and abs(row.spent / (row.initial or 1) - row.rate) < unit


def _between(row: Money, unit: str) -> tuple[Fraction, Fraction]:
    """The rates that amounts which round to the printed ones can give."""
    spent, budget = row.spent or Fraction(0), row.budget or Fraction(1)
    a, b = _half(row.row.spent, unit), _half(row.row.budget, unit)
    return max(Fraction(0), (spent - a) / (budget + b)), (spent + a) / (budget - b) if budget > b else Fraction(10**9)


def _half(said: Said | None, unit: str) -> Fraction:
    worth = next((u for u in ("亿元", "万元", "元") if u in squeezed(said)), unit)
    found = unit_of(worth)
    return (found.factor if found else Fraction(1)) / Fraction(2 * 10 ** places_of(said))


def _division(row: Money, sheet: Sheet) -> str:
    return f"{money_text(row.spent, sheet)} ÷ {money_text(row.budget, sheet)} = {per_cent(row.executed or Fraction(0))}"


def money_text(yuan: Fraction | None, sheet: Sheet) -> str:
    """An amount in the form's unit."""
    unit = unit_of(sheet.form.money_unit)
    return decimal_text((yuan or Fraction(0)) / (unit.factor if unit else 1))


def _score(row: Money, rate: Fraction, sheet: Sheet) -> Iterator[Finding]:
    claimed, should, weight = row.score.value, computed(row), row.weight.value
    if claimed is None or should is None or weight is None or not 0 <= claimed <= weight:
        return
    exact = min(rate, Fraction(1)) * weight
    printed = None if row.rate is None else min(row.rate, Fraction(1)) * weight
    if claimed in (should, Rounding(1).apply(exact), exact) or abs(claimed - exact) < Fraction(1, 100):
        return
    how = f"{_division(row, sheet)}，× {points_text(weight)}"
    message = f"自评 {points_text(claimed)}，应为 {points_text(should)}（{how}），{too_much(claimed - should)}"
    if abs(claimed - exact) < 1 and claimed.denominator == 1 and rate < 1:
        yield finding("A105", WARNING, NAME, row.cell, f"{message}；自评取了整数", basis.EXECUTION, claimed, should)
        return
    first = row.spent / row.initial * weight if row.initial and row.spent is not None else None
    initial = first is not None and claimed in (TWO.apply(first), Rounding(1).apply(first))
    sure = not initial and (rate == 1 or (claimed > should and claimed == printed and not _by_initial(row)))
    message += "；与执行数 ÷ 年初预算数相符" if initial else ""
    yield finding("A022", ERROR if sure else WARNING, NAME, row.cell, message + _step_rule(rate, weight, claimed), basis.EXECUTION, claimed, should)


def _step_rule(rate: Fraction, weight: Fraction, claimed: Fraction) -> str:
    """Which deduction for each percentage point would give the claim."""
    short = (1 - min(rate, Fraction(1))) * 100
    for step in _STEPS:
        if any(weight - step * weight * count == claimed for count in (Fraction(round(short)), short)):
            each = points_text(step * weight)
            return f"；与「每低 1 个百分点扣 {each} 分」相符，评分标准如是这样，应附上"
    return ""


CHECKS = (execution, execution_score)
