"""Points without a value, without a reason, or in a text that cannot be read: whatever the rules are."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.beside import has_place_for_reasons, second_actual, without_value
from perfdsl.audit.joint import joints
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.rules import direction
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import number, per_cent, points_of, points_text, shown, squeezed, too_much
from perfdsl.diagnostics import Cell

_LINES = (Fraction(2), Fraction(13, 10), Fraction(6, 5))
_NOT_HAPPENED = frozenset({"无", "未发生", "没有", "不涉及", "不适用"})


def discretion(sheet: Sheet) -> Iterator[Finding]:
    """A115: a scoring rule that leaves the points to discretion."""
    for item in sheet.items:
        if item.row.method is not None and "酌情" in squeezed(item.row.method):
            yield finding("A115", REMARK, item.title, item.row.method.cell, f"评分标准「{shown(item.row.method)}」没有写扣多少，无法核算", basis.DISCRETION)


def unproved(sheet: Sheet) -> Iterator[Finding]:
    """A106, A110: points without a value, a value without points."""
    any_actual = any(not item.actual.empty for item in sheet.items)
    for item in sheet.items:
        nothing = [f"{text}写「{aim.text}」" if aim.text else f"{text}没有填"
                   for text, aim in (("目标值", item.aim), ("实际完成值", item.actual)) if aim.empty]
        if item.full and nothing and not _not_happened(item) and not item.parts:
            severity = ERROR if item.actual.empty and any_actual and not item.together and not second_actual(item.row) else WARNING
            yield finding("A106", severity, item.title, item.cell, f"{'、'.join(nothing)}，得分却是满分 {points_text(item.claimed.value or Fraction(0))}",
                          basis.RATIO, item.claimed.value)
        unscored = item.claimed.value is None and not (item.claimed.damaged or item.together) and squeezed(item.row.actual) != "不适用"
        if unscored and not item.actual.empty and item.weight.value:
            yield finding("A110", WARNING, item.title, item.cell,
                          f"有实际完成值「{shown(item.row.actual)}」，没有得分（分值 {points_text(item.weight.value)}）")


def _not_happened(item: Item) -> bool:
    return squeezed(item.row.actual) in _NOT_HAPPENED


def not_applicable(sheet: Sheet) -> Iterator[Finding]:
    """A112: 无 in place of a value, with points."""
    for item in sheet.items:
        if _not_happened(item) and item.claimed.value:
            yield finding("A112", WARNING, item.title, item.cell, f"实际完成值写「{shown(item.row.actual)}」，仍得 {points_text(item.claimed.value)} 分；"
                          "没有发生的填 0，不适用的写「不适用」，分值由其余指标承担", basis.RECHECK, item.claimed.value)


def reasons(sheet: Sheet) -> Iterator[Finding]:
    """A107: points lost without a reason, told once for the form; a remark where no column is for reasons."""
    lost = [*_lost(sheet), *((joint.names, joint.items[0].cell, joint.weight - joint.claimed) for joint in joints(sheet)
                             if 0 <= joint.claimed < joint.weight and not any(item.reason for item in joint.items))]
    if not lost:
        return
    named = "、".join(f"{name}（{cell.address}，失 {points_text(points)} 分）" for name, cell, points in lost)
    place = has_place_for_reasons(sheet.form)
    yield finding("A107", WARNING if place else REMARK, "", lost[0][1],
                  f"{len(lost)} 项失分没有写偏差原因{'' if place else '，表上也没有写原因的栏'}：{named}", basis.REASON)


def _lost(sheet: Sheet) -> Iterator[tuple[str, Cell, Fraction]]:
    for item in sheet.items:
        claimed, weight = item.claimed.value, item.weight.value
        if claimed is not None and weight is not None and 0 <= claimed < weight and not item.reason and not item.together:
            yield f"「{item.title}」", (item.row.reason or item.row.claimed or item.row.name).cell, weight - claimed


def hollow(sheet: Sheet) -> Iterator[Finding]:
    """A303: a reason cell that says nothing."""
    for item in sheet.items:
        if squeezed(item.row.reason) == "0" and item.row.reason is not None:
            yield finding("A303", REMARK, item.title, item.row.reason.cell, "偏差原因写「0」，没有内容；没有偏差的留空")


def over(sheet: Sheet) -> Iterator[Finding]:
    """A108: the target left behind by 20, 30 or 100 per cent, without a reason."""
    for item in sheet.items:
        if item.pair is None or item.pair.target <= 0 or item.reason or direction(item) in ("≤", "<") or item.aim.day:
            continue
        rate = item.pair.actual / item.pair.target
        line = next((line for line in _LINES if rate >= line), None)
        if line is not None:
            yield finding("A108", WARNING, item.title, (item.row.actual or item.row.name).cell,
                          f"完成 {number(item.pair.actual)}，目标 {number(item.pair.target)}，是目标的 {per_cent(rate)}"
                          f"（达到 {per_cent(line)}），没有说明原因；目标可能定低了", basis.OVER)


def twice(sheet: Sheet) -> Iterator[Finding]:
    """A111: points that are on the scale of their weight already are multiplied by it again."""
    rows = [(item, share, got) for item in sheet.items if (share := points_of(item.row.share).value) and (got := points_of(item.row.converted).value)]
    claims = [(item.claimed.value, share) for item, share, _ in rows]
    if not any(claimed == share for claimed, share in claims) or any(claimed is None or claimed > share for claimed, share in claims):
        return
    for item, share, got in rows:
        claimed = item.claimed.value
        if claimed and share < 100 and got == claimed * share / 100 and item.row.converted is not None:
            yield finding("A111", ERROR, item.title, item.row.converted.cell,
                          f"单项得分 {points_text(claimed)} 已经按权重 {points_text(share)} 计，折算时又乘 {points_text(share)}%，写成 {points_text(got)}；"
                          f"应为 {points_text(claimed)}，{too_much(got - claimed)}", basis.WITHIN, got, claimed)


def unreadable(sheet: Sheet) -> Iterator[Finding]:
    """A109: a points cell with a text that is no number, such as IO for 10."""
    for item in sheet.items:
        for points, said, what in ((item.claimed, item.row.claimed, "得分"), (item.weight, item.row.weight, "分值")):
            if points.damaged and said is not None and not said.fault:
                digits = squeezed(said).upper().translate(str.maketrans("IOLS", "1015"))
                near = f"，疑为「{digits}」" if digits.isdigit() else ""
                yield finding("A109", WARNING, item.title, said.cell, f"{what}写「{shown(said)}」，读不出数{near}")


def valueless(sheet: Sheet) -> Iterator[Finding]:
    """A109: a formula without a stored value, or an error such as #REF!."""
    for item in sheet.items:
        for label, said in without_value(item.row):
            yield finding("A109", WARNING, item.title, said.cell, f"{label}读不出：{said.fault}")
    for label, total in (("总分", sheet.form.total_claimed), ("总分的分值", sheet.form.total_weight)):
        if total is not None and total.fault:
            yield finding("A109", WARNING, "总分", total.cell, f"{label}读不出：{total.fault}")


CHECKS = (discretion, valueless, unreadable, twice, unproved, not_applicable, reasons, hollow, over)
