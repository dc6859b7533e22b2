"""The budget block of the sheet 自评表: the amounts, the rate of execution and what it scores."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from perfdsl.model.ruleset import Ruleset
from perfdsl.report.known import FUNDS
from perfdsl.report.xlsx_items import Items
from perfdsl.report.xlsx_piece import arithmetic, number
from perfdsl.report.xlsx_style import Heights, Styles, put
from perfdsl.units import PURE

TOP = 2
"""The row of its headings; its numbers stand in the next."""
HEADINGS = (*FUNDS, "分值", "执行率", "得分")
WEIGHT, RATE, SCORE = 5, 6, 7


def has_budget(ruleset: Ruleset) -> bool:
    """Whether the ruleset asks for any of the amounts."""
    return any(datum.name in FUNDS for datum in ruleset.data)


def write_budget(sheet: Any, items: Items, styles: Styles, heights: Heights) -> None:
    """All of the block but weight and score, in the ruleset's unit of money."""
    unit = next((d.expected.unit for d in items.card.ruleset.data if d.name in FUNDS and d.expected.unit), PURE)
    heading = f"预算执行情况（{unit.symbol}）" if unit.symbol else "预算执行情况"
    put(sheet, (TOP, 0, TOP, 1), heading, styles.head())
    heights.need((TOP, 0, TOP, 1), heading)
    for at, name in enumerate(HEADINGS, 2):
        sheet.write_string(TOP, at, name, styles.head())
    put(sheet, (TOP + 1, 0, TOP + 1, 1), "年度资金总额", styles.text(align="center"))
    for column in (WEIGHT, RATE, SCORE):
        sheet.write_string(TOP + 1, column, "", styles.number())
    for at, name in enumerate(FUNDS, 2):
        _amount(sheet, at, items, name, unit.factor, styles)
    _rate(sheet, items, styles)
    sheet.set_row(TOP + 2, 6)


def _amount(sheet: Any, column: int, items: Items, name: str, factor: Fraction, styles: Styles) -> None:
    style = styles.number("#,##0.00####")
    if name not in items.values:
        sheet.write_string(TOP + 1, column, "", style)
        return
    made = arithmetic("÷", items.named(name), number(factor)) if factor != 1 else items.named(name)
    sheet.write_formula(TOP + 1, column, f"={made.text}", style, made.value)


def _rate(sheet: Any, items: Items, styles: Styles) -> None:
    _, whole, spent = FUNDS
    if {whole, spent} <= items.values.keys():
        made = arithmetic("÷", items.named(spent), items.named(whole))
        if made.value is not None:
            sheet.write_formula(TOP + 1, RATE, f"=E{TOP + 2}/D{TOP + 2}", styles.number("0.00%"), made.value)
