"""The budget block and the goals of the official form, as far as the rules have read them from the data."""

from __future__ import annotations

from collections.abc import Mapping

from perfdsl.data.facts import Value
from perfdsl.quantity import Quantity, decimal_text
from perfdsl.report.docx_boxes import JOINED, Box, BoxRow, box_row
from perfdsl.report.form import first_level, score_text
from perfdsl.report.known import data_values
from perfdsl.score import explain
from perfdsl.score.scorecard import Row, Scorecard

INITIAL, BUDGET, SPENT = "年初预算数", "全年预算数", "全年执行数"
EXPECTED, ACHIEVED = "预期目标", "实际完成情况"


def execution_row(card: Scorecard) -> Row | None:
    """The row that scores 全年执行数 against 全年预算数, where nothing else stands under its 一级指标."""
    found = next((row for row in card.rows if _reads_both(row)), None)
    if found is None or found.parts:
        return None
    beside = [row for row in card.rows if first_level(row) == first_level(found)]
    return found if not first_level(found) or len(beside) == 1 else None


def _reads_both(row: Row) -> bool:
    read = {*(name for name, _ in row.outcome.known), *row.outcome.waiting_for}
    return {BUDGET, SPENT} <= read


def budget(card: Scorecard) -> list[BoxRow]:
    """Heading and total row; empty where no rule reads the money."""
    values, row = data_values(card), execution_row(card)
    if row is None and not {BUDGET, SPENT} & values.keys():
        return []
    unit = next((f"（{v.unit.symbol}）" for v in values.values() if isinstance(v, Quantity) and v.unit.symbol.endswith("元")), "")
    head = box_row("预算执\n行情况", Box(unit, 2), INITIAL, BUDGET, SPENT, "分值", "执行率", "得分")
    money = [_money(values, name) for name in (INITIAL, BUDGET, SPENT)]
    return [head, box_row(JOINED, Box("年度资金总额", 2), *money, *_scored(card, row))]


def _scored(card: Scorecard, row: Row | None) -> tuple[str, str, str]:
    """分值, 执行率, 得分 of the total row; the rate is that of the rule."""
    if row is None:
        return "", "", ""
    return decimal_text(row.indicator.weight), explain.actual_text(row), score_text(card, row)


def _money(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return decimal_text(value.shown) if isinstance(value, Quantity) else ""


def goals(card: Scorecard) -> list[BoxRow]:
    """预期目标 beside 实际完成情况, where the rules read data of these names."""
    values = data_values(card)
    texts = [value if isinstance(value := values.get(name), str) else "" for name in (EXPECTED, ACHIEVED)]
    if not any(texts):
        return []
    head = box_row("年度\n总体\n目标", Box(EXPECTED, 4), Box(ACHIEVED, 4))
    return [head, BoxRow((JOINED, *(Box(text, 4, left=True) for text in texts)))]
