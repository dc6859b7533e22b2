"""The budget block: its total against its parts, and the changes in the year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.execution import NAME, TWO, money_text
from perfdsl.audit.kinds import ERROR, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Money, Sheet
from perfdsl.audit.texts import per_cent, points_text, shown, squeezed

_MUCH, _LOW = Fraction(1, 5), Fraction(9, 10)


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
    message = f"年度资金总额是 0 或空，下面的分项合计全年预算 {money_text(budget, sheet)}、执行 {money_text(spent, sheet)}"
    weight = row.weight.value
    if not budget or weight is None:
        return finding("A023", ERROR, NAME, row.cell, f"{message}，合计行应照分项相加填写", basis.PART_ROWS)
    rate = spent / budget
    should = TWO.apply(min(rate, Fraction(1)) * weight)
    claimed = row.score.value
    said = f"自评 {points_text(claimed)}，应为" if claimed is not None else "得分应为"
    return finding("A023", ERROR, NAME, row.cell, f"{message}；执行率 {per_cent(rate)}，{said} {points_text(should)}"
                   f"（{money_text(spent, sheet)} ÷ {money_text(budget, sheet)} × {points_text(weight)}）", basis.PART_ROWS, claimed, should)


def _sums(row: Money, filled: list[Money], sheet: Sheet) -> Iterator[Finding]:
    """The parts may be listed by two divisions (by income, by use), so only a single list that exceeds the total is wrong."""
    for label, total, of in (("全年预算数", row.budget, [part.budget for part in filled]), ("全年执行数", row.spent, [part.spent for part in filled])):
        amounts = [amount for amount in of if amount is not None]
        if total is not None and len(amounts) == len(filled) and len(filled) == len(sheet.parts) and sum(amounts) not in (total, 2 * total):
            yield finding("A024", WARNING, NAME, row.cell, f"{label}：年度资金总额 {money_text(total, sheet)}，分项合计 "
                          f"{money_text(sum(amounts, Fraction(0)), sheet)}", basis.PART_ROWS)


def changes(sheet: Sheet) -> Iterator[Finding]:
    """A026, A027: what the notes should explain."""
    row = sheet.total
    if row is None:
        return
    notes = "".join(squeezed(note) for note in sheet.form.notes)
    if row.initial and row.budget is not None and abs(row.budget / row.initial - 1) >= _MUCH and not _explained(notes, "追加", "调增", "调减", "调整"):
        yield finding("A026", WARNING, NAME, (row.row.budget or row.row.name).cell,
                      f"年初预算 {money_text(row.initial, sheet)}，全年预算 {money_text(row.budget, sheet)}，"
                      f"变动 {'+' if row.budget > row.initial else ''}{per_cent(row.budget / row.initial - 1)}，没有说明原因", basis.CHANGED)
    rate = row.executed
    if rate is not None and rate < _LOW and not _explained(notes, "执行", "支付", "结余", "结转", "尾款") and not _said(sheet):
        yield finding("A027", WARNING, NAME, row.cell, f"执行率 {per_cent(rate)}，未达 90%，没有说明原因", basis.UNDER_90)


def _explained(notes: str, *words: str) -> bool:
    return any(word in notes for word in words)


def _said(sheet: Sheet) -> bool:
    """Whether the reason of an indicator speaks of the money that was not spent."""
    return any(_explained(item.reason, "支付", "执行", "结余", "尾款", "预算", "未付") for item in sheet.items)


CHECKS = (parts, changes)
