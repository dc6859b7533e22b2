"""The budget block: the execution rate, its points, the parts, the changes in the year."""

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
_TWO = Rounding(2)
_MUCH, _LOW = Fraction(1, 5), Fraction(9, 10)
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
    return None if rate is None or weight is None else _TWO.apply(min(rate, Fraction(1)) * weight)


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
    return f"{_money(row.spent, sheet)} ÷ {_money(row.budget, sheet)} = {per_cent(row.executed or Fraction(0))}"


def _money(yuan: Fraction | None, sheet: Sheet) -> str:
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
    initial = first is not None and claimed in (_TWO.apply(first), Rounding(1).apply(first))
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


def parts(sheet: Sheet) -> Iterator[Finding]:
    """A023, A024, A025: the total row against its parts."""
    row, filled = sheet.total, [part for part in sheet.parts if part.budget or part.spent]
    if row is None:
        return
    if filled and not row.budget and not row.spent:
        yield _empty(row, filled, sheet)
    elif len(filled) > 0:
        yield from _sums(row, filled, sheet)
    for part in sheet.parts:
        if part.score.value is not None and part.score.value > 0:
            yield finding("A025", WARNING, NAME, part.cell, f"资金分项「{shown(part.row.name)}」也写了得分 {points_text(part.score.value)}，"
                          "只有合计一行计分", basis.PART_ROWS)


def _empty(row: Money, filled: list[Money], sheet: Sheet) -> Finding:
    budget = sum((part.budget or Fraction(0) for part in filled), Fraction(0))
    spent = sum((part.spent or Fraction(0) for part in filled), Fraction(0))
    message = f"年度资金总额是 0 或空，下面的分项合计全年预算 {_money(budget, sheet)}、执行 {_money(spent, sheet)}"
    weight = row.weight.value
    if not budget or weight is None:
        return finding("A023", ERROR, NAME, row.cell, f"{message}，合计行应照分项相加填写", basis.PART_ROWS)
    rate = spent / budget
    should = _TWO.apply(min(rate, Fraction(1)) * weight)
    claimed = row.score.value
    said = f"自评 {points_text(claimed)}，应为" if claimed is not None else "得分应为"
    return finding("A023", ERROR, NAME, row.cell, f"{message}；执行率 {per_cent(rate)}，{said} {points_text(should)}"
                   f"（{_money(spent, sheet)} ÷ {_money(budget, sheet)} × {points_text(weight)}）", basis.PART_ROWS, claimed, should)


def _sums(row: Money, filled: list[Money], sheet: Sheet) -> Iterator[Finding]:
    """The parts may be listed by two divisions (by income, by use), so only a single list that exceeds the total is wrong."""
    for label, total, of in (("全年预算数", row.budget, [part.budget for part in filled]), ("全年执行数", row.spent, [part.spent for part in filled])):
        amounts = [amount for amount in of if amount is not None]
        if total is not None and len(amounts) == len(filled) and len(filled) == len(sheet.parts) and sum(amounts) not in (total, 2 * total):
            yield finding("A024", WARNING, NAME, row.cell, f"{label}：年度资金总额 {_money(total, sheet)}，分项合计 "
                          f"{_money(sum(amounts, Fraction(0)), sheet)}", basis.PART_ROWS)


def changes(sheet: Sheet) -> Iterator[Finding]:
    """A026, A027: what the notes should explain."""
    row = sheet.total
    if row is None:
        return
    notes = "".join(squeezed(note) for note in sheet.form.notes)
    if row.initial and row.budget is not None and abs(row.budget / row.initial - 1) >= _MUCH and not _explained(notes, "追加", "调增", "调减", "调整"):
        yield finding("A026", WARNING, NAME, (row.row.budget or row.row.name).cell,
                      f"年初预算 {_money(row.initial, sheet)}，全年预算 {_money(row.budget, sheet)}，"
                      f"变动 {'+' if row.budget > row.initial else ''}{per_cent(row.budget / row.initial - 1)}，没有说明原因", basis.CHANGED)
    rate = row.executed
    if rate is not None and rate < _LOW and not _explained(notes, "执行", "支付", "结余", "结转", "尾款") and not _said(sheet):
        yield finding("A027", WARNING, NAME, row.cell, f"执行率 {per_cent(rate)}，未达 90%，没有说明原因", basis.UNDER_90)


def _explained(notes: str, *words: str) -> bool:
    return any(word in notes for word in words)


def _said(sheet: Sheet) -> bool:
    """Whether the reason of an indicator speaks of the money that was not spent."""
    return any(_explained(item.reason, "支付", "执行", "结余", "尾款", "预算", "未付") for item in sheet.items)


CHECKS = (execution, execution_score, parts, changes)
