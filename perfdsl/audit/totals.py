"""Weights and scores of the whole form against its total."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.added import HUNDRED, ROUNDINGS, apart, budget_of, claims_of, near, sum_of, weights_of
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Sheet
from perfdsl.audit.texts import points_of, points_text, shown, squeezed, too_much


def weights(sheet: Sheet) -> Iterator[Finding]:
    """A001: all weights against the declared total (100 where the form prints none)."""
    declared = points_of(sheet.form.total_weight).value
    found = weights_of(sheet.items) + budget_of(sheet, "weight")
    if not sheet.items or found == (declared or HUNDRED) or apart(sheet):
        return
    if not sheet.whole and found <= (declared or HUNDRED):
        return
    said = sheet.form.total_weight
    where = said.cell if said else sheet.items[-1].cell
    total = f"声明为 {points_text(declared)}" if declared is not None else "应为 100"
    is_near = near(declared or HUNDRED, found, [item.weight for item in sheet.items])
    yield finding("A001", REMARK if is_near else ERROR if declared is not None else WARNING, "总分", where,
                  f"分值合计 {points_text(found)}（{_added(sheet)}），总分{total}，{too_much(found - (declared or HUNDRED))}")


def _added(sheet: Sheet) -> str:
    """`预算执行 10 + 产出指标 50`: the first level with its sums."""
    sums: dict[str, Fraction] = {}
    for item in sheet.items:
        first = squeezed(item.row.levels[0]) if item.row.levels else "其他"
        sums[first or "其他"] = sums.get(first or "其他", Fraction(0)) + (item.weight.value or Fraction(0))
    budget = budget_of(sheet, "weight")
    shares = [f"预算执行 {points_text(budget)}"] if budget else []
    return " + ".join([*shares, *(f"{name} {points_text(value)}" for name, value in sums.items())])


def scores(sheet: Sheet) -> Iterator[Finding]:
    """A004: the scores added up against the printed total; what is not filled may be anything it can be."""
    printed, said = points_of(sheet.printed).value, sheet.printed
    if printed is None or said is None or all(item.claimed.value is None for item in sheet.items):
        return
    low, high = _bounds(sheet)
    if low <= printed <= high:
        return
    claims = [item.claimed for item in sheet.items] + ([sheet.total.score] if sheet.total else [])
    rounded = any(near(printed, end, claims) for end in (low, high)) or _scaled_up(printed, low, sheet)
    yield _total(low, high, printed, sheet, rounded)


def _scaled_up(printed: Fraction, low: Fraction, sheet: Sheet) -> bool:
    """Whether the total is the points of the rows that apply, scaled to the whole: 79 ÷ 80 × 100."""
    left_out = [item for item in sheet.items if squeezed(item.row.actual) == "不适用" or squeezed(item.row.claimed) == "不适用"]
    whole = points_of(sheet.form.total_weight).value or HUNDRED
    applies = whole - weights_of(left_out)
    scaled = low / applies * whole if left_out and applies > 0 else None
    return scaled is not None and (printed == scaled or printed in {rounding.apply(scaled) for rounding in ROUNDINGS})


def _total(low: Fraction, high: Fraction, printed: Fraction, sheet: Sheet, rounded: bool) -> Finding:
    cell = sheet.printed.cell if sheet.printed else None
    if low == high:
        message = f"各项得分合计 {points_text(low)}，总分写 {points_text(printed)}，{too_much(printed - low)}"
    else:
        message = f"各项得分合计最多 {points_text(high)}、最少 {points_text(low)}（有未填或读不出的），总分写 {points_text(printed)}"
    near = high if printed > high else low
    return finding("A004", REMARK if rounded else ERROR, "总分", cell, message, claimed=printed, computed=near)


def _bounds(sheet: Sheet) -> tuple[Fraction, Fraction]:
    """The least and the most that the scores can add up to."""
    low = claims_of(sheet.items) + (Fraction(0) if apart(sheet) else budget_of(sheet, "score"))
    open_rows = [item for item in sheet.items if item.claimed.value is None and not item.claimed.dashed]
    high = low + sum_of([item.weight for item in open_rows])
    if any(item.weight.value is None for item in open_rows) or not sheet.whole:
        known = weights_of(sheet.items) + budget_of(sheet, "weight")
        high += max(Fraction(0), (points_of(sheet.form.total_weight).value or HUNDRED) - known)
    row = sheet.total
    if row is not None and not sheet.inside and not apart(sheet) and row.score.value is None and not row.score.dashed:
        high += row.weight.value or Fraction(0)
    return low, high


def positive(sheet: Sheet) -> Iterator[Finding]:
    """A003: a weight of 0 or less."""
    for item in sheet.items:
        if item.weight.value is not None and item.weight.value <= 0 and not item.outside:
            yield finding("A003", ERROR if item.weight.value < 0 else WARNING, item.title, (item.row.weight or item.row.name).cell,
                          f"分值写「{shown(item.row.weight)}」，应大于 0", basis.WITHIN)


CHECKS = (weights, scores, positive)
