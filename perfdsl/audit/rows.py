"""The scored lines of a form with their computed points."""

from __future__ import annotations

from perfdsl.audit import execution
from perfdsl.audit.result import AuditRow
from perfdsl.audit.rules import nearest, readings
from perfdsl.audit.sheet import Item, Money, Sheet
from perfdsl.forms.form import Said


def general(sheet: Sheet) -> tuple[AuditRow, ...]:
    """The execution row and every indicator, by the general rules; of several readings the one nearest to the claim."""
    total = sheet.total
    return (*((execution_row(total),) if total else ()), *(indicator_row(item) for item in sheet.items))


def execution_row(row: Money) -> AuditRow:
    """The total row of the budget block."""
    return AuditRow(execution.NAME, "预算执行/预算执行率", _text(row.row.budget), _text(row.row.spent), row.weight.value, row.score.value,
                    execution.computed(row), row.cell, "执行率 × 分值")


def indicator_row(item: Item) -> AuditRow:
    found = readings(item)
    best = (nearest(found, item.claimed.value) if item.claimed.value is not None else found[0]) if found else None
    return AuditRow(item.title, item.written, target_text(item), _text(item.row.actual), item.weight.value,
                    item.claimed.value, best.points if best else None, item.cell, best.how if best else "")


def target_text(item: Item) -> str:
    """The target as written, its sign and unit before and behind it where they have cells of their own."""
    return "".join(_text(said) for said in (item.row.sign, item.row.target, item.row.unit))


def _text(said: Said | None) -> str:
    return said.text if said else ""
