"""The form as a whole: the grade, what is all full or empty, too heavy, twice there, or not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.added import HUNDRED, claims_of, weights_of
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import per_cent, points_of, points_text, shown, squeezed

_MOST = Fraction(1, 2)
_APART = Fraction(1, 20)
_SCALES = ((90, 80, 60), (80, 70, 60), (90, 70, 60))
_GRADES = ("优", "良", "中", "差")
_GRADE = re.compile(r"(优|良|中|差|合格)(?:秀|好|等)?")


def grade(sheet: Sheet) -> Iterator[Finding]:
    """A005: the grade against the printed total; an error only where no scale in use gives it."""
    said, total = sheet.form.grade, points_of(sheet.printed).value
    found = _GRADE.search(squeezed(said)) if said else None
    if said is None or total is None or found is None or found[1] not in _GRADES:
        return
    usual, written = _grade(total, _SCALES[0]), found[1]
    if written != usual:
        sure = all(_grade(total, scale) != written for scale in _SCALES)
        yield finding("A005", ERROR if sure else WARNING, "等级", said.cell,
                      f"总分 {points_text(total)}，等级写「{shown(said)}」，按 90、80、60 分是「{usual}」", basis.GRADES)


def _grade(total: Fraction, scale: tuple[int, int, int]) -> str:
    return next((name for name, line in zip(_GRADES, scale, strict=False) if total >= line), "差")


def all_full(sheet: Sheet) -> Iterator[Finding]:
    """A006, A009: nothing lost anywhere, or nothing filled at all."""
    scored = [item for item in sheet.items if item.claimed.value is not None]
    row = sheet.total
    if not sheet.items:
        return
    if not scored and all(item.actual.empty for item in sheet.items):
        yield finding("A009", WARNING, "", sheet.items[0].cell, "各指标的实际完成值和得分都没有填")
    elif len(scored) > 2 and all(item.full for item in scored) and (row is None or row.score.value in (row.weight.value, None)):
        yield finding("A006", REMARK, "", sheet.items[0].cell, f"{len(scored)} 个指标全部满分，应抽查佐证材料")


def heavy(sheet: Sheet) -> Iterator[Finding]:
    """A007: one indicator carries half of the points or more, and no other one as many."""
    total = points_of(sheet.form.total_weight).value or HUNDRED
    weights = [item.weight.value for item in sheet.items]
    for item in sheet.items:
        weight = item.weight.value
        if weight is not None and weight > 0 and weight / total >= _MOST and weights.count(weight) == 1 and not item.together:
            yield finding("A007", WARNING, item.title, (item.row.weight or item.row.name).cell,
                          f"这一个指标占 {points_text(weight)} 分，总分 {points_text(total)}{_rest(total - weight)}", basis.SIZES)


def _rest(points: Fraction) -> str:
    """What is left for the others, where that can be told."""
    return f"，其余各项合计只有 {points_text(points)} 分" if points > 0 else ""


def duplicates(sheet: Sheet) -> Iterator[Finding]:
    """A008: an indicator that stands twice."""
    seen: dict[str, Item] = {}
    for item in sheet.items:
        name = re.sub(r"^指标[0-9]+[:：]?", "", item.name)
        if len(name) > 1 and name in seen:
            yield finding("A008", WARNING, item.title, item.row.name.cell,
                          f"与 {seen[name].row.name.cell.address} 的指标同名，复核时只计其中一个", basis.RECHECK)
        seen.setdefault(name, item)


def behind(sheet: Sheet) -> Iterator[Finding]:
    """A010: the indicators' share of points is more than 5% above the execution rate."""
    row = sheet.total
    scored = [item for item in sheet.items if item.claimed.value is not None and item.weight.value is not None and not item.outside]
    weight = weights_of(scored)
    if row is None or row.executed is None or not weight or not claims_of(scored):
        return
    share, rate = claims_of(scored) / weight, min(row.executed, Fraction(1))
    if (share - rate) / share > _APART:
        yield finding("A010", REMARK, "", row.cell, f"各指标得分率 {per_cent(share)}，预算执行率 {per_cent(rate)}：钱没有花完，目标却几乎都完成，"
                      "应看目标是否定低", basis.BEHIND)


def absent(sheet: Sheet) -> Iterator[Finding]:
    """A011: a whole form without benefits or without satisfaction."""
    texts = [item.path for item in sheet.items]
    if not sheet.whole or not any("产出" in text for text in texts):
        return
    for group in ("效益", "满意"):
        if not any(group in text or (group == "效益" and "效果" in text) for text in texts):
            yield finding("A011", REMARK, "", sheet.items[0].row.name.cell, f"没有{'满意度' if group == '满意' else group}指标", basis.GROUPS)


CHECKS = (grade, all_full, heavy, duplicates, behind, absent)
