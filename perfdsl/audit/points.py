"""The points of each row against what the general rules give; a ruleset takes the place of these checks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.aims import Pair
from perfdsl.audit.beside import has_place_for_reasons
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.rules import Reading, direction, nearest, readings
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.targets import less_is_better, more_is_better
from perfdsl.audit.texts import places_of, points_text, shown, squeezed, too_much
from perfdsl.diagnostics import Severity
from perfdsl.quantity import Rounding

_OVER = Fraction(6, 5)
_TIERS = (("未达成", Fraction(0), Fraction(6, 10)), ("未完成", Fraction(0), Fraction(6, 10)),
          ("部分达成", Fraction(6, 10), Fraction(8, 10)), ("部分完成", Fraction(6, 10), Fraction(8, 10)),
          ("达成", Fraction(8, 10), Fraction(1)))


def outside(sheet: Sheet) -> Iterator[Finding]:
    """A101: more than the weight, or less than 0.  Where it happens in many rows, the columns may have been mistaken."""
    wrong = [item for item in sheet.items if _exceeds(item)]
    many = len(wrong) > 1 and len(wrong) * 5 >= len(sheet.items)
    for item in wrong:
        claimed, weight = item.claimed.value or Fraction(0), item.weight.value or Fraction(0)
        tail = "；好几行都是这样，先对照原表看是不是认错了栏" if many else ""
        yield finding("A101", WARNING if many else ERROR, item.title, item.cell, f"自评 {points_text(claimed)}，分值 {points_text(weight)}，"
                      f"得分只能在 0 到 {points_text(weight)} 之间{tail}", basis.WITHIN, claimed, min(max(claimed, Fraction(0)), weight))
    row = sheet.total
    if row and row.score.value is not None and row.weight.value is not None and not 0 <= row.score.value <= row.weight.value:
        yield finding("A101", ERROR, "预算执行率", row.cell, f"自评 {points_text(row.score.value)}，分值 {points_text(row.weight.value)}，"
                      f"得分只能在 0 到 {points_text(row.weight.value)} 之间", basis.WITHIN, row.score.value,
                      row.weight.value if row.score.value > row.weight.value else Fraction(0))


def _exceeds(item: Item) -> bool:
    claimed, weight = item.claimed.value, item.weight.value
    return claimed is not None and weight is not None and weight >= 0 and not 0 <= claimed <= weight and not (item.outside or item.together)


def compared(sheet: Sheet) -> Iterator[Finding]:
    """A102–A105, A114: the claim against every reading of the rule.

    Where the form has no column for reasons, points that are lost with the target reached (A102) are told once, as a remark.
    """
    if has_place_for_reasons(sheet.form):
        yield from _each(sheet)
        return
    found = list(_each(sheet))
    yield from (one for one in found if one.code != "A102")
    if lost := [one for one in found if one.code == "A102"]:
        named = "、".join(f"「{one.indicator}」（{_place(one)}，少 {points_text(-(one.difference or Fraction(0)))} 分）" for one in lost)
        yield finding("A102", REMARK, "", lost[0].cell, f"{len(lost)} 项已达到目标而失分：{named}；表上没有写原因的栏，看不出为什么", basis.RATIO)


def _place(found: Finding) -> str:
    return found.cell.address if found.cell else ""


def _each(sheet: Sheet) -> Iterator[Finding]:
    for item in sheet.items:
        claimed, weight, found = item.claimed.value, item.weight.value, readings(item)
        if claimed is None or weight is None or item.pair is None or not found or not 0 <= claimed <= weight:
            continue
        agreeing = [one for one in found if one.agrees(claimed)]
        if not agreeing:
            yield _differs(item, item.pair, claimed, weight, found)
        elif len(agreeing) < len(found) and not all(one.points == found[0].points for one in found):
            yield _open(item, claimed, agreeing, found)


def _open(item: Item, claimed: Fraction, agreeing: list[Reading], found: list[Reading]) -> Finding:
    others = "；".join(f"按「{one.name}」是 {points_text(one.points)}" for one in found if one not in agreeing)
    return finding("A114", REMARK, item.title, item.cell, f"自评 {points_text(claimed)}，合「{agreeing[0].name}」的算法（{agreeing[0].how}）；{others}",
                   basis.REVERSE, claimed, agreeing[0].points)


def _differs(item: Item, pair: Pair, claimed: Fraction, weight: Fraction, found: list[Reading]) -> Finding:
    best = nearest(found, claimed)
    least = "至少" if len({one.points for one in found}) > 1 else ""
    message = f"自评 {points_text(claimed)}，应为 {_should(found)}，{least}{too_much(claimed - best.points)}"
    rule = basis.RATIO if len(found) == 1 else basis.REVERSE
    if best.points == weight:
        return finding("A102", _lost(item, pair), item.title, item.cell,
                       f"{_values(item)}，已达到目标；{message}" + ("" if item.reason else "，没有写原因"), basis.RATIO, claimed, best.points)
    if claimed == weight:
        return finding("A103", _sure(item), item.title, item.cell, f"{_values(item)}，未达到目标；{message}{_unsaid(item)}", rule, claimed, best.points)
    if claimed.denominator == 1 and best.whole(claimed):
        return finding("A105", WARNING, item.title, item.cell, f"{message}；自评取了整数{_unsaid(item)}", rule, claimed, best.points)
    return finding("A104", WARNING, item.title, item.cell, f"{message}{_unsaid(item)}", rule, claimed, best.points)


def _should(found: list[Reading]) -> str:
    if len(found) == 1:
        return f"{points_text(found[0].points)}（{found[0].how}）"
    return "或 ".join(f"{points_text(one.points)}（{one.name}：{one.how}）" for one in found)


def _values(item: Item) -> str:
    return f"目标「{item.aim.text}」，实际「{shown(item.row.actual)}」"


def _unsaid(item: Item) -> str:
    return "" if item.aim.sign else f"；目标没有写明方向，按「{direction(item)}」算"


def _sure(item: Item) -> Severity:
    """An error where the target states its sign and the form has no scoring rule of its own for the row."""
    open_to_doubt = item.method or item.two_targets or item.beside_open or _doubtful(item) or _rounds(item)
    return ERROR if item.aim.sign and not open_to_doubt else WARNING


def _rounds(item: Item) -> bool:
    """Whether the actual value is the target when rounded to the target's own digits."""
    aim, actual = item.aim, item.actual
    if aim.number is None or actual.number is None or aim.unit_text != actual.unit_text:
        return False
    return Rounding(places_of(item.row.target)).apply(actual.number) == aim.number != actual.number


def _doubtful(item: Item) -> bool:
    """Whether the target itself may be wrong: a sign against the sense of the indicator, a rate above 100%."""
    up = item.aim.sign in ("≥", ">")
    against = (up and less_is_better(item)) or (item.aim.sign in ("≤", "<") and more_is_better(item))
    over = (item.aim.is_rate or more_is_better(item)) and any((aim.number or 0) > 100 for aim in (item.aim, item.actual))
    return against or over


def _lost(item: Item, pair: Pair) -> Severity:
    """As `_sure`; a reason, or a target left far behind, may explain the points lost."""
    far = pair.target > 0 and pair.actual >= pair.target * _OVER and item.aim.sign not in ("≤", "<")
    return WARNING if item.reason or far else _sure(item)


def tiers(sheet: Sheet) -> Iterator[Finding]:
    """A113: a verdict in words whose points lie outside its tier."""
    for item in sheet.items:
        tier = next((t for t in _TIERS if squeezed(item.row.actual).startswith(t[0])), None)
        claimed, weight = item.claimed.value, item.weight.value
        if tier is None or claimed is None or not weight or item.aim.number is not None or item.method or item.together or not 0 <= claimed <= weight:
            continue
        if not tier[1] * weight <= claimed <= tier[2] * weight:
            yield finding("A113", WARNING, item.title, item.cell, f"实际「{shown(item.row.actual)}」应在 {points_text(tier[1] * weight)} 到 "
                          f"{points_text(tier[2] * weight)} 分，自评 {points_text(claimed)}", basis.TIERS, claimed)


CHECKS = (compared, tiers)
