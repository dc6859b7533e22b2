"""Rows with a scoring rule of their own, and rows that nothing can be computed for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis, execution
from perfdsl.audit.kinds import REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.rules import by_ratio, departs, misread, readings
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import points_text, shown
from perfdsl.diagnostics import Cell

_DIGITS = re.compile(r"[0-9０-９一二三四五六七八九十百]")


def own_rules(sheet: Sheet) -> Iterator[Finding]:
    """A116: rules of the form's own that give other points than the ratio, told once for the form with their rows."""
    rows = [item for item in sheet.items if _by_own_rule(item) and "酌情" not in item.method]
    if rows:
        texts = dict.fromkeys(shown(item.row.method) for item in rows)
        told = "；".join(f"「{text}」：{_listed([item for item in rows if shown(item.row.method) == text])}" for text in texts)
        yield finding("A116", REMARK, "", rows[0].cell, f"{len(rows)} 项没有按比例核算，按评分标准核对：{told}", basis.OWN)


def missed(sheet: Sheet) -> Iterator[Finding]:
    """A103: full points for a target that was missed, where the form's own rule tells what that costs."""
    for item in sheet.items:
        if item.full and _by_own_rule(item) and all(one.points != item.weight.value for one in by_ratio(item)):
            yield finding("A103", WARNING, item.title, item.cell, f"目标「{item.aim.text}」，实际「{shown(item.row.actual)}」，未达到目标；"
                          f"自评满分 {points_text(item.claimed.value or Fraction(0))}，评分标准写「{shown(item.row.method)}」", basis.OWN, item.claimed.value)


def _by_own_rule(item: Item) -> bool:
    return bool(by_ratio(item)) and departs(item)


def uncomputed(sheet: Sheet) -> Iterator[Finding]:
    """A117: the rows without computed points, told once for the form with a word why."""
    if all(item.claimed.value is None for item in sheet.items):
        return
    rows = [*_execution(sheet), *((item.title or "（没有名称）", item.cell, _why(item)) for item in sheet.items if not readings(item))]
    if rows:
        whys = dict.fromkeys(why for _, _, why in rows)
        told = "；".join(f"{why}（{'、'.join(f'「{name}」' for name, _, own in rows if own == why)}）" for why in whys)
        yield finding("A117", REMARK, "", rows[0][1], f"{len(rows)} 项没有核算：{told}")


def _execution(sheet: Sheet) -> Iterator[tuple[str, Cell, str]]:
    row = sheet.total
    if row is not None and row.weight.value is not None and execution.computed(row) is None:
        yield execution.NAME, row.cell, "没有预算数或执行数"


def _why(item: Item) -> str:
    """Why no points are computed for a row, in a word."""
    aim, actual = item.aim, item.actual
    reasons = (
        (item.together, "几项合用一个分值"), (item.weight.value is None, "没有分值"), (bool(item.parts) and aim.empty, "目标在下面的分项里"),
        (_by_own_rule(item), "按评分标准"), (misread(item), "目标疑似有误"), (aim.empty, "没有目标值"), (actual.empty, "没有实际值"),
        (aim.several, "一格里有几个目标"), (aim.words and not _DIGITS.search(aim.text), "定性"), (aim.words, "看不懂目标"),
        (actual.number is None and bool(_DIGITS.search(actual.text)), "看不懂实际值"), (actual.number is None and aim.day is None, "实际值没有写数"),
        (aim.day is not None, "看不出是否按期"), (bool(actual.sign), "实际值带比较号"))
    return next((word for holds, word in reasons if holds), "目标与实际值的单位对不上")


def _listed(items: list[Item]) -> str:
    return "、".join(f"{item.title}（{item.cell.address}）" for item in items)


CHECKS = (own_rules, missed, uncomputed)
