"""Weights and scores added up: by heading, by 小计, and as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import Points, points_of, points_text, shown, squeezed, too_much
from perfdsl.forms.form import Heading
from perfdsl.quantity import Rounding, RoundingMode

HUNDRED = Fraction(100)
_ROUNDINGS = tuple(Rounding(places, mode) for places in (0, 1, 2) for mode in (RoundingMode.HALF_UP, RoundingMode.TRUNCATE))


def _near(printed: Fraction, exact: Fraction, of: Iterable[Points]) -> bool:
    """Whether rounding explains the difference: of the sum, or by half a hundredth of each number that has decimals."""
    parts = sum(one.value is not None and one.value.denominator != 1 for one in of)
    return abs(printed - exact) <= parts * Fraction(5, 1000) or printed in {rounding.apply(exact) for rounding in _ROUNDINGS}


def _sum(points: list[Points]) -> Fraction:
    return sum((one.value for one in points if one.value is not None), Fraction(0))


def weights_of(items: Iterable[Item]) -> Fraction:
    """All weights; one that is merged over several rows counts once, what is outside the total not at all."""
    cells = {(item.row.weight or item.row.share or item.row.name).cell: item.weight for item in items if not item.outside}
    return _sum(list(cells.values()))


def claims_of(items: Iterable[Item]) -> Fraction:
    """All scores, as `weights_of`; what is outside the total counts too."""
    return _sum(list({(item.row.claimed or item.row.name).cell: item.claimed for item in items}.values()))


def _budget(sheet: Sheet, kind: str) -> Fraction:
    """The points of the budget's total row, 0 where an indicator stands for it."""
    row = sheet.total
    if row is None or sheet.inside:
        return Fraction(0)
    return (row.weight if kind == "weight" else row.score).value or Fraction(0)


def weights(sheet: Sheet) -> Iterator[Finding]:
    """A001: all weights against the declared total (100 where the form prints none)."""
    declared = points_of(sheet.form.total_weight).value
    found = weights_of(sheet.items) + _budget(sheet, "weight")
    if not sheet.items or found == (declared or HUNDRED) or _apart(sheet):
        return
    if not sheet.whole and found <= (declared or HUNDRED):
        return
    said = sheet.form.total_weight
    where = said.cell if said else sheet.items[-1].cell
    total = f"声明为 {points_text(declared)}" if declared is not None else "应为 100"
    near = _near(declared or HUNDRED, found, [item.weight for item in sheet.items])
    yield finding("A001", REMARK if near else ERROR if declared is not None else WARNING, "总分", where,
                  f"分值合计 {points_text(found)}（{_added(sheet)}），总分{total}，{too_much(found - (declared or HUNDRED))}")


def _apart(sheet: Sheet) -> bool:
    """Whether the printed total is that of the indicators alone: 90 beside a budget of 10."""
    declared = points_of(sheet.form.total_weight).value
    return declared is not None and declared == weights_of(sheet.items) and declared + _budget(sheet, "weight") == HUNDRED


def _added(sheet: Sheet) -> str:
    """`预算执行 10 + 产出指标 50`: the first level with its sums."""
    sums: dict[str, Fraction] = {}
    for item in sheet.items:
        first = squeezed(item.row.levels[0]) if item.row.levels else "其他"
        sums[first or "其他"] = sums.get(first or "其他", Fraction(0)) + (item.weight.value or Fraction(0))
    budget = _budget(sheet, "weight")
    shares = [f"预算执行 {points_text(budget)}"] if budget else []
    return " + ".join([*shares, *(f"{name} {points_text(value)}" for name, value in sums.items())])


def groups(sheet: Sheet) -> Iterator[Finding]:
    """A002: a heading that declares points against the rows under it."""
    for heading in sheet.form.headings:
        declared, under = points_of(heading.weight).value, _under(sheet, heading)
        if declared is None or not under or any(item.weight.value is None and not item.weight.dashed for item in under):
            continue
        found = weights_of(under)
        if found != declared and not (found == HUNDRED and "%" in squeezed(heading.weight)):
            sure = found > declared or sheet.whole
            more = "" if sure else "；表可能没有收全"
            near = _near(declared, found, [item.weight for item in under])
            yield finding("A002", REMARK if near else ERROR if sure else WARNING, heading.name, heading.said.cell,
                          f"「{heading.name}」写的是 {points_text(declared)} 分，下面各项合计 {points_text(found)} 分{more}")


def _under(sheet: Sheet, heading: Heading) -> list[Item]:
    """The rows of a heading; none where its name stands at several places."""
    same = [other for other in sheet.form.headings if (other.level, other.name) == (heading.level, heading.name)]
    if len(same) > 1:
        return []
    if not heading.name:
        return []
    if heading.level == 0:
        return list(sheet.items)
    at = heading.level - 1
    found = [n for n, item in enumerate(sheet.items) if len(item.row.levels) > at and squeezed(item.row.levels[at]) == squeezed(heading.name)]
    together = bool(found) and found[-1] - found[0] == len(found) - 1
    return [sheet.items[n] for n in found] if together else []


def subtotals(sheet: Sheet) -> Iterator[Finding]:
    """A002, A004: a printed 小计 against the rows of its first level."""
    for row in sheet.form.subtotals:
        under = [item for item in sheet.items if row.levels and item.row.levels[:1] == row.levels[:1]]
        for code, said, of in (("A002", row.weight, [item.weight for item in under]), ("A004", row.claimed, [item.claimed for item in under])):
            printed = points_of(said).value
            if said is None or printed is None or not of or any(one.value is None and not one.dashed for one in of) or _sum(of) == printed:
                continue
            what = "分值" if code == "A002" else "得分"
            severity = REMARK if _near(printed, _sum(of), of) else ERROR
            yield finding(code, severity, shown(row.name), said.cell, f"「{squeezed(row.levels[0])}」小计{what}写 {points_text(printed)}，"
                          f"各项合计 {points_text(_sum(of))}，{too_much(printed - _sum(of))}", claimed=printed, computed=_sum(of))


def scores(sheet: Sheet) -> Iterator[Finding]:
    """A004: the scores added up against the printed total; what is not filled may be anything it can be."""
    printed, said = points_of(sheet.form.total_claimed).value, sheet.form.total_claimed
    if printed is None or said is None or all(item.claimed.value is None for item in sheet.items):
        return
    low, high = _bounds(sheet)
    if low <= printed <= high:
        return
    claims = [item.claimed for item in sheet.items] + ([sheet.total.score] if sheet.total else [])
    rounded = any(_near(printed, end, claims) for end in (low, high)) or _scaled_up(printed, low, sheet)
    yield _total(low, high, printed, sheet, rounded)


def _scaled_up(printed: Fraction, low: Fraction, sheet: Sheet) -> bool:
    """Whether the total is the points of the rows that apply, scaled to the whole: 79 ÷ 80 × 100."""
    left_out = [item for item in sheet.items if squeezed(item.row.actual) == "不适用" or squeezed(item.row.claimed) == "不适用"]
    whole = points_of(sheet.form.total_weight).value or HUNDRED
    applies = whole - weights_of(left_out)
    scaled = low / applies * whole if left_out and applies > 0 else None
    return scaled is not None and (printed == scaled or printed in {rounding.apply(scaled) for rounding in _ROUNDINGS})


def _total(low: Fraction, high: Fraction, printed: Fraction, sheet: Sheet, rounded: bool) -> Finding:
    cell = sheet.form.total_claimed.cell if sheet.form.total_claimed else None
    if low == high:
        message = f"各项得分合计 {points_text(low)}，总分写 {points_text(printed)}，{too_much(printed - low)}"
    else:
        message = f"各项得分合计最多 {points_text(high)}、最少 {points_text(low)}（有未填或读不出的），总分写 {points_text(printed)}"
    near = high if printed > high else low
    return finding("A004", REMARK if rounded else ERROR, "总分", cell, message, claimed=printed, computed=near)


def _bounds(sheet: Sheet) -> tuple[Fraction, Fraction]:
    """The least and the most that the scores can add up to."""
    low = claims_of(sheet.items) + (Fraction(0) if _apart(sheet) else _budget(sheet, "score"))
    open_rows = [item for item in sheet.items if item.claimed.value is None and not item.claimed.dashed]
    high = low + _sum([item.weight for item in open_rows])
    if any(item.weight.value is None for item in open_rows) or not sheet.whole:
        known = weights_of(sheet.items) + _budget(sheet, "weight")
        high += max(Fraction(0), (points_of(sheet.form.total_weight).value or HUNDRED) - known)
    row = sheet.total
    if row is not None and not sheet.inside and not _apart(sheet) and row.score.value is None and not row.score.dashed:
        high += row.weight.value or Fraction(0)
    return low, high


def positive(sheet: Sheet) -> Iterator[Finding]:
    """A003: a weight of 0 or less."""
    for item in sheet.items:
        if item.weight.value is not None and item.weight.value <= 0 and not item.outside:
            yield finding("A003", ERROR if item.weight.value < 0 else WARNING, item.title, (item.row.weight or item.row.name).cell,
                          f"分值写「{shown(item.row.weight)}」，应大于 0", basis.WITHIN)


CHECKS = (weights, groups, subtotals, scores, positive)
